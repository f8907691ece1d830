"""Fiscal years (April to March) and dates in the forms in which branches write them."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from enum import StrEnum

from handouts.dataset.typed_text import bare

REIWA_BEFORE = 2018  # 令和1年 is 2019
HEISEI_BEFORE = 1988  # 平成1年 is 1989; a fiscal year up to 2018 is counted in 平成
_ERA_LETTERS = {"R": REIWA_BEFORE, "H": HEISEI_BEFORE, "令和": REIWA_BEFORE, "平成": HEISEI_BEFORE}
_WEEKDAYS = "月火水木金土日"
_WIDE_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")


class YearForm(StrEnum):
    """How a branch prints a fiscal year; the value is the form of 2025."""

    ERA = "令和7年度"
    ERA_WIDE = "令和７年度"
    BOTH = "2025（令和7）年度"
    BOTH_WIDE = "2025（令和７）年度"
    LETTER = "R7"

    @property
    def is_wide(self) -> bool:
        """Whether the branch writes digits in full width."""
        return self in (YearForm.ERA_WIDE, YearForm.BOTH_WIDE)


@dataclass(frozen=True, slots=True, order=True)
class FiscalYear:
    """The year from April of `year` to March of the next."""

    year: int

    @property
    def previous(self) -> FiscalYear:
        """The fiscal year before this one."""
        return FiscalYear(self.year - 1)

    @property
    def first_day(self) -> datetime.date:
        """1 April."""
        return datetime.date(self.year, 4, 1)

    def text(self, form: YearForm = YearForm.ERA) -> str:
        """The year as printed in `form`."""
        name, count = era_of(self.year)
        if form is YearForm.LETTER:
            return f"{'R' if name == '令和' else 'H'}{count}"
        number = "元" if count == 1 else str(count)
        if form.is_wide:
            number = number.translate(_WIDE_DIGITS)
        if form in (YearForm.BOTH, YearForm.BOTH_WIDE):
            return f"{self.year}（{name}{number}）年度"
        return f"{name}{number}年度"


def wide_digits(text: str) -> str:
    """`text` with single digits in full width, as a branch writes that prints its years so: ３月14日, ８件, 12件."""
    return re.sub(r"(?<!\d)\d(?!\d)", lambda match: match[0].translate(_WIDE_DIGITS), text)


def era_of(year: int) -> tuple[str, int]:
    """The era name and the year in it, e.g. ("令和", 7) for 2025."""
    return ("令和", year - REIWA_BEFORE) if year > REIWA_BEFORE else ("平成", year - HEISEI_BEFORE)


def parse_fiscal_year(text: str) -> tuple[FiscalYear, YearForm]:
    """The year that `text` names and the form it is written in; raises ValueError.

    Read are 令和7年度, 令和７年度, 2025（令和7）年度, 2025年度, 2025 and R7, also in full width.
    """
    plain = bare(text)
    if match := re.fullmatch(r"(\d{4})\((令和|平成)(元|\d{1,2})\)年度", plain):
        year = _in_era(match[2], match[3])
        if year != int(match[1]):
            expected = FiscalYear(int(match[1])).text()
            raise ValueError(f"西暦と元号が合いません（{match[1]}年度は{expected}です）")
        return FiscalYear(year), YearForm.BOTH_WIDE if _has_wide_digits(text) else YearForm.BOTH
    if match := re.fullmatch(r"(令和|平成)(元|\d{1,2})年度?", plain):
        form = YearForm.ERA_WIDE if _has_wide_digits(text) else YearForm.ERA
        return FiscalYear(_in_era(match[1], match[2])), form
    if match := re.fullmatch(r"([RH])(\d{1,2})", plain.upper()):
        return FiscalYear(_in_era(match[1], match[2])), YearForm.LETTER
    if match := re.fullmatch(r"(20\d\d)(年度)?", plain):
        return FiscalYear(int(match[1])), YearForm.ERA
    raise ValueError("年度として読めません")


def parse_date(text: str) -> datetime.date:
    """The date written as 2025-01-17, 2025/1/17, 令和7年1月17日（金） or R7.1.17; raises ValueError."""
    plain = bare(text)
    weekday = re.search(r"\(([月火水木金土日])(曜日?)?\)$", plain)
    date = _parse_day(plain[: weekday.start()] if weekday else plain)
    if weekday and weekday[1] != _WEEKDAYS[date.weekday()]:
        raise ValueError(f"曜日が違います（{date_text(date)}は{_WEEKDAYS[date.weekday()]}曜日です）")
    return date


def _parse_day(plain: str) -> datetime.date:
    if match := re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", plain):
        return _calendar_date(int(match[1]), int(match[2]), int(match[3]))
    if match := re.fullmatch(r"(令和|平成|R|H)(元|\d{1,2})[年.](\d{1,2})[月.](\d{1,2})日?", plain):
        return _calendar_date(_in_era(match[1], match[2]), int(match[3]), int(match[4]))
    raise ValueError("日付として読めません")


def date_text(date: datetime.date) -> str:
    """The date in the Japanese calendar, e.g. 令和7年1月17日; before May 2019 in 平成."""
    if date >= datetime.date(2019, 5, 1):
        name, count = "令和", date.year - REIWA_BEFORE
    else:
        name, count = "平成", date.year - HEISEI_BEFORE
    return f"{name}{'元' if count == 1 else count}年{date.month}月{date.day}日"


def _calendar_date(year: int, month: int, day: int) -> datetime.date:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        raise ValueError("暦にない日付です") from None


def _in_era(era: str, count: str) -> int:
    number = 1 if count == "元" else int(count)
    if number == 0:
        raise ValueError("年度として読めません")
    return _ERA_LETTERS[era] + number


def _has_wide_digits(text: str) -> bool:
    return re.search(r"[０-９]", text) is not None
