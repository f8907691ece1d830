"""The writing of a group of files, and in words what stands in its way or was left by a run that was stopped.

A group that is a step of the history of its folder carries it; taking a step back is one more group.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from itertools import filterfalse, takewhile
from pathlib import Path

from handouts.files.claims import claimed
from handouts.files.history import (
    FileGroup,
    add_step,
    drop_oldest,
    first_undone,
    is_own,
    last_done,
    own_mode,
    read_steps,
    way_back,
    way_forth,
)
from handouts.files.journal import JOURNAL, Outcome, clear, plan_changes, replace_all, undo, undo_left
from handouts.files.steps import RecordedStep, Step
from handouts.findings import DataFaults, Finding, HandoutError, Place, Rule
from handouts.interruption import unbroken

_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
_FULL = {errno.ENOSPC, errno.EDQUOT}
_OTHER_KIND = {errno.EEXIST, errno.ENOTDIR, errno.EISDIR}

HALF_WRITTEN = Rule(
    "file.half-written",
    "前の書き込みが途中で止まっていました。{outcomes}",
    remedy="止まったのと同じことを、もう一度実行してください",
    severity="warning",
)


@unbroken()
def write_files(
    folder: Path,
    contents: Mapping[str, bytes | None],
    mode: int | None = None,
    check: Callable[[], None] = lambda: None,
    step: Step | None = None,
) -> tuple[Path, ...]:
    """Writes all of `contents` (name below `folder` to bytes, None to remove it), or nothing; returns their paths.

    A file that is there keeps its mode, unless all are to have `mode`; one that is a link is written where it leads.
    `check` is called last, and stops everything by what it raises. With `step`, which is of data alone, it can be
    taken back. Raises HandoutError where something cannot be written, with the files that could not be put back.
    """
    group = FileGroup(dict(contents), {} if mode is None else dict.fromkeys(contents, mode))
    with _written(folder, group, check):
        if step is not None:
            add_step(folder, group, step)
    return tuple(folder / name for name in contents)


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
    with _written(folder, group, lambda: check(map(folder.joinpath, filterfalse(is_own, group.contents)))):
        step = choose(read_steps(folder), dataset)  # nobody else writes in the folder now
        if step is not None:
            group.take(way(folder, step))
    return step


@contextmanager
def _written(folder: Path, group: FileGroup, check: Callable[[], None]) -> Iterator[None]:
    """Writes the group after the block, which may add to it while no other run writes in the folder."""
    try:
        with _made(folder, [folder]), claimed(folder):
            if left := tuple(_undo_left(folder)):
                raise DataFaults(left)  # what this run has read was half written
            yield
            if not group.contents:
                return
            with _made(
                folder, {(folder / name).parent for name, new in group.contents.items() if new is not None}
            ):
                _write(folder, group, check)
            drop_oldest(folder)
    except OSError as error:
        rest = "どのファイルも元のままです。" if len(group.contents) > 1 else ""
        raise HandoutError(_explain(folder, error) + rest) from None


def _write(folder: Path, group: FileGroup, check: Callable[[], None]) -> None:
    changes = plan_changes(folder, group.contents)
    try:
        replace_all(folder, changes, group.contents, group.modes, check)
    except BaseException as error:
        outcomes = undo(folder, changes)
        if isinstance(error, OSError) and set(outcomes.values()) - {"before", "restored"}:
            raise HandoutError(_explain(folder, error) + _standing(outcomes)) from None
        raise
    clear(folder, changes)


@contextmanager
def _made(top: Path, folders: Iterable[Path]) -> Iterator[None]:
    """The folders, made where they are not there; where nothing came of it, those are gone again.

    What is ours alone in the folder `top` is as private as the history.
    """
    made: list[Path] = []
    try:
        for folder in folders:
            new = list(takewhile(lambda each: not os.path.lexists(each), (folder, *folder.parents)))
            made[:0] = new
            folder.mkdir(parents=True, exist_ok=True)
            for each in new:
                if is_own(f"{each.relative_to(top).as_posix()}/" if top in each.parents else ""):
                    os.chmod(each, own_mode(top, is_folder=True))
        yield
    except BaseException:
        for folder in made:
            with suppress(OSError):
                folder.rmdir()
        raise


@unbroken()
def recover(folder: Path) -> tuple[Finding, ...]:
    """Undoes what a run that was stopped left half written in `folder` and the folders in it; says what it undid.

    Waits for a run that is still writing. Raises HandoutError where a file cannot be put back.
    """
    try:
        journals = (folder / JOURNAL, *sorted(folder.glob(f"*/{JOURNAL}")))
        left = [journal.parent for journal in journals if os.path.lexists(journal)]
    except OSError:
        return ()  # no folder that anybody could have written in
    findings: list[Finding] = []
    for each in left:
        try:
            with claimed(each):
                findings += _undo_left(each)
        except OSError:
            raise _cannot_undo(each) from None
    return tuple(findings)


def _undo_left(folder: Path) -> Iterator[Finding]:
    if not (outcomes := undo_left(folder)):
        return
    if "stuck" in outcomes.values():
        raise _cannot_undo(folder, _standing(outcomes))
    found: list[str] = []
    if restored := _names(outcomes, "restored"):
        found.append(f"新しくなっていたものを、元に戻しました（{restored}）")
    if touched := _names(outcomes, "touched"):
        found.append(f"そのあとで書き換えられたものは、そのままです（{touched}）")
    if lost := _names(outcomes, "lost"):
        found.append(f"元の内容の控えがないものは、新しいままです（{lost}）")
    if found:
        yield HALF_WRITTEN.at(Place(str(folder)), outcomes="。".join(found))


def _cannot_undo(folder: Path, standing: str = "") -> HandoutError:
    return HandoutError(
        f"{folder}: 前の書き込みが途中で止まったままで、元に戻せません。{standing}"
        "ファイルを Word などで開いていれば閉じ、フォルダーの権限を確かめて、もう一度実行してください。"
    )


def _standing(outcomes: Mapping[str, Outcome]) -> str:
    """Which files of a group are new and which are what they were."""
    new, old = _names(outcomes, "stuck", "lost"), _names(outcomes, "before", "restored")
    touched = _names(outcomes, "touched")
    parts = {"新しくなったもの": new, "元のままのもの": old, "ほかで書き換えられたもの": touched}
    return "".join(f"{what}: {names}。" for what, names in parts.items() if names)


def _names(outcomes: Mapping[str, Outcome], *wanted: Outcome) -> str:
    return "、".join(name for name, outcome in outcomes.items() if outcome in wanted and not is_own(name))


def _explain(folder: Path, error: OSError) -> str:
    where = Path(os.fsdecode(error.filename2 or error.filename or folder))
    if where.name.startswith(".handouts-"):
        where = where.parent
    if error.errno in _FORBIDDEN:
        return f"{where}: 書き込めません。ファイルを Word などで開いていれば閉じ、フォルダーの権限を確かめてください。"
    if error.errno in _OTHER_KIND:
        return f"{where}: 書き込めません。同じ名前の、別のファイルかフォルダーがあります。名前を変えるか、消してください。"
    if error.errno in _FULL:
        return f"{where}: 書き込めません。保存先の空き容量がありません。"
    if error.errno == errno.ENAMETOOLONG:
        return f"{where}: 書き込めません。名前が長すぎます。短い名前にしてください。"
    return f"{where}: 書き込めません。保存先を確かめてください。"
