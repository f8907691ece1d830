"""The printed label at the start of a paragraph: its kind, its number and where it ends."""

from __future__ import annotations

from dataclasses import dataclass

from handouts.dataset.labels import COMPOUND, KPI_FAMILIES, STANDALONE, Family, recognise

_PLAIN = ""

# From the outermost level to the innermost. No public plan uses all of them, but in none of them do two
# stand the other way round. Kinds on the same line share a level.
_LEVELS: tuple[tuple[str, ...], ...] = (
    (Family.ROMAN,),
    (Family.ARABIC,),
    (Family.CIRCLE, Family.DIAMOND),
    (Family.PAREN,),
    (Family.CIRCLED,),
    (Family.KATAKANA, Family.KATAKANA_PAREN),
    (Family.ROMAN_LOWER,),
    (Family.BULLET,),
    (Family.LATIN,),
    (Family.CAPTION, Family.KPI, Family.GROUP),
    (Family.HALF_PAREN,),
    (Family.NOTE, _PLAIN),
)
LEVEL = {kind: level for level, kinds in enumerate(_LEVELS) for kind in kinds}


@dataclass(frozen=True, slots=True)
class LeadingLabel:
    """What a paragraph begins with; `end` is where its own words begin."""

    kind: str
    number: int | None
    end: int


def read_label(text: str) -> LeadingLabel:
    """Return the label of `text`; a paragraph without one is plain and begins at its first character."""
    words = text.lstrip()
    start = len(text) - len(words)
    label = recognise(words)
    if label is None or label.family in STANDALONE:
        return _read_unlabelled(words, start)
    end = start + len(label.text)
    if label.family is not Family.KPI:
        return LeadingLabel(label.family, label.number, end)
    number = _read_number(text[end:])
    return LeadingLabel(label.family, number.number, end + number.end)


def _read_unlabelled(words: str, start: int) -> LeadingLabel:
    # What 【】 say may change like other words.
    if words.startswith("【"):
        return LeadingLabel(Family.CAPTION, None, 0)
    number = _read_number(words)
    return LeadingLabel(Family.HALF_PAREN, None, start + number.end) if number.end else number


def _read_number(text: str) -> LeadingLabel:
    """Return the number of a KPI."""
    if compound := COMPOUND.match(text):
        return LeadingLabel(Family.HALF_PAREN, None, compound.end())
    number = recognise(text)
    if number is None or number.family not in KPI_FAMILIES:
        return LeadingLabel(_PLAIN, None, 0)
    return LeadingLabel(number.family, number.number, len(number.text))
