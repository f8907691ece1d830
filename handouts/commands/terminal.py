"""A terminal: how wide it is, lines that break as Japanese does, colour, and the step of long work that is shown there.

A pipe or a file gets plain sentences, each on one line.
"""

from __future__ import annotations

import gc
import os
import re
import shutil
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal, TextIO

import click

_BEHIND = "、。）」』｝】〕…ー・っゃゅょッャュョ"  # marks that begin no line
_BEFORE = "（「『｛【〔"  # marks that end none
# The ending of a file name stays with its last letter.
_PIECE = re.compile(rf"[{_BEFORE}]*(?:[!-~]+|.(?:\.[a-z]+)?)[{_BEHIND}]* ?")
_ERASED = "\r\033[K"
Colour = Literal["red", "yellow"]


def width_of(text: str) -> int:
    """The half widths that the text takes."""
    return sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "FWA" else 1
        for letter in text
    )


def terminal_width() -> int:
    """The half widths of a line; of a usual terminal where there is none."""
    return shutil.get_terminal_size().columns


def lines_of(text: str, width: int, indent: int = 0) -> list[str]:
    """The text in lines of at most `width`, those after the first indented; words of Latin letters stay whole."""
    lines, line = [], ""
    for piece in _PIECE.findall(text):
        if line.strip() and width_of(line + piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = " " * indent
        line += piece
    return [*lines, line.rstrip()]


def say(text: str, label: str = "", colour: Colour | None = None, err: bool = False) -> None:
    """Prints a sentence, in lines that fit where it is read at a terminal; `label` stands before it in its colour."""
    stream = sys.stderr if err else sys.stdout
    shown = fitted(f"{label} {text}" if label else text, stream)
    click.echo(f"{coloured(label, colour, stream)}{shown.removeprefix(label)}", err=err)


def fitted(text: str, stream: TextIO, behind: str = "") -> str:
    """The text in lines that fit the terminal, the first behind what stands there already; as it is for a pipe."""
    if not stream.isatty():
        return text
    lines = [lines_of(line, terminal_width() - 1, 2) for line in f"{behind}{text}".splitlines() or [""]]
    return "\n".join(line for each in lines for line in each).removeprefix(behind)


def coloured(text: str, colour: Colour | None, stream: TextIO) -> str:
    """The text in a colour, where the stream is a terminal whose owner has not asked for none."""
    is_plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    if colour is None or is_plain or not stream.isatty():
        return text
    return click.style(text, fg=colour, bold=True)


def show_progress(step: str) -> None:
    """Shows a step of long work on one line of a terminal; a log gets the summary only."""
    if sys.stderr.isatty():
        line, *_ = lines_of(step, terminal_width() - 1)
        click.echo(f"{_ERASED}{line}", err=True, nl=False)


def end_progress() -> None:
    """Takes the step away that is shown."""
    if sys.stderr.isatty():
        click.echo(_ERASED, err=True, nl=False)


@contextmanager
def working(step: str) -> Iterator[None]:
    """Shows a step meanwhile, and looks for no garbage: with many values that takes a tenth of a short run, or more."""
    show_progress(step)
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        end_progress()
