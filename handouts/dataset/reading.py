"""What came of reading a dataset: the values, the findings in order, and the place of every entry."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from handouts.dataset.budget import BudgetField, Initiative
from handouts.dataset.columns import EntryList
from handouts.dataset.fields import Entry
from handouts.dataset.kpis import Kpi, Population
from handouts.dataset.model import Dataset
from handouts.dataset.monthly import MonthlyTable
from handouts.dataset.progress import ProgressEntry, ProgressItem
from handouts.dataset.stored import DATASET_FILE, DATASET_FILES, PLAN_FILE
from handouts.findings import Finding, Place

# The lists of the dataset whose entries have refs; `Dataset` has them under their keys.
LISTED: tuple[type[Entry], ...] = (
    Initiative,
    BudgetField,
    Kpi,
    Population,
    MonthlyTable,
    ProgressItem,
    ProgressEntry,
)


def entry_lists() -> Iterator[EntryList]:
    """What those lists declare, in the order of the files."""
    return (model.entry_list for model in LISTED if model.entry_list)


_FILES = {
    "dataset": DATASET_FILE,
    "plan": PLAN_FILE,
    **{entries.ref: entries.file for entries in entry_lists()},
}

_LAST_PART = re.compile(r"[.\[][^.\[]*$")


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading a dataset: None where too little could be read, and everything that was found.

    `places` says where it was entered: "plan:ID", "budget:ID", "field:ID", "kpi:ID", "population:ID", "monthly:ID",
    "item:HEADING", "progress:ID", "dataset:KEY", and a part of it as "budget:ID.topic" or
    "monthly:ID.series[2].values[4]", counted from 1; "progress:ID.text[3]" is a line of a text. The second entry of an id stands as "budget:ID#2". An entry that is
    missing from the dataset because it is at fault has its place all the same. "kpi:" alone is where all KPIs stand.
    `group` is whose rows a workbook has, empty where it has all.
    """

    dataset: Dataset | None
    findings: tuple[Finding, ...]
    places: Mapping[str, Place]
    group: str = ""


def in_file_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings in the order of the files, then of the lines; those on the folder come first."""

    def order(finding: Finding) -> tuple[int, int]:
        file = finding.place.file.rpartition("/")[2]
        return DATASET_FILES.index(file) if file in DATASET_FILES else -1, finding.place.line or 0

    return tuple(sorted(findings, key=order))


def entry_refs(kind: str, ids: Iterable[str]) -> Iterator[str]:
    """The key in `places` of each entry, in order: kind:ID, and kind:ID#2 for an id that is given again."""
    counts: dict[str, int] = {}
    for entry_id in ids:
        count = counts[entry_id] = counts.get(entry_id, 0) + 1
        yield f"{kind}:{entry_id}" if count == 1 else f"{kind}:{entry_id}#{count}"


def folder_places() -> Mapping[str, Place]:
    """Where all entries of a kind stand in a folder."""
    return {f"{kind}:": Place(file) for kind, file in _FILES.items()}


def place_of(ref: str, places: Mapping[str, Place]) -> Place:
    """Where the entry or a part of it stands; what holds the part, where nobody noted more, or at least the file."""
    kind = ref.partition(":")[0]
    shorter = ref
    while shorter not in places and (part := _LAST_PART.search(shorter)):
        shorter = shorter[: part.start()]
    place = places.get(shorter) or places.get(f"{kind}:") or Place(_FILES[kind])
    return replace(place, ref=ref)
