"""Edits of a text that has been changed elsewhere meanwhile: three states, and nothing guessed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from handouts.review.shares import TextEdit, edits_between

Outcome = Literal["open", "done", "conflict"]


@dataclass(frozen=True, slots=True)
class Rebased:
    """An edit in the text as it is now: still to be made, made already, or at odds with what was made there."""

    outcome: Outcome
    edit: TextEdit


def rebase(edit: TextEdit, base: str, now: str) -> Rebased:
    """The edit of `base` as one of `now`, which was made of `base` too."""
    if base == now:
        return Rebased("open", edit)
    others = edits_between(base, now)
    touching = [one for one in others if _meet(one, edit)]
    start, end = (
        min(edit.start, *(one.start for one in touching)) if touching else edit.start,
        max(edit.end, *(one.end for one in touching)) if touching else edit.end,
    )
    shift = sum(
        len(one.text) - (one.end - one.start) for one in others if one.end <= start and one not in touching
    )
    grown = sum(len(one.text) - (one.end - one.start) for one in touching)
    here = TextEdit(
        start + shift, end + shift + grown, base[start : edit.start] + edit.text + base[edit.end : end]
    )
    if not touching:
        return Rebased("open", here)
    is_made = now[here.start : here.end] == here.text
    return Rebased("done" if is_made else "conflict", here)


def rebase_all(edits: Sequence[TextEdit], base: str, now: str) -> tuple[Outcome, tuple[TextEdit, ...]]:
    """Several edits that belong together: conflict where one is, done where all are, else those that are still open."""
    rebased = [rebase(edit, base, now) for edit in edits]
    outcomes = {one.outcome for one in rebased}
    if "conflict" in outcomes:
        return "conflict", ()
    return ("open" if "open" in outcomes else "done"), tuple(
        one.edit for one in rebased if one.outcome == "open"
    )


def _meet(one: TextEdit, other: TextEdit) -> bool:
    """Whether two edits of the same text overlap or touch, so that one cannot be made without the other."""
    return one.start <= other.end and other.start <= one.end
