"""Labels: broken into lines, kept apart, and beside what they name."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.charts.placing import Rectangle, broken, distance, length_within, place_beside, spread
from handouts.look.fitting import text_width


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("健診", ("健診",)),
        ("あいうえおかきく", ("あいうえお", "かきく")),
        ("あいうえお、かき", ("あいうえ", "お、かき")),
        ("あいうえ「おか」", ("あいうえ", "「おか」")),
        ("健診は1234人", ("健診は", "1234人")),
        ("123456789", ("12345", "6789")),
        ("", ("",)),
    ],
)
def test_a_line_does_not_begin_or_end_with_what_must_not_stand_there(
    text: str, lines: tuple[str, ...]
) -> None:
    assert broken(text, 5, len) == lines


def test_a_selector_stays_with_its_character() -> None:
    assert broken("城城城葛\U000e0100、市", 4, text_width) == ("城城城", "葛\U000e0100、市")


@given(st.text("あ、「」12a ", max_size=40), st.integers(1, 12))
def test_no_character_is_lost_when_a_text_is_broken(text: str, room: int) -> None:
    lines = broken(text, room, len)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(len(line) <= room for line in lines)


labels = st.lists(st.floats(0, 100), min_size=1, max_size=8)


@given(labels)
def test_labels_below_one_another_do_not_touch_and_keep_their_order(wanted: list[float]) -> None:
    middles = spread(wanted, [10.0] * len(wanted), 0, 100)
    ordered = sorted(middles)
    assert all(below - above >= 10 - 1e-6 for above, below in pairwise(ordered))
    assert ordered[0] >= 5 - 1e-6
    assert ordered[-1] <= 95 + 1e-6
    by_wish = sorted(range(len(wanted)), key=lambda index: wanted[index])
    assert [middles[index] for index in by_wish] == ordered


def test_a_label_that_has_room_stays_where_it_is_wanted() -> None:
    assert spread([20.0, 60.0], [10.0, 10.0], 0, 100) == [20.0, 60.0]


def test_labels_at_the_same_place_move_apart_evenly() -> None:
    assert spread([50.0, 50.0], [10.0, 10.0], 0, 100) == [45.0, 55.0]


@pytest.mark.parametrize(
    ("segment", "length"),
    [
        (((-5.0, 5.0), (15.0, 5.0)), 10.0),
        (((2.0, 5.0), (4.0, 5.0)), 2.0),
        (((5.0, -5.0), (5.0, 3.0)), 3.0),
        (((-5.0, 20.0), (15.0, 20.0)), 0.0),
        (((20.0, 0.0), (20.0, 10.0)), 0.0),
        (((0.0, 0.0), (10.0, 10.0)), 200**0.5),
    ],
)
def test_how_much_of_a_line_a_label_would_cover(
    segment: tuple[tuple[float, float], tuple[float, float]], length: float
) -> None:
    assert length_within(Rectangle(0, 0, 10, 10), segment) == pytest.approx(length)


def test_a_label_stands_right_of_its_point_where_nothing_is() -> None:
    box = place_beside((50, 50), (20, 8), Rectangle(0, 0, 200, 100), (), ())
    assert (box.left, (box.top + box.bottom) / 2) == (54, 50)


def test_a_label_gives_way_to_a_line_and_to_another_label() -> None:
    line = ((50.0, 50.0), (200.0, 50.0))
    above = place_beside((50, 50), (20, 8), Rectangle(0, 0, 200, 100), (), [line])
    assert length_within(above, line) == 0
    other = place_beside((50, 50), (20, 8), Rectangle(0, 0, 200, 100), [above], [line])
    assert not other.overlaps(above)
    assert length_within(other, line) == 0


def test_a_label_stays_within_its_room_even_where_that_is_too_small_for_a_good_place() -> None:
    room = Rectangle(0, 0, 22, 9)
    box = place_beside((50, 50), (20, 8), room, (), ())
    assert room.contains(box)
    assert distance(box, (50, 50)) > 0
