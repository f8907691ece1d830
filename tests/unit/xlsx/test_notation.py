"""What Excel calls things."""

from __future__ import annotations

import pytest

from handouts.xlsx.notation import area_of, column_letters, fixed_name, position_of, relative_name


@pytest.mark.parametrize(("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_named_as_excel_names_them(column: int, name: str) -> None:
    assert column_letters(column) == name
    assert (relative_name(4, column), fixed_name(4, column)) == (f"{name}5", f"${name}$5")
    assert position_of(f"{name}5") == (5, column + 1)


def test_an_area_has_the_rows_and_columns_that_its_name_says() -> None:
    assert area_of("B2:$C$4") == (range(2, 5), range(2, 4))
    assert area_of("B2") == (range(2, 3), range(2, 3))


@pytest.mark.parametrize("name", ["", "5", "A", "あ5", "AAAA5", "A:B"])
def test_what_names_no_cell_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        area_of(name)
