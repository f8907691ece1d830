"""Workbooks as other programs save them, and as people change them, that were once refused or read wrong."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from handouts.dataset.fiscal import FiscalYear
from handouts.dataset.folder import read_folder
from handouts.dataset.model import Dataset
from handouts.excel.losses import lost_years
from handouts.excel.marking import mark_cells
from handouts.excel.reading import read_workbook
from handouts.excel.writing import write_workbook
from handouts.findings import Place, Rule
from tests.pages import ROOT
from tests.reference.folder import CASES, needs_cases
from tests.unit.excel.books import dataset

EXCEL = CASES / "excel"

pytestmark = needs_cases


def read(path: Path) -> Dataset:
    reading = read_workbook(path)
    assert [str(finding) for finding in reading.findings] == []
    assert reading.dataset is not None
    return reading.dataset


@pytest.mark.parametrize(
    "name",
    ["printer-settings", "power-query", "mac-plist", "backslash-names", "case-names", "split-rows"],
)
def test_a_workbook_that_another_program_saved_is_read_and_marked(tmp_path: Path, name: str) -> None:
    """All of them were made of one."""
    path, copy = EXCEL / f"{name}.xlsx", tmp_path / "copy.xlsx"
    copy.write_bytes(mark_cells(path, [Rule("cell.example", "甲").at(Place("x.xlsx", cell="KPI!A3"))]))
    found, same, again = read(path), read(EXCEL / "printer-settings.xlsx"), read(copy)
    assert (found.kpis, found.populations, found.tables) == (same.kpis, same.populations, same.tables)
    assert (found.plan, found.kpis, found.entries) == (again.plan, again.kpis, again.entries)


def test_parts_that_excel_puts_beside_are_nothing_to_us(tmp_path: Path) -> None:
    path = tmp_path / "gunma-r3.xlsx"
    path.write_bytes(write_workbook(dataset()))
    with zipfile.ZipFile(path, "a") as archive:
        for part in sorted((EXCEL / "foreign-parts").iterdir()):
            archive.write(part, f"xl/printerSettings/{part.name}")
    assert read(path) == dataset()


def test_a_binary_workbook_is_refused_by_its_name() -> None:
    [finding] = read_workbook(EXCEL / "binary.xlsb").findings
    assert "バイナリ形式のブック（.xlsb）" in finding.found


def test_the_year_in_front_of_a_heading_is_read() -> None:
    """The other workbook was made of the same one, without 令和3年度."""
    found, same = read(EXCEL / "06f-header-other-order.xlsx"), read(EXCEL / "06d-deleted-R3.xlsx")
    years = [{kpi.id: {**kpi.actuals, FiscalYear(2021): None} for kpi in one.kpis} for one in (found, same)]
    assert years[0] == years[1]
    assert sum(FiscalYear(2023) in actuals for actuals in years[0].values()) > 10


def test_a_column_of_a_year_that_somebody_deleted_is_said() -> None:
    """The workbook was written from the same public documents as the sample, in which the KPIs have the same ids."""
    workbook = read_workbook(EXCEL / "06d-deleted-R3.xlsx")
    old, new = read_folder(ROOT / "data" / "tochigi-r5").dataset, workbook.dataset
    assert old is not None
    assert new is not None
    [finding] = lost_years("x.xlsx", old, new, workbook.years)
    assert "列「実績 令和3年度」がありません。今のデータには、この列の値が 19 個あります" in finding.found
