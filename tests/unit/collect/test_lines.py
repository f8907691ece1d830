"""Cells of several lines are put together where two sides changed different ones of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.collect.lines import merged_lines, merged_value
from handouts.dataset.columns import Column
from handouts.excel.rows import RowValue, read_value
from handouts.excel.sheets import ENTRIES, KPIS, OVERRIDES, TABLES_IN_ORDER
from handouts.xlsx.grid import Cell

LINES = st.lists(st.sampled_from(["甲", "乙", "丙", "丁", ""]), max_size=5).map("\n".join)


def merged(written: str, theirs: str, mine: str) -> str | None:
    lines = merged_lines(*(text.split("\n") if text else [] for text in (written, theirs, mine)))
    return None if lines is None else "\n".join(lines)


@pytest.mark.parametrize(
    ("written", "theirs", "mine", "found"),
    [
        ("甲\n乙", "甲\n乙\n丙", "甲\n乙\n丁", "甲\n乙\n丙\n丁"),
        ("甲\n乙", "先\n甲\n乙", "甲\n乙\n丁", "先\n甲\n乙\n丁"),
        ("甲\n乙", "甲\n間\n乙", "甲\n乙二", "甲\n間\n乙二"),
        ("甲\n乙\n丙", "甲二\n乙\n丙", "甲\n乙\n丙二", "甲二\n乙\n丙二"),
        ("甲", "甲\n丙\n丁", "甲\n丙", "甲\n丙\n丁"),
        ("甲", "甲\n丙", "甲\n丙\n丁", "甲\n丙\n丁"),
        ("", "丙", "丁", "丙\n丁"),
        ("甲", "甲二", "甲三", None),
        ("甲\n乙\n丙", "甲\n丙", "甲\n乙二\n丙", None),
    ],
)
def test_different_lines_go_together_and_the_same_ones_clash(
    written: str, theirs: str, mine: str, found: str | None
) -> None:
    assert merged(written, theirs, mine) == found


@given(LINES, LINES)
def test_what_only_one_side_changed_is_what_comes_of_it(written: str, changed: str) -> None:
    assert merged(written, changed, written) == changed
    assert merged(written, written, changed) == changed
    assert merged(written, changed, changed) == changed


def said(column: Column, text: str) -> RowValue:
    return read_value(Cell(1, 1, text, "text"), column)


@pytest.mark.parametrize(
    ("column", "written", "theirs", "mine", "value"),
    [
        (ENTRIES.column("text"), "甲", "甲\n乙", "甲\n丙", "甲\n乙\n丙"),
        (OVERRIDES.column("marks"), "甲", "甲\n乙", "甲\n丙", ["甲", "乙", "丙"]),
        (OVERRIDES.column("marks"), "甲", "甲二", "甲\n丙", None),
        (ENTRIES.column("monthly"), "a", "a\nb", "a\nc", ["a", "b", "c"]),
        (ENTRIES.column("monthly"), "a", "b", "c", None),
        (KPIS.column("remarks"), "甲", "甲\n乙", "甲\n丙", None),
        (KPIS.column("name"), "甲", "甲二", "甲三", None),
    ],
)
def test_cells_that_hold_several_lines_take_those_of_both_sides(
    column: Column, written: str, theirs: str, mine: str, value: object
) -> None:
    found = merged_value(*(said(column, text) for text in (written, theirs, mine)))
    assert (found and found.value) == value


def test_two_first_answers_are_not_put_together_where_they_are_printed_as_they_stand() -> None:
    targets = KPIS.column("targets")
    assert merged_value(None, said(targets, "60%以上"), said(targets, "61%以上")) is None


def test_what_is_put_together_is_shown_by_its_names() -> None:
    column = ENTRIES.column("monthly")
    sides = [
        RowValue(column, ["a"], "一"),
        RowValue(column, ["a", "b"], "一\n二"),
        RowValue(column, ["a", "c"], "一\n三"),
    ]
    found = merged_value(*sides)
    assert found is not None
    assert (found.value, found.shown) == (["a", "b", "c"], "一\n二\n三")


def test_every_column_of_several_lines_is_put_together() -> None:
    for column in (one for table in TABLES_IN_ORDER for one in table.columns if one.key and one.has_lines):
        found = merged_value(*(said(column, text) for text in ("a", "a\nb", "a\nc")))
        assert found is not None
        assert found.shown == "a\nb\nc"
