"""Figures as entered: parsing what people type, and the one place where anything is rounded."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from handouts.dataset.typed_text import in_one_width

# Far above any figure of the association, and far below what `Decimal` rounds without loss.
WHOLE_DIGITS = 15
DECIMAL_DIGITS = 6
_MINUS = "△▲−‐‑–—-"  # the last one is the hyphen itself
_NUMBER = re.compile(r"-?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?")
_BRACKETED = re.compile(r"\((.*)\)")
_MINUS_BEFORE = re.compile(rf"^[{_MINUS}]\s*")
_YEN_BEFORE = re.compile(rf"^([({_MINUS}]?)\s*[¥\\]\s*")
_YEN = re.compile(r"(.*?)\s*(?:([十百千万億兆]*)円)?")
# Powers of ten that yen are counted in.
SCALES = {
    "": 0,
    "十": 1,
    "百": 2,
    "千": 3,
    "万": 4,
    "十万": 5,
    "百万": 6,
    "千万": 7,
    "億": 8,
    "十億": 9,
    "百億": 10,
    "千億": 11,
    "兆": 12,
}


def round_half_up(value: Decimal, places: int = 0) -> Decimal:
    """`value` with `places` decimals, halves away from zero as the public documents round."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def places_of(figure: Decimal) -> int:
    """How many decimals a figure has."""
    exponent = figure.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def is_percent_unit(unit: str) -> bool:
    """Whether figures in this unit are rates: %, whichever width it was typed in."""
    return unit in ("%", "％")


def parse_number(text: str) -> Decimal:
    """The number in `text`, with thousands separators, full-width digits, △ or brackets for minus; raises ValueError."""
    typed = _with_minus(in_one_width(text))
    match = _NUMBER.fullmatch(typed)
    if not match:
        raise ValueError("数として読めません")
    if len(match[1].replace(",", "")) > WHOLE_DIGITS or len(match[2] or "") > DECIMAL_DIGITS + 1:
        raise ValueError("桁が多すぎます")
    return Decimal(typed.replace(",", ""))


def parse_yen(text: str) -> int:
    """Whole yen from 2902000, 2,902,000円, ￥2,902,000, 2,902千円, 12万円 or 1.5億円; raises ValueError for anything else."""
    typed = _YEN_BEFORE.sub(r"\1", in_one_width(text))
    match = _YEN.fullmatch(typed)
    if not match or (match[2] or "") not in SCALES:
        raise ValueError("数として読めません")
    value = parse_number(match[1]).scaleb(SCALES[match[2] or ""])
    if value != value.to_integral_value():
        raise ValueError("円未満の端数があります")
    return int(value)


def _with_minus(text: str) -> str:
    """A number with a hyphen before it where it has another sign or brackets around it."""
    bracketed = _BRACKETED.fullmatch(text)
    return f"-{bracketed[1]}" if bracketed else _MINUS_BEFORE.sub("-", text)
