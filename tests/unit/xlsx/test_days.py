"""Days and times as a workbook stores them."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

from handouts.xlsx.days import counted, span, written


@given(st.one_of(st.integers(0, 2_900_000), st.floats(0, 2_900_000)), st.booleans())
def test_days_are_counted_as_openpyxl_counts_them(days: float, since_1904: bool) -> None:
    assert counted(days, since_1904) == from_excel(days, MAC_EPOCH if since_1904 else WINDOWS_EPOCH)


@pytest.mark.parametrize("days", [-1e9, 1e9, float("inf"), 10**400])
def test_a_number_beyond_all_days_is_refused(days: float) -> None:
    for read in (counted, span):
        with pytest.raises((ValueError, OverflowError)):
            read(days)


def test_a_span_may_be_longer_than_a_day() -> None:
    assert span(1.5) == datetime.timedelta(hours=36)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-30", datetime.date(2026, 11, 30)),
        ("2026-11-30T08:15:00Z", datetime.datetime(2026, 11, 30, 8, 15)),
        ("2026-11-30T08:15:00.500", datetime.datetime(2026, 11, 30, 8, 15, 0, 500_000)),
        ("08:15:00", datetime.time(8, 15)),
        ("T08:15", datetime.time(8, 15)),
        ("PT36H15M", datetime.timedelta(hours=36, minutes=15)),
    ],
)
def test_what_is_written_out_is_read(text: str, moment: object) -> None:
    assert written(text) == moment


def test_what_is_no_day_is_refused() -> None:
    with pytest.raises(ValueError, match="令和8年"):
        written("令和8年")
