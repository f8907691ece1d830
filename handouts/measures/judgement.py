"""How far a target was met: the marks ◎○△×□ and their tally."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal

from handouts.dataset.fields import Mark
from handouts.dataset.kpis import Kpi

# The bounds, and the ends of relative targets, that ask for less.
NOT_MORE = ("以下", "以内")
# What is written for a result where the target is a sentence.
DONE, NOT_DONE = "実施", "未実施"


def judge(kpi: Kpi, actual: Decimal | str | None, before: Decimal | None) -> Mark | None:
    """The mark of a KPI whose result is `actual` (in its unit) and was `before` a year earlier.

    A number beaten is ◎, met exactly ○, missed △; a target measured against the year before is ○ when kept;
    a result of 未実施 is ×, none yet is □. None where the rule cannot tell: the year before is unknown, or the
    result is in words of its own. So printed in 栃木支部 令和5年度 and 群馬支部 令和3年度上期.
    """
    if actual is None:
        return Mark.TO_COME
    if isinstance(actual, str):
        return {DONE: Mark.MET, NOT_DONE: Mark.NOT_DONE}.get(actual)
    if isinstance(kpi.target, Decimal):
        return _against_number(actual, kpi.target, not_more=kpi.bound in NOT_MORE)
    if kpi.target is None or before is None:
        return None
    return _kept(actual, before, not_more=kpi.target.endswith(NOT_MORE))


def _against_number(actual: Decimal, target: Decimal, not_more: bool) -> Mark:
    if actual == target:
        return Mark.MET
    return Mark.BEATEN if (actual < target) == not_more else Mark.MISSED


def _kept(actual: Decimal, before: Decimal, not_more: bool) -> Mark:
    is_kept = actual <= before if not_more else actual >= before
    return Mark.MET if is_kept else Mark.MISSED


def tally(marks: Iterable[Mark | None]) -> Mapping[Mark, int]:
    """How often each mark stands, every mark named and in order; rows without a mark are not counted."""
    counted = Counter(mark for mark in marks if mark is not None)
    return {mark: counted[mark] for mark in Mark}
