"""Days and times as a workbook stores them: counted in days, or written out."""

from __future__ import annotations

import datetime
import re
from typing import TypeAlias

Moment: TypeAlias = datetime.datetime | datetime.date | datetime.time | datetime.timedelta

DAY_0, DAY_0_OF_1904 = datetime.datetime(1899, 12, 30), datetime.datetime(1904, 1, 1)
_LEAP_DAY = 60  # 1900-02-29, which Excel counts and no calendar has
_MILLISECONDS = 24 * 60 * 60 * 1000
_SPAN = re.compile(r"PT(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+(?:\.[0-9]+)?)S)?")


def counted(days: float, since_1904: bool = False) -> datetime.datetime | datetime.time:
    """The day that a number stands for, or of one below 1 the time; raises ValueError or OverflowError beyond all days."""
    whole, fraction = divmod(days, 1)
    time = datetime.timedelta(milliseconds=round(fraction * _MILLISECONDS))
    if 0 <= days < 1 and not time.days:
        return (datetime.datetime.min + time).time()
    is_before = not since_1904 and 0 < days < _LEAP_DAY
    return (DAY_0_OF_1904 if since_1904 else DAY_0) + datetime.timedelta(days=whole + is_before) + time


def span(days: float) -> datetime.timedelta:
    """How long a number of days is, to the millisecond; raises ValueError or OverflowError beyond all days."""
    return datetime.timedelta(milliseconds=round(datetime.timedelta(days).total_seconds() * 1000))


def written(text: str) -> Moment:
    """What is written in the form of ISO 8601 (ECMA-376, 18.17.4); raises ValueError."""
    if found := _SPAN.fullmatch(text):
        hours, minutes, seconds = (float(part or 0) for part in found.groups())
        return datetime.timedelta(hours=hours, minutes=minutes, seconds=seconds)
    bare = text.removesuffix("Z")
    if "T" in bare.removeprefix("T"):
        return datetime.datetime.fromisoformat(bare).replace(tzinfo=None)
    return datetime.time.fromisoformat(bare) if ":" in bare else datetime.date.fromisoformat(bare)
