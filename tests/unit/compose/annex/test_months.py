"""The monthly tables of the annex: numbers, formulas and their results, row by row."""

from __future__ import annotations

from typing import Any

import pytest

from handouts.compose.annex.cells import AnnexTable, Sheet
from handouts.compose.annex.month_charts import charts_sheet
from handouts.compose.annex.months import lay_out_months, months_sheet
from handouts.compose.chart_sources import monthly_charts
from handouts.dataset.kpis import Kpi
from handouts.dataset.model import Dataset
from handouts.dataset.monthly import MonthlyTable
from tests.annexes import shown
from tests.samples import plan_dataset

MONTHS = tuple(f"{month}月" for month in (*range(4, 13), 1, 2, 3))
R3 = {"year": "R3", "values": {"4月": 3, "5月": 4, "6月": 5}}


def dataset(*tables: dict[str, Any], **more: Any) -> Dataset:
    """A dataset with these monthly tables, each with an id and a caption."""
    made = (
        MonthlyTable.model_validate({"id": f"t{number}", "caption": "健診の受診者数", **table})
        for number, table in enumerate(tables)
    )
    return plan_dataset("Ⅰ．健康\n１ 健診\n", year=2021, tables=tuple(made), **more)


def sheet(*tables: dict[str, Any], **more: Any) -> Sheet:
    found = dataset(*tables, **more)
    return months_sheet(found, lay_out_months(found))


def rows(table: AnnexTable) -> list[list[str]]:
    """What the cells of the table show, those of months to come left out at the end."""
    return [[shown(cell) for cell in row.cells] for row in table.rows]


def formulas(table: AnnexTable, row: int) -> dict[str, str]:
    """The formulas of a row by the heads of their columns."""
    found = zip(table.heads, table.rows[row].cells, strict=True)
    return {head: cell.formula for head, cell in found if cell.formula}


def test_single_months_are_numbers_and_months_to_come_are_empty() -> None:
    [table] = sheet({"series": [R3]}).tables
    assert table.heads == ("年度", *MONTHS)
    assert rows(table) == [["令和3年度", "3", "4", "5", *[""] * 9]]
    assert formulas(table, 0) == {}


def test_what_is_added_up_is_a_formula_up_to_the_newest_month() -> None:
    [table] = sheet({"rows": ["単月", "累計"], "series": [R3]}).tables
    assert rows(table)[1] == ["累計", "3", "7", "12", *[""] * 9]
    assert formulas(table, 1) == {"4月": "SUM($B6:B6)", "5月": "SUM($B6:C6)", "6月": "SUM($B6:D6)"}


def test_what_was_carried_over_is_added_from_a_cell_of_its_own() -> None:
    [table] = sheet({"rows": ["単月", "累計"], "closing": ["累計"], "series": [R3 | {"opening": 100}]}).tables
    assert table.heads[-2:] == ("累計", "引継ぎ")
    assert rows(table)[0][-2:] == ["112", "100"]
    assert formulas(table, 0) == {"累計": "SUM(B6:M6)+$O$6"}
    assert formulas(table, 1)["4月"] == "SUM($B6:B6)+$O$6"


def test_a_rate_refers_to_the_eligible_persons() -> None:
    [table] = sheet({"rows": ["単月", "累計", "率"], "series": [R3 | {"eligible": 24}]}).tables
    assert table.heads[-1] == "対象者数"
    assert rows(table)[2][:4] == ["率（累計）", "12.5%", "29.2%", "50.0%"]
    assert formulas(table, 2)["6月"] == "ROUND(D7/$N$6,3)"


def test_a_rate_without_a_row_of_sums_adds_up_itself() -> None:
    [table] = sheet({"rows": ["単月", "率"], "series": [R3 | {"eligible": 24, "opening": 1}]}).tables
    assert formulas(table, 1)["5月"] == "ROUND((SUM($B6:C6)+$N$6)/$O$6,3)"


def test_entered_figures_that_the_handout_does_not_print_stand_below_the_computed_ones() -> None:
    [table] = sheet({"rows": ["累計", "率"], "closing": ["計"], "series": [R3 | {"eligible": 24}]}).tables
    assert [row[0] for row in rows(table)] == ["令和3年度", "率（累計）", "単月"]
    assert rows(table)[0][-2:] == ["12", ""]
    assert formulas(table, 0)["計"] == "SUM(B8:M8)"
    assert formulas(table, 0)["5月"] == "SUM($B8:C8)"


@pytest.mark.parametrize(
    ("column", "formula", "result"),
    [
        ("計", "SUM(B6:M6)", "12"),
        ("合計", "SUM(B6:M6)", "12"),
        ("平均", "ROUND(AVERAGE(B6:M6),1)", "4.0"),
        ("実施率", "ROUND(SUM(B6:M6)/$O$6,3)", "50.0%"),
    ],
)
def test_the_closing_column_is_a_formula(column: str, formula: str, result: str) -> None:
    [table] = sheet({"closing": [column], "series": [R3 | {"eligible": 24}]}).tables
    assert formulas(table, 0) == {column: formula}
    assert shown(table.rows[0].cells[13]) == result


def test_a_sum_of_decimals_is_rounded_to_them() -> None:
    [table] = sheet(
        {"closing": ["計"], "series": [{"year": "R3", "values": {"4月": "0.1", "5月": "0.2"}}]}
    ).tables
    assert formulas(table, 0) == {"計": "ROUND(SUM(B6:M6),1)"}


def test_an_entered_closing_figure_is_a_number() -> None:
    [table] = sheet({"unit": "%", "closing": ["累計"], "series": [R3 | {"closing": "97.0"}]}).tables
    assert (shown(table.rows[0].cells[13]), formulas(table, 0)) == ("97.0%", {})


def test_a_share_is_the_quotient_of_the_sums_of_two_rows() -> None:
    series = [
        R3 | {"id": "all", "label": "一般競争"},
        {"year": "R3", "id": "one", "label": "一者", "values": {"4月": 0, "5月": 1, "6月": 2}},
        {"year": "R3", "label": "割合", "part": "one", "whole": "all"},
    ]
    [table] = sheet({"closing": ["合計"], "series": series}).tables
    assert rows(table)[2][:4] == ["割合", "0.0%", "14.3%", "25.0%"]
    assert formulas(table, 2)["5月"] == "ROUND(SUM($B7:C7)/SUM($B6:C6),3)"
    assert formulas(table, 2)["合計"] == "ROUND(SUM($B7:M7)/SUM($B6:M6),3)"


def test_rows_of_one_kind_have_a_table_of_their_own_below_the_other() -> None:
    found = sheet(
        {"rows": ["単月", "累計"], "grouping": "種類ごと", "head": "新規", "unit": "件", "series": [R3]}
    )
    assert [(table.name, table.heads[0]) for table in found.tables] == [
        ("months_t0", "新規（件）"),
        ("months_t0.2", "累計（件）"),
    ]
    assert formulas(found.tables[1], 0)["5月"] == "SUM($B6:C6)"


def test_receipts_run_from_march() -> None:
    [table] = sheet(
        {"months": "3月始まり", "series": [{"year": "R3", "values": {"3月": 1, "4月": 2}}]}
    ).tables
    assert table.heads[1:3] == ("3月", "4月")
    assert rows(table)[0][1:3] == ["1", "2"]


def test_a_month_that_is_not_measured_has_a_dash() -> None:
    [table] = sheet({"series": [{"year": "R3", "values": {"4月": "-", "6月": 5}}]}).tables
    assert rows(table)[0][1:4] == ["-", "", "5"]


def test_the_heads_of_a_table_differ() -> None:
    [table] = sheet({"head": "累計", "closing": ["累計"], "series": [R3]}).tables
    assert (table.heads[0], table.heads[-1]) == ("累計", "累計（2）")


def test_no_two_tables_have_the_same_name() -> None:
    both = {"rows": ["単月", "累計"], "grouping": "種類ごと", "series": [R3]}
    found = sheet(both | {"id": "a"}, both | {"id": "a-2"})
    names = [table.name for table in found.tables]
    assert names == ["months_a", "months_a.2", "months_a_2", "months_a_2.2"]


def test_a_head_is_no_longer_than_excel_takes() -> None:
    [table] = sheet({"head": "累" * 300, "series": [R3]}).tables
    assert len(table.heads[0]) == 240


def test_a_table_says_the_target_of_its_kpi() -> None:
    kpi = Kpi(id="checkup", name="健診", target="65.6", unit="%", bound="以上")
    found = sheet({"kpi": "checkup", "series": [R3]}, kpis=(kpi,))
    assert found.tables[0].title == "健診の受診者数（目標 65.6%以上）"


def test_tables_stand_below_one_another_and_each_stays_on_one_page() -> None:
    found = sheet({"series": [R3, R3]}, {"series": [R3]})
    assert [(table.first_row, table.last_row) for table in found.tables] == [(4, 6), (9, 10)]
    assert found.blocks == ((3, 6), (8, 10))


# Charts


def charts(*tables: dict[str, Any]) -> list[Any]:
    found = dataset(*tables)
    return [
        chart
        for page in charts_sheet(found, lay_out_months(found), monthly_charts(found, "half"))
        for chart in page.charts
    ]


R2 = {"year": "R2", "values": dict.fromkeys(MONTHS, 9)}


def test_a_chart_has_a_line_for_each_year_over_the_cells_of_the_sheet() -> None:
    [chart] = charts({"series": [R2, R3]})
    assert [series.name for series in chart.series] == ["令和2年度", "令和3年度"]
    assert [area.name for area in chart.series[1].values] == ["'月次'!$B$7:$M$7"]
    assert [area.name for area in chart.series[1].categories] == ["'月次'!$B$5:$M$5"]
    assert chart.series[1].figures[2:4] == (5, None)
    assert chart.alt.startswith("健診の受診者数。令和3年度は4月3から6月5。令和2年度は4月9から3月9。")


def test_a_chart_shows_the_rate_where_there_is_one() -> None:
    [chart] = charts({"rows": ["単月", "累計", "率"], "series": [R3 | {"eligible": 24}]})
    assert [area.name for area in chart.series[0].values] == ["'月次'!$B$8:$M$8"]
    assert chart.form.startswith("#,##0.0%;")


def test_a_month_that_is_not_measured_has_no_place_in_the_chart() -> None:
    series = {"year": "R3", "values": dict.fromkeys(MONTHS, "-") | {"6月": 5, "9月": 6, "12月": None}}
    [chart] = charts({"series": [series]})
    assert [area.name for area in chart.series[0].values] == ["'月次'!$D$6", "'月次'!$G$6", "'月次'!$J$6"]
    assert chart.series[0].words == ("6月", "9月", "12月")
    assert chart.series[0].figures == (5, 6, None)


def test_a_table_with_fewer_than_two_figures_has_no_chart() -> None:
    assert charts({"series": [{"year": "R3", "values": {"4月": 3}}]}) == []


def test_two_charts_stand_beside_one_another() -> None:
    found = charts(*[{"series": [R3]}] * 3)
    assert [(chart.row, chart.column) for chart in found] == [(2, 0), (2, 8), (16, 0)]
