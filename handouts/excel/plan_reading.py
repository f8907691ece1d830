"""The plan read from its sheet, with every finding on the cell that it is about."""

from __future__ import annotations

from collections.abc import Sequence

from handouts.dataset.assembly import Part, read_plan
from handouts.dataset.model import NumberingStyle, Plan
from handouts.dataset.plan_lines import DOUBLE_ID, UNUSABLE_ID
from handouts.dataset.plan_text import ID_ALONE
from handouts.dataset.suggestion import nearest
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
from handouts.findings import Finding, Place, Rule

_ABOUT_IDS = (UNUSABLE_ID, DOUBLE_ID, ID_ALONE)
NO_SUCH_KIND = Rule(
    "plan.no-such-kind",
    "「{kind}」という種類はありません",
    "種類は {known} です",
    "一覧から選ぶか、空にしてください",
)
OTHER_KIND = Rule(
    "plan.other-kind",
    "種類は「{kind}」ですが、「{taken}」として読みました",
    remedy="種類を選び直すか、文の先頭の番号や記号を消してください（文字のつもりなら、その前に「\\」）",
    severity="warning",
)


def read_plan_sheet(book: Book, style: NumberingStyle | None) -> Part[Plan]:
    """The plan with the numbering `style`, None where the branch's own is not known for sure."""
    found = book.tables.get(PLAN.name)
    if found is None:
        return Part(None)
    rows = _rows(book, found)
    written = write_plan(rows, style or NumberingStyle())
    part = read_plan(written.text, style)
    findings = [_on_cells(book, found, one) for one in part.findings]
    if style is not None:
        findings += _kind_findings(book, found, rows, written, part.value, style)
    places = {ref: _cell(book, found, place.line, "text") for ref, place in part.places.items()}
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
            findings.append(NO_SUCH_KIND.at(place, near=nearest(row.kind, known), kind=row.kind, known=known))
        elif row.kind and paragraph and not is_same_kind(row.kind, settled_kind(kind, paragraph), style):
            taken = settled_kind(kind, paragraph)
            findings.append(OTHER_KIND.at(place, kind=row.kind, taken=taken))
    return findings


def _on_cells(book: Book, found: FoundTable, finding: Finding) -> Finding:
    """The finding with cells in place of the lines that it is about."""
    key = "id" if finding.rule in _ABOUT_IDS else "text"
    return finding.moved(lambda place: _cell(book, found, place.line, key))


def _cell(book: Book, found: FoundTable, line: int | None, key: str) -> Place:
    """The cell of a line of the plan; the sheet where it is about no line."""
    if line is None:
        return Place(book.findings.file, cell=PLAN.sheet)
    heading = found.table.column(key).heading
    return book.findings.place(found.sheet, line + found.row, found.at(key) or 1, heading)
