"""The figure in a cell: what its format shows of a number, in yen where it says thousands or more."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any

from handouts.dataset.columns import IN_UNIT, Column, Form
from handouts.dataset.figures import SCALES, WHOLE_DIGITS, places_of, round_half_up
from handouts.dataset.typed_text import in_one_width
from handouts.dataset.yaml_text import Plain
from handouts.findings import Rule
from handouts.xlsx.grid import Cell
from handouts.xlsx.number_format import Shown, number_format

TOO_MANY_DIGITS = Rule(
    "cell.too-many-digits",
    "{field}の数は桁が多すぎます",
    "{field:allowed}",
    "{digits}桁までの数を書いてください",
)
UNSURE_FORMAT = Rule(
    "cell.unsure-format",
    "セルの値は {value} ですが、書式（{format}）のために、{field}がいくつなのか決まりません",
    "{field:allowed}",
    "セルの書式を「数値」か「標準」にして、数を確かめてください",
)
UNSURE_UNIT = Rule(
    "cell.unsure-unit",
    "書式に「{words}」とあるので、{field}「{value}」がいくつのことか決まりません",
    "{field:allowed}",
    "セルの書式を「数値」にして、数を打ち直してください",
)
MULTIPLIED = Rule(
    "cell.multiplied",
    "書式に「{words}」とあるので、{value} を {yen}円と読みました",
    remedy="違うときは、セルの書式を「数値」にして、円で打ち直してください",
    severity="warning",
)
UNSEEN_DECIMALS = Rule(
    "cell.unseen-decimals",
    "セルの値は {value} ですが、見えるとおりに {shown} と読みました",
    remedy="違うときは、セルの書式を「数値」にして、小数点より下の桁数を増やしてください",
    severity="warning",
)
# What the library reads of a number that Excel stored: it keeps fifteen digits and no more.
_DIGITS = 15
_SCALE = re.compile("[十百千万億兆]+")
_TYPED_DECIMALS = 4  # that somebody may have typed; more come from a calculation


class CellFault(Exception):
    """Why a cell cannot be read: the kind of finding, and what it says beside the `field`."""

    def __init__(self, rule: Rule, **values: Any) -> None:
        super().__init__(rule.id)
        self.rule, self.values = rule, values


@dataclass(frozen=True, slots=True)
class Remark:
    """What the writer of a cell should know of how it was read: the kind of finding, and its values."""

    rule: Rule
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Typed:
    """The value of a cell, None where it says nothing, with what its writer should know.

    `is_open` says that the cell does not state its decimals: 56 may be 56.0. `own_unit` is what the cell itself says that
    its figure is counted in, typed behind it or in its format, e.g. 件 or 千人.
    """

    value: Plain
    remarks: tuple[Remark, ...] = ()
    is_percent: bool = False
    is_open: bool = False
    own_unit: str = ""


def figure_text(cell: Cell) -> str:
    """The number in a cell, with as many decimals as it shows, and the % of a percentage."""
    shown = _shown(cell)
    return f"{shown.figure:f}{'%' if shown.percents else ''}"


def in_words(cell: Cell) -> str:
    """A number as a cell shows it in a column of words: with all that its format puts around it."""
    value = _stored(cell)
    return number_format(cell.format).text(value) if _is_short(value) else f"{value:f}"


def read_number(cell: Cell, column: Column) -> Typed:
    """The number that a cell shows in `column`, in full where its format divides it; raises CellFault."""
    shown = _shown(cell)
    if not _is_short(shown.figure):
        raise CellFault(TOO_MANY_DIGITS, digits=WHOLE_DIGITS)
    if shown.is_unsure or shown.percents > 1:
        raise CellFault(UNSURE_FORMAT, value=f"{_stored(cell):f}", format=cell.format)
    is_plain = not (shown.words or shown.thousands or shown.percents)
    return _plain(cell, shown) if is_plain else _scaled(cell, column, shown)


def _plain(cell: Cell, shown: Shown, own_unit: str = "") -> Typed:
    remarks, is_open = _unseen_decimals(cell, shown), not shown.is_stated
    return Typed(_whole(shown.figure), remarks, shown.percents > 0, is_open, own_unit)


def _scaled(cell: Cell, column: Column, shown: Shown) -> Typed:
    """The number in the unit of the column, whatever words its format has for thousands and more; raises CellFault."""
    found = _SCALE.search(shown.words)
    scale = found[0] if found else ""
    power = SCALES.get(scale)
    unit = shown.words[found.end() :] if found else shown.words
    is_multiple = bool(power) and not shown.thousands
    if (
        power is None
        or _is_unsure(shown, power)
        or not _is_known(unit, column, shown)
        or (is_multiple and not _counts(column, unit))
    ):
        raise CellFault(UNSURE_UNIT, words=shown.words or "%", value=f"{_stored(cell):f}")
    if column.form in IN_UNIT:
        return _plain(cell, shown, f"{scale}{unit}" if is_multiple else unit)
    return _multiplied(cell, shown, f"{scale}{unit}", power) if is_multiple else _plain(cell, shown)


def _is_unsure(shown: Shown, power: int) -> bool:
    """Whether the words of a format leave open how much its cell shows: about, or less or more than it is divided by."""
    is_divided_otherwise = bool(shown.thousands and shown.words) and power != 3 * shown.thousands
    return bool(shown.before) or "‰" in shown.words or is_divided_otherwise


def _is_known(unit: str, column: Column, shown: Shown) -> bool:
    """Whether the figures of a column may bear a unit: any where their row says its own, else those of the column."""
    if column.form in IN_UNIT:
        return True
    if shown.percents and column.form in (Form.YEN, Form.COUNT, Form.WHOLE):
        return False
    own = ("円",) if column.form is Form.YEN else map(in_one_width, column.suffixes)
    return not unit or in_one_width(unit) in own


def _counts(column: Column, unit: str) -> bool:
    """Whether thousands and more are said of yen, or of what its row counts in."""
    return column.form in IN_UNIT or (column.form is Form.YEN and unit == "円")


def _multiplied(cell: Cell, shown: Shown, unit: str, power: int) -> Typed:
    """An amount in yen of one in thousands or more, in full also where its cell shows no decimals."""
    yen = _stored(cell).copy_sign(shown.figure).scaleb(power)
    yen = round_half_up(yen) if cell.is_formula or yen == yen.to_integral_value() else yen
    values = {"words": unit, "value": f"{_stored(cell):,f}", "yen": f"{yen:,f}"}
    return Typed(_whole(yen), (Remark(MULTIPLIED, values),))


def _whole(value: Decimal) -> Decimal | int:
    return value if value.as_tuple().exponent else int(value)


def _unseen_decimals(cell: Cell, shown: Shown) -> tuple[Remark, ...]:
    """A remark where somebody typed a decimal that the cell does not show, and may not have seen that."""
    if cell.is_formula or not shown.is_stated:
        return ()
    stored = abs(_stored(cell)) * (100 if shown.percents else 1)
    if stored == abs(shown.figure) or places_of(stored.normalize()) > _TYPED_DECIMALS:
        return ()
    sign = "%" if shown.percents else ""
    values = {"value": f"{stored.normalize():f}{sign}", "shown": f"{abs(shown.figure):f}{sign}"}
    return (Remark(UNSEEN_DECIMALS, values),)


def _shown(cell: Cell) -> Shown:
    assert isinstance(cell.value, (int, float))
    return _shown_of(cell.value, cell.format, not cell.is_formula)


@lru_cache(maxsize=256)  # what is asked for of one cell several times, and figures that come again and again
def _shown_of(value: float, format_code: str, is_exact: bool) -> Shown:
    number = _decimal(value)
    return number_format(format_code).shown(number, is_exact) if _is_short(number) else Shown(number)


def _stored(cell: Cell) -> Decimal:
    assert isinstance(cell.value, (int, float))
    return _decimal(cell.value)


def _decimal(value: float) -> Decimal:
    return Decimal(value if isinstance(value, int) else f"{value:.{_DIGITS}g}")


def _is_short(value: Decimal) -> bool:
    """Whether it has so few digits that we can work with it; what is no number at all has not."""
    return value.is_finite() and value.adjusted() < WHOLE_DIGITS
