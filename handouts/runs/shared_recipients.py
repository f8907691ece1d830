"""The recipients that stand beside the datasets, once for all of them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from handouts.checks.recipients import doubles
from handouts.dataset.folder import MISNAMED_SPARE
from handouts.dataset.model import Dataset
from handouts.dataset.schemas import RecipientsFile
from handouts.dataset.stored import RECIPIENTS_FILE, is_review_record
from handouts.dataset.suggestion import nearest
from handouts.dataset.text_file import read_text
from handouts.dataset.validation import read_entries
from handouts.dataset.yaml_text import parse_yaml
from handouts.findings import DataFaults, Finding, Place


@dataclass(frozen=True, slots=True)
class SharedRecipients:
    """Who gets the mail of every dataset of a folder that names nobody itself, and what is wrong or odd there."""

    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    def of(self, dataset: Dataset) -> Mapping[str, tuple[str, ...]]:
        """Who gets the mail of a dataset: a list that it has itself stands instead of the shared one."""
        return {**self.lists, **{group: people for group, people in dataset.recipients.items() if people}}


def read_shared_recipients(folder: Path) -> SharedRecipients:
    """The recipients in the folder in which datasets stand; nobody where it has no such file."""
    path = folder / RECIPIENTS_FILE
    if not os.path.lexists(path):
        return SharedRecipients(findings=_misnamed(folder))
    try:
        shared = _read(path)
    except DataFaults as faults:
        shared = SharedRecipients(findings=faults.findings)
    return replace(
        shared, findings=tuple(one.moved(lambda place: _in(folder, place)) for one in shared.findings)
    )


def _read(path: Path) -> SharedRecipients:
    text, findings = read_text(path)
    source = parse_yaml(text, RECIPIENTS_FILE)
    entries, faults = read_entries(RecipientsFile, source)
    lists = {str(group): people for group, people in entries.recipients.items()} if entries else {}
    found = () if faults else tuple(doubles(lists, source.place))
    return SharedRecipients(lists, (*findings, *source.findings, *faults, *found))


def _misnamed(folder: Path) -> tuple[Finding, ...]:
    """What is said where a file that is not there has been given another name."""
    try:
        names = sorted(
            path.name for path in folder.iterdir() if path.is_file() and not is_review_record(path.name)
        )
    except OSError:
        return ()
    name = nearest(RECIPIENTS_FILE, names)
    return (MISNAMED_SPARE.at(Place(str(folder)), file=RECIPIENTS_FILE, name=name),) if name else ()


def _in(folder: Path, place: Place) -> Place:
    return replace(place, file=f"{folder.resolve().name}/{place.file}")
