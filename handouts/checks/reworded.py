"""Which paragraph somebody meant whose id is gone, since its words were changed by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from handouts.dataset.plan import Kind, Paragraph, Plan
from handouts.dataset.typed_text import bare

_NAMELESS = (Kind.IMPORTANCE, Kind.DIFFICULTY, Kind.REASON, Kind.CAPTION, Kind.NOTE)


def likely_paragraph(
    plan: Plan,
    named: Sequence[str | None],
    number: int,
    words: str,
    may_be: Callable[[Paragraph], bool] = lambda paragraph: paragraph.kind not in _NAMELESS,
) -> Paragraph | None:
    """The paragraph that `named[number]` meant, None where nothing tells.

    `named` are the ids in the order of what names them, which is mostly that of the plan: between the paragraphs that its
    neighbours name it is the one that shares most with the `words` of what names it.
    """
    places = {paragraph.id: place for place, paragraph in enumerate(plan.paragraphs)}
    before = [places[name] for name in named[:number] if name in places]
    behind = [places[name] for name in named[number + 1 :] if name in places]
    start, end = before[-1] + 1 if before else 0, behind[0] if behind else len(plan.paragraphs)
    candidates = [
        paragraph
        for paragraph in plan.paragraphs[start:end]
        if not paragraph.has_written_id and paragraph.id not in named and may_be(paragraph)
    ]
    return max(candidates, key=lambda one: _shared(one.text, words), default=None)


def _shared(text: str, words: str) -> float:
    """How many of the pairs of characters of a text stand in other words too."""
    pairs, others = (set(pairwise(bare(one))) for one in (text, words))
    return len(pairs & others) / max(1, len(pairs))
