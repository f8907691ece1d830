"""The file with what was decided on returned Word files, which stands with the data and is no part of them."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from pathlib import Path

from handouts.dataset.review_record import ReviewFile
from handouts.dataset.stored import REVIEW_FILE, review_record
from handouts.dataset.text_file import read_text
from handouts.dataset.validation import read_entries
from handouts.dataset.yaml_text import parse_yaml
from handouts.findings import DataFaults, Finding, Place, errors_of
from handouts.runs.updating import Beside, edited_entries


@dataclass(frozen=True, slots=True)
class RecordFile:
    """What the file says, and its text; None where there is none."""

    entries: ReviewFile = field(default_factory=ReviewFile)
    text: str | None = None


NO_RECORD = RecordFile()


def read_record(path: Path) -> RecordFile:
    """The record of the dataset at `path`; raises DataFaults with all that is wrong in it."""
    file = review_record(path)
    if not os.path.lexists(file):
        return NO_RECORD
    try:
        text, findings = read_text(file)
        source = parse_yaml(text, REVIEW_FILE)
        entries, faults = read_entries(ReviewFile, source)
    except DataFaults as wrong:
        raise DataFaults(_placed(path, wrong.findings)) from None
    faults = errors_of((*findings, *source.findings, *faults))
    if entries is None or faults:
        raise DataFaults(_placed(path, faults))
    return RecordFile(entries, text)


def _placed(path: Path, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings with the file as it is called beside the datasets."""
    name = review_record(path).relative_to(path.parent).as_posix()

    def placed(place: Place) -> Place:
        return replace(place, file=name)

    return tuple(finding.moved(placed) for finding in findings)


def changed_record(path: Path, old: RecordFile, new: ReviewFile) -> Beside:
    """What is written where the record of the dataset at `path` is to say `new`; nothing where it does already."""
    if new == old.entries:
        return Beside()
    file = review_record(path)
    text = edited_entries(old.text, old.entries, new, REVIEW_FILE)
    count = sum(old.entries.by_id.get(name) != one for name, one in new.by_id.items())
    name = file.relative_to(path.parent).as_posix()
    return Beside({name: text.encode()}, f"戻った Word ファイルの記録（{name}） {count} 件")
