"""Which paragraph of this year belongs to which of last year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, takewhile

from handouts.comparison.characters import normalise
from handouts.comparison.labels import LEVEL, read_label

# How much each part counts towards the likeness of two paragraphs. Most of it is the text; the heading
# decides between texts that stand many times (【重要度：高】), kind and number where the text was rewritten.
_TEXT, _HEADING, _KIND, _NUMBER = 0.55, 0.3, 0.1, 0.05

# In their order, two paragraphs are the same from this likeness on: with the same heading and label, little
# of the text need remain.
_SAME = 0.4
# Out of their order, a paragraph is known by its text alone.
_SAME_TEXT = 0.6

Matrix = list[list[float]]
Partners = dict[int, int]


@dataclass(frozen=True, slots=True)
class Pair:
    """One row of the comparison: `old` is None where the paragraph is new, `new` where it was dropped."""

    old: int | None
    new: int | None


@dataclass(frozen=True, slots=True)
class _Paragraph:
    kind: str
    number: int | None
    text: str
    heading: int | None


def align(old: Sequence[str], new: Sequence[str]) -> tuple[Pair, ...]:
    """Return each paragraph once, by new index; a dropped one follows the pair of the old one before it."""
    before, after = _read_paragraphs(old), _read_paragraphs(new)
    texts = _compare_texts(before, after)
    likeness = _compare_paragraphs(before, after, texts)
    partners = _pair_in_order(likeness, len(before), len(after))
    partners = _pair_moved(before, after, texts, likeness, partners)
    return arrange(partners, len(before), len(after))


def _read_paragraphs(lines: Sequence[str]) -> list[_Paragraph]:
    """Return the paragraphs, each with the nearest one before it of an outer level as its heading."""
    paragraphs: list[_Paragraph] = []
    path: list[tuple[int, int]] = []
    for index, line in enumerate(lines):
        label = read_label(line)
        level = LEVEL[label.kind]
        while path and path[-1][0] >= level:
            path.pop()
        heading = path[-1][1] if path else None
        paragraphs.append(_Paragraph(label.kind, label.number, normalise(line, label.end).text, heading))
        path.append((level, index))
    return paragraphs


def _compare_texts(old: Sequence[_Paragraph], new: Sequence[_Paragraph]) -> Matrix:
    """Return the share of character bigrams (Dice) that each old text has in common with each new one."""
    numbers: dict[tuple[str, str], int] = {}
    old_bigrams = [_collect_bigrams(paragraph.text, numbers) for paragraph in old]
    new_bigrams = [_collect_bigrams(paragraph.text, numbers) for paragraph in new]
    sizes = [bigrams.bit_count() for bigrams in new_bigrams]
    return [
        [
            2 * (ours & theirs).bit_count() / (ours_size + theirs_size)
            for theirs, theirs_size in zip(new_bigrams, sizes, strict=True)
        ]
        for ours, ours_size in ((bigrams, bigrams.bit_count()) for bigrams in old_bigrams)
    ]


def _collect_bigrams(text: str, numbers: dict[tuple[str, str], int]) -> int:
    """Return the bigrams of `text` as a set of bits, with one at either edge so that no set is empty."""
    bits = 0
    for bigram in set(zip("\n" + text, text + "\n", strict=True)):
        bits |= 1 << numbers.setdefault(bigram, len(numbers))
    return bits


def _compare_paragraphs(old: Sequence[_Paragraph], new: Sequence[_Paragraph], texts: Matrix) -> Matrix:
    """Return the likeness of each old paragraph to each new one, headings (which come first) included."""
    likeness: Matrix = []
    for ours, row in zip(old, texts, strict=True):
        headings = None if ours.heading is None else likeness[ours.heading]
        likeness.append(
            [
                _TEXT * text
                + _HEADING * _compare_headings(headings, theirs.heading)
                + _compare_labels(ours, theirs)
                for theirs, text in zip(new, row, strict=True)
            ]
        )
    return likeness


def _compare_headings(likeness: list[float] | None, heading: int | None) -> float:
    if likeness is None or heading is None:
        return float(likeness is None and heading is None)
    return likeness[heading]


def _compare_labels(ours: _Paragraph, theirs: _Paragraph) -> float:
    if ours.kind != theirs.kind:
        return 0.0
    return _KIND + (_NUMBER if ours.number == theirs.number else 0.0)


def _pair_in_order(likeness: Matrix, old_count: int, new_count: int) -> Partners:
    """Return the old partner of new paragraphs such that no two pairs cross and the likeness is greatest."""
    best: Matrix = [[0.0] * (new_count + 1)]
    for row in likeness:
        above = best[-1]
        current = [0.0]
        for column, value in enumerate(row):
            current.append(max(current[-1], above[column + 1], above[column] + value - _SAME))
        best.append(current)
    return _trace(best, old_count, new_count)


def _trace(best: Matrix, i: int, j: int) -> Partners:
    """Walk back from the end of the table `best` and return the pairs its last value is made of."""
    partners: Partners = {}
    while i and j:
        if best[i][j] == best[i - 1][j]:
            i -= 1
        elif best[i][j] == best[i][j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            partners[j] = i
    return partners


def _pair_moved(
    old: Sequence[_Paragraph], new: Sequence[_Paragraph], texts: Matrix, likeness: Matrix, partners: Partners
) -> Partners:
    """Return `partners` with the paragraphs that were found again elsewhere."""
    candidates = _find_moved(texts, likeness, partners)
    telling = _find_single(old), _find_single(new)
    while True:
        taken = set(partners.values())
        found: Partners = {}
        for i, j in candidates:
            if i in taken or j in partners or j in found:
                continue
            # 【重要度：高】 stands everywhere: it moved only where its heading did, as an earlier round told.
            if (i in telling[0] and j in telling[1]) or _is_under_same_heading(old[i], new[j], partners):
                found[j] = i
                taken.add(i)
        if not found:
            return partners
        partners = partners | found


def _find_moved(texts: Matrix, likeness: Matrix, partners: Partners) -> list[tuple[int, int]]:
    """Return the pairs left over whose texts are the same or nearly so, the most alike first."""
    taken = set(partners.values())
    candidates = [
        (i, j)
        for i, row in enumerate(texts)
        if i not in taken
        for j, text in enumerate(row)
        if text >= _SAME_TEXT and j not in partners
    ]
    return sorted(candidates, key=lambda pair: -likeness[pair[0]][pair[1]])


def _find_single(paragraphs: Sequence[_Paragraph]) -> set[int]:
    """Return the paragraphs whose text stands only once."""
    times = Counter(paragraph.text for paragraph in paragraphs)
    return {index for index, paragraph in enumerate(paragraphs) if times[paragraph.text] == 1}


def _is_under_same_heading(ours: _Paragraph, theirs: _Paragraph, partners: Partners) -> bool:
    if ours.heading is None or theirs.heading is None:
        return ours.heading is theirs.heading
    return partners.get(theirs.heading) == ours.heading


def arrange(partners: Mapping[int, int], old_count: int, new_count: int) -> tuple[Pair, ...]:
    """The pairs in order: by new paragraph, dropped ones after the one that they stood behind.

    `partners` has the old index for each new one that is not new.
    """
    return tuple(_arranged(partners, old_count, new_count))


def _arranged(partners: Mapping[int, int], old_count: int, new_count: int) -> Iterator[Pair]:
    dropped = set(range(old_count)) - set(partners.values())
    yield from _follow(-1, dropped)
    for new in range(new_count):
        old = partners.get(new)
        yield Pair(old, new)
        if old is not None:
            yield from _follow(old, dropped)


def _follow(old: int, dropped: set[int]) -> Iterator[Pair]:
    """Yield the dropped paragraphs that stood right after `old`."""
    return (Pair(index, None) for index in takewhile(dropped.__contains__, count(old + 1)))
