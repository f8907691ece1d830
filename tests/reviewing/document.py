"""A document on the desk of a reviewer: its paragraphs, what was done to it, and where the next edit can go."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Sequence
from copy import deepcopy
from dataclasses import dataclass
from random import Random

from lxml import etree

from handouts.origin import Origin, OriginEntry
from tests.reviewing.edits import Edit, EditKind
from tests.reviewing.pen import Author, Pen, W, is_plain, node, split_at, standing_runs, text_of, text_of_run

AUTHORS = (Author("本部 企画", "00A10001"), Author("支部長", "00B20002"), Author("Y. Suzuki", "00C30003"))
_HEADINGS = ("pillar", "topic", "section", "heading", "sheet-title", "measure", "item-title", "kpi-title")
_BEGINNING = datetime.datetime(2026, 12, 1, 9, 0)
_OFTEN = 5
"""Of so many edits one is made wherever chance has it, the others in texts of the plan and of what was done."""


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment beside the body: its number there and what it says."""

    number: int
    edit: Edit


@dataclass(frozen=True, slots=True)
class Spot:
    """A paragraph that we sent, and what is known of it."""

    paragraph: etree._Element
    entry: OriginEntry

    @property
    def text(self) -> str:
        """What stands there now."""
        return text_of(self.paragraph)

    @property
    def is_text(self) -> bool:
        """Whether it is a text of the plan or of what was done."""
        return self.entry.role in ("own", "generated") and (
            self.entry.ref.startswith("plan:") or ".text[" in self.entry.ref
        )

    @property
    def is_figure(self) -> bool:
        """Whether it is a month or an amount."""
        return ".values[" in self.entry.ref or self.entry.ref.endswith((".amount", ".executed"))

    @property
    def is_heading(self) -> bool:
        """Whether it heads others."""
        return self.entry.style in _HEADINGS


class ReviewedDocument:
    """The body of a document under review, the edits made in it so far, and the comments that belong beside it.

    The same seed chooses the same places. Paragraphs with a ref of `firm` go only now and then: others name them, and so
    the data are not whole without them.
    """

    def __init__(
        self, body: etree._Element, origin: Origin, seed: int, firm: Collection[str] = frozenset()
    ) -> None:
        self.body = body
        self.edits: list[Edit] = []
        self.comments: list[Comment] = []
        self.random = Random(seed)
        self.pen = Pen()
        self.spots = list(_spots(body, origin))
        self.by_element = {spot.paragraph: spot for spot in self.spots}
        # Where a paragraph comes or goes its neighbours are left alone, since Word's marks reach over to them.
        self.taken: set[etree._Element] = set()
        self._firm = firm

    def author(self) -> Author:
        """Who makes the next edit."""
        return self.random.choice(AUTHORS)

    def free(self, fits: Callable[[Spot], bool], anywhere: bool = False) -> Spot | None:
        """A paragraph that nothing was done to yet."""
        anywhere = anywhere or self.random.randrange(_OFTEN) == 0
        for _ in range(50):
            spot = self.random.choice(self.spots)
            if spot.paragraph in self.taken or not (anywhere or spot.is_text):
                continue
            if fits(spot):
                return spot
        return None

    def alone(self, spot: Spot) -> bool:
        """Whether nothing was done next to a paragraph either."""
        return not any(one in self.taken for one in _around(spot.paragraph))

    def stays(self, spot: Spot) -> bool:
        """Whether it does not go, since others name it."""
        return spot.entry.ref in self._firm and self.random.randrange(_OFTEN) > 0

    def take(self, spot: Spot) -> None:
        """Something was done to a paragraph."""
        self.taken.add(spot.paragraph)

    def take_around(self, spot: Spot) -> None:
        """Something was done to a paragraph that reaches over to those next to it."""
        self.taken |= set(_around(spot.paragraph))

    def next_spot(self, spot: Spot) -> Spot | None:
        """The paragraph that follows in its cell."""
        following = next_paragraph(spot.paragraph)
        return None if following is None else self.by_element.get(following)

    def note(self, kind: EditKind, spot: Spot, before: str, after: str, author: Author) -> str:
        """Writes down what is done, and gives back its date."""
        date = (_BEGINNING + datetime.timedelta(minutes=len(self.edits))).strftime("%Y-%m-%dT%H:%M:%SZ")
        self.edits.append(Edit(kind, spot.entry.bookmark, spot.entry.role, before, after, author.name, date))
        return date

    def scatter_runs(self) -> None:
        """Runs are split where Word's spelling or a session ended, which changes no text."""
        for spot in self.random.sample(self.spots, min(20, len(self.spots))):
            if len(spot.text) > 3 and is_editable(spot.paragraph):
                split_at(spot.paragraph, self.random.randrange(1, len(spot.text)))
                standing_runs(spot.paragraph)[0].addnext(node("proofErr", type="spellStart"))


def _spots(body: etree._Element, origin: Origin) -> list[Spot]:
    found = []
    for start in body.iter(f"{W}bookmarkStart"):
        entry = origin.by_bookmark.get(start.get(f"{W}name", ""))
        above = start.getparent()
        if entry and above is not None and above.tag == f"{W}p" and above.find(f"{W}pPr/{W}sectPr") is None:
            found.append(Spot(above, entry))
    return found


def is_editable(paragraph: etree._Element) -> bool:
    """Whether a paragraph has nothing but text, and no change yet."""
    runs = standing_runs(paragraph)
    return bool(runs) and all(is_plain(run) and run.getparent() is paragraph for run in runs)


def next_paragraph(paragraph: etree._Element) -> etree._Element | None:
    """The paragraph that follows in its cell, if one does at once."""
    following = paragraph.getnext()
    return following if following is not None and following.tag == f"{W}p" else None


def _around(paragraph: etree._Element) -> Sequence[etree._Element]:
    near = (paragraph.getprevious(), paragraph, paragraph.getnext())
    return [one for one in near if one is not None and one.tag == f"{W}p"]


def split_off(paragraph: etree._Element, offset: int, author: Author) -> etree._Element:
    """The second half of a paragraph, now one of its own behind the first; bookmarks reach over both."""
    split_at(paragraph, offset)
    second = node("p", rsidR=author.rsid)
    properties = paragraph.find(f"{W}pPr")
    if properties is not None:
        second.append(deepcopy(properties))
    at = 0
    for child in list(paragraph):
        if child.tag == f"{W}pPr":
            continue
        if at >= offset:
            second.append(child)
        at += len(text_of_run(child)) if child.tag == f"{W}r" else 0
    paragraph.addnext(second)
    return second


def put_first(paragraph: etree._Element, element: etree._Element) -> None:
    """Sets an element before all runs of a paragraph."""
    properties = paragraph.find(f"{W}pPr")
    paragraph.insert(0 if properties is None else 1, element)
