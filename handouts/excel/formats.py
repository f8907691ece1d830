"""How the cells of a workbook look: fonts, colours, number formats, each made once for a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from handouts.dataset.columns import FIGURES, Column, Form
from handouts.dataset.figures import places_of
from handouts.xlsx.notation import with_triangle

FONT = "BIZ UDゴシック"
_INPUT = "#FFFBE6"  # what is entered
_COMPUTED = "#ECEFF1"  # what the program fills in
_HEAD = "#D6E3F0"
_LINE = "#B0B0B0"
_BASE: Mapping[str, Any] = {"font_name": FONT, "font_size": 10, "valign": "top"}
_LOOKS: Mapping[str, Mapping[str, Any]] = {
    "title": {"bold": True, "font_size": 14, "valign": "vcenter"},
    "about": {"font_color": "#404040"},
    "head": {
        "bold": True,
        "bg_color": _HEAD,
        "border": 1,
        "border_color": _LINE,
        "text_wrap": True,
    },
    "open head": {
        "bold": True,
        "bg_color": _HEAD,
        "border": 1,
        "border_color": _LINE,
        "text_wrap": True,
        "locked": False,
    },
    "label": {"bg_color": _HEAD, "border": 1, "border_color": _LINE, "locked": False},
    "computed head": {
        "italic": True,
        "bg_color": _COMPUTED,
        "border": 1,
        "border_color": _LINE,
        "text_wrap": True,
    },
    "input": {"bg_color": _INPUT, "border": 1, "border_color": _LINE, "locked": False},
    "computed": {"bg_color": _COMPUTED, "border": 1, "border_color": _LINE, "font_color": "#505050"},
    "free": {"locked": False},
    "total": {"num_format": "#,##0", "bold": True},
    "total label": {"bold": True, "align": "right"},
    "guide": {"text_wrap": True},
    "guide head": {"bold": True, "font_size": 12, "bottom": 1, "bottom_color": _LINE},
}


class CellFormats:
    """The formats of one workbook by what they are for."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[str, str, bool, str, bool], Any] = {}

    def of(
        self,
        look: str,
        number: str = "General",
        wraps: bool = False,
        align: str = "",
        is_strong: bool = False,
    ) -> Any:
        """The format of a look, with a number format, line breaks, an alignment, bold or not."""
        key = (look, number, wraps, align, is_strong)
        if key not in self._made:
            properties: dict[str, Any] = {**_BASE, **_LOOKS[look]}
            if number != "General":
                properties["num_format"] = number
            if wraps:
                properties["text_wrap"] = True
            if is_strong:
                properties["bold"] = True
            if align:
                properties["align"] = align
            self._made[key] = self._book.add_format(properties)
        return self._made[key]

    def of_cell(self, column: Column, number: str = "", is_strong: bool = False) -> Any:
        """The format of a cell of a column; `number` where its value has a number format of its own."""
        look = "computed" if column.is_computed else "input"
        return self._of_column(look, column, number, is_strong)

    def below(self, column: Column) -> Any:
        """The format of the cells below a table: what is typed there looks as in the table, without its colours."""
        return self._of_column("free", column)

    def _of_column(self, look: str, column: Column, number: str = "", is_strong: bool = False) -> Any:
        align = "center" if column.is_centered else ""
        align = "right" if column.form in FIGURES else align
        return self.of(look, number or _usual_format(column), column.wraps, align, is_strong)


def number_format(value: Decimal | int, is_percent: bool) -> str:
    """The format that shows a figure with as many decimals as it has, below zero with △."""
    places = places_of(Decimal(value))
    shape = (
        ("0" if is_percent else "#,##0")
        + ("." + "0" * places if places else "")
        + ("%" if is_percent else "")
    )
    return with_triangle(shape)


def _usual_format(column: Column) -> str:
    """Text stays text where Excel would make a date or a formula of it; long texts need none, and would not be shown."""
    if column.form in (Form.YEN, Form.COUNT):
        return "#,##0"
    if column.form is Form.PERCENT:
        return "0.0%"
    if column.form is Form.DATE:
        return 'yyyy"年"m"月"d"日"'
    is_short = column.form in (Form.ID, Form.IDS, Form.NAMES, Form.SAMPLE, Form.YEAR, Form.MONTH, Form.WHOLES)
    return "@" if is_short or (column.form is Form.TEXT and column.width < 40) else "General"
