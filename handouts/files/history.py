"""The history of a folder with datasets: the last steps, and the contents that bring the files there and back.

It is a part of the groups of files that it is about, so that a step is on record where its files are written, and only
there. It stands in a folder of its own beside the datasets, which nothing else looks into.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from handouts.files.journal import USUAL_MODE, digest, digest_at, mode_at
from handouts.files.steps import FileChange, FileState, RecordedStep, Standing, Step, read_record, record_of
from handouts.findings import HandoutError

OWN_FOLDER = ".handouts"
_STEPS, _CONTENTS = f"{OWN_FOLDER}/history/steps", f"{OWN_FOLDER}/history/contents"
_NAME = re.compile(r"(\d{6})\.json")
_MOST_STEPS = 100


@dataclass(slots=True)
class FileGroup:
    """What is to be written at once: contents by name below the folder, None for what is to be gone, and modes."""

    contents: dict[str, bytes | None] = field(default_factory=dict)
    modes: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, content: bytes | None, mode: int) -> None:
        """Takes one more file into the group."""
        self.contents[name] = content
        self.modes[name] = mode

    def take(self, other: FileGroup) -> None:
        """Takes in what stands in another group."""
        self.contents |= other.contents
        self.modes |= other.modes


def own_mode(folder: Path, is_folder: bool = False) -> int:
    """The mode of what stands in the history: for the owner alone, and for others who may write in the data folder."""
    writers = folder.stat().st_mode & 0o022
    mode = 0o600 | writers | writers << 1
    return mode | (mode & 0o444) >> 2 if is_folder else mode


def read_steps(folder: Path) -> tuple[RecordedStep, ...]:
    """The steps on record in a folder with datasets, in their order; what cannot be read is left out."""
    return tuple(filter(None, map(_read, _step_files(folder))))


def _step_files(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in (folder / _STEPS).iterdir() if _NAME.fullmatch(path.name))
    except OSError:
        return []


def _read(path: Path) -> RecordedStep | None:
    try:
        return read_record(int(path.stem), path.read_bytes())
    except OSError:
        return None


def add_step(folder: Path, group: FileGroup, step: Step) -> None:
    """Takes the record of the step into the group that it writes, and what its files held before.

    What was taken back of the same dataset cannot be done again from here on.
    """
    files = {name: _planned(folder / name, group, name) for name in group.contents}
    for name in files:
        _keep(folder, group, name)
    for earlier in read_steps(folder):
        if earlier.step.dataset == step.dataset and earlier.standing == "undone":
            _add_record(folder, group, replace(earlier, standing="dropped"))
    numbers = [int(path.stem) for path in _step_files(folder)]
    _add_record(folder, group, RecordedStep(max(numbers, default=0) + 1, step, files))


def _planned(path: Path, group: FileGroup, name: str) -> FileChange:
    old = _state_at(path)
    content = group.contents[name]
    if content is None:
        return FileChange(old, None)
    mode = group.modes.get(name, old.mode if old else USUAL_MODE)
    return FileChange(old, FileState(digest(content), mode))


def _state_at(path: Path) -> FileState | None:
    found = digest_at(path)
    return None if found is None else FileState(found, mode_at(path))


def _keep(folder: Path, group: FileGroup, name: str) -> None:
    """Takes what a file holds now into the contents that the history keeps."""
    if os.path.isfile(folder / name):
        content = (folder / name).read_bytes()
        kept = f"{_CONTENTS}/{digest(content)}"
        if digest_at(folder / kept) != digest(content):
            group.add(kept, content, own_mode(folder))


def _add_record(folder: Path, group: FileGroup, recorded: RecordedStep) -> None:
    group.add(f"{_STEPS}/{recorded.number:06}.json", record_of(recorded), own_mode(folder))


def last_done(steps: Collection[RecordedStep], dataset: str | None) -> RecordedStep | None:
    """The step that is taken back next, of one dataset or of all."""
    done = [each for each in _of(steps, dataset) if each.standing == "done"]
    return done[-1] if done else None


def first_undone(steps: Collection[RecordedStep], dataset: str | None) -> RecordedStep | None:
    """The step that is done again next."""
    return next((each for each in _of(steps, dataset) if each.standing == "undone"), None)


def _of(steps: Collection[RecordedStep], dataset: str | None) -> Iterator[RecordedStep]:
    return (each for each in steps if dataset in (None, each.step.dataset))


def way_back(folder: Path, recorded: RecordedStep, with_edits: bool) -> FileGroup:
    """What takes a step back; raises HandoutError where a file is not what the step made of it.

    With `with_edits` such files are taken back as well, and the step has made them what they are now.
    """
    if with_edits:
        files = {
            name: replace(change, new=_state_at(folder / name)) for name, change in recorded.files.items()
        }
        recorded = replace(recorded, files=files)
    turns = {name: (change.new, change.old) for name, change in recorded.files.items()}
    return _turned(folder, recorded, turns, "undone")


def way_forth(folder: Path, recorded: RecordedStep) -> FileGroup:
    """What does a step again that was taken back; raises HandoutError where a file is not what it was before it."""
    turns = {name: (change.old, change.new) for name, change in recorded.files.items()}
    return _turned(folder, recorded, turns, "done")


def _turned(
    folder: Path,
    recorded: RecordedStep,
    turns: Mapping[str, tuple[FileState | None, FileState | None]],
    standing: Standing,
) -> FileGroup:
    """The group that turns each file from one state into another, both of which may be there now."""
    group = FileGroup()
    _check_states(folder, turns)
    for name, (before, after) in turns.items():
        now = digest_at(folder / name)
        if now == (before.digest if before else None):
            _keep(folder, group, name)
            _add_turned(folder, group, name, after)
    _add_record(folder, group, replace(recorded, standing=standing))
    return group


def _add_turned(folder: Path, group: FileGroup, name: str, state: FileState | None) -> None:
    if state is None:
        group.contents[name] = None
        return
    try:
        content = (folder / _CONTENTS / state.digest).read_bytes()
    except OSError:
        content = b""
    if digest(content) != state.digest:
        raise HandoutError(
            f"{folder / name}: この変更の前後の内容の控えが、{folder / OWN_FOLDER} にありません。何も書き換えていません。"
        )
    group.add(name, content, state.mode)


def _check_states(folder: Path, turns: Mapping[str, tuple[FileState | None, FileState | None]]) -> None:
    """Only files of the user's: what we keep for ourselves beside them is turned where it can be."""
    odd = [
        f"{folder / name}（{'なくなっています' if now is None else '書き換えられています'}）"
        for name, states in turns.items()
        if (now := digest_at(folder / name)) not in {state.digest if state else None for state in states}
        and not is_own(name)
    ]
    if odd:
        raise EditedSince(odd)


class EditedSince(HandoutError):
    """Files that a step wrote are others now."""

    def __init__(self, files: list[str]) -> None:
        super().__init__(
            f"この変更のあとで、次のファイルが、ほかで変えられています: {'、'.join(files)}。何も書き換えていません。"
        )


def is_own(name: str) -> bool:
    """Whether a name in the data folder is that of something that is ours alone."""
    return name.startswith(f"{OWN_FOLDER}/")


def drop_oldest(folder: Path) -> None:
    """Forgets all but the last steps, and the contents that none of them speaks of; what cannot go stays for later."""
    files = _step_files(folder)
    if len(files) <= _MOST_STEPS:
        return
    for path in files[:-_MOST_STEPS]:
        with suppress(OSError):
            path.unlink()
    wanted = {each for step in read_steps(folder) for each in step.digests}
    for path in (folder / _CONTENTS).glob("*"):
        if path.name not in wanted:
            with suppress(OSError):
                path.unlink()
