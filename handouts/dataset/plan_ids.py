"""The ids of the paragraphs that nobody gave one: made from their text, so that they outlast other changes."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from handouts.dataset.outline import owner_indexes
from handouts.dataset.plan import Paragraph
from handouts.dataset.typed_text import bare


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
    return "p" + hashlib.sha256(bare(name).encode()).hexdigest()[:8]


def _free_id(name: str, taken: set[str], times: dict[str, int]) -> str:
    while True:
        times[name] = times.get(name, 0) + 1
        free = name if times[name] == 1 else f"{name}-{times[name]}"
        if free not in taken:
            taken.add(free)
            return free
