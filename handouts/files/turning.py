"""Steps of the history taken back and done again: one more group of files, by the same writer."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import partial
from itertools import filterfalse
from pathlib import Path

from handouts.files.history import (
    FileGroup,
    first_undone,
    is_own,
    last_done,
    read_steps,
    way_back,
    way_forth,
)
from handouts.files.steps import RecordedStep
from handouts.files.writing import written
from handouts.interruption import unbroken


@unbroken()
def undo_step(
    folder: Path,
    dataset: str | None = None,
    with_edits: bool = False,
    check: Callable[[Iterable[Path]], None] = lambda files: None,
) -> RecordedStep | None:
    """Takes back the last step in a folder with datasets, or of one of them; None where there is none.

    `check` gets the files that are about to be written. Raises EditedSince where one is not what the step made of it;
    `with_edits` takes that back as well.
    """
    return _turn(folder, last_done, dataset, partial(way_back, with_edits=with_edits), check)


@unbroken()
def redo_step(
    folder: Path, dataset: str | None = None, check: Callable[[Iterable[Path]], None] = lambda files: None
) -> RecordedStep | None:
    """Does the step again that was taken back last, as long as no other was made since; None where there is none."""
    return _turn(folder, first_undone, dataset, way_forth, check)


def _turn(
    folder: Path,
    choose: Callable[[Collection[RecordedStep], str | None], RecordedStep | None],
    dataset: str | None,
    way: Callable[[Path, RecordedStep], FileGroup],
    check: Callable[[Iterable[Path]], None],
) -> RecordedStep | None:
    if choose(read_steps(folder), dataset) is None:
        return None
    group = FileGroup()
    step: RecordedStep | None = None

    def check_all() -> None:
        if step is not None:
            way(folder, step)  # raises where somebody has saved a file meanwhile
        check(map(folder.joinpath, filterfalse(is_own, group.contents)))

    with written(folder, group, check_all):
        step = choose(read_steps(folder), dataset)  # nobody else writes in the folder now
        if step is not None:
            group.take(way(folder, step))
    return step
