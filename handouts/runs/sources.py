"""A dataset together with last year's: both read, both checked, everything found in one list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from handouts.checks import check_dataset, check_earlier, check_previous
from handouts.dataset.folder import read_folder
from handouts.dataset.model import Dataset
from handouts.dataset.reading import Reading
from handouts.dataset.stored import beside, dataset_name, is_workbook, places_beside
from handouts.findings import Finding, Place
from handouts.runs.snapshots import Snapshot, take_snapshot


@dataclass(frozen=True, slots=True)
class Source:
    """A dataset with those that it is compared with, and where each of their entries stands.

    `dataset` is None where too little could be read, `previous` and `earlier` also where none is named or there.
    `places` has last year's refs with the letter o before them, as the printed page has, and those of the earlier
    edition with an e. `snapshot` has the files of all of them as they were before they were read.
    """

    path: Path
    dataset: Dataset | None
    previous: Dataset | None
    earlier: Dataset | None
    places: Mapping[str, Place]
    findings: tuple[Finding, ...]
    snapshot: Snapshot

    @property
    def name(self) -> str:
        """The name of the dataset."""
        return dataset_name(self.path)

    def stops(self, strict: bool) -> bool:
        """Whether nothing can be made of it: a fault, or with `strict` any oddity."""
        return self.dataset is None or any(strict or finding.severity == "error" for finding in self.findings)


def read_source(path: Path) -> Source:
    """The dataset at `path` with those that it names as last year's and as the earlier edition, stored beside it."""
    snapshot = take_snapshot(path)
    reading = read_dataset(path)
    dataset = reading.dataset
    places = dict(reading.places)
    findings = _findings(reading, path)
    others: dict[str, Dataset | None] = {}
    for key, letter, check in (("previous", "o", check_previous), ("earlier", "e", check_earlier)):
        name: str | None = getattr(dataset, key) if dataset else None
        stored = beside(path, name) if name else None
        if name:
            wanted = (stored,) if stored else places_beside(path, name)
            snapshot = snapshot.followed_by(take_snapshot(*wanted))
        other = read_dataset(stored) if stored else None
        others[key] = other.dataset if other else None
        if other is not None and stored is not None:
            places |= {f"{letter}{ref}": place for ref, place in other.places.items()}
            findings += _findings(other, stored)
            if dataset is not None and other.dataset is not None:
                findings += _worded(check(dataset, other.dataset, places), reading, path)
        elif name is not None:
            findings += (_missing(path, key, name, places),)
    once = tuple(dict.fromkeys(findings))  # a folder that names itself as another one is read twice
    return Source(path, dataset, others["previous"], others["earlier"], places, once, snapshot)


def read_dataset(path: Path) -> Reading:
    """The dataset at `path`, a folder or a workbook, without the rules across its entries."""
    if not is_workbook(path):
        return _named(read_folder(path), path)
    from handouts.excel.reading import read_workbook

    workbook = read_workbook(path)
    if not workbook.group:
        return workbook.reading
    part = Finding(
        Place(path.name),
        f"このブックには「{workbook.group}」の分の行しかありません",
        "資料を作ったり確かめたりするのは、全体のデータです",
        f"handouts workbook collect {path.name} データ で全体のデータに入れてから、全体のほうを使ってください",
    )
    return replace(workbook.reading, dataset=None, findings=(part, *workbook.reading.findings))


def _named(reading: Reading, path: Path) -> Reading:
    """The reading with the dataset's name before each file, since both years have files of the same names."""

    def named(place: Place) -> Place:
        if place.file == str(path):
            return place
        return replace(place, file=f"{path.resolve().name}/{place.file}")

    return replace(
        reading,
        findings=tuple(replace(finding, place=named(finding.place)) for finding in reading.findings),
        places={ref: named(place) for ref, place in reading.places.items()},
    )


def _findings(reading: Reading, path: Path) -> tuple[Finding, ...]:
    if reading.dataset is None:
        return reading.findings
    found = check_dataset(reading.dataset, reading.places)
    findings = reading.findings + _worded(found, reading, path)
    if not is_workbook(path):
        return findings
    from handouts.excel.reading import in_sheet_order

    return in_sheet_order(findings)


def _worded(findings: tuple[Finding, ...], reading: Reading, path: Path) -> tuple[Finding, ...]:
    """The findings of the rules in the words of the form in which the dataset is stored."""
    if not is_workbook(path):
        return findings
    from handouts.excel.reading import on_sound_rows
    from handouts.excel.wording import in_words_of_sheets

    return in_words_of_sheets(on_sound_rows(findings, reading.findings), reading, path.name)


_MISSING = {
    "previous": ("前年度", "前年度の欄と変更の印なしで作ります"),
    "earlier": ("審査を受ける前の版", "KPI の変更前の欄なしで作ります"),
}


def _missing(path: Path, key: str, name: str, places: Mapping[str, Place]) -> Finding:
    what, without = _MISSING[key]
    return Finding(
        place=places.get(f"dataset:{key}", Place(str(path))),
        found=f"{what}のデータ「{name}」が {path.parent} にありません",
        allowed="",
        remedy=f"{what}のフォルダーかブックを隣に置いてください。ないままなら、{without}",
        severity="warning",
    )
