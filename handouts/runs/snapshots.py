"""The files of datasets as they were before they were read, so that a run notices when somebody saves one meanwhile."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from handouts.dataset.stored import DATASET_FILES, is_workbook
from handouts.findings import DataFaults, Finding, Place, Rule
from handouts.xlsx.opening import FILE_LIMIT

CHANGED_MEANWHILE = Rule(
    "file.changed-meanwhile",
    "読んだあとで、このファイルが変わりました",
    remedy="保存が終わってから、もう一度実行してください",
)


class FilePrint(NamedTuple):
    """What tells whether a file is changed: when it was saved (in ns), its size, a digest of its content."""

    saved: int
    size: int
    digest: str


class DataChanged(DataFaults):
    """Files of the data are others now than those that were read."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Files of datasets with what tells whether they are changed; None for one that was not there."""

    files: Mapping[Path, FilePrint | None]

    def followed_by(self, later: Snapshot) -> Snapshot:
        """Both together; a file that is in both is as it was first."""
        return Snapshot({**later.files, **self.files})

    def check(self) -> None:
        """Raises DataChanged where a file is another one now, is gone, or was not there."""
        changed = [path for path, before in self.files.items() if _print(path) != before]
        if changed:
            raise DataChanged(map(_changed, changed))


NO_FILES = Snapshot({})


def take_snapshot(*stored: Path) -> Snapshot:
    """The files of the datasets stored at these paths, as they are now."""
    return Snapshot({file: _print(file) for path in stored for file in _files(path)})


def take_file_snapshot(file: Path) -> Snapshot:
    """One file that stands with a dataset, as it is now."""
    return Snapshot({file: _print(file)})


def _files(path: Path) -> Iterator[Path]:
    if is_workbook(path):
        yield path
    else:
        yield from (path / name for name in DATASET_FILES)


def _print(path: Path) -> FilePrint | None:
    try:
        if not path.is_file():
            return None
        status = path.stat()
        # What is larger is not read either.
        content = path.read_bytes() if status.st_size <= FILE_LIMIT else b""
    except OSError:
        return None  # whoever reads it says why it cannot be read
    return FilePrint(status.st_mtime_ns, status.st_size, hashlib.sha256(content).hexdigest())


def _changed(path: Path) -> Finding:
    file = path.name if is_workbook(path) else f"{path.parent.resolve().name}/{path.name}"
    return CHANGED_MEANWHILE.at(Place(file))
