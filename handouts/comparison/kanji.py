"""Words in kanji: most have two, and where one of the two changed it is another word."""

from __future__ import annotations

import re
from collections.abc import Sequence

from handouts.characters import is_selector
from handouts.comparison.characters import Characters
from handouts.comparison.differences import Difference

# 及び, 等 and the like are words of their own, and so is what counts a figure (8割, 7年度).
_ROW = re.compile(r"(?<!\d)(?<!\d年)(?:(?![及等並又若各])[一-鿿][\ufe00-\ufe0f\U000e0100-\U000e01ef]*)+")


def complete(differences: Sequence[Difference], old: Characters, new: Characters) -> list[Difference]:
    """Return the differences, each with the other kanji of a word that it begins or ends within.

    Words are counted off by two from the beginning of a row of kanji: 現金給付 is 現金 and 給付.
    """
    rows = _Rows(old), _Rows(new)
    completed: list[Difference] = []
    free_from = 0
    last = Difference(len(old.text), len(old.text), len(new.text), len(new.text))
    for here, following in zip(differences, [*differences[1:], last], strict=True):
        before = min(_count_before(*rows, here), here.old_start - free_from)
        after = min(_count_after(*rows, here), following.old_start - here.old_end)
        free_from = here.old_end + after
        completed.append(_widen(here, before, after))
    return completed


class _Rows:
    """The kanji of a text that stand in a row, with no blank between them."""

    def __init__(self, characters: Characters) -> None:
        self._before = [0] * (len(characters.text) + 1)
        for row in _ROW.finditer(characters.text):
            for position in range(*row.span()):
                before = 0 if characters.is_apart(position) else self._before[position]
                self._before[position + 1] = before + (not is_selector(characters.text[position]))

    def count_before(self, position: int) -> int:
        return self._before[position]

    def is_within(self, position: int) -> bool:
        return position + 1 < len(self._before) and self._before[position + 1] > 1


def _count_before(old: _Rows, new: _Rows, here: Difference) -> int:
    """Return how many kanji before the change belong to its first word."""
    is_within = old.is_within(here.old_start) or new.is_within(here.new_start)
    are_odd = old.count_before(here.old_start) % 2 and new.count_before(here.new_start) % 2
    return int(bool(is_within and are_odd and _replaces(here)))


def _count_after(old: _Rows, new: _Rows, here: Difference) -> int:
    """Return how many kanji after the change belong to its last word."""
    if not (old.is_within(here.old_end) or new.is_within(here.new_end)):
        return 0
    left = 1 + old.is_within(here.old_end + 1) + old.is_within(here.old_end + 2)
    parts = old.count_before(here.old_end), new.count_before(here.new_end)
    if parts[0] % 2 and parts[1] % 2 and _replaces(here):
        # One kanji more if it were left alone: 当年度, not 当年 and 度.
        return 2 if left == 2 else 1
    return int(left == 1 and 0 in parts and sum(parts) % 2)


def _replaces(here: Difference) -> bool:
    return here.old_start < here.old_end and here.new_start < here.new_end


def _widen(here: Difference, before: int, after: int) -> Difference:
    return Difference(
        here.old_start - before, here.old_end + after, here.new_start - before, here.new_end + after
    )
