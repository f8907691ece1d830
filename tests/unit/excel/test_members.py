"""The rows that a ratio of the sheet 月次 is made of: called by their names, found by them, by ids and by former names."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from handouts.dataset.model import Dataset
from handouts.dataset.monthly import MonthlySeries, MonthlyTable
from handouts.excel.members import SeriesName, find_member
from handouts.excel.reading import WorkbookReading, read_workbook
from tests.unit.excel.books import R2, R3, Book, dataset

COUNTED, WHOLE, SHARE = 1, 2, 3  # the rows of 令和3年度, below the head
BEFORE = 4  # a ratio of a row of the year before


def ratios() -> Dataset:
    rows = (
        MonthlySeries(year=R3, label="電子申請", id="denshi", values={4: Decimal(20)}),
        MonthlySeries(year=R3, label="申請", id="shinsei", values={4: Decimal(80)}),
        MonthlySeries(year=R3, label="割合", part="denshi", whole="shinsei"),
        MonthlySeries(year=R3, label="前年度比", part="denshi", whole="mae"),
        MonthlySeries(year=R2, label="電子申請", id="mae", values={4: Decimal(10)}),
    )
    table = MonthlyTable(id="denshi", caption="電子申請の割合", unit="件", series=rows)
    source = dataset()
    entries = tuple(entry.model_copy(update={"monthly": ()}) for entry in source.entries)
    return replace(source, tables=(table,), entries=entries)


def reading_of(tmp_path: Path, book: Book) -> WorkbookReading:
    return read_workbook(book.save(tmp_path / "gunma-r3.xlsx"))


def same(tmp_path: Path, book: Book) -> None:
    reading = reading_of(tmp_path, book)
    assert [str(finding) for finding in reading.findings] == []
    assert reading.dataset == ratios()


def test_members_are_called_by_name_and_those_of_another_year_with_it(tmp_path: Path) -> None:
    book = Book(ratios())
    shown = [book.cell("月次", row, heading).value for row in (SHARE, BEFORE) for heading in ("分子", "分母")]
    assert shown == ["電子申請", "申請", "電子申請", "令和2年度 電子申請"]
    same(tmp_path, book)


@pytest.mark.parametrize("typed", ["denshi", "電子 申請", "令和3年度 電子申請", "令和３年度電子申請"])
def test_a_member_may_be_typed_in_many_ways(tmp_path: Path, typed: str) -> None:
    book = Book(ratios())
    book.cell("月次", SHARE, "分子").value = typed
    same(tmp_path, book)


def test_a_member_is_found_by_what_it_was_called_before(tmp_path: Path) -> None:
    book = Book(ratios())
    book.cell("月次", COUNTED, "行の名前").value = "電子での申請"
    found = reading_of(tmp_path, book)
    assert found.dataset is not None
    assert found.dataset.tables[0].series[SHARE - 1].part == "denshi"


def test_a_member_without_an_id_gets_one(tmp_path: Path) -> None:
    book = Book(ratios())
    book.cell("月次", WHOLE, "行のid").value = None
    found = reading_of(tmp_path, book)
    assert found.dataset is not None
    series = found.dataset.tables[0].series
    assert series[WHOLE - 1].id
    assert series[SHARE - 1].whole == series[WHOLE - 1].id
    assert found.findings == ()


def test_a_member_that_is_not_there_is_a_fault_that_names_the_rows(tmp_path: Path) -> None:
    book = Book(ratios())
    book.cell("月次", SHARE, "分子").value = "窓口"
    [finding] = reading_of(tmp_path, book).findings
    assert finding.found == "「分子」の「窓口」に当たる行が、この表にありません"
    assert "「電子申請」、「申請」" in finding.allowed


def test_the_name_alone_is_not_a_row_of_another_year() -> None:
    rows = [SeriesName("令和2年度", "電子申請", "mae")]
    assert find_member("電子申請", "令和3年度", rows) == ()
    assert find_member("令和2年度 電子申請", "令和3年度", rows) == (0,)
