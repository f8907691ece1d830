"""Tables of months as they are entered."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from handouts.dataset.monthly import MonthlyTable


def table(values: Any = (), **more: Any) -> MonthlyTable:
    series = {"year": "R3", "values": values, **more.pop("row", {})}
    return MonthlyTable.model_validate({"id": "checkup", "caption": "受診率", "series": [series], **more})


def test_the_months_are_those_of_the_fiscal_year() -> None:
    assert table().month_order == (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)


def test_the_months_of_receipts_begin_in_march() -> None:
    receipts = table({"3月": 1, "2月": 12}, months="3月始まり")
    assert receipts.month_order == (3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2)
    assert receipts.values_of(receipts.series[0]) == (Decimal(1), *[None] * 10, Decimal(12))


def test_figures_by_month_come_in_the_order_of_the_table() -> None:
    named = table({"5月": "1,000", "4": None, "３月": "-"})
    assert named.values_of(named.series[0]) == (None, Decimal(1000), *[None] * 9, "-")


def test_figures_in_a_row_are_twelve_in_the_order_of_the_table() -> None:
    row = table([*range(1, 12), None])
    assert row.values_of(row.series[0]) == (*map(Decimal, range(1, 12)), None)


def test_a_series_without_figures_is_empty() -> None:
    for empty in (table(), table([]), table({})):
        assert empty.values_of(empty.series[0]) == (None,) * 12


@pytest.mark.parametrize("count", [1, 11, 13, 24])
def test_a_row_of_any_other_length_is_refused(count: int) -> None:
    with pytest.raises(ValidationError, match=f"{count}か月分です"):
        table([1] * count)


@pytest.mark.parametrize(
    "values", [{"13月": 1}, {"四月": 1}, {"4月": 1, "4": 2}, {"4月": "1,2a4"}, 5, "9957"]
)
def test_months_and_figures_that_are_none_are_refused(values: Any) -> None:
    with pytest.raises(ValidationError):
        table(values)


def test_a_series_prints_its_own_rows_else_those_of_the_table_else_what_is_entered() -> None:
    def printed(**more: Any) -> tuple[str, ...]:
        made = table(**more)
        return made.rows_of(made.series[0])

    assert printed(rows=["単月", "率"], row={"rows": ["単月"]}) == ("単月",)
    assert printed(rows=["単月", "率"]) == ("単月", "率")
    assert printed(entered="累計") == ("累計",)


def test_the_id_of_a_table_leaves_room_for_a_year_and_a_row_in_a_bookmark() -> None:
    assert table(id="a" * 18).id == "a" * 18
    with pytest.raises(ValidationError):
        table(id="a" * 19)


def test_a_table_has_at_least_one_series() -> None:
    with pytest.raises(ValidationError):
        table(series=[])


def test_figures_at_the_right_may_have_their_percent_sign() -> None:
    [series] = table(row={"opening": "1,000", "closing": "97.0%"}).series
    assert (series.opening, str(series.closing)) == (1000, "97.0")
    with pytest.raises(ValidationError):
        table(row={"closing": "-"})


def test_the_same_figures_are_the_same_however_they_were_written() -> None:
    def table(values: object) -> MonthlyTable:
        series = {"year": "R3", "values": values}
        return MonthlyTable.model_validate(
            {"id": "a", "caption": "甲", "months": "3月始まり", "series": [series]}
        )

    in_order = table(["5", "-", *[None] * 10])
    assert in_order == table({"3月": "5", "4月": "-"}) == table({"4月": "-", "3月": "5", "5月": None})
    assert in_order.values_of(in_order.series[0])[:3] == (Decimal(5), "-", None)
