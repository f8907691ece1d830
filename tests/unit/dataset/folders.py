"""Folders with a dataset for tests: the good one of a new dataset, with the changes that a test shows."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from handouts.dataset.fiscal import FiscalYear
from handouts.dataset.folder import read_folder
from handouts.dataset.folder_text import new_dataset_files
from handouts.dataset.reading import Reading
from handouts.dataset.stored import DATASET_FILES

GOOD = new_dataset_files("群馬", FiscalYear(2025), "r7")


def write(folder: Path, files: Mapping[str, str | bytes | None]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        if content is not None:
            (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def read(tmp_path: Path, **changes: str | bytes | None) -> Reading:
    """The good dataset with some files changed, e.g. `budget="…"`, or left out."""
    names = {file.partition(".")[0]: file for file in DATASET_FILES}
    return read_folder(
        write(tmp_path / "r7", {**GOOD, **{names[key]: text for key, text in changes.items()}})
    )


def changed(file: str, old: str, new: str) -> str:
    assert old in GOOD[file]
    return GOOD[file].replace(old, new, 1)


def messages(reading: Reading) -> list[str]:
    return [str(finding) for finding in reading.findings]


def budget(row: str) -> str:
    return f"initiatives:\n  - id: annai\n    name: 健診案内\n    topic: kenshin\n    {row}\n"
