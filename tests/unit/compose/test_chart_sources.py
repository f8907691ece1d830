"""Which charts a dataset makes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from handouts.compose.chart_sources import budget_charts, compose_charts, kpi_charts, monthly_charts
from handouts.compose.charts import LineChart
from handouts.dataset.budget import BudgetField, Initiative
from handouts.dataset.kinds import PLAN_BUDGET
from handouts.dataset.kpis import Kpi
from handouts.dataset.model import Dataset
from handouts.dataset.monthly import MonthlyTable
from handouts.dataset.settings import ChartsPlace, HandoutSettings
from tests.samples import plan_dataset

VALUES = ["10", "20", *[None] * 10]


def table(**more: Any) -> MonthlyTable:
    series = more.pop("series", [{"year": "R6", "values": ["9"] * 12}, {"year": "R7", "values": VALUES}])
    return MonthlyTable.model_validate({"id": "kenshin", "caption": "健診", "series": series} | more)


def kpi(**more: Any) -> Kpi:
    return Kpi.model_validate({"id": "rate", "name": "受診率", "unit": "%", "bound": "以上"} | more)


def dataset(**more: Any) -> Dataset:
    return plan_dataset("Ⅰ．基盤\n１ 健診\n・勧める。\n", **more)


def chart(**more: Any) -> LineChart:
    return monthly_charts(dataset(**more), "half")["kenshin"]


def test_the_newest_year_is_drawn_last_with_gaps_for_months_to_come() -> None:
    newest = chart(tables=(table(),)).lines[-1]
    assert (newest.name, newest.is_newest) == ("令和7年度", True)
    assert newest.values == (Decimal(10), Decimal(20), *[None] * 10)


def test_a_rate_is_drawn_rather_than_the_persons_behind_it() -> None:
    rated = table(rows=["単月", "累計", "率"], series=[{"year": "R7", "values": VALUES, "eligible": 100}])
    assert chart(tables=(rated,)).lines[0].values[:2] == (Decimal("10.0"), Decimal("30.0"))


def test_a_computed_share_is_drawn_rather_than_what_it_is_made_of() -> None:
    series = [
        {"year": "R7", "label": "入札", "id": "all", "values": VALUES},
        {"year": "R7", "label": "一者", "id": "single", "values": ["1", "2", *[None] * 10]},
        {"year": "R7", "label": "割合", "part": "single", "whole": "all"},
    ]
    assert [line.values[:2] for line in chart(tables=(table(series=series),)).lines] == [
        (Decimal("10.0"), Decimal("10.0"))
    ]


def test_two_rows_of_one_year_bear_their_own_names() -> None:
    series = [
        {"year": "R7", "label": "目標", "values": ["9"] * 12},
        {"year": "R7", "label": "実績", "values": VALUES},
    ]
    assert [line.name for line in chart(tables=(table(series=series),)).lines] == ["目標", "実績"]


def test_the_target_is_drawn_where_it_is_in_the_unit_of_the_figures() -> None:
    shown = chart(kpis=(kpi(target="61.0"),), tables=(table(kpi="rate", unit="%"),))
    assert (shown.target, shown.target_text) == (Decimal("61.0"), "61.0%以上")
    other = chart(kpis=(kpi(target="61.0"),), tables=(table(kpi="rate", unit="人"),))
    assert (other.target, other.target_text) == (None, "")


def test_a_target_measured_against_the_year_before_is_drawn_at_last_years_result() -> None:
    kpis = (kpi(target="対前年度以上", actuals={"R6": "0.215"}),)
    shown = chart(kpis=kpis, tables=(table(kpi="rate", unit="%"),))
    assert (shown.target, shown.target_text) == (Decimal("0.215"), "対前年度以上（0.215%）")


def test_fewer_than_two_values_make_no_chart() -> None:
    alone = table(series=[{"year": "R7", "values": ["10", *[None] * 11]}])
    assert monthly_charts(dataset(tables=(alone,)), "half") == {}


@pytest.mark.parametrize(("place", "size"), [("末尾", "half"), ("項目ごと", "item"), ("なし", None)])
def test_the_setting_says_where_charts_stand(place: ChartsPlace, size: str | None) -> None:
    found = compose_charts(dataset(tables=(table(),), settings=HandoutSettings(charts=place)), PLAN_BUDGET)
    assert [chart.size for chart in found.shown(with_kpis=True)] == ([size] if size else [])
    assert list(found.beside_tables) == (["kenshin"] if size == "item" else [])
    assert list(found.months) == ["kenshin"]


def test_kpis_that_are_not_in_lists_are_not_in_the_overview() -> None:
    kpis = (
        kpi(target="61.0", actuals={"R7": "58.0"}),
        kpi(id="other", target="5", actuals={"R7": "5"}, listed=False),
    )
    [overview] = kpi_charts(dataset(kpis=kpis))
    assert [row.name for row in overview.rows] == ["受診率"]
    assert kpi_charts(dataset(kpis=kpis[1:])) == ()


def test_execution_is_drawn_by_initiative_or_by_a_field_that_alone_has_amounts() -> None:
    fields = (
        BudgetField(id="kenshin", name="健診経費", amount=40_786_000, executed=1_045_072),
        BudgetField(id="koho", name="広報"),
    )
    initiatives = (
        Initiative(id="a", name="案内", field="kenshin"),
        Initiative(id="b", name="紙の広報", field="koho", amount=1_888_000, executed=1_749_638),
    )
    [shown] = budget_charts(dataset(fields=fields, initiatives=initiatives))
    assert [row.name for row in shown.rows] == ["健診経費", "紙の広報"]


def test_a_budget_of_which_nothing_is_executed_yet_makes_no_chart() -> None:
    assert (
        budget_charts(dataset(initiatives=(Initiative(id="a", name="案内", topic="健診", amount=1000),)))
        == ()
    )
