"""The rows of a side-by-side table: a plan cut into topics, and this year's topics beside last year's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from handouts.compose.changes import ParagraphChange
from handouts.dataset.outline import is_pillar
from handouts.dataset.plan import Kind, Paragraph

_ROW_LEVELS = (2, 3)


@dataclass(frozen=True, slots=True)
class Topic:
    """Paragraphs that stand in one cell: from index `start` up to `end` of the plan, under one pillar.

    `pillar` is the index of the pillar's heading, None for text before the first pillar.
    """

    start: int
    end: int
    pillar: int | None


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A topic of this year (None where it was dropped) beside the topics of last year that became it."""

    new: Topic | None
    old: tuple[Topic, ...] = ()


@dataclass(frozen=True, slots=True)
class Pillars:
    """The indexes of the pillars' headings in this year's plan and in last year's."""

    new: Sequence[int]
    old: Sequence[int]


@dataclass(frozen=True, slots=True)
class PillarRows:
    """One pillar: the index of its heading in this year's and in last year's plan, and its rows."""

    new: int | None
    old: int | None
    rows: tuple[TopicRow, ...]


def cut_topics(paragraphs: Sequence[Paragraph], budgeted: Collection[str]) -> tuple[Topic, ...]:
    """The topics of a plan, in order; every paragraph but the pillars' headings is in exactly one.

    A topic starts at a heading of level 2 or 3, and at a deeper one that initiatives belong to (`budgeted`
    holds the ids of such headings); a heading with nothing beneath it yet takes the next topic to itself,
    so that no heading is left alone in a row.
    """
    topics: list[Topic] = []
    pillar: int | None = None
    start = 0
    has_text = False
    for index, paragraph in enumerate(paragraphs):
        if is_pillar(paragraph):
            topics += _topic(start, index, pillar)
            pillar, start, has_text = index, index + 1, False
        elif _starts_row(paragraph, budgeted) and has_text:
            topics += _topic(start, index, pillar)
            start, has_text = index, False
        has_text = has_text or paragraph.kind is not Kind.HEADING
    return (*topics, *_topic(start, len(paragraphs), pillar))


def topics_by_pillar(topics: Iterable[Topic], pillars: Iterable[int]) -> Mapping[int | None, Sequence[Topic]]:
    """The topics under each pillar in order; those before the first pillar, under None, come first."""
    found: dict[int | None, list[Topic]] = {None: [], **{pillar: [] for pillar in pillars}}
    for topic in topics:
        found[topic.pillar].append(topic)
    return {pillar: members for pillar, members in found.items() if pillar is not None or members}


def _topic(start: int, end: int, pillar: int | None) -> list[Topic]:
    return [Topic(start, end, pillar)] if end > start else []


def _starts_row(paragraph: Paragraph, budgeted: Collection[str]) -> bool:
    return paragraph.kind is Kind.HEADING and (paragraph.level in _ROW_LEVELS or paragraph.id in budgeted)


def pair_topics(
    new: Sequence[Topic], old: Sequence[Topic], changes: Sequence[ParagraphChange], pillars: Pillars
) -> tuple[PillarRows, ...]:
    """This year's topics in order, each beside last year's topics that share most text with it.

    Last year's topics without a counterpart keep a row of their own, after the row of the topic that they
    followed.
    """
    successors = {topic: _successor(topic, new, changes) for topic in old}
    rows = [TopicRow(topic, tuple(o for o in old if successors[o] == topic)) for topic in new]
    for index, topic in enumerate(old):
        if successors[topic] is None:
            rows.insert(_place_of_dropped(rows, old[:index], topic), TopicRow(None, (topic,)))
    return _by_pillar(rows, changes, pillars)


def _successor(topic: Topic, new: Sequence[Topic], changes: Sequence[ParagraphChange]) -> Topic | None:
    """This year's topic that shares most characters with last year's `topic`; None where none shares any."""
    shared: Counter[Topic] = Counter()
    for change in changes:
        if change.old is None or change.new is None or not topic.start <= change.old < topic.end:
            continue
        for candidate in new:
            if candidate.start <= change.new < candidate.end:
                shared[candidate] += min(len(change.old_text), len(change.new_text))
    return shared.most_common(1)[0][0] if shared else None


def _place_of_dropped(rows: Sequence[TopicRow], earlier: Sequence[Topic], topic: Topic) -> int:
    """Behind the row of the topic of the same pillar before it, else before the first of its pillar."""
    for before in reversed(earlier):
        for place, row in enumerate(rows):
            if before in row.old and before.pillar == topic.pillar:
                return place + 1
    followers = (place for place, row in enumerate(rows) if any(o.start > topic.start for o in row.old))
    return next(followers, len(rows))


def _by_pillar(
    rows: Sequence[TopicRow], changes: Sequence[ParagraphChange], pillars: Pillars
) -> tuple[PillarRows, ...]:
    """The rows under their pillars; a row that was dropped with its whole pillar comes under last year's.

    A pillar stands beside a pillar only. One of last year whose topics all went elsewhere keeps an empty row.
    """
    partners = {c.old: c.new for c in changes if c.old in pillars.old and c.new in pillars.new}
    old_of = {new: old for old, new in partners.items()}
    tables: dict[tuple[int | None, int | None], list[TopicRow]] = {(None, None): []}
    tables |= {(new, old_of.get(new)): [] for new in pillars.new}
    for row in rows:
        tables.setdefault(_pillar_of(row, partners, old_of), []).append(row)
    shown = {old for _, old in tables}
    tables |= {(None, old): [TopicRow(None)] for old in pillars.old if old not in shown}
    return tuple(
        PillarRows(new, old, tuple(rows)) for (new, old), rows in tables.items() if rows or new is not None
    )


def _pillar_of(
    row: TopicRow, partners: Mapping[int | None, int | None], old_of: Mapping[int | None, int | None]
) -> tuple[int | None, int | None]:
    """The table that a row stands in: this year's pillar and last year's beside it."""
    if row.new is not None:
        return row.new.pillar, None if row.new.pillar is None else old_of.get(row.new.pillar)
    old = row.old[0].pillar
    return partners.get(old), old
