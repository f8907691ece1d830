"""The plan read from its sheet, with every finding on the cell that it is about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from handouts.dataset.assembly import Part, read_plan
from handouts.dataset.model import NumberingStyle, Plan
from handouts.dataset.suggestion import suggestion
from handouts.excel.book import Book
from handouts.excel.plan_rows import (
    PlanRow,
    WrittenPlan,
    is_kind,
    is_same_kind,
    kind_choices,
    settled_kind,
    write_plan,
)
from handouts.excel.sheets import PLAN
from handouts.excel.source import CellSource
from handouts.excel.tables import FoundTable
from handouts.findings import Finding, Place, unruled


def read_plan_sheet(book: Book, style: NumberingStyle | None) -> Part[Plan]:
    """The plan with the numbering `style`, None where the branch's own is not known for sure."""
    found = book.tables.get(PLAN.name)
    if found is None:
        return Part(None)
    rows = _rows(book, found)
    written = write_plan(rows, style or NumberingStyle())
    part = read_plan(written.text, style)
    findings = [_on_cell(book, found, one) for one in part.findings]
    if style is not None:
        findings += _kind_findings(book, found, rows, written, part.value, style)
    places = {
        ref: _cell(book, found, place.line, "text") if place.line else _sheet(book)
        for ref, place in part.places.items()
    }
    return Part(part.value, tuple(findings), places)


def _rows(book: Book, found: FoundTable) -> list[PlanRow]:
    source = CellSource(book.findings)
    rows = []
    for number, row in book.rows(PLAN):
        entry = source.read_row(found, number, row, (number,), ())
        rows.append(
            PlanRow(
                kind=str(entry.get("kind", "")),
                text=str(entry.get("text", "")),
                id=str(entry.get("id", "")),
                is_first=entry.get("restart") is True,
                line=number - found.row,
            )
        )
    return rows


def _kind_findings(
    book: Book,
    found: FoundTable,
    rows: Sequence[PlanRow],
    written: WrittenPlan,
    plan: Plan | None,
    style: NumberingStyle,
) -> list[Finding]:
    """A kind that the list does not have, or that the text speaks against."""
    by_line = {paragraph.line: paragraph for paragraph in plan.paragraphs} if plan else {}
    findings = []
    for row, kind in zip(rows, written.kinds, strict=True):
        place = _cell(book, found, row.line, "kind")
        paragraph = by_line.get(row.line)
        if row.kind and not is_kind(row.kind, style):
            known = kind_choices(style)
            near = suggestion(row.kind, known) or "一覧から選ぶか、空にしてください"
            words = f"「{row.kind}」という種類はありません", f"種類は {'、'.join(known)} です", near
            findings.append(unruled(place, *words))
        elif row.kind and paragraph and not is_same_kind(row.kind, settled_kind(kind, paragraph), style):
            taken = f"種類は「{row.kind}」ですが、「{settled_kind(kind, paragraph)}」として読みました"
            remedy = (
                "種類を選び直すか、文の先頭の番号や記号を消してください（文字のつもりなら、その前に「\\」）"
            )
            findings.append(unruled(place, taken, "", remedy, "warning"))
    return findings


def _on_cell(book: Book, found: FoundTable, finding: Finding) -> Finding:
    """The finding on its cell, and with the rows of the sheet for the lines that it names."""
    line = finding.place.line
    is_of_id = finding.found.startswith("id")
    place = _sheet(book) if line is None else _cell(book, found, line, "id" if is_of_id else "text")
    words = re.sub("([0-9]+)(行目)", lambda name: f"{int(name[1]) + found.row}{name[2]}", finding.found)
    return unruled(place, words, finding.allowed, finding.remedy, finding.severity)


def _cell(book: Book, found: FoundTable, line: int, key: str) -> Place:
    heading = found.table.column(key).heading
    return book.findings.place(found.sheet, line + found.row, found.at(key) or 1, heading)


def _sheet(book: Book) -> Place:
    return Place(book.findings.file, cell=PLAN.sheet)
