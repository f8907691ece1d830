"""Which characters of a paragraph changed against last year's, as a careful reader would mark them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from handouts.comparison.characters import Characters, normalise
from handouts.comparison.differences import Difference, Span, find_differences
from handouts.comparison.edges import find_brackets, shift, trim
from handouts.comparison.joining import join
from handouts.comparison.joints import is_joint, is_remainder, turns_round
from handouts.comparison.kanji import complete
from handouts.comparison.labels import read_label
from handouts.comparison.words import split

_CLAUSE = re.compile(r"[^、。]*[、。]|[^、。]+")
# A clause of which only a word or two remained reads as a new one.
_NEW_CLAUSE = 0.8
# Of what stands in brackets, most.
_NEW_BRACKET = 0.5


@dataclass(frozen=True, slots=True)
class Marks:
    """The [start, end) of what was dropped or replaced in the old text, and of what is new in the new."""

    old: tuple[Span, ...]
    new: tuple[Span, ...]


def mark(old_text: str, new_text: str) -> Marks:
    """Return what changed between two texts of a paragraph, apart from label, width and blanks."""
    old, new = _read_words(old_text), _read_words(new_text)
    if old.text == new.text:
        return Marks((), ())
    if not (old.text and new.text):
        return Marks(_place(old, _whole(old.text)), _place(new, _whole(new.text)))
    changes = _find_changes(old, new)
    remainders = [change for change in changes if not turns_round(change, old.text, new.text)]
    return Marks(
        _mark_side(old, [change.old for change in changes], {change.old for change in remainders}),
        _mark_side(new, [change.new for change in changes], {change.new for change in remainders}),
    )


def _read_words(text: str) -> Characters:
    return normalise(text, read_label(text).end)


def _whole(text: str) -> list[Span]:
    return [(0, len(text))] if text else []


def _find_changes(old: Characters, new: Characters) -> list[Difference]:
    """Return the changes worth a mark, counted in characters."""
    before, after = split(old), split(new)
    changes = [
        Difference(before.starts[i1], before.starts[i2], after.starts[j1], after.starts[j2])
        for i1, i2, j1, j2 in shift(find_differences(before.words, after.words), before, after)
    ]
    said = [change for change in complete(changes, old, new) if not is_joint(change, old.text, new.text)]
    return join(said, old.text, new.text)


def _length(span: Span) -> int:
    return span[1] - span[0]


def _mark_side(
    characters: Characters, changed: Sequence[Span], remainders: Collection[Span]
) -> tuple[Span, ...]:
    text = characters.text
    spans = _swallow_short_runs(span for span in changed if span[0] < span[1])
    spans = _fill(text, spans)
    spans = [span for span in spans if not (span in remainders and is_remainder(text, span))]
    return _place(characters, [trim(text, span) for span in spans])


def _swallow_short_runs(spans: Iterable[Span]) -> list[Span]:
    """Join two marks where the unchanged run between them is not longer than either: eyes see one change."""
    joined: list[Span] = []
    for span in spans:
        while joined and span[0] - joined[-1][1] <= min(_length(span), _length(joined[-1])):
            span = joined.pop()[0], span[1]
        joined.append(span)
    return joined


def _fill(text: str, spans: Iterable[Span]) -> list[Span]:
    """Return the marks, with every bracket and every clause whole of which most is marked."""
    marked = bytearray(len(text))
    for start, end in spans:
        marked[start:end] = b"\x01" * (end - start)
    for start, end in find_brackets(text):
        if marked[start] != marked[end - 1] and marked.count(1, start, end) > _NEW_BRACKET * (end - start):
            marked[start:end] = b"\x01" * (end - start)
    for clause in _CLAUSE.finditer(text):
        start, end = clause.span()
        if marked.count(1, start, end) >= _NEW_CLAUSE * (end - start):
            marked[start:end] = b"\x01" * (end - start)
    return [run.span() for run in re.finditer(b"\x01+", marked)]


def _place(characters: Characters, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the marks as offsets into the given text, joined where they meet there."""
    placed: list[Span] = []
    for start, end in spans:
        first, last = characters.places[start][0], characters.places[end - 1][1]
        if placed and first <= placed[-1][1]:
            before = placed.pop()
            first, last = before[0], max(before[1], last)
        placed.append((first, last))
    return tuple(placed)
