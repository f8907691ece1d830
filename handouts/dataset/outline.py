"""The outline of a plan: its headings with their paths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handouts.dataset.labels import Family, canonical, recognise
from handouts.dataset.plan import Kind, Paragraph, Plan


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its path through the outline, e.g. Ⅱ-2-(1)-①."""

    id: str
    level: int
    label: str
    title: str
    path: str


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


def is_pillar(paragraph: Paragraph) -> bool:
    """Whether a paragraph is the heading of a pillar."""
    return paragraph.kind is Kind.HEADING and paragraph.level == 1


def pillar_indexes(paragraphs: Sequence[Paragraph]) -> tuple[int, ...]:
    """The indexes of the pillars' headings."""
    return tuple(index for index, paragraph in enumerate(paragraphs) if is_pillar(paragraph))


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
