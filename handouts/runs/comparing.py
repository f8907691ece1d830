"""A comparison as JSON, as text for a terminal and as a 新旧対照 page."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from handouts.comparison import Span
from handouts.compose.changes import ADDED, CHANGED, DROPPED, ParagraphChange, compare_texts, remark
from handouts.compose.page import compose_runs
from handouts.dataset.text_file import read_text
from handouts.page.templates import Templates
from handouts.shipped import folders


def compare_files(old: Path, new: Path) -> tuple[ParagraphChange, ...]:
    """The lines of two text files as paragraphs; indexes count all lines, but empty ones are no rows."""
    texts = [read_text(path)[0].splitlines() for path in (old, new)]
    numbers = [[number for number, line in enumerate(lines) if line.strip()] for lines in texts]
    filled = [[lines[number] for number in chosen] for lines, chosen in zip(texts, numbers, strict=True)]
    return tuple(
        replace(
            change,
            old=None if change.old is None else numbers[0][change.old],
            new=None if change.new is None else numbers[1][change.new],
        )
        for change in compare_texts(*filled)
    )


def as_json(changes: Sequence[ParagraphChange]) -> str:
    """The list of rows: indexes, texts and marks [start, end) of both sides."""
    return json.dumps([_row(change) for change in changes], ensure_ascii=False, indent=1)


def _row(change: ParagraphChange) -> dict[str, object]:
    return {
        "old": change.old,
        "new": change.new,
        "old_text": change.old_text,
        "new_text": change.new_text,
        "old_marks": [list(span) for span in change.old_marks],
        "new_marks": [list(span) for span in change.new_marks],
    }


def as_text(changes: Sequence[ParagraphChange], names: tuple[str, str]) -> str:
    """The changed paragraphs, dropped words in ［－…－］ and new ones in ［＋…＋］, then a count."""
    lines = [f"旧: {names[0]}", f"新: {names[1]}", ""]
    for change in changes:
        lines += _text_rows(change)
    return "\n".join([*lines, _count(changes)])


def _text_rows(change: ParagraphChange) -> list[str]:
    if change.old is None:
        return [f"追加 {change.new_text}", ""]
    if change.new is None:
        return [f"削除 {change.old_text}", ""]
    if not change.old_marks and not change.new_marks:
        return []
    old = _bracketed(change.old_text, change.old_marks, "－")
    new = _bracketed(change.new_text, change.new_marks, "＋")
    return [f"旧   {old}", f"新   {new}", ""]


def _bracketed(text: str, marks: Sequence[Span], sign: str) -> str:
    runs = compose_runs(text, marks, "changed", tail=0)
    return "".join(f"［{sign}{run.text}{sign}］" if run.emphasis else run.text for run in runs)


def _count(changes: Sequence[ParagraphChange]) -> str:
    remarks = [remark(change) for change in changes]
    counts = "、".join(f"{name} {remarks.count(name)}" for name in (CHANGED, ADDED, DROPPED))
    return f"段落 {len(changes)} のうち {counts}、変わらないもの {remarks.count('')}"


def as_html(changes: Sequence[ParagraphChange], names: tuple[str, str], working_folder: Path) -> str:
    """The 新旧対照 page: both sides of every paragraph, changed words underlined, what happened in 備考."""
    rows = [
        {
            "new": compose_runs(change.new_text, change.new_marks, "changed", tail=0),
            "old": compose_runs(change.old_text, change.old_marks, "dropped", tail=0),
            "remark": remark(change),
        }
        for change in changes
    ]
    page = {"old": names[0], "new": names[1], "rows": rows, "count": _count(changes)}
    return Templates(folders("templates", working_folder)).page("comparison-page.html", page=page)
