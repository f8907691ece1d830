"""What names a paragraph of the plan, and would name nothing without it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from handouts.dataset.model import Dataset
from handouts.dataset.progress_text import read_progress_text
from handouts.measures.placeholders import references
from handouts.measures.printed_places import printed_place
from handouts.review.answers import LEFT_BEHIND, STILL_REPEATED
from handouts.review.proposals import Proposal, Standpoint
from handouts.review.returned import ReturnedChange
from handouts.review.takings import LINE

_START = 20


def _belongings(dataset: Dataset, name: str) -> Iterator[str]:
    """What names the paragraph of this id, as people call it; the texts that print it again are not among them."""
    kinds: Iterable[tuple[str, Iterable[tuple[str | None, str]]]] = (
        ("取組", ((one.topic, one.name) for one in dataset.initiatives)),
        ("予算の区分", ((one.topic, one.name) for one in dataset.fields)),
        ("実施状況の記録", ((one.plan, one.text.partition("\n")[0][:_START]) for one in dataset.entries)),
        ("事業に付けた語", ((one.heading, one.badge) for one in dataset.items)),
        ("比べ方の直し", ((one, "") for one in (*dataset.overrides.pairs, *dataset.overrides.marks))),
    )
    for kind, named in kinds:
        yield from (f"{kind}「{what}」" if what else kind for topic, what in named if topic == name)


def still_needed(here: Standpoint, change: ReturnedChange, ref: str) -> Proposal | None:
    """Why a paragraph or line cannot go; None where nothing else needs it."""
    if where := _repeated_at(here, ref):
        return here.said(change, "answered", STILL_REPEATED, where=where)
    kind, _, name = ref.partition(":")
    found = list(dict.fromkeys(_belongings(here.dataset, name))) if kind == "plan" else []
    return here.said(change, "answered", LEFT_BEHIND, what="、".join(found)) if found else None


def _repeated_at(here: Standpoint, ref: str) -> str:
    """Where a text is printed again; empty where it is not."""
    name = ref
    if LINE.fullmatch(ref):
        entry, number = ref.partition(".")[0], int(ref.rpartition("[")[2].rstrip("]"))
        text = next(one.text for one in here.dataset.entries if f"progress:{one.id}" == entry)
        line = next((one for one in read_progress_text(text).lines if one.number == number), None)
        name = f"progress:{line.id}" if line and line.id else ""
    texts = [(f"plan:{one.id}", one.text) for one in here.dataset.plan.paragraphs]
    texts += [(f"progress:{one.id}", one.text) for one in here.dataset.entries]
    for where, text in texts:
        if name and any(f"{one.kind}:{one.id}" == name for one in references(text)):
            return printed_place(where, here.places) or "ほか"
    return ""
