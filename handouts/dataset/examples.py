"""The examples with which a new dataset begins, to be overwritten by the branch."""

from __future__ import annotations

from decimal import Decimal

from handouts.dataset.budget import Initiative
from handouts.dataset.fields import Entry
from handouts.dataset.kpis import Kpi, Population

EXAMPLE_PLAN = """\
Ⅰ．基盤的保険者機能の盤石化

１ サービス水準の向上 {#service}
・この行は例です。支部の取組の文に書き換えてください。1行が1段落になり、空いた行は読み飛ばされます。
・行の始めの番号と記号（Ⅰ．、１、（１）、①、・、※、■KPI：）で見出しと本文が見分けられ、番号は自動で振り直されます。
■KPI：{kpi:service-standard}

Ⅱ．戦略的保険者機能の一層の発揮

１ 特定健診実施率の向上 {#kenshin}
・見出しの終わりに付けた名札は、budget.yaml の取組（topic）と結び付けるためのものです。
■被保険者（{population:kenshin.eligible}）
・生活習慣病予防健診 {population:kenshin}

Ⅲ．保険者機能の強化を支える組織・運営体制等の整備

１ 広報活動の推進 {#koho}
・KPI、対象者数、予算額は数字を本文に書かず、名前で差し込みます。この取組の予算額は{budget:koho-shi}です。
"""
EXAMPLE_INITIATIVES = (
    Initiative(id="kenshin-annai", name="健診の受診勧奨（例）", topic="kenshin", amount=1_000_000),
    Initiative(id="koho-shi", name="広報誌の作成（例）", topic="koho", amount=500_000),
)
EXAMPLE_KPIS = (
    Kpi(id="service-standard", name="サービススタンダードの達成率（例）", target=Decimal(100), unit="%"),
)
EXAMPLE_POPULATIONS = (
    Population(
        id="kenshin",
        group="被保険者",
        item="生活習慣病予防健診（例）",
        eligible=100_000,
        rate=Decimal("60.0"),
        planned=60_000,
    ),
)
_NAMES = {"id", "topic"}  # what may be chosen anew while the rest is still the example's
_ROWS: tuple[Entry, ...] = (*EXAMPLE_INITIATIVES, *EXAMPLE_KPIS, *EXAMPLE_POPULATIONS)
# The lines of the plan that say what to do; the others are such as a branch's plan may have.
_SENTENCES = frozenset(
    line.removeprefix("・")
    for line in EXAMPLE_PLAN.splitlines()
    if line.startswith("・") and line.endswith("。")
)


def is_example_row(row: Entry) -> bool:
    """Whether an initiative, KPI or population is still one of the examples, whatever it is called by others."""
    return any(type(one) is type(row) and _is_same(one, row) for one in _ROWS)


def is_example_line(text: str) -> bool:
    """Whether a paragraph of the plan is still one of the sentences that explain the examples."""
    return text in _SENTENCES


def _is_same(example: Entry, row: Entry) -> bool:
    names = (name for name in type(example).model_fields if name not in _NAMES)
    return all(getattr(example, name) == getattr(row, name) for name in names)
