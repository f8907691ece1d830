"""What the texts of a workbook are, however they were typed."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from openpyxl import Workbook

from handouts.xlsx.grid import read_grids


def test_kana_that_macos_took_apart_are_in_one_piece_in_cells_and_names_of_sheets(tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = unicodedata.normalize("NFD", "データ")
    book.active["A1"] = unicodedata.normalize("NFD", "がん検診")
    book.active["A2"] = "\ufa19社"
    book.save(tmp_path / "a.xlsx")
    [grid] = read_grids(tmp_path / "a.xlsx")
    assert grid.name == "データ"
    assert [row[1].value for row in grid.rows.values()] == ["がん検診", "\ufa19社"]
