"""What names a paragraph of the plan, and would name nothing without it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from handouts.dataset.model import Dataset

_START = 20


def belongings(dataset: Dataset, name: str) -> Iterator[str]:
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
