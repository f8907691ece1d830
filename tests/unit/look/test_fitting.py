"""Lines counted from the widths of characters."""

from __future__ import annotations

import pytest

from handouts.look.fitting import (
    MM_PER_POINT,
    lead_lines,
    line_count,
    paragraph_height,
    spread,
    text_width,
    two_panels,
)
from tests.pages import look

ROOM = 28  # full-width characters in a line of the plan column, in 8.5 pt without an indent


def test_full_width_characters_take_one_em_and_half_width_ones_half() -> None:
    assert text_width("計画（案）") == 5
    assert text_width("2,902") == 2.5


@pytest.mark.parametrize(
    ("count", "lines"), [(1, 1), (ROOM, 1), (ROOM + 1, 2), (2 * ROOM, 2), (2 * ROOM + 1, 3)]
)
def test_a_text_takes_as_many_lines_as_its_width_needs(count: int, lines: int) -> None:
    assert line_count("字" * count, "plan", "topic", look()) == lines


def test_an_indent_leaves_less_room() -> None:
    assert line_count("字" * ROOM, "plan", "subitem", look()) == 2


def test_the_first_line_hangs_out() -> None:
    # an indent of 0.5 em and a first line that is 1 em longer
    assert line_count("字" * ROOM, "plan", "item", look()) == 1
    assert line_count("字" * (ROOM + 1), "plan", "item", look()) == 2


def test_headings_and_two_lines_of_their_text_stay_together() -> None:
    cell = [("topic", "節"), ("section", "項"), ("item", "文" * 200), ("item", "文")]
    assert lead_lines(cell, "plan", look()) == 4


def test_a_short_text_after_a_heading_counts_only_its_own_line() -> None:
    assert lead_lines([("topic", "節"), ("item", "文")], "plan", look()) == 2


def test_text_alone_may_break_after_two_lines() -> None:
    assert lead_lines([("body", "文" * 200)], "plan", look()) == 2


def test_an_empty_cell_needs_nothing() -> None:
    assert lead_lines([], "plan", look()) == 0


@pytest.mark.parametrize(
    ("heights", "lines", "counts"),
    [
        ([3, 3], [1, 1, 1, 1], [3, 1]),
        ([2, 5], [3, 1], [0, 2]),
        ([1], [1, 1, 1], [3]),
        ([4, 4], [], [0, 0]),
    ],
)
def test_lines_stand_beside_the_rows_that_have_room_for_them_and_the_rest_beside_the_last(
    heights: list[int], lines: list[int], counts: list[int]
) -> None:
    assert spread(heights, lines) == counts


def test_a_paragraph_is_as_high_as_its_lines_with_the_space_around_it() -> None:
    style = look().styles["kpi-name"]
    line = (style.size or 0) * look().font.line_height
    height = paragraph_height("字" * 200, "plan", "kpi-name", look()) - paragraph_height(
        "字", "plan", "kpi-name", look()
    )
    lines = line_count("字" * 200, "plan", "kpi-name", look())
    assert height == pytest.approx((lines - 1) * line * MM_PER_POINT)
    assert paragraph_height("字", "plan", "kpi-name", look()) == pytest.approx(
        (line + style.before + style.after) * MM_PER_POINT
    )


@pytest.mark.parametrize(
    ("heights", "panels"),
    [
        ([5, 9, 2], ([0], [1, 2])),
        ([5, 5, 9], ([0, 1], [2])),
        ([5], ([0], [])),
        ([], ([], [])),
        ([1, 1, 1, 1], ([0, 1], [2, 3])),
    ],
)
def test_parts_in_two_panels_keep_their_order_where_they_fit(
    heights: list[float], panels: tuple[list[int], list[int]]
) -> None:
    assert two_panels(heights, 20) == panels


def test_parts_that_do_not_fit_in_order_go_to_the_shorter_panel() -> None:
    assert two_panels([5, 9, 2], 10) == ([0, 2], [1])


@pytest.mark.parametrize("amount", ["1,000,000千円", "△100,000千円"])
def test_an_amount_of_a_milliard_yen_or_less_stands_on_one_line(amount: str) -> None:
    assert line_count(amount, "amount", "amount", look()) == 1
