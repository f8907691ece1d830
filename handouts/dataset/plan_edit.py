"""The text of a plan changed: lines of paragraphs that stay are left as they stand there."""

from __future__ import annotations

from difflib import SequenceMatcher

from handouts.dataset.plan import Paragraph, Plan
from handouts.dataset.plan_lines import rows_of
from handouts.dataset.plan_text import print_rows
from handouts.dataset.settings import NumberingStyle


def edited_plan(text: str, old: Plan, new: Plan, style: NumberingStyle) -> str:
    """The `text` of the plan `old`, changed so that it is that of the plan `new`, with the empty lines of `new`."""
    rows = rows_of(text)
    chunks = _chunks(rows, old)
    stays = _matched(old, new)
    gaps = [_gap(new, number) for number in range(len(new.paragraphs))]
    if len(stays) == len(new.paragraphs) == len(old.paragraphs) and gaps == [
        _gap(old, number) for number in range(len(old.paragraphs))
    ]:
        return text
    lines: list[str] = []
    for number, (paragraph, printed) in enumerate(zip(new.paragraphs, print_rows(new, style), strict=True)):
        name = f" {{#{paragraph.id}}}" if paragraph.has_written_id else ""
        own = chunks[stays[number]] if number in stays else [printed + name]
        lines += [""] * (gaps[number] - len(own) + 1)
        lines += own
    last = old.paragraphs[-1].line if old.paragraphs else len(rows)
    return "\n".join((*lines, *(rows[last:] or [""])))


def _chunks(rows: list[str], plan: Plan) -> list[list[str]]:
    """The lines of each paragraph: its own, and above it a ■KPI： that stands alone."""
    chunks = []
    start = 0
    for paragraph in plan.paragraphs:
        chunks.append([row for row in rows[start : paragraph.line] if row.strip()])
        start = paragraph.line
    return chunks


def _gap(plan: Plan, number: int) -> int:
    """How many lines stand between a paragraph and the one before it."""
    before = plan.paragraphs[number - 1].line if number else 0
    return max(0, plan.paragraphs[number].line - before - 1)


def _matched(old: Plan, new: Plan) -> dict[int, int]:
    """The number of the same paragraph in `old` for those of `new` that are there, in order."""
    olds, news = [list(map(_identity, plan.paragraphs)) for plan in (old, new)]
    blocks = SequenceMatcher(None, olds, news, autojunk=False).get_matching_blocks()
    return {block.b + n: block.a + n for block in blocks for n in range(block.size)}


def _identity(paragraph: Paragraph) -> tuple[object, ...]:
    name = paragraph.id if paragraph.has_written_id else None
    return paragraph.kind, paragraph.level, paragraph.label, paragraph.text, name
