"""What came of reading a dataset: the values, the findings in order, and the place of every entry."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from handouts.dataset.model import Dataset
from handouts.dataset.stored import (
    BUDGET_FILE,
    DATASET_FILE,
    DATASET_FILES,
    KPI_FILE,
    MONTHLY_FILE,
    PLAN_FILE,
    PROGRESS_FILE,
)
from handouts.findings import Finding, Place

_FILE_OF = {
    "dataset": DATASET_FILE,
    "plan": PLAN_FILE,
    "budget": BUDGET_FILE,
    "field": BUDGET_FILE,
    "kpi": KPI_FILE,
    "population": KPI_FILE,
    "monthly": MONTHLY_FILE,
    "item": PROGRESS_FILE,
    "progress": PROGRESS_FILE,
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading a dataset: None where too little could be read, and everything that was found.

    `places` says where it was entered: "plan:ID", "budget:ID", "field:ID", "kpi:ID", "population:ID", "monthly:ID",
    "item:HEADING", "progress:ID", "dataset:KEY", and a part of it as "budget:ID.topic" or
    "monthly:ID.series[2].values[4]", counted from 1; "progress:ID.text[3]" is a line of a text. The second entry of an id stands as "budget:ID#2". An entry that is
    missing from the dataset because it is at fault has its place all the same.
    """

    dataset: Dataset | None
    findings: tuple[Finding, ...]
    places: Mapping[str, Place]


def in_file_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings in the order of the files, then of the lines; those on the folder come first."""

    def order(finding: Finding) -> tuple[int, int]:
        file = finding.place.file
        return DATASET_FILES.index(file) if file in DATASET_FILES else -1, finding.place.line or 0

    return tuple(sorted(findings, key=order))


def entry_refs(kind: str, ids: Iterable[str]) -> Iterator[str]:
    """The key in `places` of each entry, in order: kind:ID, and kind:ID#2 for an id that is given again."""
    counts: Counter[str] = Counter()
    for entry_id in ids:
        counts[entry_id] += 1
        ref, count = f"{kind}:{entry_id}", counts[entry_id]
        yield ref if count == 1 else f"{ref}#{count}"


def place_of(ref: str, places: Mapping[str, Place]) -> Place:
    """Where the entry or a part of it stands; what holds the part, where nobody noted more, or at least the file."""
    kind = ref.partition(":")[0]
    shorter = ref
    while shorter not in places and re.search(r"[.\[]", shorter):
        shorter = re.sub(r"(\.|\[)[^.\[]*$", "", shorter)
    return places.get(shorter) or Place(_FILE_OF[kind])
