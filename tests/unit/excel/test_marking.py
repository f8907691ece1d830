"""The copy of a workbook in which the cells at fault are coloured and commented."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from handouts.excel.marking import mark_cells
from handouts.excel.reading import read_workbook
from handouts.findings import DataFaults, Finding, Place, Rule, Severity
from tests.unit.excel.books import HEAD, Book, dataset
from tests.validators import HAS_SDK, faults_by_audit, faults_by_sdk


def finding(cell: str, found: str = "数ではありません", severity: Severity = "error") -> Finding:
    return Rule("fault", found, "数を書きます", "直してください", severity).at(Place("x.xlsx", cell=cell))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    book = Book()
    book["KPI"].merge_cells(f"A{HEAD + 5}:B{HEAD + 6}")
    return book.save(tmp_path / "x.xlsx")


def test_cells_at_fault_are_coloured_and_say_why(path: Path) -> None:
    marked = load_workbook(
        io.BytesIO(mark_cells(path, [finding("月次!D4"), finding("月次!D5", severity="warning")]))
    )
    wrong, odd = marked["月次"]["D4"], marked["月次"]["D5"]
    assert wrong.fill.fgColor.rgb == "FFFFC7CE"
    assert wrong.comment.text == "誤り: 数ではありません。数を書きます。直してください。"
    assert (odd.fill.fgColor.rgb, odd.comment.text[:3]) == ("FFFFE699", "注意:")


def test_several_findings_on_a_cell_are_all_said(path: Path) -> None:
    marked = load_workbook(
        io.BytesIO(mark_cells(path, [finding("月次!D4", "甲"), finding("月次!D4", "乙", "warning")]))
    )
    cell = marked["月次"]["D4"]
    assert cell.comment.text.splitlines() == [
        "誤り: 甲。数を書きます。直してください。",
        "注意: 乙。数を書きます。直してください。",
    ]
    assert cell.fill.fgColor.rgb == "FFFFC7CE"


def test_the_comment_of_a_heading_stays(path: Path) -> None:
    marked = load_workbook(io.BytesIO(mark_cells(path, [finding("KPI!C3")])))
    assert marked["KPI"]["C3"].comment.text.startswith("文だけの目標なら空")
    assert marked["KPI"]["C3"].comment.text.endswith("直してください。")


def test_merged_cells_and_whole_sheets_are_marked_where_they_begin(path: Path) -> None:
    marked = load_workbook(
        io.BytesIO(mark_cells(path, [finding("KPI!B9"), finding("対象者"), finding("ない!A1")]))
    )
    assert marked["KPI"]["A8"].comment is not None
    assert marked["対象者"]["A1"].comment is not None


def test_the_copy_is_read_as_the_workbook_was(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.xlsx"
    copy.write_bytes(mark_cells(path, [finding("月次!D4")]))
    assert read_workbook(copy).dataset == replace(dataset(), name="copy")


def test_a_workbook_with_endless_styles_is_not_marked(path: Path, tmp_path: Path) -> None:
    """The library would load them all."""
    copy = tmp_path / "copy.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/styles.xml":
                part = part.replace(b"</fonts>", b"<font/>" * 260_000 + b"</fonts>")
            new.writestr(name, part)
    assert read_workbook(copy).dataset is not None
    with pytest.raises(DataFaults, match="印を付けた写しを作れません"):
        mark_cells(copy, [finding("月次!D4")])


def test_validators_find_nothing_wrong_with_the_copy(path: Path) -> None:
    content = mark_cells(path, [finding("月次!D4"), finding("KPI!A3")])
    assert faults_by_audit(content, ".xlsx") == []
    assert not HAS_SDK or faults_by_sdk(content, ".xlsx") == []
