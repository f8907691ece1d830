"""Edits of a printed text dealt out to the pieces that it was made of, so that a figure changes where it lives."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from handouts.comparison.differences import Difference, find_differences
from handouts.comparison.words import list_words
from handouts.measures.filling import Segment

# A stretch of more words than these is another sentence where fewer than this share of them is left.
_FEW_WORDS, _LEFT_OF_ANOTHER = 8, 0.35
_FIGURE = re.compile(r"[△▲-]?\d[\d.,．，]*")


@dataclass(frozen=True, slots=True)
class TextEdit:
    """printed[start:end] became `text`; nothing was there, or nothing is left, where one of the two is empty."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of the old text and the segment that it stands in."""

    text: str
    segment: int


@dataclass(frozen=True, slots=True)
class _Company:
    """The words of an edited stretch before and after, each with one more at both of its ends."""

    old: Sequence[str]
    new: Sequence[str]

    def is_kept(self, old: int, new: int) -> bool:
        """Whether the word before or behind is the same, so that a figure may be the same in another amount.

        Else the whole place was written anew, and its figure is about something else.
        """
        return self.old[old + 2] == self.new[new + 2] or self.old[old] == self.new[new]


def edits_between(old: str, new: str) -> tuple[TextEdit, ...]:
    """What turns one text into the other, word by word, where nobody has marked it."""
    before, after = list_words(old), list_words(new)
    starts = (0, *accumulate(map(len, before)))
    return tuple(
        TextEdit(starts[one.old_start], starts[one.old_end], "".join(after[one.new_start : one.new_end]))
        for one in find_differences(before, after)
    )


def edited_text(text: str, edits: Iterable[TextEdit]) -> str:
    """The text with the edits made, which are in its order and do not overlap."""
    parts, at = [], 0
    for edit in edits:
        parts += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*parts, text[at:]])


def share_out(segments: Sequence[Segment], edits: Iterable[TextEdit]) -> tuple[str, ...]:
    """What each segment says after the edits; joined they are the edited text.

    A word that stands between two segments goes to the text around a figure rather than to the figure, and a figure in
    the place of a figure to that one.
    """
    starts = (0, *accumulate(len(segment.text) for segment in segments))
    shares: list[list[str]] = [[] for _ in segments]
    at = last = 0
    for edit in edits:
        _keep(shares, segments, starts, at, edit.start)
        for word in _dealt(segments, starts, edit, last):
            shares[word.segment].append(word.text)
            last = word.segment
        at = edit.end
    _keep(shares, segments, starts, at, starts[-1])
    return tuple("".join(share) for share in shares)


def _keep(
    shares: list[list[str]], segments: Sequence[Segment], starts: Sequence[int], start: int, end: int
) -> None:
    """Gives each segment what stays of it between two places of the text."""
    for index, (first, last) in enumerate(pairwise(starts)):
        inside = segments[index].text[max(start - first, 0) : max(min(end, last) - first, 0)]
        if inside and first < end:
            shares[index].append(inside)


def _dealt(segments: Sequence[Segment], starts: Sequence[int], edit: TextEdit, first: int) -> Iterator[_Word]:
    """The words of an edit, each with the segment that it belongs to now, none before the `first` that is left."""
    old = list(_words_between(segments, starts, edit.start, edit.end))
    if not old:
        yield _Word(edit.text, _segment_for_new(segments, starts, edit, first))
        return
    if len({word.segment for word in old}) == 1:
        yield _Word(edit.text, old[0].segment)
        return
    printed = "".join(segment.text for segment in segments)
    company = _Company(
        [printed[: edit.start][-1:], *(word.text for word in old), printed[edit.end :][:1]],
        [printed[: edit.start][-1:], *(new := list_words(edit.text)), printed[edit.end :][:1]],
    )
    differences = find_differences([word.text for word in old], new)
    left = len(old) - sum(one.old_end - one.old_start for one in differences)
    is_anew = len(old) > _FEW_WORDS and left < _LEFT_OF_ANOTHER * len(old)
    at = 0
    for one in differences:
        yield from old[at : one.old_start]
        yield from _replaced(segments, old, one, new, None if is_anew else company)
        at = one.old_end
    yield from old[at:]


def _words_between(
    segments: Sequence[Segment], starts: Sequence[int], start: int, end: int
) -> Iterator[_Word]:
    for index, (first, last) in enumerate(pairwise(starts)):
        if first < end and last > start:
            inside = segments[index].text[max(start - first, 0) : end - first]
            yield from (_Word(word, index) for word in list_words(inside))


def _replaced(
    segments: Sequence[Segment],
    old: Sequence[_Word],
    one: Difference,
    new: Sequence[str],
    company: _Company | None,
) -> Iterator[_Word]:
    """New words in the place of old ones: figures go to figures in their company, words to the freest between them.

    There is no company where the whole was written anew.
    """
    beside = (
        old[max(one.old_start - 1, 0) : one.old_end + 1]
        if one.old_start == one.old_end
        else old[slice(*one.old)]
    )
    places: dict[int, int] = {}
    figures = [at for at in range(*one.old) if _FIGURE.fullmatch(old[at].text)]
    for at in range(*one.new):
        partner = next((figure for figure in figures if company and company.is_kept(figure, at)), None)
        if partner is not None and _FIGURE.fullmatch(new[at]):
            places[at] = old[partner].segment
            figures = [figure for figure in figures if figure > partner]
    first, last = beside[0].segment, beside[-1].segment
    for at in range(*one.new):
        place = places.get(at)
        if place is None:
            limit = next((places[later] for later in range(at, one.new_end) if later in places), last)
            between = {word.segment for word in beside if first <= word.segment <= limit} or {first}
            place = min(sorted(between), key=lambda index: _rigidity(segments[index]))
        first = place
        yield _Word(new[at], place)


def _segment_for_new(segments: Sequence[Segment], starts: Sequence[int], edit: TextEdit, least: int) -> int:
    """The segment that takes in a text where nothing was: the one around it, at an edge the freest."""
    beside = [
        index
        for index, (first, last) in enumerate(pairwise(starts))
        if first <= edit.start <= last and index >= least
    ] or [least]
    return _freest(segments, beside, edit.text)


def _freest(segments: Sequence[Segment], beside: Sequence[int], text: str) -> int:
    """Of the segments beside a place the one whose words are the freest; digits belong to a figure that they touch."""
    if re.fullmatch(r"[\d.,．，]+", text):
        for index in beside:
            if _FIGURE.fullmatch(segments[index].text):
                return index
    return min(beside, key=lambda index: _rigidity(segments[index]))


def _rigidity(segment: Segment) -> int:
    if segment.reference is None:
        return 0
    return {"sentence": 1, "name": 2, "": 9}.get(segment.field, 3)
