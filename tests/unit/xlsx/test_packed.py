"""Sheets as one packed text: the same cells come out, and of what is none nothing does."""

from __future__ import annotations

import base64
import datetime
import json
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.xlsx.grid import Cell, Grid
from handouts.xlsx.packed import pack, packed_id, unpack

DATES = st.one_of(st.datetimes(), st.dates(), st.times(), st.timedeltas(max_value=datetime.timedelta(9999)))
NUMBERS = st.one_of(st.integers(-(10**12), 10**12), st.floats(allow_nan=False))
FORMATS = st.sampled_from(["General", "#,##0", "0.0%", 'yyyy"年"'])


@st.composite
def cells(draw: st.DrawFn) -> Cell:
    row, column = draw(st.integers(1, 50)), draw(st.integers(1, 20))
    kind = draw(st.sampled_from(["text", "number", "flag", "date", "error", "uncalculated"]))
    is_formula = draw(st.booleans())
    if kind in ("text", "error"):
        return Cell(row, column, draw(st.text(max_size=20)), kind, is_formula=is_formula)  # type: ignore[arg-type]
    value = {"number": NUMBERS, "flag": st.booleans(), "date": DATES, "uncalculated": st.none()}[kind]
    look = draw(FORMATS), is_formula, draw(st.booleans()), draw(st.text(max_size=3)), draw(st.booleans())
    return Cell(row, column, draw(value), kind, *look)  # type: ignore[arg-type]


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    rows: dict[int, dict[int, Cell]] = {}
    for cell in draw(st.lists(cells(), max_size=12)):
        rows.setdefault(cell.row, {})[cell.column] = cell
    areas = draw(st.lists(st.just((range(1, 3), range(2, 3))), max_size=2))
    return Grid(draw(st.text(max_size=9)), rows, tuple(areas))


@given(st.lists(grids(), max_size=3))
def test_what_is_packed_comes_out_again(sheets: list[Grid]) -> None:
    packed = pack(sheets)
    assert packed.isascii()
    assert unpack(packed) == tuple(sheets)
    assert pack(sheets) == packed


def test_other_cells_have_another_id() -> None:
    one, two = (pack([Grid("計画", {1: {1: Cell(1, 1, text, "text")}})]) for text in "あい")
    assert packed_id(one) != packed_id(two)


def packed_json(value: object) -> str:
    return base64.b64encode(zlib.compress(json.dumps(value).encode())).decode()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "これは控えではない",
        "AAAA",
        pack([])[:-4],
        packed_json(5),
        packed_json([["計画", [], [[1, [[1]]]]]]),
        packed_json([["計画", [], [[1, [[1, {}]]]]]]),
        packed_json([["計画", [], [[1, [[1, 2, "nai", "General"]]]]]]),
        packed_json([["計画", [], [[1, [[1, ["nai", "x"], "date", "General"]]]]]]),
        packed_json([["計画", [], [[1, [[1, ["timedelta", 5], "date", "General"]]]]]]),
        packed_json([["計画", [], [[10**9, [[1, "あ"]]]]]]),
    ],
)
def test_what_was_not_packed_is_nothing(text: str) -> None:
    assert unpack(text) is None


def test_a_text_that_would_become_huge_is_nothing() -> None:
    assert unpack(base64.b64encode(zlib.compress(b" " * 30_000_000)).decode()) is None
