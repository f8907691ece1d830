"""新旧対照: what stood before and what stands now, side by side, with what became of each place.

It knows nothing of where its rows come from: editions of a dataset, two datasets, or a Word file that came back.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from handouts.comparison import Span
from handouts.compose.charts import Chart
from handouts.compose.page import NAME_TAIL, Emphasis, Front, Run, compose_runs

ADDED, NEW, DROPPED, CHANGED, MOVED = "追加", "新設", "削除", "変更", "移動"
_REMARKS = (CHANGED, ADDED, NEW, DROPPED, MOVED)
_ABRIDGED = "（略）"
_PLACE, _REMARK, _WHO, _COMMENTS, _DECISIONS = "箇所", "備考", "変更した人", "コメント", "対応"

_LAST_FIGURE = re.compile(r"[\d,.]{1,12}\D{1,4}$")

# What becomes of what stays as it was: left out, one row for all that follow one another, or printed whole.
Unchanged = Literal["省く", "略", "全文"]


@dataclass(frozen=True, slots=True)
class Revision:
    """One place before and after; a text is empty where the place is not there, lines are parted by line breaks.

    Marks are spans [start, end) of characters. An empty `remark` is that of a place that stays as it was; others may be
    joined by ・. `place` is what a reader finds it by, `old_place` the same before where that was another one. Author (of
    several a line for each), date and comments have columns of their own where any revision has some, and so have the `decisions`
    on it, line by line.
    """

    old_text: str
    new_text: str
    old_marks: tuple[Span, ...] = ()
    new_marks: tuple[Span, ...] = ()
    remark: str = ""
    place: str = ""
    old_place: str = ""
    author: str = ""
    date: str = ""
    comments: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RevisionPart:
    """Revisions that stand under one heading, in order; no heading where the title is empty."""

    title: str
    revisions: tuple[Revision, ...]


@dataclass(frozen=True, slots=True)
class RevisionRow:
    """A printed row: the lines of each of its cells."""

    place: tuple[str, ...]
    new: tuple[tuple[Run, ...], ...]
    old: tuple[tuple[Run, ...], ...]
    remark: str
    who: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()

    @property
    def length(self) -> int:
        """The characters of its longest cell."""
        texts = [sum(len(run.text) for line in side for run in line) for side in (self.new, self.old)]
        return max(*texts, sum(map(len, self.comments)), sum(map(len, self.decisions)))


@dataclass(frozen=True, slots=True)
class RevisionGroup:
    """The rows of one part under its title."""

    title: str
    rows: tuple[RevisionRow, ...]


@dataclass(frozen=True, slots=True)
class RevisionTable:
    """The whole handout, ready to print as PDF, Word, page or sheet.

    `heads` are those of the columns: place, new, old, remark, then who, comments and decisions where there are some, as
    `has_people`, `has_comments` and `has_decisions` say. `notes` are the lines below the title.
    """

    front: Front
    heads: tuple[str, ...]
    notes: tuple[str, ...]
    groups: tuple[RevisionGroup, ...]
    has_people: bool = False
    has_comments: bool = False
    has_decisions: bool = False
    charts: tuple[Chart, ...] = ()


def compose_revision_table(
    parts: Sequence[RevisionPart],
    front: Front,
    names: tuple[str, str],
    unchanged: Unchanged = "省く",
    notes: Sequence[str] = (),
) -> RevisionTable:
    """The parts side by side, the new on the left; `names` are what the old and the new side are called.

    A part of which nothing is printed is left out. `notes` stand below the count.
    """
    revisions = [revision for part in parts for revision in part.revisions]
    has_people = any(revision.author or revision.date for revision in revisions)
    has_comments = any(revision.comments for revision in revisions)
    has_decisions = any(revision.decisions for revision in revisions)
    groups = (
        RevisionGroup(part.title, tuple(map(_row, _shown(part.revisions, unchanged)))) for part in parts
    )
    old, new = names
    return RevisionTable(
        front=front,
        heads=(
            _PLACE,
            f"新（{new}）",
            f"旧（{old}）",
            _REMARK,
            *((_WHO,) if has_people else ()),
            *((_COMMENTS,) if has_comments else ()),
            *((_DECISIONS,) if has_decisions else ()),
        ),
        notes=(count_of(revisions), *notes),
        groups=tuple(group for group in groups if group.rows),
        has_people=has_people,
        has_comments=has_comments,
        has_decisions=has_decisions,
    )


def count_of(revisions: Iterable[Revision]) -> str:
    """How many places changed, by what became of them, e.g. 変更箇所：3か所（変更 2、追加 1）."""
    remarks = [revision.remark for revision in revisions if revision.remark]
    if not remarks:
        return "変わったところはありません。"
    counts = Counter(part for remark in remarks for part in remark.split("・"))
    known = [name for name in _REMARKS if counts[name]]
    said = "、".join(f"{name} {counts[name]}" for name in (*known, *(set(counts) - set(known))))
    return f"変更箇所：{len(remarks)}か所（{said}）"


def _shown(revisions: Sequence[Revision], unchanged: Unchanged) -> Iterator[Revision]:
    """What is printed; what stays and follows one another is one row where it is abridged."""
    for is_kept, members in groupby(revisions, key=_is_kept):
        if not is_kept or unchanged == "全文":
            yield from members
        elif unchanged == "略":
            yield Revision(_ABRIDGED, _ABRIDGED)


def _is_kept(revision: Revision) -> bool:
    return not revision.remark and not revision.comments


def _row(revision: Revision) -> RevisionRow:
    whole = _with_absent_side(revision)
    return RevisionRow(
        place=tuple(_places(revision)),
        new=_lines(whole.new_text, whole.new_marks, "changed"),
        old=_lines(whole.old_text, whole.old_marks, "dropped"),
        remark=revision.remark,
        who=tuple(line for line in (*revision.author.split("\n"), revision.date) if line),
        comments=revision.comments,
        decisions=revision.decisions,
    )


def _places(revision: Revision) -> Iterator[str]:
    if revision.place:
        yield revision.place
    if revision.old_place and revision.old_place != revision.place:
        yield f"旧 {revision.old_place}"


def _with_absent_side(revision: Revision) -> Revision:
    """A text that stands on one side only is marked whole, and the other side says so, as offices write it."""
    if not revision.remark or bool(revision.old_text) == bool(revision.new_text):
        return revision
    said = revision.remark.partition("（")[0]
    if revision.new_text:
        absent = f"（{said if said in _REMARKS and said != CHANGED else ADDED}）"
        return replace(revision, old_text=absent, old_marks=(), new_marks=((0, len(revision.new_text)),))
    absent = f"（{said if said in _REMARKS and said != CHANGED else DROPPED}）"
    return replace(revision, new_text=absent, new_marks=(), old_marks=((0, len(revision.old_text)),))


def _lines(text: str, marks: Sequence[Span], emphasis: Emphasis) -> tuple[tuple[Run, ...], ...]:
    """The lines of a text with their marks; none for an empty text."""
    lines: list[tuple[Run, ...]] = []
    at = 0
    for line in text.split("\n") if text else ():
        end = at + len(line)
        own = [
            (max(start, at) - at, min(stop, end) - at) for start, stop in marks if start < end and stop > at
        ]
        lines.append(compose_runs(line, own, emphasis, _tail(line)))
        at = end + 1
    return tuple(lines)


def _tail(line: str) -> int:
    """How many characters at the end stay on one line: a figure with its unit, else a few."""
    figure = _LAST_FIGURE.search(line)
    return len(figure[0]) if figure else NAME_TAIL
