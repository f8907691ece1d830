"""The plan after a review: paragraphs reworded, split, joined, moved, put in and taken out, the rest as it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from handouts.dataset.numbering import family_of
from handouts.dataset.plan import Paragraph, Plan
from handouts.dataset.plan_ids import keep_ids
from handouts.dataset.plan_lines import row_saying
from handouts.dataset.plan_text import parse_plan, print_rows
from handouts.dataset.settings import NumberingStyle
from handouts.dataset.stored import PLAN_FILE
from handouts.findings import DataFaults, Place, Rule

UNREADABLE_ROW = Rule(
    "review.row-unreadable",
    "「{text}」は、計画の1段落として読めません",
    "1段落は1行で、番号は番号の書き方にあるものです",
    "取り込まずに、データに書いてください",
)


@dataclass(frozen=True, slots=True)
class ReviewedRow:
    """A paragraph of the plan after a review: the one of the dataset that it was, and its text as stored.

    `id` is "" for one that is new, whose text then begins with its label, as typed.
    """

    id: str
    text: str


def rows_of_plan(plan: Plan) -> tuple[ReviewedRow, ...]:
    """The paragraphs of a plan before anything was reviewed."""
    return tuple(ReviewedRow(paragraph.id, paragraph.text) for paragraph in plan.paragraphs)


def reviewed_plan(plan: Plan, rows: Sequence[ReviewedRow], style: NumberingStyle) -> Plan:
    """The plan of these rows, numbered anew; a paragraph keeps its id whatever it says now.

    Raises DataFaults where a row cannot be read as the one paragraph that it is.
    """
    if tuple(rows) == rows_of_plan(plan):
        return plan
    by_id = {paragraph.id: paragraph for paragraph in plan.paragraphs}
    kept = [replace(by_id[row.id], text=row.text) for row in rows if row.id]
    families = frozenset(map(family_of, style.levels))
    printed = iter(print_rows(Plan(tuple(kept)), style))
    texts = [next(printed) if row.id else row_saying(row.text, families) for row in rows]
    lines = [text + _written_id(row, by_id) for text, row in zip(texts, rows, strict=True)]
    read = parse_plan("".join(f"{line}\n" for line in lines), style, PLAN_FILE).plan.paragraphs
    if [paragraph.line for paragraph in read] != list(range(1, len(rows) + 1)):
        lost = sorted(set(range(1, len(rows) + 1)) - {paragraph.line for paragraph in read})
        raise DataFaults([UNREADABLE_ROW.at(Place(PLAN_FILE, line), text=lines[line - 1]) for line in lost])
    known = {number: row.id for number, row in enumerate(rows) if row.id}
    return Plan(_spaced(keep_ids(read, known), rows, by_id))


def _written_id(row: ReviewedRow, by_id: Mapping[str, Paragraph]) -> str:
    return f" {{#{row.id}}}" if row.id and by_id[row.id].has_written_id else ""


def _spaced(
    paragraphs: Sequence[Paragraph], rows: Sequence[ReviewedRow], by_id: Mapping[str, Paragraph]
) -> tuple[Paragraph, ...]:
    """The paragraphs on lines with the blank ones that stood before them."""
    olds = list(by_id.values())
    gaps = {
        paragraph.id: paragraph.line - (olds[index - 1].line if index else 0)
        for index, paragraph in enumerate(olds)
    }
    spaced, line = [], 0
    for paragraph, row in zip(paragraphs, rows, strict=True):
        line += max(1, gaps.get(row.id, 1))
        spaced.append(replace(paragraph, line=line))
    return tuple(spaced)
