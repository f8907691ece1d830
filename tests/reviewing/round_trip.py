"""One returned file all the way: reviewed, everything taken over, the handout made again, and both compared."""

from __future__ import annotations

import datetime
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from handouts.files import Occasion
from handouts.findings import DataFaults, Finding, HandoutError, errors_of
from handouts.review.applying import Applied
from handouts.review.proposals import Proposal
from handouts.review.reading import FileReview
from handouts.review.record import Decided
from handouts.revisions import TrackedDocument, read_document, views_of
from handouts.runs.checking import read_checked
from handouts.runs.reviewing import (
    Review,
    chosen_of,
    possible_of,
    read_returned,
    review_returned,
    take_over,
    write_review,
)
from tests.reviewing.comparing import Difference, compare
from tests.reviewing.edits import Edit
from tests.reviewing.packages import BODY, parts_of, returned
from tests.reviewing.paragraphs import folded, returned_paragraphs
from tests.reviewing.sent import Sent, built
from tests.reviewing.word_reviewer import review_in_word

_OCCASION = Occasion(
    "review returned.docx --apply all", datetime.datetime(2026, 12, 2, 9, tzinfo=datetime.UTC)
)


@dataclass(slots=True)
class RoundTrip:
    """What came of one file: each edit with what was done about it, the differences, and what went wrong."""

    name: str
    edits: Sequence[Edit] = ()
    outcomes: list[tuple[Edit, str]] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    is_built: bool = False
    faults: Sequence[Finding] = ()

    @property
    def is_equal(self) -> bool:
        """Whether every paragraph is as it came back."""
        return self.is_built and not self.differences and not self.failures

    def __str__(self) -> str:
        said = [f"  {edit}\n    {outcome}" for edit, outcome in self.outcomes] or [
            f"  {one}" for one in self.edits
        ]
        return "\n".join(
            [self.name, *said, *map(str, self.differences), *map(str, self.faults), *self.failures]
        )

    def short(self) -> str:
        """What went wrong, cut to what one can look through."""
        return "\n".join([self.name, *(failure[:400] for failure in self.failures)])


def reviewed_in_word(sent: Sent, seed: int, count: int) -> tuple[bytes, Sequence[Edit]]:
    """The file as it comes back from a reviewer who works in Word."""
    parts = parts_of(sent.docx)
    made = review_in_word(etree.fromstring(parts[BODY]), sent.origin, seed, count, sent.named)
    return returned(parts, made.body, made.comments), made.edits


def round_trip(name: str, sent: Sent, content: bytes, edits: Sequence[Edit]) -> RoundTrip:
    """The whole way of one returned file, with the dataset in a folder of its own."""
    trip = RoundTrip(name, edits)
    with tempfile.TemporaryDirectory() as place:
        path = _copied(sent, Path(place))
        (file := Path(place) / "returned.docx").write_bytes(content)
        if not _says_what_was_sent(sent, read_document(file)):
            trip.failures.append("the reviewer's own file is wrong: rejecting all is not what was sent")
            return trip
        try:
            _go(trip, sent, path, file)
        except (DataFaults, HandoutError) as fault:
            trip.failures.append(f"stopped: {fault}")
    return trip


def _go(trip: RoundTrip, sent: Sent, path: Path, file: Path) -> None:
    documents = read_returned([file])
    review = review_returned(documents, path)
    chosen, impossible = possible_of(review, chosen_of(review, None))
    trip.faults = impossible
    trip.outcomes = list(_outcomes(trip.edits, review.files[0], chosen))
    trip.failures += _unaccounted(trip, documents[0][0], review.files[0])
    trip.failures += _guessed(trip.edits, chosen)
    applied = take_over(review, chosen)
    taken = frozenset(one.change.number for one in chosen)
    write_review(review, applied, Decided("支部", _OCCASION.when.date(), taken), _OCCASION)
    trip.failures += _not_done(review, review_returned(documents, path), chosen)
    source = read_checked(path, [sent.kind])
    if faults := errors_of(source.findings):
        trip.faults = (*impossible, *faults)
        trip.failures += _unexplained(faults, applied, review)
        return
    made = built(sent.kind, source)
    trip.is_built = True
    came = returned_paragraphs(documents[0][0], sent.origin)
    changed = {change.ref for change in applied.changes}
    changed |= {ref for one in chosen for entry in one.change.entries for ref in entry.refs}
    not_taken = [one for one in review.proposals if one not in chosen and one.state != "done"]
    trip.differences = list(compare(came, sent.origin, made.origin, not_taken, changed))
    trip.failures += [str(one) for one in trip.differences if one.is_failure]


def _copied(sent: Sent, place: Path) -> Path:
    """The dataset with those that it is compared with, where a review may write."""
    source = sent.source
    for dataset in (source.previous, source.earlier):
        if dataset is not None:
            shutil.copytree(source.path.parent / dataset.name, place / dataset.name)
    return Path(shutil.copytree(source.path, place / source.path.name))


def _says_what_was_sent(sent: Sent, document: TrackedDocument) -> bool:
    """Whether rejecting all changes gives what was sent, but for blank paragraphs."""
    before = [folded(one.text) for one in views_of(document.body).before if one.text.strip()]
    return before == [folded(entry.text) for entry in sent.origin.entries if entry.text.strip()]


def _unaccounted(trip: RoundTrip, document: TrackedDocument, review: FileReview) -> Iterator[str]:
    """What of the file is in no proposal, and what is in one though nobody did it."""
    yield from (f"missed: {finding}" for finding in review.missed)
    known = {one.comment.id for one in review.comments}
    yield from (f"comment lost: {one.text}" for one in document.comments if one.id not in known)
    yield from (f"lost: {edit}" for edit, outcome in trip.outcomes if outcome == "lost")
    yield from (f"invented: {_said(one)}" for one in review.proposals if not one.change.marks)
    for one in review.proposals:
        if one.state == "open" and one.taking is None:
            yield f"open without a taking: {_said(one)}"
        if one.state not in ("open", "done") and not one.notes:
            yield f"{one.state} without a reason: {_said(one)}"


def _guessed(edits: Sequence[Edit], chosen: Sequence[Proposal]) -> Iterator[str]:
    """Values that somebody would have changed by writing a paragraph anew that only showed them."""
    anew = {edit.bookmark for edit in edits if edit.kind == "paragraph-rewritten"}
    for one in chosen:
        shown = [change for change in one.changes if not change.ref.endswith(".sentence")]
        entries = [
            entry for entry in one.change.entries if entry.bookmark in anew and entry.stored is not None
        ]
        if entries and shown:
            yield f"guessed: {_said(one)}: {shown}"


def _not_done(review: Review, again: Review, chosen: Sequence[Proposal]) -> Iterator[str]:
    """What was taken and is not known as done when the same file is read again."""
    numbers = {one.change.number for one in chosen}
    for one in again.proposals:
        if one.change.number in numbers and one.state != "done":
            yield f"{one.state} after it was taken: {_said(one)} {[str(note) for note in one.notes]}"
    if len(again.proposals) != len(review.proposals):
        yield f"{len(review.proposals)} proposals, and {len(again.proposals)} after they were taken"


def _unexplained(faults: Sequence[Finding], applied: Applied, review: Review) -> Iterator[str]:
    """Faults of the data after a review of which nobody was told what has to be decided besides."""
    noted = (
        any(note for one in review.proposals for note in one.notes if one.state == "open") or applied.notes
    )
    if not noted:
        yield from (f"data that cannot be built: {fault}" for fault in faults)


def _outcomes(
    edits: Sequence[Edit], review: FileReview, chosen: Sequence[Proposal]
) -> Iterator[tuple[Edit, str]]:
    """What was said of each edit, known by the date of its marks, else by its place."""
    said: dict[str, list[Proposal]] = {}
    for proposal in review.proposals:
        for date in {mark.date for mark in proposal.change.marks}:
            said.setdefault(date, []).append(proposal)
    placed = {one.comment.date for one in review.comments if one.entry is not None}
    for edit in edits:
        if edit.kind == "comment":
            yield edit, "placed" if edit.date in placed else "lost"
            continue
        found = said.get(edit.date, []) if edit.date else list(_at(review, edit.bookmark))
        yield edit, " + ".join(sorted({_outcome(one, chosen) for one in found})) or "lost"


def _at(review: FileReview, bookmark: str) -> Iterator[Proposal]:
    """The proposals for a paragraph, or for one that came next to it."""
    for proposal in review.proposals:
        change = proposal.change
        near = change.entries or (change.behind, change.ahead)
        if any(entry is not None and entry.bookmark == bookmark for entry in near):
            yield proposal


def _outcome(proposal: Proposal, chosen: Sequence[Proposal]) -> str:
    if proposal in chosen:
        return "taken"
    return f"{proposal.state} ({', '.join(sorted({note.rule.id for note in proposal.notes}))})"


def _said(proposal: Proposal) -> str:
    change = proposal.change
    return f"{change.kind} {change.before!r} → {change.after!r} {proposal.taking}"
