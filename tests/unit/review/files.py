"""Returned files written down as text: ［-what went-］, ［+what came+］, and ¶+ or ¶- for a paragraph mark that came or went."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count

from handouts.dataset.model import Dataset
from handouts.dataset.plan_text import parse_plan
from handouts.dataset.progress import ProgressEntry
from handouts.dataset.progress_text import read_progress_text
from handouts.findings import Place
from handouts.measures.filling import expand
from handouts.origin import Origin, OriginEntry, OriginHead
from handouts.review.applying import Applied, apply_proposals
from handouts.review.reading import FileReview, review_file
from handouts.revisions import (
    Anchor,
    Piece,
    RevisionMark,
    SourceParagraph,
    Story,
    TrackedDocument,
)
from tests.unit.measures.test_placeholders import dataset

HEAD = OriginHead("1.0", "r7", 2025, "案", "plan")
_PIECE = re.compile(r"［-(?P<gone>.*?)-］|［\+(?P<new>.*?)\+］|(?P<both>(?:(?!［[-+]).)+)")
PLAN = """Ⅰ．健全な財政運営
１．意見の発信
（１）評議会で収支を説明し、議論を深める。
（２）{kpi:rate}
（３）案内は{budget:annai}で作る。 {#tsukuru}
・広報誌に載せる
Ⅱ．加入者の健康
"""


@dataclass(slots=True)
class Returned:
    """A dataset, what was sent of it, and what came back."""

    data: Dataset
    entries: list[OriginEntry]

    def review(self, *rows: str, names: Mapping[int, int] | None = None) -> FileReview:
        """The review of a file in which the paragraphs are these rows."""
        return self.review_of(self.document(*rows, names=names))

    def review_of(self, document: TrackedDocument) -> FileReview:
        """The review of a file."""
        return review_file(document, Origin(HEAD, tuple(self.entries)), self.data)

    def document(self, *rows: str, names: Mapping[int, int] | None = None) -> TrackedDocument:
        """A file in which the paragraphs are these rows.

        A row that begins as an entry did has its bookmark; `names` gives others that of the entry of this number.
        """
        numbers = count(1)
        known = {entry.text: entry.bookmark for entry in self.entries}
        given = {row: self.entries[entry].bookmark for row, entry in (names or {}).items()}
        paragraphs = tuple(
            _paragraph(index, row, given.get(index), known, numbers) for index, row in enumerate(rows)
        )
        return TrackedDocument("返却.docx", (Story("body", "", paragraphs),))

    def applied(self, review: FileReview, *numbers: int) -> Applied:
        """The dataset with the proposals of these numbers, or all that can be taken."""
        chosen = [
            one
            for one in review.proposals
            if one.state == "open" and (not numbers or one.change.number in numbers)
        ]
        return apply_proposals(self.data, chosen, Place(review.file))

    @property
    def sent(self) -> list[str]:
        """The paragraphs as they were sent."""
        return [entry.text for entry in self.entries]

    def with_row(self, number: int, row: str) -> list[str]:
        """The paragraphs as they were sent but for one."""
        return [*self.sent[:number], row, *self.sent[number + 1 :]]


def returned_text(text: str) -> Returned:
    """What was done, as the text of one entry, line by line."""
    entry = ProgressEntry.model_validate({"id": "done", "text": text})
    data = replace(returned().data, entries=(entry,))
    entries = [
        OriginEntry(
            f"progress_done_{line.number}",
            (f"progress:done.text[{line.number}]",),
            "own",
            line.label + expand(line.text, data),
            None if expand(line.text, data) == line.text else line.text,
            line.label,
        )
        for line in read_progress_text(text).lines
    ]
    return Returned(data, entries)


def returned(text: str = PLAN) -> Returned:
    """A plan that was sent, paragraph by paragraph."""
    data = dataset()
    data = replace(data, plan=parse_plan(text, data.numbering, "plan.md").plan)
    entries = []
    for one in data.plan.paragraphs:
        printed = expand(one.text, data)
        stored = None if printed == one.text else one.text
        name = f"plan_{one.id.replace('-', '_')}"
        entries.append(OriginEntry(name, (f"plan:{one.id}",), "own", one.label + printed, stored, one.label))
    return Returned(data, entries)


def _paragraph(
    index: int, row: str, given: str | None, known: Mapping[str, str], numbers: Iterator[int]
) -> SourceParagraph:
    text, end = re.subn(r"¶[-+]$", "", row)
    mark = row[-1:] if end else ""
    pieces = tuple(_pieces(text, numbers))
    before = "".join(piece.text for piece in pieces if not any(one.kind == "inserted" for one in piece.marks))
    name = given or known.get(before)
    anchors = (Anchor("bookmark-start", name, 0), Anchor("bookmark-end", name, 0)) if name else ()
    marks = (_mark("inserted" if mark == "+" else "deleted", numbers),) if mark else ()
    return SourceParagraph(index, pieces, marks, anchors=anchors)


def _pieces(text: str, numbers: Iterator[int]) -> Iterator[Piece]:
    for found in _PIECE.finditer(text):
        if found["gone"] is not None:
            yield Piece(found["gone"], (_mark("deleted", numbers),))
        elif found["new"] is not None:
            yield Piece(found["new"], (_mark("inserted", numbers),))
        else:
            yield Piece(found["both"])


def _mark(kind: str, numbers: Iterator[int]) -> RevisionMark:
    return RevisionMark(str(next(numbers)), kind, "本部", "2026-12-01T10:00:00Z")  # type: ignore[arg-type]
