"""The writing of a group of files, and in words what stands in its way.

A group that is a step of the history of its folder carries it.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import takewhile
from pathlib import Path

from handouts.files.claims import claimed
from handouts.files.history import FileGroup, add_step, drop_oldest, is_own, own_mode
from handouts.files.journal import clear, plan_changes, replace_all, undo
from handouts.files.recovery import standing, undo_half_written
from handouts.files.steps import Step
from handouts.findings import DataFaults, HandoutError
from handouts.interruption import unbroken

_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
_FULL = {errno.ENOSPC, errno.EDQUOT}
_OTHER_KIND = {errno.EEXIST, errno.ENOTDIR, errno.EISDIR}


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
    with written(folder, group, check):
        if step is not None:
            add_step(folder, group, step)
    return tuple(folder / name for name in contents)


@contextmanager
def written(folder: Path, group: FileGroup, check: Callable[[], None]) -> Iterator[None]:
    """Writes the group after the block, which may add to it while no other run writes in the folder."""
    try:
        with _made(folder, [folder]), claimed(folder):
            if left := tuple(undo_half_written(folder)):
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
            raise HandoutError(_explain(folder, error) + standing(outcomes)) from None
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
