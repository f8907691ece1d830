"""What is done in the data when a proposal is taken over."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from handouts.findings import Finding, Place
from handouts.measures.filling import Segment
from handouts.review.meaning import meaning_of
from handouts.review.shares import TextEdit, share_out
from handouts.review.taking import SourceChange
from handouts.review.targets import TextTarget

LINE = re.compile(r"(?P<entry>progress:[^.\[]+)\.text\[(?P<line>\d+)\]")
"""The ref of a line of what was done."""


@dataclass(frozen=True, slots=True)
class Reword:
    """Edits of what is printed now of paragraphs of the plan, joined by line feeds; or of one other text."""

    targets: tuple[TextTarget, ...]
    labels: tuple[str, ...]
    edits: tuple[TextEdit, ...]


@dataclass(frozen=True, slots=True)
class SetValue:
    """Another value at one place."""

    change: SourceChange


@dataclass(frozen=True, slots=True)
class Remove:
    """A paragraph, a line of a text or an initiative that goes."""

    ref: str


@dataclass(frozen=True, slots=True)
class PutInRow:
    """A paragraph or a line behind another one, or before it where none stands behind; `moved` is where it was."""

    row: str
    behind: str
    ahead: str
    moved: str = ""


@dataclass(frozen=True, slots=True)
class PutInInitiative:
    """An initiative of whole yen behind another one, or before it where none stands behind; it has its topic."""

    name: str
    amount: int | None
    beside: str
    is_behind: bool


Taking: TypeAlias = Reword | SetValue | Remove | PutInRow | PutInInitiative


def meaning_of_reword(
    taking: Reword, place: Place, called: Callable[[str], str] = str
) -> tuple[str, tuple[SourceChange, ...], tuple[Finding, ...]] | None:
    """What is stored after a rewording, joined as before, the values that change, and what is to be known of it.

    `called` says what people call the entry of a ref. None where a text that is neither paragraph nor line would be split,
    or joined with another.
    """
    stored, pieces = joined_pieces(taking)
    shares = share_out(pieces, taking.edits)
    meaning = meaning_of(stored, pieces, shares, place, called)
    lines = [LINE.fullmatch(target.ref) for target in taking.targets]
    is_plan = all(target.ref.startswith("plan:") for target in taking.targets)
    is_text = all(lines) and len({line["entry"] for line in lines if line}) == 1
    if not (is_plan or is_text) and (len(taking.targets) > 1 or "\n" in meaning.stored):
        return None
    if not stored and meaning.stored:  # the sentence of a KPI is nowhere but in its fields
        return None
    return meaning.stored, meaning.changes, meaning.notes


def stored_of(taking: Reword) -> str:
    """What is stored before a rewording."""
    return joined_pieces(taking)[0]


def joined_pieces(taking: Reword) -> tuple[str, tuple[Segment, ...]]:
    """The texts of a rewording as one, a line feed and the label of the next between any two, and its pieces."""
    stored, pieces = "", []
    for number, (target, label) in enumerate(zip(taking.targets, taking.labels, strict=True)):
        if number:
            between = f"\n{label}"
            pieces.append(Segment(between, len(stored), len(stored) + len(between)))
            stored += between
        at = len(stored)
        pieces += [
            Segment(one.text, one.start + at, one.end + at, one.reference, one.field) for one in target.pieces
        ]
        stored += target.stored
    return stored, tuple(pieces)
