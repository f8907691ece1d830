"""What Excel calls things."""

from __future__ import annotations

import pytest

from handouts.xlsx.notation import column_letters, fixed_name, relative_name


@pytest.mark.parametrize(("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_named_as_excel_names_them(column: int, name: str) -> None:
    assert column_letters(column) == name
    assert (relative_name(4, column), fixed_name(4, column)) == (f"{name}5", f"${name}$5")
