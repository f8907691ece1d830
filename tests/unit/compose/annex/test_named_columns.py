"""Cells by the names of their columns, sums and blocks of rows."""

from __future__ import annotations

from handouts.compose.annex.cells import EMPTY, CellRange
from handouts.compose.annex.forms import text_cell
from handouts.compose.annex.named_columns import Columns, GrowingTable

COLUMNS = Columns("月次", ["name", 4, 5, "sum"])


def test_cells_are_told_by_row_and_name() -> None:
    assert (COLUMNS.cell(4, 5), COLUMNS.fixed_cell(4, "sum")) == ("C5", "$D$5")
    assert COLUMNS.cell_elsewhere(0, "name") == "'月次'!A1"
    assert COLUMNS.cells_of_row(2, 4, 5).name == "'月次'!$B$3:$C$3"
    assert COLUMNS.cells_of_column("sum", 2, 9).name == "'月次'!$D$3:$D$10"


def test_neighbours_are_summed_as_ranges() -> None:
    assert COLUMNS.sum_of("sum", [4, 5, 6, 9, 12, 11]) == "SUM(D5:D7,D10,D12:D13)"


def test_the_sum_of_nothing_is_nothing() -> None:
    assert COLUMNS.sum_of("sum", []) == "0"


def test_a_sum_of_very_many_ranges_has_no_more_arguments_than_excel_takes() -> None:
    formula = COLUMNS.sum_of("name", range(0, 2000, 2))
    parts = formula.removeprefix("SUM(SUM(").removesuffix("))").split("),SUM(")
    assert [part.count(",") + 1 for part in parts] == [200] * 5


def test_a_range_names_its_sheet_in_quotes() -> None:
    assert CellRange("A'B", 2, 1, 2, 1).name == "'A''B'!$B$3"


def test_a_table_grows_below_its_heads_and_leaves_empty_what_is_not_given() -> None:
    table = GrowingTable("表", 2, {"a": "年", "b": "年"})
    assert [table.add({"b": text_cell(text)}) for text in "甲乙丙"] == [3, 4, 5]
    made = table.table("t")
    assert made.heads == ("年", "年（2）")
    assert made.rows[1].cells == (EMPTY, text_cell("乙"))
    assert (made.first_row, made.last_row, table.next_row) == (2, 5, 6)


def test_blocks_reach_to_the_next_one() -> None:
    table = GrowingTable("表", 1, {"a": "甲"})
    for _ in range(8):
        table.add({})
    assert table.blocks([2, 5, 6]) == ((2, 4), (5, 5), (6, 9))
    assert table.blocks([]) == ()
