"""Two editions of a dataset, two datasets or two texts compared as one 新旧対照: what differs, in words, as JSON, as a handout."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from handouts.comparison import Span
from handouts.compose.changes import ParagraphChange, compare_datasets, compare_editions, remark
from handouts.compose.dataset_revisions import revisions_of_datasets
from handouts.compose.page import Cover, Front, branch_name, compose_runs, year_and_branch, year_name
from handouts.compose.review_words import signatures, thread_lines
from handouts.compose.revision_table import (
    Revision,
    RevisionPart,
    RevisionTable,
    Unchanged,
    compose_revision_table,
    count_of,
)
from handouts.dataset.model import Dataset
from handouts.runs.editions import read_edition, saved_when

TODAY = "今のデータ"
_SHEETS_SHOWN = {
    "計画": {"", "番号", "段落の順"},
    "取組・予算": {"", "取組の名称", "予算額（円）", "計画の見出し"},
    "経費の区分": {"", "区分の名称", "予算額（円）"},
    "KPI": {"", "KPIの名称", "目標", "単位", "向き", "一覧での名称", "印刷する文"},
    "対象者": None,
}


@dataclass(frozen=True, slots=True)
class Revised:
    """What differs between two sides: their names, the old one first, the parts, the front of a handout of it, notes.

    `notes` say what differs and is not among the parts.
    """

    names: tuple[str, str]
    parts: tuple[RevisionPart, ...]
    front: Front
    notes: tuple[str, ...] = ()

    def table(self, unchanged: Unchanged) -> RevisionTable:
        """The handout of it."""
        return compose_revision_table(self.parts, self.front, self.names, unchanged, self.notes)


def revised_editions(path: Path, old: str, new: str | None, today: Dataset | None) -> Revised:
    """Two saved editions of the dataset at `path`, or one of them and the dataset as it is `today`."""
    before = read_edition(path, old)
    after = read_edition(path, new) if new is not None else today
    assert after is not None
    parts = revisions_of_datasets(before, after, compare_editions(before, after))
    title = f"{year_and_branch(after)} 事業計画 変更箇所一覧"
    notes = (*_saved(path, old, new), *_left_out(before, after))
    return Revised((old, TODAY if new is None else new), parts, _front(title, after), notes)


def _saved(path: Path, *names: str | None) -> Iterator[str]:
    """When the editions were saved, as far as that is known."""
    days = {name: when for name in names if name is not None and (when := saved_when(path, name))}
    if days:
        yield "、".join(f"{name} は {when:%Y-%m-%d %H:%M} に残した版" for name, when in days.items())


def revised_datasets(old: Dataset, new: Dataset) -> Revised:
    """Two datasets, such as those of two years."""
    parts = revisions_of_datasets(old, new, compare_datasets(old, new))
    names = (year_name(old), year_name(new)) if old.fiscal_year != new.fiscal_year else (old.name, new.name)
    return Revised(names, parts, _front(f"{year_and_branch(new)} 事業計画 新旧対照", new))


def revised_texts(names: tuple[str, str], changes: Sequence[ParagraphChange], day: date) -> Revised:
    """Two texts, or a reviewed Word file before and after its changes, with who made them and the comments.

    The place of a paragraph of a text is its line.
    """
    title = f"新旧対照　{names[1]}"
    front = Front(title, "", "", title, day, Cover("", "", "", (title,)))
    return Revised(names, (RevisionPart("", tuple(map(_revision, changes))),), front)


def _revision(change: ParagraphChange) -> Revision:
    texts = change.old_text, change.new_text, change.old_marks, change.new_marks, remark(change)
    if (said := change.said) is None:
        return Revision(*texts, _line(change.new), _line(change.old))
    lines = (line for thread in said.threads for line in thread_lines(thread, change.new_text))
    comments = tuple(line.removeprefix("コメント ") for line in lines)
    # A name and its time are a line each, since the column is narrow.
    people = [word for both in signatures(marked.mark for marked in said.marks) for word in both if word]
    return Revision(*texts, said.place.removeprefix("本文 "), author="\n".join(people), comments=comments)


def _line(index: int | None) -> str:
    return "" if index is None else f"{index + 1}行"


def _front(title: str, dataset: Dataset) -> Front:
    """The front of a handout without a cover; its day is the first of the fiscal year."""
    author = f"全国健康保険協会 {branch_name(dataset)}"
    cover = Cover("", "", "", (title,))
    return Front(title, author, "", f"{dataset.name} {dataset.edition}", dataset.fiscal_year.first_day, cover)


def _left_out(old: Dataset, new: Dataset) -> Iterator[str]:
    """In how many places the datasets differ in what the handout does not show, by the sheets of the input workbook."""
    from handouts.excel.changes import changes_between

    counts: Counter[str] = Counter()
    for change in changes_between(old, new):
        headings = _SHEETS_SHOWN.get(change.sheet, set())
        counts[change.sheet] += headings is not None and change.heading not in headings
    if said := "、".join(f"{sheet} {count}" for sheet, count in counts.items() if count):
        yield f"このほかに、次の入力も違います（この表には載せていません）：{said}"


def as_json(revised: Revised) -> str:
    """Every place as a row: its part, both places, what became of it, both texts with their marks [start, end)."""
    rows = [
        {
            "part": part.title,
            "place": one.place,
            "old_place": one.old_place,
            "remark": one.remark,
            "old_text": one.old_text,
            "new_text": one.new_text,
            "old_marks": [list(span) for span in one.old_marks],
            "new_marks": [list(span) for span in one.new_marks],
        }
        for part in revised.parts
        for one in part.revisions
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1)


def as_text(revised: Revised) -> str:
    """The changed places, dropped words in ［－…－］ and new ones in ［＋…＋］, then a count and what is not shown."""
    old, new = revised.names
    lines = [f"旧: {old}", f"新: {new}", ""]
    for part in revised.parts:
        changed = [line for one in part.revisions if one.remark for line in _said(one)]
        lines += [f"【{part.title}】", *changed] if changed and part.title else changed
    count = count_of(one for part in revised.parts for one in part.revisions)
    return "\n".join([*lines, count, *revised.notes])


def _said(one: Revision) -> Iterator[str]:
    places = [one.place, f"旧 {one.old_place}" if one.old_place and one.old_place != one.place else ""]
    yield " ".join(filter(None, (one.remark, *places)))
    if one.old_text:
        yield f"  旧 {_bracketed(one.old_text, one.old_marks, '－')}"
    if one.new_text:
        yield f"  新 {_bracketed(one.new_text, one.new_marks, '＋')}"
    yield ""


def _bracketed(text: str, marks: Sequence[Span], sign: str) -> str:
    runs = compose_runs(text, marks, "changed", tail=0)
    return "".join(f"［{sign}{run.text}{sign}］" if run.emphasis else run.text for run in runs)
