"""Changes that read as one: what stands between them changed places with them, or stayed only by chance."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from handouts.comparison.differences import Difference, Span, find_common_run
from handouts.comparison.words import list_words

# A phrase changed places with another of at most twice its length: 毎朝 that now begins a sentence leaves
# the rest of it as it was. A single character in common is no phrase.
_MOVED, _LEAST_MOVED = 0.5, 2

_ONE_WORD = re.compile("[一-鿿]{2}")


def join(changes: Sequence[Difference], old: str, new: str) -> list[Difference]:
    """Return the changes, those that read as one joined."""
    return _join_across_words(_join_swapped(changes, old, new), old)


def _join_swapped(changes: Sequence[Difference], old: str, new: str) -> list[Difference]:
    """Return the changes, joined where two phrases changed places: both are where they were not."""
    joined = list(changes[:1])
    for before, after in pairwise(changes):
        if _changed_places(before, after, old, new):
            joined[-1] = _merge(joined[-1], after)
        else:
            joined.append(after)
    return joined


def _changed_places(before: Difference, after: Difference, old: str, new: str) -> bool:
    """Tell whether words that stood on one side of what stayed now stand on the other."""
    forth = _measure_common(old, before.old, new, after.new)
    back = _measure_common(old, after.old, new, before.new)
    return max(forth, back) >= max(_LEAST_MOVED, _MOVED * (after.old_start - before.old_end))


def _measure_common(old: str, dropped: Span, new: str, added: Span) -> int:
    """Return the length of the longest run of words that is in both."""
    run = find_common_run(list_words(old[slice(*dropped)]), list_words(new[slice(*added)]))
    return sum(map(len, run))


def _join_across_words(changes: Iterable[Difference], old: str) -> list[Difference]:
    """Return the changes, joined where between two of them only a word stayed, and that by chance."""
    joined: list[Difference] = []
    for change in changes:
        while joined and _stayed_by_chance(joined[-1], change, old):
            change = _merge(joined.pop(), change)
        joined.append(change)
    return joined


def _stayed_by_chance(before: Difference, after: Difference, old: str) -> bool:
    """Tell whether on one side more was changed before and after the word, and on the other anything."""
    if not _ONE_WORD.fullmatch(old, before.old_end, after.old_start):
        return False
    word = after.old_start - before.old_end
    sides = (before.old, after.old), (before.new, after.new)
    is_swallowed = any(min(map(_length, side)) > word for side in sides)
    return is_swallowed and all(max(map(_length, side)) > 0 for side in sides)


def _length(span: Span) -> int:
    return span[1] - span[0]


def _merge(before: Difference, after: Difference) -> Difference:
    return Difference(before.old_start, after.old_end, before.new_start, after.new_end)
