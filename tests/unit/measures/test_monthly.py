"""Rows of months: what is added up, divided and averaged, and what stays empty."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.dataset.monthly import MonthlyTable
from handouts.measures.monthly import MonthlyRow, compute_rows, cumulative, mean, rate

figures = st.lists(st.none() | st.just("-") | st.decimals(-1000, 1000, places=1), min_size=12, max_size=12)


def table(*series: dict[str, Any], **more: Any) -> MonthlyTable:
    rows = [{"year": "R3", **row} for row in series]
    return MonthlyTable.model_validate({"id": "t", "caption": "表", "series": rows, **more})


def rows(*series: dict[str, Any], **more: Any) -> list[MonthlyRow]:
    return list(compute_rows(table(*series, **more), {"kenshin": 259725}))


def texts(figures: Any) -> list[str]:
    return ["" if figure is None else str(figure) for figure in figures]


def months(*figures: Any) -> list[Any]:
    return [*figures, *[None] * (12 - len(figures))]


# 群馬支部 令和3年度上期, as printed
CHECKUPS = {"values": months(10038, 11000, 14147, 14350, 12174, 13403), "population": "kenshin"}


def test_sums_and_rates_are_those_of_a_printed_table() -> None:
    single, added, rates = rows(CHECKUPS, rows=["単月", "累計", "率"], closing=["計"], unit="人")
    assert texts(added.figures)[:7] == ["10038", "21038", "35185", "49535", "61709", "75112", ""]
    assert texts(rates.figures)[:7] == ["3.9", "8.1", "13.5", "19.1", "23.8", "28.9", ""]
    assert [texts(row.closing) for row in (single, added, rates)] == [["75112"], [""], [""]]
    assert [row.unit for row in (single, added, rates)] == ["人", "人", "%"]


def test_the_rate_stands_beside_the_sum_once_the_year_is_whole() -> None:
    [rates] = rows({"values": [100] * 12, "eligible": 2000}, rows=["率"], closing=["計"])
    assert texts(rates.closing) == ["60.0"]


def test_what_is_carried_over_is_in_the_sums_of_months_and_not_in_their_total() -> None:
    single, added = rows(
        {"values": months(24, 12, 7, 9, 13, -2), "opening": 2358},
        rows=["単月", "累計"],
        closing=["合計", "累計"],
    )
    assert texts(added.figures)[:6] == ["2382", "2394", "2401", "2410", "2423", "2421"]
    assert texts(single.closing) == ["63", "2421"]


def test_a_rate_of_execution_divides_what_was_reached() -> None:
    [single] = rows({"values": months(6, 9, 17, 12, 9, 0), "eligible": 1963}, closing=["計", "実施率"])
    assert texts(single.closing) == ["53", "2.7"]


@pytest.mark.parametrize("printed", [["単月"], ["累計"], ["累計", "率"], ["単月", "累計"]])
def test_the_closing_figures_are_those_of_the_single_months_whatever_is_printed(printed: list[str]) -> None:
    columns = ["計", "累計", "平均", "実施率"]
    first, *_ = rows(
        {"values": months(1, 2, 3), "opening": 100, "eligible": 10}, rows=printed, closing=columns
    )
    assert texts(first.closing) == ["6", "106", "2.0", "60.0"]


def test_a_mean_is_of_the_months_that_have_come() -> None:
    [single] = rows({"values": months("7.5", "5.7", "6.1", "5.4", "5.0", "8.5")}, closing=["平均"])
    assert texts(single.closing) == ["6.4"]  # 38.2 ÷ 6 is 6.37


def test_an_entered_closing_figure_stands_where_none_can_be_computed() -> None:
    [single] = rows({"values": months("96.8", "96.7"), "closing": "96.80"}, unit="%", closing=["累計"])
    assert texts(single.closing) == ["96.80"]


def test_entered_sums_are_not_added_up_again() -> None:
    [row] = rows({"values": months("19.79", "50.60")}, entered="累計", unit="%", closing=["累計"])
    assert (row.kind, texts(row.figures)[:3], texts(row.closing)) == (
        "累計",
        ["19.79", "50.60", ""],
        ["50.60"],
    )


def test_the_rate_of_entered_sums_divides_each() -> None:
    [row] = rows({"values": months(10, 25), "eligible": 200}, entered="累計", rows=["率"])
    assert texts(row.figures)[:3] == ["5.0", "12.5", ""]


@pytest.mark.parametrize(
    ("decimals", "expected"), [(0, ["13", "25"]), (1, ["12.5", "25.0"]), (2, ["12.50", "25.00"])]
)
def test_rates_are_rounded_half_up_to_the_places_of_the_table(decimals: int, expected: list[str]) -> None:
    [row] = rows({"values": months(1, 1), "eligible": 8}, rows=["率"], decimals=decimals)
    assert texts(row.figures)[:2] == expected


@pytest.mark.parametrize(
    "series",
    [{"values": months(1)}, {"values": months(1), "eligible": 0}, {"values": months(1), "population": "x"}],
)
def test_without_persons_to_divide_by_a_rate_is_empty(series: dict[str, Any]) -> None:
    [row] = rows(series, rows=["率"], closing=["実施率"])
    assert texts(row.figures) == [""] * 12
    assert texts(row.closing) == [""]


def test_a_month_that_is_not_measured_stays_a_dash_and_adds_nothing() -> None:
    single, added = rows({"values": months(5, "-", 2)}, rows=["単月", "累計"], closing=["計"])
    assert texts(added.figures)[:4] == ["5", "-", "7", ""]
    assert texts(single.closing) == ["7"]


def test_a_row_without_figures_is_empty_everywhere() -> None:
    for row in rows({}, rows=["単月", "累計", "率"], closing=["計", "平均", "実施率"]):
        assert texts((*row.figures, *row.closing)) == [""] * 15


def test_rows_come_by_series_or_by_what_they_are() -> None:
    two: list[dict[str, Any]] = [{"year": "R2", "label": "甲"}, {"year": "R3", "label": "乙"}]
    by_year = rows(*two, rows=["単月", "累計"])
    assert [(row.kind, row.label) for row in by_year] == [
        ("単月", "甲"),
        ("累計", "累計"),
        ("単月", "乙"),
        ("累計", "累計"),
    ]
    by_kind = rows(*two, rows=["単月", "累計"], grouping="種類ごと")
    assert [(row.kind, row.label) for row in by_kind] == [
        ("単月", "甲"),
        ("単月", "乙"),
        ("累計", "甲"),
        ("累計", "乙"),
    ]


def test_a_series_may_print_fewer_rows_than_the_table() -> None:
    found = rows({"year": "R2", "rows": ["単月"]}, {"year": "R3"}, rows=["単月", "累計"], grouping="種類ごと")
    assert [(row.series, row.kind) for row in found] == [(0, "単月"), (1, "単月"), (1, "累計")]


BIDS = (
    {"label": "一般競争", "id": "bids", "values": months(1, 0, 1, 2, 2, 1)},
    {"label": "一者応札", "id": "single", "values": months(0, 0, 1, 0, 0, 0)},
)


def test_a_ratio_is_of_the_sums_of_two_rows() -> None:
    *_, ratio = rows(*BIDS, {"label": "割合", "part": "single", "whole": "bids"}, closing=["合計"])
    assert texts(ratio.figures)[:7] == ["0.0", "0.0", "50.0", "25.0", "16.7", "14.3", ""]
    assert (texts(ratio.closing), ratio.unit) == (["14.3"], "%")


def test_a_ratio_may_print_dashes_for_its_months_and_the_whole_at_the_right() -> None:
    *_, ratio = rows(*BIDS, {"part": "single", "whole": "bids", "values": ["-"] * 12}, closing=["合計"])
    assert texts(ratio.figures) == ["-"] * 12
    assert texts(ratio.closing) == ["14.3"]


@pytest.mark.parametrize("part", ["nothing", "single"])
def test_a_ratio_of_what_is_not_there_or_of_nothing_is_empty(part: str) -> None:
    given = (
        [BIDS[1], {"part": part, "whole": "bids"}]
        if part == "single"
        else [*BIDS, {"part": part, "whole": "bids"}]
    )
    *_, ratio = rows(*given, closing=["合計"])
    assert (texts(ratio.figures), texts(ratio.closing)) == ([""] * 12, [""])


def test_the_newest_figure_is_that_of_the_last_month_that_has_one() -> None:
    [row] = rows({"values": months("-", 5, "-", None)})
    assert row.latest == (1, Decimal(5))
    assert rows({})[0].latest is None


@given(figures)
def test_sums_and_means_agree_with_adding_up(given: list[Any]) -> None:
    known = [figure for figure in given if isinstance(figure, Decimal)]
    added = [figure for figure in cumulative(given) if isinstance(figure, Decimal)]
    assert added == [sum(known[: count + 1]) for count in range(len(known))]
    assert [type(figure) for figure in cumulative(given)] == [type(figure) for figure in given]
    assert (mean(given, 1) is None) == (not known)
    if known:
        assert abs(mean(given, 1) - sum(known) / len(known)) <= Decimal("0.05")  # type: ignore[operator]


@given(st.decimals(0, 1000, places=1), st.integers(1, 1000), st.integers(0, 4))
def test_a_rate_is_as_near_as_its_places_allow(part: Decimal, whole: int, places: int) -> None:
    found = rate(part, whole, places)
    assert found is not None
    assert abs(found - part * 100 / whole) <= Decimal(5).scaleb(-places - 1)
    assert rate(part, 0, places) is None
