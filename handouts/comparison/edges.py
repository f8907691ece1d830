"""Where a mark begins and ends: beside a word, a clause or a bracket, not within one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from handouts.comparison.characters import Characters
from handouts.comparison.differences import Difference, Span
from handouts.comparison.joints import is_negated
from handouts.comparison.words import Words

_OPENING, _CLOSING = "「『([{〈《【〔", "」』)]}〉》】〕"
_OPENING_CLASS, _CLOSING_CLASS = f"[{re.escape(_OPENING)}]", f"[{re.escape(_CLOSING)}]"

# What carries on the word before: no Japanese word begins with 図|る or ら of 進め|られる, and neither do
# 続|ける after its kanji nor た and て after a verb.
_CARRIED_ON = "(?:[らりるれろんっゃゅょ]|(?<=[一-鿿])[えけげめべきぎびみむ]|(?<=[っしえけせめれ])[たて])"
# Words so short that two texts often share one half: この for これ.
_SHORT_WORD = "(?:こ[とのれ]|そ[のれ]|もの)"

# How good an edge is between two characters; the first that fits counts.
_WORTH = tuple(
    (re.compile(pattern), worth)
    for pattern, worth in (
        (rf".[、。]|.{_CLOSING_CLASS}|{_OPENING_CLASS}.", 0),
        ("。.", 5),
        ("、.", 4),
        (rf".{_CARRIED_ON}|{_SHORT_WORD}", 0),
        (rf".{_OPENING_CLASS}|{_CLOSING_CLASS}.", 3),
        ("[ぁ-ん][^ぁ-ん]", 3),
        ("[ぁ-ん]{2}|[一-鿿]{2}", 1),
        ("..", 2),
    )
)
_WORTH_OF_BLANK, _WORTH_OF_END = 4, 5

_HALVES = re.compile(_SHORT_WORD)
# What a mark takes of the text after it: particles up to a comma, else the rest of its last word.
_CARRY_ON = re.compile(f"[ぁ-ん]+(?=、)|{_CARRIED_ON}*")
# What a mark may begin with of the clause before: 進め[ており、新たに始める。]
_LEFT_OVER = re.compile(f"[ぁ-ん]{{0,3}}[、。]|{_CARRIED_ON}+")
_CLAUSE_BEGINS_AFTER = re.compile(f"[、。]|{_OPENING_CLASS}")


def shift(differences: Sequence[Difference], old: Words, new: Words) -> list[Difference]:
    """Return the differences (in words), those that only add or only drop between the best edges.

    対応す[る。また知らせ]る。 and 対応する。[また知らせる。] are the same addition.
    """
    shifted: list[Difference] = []
    before = Difference(0, 0, 0, 0)
    last = Difference(len(old.words), len(old.words), len(new.words), len(new.words))
    for here, after in zip(differences, [*differences[1:], last], strict=True):
        move = 0
        if here.old_start == here.old_end:
            move = _find_move(new, here.new, before.new_end, after.new_start)
        elif here.new_start == here.new_end:
            move = _find_move(old, here.old, before.old_end, after.old_start)
        before = Difference(*(position + move for position in here))
        shifted.append(before)
    return shifted


def _find_move(side: Words, span: Span, lowest: int, highest: int) -> int:
    """Return by how many words to move `span`, the least if several edges are as good."""
    start, end = span

    def is_same(move: int) -> bool:
        return side.words[start + move] == side.words[end + move]

    def rate(move: int) -> int:
        return sum(_rate(side.characters, side.starts[edge + move]) for edge in span)

    left = takewhile(is_same, range(-1, lowest - start - 1, -1))
    right = (move + 1 for move in takewhile(is_same, range(highest - end)))
    return max(sorted([0, *left, *right], key=abs), key=rate)


def _rate(characters: Characters, position: int) -> int:
    if position in (0, len(characters.text)):
        return _WORTH_OF_END
    if characters.is_apart(position):
        return _WORTH_OF_BLANK
    pair = characters.text[position - 1 : position + 1]
    return next(worth for pattern, worth in _WORTH if pattern.fullmatch(pair))


def trim(text: str, span: Span) -> Span:
    """Return `span` without what belongs to the words before it, but with all of its last word.

    Where it ends a clause, the particles up to the comma belong to that word: [放送については]、
    """
    start = span[0] - _is_halved(text, span[0])
    end = span[1] + _is_halved(text, span[1])
    left_over = _LEFT_OVER.match(text, start, end)
    if left_over and _belongs_before(text, left_over.span()):
        start = left_over.end()
    carry_on = _CARRY_ON.match(text, end)
    end = carry_on.end() if carry_on else end
    while start < end < len(text) and text[end - 1] in _OPENING:
        end -= 1
    while 0 < start < end and text[start] in _CLOSING:
        start += 1
    return (start, end) if start < end else span


def _is_halved(text: str, position: int) -> bool:
    return position > 0 and _HALVES.match(text, position - 1) is not None


def _belongs_before(text: str, left_over: Span) -> bool:
    start = left_over[0]
    return start > 0 and not _CLAUSE_BEGINS_AFTER.match(text, start - 1) and not is_negated(text, left_over)


def find_brackets(text: str) -> Iterator[Span]:
    """Yield each pair of brackets with what it holds, the inner before the outer."""
    open_at: list[int] = []
    for position, character in enumerate(text):
        if character in _OPENING:
            open_at.append(position)
        elif open_at and character == _CLOSING[_OPENING.index(text[open_at[-1]])]:
            yield open_at.pop(), position + 1
