"""What people type into a cell, as the plain value that the same thing in a file would be."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Any

from handouts.dataset.columns import FIGURES, UNITS, Column, Form, plain
from handouts.dataset.figures import DECIMAL_DIGITS, WHOLE_DIGITS, round_half_up
from handouts.dataset.typed_text import in_one_width
from handouts.dataset.yaml_text import Plain
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
MERGED_FIGURE = Rule(
    "cell.merged-figure",
    "{field}「{shown}」は結合したセルで、どの行の数か分かりません",
    "{field:allowed}",
    "結合を解除して、行ごとに書いてください",
)
CHANGED_TO_DATE = Rule(
    "cell.changed-to-date",
    "{field}の値を、Excel が日付や時刻に変えています",
    "{field:allowed}",
    "セルの書式を「文字列」か「標準」にしてから、打ち直してください",
)
TOO_MANY_DIGITS = Rule(
    "cell.too-many-digits",
    "{field}の数は桁が多すぎます",
    "{field:allowed}",
    "{digits}桁までの数を書いてください",
)
JOINED_LINES = Rule(
    "cell.joined-lines",
    "セルの中の改行は、つないで1行として読みました",
    remedy="1行につないで書いてください",
    severity="warning",
)
EMPTY_CELL = Rule("cell.empty", "{field}が空です", "{field:allowed}", "書き入れるか、行を消してください")
# What the library reads of a number that Excel stored: it keeps fifteen digits and no more.
_DIGITS = 15
_SEPARATORS = re.compile(r"[、,，;；\s]+")
_YES = {plain(text) for text in ("はい", "true", "yes", "する", "○", "〇", "1")}
_NO = {plain(text) for text in ("いいえ", "false", "no", "しない", "×", "0")}
_IGNORED_IN_FORMAT = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
# A number that shows 千円 behind it, unless the comma before that already shows yen as thousands.
_THOUSANDS = re.compile(r'[0#?](?:\.[0#?]+)?(?:"[^"]*|\\?)千円')
# Days as Excel counts them, which a cell shows that was made no date: those from 1982 to 2119.
_DAY_0, _DAYS = datetime.date(1899, 12, 30), range(30_000, 80_000)
_FIGURE = re.compile(
    rf"[△▲+-]?[0-9][0-9,]*(?:\.[0-9]+)?(?:{'|'.join((*UNITS, '千円', '位', 'ポイント'))})?(?:以上|以下|以内)?"
)
_SHOWN = 40


class CellFault(Exception):
    """Why a cell cannot be read: the kind of finding, and what it says beside the `field`."""

    def __init__(self, rule: Rule, **values: Any) -> None:
        super().__init__(rule.id)
        self.rule, self.values = rule, values


@dataclass(frozen=True, slots=True)
class Typed:
    """The value of a cell, None where it says nothing, and the kind of finding that its writer should know of."""

    value: Plain
    remark: Rule | None = None


def read_cell(cell: Cell, column: Column) -> Typed:
    """The value of `cell` in `column`; raises CellFault."""
    if cell.kind == "error":
        raise CellFault(ERROR_VALUE, shown=str(cell.value))
    if cell.kind == "uncalculated":
        raise CellFault(UNCALCULATED)
    if cell.kind == "merged":
        raise CellFault(MERGED_FIGURE, shown=shown(cell))
    if isinstance(cell.value, (datetime.date, datetime.time, datetime.timedelta)):
        return Typed(_read_date(cell, column.form))
    if column.form is Form.DATE and isinstance(cell.value, int) and cell.value in _DAYS:
        return Typed((_DAY_0 + datetime.timedelta(cell.value)).isoformat())
    if column.form is Form.FLAG:
        return Typed(_read_flag(cell))
    if column.form in FIGURES:
        return Typed(_read_figure(cell, column))
    return _read_text(as_text(cell), column)


def as_text(cell: Cell) -> str:
    """What a cell shows, as text."""
    if isinstance(cell.value, bool):
        return "TRUE" if cell.value else "FALSE"
    if isinstance(cell.value, (int, float)):
        return f"{figure(cell):f}{'%' if is_percent(cell) else ''}"
    if isinstance(cell.value, datetime.datetime) and cell.value.time() == datetime.time():
        return cell.value.date().isoformat()
    return str(cell.value).replace("\r\n", "\n").replace("\r", "\n")


def is_figure(cell: Cell) -> bool:
    """Whether a cell has a number, also typed as text, or a formula that was never calculated."""
    if cell.kind == "text":
        return _FIGURE.fullmatch(plain(as_text(cell))) is not None
    return cell.kind in ("number", "uncalculated")


def figure(cell: Cell) -> Decimal:
    """The number in a cell, a percentage as 65.6, with as many decimals as it shows or, if more, as it has.

    The result of a formula has as many as it shows, since nobody typed the others.
    """
    assert isinstance(cell.value, (int, float))
    value = Decimal(cell.value if isinstance(cell.value, int) else f"{cell.value:.{_DIGITS}g}")
    if not _is_short(value):
        return value
    places, percent = _number_format(cell.format)
    value = (value * 100 if percent else value).normalize()
    own = -min(0, int(value.as_tuple().exponent))
    if places is None:
        return value.quantize(Decimal(1)) if own == 0 else value
    is_long = cell.is_formula or own > DECIMAL_DIGITS
    return round_half_up(value, places if is_long or own < places else own)


def _is_short(value: Decimal) -> bool:
    """Whether it has so few digits that we can work with it; what is no number at all has not."""
    return value.is_finite() and value.adjusted() < WHOLE_DIGITS


def is_percent(cell: Cell) -> bool:
    """Whether a cell shows its number as a percentage."""
    return cell.kind == "number" and _number_format(cell.format)[1]


@lru_cache(maxsize=1024)
def _number_format(text: str) -> tuple[int | None, bool]:
    """How many decimals a number format always shows, None where it leaves that open, and whether it is one of %."""
    shape = _IGNORED_IN_FORMAT.sub("", text.split(";")[0])
    if not re.search("[0#?]", shape):
        return None, False
    decimals = re.search(r"\.([0?]*)", shape)
    return len(decimals[1]) if decimals else 0, "%" in shape


def _read_date(cell: Cell, form: Form) -> Plain:
    if form is Form.DATE and isinstance(cell.value, datetime.datetime):
        return cell.value.date().isoformat()
    if form is Form.DATE and isinstance(cell.value, datetime.date):
        return cell.value.isoformat()
    if form is Form.MONTH and isinstance(cell.value, datetime.date):
        return f"{cell.value.month}月"
    raise CellFault(CHANGED_TO_DATE)


def _read_flag(cell: Cell) -> Plain:
    text = plain(as_text(cell))
    if text in _YES or text in _NO:
        return text in _YES
    return as_text(cell).strip() or None


def _read_figure(cell: Cell, column: Column) -> Plain:
    if isinstance(cell.value, bool):
        return as_text(cell)
    if isinstance(cell.value, (int, float)):
        is_thousands = column.form is Form.YEN and _THOUSANDS.search(cell.format)
        value = figure(cell) * (1000 if is_thousands else 1)
        if not _is_short(value):
            raise CellFault(TOO_MANY_DIGITS, digits=WHOLE_DIGITS)
        is_whole = value == value.to_integral_value() and int(value.as_tuple().exponent) >= 0
        return int(value) if is_whole else value
    text = in_one_width(str(cell.value))
    for suffix in column.suffixes:
        text = text.removesuffix(in_one_width(suffix)).strip() or text
    return text or None


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
    remark = JOINED_LINES if len(lines) > 1 else None
    line = _joined(lines)
    return Typed(column.value_of(line) if column.choices else line, remark)


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
    text = re.sub(r"\s+", " ", text)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
