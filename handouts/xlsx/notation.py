"""What Excel calls things: cells by their letters and numbers, elements, and the formats that show negative numbers with △.

Rows and columns count from 0.
"""

from __future__ import annotations

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"  # before the names of elements
_LETTERS = 26


def column_letters(column: int) -> str:
    """The letters of a column: A for 0, AA for 26."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


def relative_name(row: int, column: int) -> str:
    """The name of a cell, e.g. C5."""
    return f"{column_letters(column)}{row + 1}"


def fixed_name(row: int, column: int) -> str:
    """The name of a cell that does not move when the formula is copied, e.g. $C$5."""
    return f"${column_letters(column)}${row + 1}"


def with_triangle(form: str) -> str:
    """The number format with △ before what is below zero, as Japanese accounts write."""
    return f'{form};"△"{form}'
