"""Where a reader of the handout finds an entry."""

from __future__ import annotations

import pytest

from handouts.measures.printed_places import printed_place, printed_places
from tests.unit.checks.made import dataset

PLAN = """\
Ⅰ．基盤
Ⅱ．機能
１ 広報
２ 健診の推進 {#kenshin}
（１）特定健診 {#tokutei}
① 受診の勧奨をする。 {#kansho}
・葉書を送る。 {#hagaki}
■KPI：{kpi:rate}
"""
DATASET = dataset(
    "progress",
    plan=PLAN,
    initiatives=[{"id": "annai", "name": "案内", "topic": "kenshin", "amount": 1000}],
    tables=[{"id": "months", "caption": "率", "kpi": "rate", "series": [{"year": "R3"}]}],
    entries=[{"plan": "kansho"}, {"text": "続き"}],
)


@pytest.mark.parametrize(
    ("ref", "expected"),
    [
        ("plan:kenshin", "Ⅱ-2"),
        ("plan:kansho", "Ⅱ-2-(1)①"),
        ("budget:annai.amount", "Ⅱ-2"),
        ("progress:kansho.text[3]", "Ⅱ-2-(1)①"),
        ("progress:kansho-2.mark", "Ⅱ-2-(1)①"),
        ("monthly:months.series[1].values[4]", "Ⅱ-2-(1)"),
        ("kpi:rate.target", "Ⅱ-2-(1)"),
        ("kpi:other", ""),
        ("dataset:edition", ""),
    ],
)
def test_an_entry_is_found_by_the_numbers_above_it(ref: str, expected: str) -> None:
    assert printed_place(ref, printed_places(DATASET)) == expected
