"""Which characters of a paragraph changed against last year's, as a careful reader would mark them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from handouts.comparison.characters import Characters, normalise
from handouts.comparison.differences import Difference, find_differences
from handouts.comparison.labels import read_label

Span = tuple[int, int]

# A figure with its sign, a Latin and a katakana word change as a whole; Japanese words are not spaced, so all
# else is compared by character.
_WORD = re.compile(r"[△▲-]?\d+(?:[.,]\d+)*|[A-Za-zÀ-ɏ]+|[ァ-ヺー]+|[\s\S]")

# することで for して, or another comma, is a joint of the sentence, not what it says: nobody marks it.
_JOINT = re.compile(r"[ぁ-ん、。]{0,3}")
# But 行う and 行わない are not the same.
_NEGATION = re.compile(r"な[いくけ]|せん|ず|ぬ")

_CLAUSE = re.compile(r"[^、。]*[、。]|[^、。]+")
# A clause of which only a word or two remained reads as a new one.
_NEW_CLAUSE = 0.8


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
    changes = _find_changes(old.text, new.text)
    return Marks(
        _mark_side(old, [(change.old_start, change.old_end) for change in changes]),
        _mark_side(new, [(change.new_start, change.new_end) for change in changes]),
    )


def _read_words(text: str) -> Characters:
    return normalise(text, read_label(text).end)


def _find_changes(old: str, new: str) -> list[Difference]:
    """Return the changes worth a mark, counted in characters."""
    if not (old and new):
        return [Difference(0, len(old), 0, len(new))]
    old_words, new_words = _WORD.findall(old), _WORD.findall(new)
    old_starts, new_starts = _find_starts(old_words), _find_starts(new_words)
    changes = [
        Difference(old_starts[i1], old_starts[i2], new_starts[j1], new_starts[j2])
        for i1, i2, j1, j2 in find_differences(old_words, new_words)
    ]
    return [change for change in changes if not _is_joint(change, old, new)]


def _find_starts(words: Sequence[str]) -> list[int]:
    return [0, *accumulate(map(len, words))]


def _is_joint(change: Difference, old: str, new: str) -> bool:
    before, after = (change.old_start, change.old_end), (change.new_start, change.new_end)
    if not (_JOINT.fullmatch(old, *before) and _JOINT.fullmatch(new, *after)):
        return False
    return _is_negated(old, *before) == _is_negated(new, *after)


def _is_negated(text: str, start: int, end: int) -> bool:
    # With a character on either side: in よい and よくない only くな differs.
    return _NEGATION.search(text, max(start - 1, 0), end + 1) is not None


def _mark_side(characters: Characters, changed: Iterable[Span]) -> tuple[Span, ...]:
    spans = _swallow_short_runs(span for span in changed if span[0] < span[1])
    return _place(characters, _fill_clauses(characters.text, spans))


def _swallow_short_runs(spans: Iterable[Span]) -> list[Span]:
    """Join two marks where the unchanged run between them is not longer than either: eyes see one change."""
    joined: list[Span] = []
    for start, end in spans:
        while joined and start - joined[-1][1] <= min(end - start, joined[-1][1] - joined[-1][0]):
            start = joined.pop()[0]
        joined.append((start, end))
    return joined


def _fill_clauses(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    """Return the marks, with every clause whole of which nearly all is marked."""
    marked = bytearray(len(text))
    for start, end in spans:
        marked[start:end] = b"\x01" * (end - start)
    for clause in _CLAUSE.finditer(text):
        start, end = clause.span()
        if sum(marked[start:end]) >= _NEW_CLAUSE * (end - start):
            marked[start:end] = b"\x01" * (end - start)
    return (run.span() for run in re.finditer(b"\x01+", marked))


def _place(characters: Characters, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the marks as offsets into the given text, joined where one character became several."""
    placed: list[Span] = []
    for start, end in spans:
        first, last = characters.places[start][0], characters.places[end - 1][1]
        if placed and first <= placed[-1][1]:
            first = placed.pop()[0]
        placed.append((first, last))
    return tuple(placed)
