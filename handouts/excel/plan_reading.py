"""The plan read from its sheet, with every finding on the cell that it is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from handouts.dataset.assembly import Part, read_plan
from handouts.dataset.plan import Plan
from handouts.dataset.plan_lines import DOUBLE_ID, UNUSABLE_ID
from handouts.dataset.plan_text import ID_ALONE
from handouts.dataset.settings import NumberingStyle
from handouts.dataset.suggestion import nearest
from handouts.excel.book import Book
from handouts.excel.plan_origins import keep_origins
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
from handouts.excel.source import RowSource
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
    if PLAN.name not in book.rows:
        return Part(None)
    places = _Places(book)
    rows = _rows(book)
    written = write_plan(rows, style or NumberingStyle())
    said = book.rows[PLAN.name]
    part = read_plan(written.text, style, lambda plan: keep_origins(plan, said, book.written_plan))
    findings = [places.moved(one) for one in part.findings]
    if style is not None:
        findings += _kind_findings(places, rows, written, part.value, style)
    by_ref = {ref: places.of(place.line, "text") for ref, place in part.places.items()}
    return Part(part.value, tuple(findings), by_ref)


def is_level_only(finding: Finding) -> bool:
    """Whether it says that a number was taken for that of another level with the same form.

    Of a group's rows that says nothing: the headings by which levels are told stand in the rows of others.
    """
    said = dict(finding.values)
    return finding.rule is OTHER_KIND and _form(said["kind"]) == _form(said["taken"]) != ""


def _form(kind: Any) -> str:
    """The form of number that a kind names: 1 of 階層3：1."""
    return str(kind).partition("：")[2].strip()


class _Places:
    """Where the lines of the plan stand."""

    def __init__(self, book: Book) -> None:
        self._rows = {row.line: row for row in book.rows[PLAN.name]}
        self._whole = book.places[PLAN.name]

    def of(self, line: int | None, key: str) -> Place:
        """Where a line of the plan stands in a column; the sheet where it is about no line."""
        row = self._rows.get(line or 0)
        return row.place_of((key,)) if row else self._whole

    def moved(self, finding: Finding) -> Finding:
        """The finding with these places for the lines that it is about."""
        key = "id" if finding.rule in _ABOUT_IDS else "text"
        return finding.moved(lambda place: self.of(place.line, key))


def _rows(book: Book) -> list[PlanRow]:
    source = RowSource(book.findings)
    rows = []
    for row in book.rows[PLAN.name]:
        entry = source.read_row(row, (row.line,), ())
        if ("text",) in row.cells and row.cells["text",].is_struck:
            continue
        rows.append(
            PlanRow(
                kind=str(entry.get("kind", "")),
                text=str(entry.get("text", "")),
                id=str(entry.get("id", "")),
                is_first=entry.get("restart") is True,
                line=row.line,
            )
        )
    return rows


def _kind_findings(
    places: _Places, rows: Sequence[PlanRow], written: WrittenPlan, plan: Plan | None, style: NumberingStyle
) -> list[Finding]:
    """A kind that the list does not have, or that the text speaks against."""
    by_line = {paragraph.line: paragraph for paragraph in plan.paragraphs} if plan else {}
    findings = []
    for row, kind in zip(rows, written.kinds, strict=True):
        place = places.of(row.line, "kind")
        paragraph = by_line.get(row.line)
        if row.kind and not is_kind(row.kind, style):
            known = kind_choices(style)
            findings.append(NO_SUCH_KIND.at(place, near=nearest(row.kind, known), kind=row.kind, known=known))
        elif row.kind and paragraph and not is_same_kind(row.kind, settled_kind(kind, paragraph), style):
            taken = settled_kind(kind, paragraph)
            findings.append(OTHER_KIND.at(place, kind=row.kind, taken=taken))
    return findings
