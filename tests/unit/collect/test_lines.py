"""Texts of several lines are put together where two sides changed different ones of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.collect.lines import merged_text

LINES = st.lists(st.sampled_from(["甲", "乙", "丙", "丁", ""]), max_size=5).map("\n".join)


@pytest.mark.parametrize(
    ("written", "theirs", "mine", "merged"),
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
    written: str, theirs: str, mine: str, merged: str | None
) -> None:
    assert merged_text(written, theirs, mine) == merged


@given(LINES, LINES)
def test_what_only_one_side_changed_is_what_comes_of_it(written: str, changed: str) -> None:
    assert merged_text(written, changed, written) == changed
    assert merged_text(written, written, changed) == changed
    assert merged_text(written, changed, changed) == changed
