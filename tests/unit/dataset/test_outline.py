"""The outline: paths of headings."""

from __future__ import annotations

from tests.unit.dataset.plans import CIRCLES, paths


def test_paths_do_not_depend_on_the_form_of_the_labels() -> None:
    lines = ["II. 柱", "２．節", "（１） 項", "① 小項", "本文"]
    assert paths(*lines) == ["Ⅰ", "Ⅰ-1", "Ⅰ-1-(1)", "Ⅰ-1-(1)-①"]


def test_circles_are_counted_in_their_pillar() -> None:
    lines = ["1. 柱", "○ 節", "○ 節", "① 項", "i) 小項", "・箇条", "◆ 独自", "2. 柱", "○ 節"]
    expected = ["1", "1-○1", "1-○2", "1-○2-①", "1-○2-①-i)", "1-○2-①-i)-◆", "2", "2-○1"]
    assert paths(*lines, style=CIRCLES) == expected


def test_a_heading_without_number_has_a_dot_and_a_second_one_of_the_same_path_a_count() -> None:
    assert paths("（１）項", "題", "① 小項") == ["(1)", "(1)-・"]
    assert paths("○ 節", "◆ 甲", "◆ 乙", style=CIRCLES) == ["○1", "○1-◆", "○1-◆#2"]
