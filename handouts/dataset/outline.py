"""The outline of a plan: levels and numbers, which paragraphs are headings, and what stands under each."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from handouts.dataset.model import Kind, Paragraph, Plan
from handouts.dataset.numbering import Family, Label, canonical, family_of, print_label, recognise

DEEPEST_HEADING = 4
TITLE_LENGTH = 40  # an unnumbered line is a heading only where it is as short as a title


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its path through the outline, e.g. Ⅱ-2-(1)-①."""

    id: str
    level: int
    label: str
    title: str
    path: str


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph with those that hang on it: reasons, further KPIs, details and notes."""

    lead: Paragraph
    rest: tuple[Paragraph, ...] = ()


def headings(plan: Plan) -> tuple[Heading, ...]:
    """The headings in order; the second of two with the same path gets #2, and so on."""
    found: dict[int, Heading] = {}
    times: dict[str, int] = {}
    for index, owner in enumerate(owner_indexes(plan.paragraphs)):
        paragraph = plan.paragraphs[index]
        if paragraph.kind is not Kind.HEADING:
            continue
        path = _path_part(paragraph) if owner is None else f"{found[owner].path}-{_path_part(paragraph)}"
        times[path] = times.get(path, 0) + 1
        path += f"#{times[path]}" if times[path] > 1 else ""
        found[index] = Heading(paragraph.id, paragraph.level, paragraph.label, paragraph.text, path)
    return tuple(found.values())


def owners(plan: Plan) -> Mapping[str, str | None]:
    """The id of the heading under which each paragraph stands, by the paragraph's id."""
    owning = owner_indexes(plan.paragraphs)
    return {
        paragraph.id: None if owner is None else plan.paragraphs[owner].id
        for paragraph, owner in zip(plan.paragraphs, owning, strict=True)
    }


def blocks(plan: Plan) -> tuple[Block, ...]:
    """The paragraphs in order, each with those that hang on it."""
    found: list[Block] = []
    for paragraph in plan.paragraphs:
        if found and _hangs_on(paragraph, found[-1].lead):
            found[-1] = replace(found[-1], rest=(*found[-1].rest, paragraph))
        else:
            found.append(Block(paragraph))
    return tuple(found)


def owner_indexes(paragraphs: Sequence[Paragraph]) -> list[int | None]:
    """The index of the heading under which each paragraph stands."""
    owning: list[int | None] = []
    open_headings: list[int] = []
    for index, paragraph in enumerate(paragraphs):
        if paragraph.kind in (Kind.HEADING, Kind.ITEM):
            while open_headings and paragraphs[open_headings[-1]].level >= paragraph.level:
                open_headings.pop()
        owning.append(open_headings[-1] if open_headings else None)
        if paragraph.kind is Kind.HEADING:
            open_headings.append(index)
    return owning


def _path_part(paragraph: Paragraph) -> str:
    label = recognise(paragraph.label + "あ")
    if label is None:
        return "・"
    return f"○{paragraph.number}" if label.family is Family.CIRCLE and paragraph.number else canonical(label)


def _hangs_on(paragraph: Paragraph, lead: Paragraph) -> bool:
    if paragraph.kind is Kind.KPI:
        return lead.kind is Kind.KPI and not paragraph.label.startswith(("■", "【"))
    return paragraph.kind in (Kind.REASON, Kind.DETAIL, Kind.NOTE) and lead.kind is not Kind.HEADING


def give_ids(paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """The paragraphs with ids; those not written depend on the text, so that they outlast other changes."""
    taken = {paragraph.id for paragraph in paragraphs if paragraph.has_written_id}
    times: dict[str, int] = {}
    done: list[Paragraph] = []
    for paragraph, owner in zip(paragraphs, owner_indexes(paragraphs), strict=True):
        if not paragraph.has_written_id:
            owner_id = "" if owner is None else done[owner].id
            paragraph = replace(paragraph, id=_free_id(_derived_id(paragraph, owner_id), taken, times))
        done.append(paragraph)
    return tuple(done)


def _derived_id(paragraph: Paragraph, owner_id: str) -> str:
    name = paragraph.text
    # 【重要度：高】 or ◆支部独自事業 stand many times in a plan and belong to their heading.
    if not name or paragraph.label.startswith("◆"):
        name = f"{paragraph.label}{name}{owner_id}"
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", name))
    return "p" + hashlib.sha256(plain.encode()).hexdigest()[:8]


def _free_id(name: str, taken: set[str], times: dict[str, int]) -> str:
    while True:
        times[name] = times.get(name, 0) + 1
        free = name if times[name] == 1 else f"{name}-{times[name]}"
        if free not in taken:
            taken.add(free)
            return free


class Counters:
    """The numbers reached at each level of a numbering style."""

    def __init__(self, samples: Sequence[str]) -> None:
        self.samples = tuple(samples)
        self.families = tuple(family_of(sample) for sample in samples)
        self._reached = [0] * len(self.samples)
        self._typed: list[int | None] = [None] * len(self.samples)

    def place(self, label: Label) -> tuple[int, int]:
        """What `expect` says, and counts it."""
        level, number = self.expect(label)
        self._reached[level - 1 :] = [number] + [0] * (len(self.samples) - level)
        self._typed[level - 1] = label.number
        return level, number

    def expect(self, label: Label) -> tuple[int, int]:
        """The level of a label, and the number whose turn it is there; its family must be one of the style."""
        level = self._level(label)
        reached = self._reached[level - 1]
        # A typed first number begins a new list; but people who do not count type it again and again.
        is_new = label.number == 1 and reached > 1 and self._typed[level - 1] != 1
        return level, 1 if is_new else reached + 1

    def is_next(self, label: Label) -> bool:
        """Whether the number of a label is the one whose turn it is, without a new list."""
        return label.number in (None, self._reached[self._level(label) - 1] + 1)

    def _level(self, label: Label) -> int:
        """Where one family serves two levels: the one that the number continues, and if both, the deeper."""
        levels = [level for level, family in enumerate(self.families, 1) if family is label.family]
        if len(levels) == 1:
            return levels[0]
        reached = [level for level in levels if self._reached[level - 1]]
        reachable = levels[: len(reached) + 1]  # one level can open below those that are
        continued = [level for level in reachable if label.number == self._reached[level - 1] + 1]
        return max(continued or reached or reachable, key=lambda level: (self._has_form(label, level), level))

    def _has_form(self, label: Label, level: int) -> bool:
        return label.number is not None and print_label(self.samples[level - 1], label.number) == label.text


def settle_headings(read: Sequence[Paragraph], bodies: frozenset[int]) -> tuple[Paragraph, ...]:
    """The paragraphs with their final kinds and levels.

    As read, a labelled paragraph is an item (with ○ a heading) at the level of the style, and all others,
    ◆ too, are at level 0. `bodies` are the lines that are said to be text.
    """
    settling = _Settling(read, bodies)
    for index in range(len(read)):
        settling.settle(index)
    return tuple(settling.settled)


def is_unnumbered_heading(before: Paragraph, text: str, after: Paragraph) -> bool:
    """Whether an unlabelled line between `before` and `after` is a heading: short, no sentence, a list beneath."""
    is_between = before.kind is Kind.HEADING and _has_level(before) and _has_level(after)
    is_title = len(text) <= TITLE_LENGTH and not _is_sentence(text)
    return is_between and is_title and before.level < after.level <= DEEPEST_HEADING


class _Settling:
    def __init__(self, read: Sequence[Paragraph], bodies: frozenset[int]) -> None:
        self.read = read
        self.bodies = bodies
        self.settled: list[Paragraph] = []
        self._open: list[Paragraph] = []  # the headings under which the next paragraph stands
        self._pushed: list[int] = []  # the levels of the style that an unnumbered heading pushes one down
        self._levels_below = _levels_of_next_labels(read)

    def settle(self, index: int) -> None:
        paragraph = self._settled(index)
        if paragraph.kind in (Kind.HEADING, Kind.ITEM):
            self._close(paragraph.level)
        if paragraph.kind is Kind.HEADING:
            self._open.append(paragraph)
        self.settled.append(paragraph)

    def _settled(self, index: int) -> Paragraph:
        paragraph = self.read[index]
        if _has_level(paragraph):
            return self._labelled(index)
        if paragraph.kind is Kind.HEADING:
            return replace(paragraph, level=self._level_of_marked())
        if level := self._level_of_unnumbered(index):
            return replace(paragraph, kind=Kind.HEADING, level=level)
        return replace(paragraph, level=self._open[-1].level if self._open else 0)

    def _labelled(self, index: int) -> Paragraph:
        paragraph = self.read[index]
        self._pushed = [level for level in self._pushed if level <= paragraph.level]
        level = paragraph.level + len(self._pushed)
        kind = Kind.HEADING if self._heads(index, level) else Kind.ITEM
        return replace(paragraph, kind=kind, level=level)

    def _heads(self, index: int, level: int) -> bool:
        """Whether a labelled paragraph is a heading; at levels 3 and 4 what stands beneath it decides."""
        paragraph = self.read[index]
        if paragraph.kind is Kind.HEADING or level == 1:
            return True
        if level > DEEPEST_HEADING or _is_sentence(paragraph.text):
            return False
        return level == 2 or self._levels_below[index] > paragraph.level or self._is_followed_by_text(index)

    def _is_followed_by_text(self, index: int) -> bool:
        below = (self.read[later] for later in range(index + 1, len(self.read)))
        after = next((paragraph for paragraph in below if paragraph.kind is not Kind.CAPTION), None)
        return after is not None and (after.kind in (Kind.BODY, Kind.BULLET) or _is_marked(after))

    def _level_of_marked(self) -> int:
        """◆ stands one below the heading above it, and beside another ◆."""
        above = next((heading for heading in reversed(self._open) if not _is_marked(heading)), None)
        return above.level + 1 if above else 1

    def _level_of_unnumbered(self, index: int) -> int:
        """The level of an unlabelled line that is a heading, pushing what follows down; otherwise 0."""
        paragraph = self.read[index]
        is_free = paragraph.kind is Kind.BODY and paragraph.line not in self.bodies
        if not is_free or not self.settled or index + 1 == len(self.read):
            return 0
        after = self.read[index + 1]
        level = after.level + sum(level <= after.level for level in self._pushed)
        if not is_unnumbered_heading(self.settled[-1], paragraph.text, replace(after, level=level)):
            return 0
        self._pushed.append(after.level)
        return level

    def _close(self, level: int) -> None:
        while self._open and self._open[-1].level >= level:
            self._open.pop()


def _levels_of_next_labels(read: Sequence[Paragraph]) -> list[int]:
    levels = [0] * (len(read) + 1)
    for index in range(len(read) - 1, 0, -1):
        levels[index - 1] = read[index].level if _has_level(read[index]) else levels[index]
    return levels


def _has_level(paragraph: Paragraph) -> bool:
    """Whether a paragraph bears a label of the numbering style."""
    return paragraph.kind in (Kind.HEADING, Kind.ITEM) and paragraph.number is not None


def _is_marked(paragraph: Paragraph) -> bool:
    """Whether a paragraph is a heading with a mark that has no level of its own, such as ◆."""
    return paragraph.kind is Kind.HEADING and paragraph.number is None and paragraph.label != ""


def _is_sentence(text: str) -> bool:
    return text.rstrip("）)」』】").endswith(("。", "．", "｡"))
