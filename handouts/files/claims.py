"""A folder in which one run writes and every other waits: the claim ends with the process, however that ends."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from handouts.findings import HandoutError

_LOCK = ".handouts-lock"
_LOOKS = 1000
_PAUSE = 0.01  # seconds between them; a run writes for a fraction of a second

if sys.platform == "win32":
    import msvcrt

    def _is_ours(file: IO[bytes]) -> bool:
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _is_ours(file: IO[bytes]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            pass  # a file system without locks keeps nobody out
        return True


@contextmanager
def claimed(folder: Path) -> Iterator[None]:
    """Keeps every other run out of a folder; raises HandoutError where one of them goes on writing."""
    path = folder / _LOCK
    with _locked(path):
        try:
            yield
        finally:
            with suppress(OSError):  # Windows removes no open file
                os.unlink(path)
    if sys.platform == "win32":
        with suppress(OSError):  # somebody else has it by now
            os.unlink(path)


def _locked(path: Path) -> IO[bytes]:
    for _ in range(_LOOKS):
        file = path.open("ab")
        if _is_ours(file) and _is_at(path, file):
            return file
        file.close()
        time.sleep(_PAUSE)
    raise HandoutError(
        f"{path.parent}: ほかの handouts がこのフォルダーに書き込んでいる最中です。終わるのを待って、もう一度実行してください。"
    )


def _is_at(path: Path, file: IO[bytes]) -> bool:
    """Whether the file still stands there: the run that had it before removes it."""
    try:
        return os.path.samestat(os.stat(path), os.fstat(file.fileno()))
    except FileNotFoundError:
        return False
