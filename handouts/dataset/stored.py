"""The two forms in which a dataset is stored: a folder of text files, or a workbook."""

from __future__ import annotations

import os
from pathlib import Path

from handouts.characters import composed

DATA = Path("data")  # where datasets are looked for by their names
DATASET_FILE, PLAN_FILE, BUDGET_FILE, KPI_FILE = "dataset.yaml", "plan.md", "budget.yaml", "kpis.yaml"
MONTHLY_FILE, PROGRESS_FILE = "monthly.yaml", "progress.yaml"
DATASET_FILES = (DATASET_FILE, PLAN_FILE, BUDGET_FILE, KPI_FILE, MONTHLY_FILE, PROGRESS_FILE)
RECIPIENTS_FILE = "recipients.yaml"  # beside the datasets, for all of them
REVIEW_FILE = "review.yaml"  # with each dataset, of which it is no part
WORKBOOK_SUFFIX = ".xlsx"
# What people also call a workbook; reading it says what to do instead.
_LIKE_WORKBOOKS = (WORKBOOK_SUFFIX, ".xlsm", ".xls", ".xlsb", ".xltx", ".ods")


def is_workbook(path: Path) -> bool:
    """Whether the path means a workbook and not a folder."""
    return path.suffix.lower() in _LIKE_WORKBOOKS and not os.path.isdir(path)


def dataset_name(path: Path) -> str:
    """The name of the dataset at `path`: that of the folder, or of the workbook without its suffix."""
    return composed(path.stem if is_workbook(path) else path.resolve().name)


def as_stored(path: Path) -> Path:
    """The path as its names are spelled on the disk: macOS takes kana apart, and nobody types them so."""
    if str(path).isascii() or os.path.lexists(path):
        return path
    found = Path(path.anchor)
    for part in path.relative_to(path.anchor).parts:
        found /= _spelled(found, part)
    return found


def _spelled(folder: Path, name: str) -> str:
    whole = composed(name)
    try:
        names = os.listdir(folder)
    except OSError:
        return whole
    return name if name in names else next((one for one in names if composed(one) == whole), whole)


def stored_in(folder: Path, name: str) -> tuple[Path, ...]:
    """Where the dataset `name` stands in a folder: as a folder, as a workbook, as both, or nowhere."""
    as_folder, as_book = map(as_stored, places_in(folder, name))
    if not os.path.lexists(as_book):
        return (as_folder,) if os.path.lexists(as_folder) else ()
    return (as_folder, as_book) if has_data(as_folder) else (as_book,)


def places_in(folder: Path, name: str) -> tuple[Path, Path]:
    """Where the dataset `name` may stand in a folder: as a folder, and as a workbook."""
    return folder / name, folder / f"{name}{WORKBOOK_SUFFIX}"


def has_data(folder: Path) -> bool:
    """Whether a folder has one of the files of a dataset."""
    return any(os.path.lexists(folder / file) for file in DATASET_FILES)


def review_record(path: Path) -> Path:
    """Where it is on record what was decided on what came back of the dataset at `path`: in its folder, or beside its workbook."""
    return path.with_name(f"{path.stem}.{REVIEW_FILE}") if is_workbook(path) else path / REVIEW_FILE


def is_review_record(name: str) -> bool:
    """Whether a file of this name is such a record, and so no file of the data whose name somebody has mistyped."""
    return name == REVIEW_FILE or name.endswith(f".{REVIEW_FILE}")


def shadows_of(path: Path) -> tuple[Path, ...]:
    """The others of the same name that stand beside the dataset at `path`: its workbook, or its folder."""
    return tuple(other for other in stored_in(path.parent, dataset_name(path)) if other.name != path.name)


def look_up(path: Path, name: str) -> tuple[Path, ...]:
    """Where the dataset `name` stands that the one at `path` names: beside it, else under ./data; both forms, or none."""
    return next(filter(None, (stored_in(folder, name) for folder in folders_of_others(path))), ())


def folders_of_others(path: Path) -> tuple[Path, ...]:
    """The folders in which the datasets are looked for that the one at `path` names, the first before the second."""
    is_data = os.path.realpath(path.parent) == os.path.realpath(DATA)
    return (path.parent,) if is_data or not os.path.isdir(DATA) else (path.parent, DATA)
