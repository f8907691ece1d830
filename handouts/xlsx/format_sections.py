"""The sections of a number format, taken apart: their words, the places of their digits, and when they apply."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, TypeAlias

# What a section shows of a number: its decimals as stated, as many as General shows, the value in another notation, a
# day or time, the text of the cell, or words alone.
SectionKind: TypeAlias = Literal["stated", "general", "other", "date", "text", "words"]

_TOKEN = re.compile(
    r"""(?P<quoted>"[^"]*"?)|\\(?P<escaped>.)|(?P<space>_.)|\*.|\[(?P<bracket>[^\]]*)\]?|(?P<section>;)"""
    r"""|(?P<general>General|G/標準)|(?P<exponent>E[+-])|(?P<sign>.)""",
    re.DOTALL | re.IGNORECASE,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?(?:[0-9]+\.?[0-9]*|\.[0-9]+))")
_COMPARED: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}
_RED = re.compile(r"red|赤|color\s*3", re.IGNORECASE)
_DATE_LETTERS = frozenset("ymdhsge")
_PLACES = frozenset("0#?")
_MOST_PLACES = 10  # as many decimals as the fifteen digits of a number and `Decimal` have room for


@dataclass(slots=True)
class FormatSection:
    """A part of a format: words before, among and behind the places of its digits."""

    before: str = ""
    among: str = ""
    behind: str = ""
    condition: tuple[str, Decimal] | None = None
    kind: SectionKind = "words"
    is_red: bool = False
    least: int = 0  # decimals
    most: int = 0
    thousands: int = 0
    percents: int = 0
    has_groups: bool = False
    marks: list[str] = field(default_factory=list)

    def applies(self, value: Decimal) -> bool:
        """Whether the condition holds; with none it does not."""
        return self.condition is not None and _COMPARED[self.condition[0]](value, self.condition[1])

    def say(self, text: str) -> None:
        """Takes in literal text."""
        if not self.marks:
            self.before += text
        else:
            self.behind += text

    def take(self, sign: str) -> None:
        """Takes in a place of a digit, or what belongs to the number."""
        if sign in _PLACES and self.behind.strip():
            self.among, self.behind = self.among + self.behind, ""
        self.marks.append(sign)

    def settled(self) -> FormatSection:
        """The section with what its marks amount to."""
        marks = "".join(self.marks)
        whole, _, decimals = re.sub("[%,]", "", marks).partition(".")
        is_number = bool(_PLACES & set(marks))
        if self.kind == "words" and is_number:
            is_plain = not re.search("[E/]", whole + decimals)
            self.kind = "stated" if is_plain else "other"
        self.least = min(decimals.count("0"), _MOST_PLACES)
        self.most = min(len(decimals), _MOST_PLACES)
        self.percents = marks.count("%")
        trailing = re.search(r"[0#?](,+)(?![0#?,])", marks.replace("%", ""))
        self.thousands = len(trailing[1]) if trailing and is_number else 0
        self.has_groups = bool(re.search(r"[0#?],+[0#?]", marks))
        return self


def sections_of(code: str) -> Iterator[FormatSection]:
    """The sections of a format by its code, in their order."""
    section = FormatSection()
    for token in _TOKEN.finditer(code):
        kind, text = token.lastgroup, token[token.lastgroup] if token.lastgroup else ""
        if kind == "section":
            yield section.settled()
            section = FormatSection()
        elif kind == "quoted":
            section.say(text.strip('"'))
        elif kind in ("escaped", "space"):
            section.say(text if kind == "escaped" else " ")
        elif kind == "bracket":
            _take_bracket(section, text)
        elif kind == "general":
            section.kind = "general"
            section.marks.append("")
        elif kind == "exponent":
            section.take("E")
        elif kind == "sign":
            _take_sign(section, text)
    yield section.settled()


def _take_bracket(section: FormatSection, text: str) -> None:
    if match := _CONDITION.fullmatch(text.strip()):
        section.condition = match[1], Decimal(match[2])
    elif text.startswith("$"):
        section.say(text[1:].partition("-")[0])
    elif re.fullmatch("h+|m+|s+", text, re.IGNORECASE):
        section.kind = "date"
    elif _RED.fullmatch(text.strip()):
        section.is_red = True


def _take_sign(section: FormatSection, text: str) -> None:
    if text in _PLACES or (text in ".,%/" and (section.marks or text != "/")):
        section.take(text)
    elif text == "@":
        section.kind = "text"
    elif text.lower() in _DATE_LETTERS:
        section.kind = "date"
    else:
        section.say(text)
