"""Which paragraph of a returned file is which of those that were sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from handouts.comparison.differences import find_differences
from handouts.origin import OriginEntry


@dataclass(frozen=True, slots=True)
class ReturnedParagraph:
    """A paragraph as it stood before the changes that are marked in the file, with the names of bookmarks in it."""

    text: str
    bookmarks: tuple[str, ...] = ()


def match_entries(
    paragraphs: Sequence[ReturnedParagraph], entries: Sequence[OriginEntry]
) -> Mapping[int, OriginEntry]:
    """The entry of each paragraph that was sent, by its index.

    A bookmark only names what it stands in, since editors leave it behind, double it and stretch it: it is believed where
    the text is that of the entry too, then the texts in their order are, then a bookmark alone.
    """
    by_name = {entry.bookmark: index for index, entry in enumerate(entries)}
    found = dict(_sure(paragraphs, entries, by_name))
    found |= dict(_in_order(paragraphs, entries, found))
    taken = set(found.values())
    for place, paragraph in enumerate(paragraphs):
        if place in found:
            continue
        named = [by_name[name] for name in paragraph.bookmarks if name in by_name]
        for index in named:
            if index not in taken:
                found[place] = index
                taken.add(index)
                break
    return {place: entries[index] for place, index in sorted(found.items())}


def _sure(
    paragraphs: Sequence[ReturnedParagraph], entries: Sequence[OriginEntry], by_name: Mapping[str, int]
) -> Iterator[tuple[int, int]]:
    """Those that say what was sent under one of their bookmarks; the first where a bookmark was doubled."""
    taken: set[int] = set()
    for place, paragraph in enumerate(paragraphs):
        for name in paragraph.bookmarks:
            index = by_name.get(name)
            if index is not None and index not in taken and entries[index].text == paragraph.text:
                taken.add(index)
                yield place, index
                break


def _in_order(
    paragraphs: Sequence[ReturnedParagraph], entries: Sequence[OriginEntry], found: Mapping[int, int]
) -> Iterator[tuple[int, int]]:
    """Those between two sure ones that say the same in the same order; empty ones say nothing."""
    for place, index, end, last in _gaps(len(paragraphs), len(entries), found):
        places = [one for one in range(place, end) if paragraphs[one].text]
        taken = set(found.values())
        indexes = [one for one in range(index, last) if entries[one].text and one not in taken]
        pairs = _same([paragraphs[one].text for one in places], [entries[one].text for one in indexes])
        yield from ((places[old], indexes[new]) for old, new in pairs)


def _gaps(count: int, total: int, found: Mapping[int, int]) -> Iterator[tuple[int, int, int, int]]:
    """The stretches between sure ones that stand in the same order in both: first and end in either."""
    place = index = 0
    for next_place, next_index in (*_rising(sorted(found.items())), (count, total)):
        if next_place > place and next_index > index:
            yield place, index, next_place, next_index
        place, index = next_place + 1, next_index + 1


def _rising(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of pairs in the order of their first those whose second rises; what was moved far away is left out."""
    best: list[tuple[int, int]] = []
    for pair in pairs:
        if best and pair[1] < best[-1][1]:
            # Of one that goes back and those before it that would have to go, the fewer go.
            behind = [one for one in best if one[1] > pair[1]]
            if len(behind) > 1:
                continue
            best = [one for one in best if one[1] < pair[1]]
        best.append(pair)
    return best


def _same(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    at_old = at_new = 0
    for one in (*find_differences(old, new), None):
        end = one.old_start if one else len(old)
        yield from zip(range(at_old, end), range(at_new, at_new + end - at_old), strict=True)
        if one:
            at_old, at_new = one.old_end, one.new_end
