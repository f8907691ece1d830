"""The text of a progress entry: labelled lines, and small tables between two fences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from handouts.dataset.plan_lines import read_lines, rows_of, split_line
from handouts.errors import Finding, Place
from handouts.labels import Family

FENCE = "```"
_SEPARATOR = re.compile("[|｜]")


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
    """A small table inside a text; the first row is its head, and all rows have as many cells as that."""

    rows: tuple[tuple[str, ...], ...]
    number: int = 0


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
    """The blocks of `text` in order, with all faults; a row with too few or too many cells is one, and is left out."""
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
            continue
        if start is None:
            start = number
            continue
        cells = list(_cells(rows[start : number - 1], start + 1))
        tables.append((start, number, _table(cells, start, file, findings)))
        start = None
    if start is not None:
        findings.append(
            Finding(
                Place(file, start),
                f"表の始まりの「{FENCE}」に、終わりの「{FENCE}」がありません",
                f"表は「{FENCE}」だけの行で始め、「{FENCE}」だけの行で終えます",
                f"表の最後の行の下に「{FENCE}」の行を足してください",
            )
        )
    return tables, findings


def _cells(rows: list[str], first: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    for number, row in enumerate(rows, first):
        if row.strip():
            yield number, tuple(cell.strip() for cell in _SEPARATOR.split(row.strip().strip("|｜")))


def _table(
    cells: list[tuple[int, tuple[str, ...]]], start: int, file: str, findings: list[Finding]
) -> TextTable:
    if len(cells) < 2:
        remedy = (
            "1行目に見出しを、2行目から中身を、「期間 | 媒体 | 結果」のように「|」で区切って書いてください"
        )
        findings.append(Finding(Place(file, start), "表に行が足りません", "", remedy))
        return TextTable((), start)
    width = len(cells[0][1])
    for number, row in cells:
        if len(row) != width:
            findings.append(
                Finding(
                    Place(file, number),
                    f"表のこの行は{len(row)}欄です",
                    f"見出しの行に合わせて、どの行も{width}欄です",
                    "「|」の数を見出しの行とそろえてください（空の欄も「|」で区切ります）",
                )
            )
    return TextTable(tuple(row for _, row in cells if len(row) == width), start)
