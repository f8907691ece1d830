"""Which paragraphs of the plan the rest of the dataset names by their ids."""

from __future__ import annotations

from collections.abc import Iterator

from handouts.dataset.model import Dataset
from handouts.measures.placeholders import references


def referred_paragraphs(dataset: Dataset) -> frozenset[str]:
    """The ids by which paragraphs are named: by budgets, records, the comparison, placeholders, and what is silenced."""
    return frozenset(filter(None, _named(dataset)))


def _named(dataset: Dataset) -> Iterator[str | None]:
    yield from (initiative.topic for initiative in dataset.initiatives)
    yield from (field.topic for field in dataset.fields)
    yield from (item.heading for item in dataset.items)
    yield from (entry.plan for entry in dataset.entries)
    yield from (*dataset.overrides.pairs, *dataset.overrides.marks)
    for silence in dataset.silenced:
        kind, _, name = silence.at.partition(":")
        if kind == "plan":
            yield name.partition(".")[0]
    texts = [paragraph.text for paragraph in dataset.plan.paragraphs]
    for text in (*texts, *(entry.text for entry in dataset.entries)):
        yield from (one.id for one in references(text) if one.kind == "plan")
