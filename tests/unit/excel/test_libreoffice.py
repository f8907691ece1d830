"""A workbook opened and saved by LibreOffice is the same workbook, and its formulas give what we stored."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from handouts.collect.returned import read_filled
from handouts.dataset.folder import read_folder
from handouts.excel.dataset_rows import RowSelection
from handouts.excel.marking import is_marked_copy, mark_cells
from handouts.excel.reading import read_workbook
from handouts.excel.rows import mergeable
from handouts.excel.sheets import TABLES_IN_ORDER
from handouts.excel.writing import write_workbook
from handouts.findings import Place, Rule
from tests.office import HAS_OFFICE, convert, recalculated
from tests.pages import ROOT
from tests.unit.excel.books import dataset

pytestmark = pytest.mark.skipif(not HAS_OFFICE, reason="LibreOffice is not installed")
SAMPLES = sorted(path.parent for path in (ROOT / "data").glob("*/dataset.yaml"))


def saved(path: Path) -> Path:
    """The workbook as LibreOffice saves it."""
    folder = path.parent / "out"
    folder.mkdir()
    return convert(path, "xlsx", folder)


def test_every_sheet_saved_by_libreoffice_is_read_the_same(tmp_path: Path) -> None:
    (tmp_path / "gunma-r3.xlsx").write_bytes(write_workbook(dataset()))
    reading = read_workbook(saved(tmp_path / "gunma-r3.xlsx"))
    assert [str(finding) for finding in reading.findings] == []
    assert repr(reading.dataset) == repr(dataset())


@pytest.mark.skipif(not SAMPLES, reason="the sample data are not here")
@pytest.mark.parametrize("path", SAMPLES[2::3], ids=lambda path: path.name)
def test_a_sample_saved_by_libreoffice_is_read_the_same(path: Path, tmp_path: Path) -> None:
    source = read_folder(path).dataset
    assert source is not None
    (tmp_path / f"{source.name}.xlsx").write_bytes(write_workbook(source))
    reading = read_workbook(saved(tmp_path / f"{source.name}.xlsx"))
    assert [str(finding) for finding in reading.findings] == []
    assert repr(reading.dataset) == repr(source)


def test_the_part_of_a_group_saved_by_libreoffice_still_says_what_was_written(tmp_path: Path) -> None:
    path = tmp_path / "part.xlsx"
    path.write_bytes(write_workbook(dataset(), RowSelection({}, "保健グループ")))
    before, after = (read_filled(each).returned({}) for each in (path, saved(path)))
    assert before is not None
    assert after is not None
    assert before.lineage is not None
    assert after.lineage is not None
    for table in TABLES_IN_ORDER:
        rows = [(row.name, row.origin, row.values) for row in mergeable(before.lineage.base.rows[table.name])]
        for book in (after.lineage.base, after.book):
            assert [(row.name, row.origin, row.values) for row in mergeable(book.rows[table.name])] == rows


def test_a_marked_copy_that_was_saved_since_is_one_in_which_somebody_worked(tmp_path: Path) -> None:
    (tmp_path / "book.xlsx").write_bytes(write_workbook(dataset()))
    marked = tmp_path / "marked.xlsx"
    fault = Rule("甲", "甲").at(Place("book.xlsx", cell="KPI!D4"))
    marked.write_bytes(mark_cells(tmp_path / "book.xlsx", [fault]))
    assert is_marked_copy(marked)
    assert not is_marked_copy(saved(marked))


def test_stored_results_are_those_that_libreoffice_computes(tmp_path: Path) -> None:
    content = write_workbook(dataset())
    (tmp_path / "x.xlsx").write_bytes(content)
    formulas = load_workbook(io.BytesIO(content))
    stored = load_workbook(io.BytesIO(content), data_only=True)
    fresh = load_workbook(recalculated(tmp_path / "x.xlsx", tmp_path / "out"), data_only=True)
    count = 0
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    count += 1
                    values = [book[sheet.title][cell.coordinate].value or None for book in (stored, fresh)]
                    assert values[0] == values[1], f"{sheet.title}!{cell.coordinate} {cell.value}"
    assert count > 50
