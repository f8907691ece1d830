"""Tables that run from March to February have a sheet of their own, with their months in that order."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from handouts.dataset.monthly import MonthlySeries, MonthlyTable
from handouts.excel.changes import changes_between
from handouts.excel.reading import read_workbook
from handouts.excel.sheets import MARCH_SHEET
from tests.unit.excel.books import R3, Book, dataset

MARCH = MonthlyTable(
    id="generic",
    caption="使用割合",
    unit="人",
    months="3月始まり",
    series=(MonthlySeries(year=R3, values={3: Decimal(70), 4: Decimal(71), 2: Decimal(80)}),),
)
# Before the others, so that the order of the sheets is not that of the tables.
SOURCE = replace(dataset(), tables=(MARCH, *dataset().tables))


def test_its_months_stand_from_march_to_february() -> None:
    book = Book(SOURCE)
    headings = [str(cell.value) for cell in book[MARCH_SHEET][3]]
    months = [f"{(month + 1) % 12 + 1}月" for month in range(1, 13)]
    assert [heading for heading in headings if heading in months] == months
    assert book.cell(MARCH_SHEET, 1, "3月").value == 70
    assert book.cell(MARCH_SHEET, 1, "2月").value == 80
    assert [book["月次"].cell(4 + row, 1).value for row in range(4)] == [
        "受診者数",
        "受診者数",
        "達成率",
        None,
    ]


def test_without_such_a_table_there_is_no_such_sheet() -> None:
    assert MARCH_SHEET not in Book().book.sheetnames


def test_both_sheets_are_read(tmp_path: Path) -> None:
    book = Book(SOURCE)
    book.cell(MARCH_SHEET, 1, "5月").value = 72
    reading = read_workbook(book.save(tmp_path / "gunma-r3.xlsx"))
    assert not reading.findings
    assert reading.dataset
    changes = [str(change) for change in changes_between(SOURCE, reading.dataset)]
    assert changes == [f"{MARCH_SHEET} 使用割合 令和3年度 5月: （空） → 72"]


def test_a_fault_names_the_sheet_and_the_cell(tmp_path: Path) -> None:
    book = Book(SOURCE)
    book.cell(MARCH_SHEET, 1, "3月").value = "多い"
    (finding,) = read_workbook(book.save(tmp_path / "x.xlsx")).findings
    assert finding.place.cell == f"{MARCH_SHEET}!D4"


def test_a_workbook_with_all_tables_in_one_sheet_is_read_by_its_headings(tmp_path: Path) -> None:
    book = Book(SOURCE)
    for column, cell in enumerate(book[MARCH_SHEET][4], 1):
        heading = str(book[MARCH_SHEET].cell(3, column).value).replace("\n", " ")
        book.cell("月次", 4, heading).value = cell.value
    del book.book[MARCH_SHEET]
    assert read_workbook(book.save(tmp_path / "gunma-r3.xlsx")).dataset == SOURCE
