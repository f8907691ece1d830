"""The marks ◎○△×□ and their tally."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.dataset.kpis import Kpi
from handouts.measures.judgement import Mark, judge, tally

figures = st.decimals(min_value=0, max_value=10_000, places=2)


def kpi(target: Any, bound: str = "以上") -> Kpi:
    return Kpi.model_validate({"id": "k", "name": "指標", "target": target, "bound": bound})


@pytest.mark.parametrize(
    ("target", "bound", "actual", "mark"),
    [
        ("71.7", "以上", "71.8", "◎"),
        ("71.7", "以上", "71.7", "○"),
        ("71.7", "以上", "71.6", "△"),
        ("20", "以下", "19.9", "◎"),
        ("20", "以下", "20.0", "○"),
        ("20", "以下", "20.1", "△"),
        ("7", "以内", "6.5", "◎"),
        ("100", "とする", "100", "○"),
        ("96.0", "とする", "93.9", "△"),
    ],
)
def test_a_number_beaten_met_and_missed(target: str, bound: str, actual: str, mark: str) -> None:
    assert judge(kpi(target, bound), Decimal(actual), None) == mark


@pytest.mark.parametrize(
    ("target", "actual", "mark"),
    [
        ("対前年度以上", "0.418", "○"),
        ("対前年度以上", "0.371", "○"),
        ("対前年度以上", "0.370", "△"),
        ("対前年度以下", "0.370", "○"),
        ("前年度以下", "0.372", "△"),
        ("対前年度末以上", "0.372", "○"),
    ],
)
def test_a_target_against_the_year_before_is_kept_or_missed_but_never_beaten(
    target: str, actual: str, mark: str
) -> None:
    assert judge(kpi(target), Decimal(actual), Decimal("0.371")) == mark


def test_a_target_against_an_unknown_year_is_not_judged() -> None:
    assert judge(kpi("対前年度以上"), Decimal("0.4"), None) is None


@pytest.mark.parametrize(
    ("actual", "mark"), [("実施", "○"), ("未実施", "×"), (None, "□"), ("一部実施", None)]
)
def test_a_result_in_words(actual: str | None, mark: str | None) -> None:
    assert judge(kpi(None), actual, None) == mark


@given(figures, figures)
def test_the_turned_bound_turns_the_mark(target: Decimal, actual: Decimal) -> None:
    turned = {Mark.BEATEN: Mark.MISSED, Mark.MISSED: Mark.BEATEN, Mark.MET: Mark.MET}
    found = judge(kpi(target, "以上"), actual, None)
    assert found is not None
    assert judge(kpi(target, "以下"), actual, None) == turned[found]


def test_a_tally_names_every_mark_in_order_and_leaves_out_rows_without_one() -> None:
    counted = tally([Mark.MET, None, Mark.MISSED, Mark.MET, Mark.TO_COME])
    assert list(counted.items()) == [("◎", 0), ("○", 2), ("△", 1), ("×", 0), ("□", 1)]
