"""Returned Word files read as a run: what they propose for the dataset that they were made of, and what is taken over."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from handouts.compose.page import branch_name
from handouts.dataset.fiscal import FiscalYear
from handouts.dataset.model import Dataset
from handouts.dataset.stored import dataset_name, review_record
from handouts.files import Occasion
from handouts.findings import DataFaults, Finding, HandoutError, Place, Rule
from handouts.origin import Origin, find_origin
from handouts.review.applying import Applied, apply_proposals
from handouts.review.proposals import Proposal
from handouts.review.reading import FileReview, review_file
from handouts.review.record import Decided, OnRecord, with_review
from handouts.review.together import with_disagreements
from handouts.revisions import TrackedDocument, read_document
from handouts.runs.review_records import NO_RECORD, RecordFile, changed_record, read_record
from handouts.runs.snapshots import take_file_snapshot
from handouts.runs.updating import StoredDataset, Update, read_for_update, update

NO_ORIGIN = Rule(
    "review.no-origin",
    "この Word ファイルには、どの文がどこから来たかの記録がありません",
    "読めるのは、handouts build で作った Word ファイルに書き込んで返されたものです",
    "何が変わったかは、handouts compare {file} で見られます",
)
OTHER_DATASET = Rule(
    "review.other-dataset",
    "この Word ファイルは「{theirs}」（{year}）から作ったものですが、「{mine}」を指定しています",
    remedy="「{theirs}」を指定してください",
)
NOT_LISTED = Rule("review.not-listed", "{number} 番の変更はありません", remedy="一覧の番号を書いてください")
NOT_OPEN = Rule(
    "review.not-open", "{number} 番の変更は取り込めません: {why}", remedy="番号から除いてください"
)
ALREADY_IN = Rule(
    "review.already-in",
    "{number} 番の変更は、もうデータにあります",
    remedy="やめるなら、handouts undo で戻すか、データを直してください",
)


@dataclass(frozen=True, slots=True)
class Review:
    """Returned files beside the dataset as it is stored; the proposals of all files are numbered through.

    `returned` are the files as they were read, `on_record` is what the `record` beside the data says of them.
    """

    stored: StoredDataset
    files: tuple[FileReview, ...]
    returned: tuple[tuple[TrackedDocument, Origin], ...] = ()
    record: RecordFile = NO_RECORD
    on_record: OnRecord = field(default_factory=OnRecord)

    @property
    def proposals(self) -> tuple[Proposal, ...]:
        """The proposals of all files."""
        return tuple(proposal for file in self.files for proposal in file.proposals)

    @property
    def is_decided(self) -> bool:
        """Whether something of the files is on record."""
        known, on_record = self.record.entries.by_id, self.on_record
        names = (
            *(one.id for one in on_record.changes.values()),
            *(one.id for one in on_record.comments.values()),
        )
        return any(name in known for name in names)

    @property
    def is_complete(self) -> bool:
        """Whether every mark and comment of the files is in a proposal that has its place."""
        return not any(file.missed for file in self.files) and all(
            proposal.state != "unplaced" for proposal in self.proposals
        )


def origin_of(document: TrackedDocument) -> Origin:
    """What a returned file says of where it comes from; raises DataFaults where it says nothing."""
    origin = find_origin(document.custom_parts)
    if origin is None:
        raise DataFaults([NO_ORIGIN.at(Place(document.file), file=document.file)])
    return origin


def read_returned(paths: Iterable[Path]) -> tuple[tuple[TrackedDocument, Origin], ...]:
    """The returned files with their origins; raises DataFaults with all that is wrong with them."""
    found: list[tuple[TrackedDocument, Origin]] = []
    faults: list[Finding] = []
    for path in paths:
        try:
            document = read_document(path)
            found.append((document, origin_of(document)))
        except DataFaults as wrong:
            faults += wrong.findings
    if faults:
        raise DataFaults(faults)
    names = {origin.head.dataset for _, origin in found}
    if len(names) > 1:
        raise HandoutError(
            f"違うデータから作ったファイルです（{'、'.join(sorted(names))}）。データごとに分けて読んでください。"
        )
    return tuple(found)


def review_returned(returned: Sequence[tuple[TrackedDocument, Origin]], path: Path) -> Review:
    """What returned files propose for the dataset stored at `path`; raises DataFaults where they belong to another."""
    stored = read_for_update(path)
    faults = [
        finding for document, origin in returned for finding in _other_dataset(document, origin, stored)
    ]
    if faults:
        raise DataFaults(faults)
    stored = replace(stored, snapshot=stored.snapshot.followed_by(take_file_snapshot(review_record(path))))
    record = read_record(path)
    files = _reviewed(returned, stored.dataset)
    return Review(
        stored,
        files,
        tuple(returned),
        record,
        with_review(record.entries, files, own=branch_name(stored.dataset))[1],
    )


def _reviewed(returned: Iterable[tuple[TrackedDocument, Origin]], dataset: Dataset) -> tuple[FileReview, ...]:
    """What the files propose for a dataset, their proposals numbered through."""
    files: list[FileReview] = []
    for document, origin in returned:
        first = 1 + sum(len(file.proposals) for file in files)
        files.append(review_file(document, origin, dataset, first))
    return _beside_one_another(files)


def _beside_one_another(files: Sequence[FileReview]) -> tuple[FileReview, ...]:
    """The files, their proposals with those that they are at odds with, of whichever file."""
    proposals = iter(with_disagreements([one for file in files for one in file.proposals]))
    return tuple(replace(file, proposals=tuple(islice(proposals, len(file.proposals)))) for file in files)


def _other_dataset(document: TrackedDocument, origin: Origin, stored: StoredDataset) -> Iterator[Finding]:
    head, mine = origin.head, dataset_name(stored.path)
    if head.dataset != mine or head.fiscal_year != stored.dataset.fiscal_year.year:
        place = Place(document.file)
        yield OTHER_DATASET.at(
            place, theirs=head.dataset, year=FiscalYear(head.fiscal_year).text(), mine=mine
        )


def chosen_of(review: Review, numbers: Collection[int] | None) -> tuple[Proposal, ...]:
    """The open proposals with these numbers, for None all that no other is at odds with and nobody has refused.

    Raises DataFaults for numbers that cannot be taken.
    """
    if numbers is None:
        refused = review.on_record.refused
        return tuple(
            one
            for one in review.proposals
            if one.state == "open" and not one.at_odds and one.change.number not in refused
        )
    known = {one.change.number: one for one in review.proposals}
    place = Place(review.files[0].file)
    faults = [NOT_LISTED.at(place, number=number) for number in numbers if number not in known]
    for number in numbers:
        one = known.get(number)
        if one and one.state not in ("open", "done"):
            faults.append(NOT_OPEN.at(place, number=number, why="".join(note.sentence for note in one.notes)))
    if faults:
        raise DataFaults(faults)
    return tuple(known[number] for number in numbers if known[number].state == "open")


def take_over(review: Review, chosen: Sequence[Proposal]) -> Applied:
    """The dataset with the chosen proposals in it, not yet written; raises DataFaults where they are at odds."""
    place = Place("、".join(file.file for file in review.files))
    return apply_proposals(review.stored.dataset, chosen, place)


def possible_of(
    review: Review, chosen: Sequence[Proposal]
) -> tuple[tuple[Proposal, ...], tuple[Finding, ...]]:
    """Those of the chosen proposals that can stand in the data, and why the others cannot."""
    try:
        take_over(review, chosen)
        return tuple(chosen), ()
    except DataFaults:
        possible: list[Proposal] = []
        faults: list[Finding] = []
        for one in chosen:
            try:
                take_over(review, [*possible, one])
                possible.append(one)
            except DataFaults as wrong:
                faults += wrong.findings
        return tuple(possible), tuple(faults)


def refused_of(review: Review, numbers: Collection[int]) -> frozenset[int]:
    """The numbers, each of which is that of a proposal that is not in the data; raises DataFaults for others."""
    known = {one.change.number: one for one in review.proposals}
    place = Place(review.files[0].file)
    faults = [NOT_LISTED.at(place, number=number) for number in numbers if number not in known]
    faults += [
        ALREADY_IN.at(place, number=number)
        for number in numbers
        if number in known and known[number].state == "done"
    ]
    if faults:
        raise DataFaults(faults)
    return frozenset(numbers)


def write_review(
    review: Review, applied: Applied, decided: Decided, occasion: Occasion
) -> tuple[Update, Review]:
    """Writes what was taken over into the stored dataset, and what was decided beside it, as one step of its history.

    Returns what was written, and the review as it is then.
    """
    files = _reviewed(review.returned, applied.dataset) if decided.taken else review.files
    own = branch_name(review.stored.dataset)
    before, _ = with_review(review.record.entries, review.files, own=own)
    entries, on_record = with_review(before, files, decided, own)
    beside = changed_record(review.stored.path, review.record, entries)
    updated = update(review.stored, applied.dataset, occasion, dict, beside)
    return updated, replace(
        review, files=files, record=replace(review.record, entries=entries), on_record=on_record
    )
