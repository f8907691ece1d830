"""Which paragraphs before belong to which after: read off the marks, never from likeness of texts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from handouts.revisions.model import MarkKind, RevisionMark, SourceParagraph, Story
from handouts.revisions.views import Side, ViewParagraph, pieces_of, view_of

GroupKind = Literal[
    "kept", "split", "merged", "regrouped", "inserted", "deleted", "moved-from", "moved-to", "gone"
]


@dataclass(frozen=True, slots=True)
class ParagraphGroup:
    """Paragraphs that are one thing: indexes of the source paragraphs, and of those in either view that they gave.

    `kind` is by how many there are: 1 to 1 kept (whatever changed in it), 1 to n split, n to 1 merged, n to n regrouped,
    0 to n inserted or moved to here, n to 0 deleted or moved away from here, 0 to 0 gone (put in and taken out again, or a
    mere paragraph mark that came or went). `move` is the same on both ends of a move. Each source is in one group.
    """

    kind: GroupKind
    sources: tuple[int, ...]
    before: tuple[int, ...]
    after: tuple[int, ...]
    move: str = ""


@dataclass(frozen=True, slots=True)
class StoryViews:
    """A story with both of its views, and the groups of its paragraphs in the order in which they stand."""

    story: Story
    before: tuple[ViewParagraph, ...]
    after: tuple[ViewParagraph, ...]
    groups: tuple[ParagraphGroup, ...]


def views_of(story: Story) -> StoryViews:
    """The views of a story and how they belong together."""
    before, after = view_of(story, "before"), view_of(story, "after")
    giving = {
        "before": _contributions(story, before, "before"),
        "after": _contributions(story, after, "after"),
    }
    groups = [_group(story, sources, giving) for sources in _connected(giving, len(story.paragraphs))]
    return StoryViews(story, before, after, tuple(sorted(groups, key=lambda group: group.sources)))


def _contributions(story: Story, view: Sequence[ViewParagraph], side: Side) -> Mapping[int, int]:
    """The paragraph of the view that each source gave something to: its text, or where there is none its end."""
    given: dict[int, int] = {}
    for number, paragraph in enumerate(view):
        with_text = [index for index in paragraph.sources if pieces_of(story.paragraphs[index], side)]
        given.update(dict.fromkeys(with_text or paragraph.sources[-1:], number))
    return given


def _connected(giving: Mapping[str, Mapping[int, int]], count: int) -> list[tuple[int, ...]]:
    """The sources that gave to the same paragraph of either view, directly or by way of others; others alone."""
    parent = list(range(count))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for given in giving.values():
        first: dict[int, int] = {}
        for source, number in given.items():
            parent[root(source)] = root(first.setdefault(number, source))
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for source in range(count):
        groups[root(source)].append(source)
    return [tuple(sources) for sources in groups.values()]


def _group(story: Story, sources: tuple[int, ...], giving: Mapping[str, Mapping[int, int]]) -> ParagraphGroup:
    before, after = (
        tuple(dict.fromkeys(given[source] for source in sources if source in given))
        for given in giving.values()
    )
    paragraphs = [story.paragraphs[source] for source in sources]
    if before and after:
        kind = _KINDS[len(before) > 1, len(after) > 1]
        return ParagraphGroup(kind, sources, before, after)
    if not before and not after:
        return ParagraphGroup("gone", sources, before, after)
    moves = _moves(paragraphs, "moved-from" if before else "moved-to")
    if moves:
        return ParagraphGroup("moved-from" if before else "moved-to", sources, before, after, moves[0].move)
    return ParagraphGroup("deleted" if before else "inserted", sources, before, after)


_KINDS: Mapping[tuple[bool, bool], GroupKind] = {
    (False, False): "kept",
    (False, True): "split",
    (True, False): "merged",
    (True, True): "regrouped",
}


def _moves(paragraphs: Sequence[SourceParagraph], kind: MarkKind) -> list[RevisionMark]:
    """The marks of a move that stand on what these paragraphs have, where they stand on all of it; else none."""
    side: Side = "before" if kind == "moved-from" else "after"
    pieces = [piece for paragraph in paragraphs for piece in pieces_of(paragraph, side)]
    under = [piece.marks for piece in pieces] or [paragraph.marks for paragraph in paragraphs]
    found = [[mark for mark in marks if mark.kind == kind] for marks in under]
    return [mark for marks in found for mark in marks] if all(found) else []
