"""The outline of a plan: its headings with their paths, and what stands under each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from handouts.dataset.labels import Family, canonical, recognise
from handouts.dataset.model import Kind, Paragraph, Plan


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
