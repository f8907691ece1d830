"""Paragraphs that came back and those that are made now, set beside each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import TypeAlias

from handouts.origin import OriginEntry
from tests.reviewing.paragraphs import Returned, plain, plain_entry, stream_of

Pair: TypeAlias = tuple[Returned | None, OriginEntry | None]
ELSEWHERE = "elsewhere"
# In what order these stand is the program's matter.
LISTED = ("kpi", "ekpi", "plan again")
# Texts that are less alike than this are not the same paragraph.
_ALIKE = 0.3


def aligned(came: Sequence[Returned], now: Sequence[OriginEntry]) -> Iterator[Pair]:
    """Each paragraph with the one that it has become; what stands in another place has the stream ELSEWHERE.

    What is printed of one list keeps its order; how lists stand beside each other is the page's matter.
    """
    for stream in dict.fromkeys([*(one.stream for one in came), *map(stream_of, now)]):
        here = [one for one in came if one.stream == stream]
        there = [entry for entry in now if stream_of(entry) == stream]
        yield from _elsewhere(_by_entry(here, there) if stream in LISTED else list(_in_order(here, there)))


def _in_order(came: Sequence[Returned], now: Sequence[OriginEntry]) -> Iterator[Pair]:
    left = [plain(one.text) for one in came]
    right = [plain_entry(entry) for entry in now]
    for tag, start, end, first, last in SequenceMatcher(None, left, right, False).get_opcodes():
        yield from _pairs(came[start:end], now[first:last], is_same=tag == "equal")


def _by_entry(came: Sequence[Returned], now: Sequence[OriginEntry]) -> list[Pair]:
    """Paragraphs of lists whose order the program makes: each with the one of the same entry."""
    waiting: dict[tuple[object, ...], list[OriginEntry]] = {}
    for entry in now:
        waiting.setdefault((entry.refs, entry.role, entry.style), []).append(entry)
    pairs: list[Pair] = []
    for one in came:
        known = one.entries[0] if one.entries else None
        same = waiting.get((known.refs, known.role, known.style), []) if known else []
        pairs.append((one, same.pop(0) if same else None))
    return [*pairs, *((None, entry) for left in waiting.values() for entry in left)]


def _elsewhere(pairs: Sequence[Pair]) -> Iterator[Pair]:
    """The pairs, with what is missing here and stands there as one."""
    come: dict[str, list[OriginEntry]] = {}
    for one, entry in pairs:
        if one is None and entry is not None:
            come.setdefault(plain_entry(entry), []).append(entry)
    found: dict[int, OriginEntry] = {}
    for number, (one, entry) in enumerate(pairs):
        if one is not None and entry is None and come.get(plain(one.text)):
            found[number] = come[plain(one.text)].pop(0)
    there = {entry.bookmark for entry in found.values()}
    for number, (one, entry) in enumerate(pairs):
        if one is not None and number in found:
            yield replace(one, stream=ELSEWHERE), found[number]
        elif one is not None or (entry is not None and entry.bookmark not in there):
            yield one, entry


def _pairs(came: Sequence[Returned], now: Sequence[OriginEntry], is_same: bool) -> list[Pair]:
    """Paragraphs that stand in the same place: where the texts differ, those that have the same entry, else likeness."""
    if is_same:
        return list(zip(came, now, strict=True))
    best: dict[tuple[int, int], float] = {}

    def worth(one: Returned, entry: OriginEntry) -> float:
        known = any(known.refs == entry.refs and known.refs for known in one.entries)
        alike = SequenceMatcher(None, plain(one.text), plain_entry(entry), False).ratio() if one.text else 0.0
        return max(alike, 0.9 if known else 0.0) if alike >= _ALIKE or known else 0.0

    for row in range(len(came) - 1, -1, -1):
        for column in range(len(now) - 1, -1, -1):
            paired = worth(came[row], now[column])
            best[row, column] = max(
                best.get((row + 1, column), 0.0),
                best.get((row, column + 1), 0.0),
                paired + best.get((row + 1, column + 1), 0.0) if paired else 0.0,
            )
    found: list[Pair] = []
    row = column = 0
    while row < len(came) and column < len(now):
        here = best[row, column]
        if here == best.get((row + 1, column), 0.0):
            found.append((came[row], None))
            row += 1
        elif here == best.get((row, column + 1), 0.0):
            found.append((None, now[column]))
            column += 1
        else:
            found.append((came[row], now[column]))
            row, column = row + 1, column + 1
    return [*found, *((one, None) for one in came[row:]), *((None, entry) for entry in now[column:])]
