"""Which initiative of the budget goes on with which of last year."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from handouts.dataset.budget import Initiative
from handouts.dataset.columns import plain
from handouts.dataset.model import Dataset
from handouts.dataset.remembered import remembered
from handouts.measures.placeholders import resolve_topic

_ALIKE = 0.75  # how much of two names is the same where they may mean the same


@dataclass(frozen=True, slots=True)
class ContinuedInitiatives:
    """For initiatives of this year, by their id, the one of last year that each goes on with.

    `near` are the pairs of which nobody has said whether one goes on with the other, though their names are alike.
    """

    partners: Mapping[str, Initiative]
    near: tuple[tuple[Initiative, Initiative], ...] = ()


@remembered(4)
def continued_initiatives(dataset: Dataset, previous: Dataset) -> ContinuedInitiatives:
    """The same initiatives of two years: by the id, else by the name; of those with one name the topic decides.

    A name that is only alike is the same where the branch says that the initiative is not new.
    """
    pairing = _Pairing(dataset, previous)
    pairing.join(lambda one, year: one.id)
    pairing.join(lambda one, year: (plain(one.name), _topic(one, year)))
    pairing.join(lambda one, year: plain(one.name), only_single=True)
    near = []
    for one, other in pairing.alike():
        if one.new is False:
            pairing.partners[one.id] = other
        elif one.new is None:
            near.append((one, other))
    return ContinuedInitiatives(pairing.partners, tuple(near))


class _Pairing:
    def __init__(self, dataset: Dataset, previous: Dataset) -> None:
        self.partners: dict[str, Initiative] = {}
        self._dataset = dataset
        self._previous = previous
        self._left = list(dataset.initiatives)
        self._olds = list(previous.initiatives)

    def join(self, name: Callable[[Initiative, Dataset], Hashable], only_single: bool = False) -> None:
        """Joins those that have the same name, in their order; with `only_single` where each year has one of it."""
        waiting = _grouped(self._olds, lambda one: name(one, self._previous))
        for known, news in _grouped(self._left, lambda one: name(one, self._dataset)).items():
            olds = waiting.get(known, [])
            if not only_single or len(news) == len(olds) == 1:
                for one, other in zip(news, olds, strict=False):
                    self._take(one, other)

    def alike(self) -> Sequence[tuple[Initiative, Initiative]]:
        """Those that are left whose names are alike, none of them nearer to another one, in the order of this year."""
        found: dict[tuple[int, int], float] = {}
        for number, one in enumerate(self._left):
            for place, other in enumerate(self._olds):
                if (same := _likeness(plain(one.name), plain(other.name))) >= _ALIKE:
                    found[number, place] = same
        news: dict[int, int] = {}
        for number, place in sorted(found, key=lambda pair: -found[pair]):
            if number not in news and place not in news.values():
                news[number] = place
        return [(self._left[number], self._olds[news[number]]) for number in sorted(news)]

    def _take(self, one: Initiative, other: Initiative) -> None:
        self.partners[one.id] = other
        self._left = [left for left in self._left if left is not one]
        self._olds = [left for left in self._olds if left is not other]


def _grouped(
    initiatives: Sequence[Initiative], name: Callable[[Initiative], Hashable]
) -> Mapping[Hashable, list[Initiative]]:
    groups: dict[Hashable, list[Initiative]] = {}
    for one in initiatives:
        groups.setdefault(name(one), []).append(one)
    return groups


def _topic(initiative: Initiative, dataset: Dataset) -> str:
    """What the heading says that an initiative belongs to."""
    heading = resolve_topic(initiative.topic, dataset.plan) if initiative.topic else None
    return plain(heading.text if heading else initiative.topic)


def _likeness(name: str, other: str) -> float:
    matcher = SequenceMatcher(None, name, other, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _ALIKE else 0.0
