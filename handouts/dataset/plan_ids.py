"""The ids of the paragraphs that nobody gave one: made from their text, and kept where the text changes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from handouts.dataset.outline import owner_indexes
from handouts.dataset.plan import Paragraph, Plan
from handouts.dataset.plan_matching import same_paragraphs
from handouts.dataset.typed_text import bare

_DERIVED = re.compile(r"p[0-9a-f]{8}(-[0-9]+)?")


def give_ids(paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """The paragraphs with ids; those not written depend on the text, so that they outlast other changes."""
    return keep_ids(paragraphs, {})


def keep_ids(paragraphs: Sequence[Paragraph], known: Mapping[int, str]) -> tuple[Paragraph, ...]:
    """The paragraphs with ids, those of `known`, by their index, with the id there: written where the text gives another.

    An id that is written goes before what is known.
    """
    giving = _Giving(paragraphs, known)
    while giving.run():
        pass
    return tuple(giving.done)


def keep_plan_ids(plan: Plan, last: Plan) -> Plan:
    """The plan in which every paragraph that was made of one of the `last` plan keeps the id that nobody wrote there.

    An id that was written there and is no more was taken away by somebody.
    """
    partners = same_paragraphs(tuple(map(name_of, last.paragraphs)), tuple(map(name_of, plan.paragraphs)))
    olds = {number: last.paragraphs[old] for number, old in partners.items()}
    known = {number: old.id for number, old in olds.items() if not old.has_written_id}
    return Plan(keep_ids(plan.paragraphs, known))


def is_derived(name: str) -> bool:
    """Whether an id looks as those do that nobody wrote."""
    return bool(_DERIVED.fullmatch(name))


def write_ids(plan: Plan, names: Collection[str]) -> Plan:
    """The plan with those of its ids written that are among `names`."""
    return Plan(
        tuple(replace(one, has_written_id=one.has_written_id or one.id in names) for one in plan.paragraphs)
    )


def name_of(paragraph: Paragraph) -> str:
    """What a paragraph is known by: its text; 【重要度：高】 and ◆支部独自事業 stand many times, and are so with their label."""
    return bare(paragraph.label + paragraph.text if _is_repeated(paragraph) else paragraph.text)


def _is_repeated(paragraph: Paragraph) -> bool:
    return not paragraph.text or paragraph.label.startswith("◆")


class _Giving:
    """Gives ids in order, in as many runs as it takes until what is known of them needs no more to be written."""

    def __init__(self, paragraphs: Sequence[Paragraph], known: Mapping[int, str]) -> None:
        self.done = list(paragraphs)
        self._owners = owner_indexes(paragraphs)
        written = {paragraph.id for paragraph in paragraphs if paragraph.has_written_id}
        self._known = {number: name for number, name in known.items() if name not in written}

    def run(self) -> bool:
        """Gives every paragraph its id; whether one had to be written, so that ids before it may change."""
        taken = {paragraph.id for paragraph in self.done if paragraph.has_written_id}
        times: dict[str, int] = {}
        has_written = False
        for number, paragraph in enumerate(self.done):
            if paragraph.has_written_id:
                continue
            name = self._derived_id(number)
            count = _free_number(name, taken, times)
            free = _numbered(name, count)
            wanted = self._known.get(number, free)
            if wanted == free:
                times[name] = count
            has_written |= wanted != free
            taken.add(wanted)
            self.done[number] = replace(paragraph, id=wanted, has_written_id=wanted != free)
        return has_written

    def _derived_id(self, number: int) -> str:
        paragraph, owner = self.done[number], self._owners[number]
        name = name_of(paragraph)
        if owner is not None and _is_repeated(paragraph):  # it belongs to its heading
            name += self.done[owner].id
        return "p" + hashlib.sha256(name.encode()).hexdigest()[:8]


def _free_number(name: str, taken: Collection[str], times: Mapping[str, int]) -> int:
    """Which of the paragraphs of a name comes next, without those whose ids others have."""
    count = times.get(name, 0) + 1
    while _numbered(name, count) in taken:
        count += 1
    return count


def _numbered(name: str, count: int) -> str:
    return name if count == 1 else f"{name}-{count}"
