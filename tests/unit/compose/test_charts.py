"""What charts show: their figures, their printed texts and their alternative texts."""

from __future__ import annotations

from decimal import Decimal

import pytest

from handouts.compose.charts import (
    AchievementRow,
    Direction,
    KpiFigures,
    LineChart,
    achievement_charts,
    chart_rows,
    execution_charts,
    line_chart,
)
from handouts.measures.execution import Execution

MONTHS = [f"{(month + 2) % 12 + 1}月" for month in range(1, 13)]
RATES = [("令和2年度", ["2.2", "3.7", "8.5"] + ["55.9"] * 9), ("令和3年度", ["3.9", "8.1", "28.9"])]


def figures(texts: list[str]) -> list[Decimal | str | None]:
    """Twelve figures; a month to come is None."""
    found: list[Decimal | str | None] = [text if text == "-" else Decimal(text) for text in texts]
    return found + [None] * (12 - len(texts))


def chart(*series: tuple[str, list[str]], **more: object) -> LineChart | None:
    months = [(name, figures(texts)) for name, texts in series]
    return line_chart("checkup", "生活習慣病予防健診受診率", MONTHS, months, unit="%", **more)


def test_the_alternative_text_tells_each_year_from_its_first_to_its_last_month() -> None:
    made = chart(*RATES, target=Decimal("61.0"), target_text="61.0%以上")
    assert made is not None
    assert made.alt == (
        "生活習慣病予防健診受診率。令和3年度は4月3.9%から6月28.9%。令和2年度は4月2.2%から3月55.9%。目標61.0%以上。"
    )


def test_a_month_to_come_is_a_gap_and_so_is_one_that_is_not_measured() -> None:
    made = chart(("令和3年度", ["1.0", "-", "0"]))
    assert made is not None
    assert made.lines[0].values == (Decimal("1.0"), None, Decimal("0"), *[None] * 9)


def test_the_end_of_a_line_bears_its_newest_figure_with_the_decimals_it_was_entered_with() -> None:
    made = chart(("令和3年度", ["96.5", "97.0"]))
    assert made is not None
    assert made.lines[0].end_text == "令和3年度 97.0%"


def test_only_the_last_series_is_the_newest() -> None:
    made = chart(*RATES)
    assert made is not None
    assert [line.is_newest for line in made.lines] == [False, True]


@pytest.mark.parametrize(
    ("texts", "sentence"), [([], "令和3年度はまだない。"), (["3.9"], "令和3年度は4月3.9%だけ。")]
)
def test_a_series_of_fewer_than_two_figures_has_no_line_but_is_told(texts: list[str], sentence: str) -> None:
    made = chart(RATES[0], ("令和3年度", texts))
    assert made is not None
    assert [(line.name, line.is_newest) for line in made.lines] == [("令和2年度", False)]
    assert sentence in made.alt


@pytest.mark.parametrize("texts", [[], ["3.9"], ["-", "-", "3.9"]])
def test_there_is_no_chart_where_no_series_has_two_figures(texts: list[str]) -> None:
    assert chart(("令和2年度", []), ("令和3年度", texts)) is None


def test_a_target_that_is_no_number_is_told_all_the_same() -> None:
    made = chart(*RATES, target_text="対前年度以上")
    assert made is not None
    assert made.target is None
    assert made.alt.endswith("目標対前年度以上。")


def kpi(actual: str | None, target: str | None, mark: str = "", at_most: bool = False) -> KpiFigures:
    return KpiFigures(
        name="郵送化率",
        actual=None if actual is None else Decimal(actual),
        target=None if target is None else Decimal(target),
        actual_text="" if actual is None else f"{actual}%",
        target_text="実施" if target is None else f"{target}%",
        mark=mark,
        at_most=at_most,
    )


def row(*kpis: KpiFigures) -> AchievementRow:
    """The row of the first one in the overview."""
    rows = achievement_charts("kpi", "KPI", [*kpis, kpi("1", "1")])[0].rows
    return next(row for row in rows if row.actual_text == kpis[0].actual_text)


@pytest.mark.parametrize(
    ("actual", "target", "rate"),
    [
        ("93.9", "96.0", "97.8%"),
        ("72.0", "72.0", "100.0%"),
        ("19.9", "18.9", "105.3%"),
        ("99.96", "100", "99.96%"),  # a target just missed is not 100.0%
        ("100.04", "100", "100.04%"),
        ("0.0", "20", "0.0%"),
        ("△1", "2", "△50.0%"),
    ],
)
def test_the_rate_is_the_actual_in_percent_of_the_target(actual: str, target: str, rate: str) -> None:
    assert row(kpi(actual.replace("△", "-"), target)).rate_text == rate


@pytest.mark.parametrize(
    ("figures", "is_met"),
    [
        (kpi("72.0", "72.0"), True),
        (kpi("71.9", "72.0"), False),
        (kpi("20", "20", at_most=True), True),
        (kpi("20.1", "20", at_most=True), False),
        (kpi("71.9", "72.0", mark="○"), True),  # set by hand
        (kpi("72.0", "72.0", mark="□"), None),
        (kpi(None, "72.0"), None),
    ],
)
def test_a_target_is_met_as_the_mark_says_or_else_the_figures(
    figures: KpiFigures, is_met: bool | None
) -> None:
    assert row(figures).is_met is is_met


@pytest.mark.parametrize(
    ("figures", "direction"),
    [
        (kpi("1", "1"), Direction.AT_LEAST),
        (kpi("1", "1", at_most=True), Direction.AT_MOST),
        (kpi(None, None), Direction.NO_NUMBER),
        (kpi("0", "0", at_most=True), Direction.NO_NUMBER),  # nothing is a share of 0
    ],
)
def test_kpis_are_grouped_by_how_they_stand_to_their_target(
    figures: KpiFigures, direction: Direction
) -> None:
    rows = achievement_charts("kpi", "KPI", [figures, kpi("1", "1")])[0].rows
    assert direction in {row.direction for row in rows}
    assert [row.direction for row in rows] == sorted(
        (row.direction for row in rows), key=list(Direction).index
    )


def test_no_overview_where_nothing_can_be_compared() -> None:
    assert achievement_charts("kpi", "KPI", [kpi(None, "72.0"), kpi(None, None)]) == ()


def test_the_overview_tells_what_it_shows() -> None:
    (made,) = achievement_charts("kpi", "KPIの達成状況", [kpi("93.9", "96.0", "△"), kpi(None, None, "○")])
    assert (
        made.alt
        == "KPIの達成状況。郵送化率は目標96.0%、実績93.9%、目標に対し97.8%、△。郵送化率は目標実施、○。"
    )


def test_budget_and_execution_are_told_in_thousand_yen_with_the_rate() -> None:
    (made,) = execution_charts(
        "budget", "執行状況", [("広報", Execution(5_000_000, 5_511_000)), ("新規", Execution(0, 0))]
    )
    assert made.alt == (
        "執行状況。広報は予算額5,000千円、執行額5,511千円、執行率110.2%。新規は予算額0千円、執行額0千円、執行率－。"
    )
    assert (made.rows[0].budgeted, made.rows[0].executed) == (5000, 5511)


@pytest.mark.parametrize(("count", "parts"), [(1, 1), (18, 1), (19, 2), (60, 4)])
def test_more_initiatives_than_fit_a_page_are_parted_evenly_and_none_is_lost(count: int, parts: int) -> None:
    made = execution_charts("budget", "執行", [(f"取組{n}", Execution(n, n)) for n in range(count)])
    assert [name for chart in made for name in (row.name for row in chart.rows)] == [
        f"取組{n}" for n in range(count)
    ]
    assert len(made) == parts == len({chart.id for chart in made})
    assert max(len(chart.rows) for chart in made) - min(len(chart.rows) for chart in made) <= 1
    assert made[-1].title == ("執行" if parts == 1 else f"執行（{parts}／{parts}）")


def test_long_names_leave_room_for_fewer_rows() -> None:
    initiatives = [("長い名称" * 30, Execution(1, 1))] * 18
    assert len(execution_charts("budget", "執行", initiatives)) == 2


def test_no_initiatives_make_no_chart() -> None:
    assert execution_charts("budget", "執行", []) == ()


def test_two_charts_of_half_a_page_share_a_row_and_those_beside_their_items_have_none() -> None:
    half, other, item = (chart(*RATES, size=size) for size in ("half", "half", "item"))
    (full,) = execution_charts("budget", "執行", [("広報", Execution(1, 1))])
    assert half
    assert other
    assert item
    assert chart_rows([half, item, full, half, other, half]) == ((half,), (full,), (half, other), (half,))
