"""Ctrl-C and other signals to stop: the process ends at once and says so, but not in the middle of writing files."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import NoReturn

_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")  # Windows has no SIGHUP


class _State:
    words = "中止しました。"
    holds = 0
    held: int | None = None


def end_on_signals() -> None:
    """From here on, a signal to stop ends this process with 128 + its number, as shells count it.

    Nothing is raised for it: a library could swallow or print that, wherever it happens to be.
    """
    for number in (getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)):
        if signal.getsignal(number) is not signal.SIG_IGN:  # as nohup has it
            signal.signal(number, _stop)


@contextmanager
def unbroken() -> Iterator[None]:
    """Holds back a signal to stop until the end of the block."""
    _State.holds += 1
    try:
        yield
    finally:
        _State.holds -= 1
        if _State.held is not None and not _State.holds:
            _end(_State.held)


@contextmanager
def said_when_stopped(words: str) -> Iterator[None]:
    """Says `words` where a signal to stop comes in the block."""
    usual, _State.words = _State.words, words
    try:
        yield
    finally:
        _State.words = usual


def _stop(number: int, frame: FrameType | None) -> None:
    if _State.holds:
        _State.held = number
    else:
        _end(number)


def _end(number: int) -> NoReturn:
    encoding = getattr(sys.stderr, "encoding", None) or "utf-8"
    with suppress(OSError):
        # Not by way of sys.stderr, which may be in the middle of something.
        os.write(2, f"\n{_State.words}\n".encode(encoding, "backslashreplace"))
    os._exit(128 + number)
