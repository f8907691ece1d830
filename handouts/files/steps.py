"""A step of the history: what a command made of the files of a dataset, as it is recorded beside the data."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, get_args

from handouts.files.journal import is_below

# What became of a step. "dropped": it was taken back, and another one has been made since in its place.
Standing = Literal["done", "undone", "dropped"]


@dataclass(frozen=True, slots=True)
class Occasion:
    """What the user asked for, as a command without its program, and when."""

    command: str
    when: datetime.datetime


@dataclass(frozen=True, slots=True)
class Step:
    """What is written at once and can be taken back at once: on which occasion, to which dataset, and what it changes.

    `changes` are lines for people; a new dataset has none.
    """

    occasion: Occasion
    dataset: str
    changes: tuple[str, ...] = ()


class FileState(NamedTuple):
    """A file as it was: the digest of its content, and who may do what with it."""

    digest: str
    mode: int


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file before a step and after it; None where it is not there."""

    old: FileState | None
    new: FileState | None


@dataclass(frozen=True, slots=True)
class RecordedStep:
    """A step in the history of a folder: its number, what became of it, and its files by their names below the folder."""

    number: int
    step: Step
    files: Mapping[str, FileChange]
    standing: Standing = "done"

    @property
    def is_new_dataset(self) -> bool:
        """Whether it made a dataset: all of its files, and nothing is said of what they change."""
        return not self.step.changes and all(change.old is None for change in self.files.values())

    @property
    def digests(self) -> set[str]:
        """The contents that it speaks of."""
        states = (state for change in self.files.values() for state in (change.old, change.new))
        return {state.digest for state in states if state}


def record_of(recorded: RecordedStep) -> bytes:
    """What is stored of a step, but for its number, which is the name of the file."""
    step = recorded.step
    record = {
        "command": step.occasion.command,
        "when": step.occasion.when.isoformat(timespec="seconds"),
        "dataset": step.dataset,
        "standing": recorded.standing,
        "files": {name: [change.old, change.new] for name, change in recorded.files.items()},
        "changes": step.changes,
    }
    return json.dumps(record, ensure_ascii=False, indent=1).encode(errors="surrogatepass")


def read_record(number: int, content: bytes) -> RecordedStep | None:
    """A step as it was stored; None where the file is none of ours, or names a file outside of the folder."""
    try:
        record = json.loads(content)
        occasion = Occasion(str(record["command"]), datetime.datetime.fromisoformat(record["when"]))
        step = Step(occasion, str(record["dataset"]), tuple(map(str, record["changes"])))
        files = {name: FileChange(*map(_state, pair)) for name, pair in record["files"].items()}
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    standing = record.get("standing")
    if not all(map(is_below, files)) or standing not in get_args(Standing):
        return None
    return RecordedStep(number, step, files, standing)


def _state(stored: Sequence[Any] | None) -> FileState | None:
    if stored is None:
        return None
    digest, mode = stored
    return FileState(str(digest), int(mode) & 0o7777)
