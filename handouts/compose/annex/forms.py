"""Figures as cells: Excel's number formats, which show a number as the handout prints it."""

from __future__ import annotations

import re
from decimal import Decimal

from handouts.compose.annex.cells import AnnexCell, CellAlign
from handouts.dataset.figures import DECIMAL_DIGITS, WHOLE_DIGITS, is_percent_unit, places_of
from handouts.dataset.kpis import Kpi
from handouts.measures.wording import number_text, thousands
from handouts.xlsx.notation import with_triangle

_DIGITS = tuple("0123456789.,")
_LONGEST_UNIT = 40  # characters; a number format has at most 255
_MOST_DIGITS = 15  # that Excel keeps of a number
_FIGURE = re.compile(rf"(△?)(\d[\d,]{{0,{WHOLE_DIGITS + 5}}}(?:\.\d{{1,{DECIMAL_DIGITS}}})?)(.*)")


def number_form(places: int, unit: str = "") -> str:
    """The format of numbers with so many decimals, their unit behind, △ before those below zero.

    A unit that begins with % shows the hundredfold, as Excel does everywhere, whichever width it was typed in.
    """
    sign = "%" if is_percent_unit(unit[:1]) else ""
    rest = unit[len(sign) :]
    decimals = f".{'0' * places}" if places else ""
    behind = sign + (f'"{_escaped(rest)}"' if rest else "")
    body = f"#,##0{decimals}{behind}"
    return f"{with_triangle(body)};0{decimals}{behind}"


def stored(figure: Decimal, unit: str = "") -> Decimal:
    """The figure as the cell holds it: of 62.2% the number 0.622."""
    return figure.scaleb(-2) if is_percent_unit(unit[:1]) else figure


def number_cell(
    figure: Decimal | int, unit: str = "", formula: str = "", align: CellAlign = "right"
) -> AnnexCell:
    """A number that shows as the handout prints it, or a formula with it as its result."""
    figure = Decimal(figure)
    if not formula and (len(unit) > _LONGEST_UNIT or len(figure.as_tuple().digits) > _MOST_DIGITS):
        return text_cell(f"{number_text(figure)}{unit}", align)
    return AnnexCell(stored(figure, unit), formula, number_form(places_of(figure), unit), align)


def thousands_cell(yen: int, name: str) -> AnnexCell:
    """An amount in 千円, rounded from the whole yen of the cell `name`."""
    return number_cell(thousands(yen), formula=rounded(f"{name}/1000", 0))


def text_cell(text: str, align: CellAlign = "left") -> AnnexCell:
    """A text; an empty one is no content at all."""
    return AnnexCell(text or None, align=align)


def shown_cell(text: str, align: CellAlign = "right") -> AnnexCell:
    """A printed text such as 1,640事業所以上 as the number that it begins with, where it shows the same then."""
    match = _FIGURE.fullmatch(text)
    if not match:
        return text_cell(text, align)
    sign, digits, unit = match.groups()
    figure = Decimal(digits.replace(",", "")) * (-1 if sign else 1)
    if f"{number_text(figure)}{unit}" != text or unit.startswith(_DIGITS):
        return text_cell(text, align)
    return number_cell(figure, unit, align=align)


def result_cell(kpi: Kpi, result: Decimal | str | None) -> AnnexCell:
    """What came of a KPI, in its unit; words in the middle."""
    if isinstance(result, Decimal):
        return number_cell(result, kpi.unit)
    return text_cell(result or "", "center")


def rounded(formula: str, places: int) -> str:
    """The formula rounded half up to so many places, as everything here is."""
    return f"ROUND({formula},{places})"


def _escaped(text: str) -> str:
    return text.replace('"', '"\\""')
