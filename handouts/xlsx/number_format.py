"""Number formats as Excel understands them: which section applies to a number, and what it makes of it.

A format has sections for what is positive, negative and zero, or with conditions of their own. (ECMA-376, 18.8.31)
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from handouts.xlsx.format_sections import FormatSection, sections_of

_MINUS = frozenset("-−‐‑–—―－△▲")
_BRACKETS = ("()", "（）", "[]", "【】", "〔〕")
_CURRENCY = re.compile(r"[¥￥\\]")  # yen; other ones are words
_GENERAL_WIDTH = 11  # characters of a number in a cell that is wide enough
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


class NumberFormat:
    """A number format by its code."""

    def __init__(self, code: str) -> None:
        sections = list(sections_of(code))
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

    def _section_for(self, value: Decimal) -> tuple[FormatSection, bool]:
        """The section that applies to a number, and whether it is one of negative numbers, which shows no minus itself."""
        sections = self._sections
        first = sections[0]
        if any(section.condition for section in sections[:2]):
            for section in sections[:2]:
                if section.applies(value):
                    return section, False
            rest = sections[2:] if all(one.condition for one in sections[:2]) else sections[1:]
            return (rest[0] if rest else FormatSection(kind="general")), False
        if value < 0 and len(sections) > 1:
            return sections[1], True
        return (sections[2] if value == 0 and len(sections) > 2 else first), False


@lru_cache(maxsize=1024)
def number_format(code: str) -> NumberFormat:
    """The number format with this code."""
    return NumberFormat(code)


def _without_sign(section: FormatSection) -> tuple[bool, str, str]:
    """Whether the words before and behind the digits are a minus or brackets around them, and the words without these.

    Those before the digits come first, then all of them.
    """
    before, behind = (_CURRENCY.sub("", part).strip() for part in (section.before, section.behind))
    has_minus = len(before) == 1 and before in _MINUS
    if any(before == pair[0] and behind.endswith(pair[1]) for pair in _BRACKETS):
        has_minus, behind = True, behind[:-1]
    before = "" if has_minus else re.sub(r"\s", "", before)
    return has_minus, before, re.sub(r"\s", "", f"{before}{section.among}{behind}")


def _as_seen(figure: Decimal, section: FormatSection, is_exact: bool) -> tuple[Decimal, bool]:
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
