"""The text of a progress entry: labelled lines, and small tables between two fences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from handouts.dataset.labels import Family
from handouts.dataset.plan_lines import read_lines, rows_of, split_line
from handouts.dataset.typed_text import in_one_width
from handouts.findings import ByForm, Finding, Place, Rule

FENCE = "```"
_SEPARATOR = re.compile("[|｜]")
_FENCE_RULE = f"表は「{FENCE}」だけの行で始め、「{FENCE}」だけの行で終えます"
_OPEN_TABLE = f"表の始まりの「{FENCE}」に、終わりの「{FENCE}」がありません"
# All lines of a text are one cell of a workbook: its sentences say which line it is.
OPEN_TABLE = Rule(
    "progress.table-open",
    ByForm(_OPEN_TABLE, f"文の{{line}}行目の、{_OPEN_TABLE}"),
    _FENCE_RULE,
    f"表の最後の行の下に「{FENCE}」の行を足してください",
)
NO_FENCE = Rule(
    "progress.no-fence",
    "「{row}」は表の区切りになりません",
    _FENCE_RULE,
    f"この行を、半角の「{FENCE}」だけにしてください",
)
TOO_FEW_ROWS = Rule(
    "progress.table-short",
    ByForm("表に行が足りません", "文の{line}行目からの表に、行が足りません"),
    remedy="1行目に見出しを、2行目から中身を、「期間 | 媒体 | 結果」のように「|」で区切って書いてください",
)
UNEVEN_ROW = Rule(
    "progress.row-uneven",
    ByForm("表のこの行は{count}欄です", "文の{line}行目の、表の行は{count}欄です"),
    "見出しの行に合わせて、どの行も{width}欄です",
    "「|」の数を見出しの行とそろえてください（空の欄も「|」で区切ります）",
)


@dataclass(frozen=True, slots=True)
class TextLine:
    """One paragraph of the text: its label as typed, its words, its id; `number` counts lines from 1."""

    label: str
    text: str
    family: Family | None = None
    id: str | None = None
    number: int = 0


@dataclass(frozen=True, slots=True)
class TextTable:
    """A small table inside a text; the first row is its head, and all rows have as many cells as that.

    `number` is the line of its first fence, `numbers` are those of its rows.
    """

    rows: tuple[tuple[str, ...], ...]
    number: int = 0
    numbers: tuple[int, ...] = ()


TextBlock: TypeAlias = TextLine | TextTable


@dataclass(frozen=True, slots=True)
class ProgressText:
    """A text taken apart, and what is wrong in it; the lines of the findings are those of the text."""

    blocks: tuple[TextBlock, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def lines(self) -> tuple[TextLine, ...]:
        """The blocks that are lines."""
        return tuple(block for block in self.blocks if isinstance(block, TextLine))


def read_progress_text(text: str, file: str = "") -> ProgressText:
    """The blocks of `text` in order, with all faults; a row with too few or too many cells is one, and is left out.

    That an id stands twice is not said here, since it must be unique among the texts of all entries.
    """
    rows = rows_of(text)
    tables, findings = _read_tables(rows, file)
    inside = {number for first, last, _ in tables for number in range(first, last + 1)}
    plain = "\n".join("" if number in inside else row for number, row in enumerate(rows, 1))
    lines, odd = read_lines(plain, file)
    blocks: list[TextBlock] = [_line(line.text, line.id, line.number) for line in lines]
    blocks += [table for _, _, table in tables if table.rows]
    blocks.sort(key=lambda block: block.number)
    findings = sorted([*findings, *odd], key=lambda finding: finding.place.line or 0)
    return ProgressText(tuple(blocks), tuple(findings))


def _line(text: str, line_id: str | None, number: int) -> TextLine:
    split = split_line(text, ())
    family = split.label.family if split.label else None
    return TextLine(split.label_text, split.text, family, line_id, number)


def _read_tables(rows: list[str], file: str) -> tuple[list[tuple[int, int, TextTable]], list[Finding]]:
    """Each table with its first and last line, the fences counted."""
    tables: list[tuple[int, int, TextTable]] = []
    findings: list[Finding] = []
    start: int | None = None
    for number, row in enumerate(rows, 1):
        if row.strip() != FENCE:
            findings += _near_fence(row, number, file)
            continue
        if start is None:
            start = number
            continue
        inside = list(enumerate(rows[start : number - 1], start + 1))
        tables.append(
            (start, number, _table([row for row in inside if row[1].strip()], start, file, findings))
        )
        start = None
    if start is not None:
        findings.append(OPEN_TABLE.at(Place(file, start), line=start))
    return tables, findings


def _near_fence(row: str, number: int, file: str) -> Iterator[Finding]:
    """A row that looks like a fence but would be printed."""
    if in_one_width(row).startswith(FENCE):
        yield NO_FENCE.at(Place(file, number), row=row.strip())


def _cells(row: str, is_framed: bool) -> tuple[str, ...]:
    """The cells of a row; where it is framed, it begins and ends with a separator."""
    row = row.strip()
    if is_framed:
        row = row[1:-1]
    return tuple(cell.strip() for cell in _SEPARATOR.split(row))


def _is_framed(row: str) -> bool:
    row = row.strip()
    return len(row) > 1 and bool(_SEPARATOR.match(row[0]) and _SEPARATOR.match(row[-1]))


def _row(row: str, width: int, is_framed: bool) -> tuple[str, ...]:
    """The cells of a row below the head, which may be framed where the head is not: an empty cell may end a row."""
    forms = [_cells(row, framed) for framed in (is_framed, not is_framed) if not framed or _is_framed(row)]
    return next((cells for cells in forms if len(cells) == width), forms[0])


def _table(rows: list[tuple[int, str]], start: int, file: str, findings: list[Finding]) -> TextTable:
    if len(rows) < 2:
        findings.append(TOO_FEW_ROWS.at(Place(file, start), line=start))
        return TextTable((), start)
    is_framed = _is_framed(rows[0][1])
    head = _cells(rows[0][1], is_framed)
    width = len(head)
    cells = [(number, _row(row, width, is_framed)) for number, row in rows]
    findings += [
        UNEVEN_ROW.at(Place(file, number), line=number, count=len(found), width=width)
        for number, found in cells
        if len(found) != width
    ]
    whole = [(number, found) for number, found in cells if len(found) == width]
    return TextTable(tuple(found for _, found in whole), start, tuple(number for number, _ in whole))
