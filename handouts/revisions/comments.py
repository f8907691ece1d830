"""Comments with their threads: the text stands in one part, who answers whom in another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import IO

from handouts.packages.relations import elements
from handouts.revisions.model import ReviewComment, Story
from handouts.revisions.views import view_of
from handouts.revisions.vocabulary import W15

_THREAD = f"{W15}commentEx"


def read_threads(content: IO[bytes]) -> Mapping[str, tuple[str, bool]]:
    """By the id of a comment's last paragraph, that of the comment which it answers (or nothing), and whether it is resolved."""
    return {
        one.get(f"{W15}paraId", ""): (
            one.get(f"{W15}paraIdParent", ""),
            one.get(f"{W15}done", "0") in ("1", "true", "on"),
        )
        for one in elements(content, (_THREAD,))
    }


def comments_of(
    stories: Sequence[tuple[Story, Mapping[str, str]]], threads: Mapping[str, tuple[str, bool]]
) -> tuple[ReviewComment, ...]:
    """The comments of their part, in its order."""
    ids = {paragraph.para_id: story.number for story, _ in stories for paragraph in story.paragraphs}
    return tuple(_comment(story, said, threads, ids) for story, said in stories if story.kind == "comment")


def _comment(
    story: Story,
    said: Mapping[str, str],
    threads: Mapping[str, tuple[str, bool]],
    ids: Mapping[str, str],
) -> ReviewComment:
    last = story.paragraphs[-1].para_id if story.paragraphs else ""
    parent, resolved = threads.get(last, ("", False))
    return ReviewComment(
        story.number,
        said.get("author", ""),
        said.get("initials", ""),
        said.get("date", ""),
        "\n".join(paragraph.text for paragraph in view_of(story, "after")).strip(),
        ids.get(parent, "") if parent else "",
        resolved,
    )
