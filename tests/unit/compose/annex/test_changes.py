"""The list of changed places."""

from __future__ import annotations

from decimal import Decimal

from handouts.compose.annex.cells import Sheet, TableRow
from handouts.compose.annex.changes import compose_changes_of_editions, compose_changes_of_years
from handouts.compose.changes import compare_datasets
from handouts.dataset.kpis import Kpi
from handouts.dataset.model import Datasets
from tests.annexes import shown
from tests.samples import plan_dataset

OLD = """Ⅰ．基盤
１ 窓口
（１）待ち時間を短くする。
（２）花を飾る。
２ 電話
（１）折り返しの連絡を当日中に行う。
"""
NEW = """Ⅰ．基盤
１ 窓口
（１）待ち時間を半分に短くする。
２ 電話
（１）折り返しの連絡を当日中に行う。
（２）応答の記録を残し、毎月の会議で見直す。
"""
KPI = Kpi(id="wait", name="待ち時間", target=5, unit="分", bound="以内")


def texts(row: TableRow) -> list[str]:
    return [shown(cell) for cell in row.cells]


def of_years(old: str, new: str) -> tuple[Sheet, ...]:
    before, after = plan_dataset(old, year=2024), plan_dataset(new)
    return compose_changes_of_years(Datasets(after, before), compare_datasets(before, after))


def test_every_change_stands_with_its_place_before_and_after() -> None:
    [sheet] = of_years(OLD, NEW)
    [table] = sheet.tables
    assert table.heads[4:] == ("令和6年度（変更前）", "令和7年度（変更後）")
    assert [texts(row) for row in table.rows] == [
        ["1", "Ⅰ-1", "窓口", "変更", "（１）待ち時間を短くする。", "（１）待ち時間を半分に短くする。"],
        ["2", "Ⅰ-1", "窓口", "削除", "（２）花を飾る。", ""],
        ["3", "Ⅰ-2", "電話", "追加", "", "（２）応答の記録を残し、毎月の会議で見直す。"],
    ]


def test_changed_characters_are_marked() -> None:
    [sheet] = of_years(OLD, NEW)
    cell = sheet.tables[0].rows[0].cells[5]
    assert [(run.text, run.emphasis) for run in cell.runs] == [
        ("（１）待ち時間を", ""),
        ("半分に", "changed"),
        ("短くする。", ""),
    ]


def test_where_nothing_changed_there_is_no_sheet() -> None:
    assert of_years(NEW, NEW) == ()


def test_without_another_plan_there_is_no_sheet() -> None:
    datasets = Datasets(plan_dataset(NEW))
    assert compose_changes_of_years(datasets, ()) == compose_changes_of_editions(datasets) == ()


def test_editions_say_what_became_of_the_kpis_first() -> None:
    plan = NEW + "■KPI：{kpi:wait}\n"
    after = KPI.model_copy(update={"target": Decimal(4), "name": "窓口の待ち時間"})
    datasets = Datasets(plan_dataset(plan, kpis=(after,)), earlier=plan_dataset(plan, kpis=(KPI,)))
    [sheet] = compose_changes_of_editions(datasets)
    assert [table.name for table in sheet.tables] == ["kpi_changes", "plan_changes"]
    assert texts(sheet.tables[0].rows[0]) == [
        *("1", "Ⅰ-2", "窓口の待ち時間\n（名称：待ち時間）", "（変更有）"),
        *("5分以内", "4分以内"),
    ]
    assert sheet.tables[1].first_row > sheet.tables[0].last_row + 1


def test_editions_say_that_no_kpi_changed() -> None:
    [sheet] = compose_changes_of_editions(
        Datasets(plan_dataset(NEW, kpis=(KPI,)), earlier=plan_dataset(OLD, kpis=(KPI,)))
    )
    assert sheet.notes == ("KPI の変更はありません。",)
    assert [table.name for table in sheet.tables] == ["plan_changes"]
