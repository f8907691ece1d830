"""What a reviewed file says of a paragraph, in words: who changed it and when, its formats, its comments with their answers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from handouts.compose.review_notes import CommentThread, MarkedText, ReviewNote
from handouts.revisions import ReviewComment, RevisionMark

_FORMATS = {
    "rPrChange": "文字の書式",
    "pPrChange": "段落の書式",
    "numberingChange": "段落番号",
    "numPr": "段落番号",
    "tblPrChange": "表の書式",
    "tblPrExChange": "表の書式",
    "tblGridChange": "表の列の幅",
    "trPrChange": "行の書式",
    "tcPrChange": "セルの書式",
    "sectPrChange": "ページの設定",
}
_OTHER_FORMAT = "コンテンツ コントロールなど"
_MOST_ABOUT = 40  # characters of what a comment is about
_NOBODY = "名前なし"
_DATE = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)")


def note_lines(note: ReviewNote, text: str) -> list[str]:
    """What is said of a row with this text, a line for each thing; answers to a comment are indented."""
    lines = [note.place]
    if people := people_of(marked.mark for marked in note.marks):
        lines.append(f"変更者 {people}")
    lines += things_done(note.marks)
    for thread in note.threads:
        lines += thread_lines(thread, text)
    return lines


def people_of(marks: Iterable[RevisionMark]) -> str:
    """Who set these marks, each once, with the first time; some changes of formats never name anybody."""
    return "、".join(f"{name}（{time}）" if time else name for name, time in signatures(marks))


def signatures(marks: Iterable[RevisionMark]) -> list[tuple[str, str]]:
    """The names of people_of with their times, which are empty where none is written."""
    found: dict[str, str] = {}
    for mark in marks:
        if mark.author or mark.kind != "property":
            found.setdefault(mark.author, mark.date)
    return [(author or _NOBODY, _minute(date)) for author, date in found.items()]


def signed(author: str, date: str) -> str:
    """A name with a time, to the minute as it was written."""
    time = _minute(date)
    return f"{author or _NOBODY}（{time}）" if time else author or _NOBODY


def _minute(date: str) -> str:
    time = _DATE.match(date)
    return f"{time[1]} {time[2]}" if time else ""


def things_done(marks: Sequence[MarkedText]) -> Iterator[str]:
    """Rows and cells that came or went, and how often which formats were changed."""
    for on, noun in (("row", "行"), ("cell", "セル")):
        kinds = {marked.mark.kind for marked in marks if marked.on == on}
        for kind, words in (("inserted", "追加"), ("deleted", "削除"), ("merged", "結合")):
            if kind in kinds:
                yield f"{noun}の{words}"
    if counts := format_counts(marks):
        yield f"書式の変更 {counts}"


def format_counts(marks: Iterable[MarkedText]) -> str:
    """How often which formats were changed; empty where none was."""
    names = Counter(
        _FORMATS.get(marked.mark.property, _OTHER_FORMAT)
        for marked in marks
        if marked.mark.kind == "property"
    )
    return "、".join(f"{name} {count}" for name, count in names.items())


def thread_lines(thread: CommentThread, text: str) -> Iterator[str]:
    """A comment and its answers, a line each; what a comment is about only where that is not all of the text."""
    done = "（解決済み）" if thread.comment.resolved else ""
    is_all = thread.about.strip() in ("", text.strip())
    about = "" if is_all else f"「{_shortened(_on_one_line(thread.about))}」に"
    yield f"コメント{done} {_said(thread.comment, about)}"
    for reply in thread.replies:
        yield f"　返信 {_said(reply, '')}"


def _said(comment: ReviewComment, about: str) -> str:
    return f"{signed(comment.author, comment.date)}{about}: {_on_one_line(comment.text)}"


def _shortened(text: str) -> str:
    return text if len(text) <= _MOST_ABOUT else f"{text[:_MOST_ABOUT]}…"


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
