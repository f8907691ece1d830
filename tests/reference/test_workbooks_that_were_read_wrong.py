"""Workbooks as other programs save them, and as people change them, that were once refused or read wrong."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from handouts.dataset.model import Dataset
from handouts.errors import Finding, Place
from handouts.excel.marking import mark_cells
from handouts.excel.reading import read_workbook
from handouts.excel.writing import write_workbook
from tests.reference.folder import CASES, needs_cases
from tests.unit.excel.books import dataset

EXCEL = CASES / "excel"

pytestmark = needs_cases


def read(path: Path) -> Dataset:
    reading = read_workbook(path).reading
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
    copy.write_bytes(mark_cells(path, [Finding(Place("x.xlsx", cell="KPI!A3"), "甲", "", "")]))
    found, same, again = read(path), read(EXCEL / "strike-run.xlsx"), read(copy)
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
    [finding] = read_workbook(EXCEL / "binary.xlsb").reading.findings
    assert "バイナリ形式のブック（.xlsb）" in finding.found
