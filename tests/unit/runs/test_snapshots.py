"""Every file that a run has read is noticed when it is another one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from handouts.dataset.stored import DATASET_FILES
from handouts.excel.writing import write_workbook
from handouts.runs.checking import read_checked, read_stored
from handouts.runs.snapshots import DataChanged, Snapshot, take_snapshot
from tests.unit.dataset.folders import GOOD, write

THIS = GOOD["dataset.yaml"].replace("previous:", "previous: r6").replace("earlier:", "earlier: r7-before")


def write_datasets(tmp_path: Path) -> Path:
    for name, base in (("r7", THIS), ("r6", GOOD["dataset.yaml"]), ("r7-before", GOOD["dataset.yaml"])):
        write(tmp_path / name, {**GOOD, "dataset.yaml": base})
    return tmp_path / "r7"


def changed_in(snapshot: Snapshot) -> list[str]:
    """The files that are others now, as the user reads them."""
    try:
        snapshot.check()
    except DataChanged as changed:
        return [finding.place.file for finding in changed.findings]
    return []


def test_files_that_nobody_touches_are_the_same(tmp_path: Path) -> None:
    assert changed_in(read_checked(write_datasets(tmp_path)).snapshot) == []


@pytest.mark.parametrize("name", ["r7", "r6", "r7-before"])
def test_a_file_of_any_year_and_edition_is_noticed(tmp_path: Path, name: str) -> None:
    snapshot = read_checked(write_datasets(tmp_path)).snapshot
    for file in DATASET_FILES:  # some of which were not there
        (tmp_path / name / file).write_text("", encoding="utf-8")
    assert changed_in(snapshot) == [f"{name}/{file}" for file in DATASET_FILES]


def test_a_file_is_another_one_by_its_time_or_its_size_or_its_content_alone(tmp_path: Path) -> None:
    path = tmp_path / "plan.md"
    path.write_bytes(b"old")
    time = path.stat().st_mtime_ns
    for content, later in ((b"new", 0), (b"older", 0), (b"old", 1)):
        path.write_bytes(b"old")
        os.utime(path, ns=(time, time))
        snapshot = take_snapshot(tmp_path)
        path.write_bytes(content)
        os.utime(path, ns=(time, time + later))
        assert changed_in(snapshot) == [f"{tmp_path.name}/plan.md"]
    path.unlink()
    assert changed_in(snapshot) == [f"{tmp_path.name}/plan.md"]


@pytest.mark.parametrize("name", ["r6", "r6.xlsx"])
def test_a_dataset_that_was_missing_and_comes_is_noticed(tmp_path: Path, name: str) -> None:
    folder = write(tmp_path / "r7", {**GOOD, "dataset.yaml": THIS})
    snapshot = read_checked(folder).snapshot
    path = tmp_path / name
    if path.suffix:
        path.write_bytes(b"PK")
    else:
        write(path, {"plan.md": ""})
    assert changed_in(snapshot) == [name if path.suffix else "r6/plan.md"]


def test_a_workbook_is_noticed(tmp_path: Path) -> None:
    dataset = read_stored(write_datasets(tmp_path)).dataset
    assert dataset is not None
    (tmp_path / "all.xlsx").write_bytes(write_workbook(dataset))
    snapshot = read_checked(tmp_path / "all.xlsx").snapshot
    (tmp_path / "all.xlsx").write_bytes(b"")
    assert changed_in(snapshot) == ["all.xlsx"]


def test_a_file_that_changed_before_it_was_read_again_is_noticed(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    first = take_snapshot(tmp_path)
    (tmp_path / "plan.md").write_bytes(b"")
    assert changed_in(first.followed_by(take_snapshot(tmp_path))) == [f"{tmp_path.name}/plan.md"]
