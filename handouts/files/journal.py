"""A group of files that are replaced together, and the journal by which it is undone where a run ends half way.

The journal is written first: what is to be replaced, from what to what, and under which names the new contents and
copies of the old ones wait beside the files. When it is gone, the group is done.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import shutil
import stat
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path, PurePath
from typing import Literal

JOURNAL = ".handouts-journal"
_TEMPORARY = re.compile(r"\.handouts-[0-9a-f]{16}-\d+")
USUAL_MODE = 0o644  # of a file that was not there

# What becomes of a file whose group is undone. "before": it is not new; "stuck": it is, and cannot be replaced now;
# "lost": there is no copy of what it held; "touched": somebody has changed it since.
Outcome = Literal["before", "restored", "stuck", "lost", "touched"]


@dataclass(frozen=True, slots=True)
class Change:
    """A file of a group: its name below the folder, where it really stands, digests of what it held and is to hold.

    `old` is None where the file was not there, `new` where it is to be gone. `temporary` begins the names of what
    waits beside it.
    """

    name: str
    target: Path
    temporary: str
    old: str | None
    new: str | None

    @property
    def staged(self) -> Path:
        """Where the new content waits; no longer there once it stands at its target."""
        return self.target.with_name(f"{self.temporary}.new")

    @property
    def saved(self) -> Path:
        """The copy of what the file held."""
        return self.target.with_name(f"{self.temporary}.old")

    @property
    def is_waiting(self) -> bool:
        """Whether the file has not been replaced yet."""
        return os.path.lexists(self.staged) or digest_at(self.target) == self.old


def plan_changes(folder: Path, contents: Mapping[str, bytes | None]) -> tuple[Change, ...]:
    """What has to be done so that the files of these names below `folder` hold these contents; None: are gone."""
    run = f".handouts-{os.urandom(8).hex()}"
    return tuple(
        _plan(name, _target(folder / name), f"{run}-{number}", content)
        for number, (name, content) in enumerate(contents.items())
    )


def _plan(name: str, target: Path, temporary: str, content: bytes | None) -> Change:
    if os.path.lexists(target) and not os.path.isfile(target):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
    return Change(name, target, temporary, digest_at(target), None if content is None else digest(content))


def _target(path: Path) -> Path:
    """Where the content of a file stands: where the links lead, if it is one."""
    return Path(os.path.realpath(path)) if os.path.islink(path) else path


def replace_all(
    folder: Path,
    changes: Sequence[Change],
    contents: Mapping[str, bytes | None],
    modes: Mapping[str, int],
    check: Callable[[], None],
) -> None:
    """Does what is planned in a claimed folder, all but the clearing; whatever it raises, the group is to be undone.

    A file that has no mode in `modes` keeps its own.
    """
    _put(folder / JOURNAL, _record(changes), USUAL_MODE)
    for change in changes:
        _stage(change, contents[change.name], modes.get(change.name))
    _sync(folder, changes)
    check()
    for change in changes:
        _unlock(change)
        if change.new is not None:
            os.replace(change.staged, change.target)
        elif change.old is not None:
            os.unlink(change.target)
    _sync(folder, changes)


def _unlock(change: Change) -> None:
    """On Windows a file that may only be read, such as one of a saved edition, is neither replaced nor removed."""
    if sys.platform == "win32" and change.old is not None:
        os.chmod(change.target, mode_at(change.target) | stat.S_IWRITE)


def _stage(change: Change, content: bytes | None, mode: int | None) -> None:
    """Puts the new content and a copy of the old one beside the file, on the disk."""
    if change.old is not None:
        _put(change.saved, change.target.read_bytes())
        shutil.copystat(change.target, change.saved)
    if content is None:
        return
    _put(change.staged, content)
    if mode is None:
        mode = USUAL_MODE if change.old is None else mode_at(change.target)
    os.chmod(change.staged, mode)


def undo(folder: Path, changes: Sequence[Change]) -> Mapping[str, Outcome]:
    """Gives each file that is new its old content again; then the journal is gone, unless one is stuck."""
    outcomes = {change.name: _undo(change) for change in changes}
    _sync(folder, changes)
    if "stuck" not in outcomes.values():
        clear(folder, changes)
    return outcomes


def _undo(change: Change) -> Outcome:
    try:
        if change.is_waiting:
            return "before"
        if digest_at(change.target) != change.new:
            return "touched"
        if change.old is None:
            os.unlink(change.target)
        elif digest_at(change.saved) != change.old:
            return "lost"
        else:
            os.replace(change.saved, change.target)
    except OSError:
        return "stuck"
    return "restored"


def undo_left(folder: Path) -> Mapping[str, Outcome]:
    """Undoes what a run that was stopped left half done in a claimed folder; empty where nothing was half done."""
    if not os.path.lexists(folder / JOURNAL):
        return {}
    changes = _read_journal(folder)
    if any(change.is_waiting for change in changes if change.old != change.new):
        outcomes = undo(folder, changes)
        return outcomes if set(outcomes.values()) != {"before"} else {}
    clear(folder, changes)  # everything is in its place, or nothing was begun
    return {}


def clear(folder: Path, changes: Sequence[Change]) -> None:
    """Removes what was there for the time being, the journal last; what stays, the next run removes.

    So are the folders that were left empty by a file that is gone.
    """
    _remove(path for change in changes for path in (change.staged, change.saved))
    emptied = (change.target.parent for change in changes if change.old is not None and change.new is None)
    _remove_empty(folder, emptied)
    _remove([folder / JOURNAL])


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        with suppress(OSError):
            if os.path.lexists(path):
                os.chmod(path, 0o600)  # Windows removes no file that may only be read
                os.unlink(path)


def _remove_empty(folder: Path, emptied: Iterable[Path]) -> None:
    for each in emptied:
        for path in takewhile(lambda above: folder in above.parents, (each, *each.parents)):
            with suppress(OSError):
                path.rmdir()


def _record(changes: Iterable[Change]) -> bytes:
    rows = [[change.name, change.temporary, change.old, change.new] for change in changes]
    return json.dumps(rows).encode()


def _read_journal(folder: Path) -> tuple[Change, ...]:
    """The group that a run left; empty where its journal is not all there, and so nothing else was begun."""
    try:
        rows = json.loads((folder / JOURNAL).read_bytes())
        return tuple(_change(folder, row) for row in rows)
    except (ValueError, TypeError):
        return ()


def _change(folder: Path, row: Sequence[str]) -> Change:
    """A row of a journal, which may come from anywhere: ValueError where it names anything but a file below the folder."""
    name, temporary, old, new = row
    if not is_below(name) or not _TEMPORARY.fullmatch(temporary):
        raise ValueError
    return Change(name, _target(folder / name), temporary, old, new)


def is_below(name: str) -> bool:
    """Whether a name that comes from anywhere is that of something below a folder."""
    path = PurePath(name)
    return not (path.is_absolute() or path.drive or ".." in path.parts)


def _put(path: Path, content: bytes, mode: int = 0o600) -> None:
    """Writes a file of our own to the disk, at first for nobody else to read."""
    with open(path, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def mode_at(path: Path) -> int:
    """Who may do what with a file."""
    return stat.S_IMODE(path.stat().st_mode)


def _sync(folder: Path, changes: Iterable[Change]) -> None:
    """Brings the names in the folders to the disk, where the system knows how."""
    for each in {folder, *(change.target.parent for change in changes)}:
        with suppress(OSError):
            handle = os.open(each, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def digest_at(path: Path) -> str | None:
    """The digest of a file; None where there is none, empty where something else is in its place."""
    if not os.path.lexists(path):
        return None
    return digest(path.read_bytes()) if os.path.isfile(path) else ""


def digest(content: bytes) -> str:
    """What tells a content from every other."""
    return hashlib.sha256(content).hexdigest()
