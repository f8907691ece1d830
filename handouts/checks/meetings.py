"""Rules on what the cover says of a handout that is to be made: its meeting, its day and its number are there and fit."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping

from handouts.dataset.declared import terms_of
from handouts.dataset.fiscal import FiscalYear, date_text, parse_fiscal_year
from handouts.dataset.kinds import kinds_of
from handouts.dataset.model import Dataset
from handouts.dataset.reading import place_of
from handouts.dataset.settings import HandoutSettings
from handouts.findings import ByForm, Finding, Place, Rule, StoredForm

_SETTINGS = terms_of(HandoutSettings)
_ON_COVERS = {  # what they are called there, and an example
    "material": ("資料番号", "資料2-1"),
    "meeting": ("会議の名称", "第3回群馬支部評議会"),
    "date": ("開催日", "令和7年1月17日"),
}
COVER_INCOMPLETE = Rule(
    "meeting.cover-incomplete",
    "資料「{handout}」の{missing}が書かれていないので、表紙に印刷されません",
    remedy="{fields}に書いてください",
    severity="warning",
)
DATE_OUTSIDE = Rule(
    "meeting.date-outside",
    "資料「{handout}」の開催日が{day}です",
    "{year}のこの資料を会議に出すのは、ふつう{first}から{last}までです",
    "開催日の年と、データの年度を確かめてください",
    "warning",
)
OTHER_YEAR = Rule(
    "meeting.date-not-of-its-year",
    "資料「{handout}」の会議は「{meeting}」ですが、開催日が{day}です",
    "{year}は、{year_begins}から{year_ends}までです",
    "会議の名称の年度と、開催日の年を確かめてください",
    "warning",
)
_YEAR = re.compile("(?:令和|平成)[元0-9０-９]{1,2}年度")
_MONTHS = 12


def check_covers(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A handout that is to be made without a number, a meeting or a day: one finding with all that is missing."""
    for kind in kinds_of(dataset):
        settings = dataset.settings(kind.id)
        missing = [field for field in _ON_COVERS if not getattr(settings, field)]
        if missing:
            yield COVER_INCOMPLETE.at(
                place_of(f"dataset:handouts.{kind.id}", places),
                handout=kind.short_name,
                missing="、".join(_ON_COVERS[field][0] for field in missing),
                fields=ByForm(_fields(missing, "folder"), _fields(missing, "workbook")),
            )


def _fields(names: Iterable[str], form: StoredForm) -> str:
    return "、".join(f"{_SETTINGS(name).said(form, '')}（例 {_ON_COVERS[name][1]}）" for name in names)


def check_dates(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A meeting whose day lies where no meeting discusses such a handout of the year: mostly last year's day."""
    for kind in kinds_of(dataset):
        day = dataset.settings(kind.id).date
        if day is None or kind.meetings is None:
            continue
        first, last = kind.meetings
        if not first <= _months_from_april(day, dataset.fiscal_year) <= last:
            yield DATE_OUTSIDE.at(
                place_of(f"dataset:handouts.{kind.id}.date", places),
                handout=kind.short_name,
                day=date_text(day),
                year=dataset.fiscal_year.text(),
                first=_month_text(dataset.fiscal_year, first),
                last=_month_text(dataset.fiscal_year, last),
            )


def check_years_of_meetings(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A meeting that names its fiscal year, 令和６年度第１回…, and whose day is in another one."""
    for kind in kinds_of(dataset):
        settings = dataset.settings(kind.id)
        year = _named_year(settings.meeting)
        if settings.date is None or year is None:
            continue
        if not 0 <= _months_from_april(settings.date, year) < _MONTHS:
            yield OTHER_YEAR.at(
                place_of(f"dataset:handouts.{kind.id}.date", places),
                handout=kind.short_name,
                meeting=settings.meeting,
                day=date_text(settings.date),
                year=year.text(),
                year_begins=_month_text(year, 0),
                year_ends=_month_text(year, _MONTHS - 1),
            )


def _named_year(meeting: str) -> FiscalYear | None:
    """The fiscal year that the name of a meeting has; None where it has none, or one that never was, as 令和0年度."""
    named = _YEAR.search(meeting)
    try:
        return parse_fiscal_year(named[0])[0] if named else None
    except ValueError:
        return None


def _months_from_april(day: datetime.date, year: FiscalYear) -> int:
    return (day.year - year.year) * _MONTHS + day.month - 4


def _month_text(year: FiscalYear, months: int) -> str:
    """The month that begins so many months from the April of a year, e.g. 令和6年10月."""
    count = year.year * _MONTHS + 3 + months
    return date_text(datetime.date(count // _MONTHS, count % _MONTHS + 1, 1)).removesuffix("1日")
