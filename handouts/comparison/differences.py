"""Where two sequences of words differ, found in bounded time whatever the sequences are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import takewhile
from typing import NamedTuple

# difflib walks through every pair of equal words, and again for every block it finds: up to this many pairs
# (a text of some 1,500 characters) that is half a second at worst, and usually a hundredth of it.
_PAIRS_FOR_DIFFLIB = 50_000

# The table of the common subsequence takes a bit for each pair of words: 60 MB, two texts of 22,000.
_BITS_FOR_SUBSEQUENCE = 500_000_000


Span = tuple[int, int]


class Difference(NamedTuple):
    """`old[old_start:old_end]` became `new[new_start:new_end]`; one of the two may be empty."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int

    @property
    def old(self) -> Span:
        return self.old_start, self.old_end

    @property
    def new(self) -> Span:
        return self.new_start, self.new_end


def find_differences(old: Sequence[str], new: Sequence[str]) -> list[Difference]:
    """Return what differs between `old` and `new`, in order."""
    head = _count_equal(zip(old, new, strict=False))
    rest = min(len(old), len(new)) - head
    tail = min(rest, _count_equal(zip(reversed(old), reversed(new), strict=False)))
    inner = _compare(old[head : len(old) - tail], new[head : len(new) - tail])
    return [Difference(*(position + head for position in difference)) for difference in inner]


def find_common_run(old: Sequence[str], new: Sequence[str]) -> Sequence[str]:
    """Return the longest run of words that is in both, or none where it would take too long to find."""
    if _count_equal_pairs(old, new) > _PAIRS_FOR_DIFFLIB:
        return ()
    start, _, size = SequenceMatcher(None, old, new, autojunk=False).find_longest_match()
    return old[start : start + size]


def _count_equal(pairs: Iterable[tuple[str, str]]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _compare(old: Sequence[str], new: Sequence[str]) -> list[Difference]:
    if _count_equal_pairs(old, new) <= _PAIRS_FOR_DIFFLIB:
        # difflib looks for the longest block first, which is how people read a change.
        codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        return [Difference(*positions) for tag, *positions in codes if tag != "equal"]
    if len(old) * len(new) <= _BITS_FOR_SUBSEQUENCE:
        return list(_find_gaps(_find_common_subsequence(old, new), len(old), len(new)))
    return [Difference(0, len(old), 0, len(new))]


def _count_equal_pairs(old: Sequence[str], new: Sequence[str]) -> int:
    in_old = Counter(old)
    return sum(in_old[word] * count for word, count in Counter(new).items())


def _find_gaps(matches: Iterable[tuple[int, int]], old_end: int, new_end: int) -> Iterator[Difference]:
    old_start = new_start = 0
    for old, new in (*matches, (old_end, new_end)):
        if old > old_start or new > new_start:
            yield Difference(old_start, old, new_start, new)
        old_start, new_start = old + 1, new + 1


def _find_common_subsequence(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return the pairs of equal words of a longest common subsequence."""
    rows = _calculate_rows(old, new)
    matches = []
    i, j = len(old), len(new)
    while i and j:
        if rows[j] >> (i - 1) & 1:
            i -= 1
        elif not rows[j - 1] >> (i - 1) & 1:
            j -= 1
        else:
            i, j = i - 1, j - 1
            matches.append((i, j))
    return matches[::-1]


def _calculate_rows(old: Sequence[str], new: Sequence[str]) -> list[int]:
    """Return one number for each beginning of `new`: bit i is 0 where old[i] lengthens what is common.

    Hyyrö, "Bit-parallel LCS-length computation revisited" (2004): a whole row in four operations.
    """
    places: dict[str, int] = {}
    for position, word in enumerate(old):
        places[word] = places.get(word, 0) | 1 << position
    everything = (1 << len(old)) - 1
    rows = [everything]
    for word in new:
        row = rows[-1]
        common = row & places.get(word, 0)
        rows.append((row + common | row - common) & everything)
    return rows
