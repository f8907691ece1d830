"""The two forms in which a dataset is stored: a folder of text files, or a workbook."""

from __future__ import annotations

import os
from pathlib import Path

DATASET_FILE, PLAN_FILE, BUDGET_FILE, KPI_FILE = "dataset.yaml", "plan.md", "budget.yaml", "kpis.yaml"
MONTHLY_FILE, PROGRESS_FILE = "monthly.yaml", "progress.yaml"
DATASET_FILES = (DATASET_FILE, PLAN_FILE, BUDGET_FILE, KPI_FILE, MONTHLY_FILE, PROGRESS_FILE)
RECIPIENTS_FILE = "recipients.yaml"  # beside the datasets, for all of them
WORKBOOK_SUFFIX = ".xlsx"
# What people also call a workbook; reading it says what to do instead.
_LIKE_WORKBOOKS = (WORKBOOK_SUFFIX, ".xlsm", ".xls", ".xlsb", ".xltx", ".ods")


def is_workbook(path: Path) -> bool:
    """Whether the path means a workbook and not a folder."""
    return path.suffix.lower() in _LIKE_WORKBOOKS and not os.path.isdir(path)


def dataset_name(path: Path) -> str:
    """The name of the dataset at `path`: that of the folder, or of the workbook without its suffix."""
    return path.stem if is_workbook(path) else path.resolve().name


def beside(path: Path, name: str) -> Path | None:
    """The dataset `name` beside the one at `path`: a folder, else a workbook; None where there is neither."""
    return next((place for place in places_beside(path, name) if os.path.exists(place)), None)


def places_beside(path: Path, name: str) -> tuple[Path, Path]:
    """Where the dataset `name` beside the one at `path` may be stored; the first goes before the second."""
    return path.parent / name, path.parent / f"{name}{WORKBOOK_SUFFIX}"
