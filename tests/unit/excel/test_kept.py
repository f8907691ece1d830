"""The sheet 控え: what the cells of a workbook held when it was written, out of sight and whole or not at all."""

from __future__ import annotations

import hashlib
from pathlib import Path

from handouts.excel.kept import NAMES_SHEET, Kept, read_kept
from handouts.excel.reading import read_sheets
from tests.samples import plan_dataset
from tests.unit.excel.books import Book, dataset


def kept(tmp_path: Path, book: Book) -> Kept | None:
    return read_kept(read_sheets(book.save(tmp_path / "x.xlsx")))


def test_every_workbook_keeps_what_its_cells_held_out_of_sight(tmp_path: Path) -> None:
    book = Book()
    assert book["控え"].sheet_state == "veryHidden"
    book.cell("取組・予算", 1, "予算額（円）").value = 1
    found = kept(tmp_path, book)
    assert found is not None
    assert found.group == ""
    assert found.grids is not None
    sheets = {grid.name: grid for grid in found.grids}
    assert sheets["取組・予算"].rows[4][book.column("取組・予算", "予算額（円）")].value == 2_902_000
    assert "使い方" not in sheets


def test_what_was_kept_is_what_a_reader_finds(tmp_path: Path) -> None:
    path = Book().save(tmp_path / "x.xlsx")
    there = {grid.name: grid for grid in read_sheets(path)}
    found = read_kept(tuple(there.values()))
    assert found is not None
    for grid in (grid for grid in found.grids or () if grid.name != NAMES_SHEET):
        for number, row in grid.rows.items():
            assert {at: there[grid.name].rows[number][at] for at in row} == row


def test_a_large_workbook_is_kept_in_several_cells(tmp_path: Path) -> None:
    digests = (hashlib.sha256(bytes([number % 251, number // 251])).hexdigest() for number in range(3_000))
    words = "".join(f"・{digest}\n" for digest in digests)
    book = Book(plan_dataset(f"Ⅰ．計画\n{words}", []))
    lengths = [len(str(row[1].value or "")) for row in book["控え"].iter_rows()]
    assert len(lengths) > 6
    assert max(lengths) <= 32_000
    found = kept(tmp_path, book)
    assert found is not None
    assert found.grids is not None


def test_what_was_kept_is_read_whole_or_not_at_all(tmp_path: Path) -> None:
    book = Book(dataset(), "")
    cell = book["控え"]["B4"]
    cell.value = cell.value[:50] + ("A" if cell.value[50] != "A" else "B") + cell.value[51:]
    damaged = kept(tmp_path, book)
    assert damaged is not None
    assert damaged.grids is None


def test_a_workbook_without_the_sheet_has_kept_nothing(tmp_path: Path) -> None:
    book = Book()
    del book.book["控え"]
    assert kept(tmp_path, book) is None
