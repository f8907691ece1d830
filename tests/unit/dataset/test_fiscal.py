"""Fiscal years and dates as branches write them."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.dataset.fiscal import (
    FiscalYear,
    YearForm,
    date_text,
    era_of,
    parse_date,
    parse_fiscal_year,
    wide_digits,
)


@pytest.mark.parametrize(
    ("text", "year", "form"),
    [
        ("令和7年度", 2025, YearForm.ERA),
        ("令和７年度", 2025, YearForm.ERA_WIDE),
        ("令和 7 年度", 2025, YearForm.ERA),
        ("令和7年", 2025, YearForm.ERA),
        ("2025（令和7）年度", 2025, YearForm.BOTH),
        ("2025(令和7)年度", 2025, YearForm.BOTH),
        ("2025（令和７）年度", 2025, YearForm.BOTH_WIDE),
        ("2025年度", 2025, YearForm.ERA),
        ("2025", 2025, YearForm.ERA),
        ("R7", 2025, YearForm.LETTER),
        ("ｒ７", 2025, YearForm.LETTER),
        ("令和元年度", 2019, YearForm.ERA),
        ("平成30年度", 2018, YearForm.ERA),
        ("H30", 2018, YearForm.LETTER),
    ],
)
def test_a_fiscal_year_is_read_with_its_form(text: str, year: int, form: YearForm) -> None:
    assert parse_fiscal_year(text) == (FiscalYear(year), form)


@pytest.mark.parametrize(
    "text", ["", "7", "令和", "昭和60年度", "令和七年度", "1925", "2025-2026", "R", "来年度"]
)
def test_anything_else_is_no_fiscal_year(text: str) -> None:
    with pytest.raises(ValueError, match="年度として読めません"):
        parse_fiscal_year(text)


def test_a_year_that_contradicts_its_era_is_refused_with_the_right_one() -> None:
    with pytest.raises(ValueError, match="2025年度は令和7年度です"):
        parse_fiscal_year("2025（令和8）年度")


@given(st.integers(1990, 2099), st.sampled_from(YearForm))
def test_a_printed_year_is_read_back(year: int, form: YearForm) -> None:
    text = FiscalYear(year).text(form)
    assert parse_fiscal_year(text)[0] == FiscalYear(year)
    if "元" not in text:
        assert parse_fiscal_year(text)[1] is form


@pytest.mark.parametrize(
    ("form", "text"),
    [
        (YearForm.ERA, "令和7年度"),
        (YearForm.ERA_WIDE, "令和７年度"),
        (YearForm.BOTH, "2025（令和7）年度"),
        (YearForm.BOTH_WIDE, "2025（令和７）年度"),
        (YearForm.LETTER, "R7"),
    ],
)
def test_a_year_is_printed_in_the_form_of_the_branch(form: YearForm, text: str) -> None:
    assert FiscalYear(2025).text(form) == text


def test_the_first_year_of_an_era_is_gannen() -> None:
    assert FiscalYear(2019).text() == "令和元年度"
    assert FiscalYear(2018).text() == "平成30年度"
    assert era_of(2019) == ("令和", 1)


def test_years_are_ordered_and_know_the_one_before() -> None:
    assert FiscalYear(2025).previous == FiscalYear(2024) < FiscalYear(2025)


@pytest.mark.parametrize(
    "text",
    [
        "2025-01-17",
        "2025/1/17",
        "2025年1月17日",
        "令和7年1月17日",
        "令和７年１月１７日",
        "R7.1.17",
        "2025.01.17",
    ],
)
def test_a_date_is_read_in_every_usual_form(text: str) -> None:
    assert parse_date(text) == datetime.date(2025, 1, 17)


@pytest.mark.parametrize("text", ["", "20250117", "1月17日", "2025-01", "未定"])
def test_anything_else_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match="日付として読めません"):
        parse_date(text)


@pytest.mark.parametrize("text", ["令和7年1月17日（木）", "2025/1/17(木曜)", "R7.1.17（木曜日）"])
def test_a_weekday_of_another_day_is_a_fault(text: str) -> None:
    with pytest.raises(ValueError, match=r"^曜日が違います（令和7年1月17日は金曜日です）$"):
        parse_date(text)


@pytest.mark.parametrize("text", ["2025-02-29", "2025-13-01", "令和7年4月31日", "0000-01-01"])
def test_a_day_that_no_calendar_has_is_refused_in_japanese(text: str) -> None:
    with pytest.raises(ValueError, match=r"^暦にない日付です$"):
        parse_date(text)


@pytest.mark.parametrize(
    ("date", "text"),
    [
        (datetime.date(2025, 1, 17), "令和7年1月17日"),
        (datetime.date(2019, 5, 1), "令和元年5月1日"),
        (datetime.date(2019, 4, 30), "平成31年4月30日"),
    ],
)
def test_a_date_is_printed_in_the_era_of_its_day(date: datetime.date, text: str) -> None:
    assert date_text(date) == text


@given(st.dates(datetime.date(1990, 1, 1), datetime.date(2099, 12, 31)))
def test_a_printed_date_is_read_back(date: datetime.date) -> None:
    assert parse_date(date_text(date)) == parse_date(date.isoformat()) == date


@pytest.mark.parametrize(
    ("form", "is_wide"),
    [(YearForm.ERA_WIDE, True), (YearForm.BOTH_WIDE, True), (YearForm.ERA, False), (YearForm.LETTER, False)],
)
def test_a_form_says_whether_the_branch_writes_wide_digits(form: YearForm, is_wide: bool) -> None:
    assert form.is_wide is is_wide


@pytest.mark.parametrize(
    ("text", "wide"), [("令和7年3月14日", "令和７年３月14日"), ("8件", "８件"), ("120件", "120件"), ("", "")]
)
def test_only_digits_that_stand_alone_are_made_wide(text: str, wide: str) -> None:
    assert wide_digits(text) == wide
