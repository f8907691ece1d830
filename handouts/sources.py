"""A dataset together with last year's: both read, both checked, everything found in one list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from handouts.checks import check_dataset, check_previous
from handouts.dataset.folder import read_folder
from handouts.dataset.model import Dataset
from handouts.dataset.reading import Reading
from handouts.errors import Finding, Place


@dataclass(frozen=True, slots=True)
class Source:
    """This year's and last year's dataset, and where each of their entries stands.

    `dataset` is None where too little could be read, `previous` also where none is named or there.
    `places` has last year's refs with the letter o before them, as the printed page has.
    """

    path: Path
    dataset: Dataset | None
    previous: Dataset | None
    places: Mapping[str, Place]
    findings: tuple[Finding, ...]

    def stops(self, strict: bool) -> bool:
        """Whether nothing can be made of it: a fault, or with `strict` any oddity."""
        return self.dataset is None or any(strict or finding.severity == "error" for finding in self.findings)


def read_source(path: Path) -> Source:
    """The dataset at `path` with the one that it names as last year's, a folder beside it."""
    reading = _named(read_folder(path), path)
    previous = _read_previous(path, reading)
    places = dict(reading.places)
    findings = _findings(reading)
    if previous is not None:
        places |= {f"o{ref}": place for ref, place in previous.places.items()}
        findings += _findings(previous)
        if reading.dataset is not None and previous.dataset is not None:
            findings += check_previous(reading.dataset, previous.dataset, places)
    elif reading.dataset is not None and reading.dataset.previous is not None:
        findings += (_missing_previous(path, reading.dataset.previous, places),)
    once = tuple(dict.fromkeys(findings))  # a folder that names itself as last year's is read twice
    return Source(path, reading.dataset, previous.dataset if previous else None, places, once)


def _read_previous(path: Path, reading: Reading) -> Reading | None:
    name = reading.dataset.previous if reading.dataset else None
    return (
        None
        if name is None or not (path.parent / name).exists()
        else _named(read_folder(path.parent / name), path.parent / name)
    )


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


def _findings(reading: Reading) -> tuple[Finding, ...]:
    if reading.dataset is None:
        return reading.findings
    return reading.findings + check_dataset(reading.dataset, reading.places)


def _missing_previous(path: Path, name: str, places: Mapping[str, Place]) -> Finding:
    return Finding(
        place=places.get("dataset:previous", Place(str(path))),
        found=f"前年度のデータ「{name}」が {path.parent} にありません",
        allowed="",
        remedy="前年度のフォルダーを隣に置いてください。ないままなら、前年度の欄と変更の印なしで作ります",
        severity="warning",
    )
