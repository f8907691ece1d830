"""Names of cells, sums and blocks of rows."""

from __future__ import annotations

import pytest

from handouts.compose.annex.cells import Area, absolute, blocks, column_name, relative, sum_formula


@pytest.mark.parametrize(("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_named_as_excel_names_them(column: int, name: str) -> None:
    assert column_name(column) == name
    assert (relative(4, column), absolute(4, column)) == (f"{name}5", f"${name}$5")


def test_neighbours_are_summed_as_ranges() -> None:
    assert sum_formula(3, [4, 5, 6, 9, 12, 11]) == "SUM(D5:D7,D10,D12:D13)"


def test_the_sum_of_nothing_is_nothing() -> None:
    assert sum_formula(3, []) == "0"


def test_a_sum_of_very_many_ranges_has_no_more_arguments_than_excel_takes() -> None:
    formula = sum_formula(0, range(0, 2000, 2))
    parts = formula.removeprefix("SUM(SUM(").removesuffix("))").split("),SUM(")
    assert [part.count(",") + 1 for part in parts] == [200] * 5


def test_an_area_names_its_sheet_in_quotes() -> None:
    assert Area("月次", 2, 1, 2, 12).name == "'月次'!$B$3:$M$3"
    assert Area("A'B", 2, 1, 2, 1).name == "'A''B'!$B$3"


def test_blocks_reach_to_the_next_one() -> None:
    assert blocks([2, 5, 6], 9) == ((2, 4), (5, 5), (6, 9))
    assert blocks([], 9) == ()
