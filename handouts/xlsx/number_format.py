"""Number formats as Excel understands them: which section applies to a number, and what it makes of it.

A format has sections for what is positive, negative and zero, or with conditions of their own. (ECMA-376, 18.8.31)
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Literal, TypeAlias

# What a section shows of a number: its decimals as stated, as many as General shows, the value in another notation, a
# day or time, the text of the cell, or words alone.
SectionKind: TypeAlias = Literal["stated", "general", "other", "date", "text", "words"]

_TOKEN = re.compile(
    r"""(?P<quoted>"[^"]*"?)|\\(?P<escaped>.)|(?P<space>_.)|\*.|\[(?P<bracket>[^\]]*)\]?|(?P<section>;)"""
    r"""|(?P<general>General|G/標準)|(?P<exponent>E[+-])|(?P<sign>.)""",
    re.DOTALL | re.IGNORECASE,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9.]+)")
_COMPARED: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}
_RED = re.compile(r"red|赤|color\s*3", re.IGNORECASE)
_MINUS = frozenset("-−‐‑–—―－△▲")
_BRACKETS = ("()", "（）", "[]", "【】", "〔〕")
_CURRENCY = re.compile(r"[¥￥\\]")  # yen; other ones are words
_DATE_LETTERS = frozenset("ymdhsge")
_PLACES = frozenset("0#?")
_GENERAL_WIDTH = 11  # characters of a number in a cell that is wide enough
_MOST_PLACES = 10  # as many decimals as the fifteen digits of a number and `Decimal` have room for
_SHARE = 100


@dataclass(frozen=True, slots=True)
class Shown:
    """What a cell shows of a number: the `figure`, of a percentage 65.6, and the `words` around it, `before` it first.

    A figure that a format divides by thousands is the whole one; `thousands` says by how many of them it was divided.
    `is_stated` says whether the format says with how many decimals, `is_unsure` whether the number or its sign cannot
    be seen, or words stand among its digits.
    """

    figure: Decimal
    words: str = ""
    before: str = ""
    thousands: int = 0
    percents: int = 0
    is_stated: bool = False
    is_unsure: bool = False


@dataclass(slots=True)
class _Section:
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

    def settled(self) -> _Section:
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


class NumberFormat:
    """A number format by its code."""

    def __init__(self, code: str) -> None:
        sections = [section.settled() for section in _sections(code)]
        if len(sections) > 1 and sections[-1].kind == "text":
            sections.pop()  # is for texts
        self._sections = sections[:3]

    @property
    def is_date(self) -> bool:
        """Whether it shows numbers as days or times."""
        return self._sections[0].kind == "date"

    def shown(self, value: Decimal, is_exact: bool = True) -> Shown:
        """What a cell with this format shows of a number; where it is not `is_exact`, nobody means more than can be seen."""
        section, is_negative_one = self._section_for(value)
        figure = value * (_SHARE if section.percents else 1)
        has_minus, before, words = _without_sign(section)
        is_positive = is_negative_one and not (has_minus or section.is_red)
        is_unsure = (section.kind == "words" and value != 0) or is_positive or bool(section.among.strip())
        if value > 0 and has_minus:
            figure = -figure
        figure, is_stated = _as_seen(figure, section, is_exact)
        return Shown(figure, words, before, section.thousands, section.percents, is_stated, is_unsure)

    def text(self, value: Decimal) -> str:
        """A number as a cell with this format shows it, be it in words, in groups of three digits, or bare."""
        section, is_negative_one = self._section_for(value)
        if section.kind == "words":
            return section.before.strip()
        if section.kind not in ("stated", "general") or section.thousands or section.among.strip():
            return f"{_general(value):f}"
        figure = _as_seen(abs(value) * (_SHARE if section.percents else 1), section, is_exact=True)[0]
        minus = "-" if value < 0 and not is_negative_one else ""
        digits = f"{figure:,f}" if section.has_groups else f"{figure:f}"
        return f"{minus}{section.before}{digits}{'%' * section.percents}{section.behind}".strip()

    def _section_for(self, value: Decimal) -> tuple[_Section, bool]:
        """The section that applies to a number, and whether it is one of negative numbers, which shows no minus itself."""
        sections = self._sections
        first = sections[0]
        if any(section.condition for section in sections[:2]):
            for section in sections[:2]:
                if section.applies(value):
                    return section, False
            rest = sections[2:] if all(one.condition for one in sections[:2]) else sections[1:]
            return (rest[0] if rest else _Section(kind="general")), False
        if value < 0 and len(sections) > 1:
            return sections[1], True
        return (sections[2] if value == 0 and len(sections) > 2 else first), False


@lru_cache(maxsize=1024)
def number_format(code: str) -> NumberFormat:
    """The number format with this code."""
    return NumberFormat(code)


def _sections(code: str) -> Iterator[_Section]:
    section = _Section()
    for token in _TOKEN.finditer(code):
        kind, text = token.lastgroup, token[token.lastgroup] if token.lastgroup else ""
        if kind == "section":
            yield section
            section = _Section()
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
    yield section


def _take_bracket(section: _Section, text: str) -> None:
    if match := _CONDITION.fullmatch(text.strip()):
        section.condition = match[1], Decimal(match[2])
    elif text.startswith("$"):
        section.say(text[1:].partition("-")[0])
    elif re.fullmatch("h+|m+|s+", text, re.IGNORECASE):
        section.kind = "date"
    elif _RED.fullmatch(text.strip()):
        section.is_red = True


def _take_sign(section: _Section, text: str) -> None:
    if text in _PLACES or (text in ".,%/" and (section.marks or text != "/")):
        section.take(text)
    elif text == "@":
        section.kind = "text"
    elif text.lower() in _DATE_LETTERS:
        section.kind = "date"
    else:
        section.say(text)


def _without_sign(section: _Section) -> tuple[bool, str, str]:
    """Whether the words before and behind the digits are a minus or brackets around them, and the words without these.

    Those before the digits come first, then all of them.
    """
    before, behind = (_CURRENCY.sub("", part).strip() for part in (section.before, section.behind))
    has_minus = len(before) == 1 and before in _MINUS
    if any(before == pair[0] and behind.endswith(pair[1]) for pair in _BRACKETS):
        has_minus, behind = True, behind[:-1]
    before = "" if has_minus else re.sub(r"\s", "", before)
    return has_minus, before, re.sub(r"\s", "", f"{before}{section.among}{behind}")


def _as_seen(figure: Decimal, section: _Section, is_exact: bool) -> tuple[Decimal, bool]:
    """A figure with the decimals that are seen, and whether the format says how many; never without its whole part."""
    if section.kind == "general":
        return _general(figure), False
    if section.kind != "stated":
        return _bare(figure), False
    if section.thousands and is_exact:
        return _bare(figure), False
    least, most = (max(0, places - 3 * section.thousands) for places in (section.least, section.most))
    rounded = _bare(_rounded(figure, most))
    missing = least + min(0, _exponent(rounded))
    return rounded if missing <= 0 else rounded.quantize(Decimal(1).scaleb(-least)), True


def _general(figure: Decimal) -> Decimal:
    """A figure as General shows it in a cell that is wide enough."""
    bare = _bare(figure)
    whole = max(1, bare.adjusted() + 1)
    places = max(0, _GENERAL_WIDTH - whole - 1)
    if -_exponent(bare) <= places or whole > _GENERAL_WIDTH or abs(bare) < Decimal(1).scaleb(-places):
        return bare
    return _bare(_rounded(bare, places))


def _rounded(figure: Decimal, places: int) -> Decimal:
    return figure.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _bare(figure: Decimal) -> Decimal:
    """The same figure without zeros behind its decimals."""
    bare = figure.normalize()
    return bare.quantize(Decimal(1)) if _exponent(bare) > 0 else bare


def _exponent(figure: Decimal) -> int:
    exponent = figure.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0
