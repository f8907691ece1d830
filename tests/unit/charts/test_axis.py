"""The figures at the side of a chart."""

from __future__ import annotations

from decimal import Decimal

import pytest

from handouts.charts.axis import axis_for


def ticks(*values: str, **more: bool) -> tuple[str, ...]:
    return axis_for([Decimal(value) for value in values], **more).tick_texts


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        (("2.2", "61.0"), ("0", "20", "40", "60", "80")),
        (("93.8", "97.9"), ("92", "94", "96", "98")),
        (("0.209", "0.272"), ("0.20", "0.22", "0.24", "0.26", "0.28")),
        (("2890", "3323"), ("2,800", "3,000", "3,200", "3,400")),
        (("0", "3"), ("0", "1", "2", "3")),
        (("-32", "136"), ("△50", "0", "50", "100", "150")),
        (("7", "7"), ("6", "7", "8")),
        (("0", "0"), ("0", "1")),
    ],
)
def test_the_figures_are_round_and_hold_all_values(values: tuple[str, ...], texts: tuple[str, ...]) -> None:
    assert ticks(*values) == texts


def test_whole_figures_have_no_fractions_beside_them() -> None:
    assert ticks("0", "2") == ("0", "1", "2")


@pytest.mark.parametrize("values", [("100", "100"), ("99.2", "100"), ("31.7", "98.4")])
def test_nothing_above_100_percent_is_printed_where_it_is_not_reached(values: tuple[str, ...]) -> None:
    assert "100" in ticks(*values, is_percent=True)[-1]


def test_more_than_100_percent_has_its_place() -> None:
    assert ticks("80", "110.2", is_percent=True)[-1] == "120"


def test_bars_begin_at_0_and_the_longest_one_fills_the_axis() -> None:
    axis = axis_for([Decimal(13), Decimal(15)], from_zero=True)
    assert (axis.low, axis.high) == (0, 15)
    assert axis.tick_texts == ("0", "5", "10", "15")


@pytest.mark.parametrize("values", [("3", "17"), ("0.001", "0.002"), ("-5", "-1"), ("100", "100.5")])
def test_every_value_lies_between_the_ends(values: tuple[str, ...]) -> None:
    axis = axis_for([Decimal(value) for value in values])
    assert all(0 <= axis.share(Decimal(value)) <= 1 for value in values)
