"""Budget and execution, field by field and initiative by initiative."""

from __future__ import annotations

from typing import Any

from handouts.compose.annex.cells import Sheet, TableRow
from handouts.compose.annex.execution_charts import compose_execution
from handouts.compose.chart_sources import budget_charts
from handouts.dataset.budget import BudgetField, Initiative
from tests.annexes import shown
from tests.samples import plan_dataset

PLAN = "Ⅰ．健康\n１ 健診 {#kenshin}\n受診を勧める。\n"


def sheets(*parts: BudgetField | Initiative, by_topic: bool = False) -> tuple[Sheet, ...]:
    fields = tuple(part for part in parts if isinstance(part, BudgetField))
    initiatives = [part for part in parts if isinstance(part, Initiative)]
    dataset = plan_dataset(PLAN, initiatives, fields=fields)
    return compose_execution(dataset, budget_charts(dataset), by_topic)


def field(identifier: str, **more: Any) -> BudgetField:
    return BudgetField(id=identifier, name=f"区分 {identifier}", **more)


def one(identifier: str, **more: Any) -> Initiative:
    return Initiative(id=identifier, name=f"取組 {identifier}", **more)


def rows(sheet: Sheet) -> list[TableRow]:
    return list(sheet.tables[0].rows)


def texts(row: TableRow) -> list[str]:
    return [shown(cell) for cell in row.cells]


def formulas(row: TableRow) -> list[str]:
    return [cell.formula for cell in row.cells[3:]]


def test_a_field_is_the_sum_of_its_initiatives() -> None:
    found = rows(
        sheets(field("a"), one("x", field="a", amount=2_500, executed=625), one("y", field="a", amount=500))[
            0
        ]
    )
    assert texts(found[0]) == ["区分 a", "", "", "3,000", "625", "20.8%", "3", "1"]
    assert formulas(found[0]) == [
        *("SUM(D5:D6)", "SUM(E5:E6)"),
        'IF(D4=0,"－",ROUND(E4/D4,3))',
        *("ROUND(D4/1000,0)", "ROUND(E4/1000,0)"),
    ]


def test_an_initiative_shows_what_was_entered_and_nothing_else() -> None:
    found = rows(sheets(field("a"), one("x", field="a", amount=2_500), one("y", field="a"))[0])
    assert texts(found[1]) == ["", "1", "取組 x", "2,500", "", "", "3", ""]
    assert texts(found[2]) == ["", "2", "取組 y", "", "", "", "", ""]


def test_the_amounts_of_a_field_itself_are_numbers() -> None:
    found = rows(sheets(field("a", amount=40_786_000, executed=1_045_072), one("x", field="a"))[0])
    assert texts(found[0])[3:] == ["40,786,000", "1,045,072", "2.6%", "40,786", "1,045"]
    assert formulas(found[0])[:2] == ["", ""]


def test_where_nothing_was_budgeted_there_is_a_dash() -> None:
    found = rows(sheets(field("a", amount=0, executed=5))[0])
    assert texts(found[0])[5] == "－"
    assert found[0].cells[5].formula == 'IF(D4=0,"－",ROUND(E4/D4,3))'


def test_tables_have_totals_and_all_of_them_one() -> None:
    found = rows(
        sheets(
            field("a", amount=1, table="甲"),
            field("b", amount=2, table="乙"),
            field("c", amount=3, table="乙"),
        )[0]
    )
    assert [(row.role, texts(row)[0], row.cells[3].formula) for row in found] == [
        ("group", "１．甲", ""),
        ("subtotal", "区分 a", ""),
        ("total", "総計", "SUM(D5)"),
        ("group", "２．乙", ""),
        ("subtotal", "区分 b", ""),
        ("subtotal", "区分 c", ""),
        ("total", "総計", "SUM(D8:D9)"),
        ("total", "全体の合計", "SUM(D6,D10)"),
    ]


def test_initiatives_without_a_field_are_summed_by_their_heading_or_stand_alone() -> None:
    parts = one("x", topic="kenshin", amount=10), one("y", topic="kenshin", amount=20)
    assert [(row.role, texts(row)[0]) for row in rows(sheets(*parts, by_topic=True)[0])] == [
        ("subtotal", "１ 健診"),
        ("item", ""),
        ("item", ""),
        ("total", "総計"),
    ]
    alone = rows(sheets(*parts)[0])
    assert [row.role for row in alone] == ["item", "item", "total"]
    assert alone[-1].cells[3].formula == "SUM(D4:D5)"


def test_initiatives_of_a_field_that_names_no_heading_are_summed_by_theirs() -> None:
    parts = field("a"), one("x", field="a", topic="kenshin", amount=10), one("y", field="a", amount=20)
    [sheet] = sheets(*parts, by_topic=True)
    assert [(row.role, texts(row)[0], texts(row)[3]) for row in rows(sheet)] == [
        ("subtotal", "区分 a", "20"),
        ("item", "", "20"),
        ("subtotal", "１ 健診", "10"),
        ("item", "", "10"),
        ("total", "総計", "30"),
    ]
    home = field("b", topic="kenshin"), one("z", field="b", topic="kenshin", amount=5)
    assert texts(rows(sheets(*home, by_topic=True)[0])[0])[0] == "区分 b"


def test_the_chart_shows_amounts_that_refer_to_the_table() -> None:
    _, page = sheets(field("a"), one("x", field="a", amount=2_500, executed=625))
    [row] = rows(page)
    assert [cell.formula for cell in row.cells] == [
        *("", "'予算執行'!D5", "'予算執行'!E5"),
        'IF(B4=0,"－",ROUND(C4/B4,3))',
    ]
    [chart] = page.charts
    assert [area.name for series in chart.series for area in series.values] == [
        "'執行グラフ'!$B$4",
        "'執行グラフ'!$C$4",
    ]
    assert chart.alt == "予算額と執行額。取組 xは予算額3千円、執行額1千円、執行率25.0%。"


def test_there_is_no_chart_before_anything_was_executed() -> None:
    assert [sheet.name for sheet in sheets(field("a", amount=5))] == ["予算執行"]


def test_without_a_budget_there_is_no_sheet() -> None:
    assert sheets(field("a"), one("x", field="a")) == ()
