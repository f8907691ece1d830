"""Figures as entered: parsing what people type, and the one place where anything is rounded."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from handouts.dataset.typed_text import in_one_width

# Far above any figure of the association, and far below what `Decimal` rounds without loss.
WHOLE_DIGITS = 15
DECIMAL_DIGITS = 6


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
    """The number in `text`, with thousands separators, full-width digits and △ for minus; raises ValueError."""
    typed = in_one_width(text).replace("△", "-").replace("▲", "-")
    match = re.fullmatch(r"-?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?", typed)
    if not match:
        raise ValueError("数として読めません")
    if len(match[1].replace(",", "")) > WHOLE_DIGITS or len(match[2] or "") > DECIMAL_DIGITS + 1:
        raise ValueError("桁が多すぎます")
    return Decimal(typed.replace(",", ""))


def parse_yen(text: str) -> int:
    """Whole yen from 2902000, 2,902,000円 or 2,902千円; raises ValueError for anything else."""
    typed = in_one_width(text)
    match = re.fullmatch(r"(.*?)\s*(千円|円)?", typed)
    value = parse_number(match[1] if match else typed)
    if match and match[2] == "千円":
        value *= 1000
    if value != value.to_integral_value():
        raise ValueError("円未満の端数があります")
    return int(value)
