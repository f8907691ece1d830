"""A comparison as JSON, as text for a terminal and as a 新旧対照 page."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from handouts.comparison import Span
from handouts.compose.changes import ADDED, CHANGED, DROPPED, ParagraphChange, remark
from handouts.compose.page import compose_runs
from handouts.compose.review_notes import MarkedText, ReviewNote
from handouts.compose.review_words import format_counts, note_lines
from handouts.compose.reviewed import FORMATTED, MERGED, MOVED_TO, SPLIT
from handouts.page.templates import Templates
from handouts.revisions import ReviewComment
from handouts.shipped import folders


def as_json(changes: Sequence[ParagraphChange]) -> str:
    """The list of rows: indexes, texts and marks [start, end) of both sides; of a reviewed file also what is said of them."""
    return json.dumps([_row(change) for change in changes], ensure_ascii=False, indent=1)


def _row(change: ParagraphChange) -> dict[str, object]:
    return {
        "old": change.old,
        "new": change.new,
        "old_text": change.old_text,
        "new_text": change.new_text,
        "old_marks": [list(span) for span in change.old_marks],
        "new_marks": [list(span) for span in change.new_marks],
        **({} if change.said is None else _note(change.said)),
    }


def _note(note: ReviewNote) -> dict[str, object]:
    return {
        "remark": note.remark,
        "group": note.group,
        "story": note.story,
        "place": note.place,
        "revisions": [_revision(marked) for marked in note.marks if marked.mark.kind != "property"],
        "formats": Counter(marked.mark.property for marked in note.marks if marked.mark.kind == "property"),
        "comments": [
            {**_comment(thread.comment), "about": thread.about, "replies": [*map(_comment, thread.replies)]}
            for thread in note.threads
        ],
    }


def _revision(marked: MarkedText) -> dict[str, object]:
    mark = marked.mark
    said: dict[str, object] = {
        "id": mark.id,
        "kind": mark.kind,
        "on": marked.on,
        "author": mark.author,
        "date": mark.date,
        "text": marked.text,
    }
    return said | {"move": mark.move} if mark.move else said


def _comment(comment: ReviewComment) -> dict[str, object]:
    return {
        "id": comment.id,
        "author": comment.author,
        "initials": comment.initials,
        "date": comment.date,
        "text": comment.text,
        "resolved": comment.resolved,
    }


def as_text(changes: Sequence[ParagraphChange], names: tuple[str, str]) -> str:
    """The changed paragraphs, dropped words in ［－…－］ and new ones in ［＋…＋］, then a count.

    Below those of a reviewed file stands what is said of them.
    """
    lines = [f"旧: {names[0]}", f"新: {names[1]}", ""]
    for _, group in groupby(
        enumerate(changes), lambda row: row[1].said.group if row[1].said else -1 - row[0]
    ):
        lines += _text_rows([change for _, change in group])
    return "\n".join([*lines, *_counts(changes)])


def _text_rows(rows: Sequence[ParagraphChange]) -> list[str]:
    """Rows that belong together, mostly one; nothing where nothing is to be told of them."""
    said = rows[0].said
    if not remark(rows[0]) and not (said and said.threads):
        return []
    notes = (
        []
        if said is None
        else [f"     {line}" for line in note_lines(said, rows[0].new_text or rows[0].old_text)]
    )
    old, new = zip(*map(_sides, rows), strict=True)
    return [line for line in (*old, *new) if line] + notes + [""]


def _sides(change: ParagraphChange) -> tuple[str, str]:
    """The lines for what a row was and what it is; one of them is empty where the paragraph is on one side only."""
    what = remark(change)
    is_on_both = change.old is not None and change.new is not None
    if is_on_both and what in ("", FORMATTED):
        return "", f"{what or '段落'} {change.new_text}"
    if not is_on_both and what not in (SPLIT, MERGED, CHANGED):
        old, new = (f"{what} {text}" for text in (change.old_text, change.new_text))
    else:
        old = f"旧   {_bracketed(change.old_text, change.old_marks, '－')}"
        new = f"新   {_bracketed(change.new_text, change.new_marks, '＋')}"
    return "" if change.old is None else old, "" if change.new is None else new


def _bracketed(text: str, marks: Sequence[Span], sign: str) -> str:
    runs = compose_runs(text, marks, "changed", tail=0)
    return "".join(f"［{sign}{run.text}{sign}］" if run.emphasis else run.text for run in runs)


def _counts(changes: Sequence[ParagraphChange]) -> list[str]:
    """How many paragraphs there are of each kind, then how many comments and changes of formats, if any."""
    firsts = [change for change in changes if change.said is None or change.said.is_first]
    remarks = Counter(remark(change) for change in firsts if change.old is not None or change.new is not None)
    others = [name for name in (SPLIT, MERGED, MOVED_TO, FORMATTED) if remarks[name]]
    counts = "、".join(
        f"{name.removesuffix('（先）')} {remarks[name]}" for name in (CHANGED, ADDED, DROPPED, *others)
    )
    total = remarks.total() - remarks[MOVED_TO]
    lines = [f"段落 {total} のうち {counts}、変わらないもの {remarks['']}"]
    notes = [change.said for change in firsts if change.said is not None]
    if threads := [thread for note in notes for thread in note.threads]:
        replies = sum(len(thread.replies) for thread in threads)
        lines.append(f"コメント {len(threads)}、返信 {replies}")
    if formats := format_counts(marked for note in notes for marked in note.marks):
        lines.append(f"書式の変更 {formats}")
    return lines


def as_html(changes: Sequence[ParagraphChange], names: tuple[str, str], working_folder: Path) -> str:
    """The 新旧対照 page: both sides of every paragraph, changed words underlined, what happened in 備考."""
    rows = [
        {
            "new": compose_runs(change.new_text, change.new_marks, "changed", tail=0),
            "old": compose_runs(change.old_text, change.old_marks, "dropped", tail=0),
            "remark": remark(change),
            "notes": note_lines(change.said, change.new_text or change.old_text)
            if change.said and _is_told(change)
            else [],
        }
        for change in changes
        if change.said is None or change.old_text or change.new_text or _is_told(change)
    ]
    page = {
        "old": names[0],
        "new": names[1],
        "rows": rows,
        "count": "。".join(_counts(changes)),
        "is_review": any(change.said for change in changes),
    }
    return Templates(folders("templates", working_folder)).page("comparison-page.html", page=page)


def _is_told(change: ParagraphChange) -> bool:
    said = change.said
    return said is not None and said.is_first and bool(said.remark or said.threads)
