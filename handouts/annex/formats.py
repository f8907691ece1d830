"""The formats of the annex: every look of a cell is made once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from handouts.compose.annex.cells import AnnexCell, RowRole
from handouts.compose.page import Emphasis
from handouts.look.values import Look, MarkLook

# What Excel takes for the beginning of a formula when somebody edits the cell.
_FORMULA_STARTS = ("=", "+", "-", "@")
_THIN, _MEDIUM = 1, 2


class AnnexFormats:
    """The formats of one workbook, in the colours of the look."""

    def __init__(self, workbook: Workbook, look: Look) -> None:
        self._workbook, self._look = workbook, look
        self._made: dict[object, Format] = {}
        colors = look.colors
        border = {"border": _THIN, "border_color": colors.inner}
        self._names: Mapping[str, Mapping[str, Any]] = {
            "title": {"bold": True, "font_size": 14, "valign": "vcenter"},
            "note": {"font_size": 9, "valign": "vcenter"},
            "caption": {"bold": True, "valign": "vcenter"},
            "head": {
                **border,
                "bold": True,
                "bg_color": colors.head,
                "align": "center",
                "valign": "vcenter",
                "text_wrap": True,
            },
        }
        self._roles: Mapping[str, Mapping[str, Any]] = {
            "item": border,
            "group": {**border, "bold": True, "bg_color": colors.pillar},
            "subtotal": {**border, "bold": True, "bg_color": colors.total},
            "total": {**border, "bold": True, "bg_color": colors.total, "top": _MEDIUM},
        }

    @property
    def font(self) -> str:
        """The name of the font."""
        return self._look.font.word

    def named(self, name: str) -> Format:
        """The format of a title, note, caption or head."""
        return self._format(name, lambda: self._names[name])

    def of_cell(self, cell: AnnexCell, role: RowRole) -> Format:
        """The format of a cell in a row of this role."""
        text = cell.value if isinstance(cell.value, str) and not cell.formula else ""
        is_quoted = text.startswith(_FORMULA_STARTS)
        emphasis = cell.runs[0].emphasis if len(cell.runs) == 1 else ""
        # The name of a group or sum runs over the empty cells behind it.
        wraps = bool(text) and cell.align != "right" and role == "item"
        key = (role, cell.form, cell.align, wraps, is_quoted, emphasis)
        return self._format(
            key,
            lambda: {
                **self._roles[role],
                **({"num_format": cell.form} if cell.form else {}),
                **self._emphasised(emphasis),
                "align": cell.align,
                "valign": "top",
                "text_wrap": wraps,
                "quote_prefix": is_quoted,
            },
        )

    def of_run(self, emphasis: Emphasis) -> Format:
        """The format of characters within a text."""
        return self._format(("run", emphasis), lambda: self._emphasised(emphasis))

    def _emphasised(self, emphasis: Emphasis) -> Mapping[str, Any]:
        marks: Mapping[Emphasis, MarkLook] = {"changed": self._look.mark, "dropped": self._look.dropped}
        if emphasis not in marks:
            return {}
        mark = marks[emphasis]
        color = {"font_color": mark.color} if mark.color else {}
        return {"bold": mark.bold, "underline": int(mark.underline), **color}

    def _format(self, key: object, properties: Any) -> Format:
        if key not in self._made:
            self._made[key] = self._workbook.add_format(properties())
        return self._made[key]
