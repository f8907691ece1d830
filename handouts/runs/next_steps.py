"""How far the datasets of a folder are, by the times of their files alone: what is usually done next follows from it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from handouts.dataset.stored import DATASET_FILES, dataset_name, is_workbook
from handouts.runs.formats import FORMATS

HandoutProgress = Literal["unmade", "outdated", "made"]


@dataclass(frozen=True, slots=True)
class DatasetProgress:
    """A dataset, when it was saved last (in ns), and whether its handouts are there and newer than it."""

    name: str
    saved: int
    progress: HandoutProgress


def progress_of(paths: Iterable[Path], out: Path) -> list[DatasetProgress]:
    """The datasets with what became of their handouts in the folder `out`, the one that was saved last first."""
    return sorted((_progress(path, out) for path in paths), key=lambda one: -one.saved)


def _progress(path: Path, out: Path) -> DatasetProgress:
    name = dataset_name(path)
    files = [path] if is_workbook(path) else [path / name for name in DATASET_FILES]
    saved = max(map(_saved, files))
    made = max((_saved(file) for file in _made(out / name)), default=0)
    return DatasetProgress(name, saved, "unmade" if not made else "outdated" if made < saved else "made")


def _made(folder: Path) -> list[Path]:
    try:
        return [path for path in folder.iterdir() if path.suffix.removeprefix(".") in FORMATS]
    except OSError:
        return []


def _saved(path: Path) -> int:
    try:
        return os.stat(path).st_mtime_ns
    except OSError:
        return 0
