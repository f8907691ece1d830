"""What people type into a cell, as the plain value that the same thing in a file would be."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from itertools import pairwise

from handouts.characters import shortened
from handouts.dataset.columns import FIGURES, IN_UNIT, UNITS, Column, Form, plain
from handouts.dataset.typed_text import in_one_width
from handouts.dataset.yaml_text import Plain
from handouts.excel.cell_figures import CellFault, Remark, Typed, figure_text, in_words, read_number
from handouts.findings import FieldTerm, Rule
from handouts.xlsx.grid import Cell

ERROR_VALUE = Rule(
    "cell.error-value",
    "{field}にエラー値「{shown}」があります",
    "{field:allowed}",
    "数式を直すか、値を打ち込んでください",
)
UNCALCULATED = Rule(
    "cell.uncalculated",
    "{field}の数式に、保存された計算結果がありません",
    "{field:allowed}",
    "Excel で開いて保存し直すか、値を打ち込んでください",
)
MERGED_CELL = Rule(
    "cell.merged-figure",
    "{field}「{shown}」は結合したセルで、どの行のものか分かりません",
    "{field:allowed}",
    "結合を解除して、行ごとに書いてください",
)
CHANGED_TO_DATE = Rule(
    "cell.changed-to-date",
    "{field}の値を、Excel が日付や時刻に変えています",
    "{field:allowed}",
    "セルの書式を「文字列」か「標準」にしてから、打ち直してください",
)
_MEND_STRIKE = "消すなら、その文字をセルからも消し、残すなら、取り消し線を外してください"
STRUCK_CELL = Rule(
    "cell.struck",
    "取り消し線のある{field}「{shown}」は、消したものとして読みませんでした",
    remedy=_MEND_STRIKE,
    severity="warning",
)
STRUCK_PART = Rule(
    "cell.struck-part",
    "{field}の「{struck}」には取り消し線があるので、それを除いて読みました",
    remedy=_MEND_STRIKE,
    severity="warning",
)
JOINED_LINES = Rule(
    "cell.joined-lines",
    "セルの中の改行は、つないで1行として読みました",
    remedy="1行につないで書いてください",
    severity="warning",
)
EMPTY_CELL = Rule("cell.empty", "{field}が空です", "{field:allowed}", "書き入れるか、行を消してください")
_SEPARATORS = re.compile(r"[、,，;；\s]+")
_YES = {plain(text) for text in ("はい", "true", "yes", "する", "○", "〇", "1")}
_NO = {plain(text) for text in ("いいえ", "false", "no", "しない", "×", "0")}
# Columns of words, in which a number is a part of them.
_WORDS = (Form.TEXT, Form.LONG, Form.LINES, Form.SAMPLE)
# Days as Excel counts them, which a cell shows that was made no date: those from 1982 to 2119.
_DAYS = range(30_000, 80_000)
_FIGURE = re.compile(
    r"\(?[¥\\]?[△▲−+-]?[¥\\]?[0-9][0-9,]*(?:\.[0-9]+)?\)?"
    rf"(?:{'|'.join((*UNITS, '[十百千万億兆]+円?', '位', 'ポイント'))})?(?:以上|以下|以内)?"
)
_SHOWN = 40


def read_cell(cell: Cell, column: Column) -> Typed:
    """The value of `cell` in `column`, without what is struck out; raises CellFault."""
    if cell.is_struck:
        return Typed(None, (Remark(STRUCK_CELL, {"shown": shown(cell)}),))
    typed = _read_whole(cell, column)
    if not cell.struck:
        return typed
    remark = Remark(STRUCK_PART, {"struck": excerpt_of(cell.struck)})
    return replace(typed, remarks=(remark, *typed.remarks))


def _read_whole(cell: Cell, column: Column) -> Typed:
    if cell.kind == "error":
        raise CellFault(ERROR_VALUE, shown=str(cell.value))
    if cell.kind == "uncalculated":
        raise CellFault(UNCALCULATED)
    if cell.kind == "merged":
        raise CellFault(MERGED_CELL, shown=shown(cell))
    if isinstance(cell.value, (datetime.date, datetime.time, datetime.timedelta)):
        return Typed(_read_date(cell, column.form))
    if column.form is Form.DATE and (day := _counted_day(cell)):
        return Typed(day.isoformat())
    if column.form is Form.FLAG:
        return Typed(_read_flag(cell))
    if column.form in FIGURES:
        is_number = isinstance(cell.value, (int, float)) and not isinstance(cell.value, bool)
        return read_number(cell, column) if is_number else _read_typed_figure(cell, column)
    return _read_text(_as_seen(cell, column), column)


def as_text(cell: Cell) -> str:
    """What a cell shows, as text."""
    if isinstance(cell.value, bool):
        return "TRUE" if cell.value else "FALSE"
    if isinstance(cell.value, (int, float)):
        return figure_text(cell)
    if isinstance(cell.value, datetime.datetime) and cell.value.time() == datetime.time():
        return cell.value.date().isoformat()
    return str(cell.value).replace("\r\n", "\n").replace("\r", "\n")


def is_figure(cell: Cell) -> bool:
    """Whether a cell has a number, also typed as text, or a formula that was never calculated."""
    if cell.kind == "text":
        return _FIGURE.fullmatch(plain(as_text(cell))) is not None
    return cell.kind in ("number", "uncalculated")


def _read_date(cell: Cell, form: Form) -> Plain:
    if form is Form.DATE and isinstance(cell.value, datetime.datetime):
        return cell.value.date().isoformat()
    if form is Form.DATE and isinstance(cell.value, datetime.date):
        return cell.value.isoformat()
    if form is Form.MONTH and isinstance(cell.value, datetime.date):
        return f"{cell.value.month}月"
    raise CellFault(CHANGED_TO_DATE)


def _counted_day(cell: Cell) -> datetime.date | None:
    """The day that a cell has as the number by which Excel counts it, be it a text; None where it has none."""
    text = in_one_width(str(cell.value)).removesuffix(".0")
    count = int(text) if re.fullmatch("[0-9]{5}", text) else 0
    return cell.day_0 + datetime.timedelta(count) if count in _DAYS else None


def _read_flag(cell: Cell) -> Plain:
    text = plain(as_text(cell))
    if text in _YES or text in _NO:
        return text in _YES
    return as_text(cell).strip() or None


def _read_typed_figure(cell: Cell, column: Column) -> Typed:
    """A figure that was typed as text, and the unit behind it where that is for the row to say."""
    text = in_one_width(as_text(cell))
    unit = next(
        (one for one in column.suffixes if text.removesuffix(in_one_width(one)).strip() not in ("", text)), ""
    )
    figure = text.removesuffix(in_one_width(unit)).strip()
    return Typed(figure or None, own_unit=unit if column.form in IN_UNIT else "")


def _as_seen(cell: Cell, column: Column) -> str:
    """The text of a cell; of a number in a column of words also the words that its format puts around it."""
    return in_words(cell) if column.form in _WORDS and cell.kind == "number" else as_text(cell)


def _read_text(text: str, column: Column) -> Typed:
    if column.form is Form.SAMPLE:
        return Typed(text if text.strip() else None)
    if not text.strip():
        return Typed(None)
    if column.form is Form.LONG:
        return Typed(text)
    if column.form is Form.LINES:
        return Typed([line.strip() for line in text.split("\n") if line.strip()])
    if column.form in (Form.IDS, Form.NAMES):
        return Typed([column.value_of(part) for part in _SEPARATORS.split(text.strip()) if part])
    if column.form is Form.WHOLES:
        parts = [in_one_width(part) for part in _SEPARATORS.split(text.strip()) if part]
        return Typed([int(part) if part.isdecimal() and len(part) < 4 else part for part in parts])
    lines = [line.strip() for line in text.replace("\t", " ").split("\n") if line.strip()]
    remarks = (Remark(JOINED_LINES),) if len(lines) > 1 else ()
    line = _joined(lines)
    return Typed(column.value_of(line) if column.choices else line, remarks)


def _joined(lines: list[str]) -> str:
    """The lines of a cell as one, with a blank between words of Latin letters only."""
    text = lines[0]
    for before, line in pairwise(lines):
        is_latin = before[-1].isascii() and line[0].isascii()
        text += f"{' ' if is_latin else ''}{line}"
    return text


def field_of(column: Column, allowed: str = "") -> FieldTerm:
    """What findings call a column, and what may stand in its cells: what it says itself, or `allowed`."""
    return FieldTerm("", ".".join(column.key), column.heading, column.heading, allowed or column.allowed)


def shown(cell: Cell) -> str:
    """What a message repeats of a cell."""
    return excerpt_of(as_text(cell))


def excerpt_of(text: str) -> str:
    """What a message repeats of what a cell shows."""
    return shortened(re.sub(r"\s+", " ", text), _SHOWN)
