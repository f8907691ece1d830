"""What Excel calls things: cells by their letters and numbers, elements, and the formats that show negative numbers with △.

Rows and columns count from 0 where names are made, and from 1 where they are read.
"""

from __future__ import annotations

from functools import lru_cache

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"  # before the names of elements
_LETTERS = 26
_MOST_LETTERS = 3
_DIGITS = "0123456789"


@lru_cache(maxsize=1024)
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


def position_of(name: str) -> tuple[int, int]:
    """The row and column of a cell by its name, both from 1; raises ValueError for what is no name."""
    letters = name.rstrip(_DIGITS)
    return int(name[len(letters) :]), _column_of(letters)


def area_of(name: str) -> tuple[range, range]:
    """The rows and columns of an area such as A1:C2, both from 1; raises ValueError for what is no area of cells."""
    first, _, last = name.replace("$", "").partition(":")
    (top, left), (bottom, right) = position_of(first), position_of(last or first)
    return range(top, bottom + 1), range(left, right + 1)


@lru_cache(maxsize=1024)
def _column_of(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * _LETTERS + ord(letter) - ord("A") + 1
    if not (0 < len(letters) <= _MOST_LETTERS and letters.isascii() and letters.isalpha()):
        raise ValueError(letters)
    return number


def with_triangle(form: str) -> str:
    """The number format with △ before what is below zero, as Japanese accounts write."""
    return f'{form};"△"{form}'
