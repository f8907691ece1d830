"""A month with a digit too many or too few."""

from __future__ import annotations

from typing import Any

import pytest

from handouts.checks.outliers import check_far_months
from tests.unit.checks.made import dataset, messages, months, only, table

COUNTS = [9957, 13008, 15191, 15127, 12097, 13216]


def changed(figures: list[Any], at: int, figure: Any) -> list[Any]:
    return [*figures[:at], figure, *figures[at + 1 :]]


def found(*series: dict[str, Any], **more: Any) -> list[str]:
    return messages(check_far_months, dataset(tables=[table(*series, **more)]))


def test_ten_times_and_a_tenth_of_the_other_months_are_found() -> None:
    given = dataset(tables=[table({"values": months(*changed(COUNTS, 2, 151910))})])
    finding = only(check_far_months, given)
    assert finding.severity == "warning"
    assert "6月の 151,910 は" in finding.found
    assert "13,008" in finding.allowed
    assert found({"values": months(*changed(COUNTS, 5, 1322))})
    assert not found({"values": months(*COUNTS)})


def test_rates_and_small_decimals_are_looked_at_too() -> None:
    rates = ["96.8", "96.7", "96.5", "97.0", "96.8"]
    assert found({"values": months(*changed(rates, 3, "9.70"))}, unit="%")
    small = ["1.33", "1.35", "1.47", "1.63", "1.51", "1.36"]
    assert found({"values": months(*changed(small, 3, "16.3"))}, unit="")
    assert not found({"values": months(*small)}, unit="")


@pytest.mark.parametrize(
    "figures",
    [
        [3, 1, 0, 2, 30, 1],  # small counts
        [0, 0, 0, 0, 0, 0, 50000, 300],  # once a year
        [9957, 13008, "-", 151910],  # too few to tell
        [1000, 4000, 900, 9000, 2500, 3000],
        [12000, 13000, 0, 12500, 13100, 12800],  # a month without any
    ],
)
def test_small_seasonal_and_few_figures_are_left_alone(figures: list[Any]) -> None:
    assert not found({"values": months(*figures)})


def test_a_month_that_was_the_same_the_year_before_is_usual() -> None:
    peak = changed(COUNTS, 4, 120000)
    assert not found({"year": "R2", "values": months(*peak)}, {"values": months(*peak)})
    assert len(found({"year": "R2", "values": months(*COUNTS)}, {"values": months(*peak)})) == 1


def test_counts_that_were_added_up_grow_and_one_digit_more_is_found() -> None:
    sums = [1000, 2100, 3050, 4200, 5100, 6000]
    assert not found({"values": months(*sums)}, entered="累計")
    assert found({"values": months(*changed(sums, 5, 60000))}, entered="累計")


def test_cumulative_rates_may_grow_from_almost_nothing() -> None:
    assert not found(
        {"values": months("0.5", "19.8", "50.6", "78.7", "84.5", "91.1")}, unit="%", entered="累計"
    )


@pytest.mark.parametrize(
    "figures",
    [
        ["0", "0", "-0.5", "0", "0"],
        ["-3.1", "-3.2", "-2.9", "-3.0", "-3.3"],
        ["-2", "0.5", "-2", "-1.5", "-2"],
    ],
)
def test_of_differences_below_zero_nobody_can_tell(figures: list[Any]) -> None:
    assert not found(
        {"year": "R2", "values": months(*figures)}, {"values": months(*figures)}, unit="ポイント"
    )
