"""The parts that handouts are made of: lines with marked runs, covers, budget lines."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal, TypeVar

from handouts.characters import is_attached
from handouts.dataset.fiscal import date_text, wide_digits
from handouts.dataset.kinds import HandoutKind
from handouts.dataset.model import Dataset
from handouts.dataset.plan import Kind, Paragraph
from handouts.dataset.settings import HandoutSettings
from handouts.origin import Role

Emphasis = Literal["", "changed", "dropped"]
_Block = TypeVar("_Block")

# Deeper headings of a plan are set like the smallest one.
_HEADING_STYLES = {1: "pillar", 2: "topic", 3: "section", 4: "measure"}
_STYLES = {
    Kind.BULLET: "bullet",
    Kind.BODY: "body",
    Kind.IMPORTANCE: "importance",
    Kind.DIFFICULTY: "importance",
    Kind.REASON: "reason",
    Kind.GROUP: "group",
    Kind.DETAIL: "detail",
    Kind.NOTE: "note",
    Kind.CAPTION: "caption",
}
_LAST_NUMBERED_LEVEL = 4
# So many characters at the end stay on one line, so that none stands on a line of its own; fewer in a narrow column.
TAIL = 3
NAME_TAIL = 2


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of characters set in one way; the runs of the tail stay on one line."""

    text: str
    emphasis: Emphasis = ""
    is_tail: bool = False


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One printed paragraph: where it comes from, its style, its runs, and what it is to where it comes from.

    `heading` is the level under the document's title (2 for a pillar), None for text and for last year's
    headings, which the table of contents of the file leaves out.
    """

    ref: str
    style: str
    runs: tuple[Run, ...]
    heading: int | None = None
    role: Role = "own"

    @property
    def text(self) -> str:
        """The characters without their marks."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Printed:
    """A text that stands alone in its cell or line, where it comes from, and what it is to that.

    In a template it is its text, so that those of a branch may print it alone.
    """

    text: str
    ref: str = ""
    role: Role = "own"

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True, slots=True)
class Box:
    """Lines in a frame of their own."""

    lines: tuple[PrintedLine, ...]


@dataclass(frozen=True, slots=True)
class ContentsLine:
    """A part of the handout with the place where it begins; its page is known once the pages are laid out."""

    title: str
    target: str


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page: date and meeting, material number in its box, agenda, title over its lines, what follows it.

    `wide_pages` is whether the branch prints the page numbers of the contents in full width. `ref` is that of the
    settings which it comes from; `title_role` says whether the title does.
    """

    date: str
    meeting: str
    material: str
    title: tuple[str, ...]
    agenda: str = ""
    contents: tuple[ContentsLine, ...] = ()
    wide_pages: bool = False
    statements: tuple[str, ...] = ()
    note: str = ""
    ref: str = ""
    title_role: Role = "generated"


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """An initiative and its amount, which are one row of one table and cannot drift apart."""

    ref: str
    name: tuple[Run, ...]
    amount: str
    is_new: bool = False
    role: Role = "own"


@dataclass(frozen=True, slots=True)
class Sum:
    """A computed amount under its name, e.g. 小計; `ref` names all that it is computed of.

    `name_ref` does so where the name has a figure in it too.
    """

    name: str
    amount: str
    ref: str = ""
    role: Role = "computed"
    name_ref: str = ""

    @property
    def name_role(self) -> Role:
        """That of its name."""
        return "generated" if self.role == "computed" and not self.name_ref else self.role


@dataclass(frozen=True, slots=True)
class Budget:
    """The initiatives of one topic, and their sums where they are asked for."""

    lines: tuple[BudgetLine, ...] = ()
    sums: tuple[Sum, ...] = ()


@dataclass(frozen=True, slots=True)
class TopicCell:
    """What one year's plan says of a topic, and its budget."""

    lines: tuple[PrintedLine, ...] = ()
    budget: Budget = field(default_factory=Budget)


@dataclass(frozen=True, slots=True)
class Front:
    """What every handout begins with: its title and properties, its day, its cover."""

    title: str
    author: str
    subject: str
    identifier: str
    date: datetime.date
    cover: Cover

    @property
    def file_stem(self) -> str:
        """The name of the handout's files as the team would give it: material number and title."""
        return "_".join(filter(None, (self.cover.material, self.title)))


def compose_front(dataset: Dataset, kind: HandoutKind) -> Front:
    """The front of a handout of this kind; a title that the dataset gives itself stands instead of that of the kind.

    The day is that of the meeting, else the first of the fiscal year.
    """
    settings = dataset.settings(kind.id)
    names = {"year": year_name(dataset), "branch": branch_name(dataset), "draft": draft_mark(dataset)}
    cover = (settings.title,) if settings.title else tuple(line.format_map(names) for line in kind.cover)
    return Front(
        title=settings.title or kind.title.format_map(names) or " ".join(cover),
        author=f"全国健康保険協会 {branch_name(dataset)}",
        subject=" ".join(filter(None, (settings.material, settings.meeting))),
        identifier=f"{dataset.name} {dataset.edition}",
        date=settings.date or dataset.fiscal_year.first_day,
        cover=_cover(dataset, settings, cover, f"dataset:handouts.{kind.id}"),
    )


def _cover(dataset: Dataset, settings: HandoutSettings, title: tuple[str, ...], ref: str) -> Cover:
    date = "" if settings.date is None else date_text(settings.date)
    return Cover(
        date=in_digits_of(dataset, date),
        meeting=settings.meeting,
        material=settings.material,
        title=title,
        agenda=settings.agenda,
        note=settings.note,
        ref=ref,
        title_role="own" if settings.title else "generated",
    )


def draft_mark(dataset: Dataset) -> str:
    """（案） for a draft, else nothing."""
    return "（案）" if dataset.edition == "案" else ""


def compose_runs(
    text: str, marks: Sequence[tuple[int, int]], emphasis: Emphasis, tail: int = TAIL
) -> tuple[Run, ...]:
    """`text` cut into runs, those in `marks` (character offsets) with `emphasis`, the last `tail` characters apart."""
    runs = []
    at, turn = 0, max(0, len(text) - tail)
    while 0 < turn < len(text) and is_attached(text[turn]):
        turn -= 1
    for start, end in marks:
        runs += [*_cut(text, at, start, turn, ""), *_cut(text, start, end, turn, emphasis)]
        at = end
    return tuple(run for run in (*runs, *_cut(text, at, len(text), turn, "")) if run.text)


def plain_line(
    ref: str, style: str, text: str, heading: int | None = None, tail: int = TAIL, role: Role = "own"
) -> PrintedLine:
    """A line without marks."""
    return PrintedLine(ref, style, compose_runs(text, (), "", tail), heading, role)


def _cut(text: str, start: int, end: int, turn: int, emphasis: Emphasis) -> tuple[Run, Run]:
    """What stands before the tail, which begins at `turn`, and what in it."""
    middle = min(max(turn, start), end)
    return Run(text[start:middle], emphasis), Run(text[middle:end], emphasis, is_tail=True)


def in_frames(blocks: Iterable[tuple[object, _Block]]) -> tuple[_Block | Box, ...]:
    """The blocks, each given with its frame; lines that follow one another in the same frame are one box."""
    framed: list[_Block | Box] = []
    for frame, pairs in groupby(blocks, key=lambda pair: pair[0]):
        found = [block for _, block in pairs]
        framed += [Box(tuple(line for line in found if isinstance(line, PrintedLine)))] if frame else found
    return tuple(framed)


def paragraph_style(paragraph: Paragraph, opens_kpi_block: bool = True) -> str:
    """The name of the style in which a paragraph of the plan is set."""
    if paragraph.kind is Kind.HEADING:
        return _HEADING_STYLES.get(paragraph.level, "measure")
    if paragraph.kind is Kind.ITEM:
        return "item" if paragraph.level <= _LAST_NUMBERED_LEVEL else "subitem"
    if paragraph.kind is Kind.KPI:
        return "kpi" if opens_kpi_block else "kpi-next"
    return _STYLES[paragraph.kind]


def branch_name(dataset: Dataset) -> str:
    """For example 群馬支部."""
    return f"{dataset.branch}支部"


def year_and_branch(dataset: Dataset) -> str:
    """For example 令和7年度 群馬支部."""
    return f"{year_name(dataset)} {branch_name(dataset)}"


def year_name(dataset: Dataset) -> str:
    """The dataset's fiscal year in the form that its branch prints."""
    return dataset.fiscal_year.text(dataset.year_form)


def in_digits_of(dataset: Dataset, text: str) -> str:
    """`text` with its digits as wide as the branch of the dataset prints them."""
    return wide_digits(text) if dataset.year_form.is_wide else text
