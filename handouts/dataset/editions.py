"""Where the saved editions of a dataset stand: beside it, in a folder in which no dataset is looked for by its name."""

from __future__ import annotations

import os
from pathlib import Path

from handouts.characters import composed
from handouts.dataset.stored import DATASET_FILES, as_stored, dataset_name, has_data, is_workbook, stored_in

EDITIONS_FOLDER = "版"


def editions_folder(path: Path) -> Path:
    """The folder with the saved editions of the dataset at `path`, be it there or not."""
    return as_stored(path.parent / EDITIONS_FOLDER / dataset_name(path))


def saved_editions(path: Path) -> dict[str, Path]:
    """The saved editions of the dataset at `path` by their names: each a folder or a workbook, as it was saved."""
    folder = editions_folder(path)
    try:
        found = sorted(folder.iterdir())
    except OSError:
        return {}
    own = (one for one in found if not one.name.startswith((".", "~$")))
    return {dataset_name(one): one for one in own if is_workbook(one) or has_data(one)}


def saved_edition(path: Path, name: str) -> Path | None:
    """Where the edition `name` of the dataset at `path` is saved; None where there is none."""
    stored = stored_in(editions_folder(path), name)
    return stored[0] if stored and (is_workbook(stored[0]) or has_data(stored[0])) else None


def is_saved_edition(path: Path) -> bool:
    """Whether what stands at `path` is a saved edition of a dataset."""
    return composed(path.absolute().parent.parent.name) == EDITIONS_FOLDER


def files_of(path: Path) -> dict[str, Path]:
    """The files of the dataset at `path` that are there, by their names in it; a workbook has one, without a name."""
    if is_workbook(path):
        return {"": path}
    return {name: path / name for name in DATASET_FILES if os.path.isfile(path / name)}
