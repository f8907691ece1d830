"""Which paragraph of a plan is which of the plan as it was before: by their words, wherever they stand now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

# How much of two texts is the same where one was made of the other: anywhere, and between the same neighbours.
_ALIKE, _ALIKE_IN_PLACE = 0.6, 0.35
_FEW = 8  # between the same neighbours, so many are each compared with each
_RARE = 30  # a pair of characters that stands in more texts tells nothing
_CANDIDATES = 3  # so many of those that share most are compared
_PLACE_COUNTS = 0.2


def same_paragraphs(
    old: Sequence[str], new: Sequence[str], known: Mapping[int, int] | None = None
) -> Mapping[int, int]:
    """For the numbers of new texts those of the old ones that they were made of; `known` is what is known of them.

    First those with the same words, each where it stands, then those in other words.
    """
    pairing = _Pairing(old, new, known or {})
    pairing.join_single()
    pairing.join_beside()
    pairing.join_equal()
    pairing.join_alike()
    return pairing.pairs


def likeness(one: str, other: str) -> float:
    """How much of two texts is the same, from 0 to 1."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return min(matcher.quick_ratio(), matcher.ratio())


class _Pairing:
    def __init__(self, old: Sequence[str], new: Sequence[str], known: Mapping[int, int]) -> None:
        self.pairs = dict(known)
        self._old = old
        self._new = new
        self._taken = set(known.values())

    def join_single(self) -> None:
        """Joins the texts that stand once on both sides."""
        olds = Counter(self._old[number] for number in self._free_olds())
        news = Counter(self._new[number] for number in self._free_news())
        numbers = {self._old[number]: number for number in self._free_olds()}
        for number in list(self._free_news()):
            text = self._new[number]
            if olds[text] == news[text] == 1:
                self._join(number, numbers[text])

    def join_beside(self) -> None:
        """Joins the same texts next to a pair."""
        for step in (1, -1):
            for number in range(len(self._new))[::step]:
                other = self.pairs.get(number - step)
                if other is None or number in self.pairs or not 0 <= other + step < len(self._old):
                    continue
                if other + step not in self._taken and self._new[number] == self._old[other + step]:
                    self._join(number, other + step)

    def join_equal(self) -> None:
        """Joins the same texts between the same pairs, in their order."""
        for news, olds in list(self._gaps()):
            self._join_in_order(news, olds)

    def join_alike(self) -> None:
        """Joins texts in other words, the most alike first."""
        found: dict[tuple[int, int], float] = {}
        for news, olds in self._gaps():
            if len(news) <= _FEW and len(olds) <= _FEW:
                for number in news:
                    for other in olds:
                        same = likeness(self._new[number], self._old[other])
                        if same >= _ALIKE_IN_PLACE:
                            found[number, other] = same + _PLACE_COUNTS
        for number, other in self._candidates():
            if (number, other) not in found:
                same = likeness(self._new[number], self._old[other])
                if same >= _ALIKE:
                    found[number, other] = same
        for number, other in sorted(found, key=lambda pair: (-found[pair], abs(pair[0] - pair[1]))):
            if number not in self.pairs and other not in self._taken:
                self._join(number, other)

    def _candidates(self) -> Iterator[tuple[int, int]]:
        """For each text without a partner the few old ones that share most of its rare pairs of characters."""
        places: dict[str, list[int]] = {}
        for other in self._free_olds():
            for pair in _pairs_of(self._old[other]):
                places.setdefault(pair, []).append(other)
        for number in self._free_news():
            shared: Counter[int] = Counter()
            for pair in _pairs_of(self._new[number]):
                others = places.get(pair, ())
                if len(others) <= _RARE:
                    shared.update(others)
            yield from ((number, other) for other, _ in shared.most_common(_CANDIDATES))

    def _gaps(self) -> Iterator[tuple[Sequence[int], Sequence[int]]]:
        """The texts between two pairs that have no partner, and those between their partners."""
        start = 0
        while start < len(self._new):
            if start in self.pairs:
                start += 1
                continue
            end = start
            while end < len(self._new) and end not in self.pairs:
                end += 1
            first = self.pairs[start - 1] + 1 if start else 0
            last = self.pairs[end] if end < len(self._new) else len(self._old)
            olds = [other for other in range(first, last) if other not in self._taken]
            yield range(start, end), olds
            start = end

    def _join_in_order(self, news: Sequence[int], olds: Sequence[int]) -> None:
        waiting: dict[str, list[int]] = {}
        for other in reversed(olds):
            waiting.setdefault(self._old[other], []).append(other)
        for number in news:
            if others := waiting.get(self._new[number]):
                self._join(number, others.pop())

    def _free_news(self) -> Iterator[int]:
        return (number for number in range(len(self._new)) if number not in self.pairs)

    def _free_olds(self) -> Iterator[int]:
        return (number for number in range(len(self._old)) if number not in self._taken)

    def _join(self, number: int, other: int) -> None:
        self.pairs[number] = other
        self._taken.add(other)


def _pairs_of(text: str) -> frozenset[str]:
    return frozenset(map("".join, pairwise(text)))
