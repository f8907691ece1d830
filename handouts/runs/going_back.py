"""What commands made of the data, taken back and done again, as runs; who has a workbook open is asked to close it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from handouts.dataset.stored import is_workbook
from handouts.files import RecordedStep, redo_step, undo_step
from handouts.xlsx.opening import check_not_open


def take_back(folder: Path, dataset: str | None, with_edits: bool = False) -> RecordedStep | None:
    """Takes back the last step in a folder with datasets, or of one of them; None where there is none.

    Raises EditedSince where somebody has changed one of its files since, unless `with_edits`.
    """
    return undo_step(folder, dataset, with_edits, _check_closed)


def do_again(folder: Path, dataset: str | None) -> RecordedStep | None:
    """Does the step again that was taken back last; None where there is none, or something else was done since."""
    return redo_step(folder, dataset, _check_closed)


def _check_closed(files: Iterable[Path]) -> None:
    for file in filter(is_workbook, files):
        check_not_open(file)
