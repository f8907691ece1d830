"""Figures of years that a workbook has no column for any more: none goes without somebody having said so."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from handouts.dataset.fiscal import FiscalYear
from handouts.dataset.model import Dataset
from handouts.excel.losses import YearColumn, lost_years, year_columns
from handouts.excel.reading import WorkbookReading
from tests.unit.excel.books import R2, Book, dataset, read


def drop(book: Book, heading: str = "実績 令和2年度") -> None:
    book["KPI"].delete_cols(book.column("KPI", heading))


def with_actual(year: FiscalYear) -> Dataset:
    first, *others = dataset().kpis
    more = first.model_copy(update={"actuals": {**first.actuals, year: Decimal("96.0")}})
    return replace(dataset(), kpis=(more, *others))


def years(found: WorkbookReading) -> frozenset[YearColumn]:
    assert found.book is not None
    return year_columns(found.book)


def lost(tmp_path: Path, change: object, old: Dataset | None = None) -> list[str]:
    assert callable(change)
    found = read(tmp_path, change)
    assert found.findings == ()
    assert found.dataset is not None
    return list(map(str, lost_years("x.xlsx", old or dataset(), found.dataset, years(found))))


def test_a_year_whose_column_is_gone_is_a_fault_that_names_its_figures(tmp_path: Path) -> None:
    assert lost(tmp_path, drop) == [
        "x.xlsx KPI: 列「実績 令和2年度」がありません。今のデータでは、この列に次の値があります（"
        "サービススタンダードの達成率 97.0%）。"
        "値を消すときも、列は見出しごと残します。列を挿入して見出しと値を戻してください。"
        "消してよければ、見出しだけを戻してください。"
    ]


def test_a_year_that_only_the_dataset_has_is_a_fault_too(tmp_path: Path) -> None:
    [found] = lost(tmp_path, lambda book: None, with_actual(FiscalYear(2018)))
    assert "列「実績 平成30年度」がありません" in found


def test_cells_may_be_emptied(tmp_path: Path) -> None:
    def empty(book: Book) -> None:
        book.cell("KPI", 1, "実績 令和2年度").value = None

    assert lost(tmp_path, empty) == []


@pytest.mark.parametrize("heading", ["実績 令和元年度", "目標 令和4年度"])
def test_a_column_without_figures_may_go(tmp_path: Path, heading: str) -> None:
    assert lost(tmp_path, lambda book: drop(book, heading)) == []


def test_the_years_of_a_row_that_goes_too_are_not_counted(tmp_path: Path) -> None:
    found = read(tmp_path, drop)
    assert found.dataset is not None
    new = replace(found.dataset, kpis=found.dataset.kpis[1:])
    assert list(lost_years("x.xlsx", dataset(), new, years(found))) == []


def test_a_workbook_need_not_have_years_with_which_it_was_not_written(tmp_path: Path) -> None:
    found = read(tmp_path)
    assert found.dataset is not None
    old = with_actual(FiscalYear(2018))
    assert list(lost_years("x.xlsx", old, found.dataset, years(found), years(found))) == []
    without = {(column, year) for column, year in years(found) if year != R2}
    [finding] = lost_years("x.xlsx", old, found.dataset, without, years(found))
    assert "令和2年度" in finding.found
