"""A disk that fails, and a process that ends, at any thing that is done to files."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Container, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import partial
from itertools import count
from pathlib import Path

import pytest

STEPS = ("open", "fsync", "chmod", "utime", "replace", "unlink", "mkdir", "rmdir")


@pytest.fixture(autouse=True, scope="module")
def quick_disk() -> Iterator[None]:
    """Nothing waits for the disk; when the program would is a test of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda handle: None)
        yield


def put(folder: Path, contents: Mapping[str, bytes]) -> None:
    for name, content in contents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def standing(folder: Path) -> dict[str, bytes]:
    """The files in the folder and those in it, without what is ours."""
    paths = [path.relative_to(folder) for path in folder.rglob("*") if path.is_file()]
    return {
        path.as_posix(): (folder / path).read_bytes()
        for path in paths
        if not any(part.startswith(".handouts") for part in path.parts)
    }


def ours(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob(".handouts*"))


class Killed(BaseException):
    """The process is gone: nothing that it does afterwards comes to anything."""


@contextmanager
def watched(before: Callable[..., object], *names: str) -> Iterator[None]:
    """Calls `before` with a number, a name and what is given to the function, before each thing done to the disk."""
    numbers = count(1)

    def call(name: str, do: Callable[..., object], *args: object, **options: object) -> object:
        before(next(numbers), name, *args)
        return do(*args, **options)

    with pytest.MonkeyPatch.context() as patch:
        for name in names or STEPS:
            patch.setattr(os, name, partial(call, name, getattr(os, name)))
        yield


@contextmanager
def killed_at(step: int) -> Iterator[None]:
    """Ends what it holds at the `step`th thing done to the disk, a file that is being written half written."""

    def die(number: int, name: str, handle: int, *others: object) -> None:
        if number == step and name == "fsync":
            with suppress(OSError):  # a folder
                os.ftruncate(handle, os.fstat(handle).st_size // 2)
        if number >= step:
            raise Killed

    with suppress(Killed), watched(die):
        yield


def raising(steps: Container[int], error: BaseException, *names: str) -> AbstractContextManager[None]:
    """Raises `error` at these steps."""

    def fail(number: int, *args: object) -> None:
        if number in steps:
            raise error

    return watched(fail, *names)


def open_elsewhere(steps: Container[int]) -> AbstractContextManager[None]:
    """Lets these replacements of files fail as Windows does where another program has the file open."""

    def fail(number: int, name: str, source: Path, target: Path) -> None:
        if number in steps:
            raise PermissionError(errno.EACCES, "", str(source), None, str(target))

    return watched(fail, "replace")
