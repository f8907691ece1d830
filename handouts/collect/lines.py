"""Texts of several lines that two sides changed: put together line by line where they changed different ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True, slots=True)
class _Edit:
    """Lines of a text from `start` up to `end`, and what stands there instead."""

    start: int
    end: int
    lines: tuple[str, ...]


def merged_text(written: str, theirs: str, mine: str) -> str | None:
    """The text with what both sides changed of what was written, `theirs` before `mine`; None where they clash."""
    was = _lines(written)
    edits = _merged(_edits(was, _lines(theirs)), _edits(was, _lines(mine)))
    if edits is None:
        return None
    lines = list(was)
    for edit in reversed(edits):
        lines[edit.start : edit.end] = edit.lines
    return "\n".join(lines)


def _lines(text: str) -> list[str]:
    return text.split("\n") if text else []


def _edits(was: Sequence[str], now: Sequence[str]) -> list[_Edit]:
    codes = SequenceMatcher(None, was, now, autojunk=False).get_opcodes()
    return [
        _Edit(start, end, tuple(now[low:high])) for code, start, end, low, high in codes if code != "equal"
    ]


def _merged(theirs: Sequence[_Edit], mine: Sequence[_Edit]) -> list[_Edit] | None:
    """All edits from the top; those of the same place as one where both add lines there."""
    found = list(theirs)
    for edit in mine:
        at = next((number for number, other in enumerate(found) if _touch(edit, other)), None)
        if at is None:
            found.append(edit)
        elif edit == found[at]:
            continue
        elif edit.start == edit.end == found[at].start == found[at].end:
            found[at] = _Edit(edit.start, edit.end, _both(found[at].lines, edit.lines))
        else:
            return None
    return sorted(found, key=lambda edit: (edit.start, edit.end))


def _touch(one: _Edit, other: _Edit) -> bool:
    """Whether two edits are about the same lines, or add some at the same place or within what the other changes."""
    if one.start == one.end and other.start == other.end:
        return one.start == other.start
    return one.start < other.end and other.start < one.end


def _both(theirs: tuple[str, ...], mine: tuple[str, ...]) -> tuple[str, ...]:
    """The lines that two sides added at one place; those that are among the others stand once."""
    if _has(theirs, mine):
        return theirs
    return mine if _has(mine, theirs) else (*theirs, *mine)


def _has(lines: tuple[str, ...], part: tuple[str, ...]) -> bool:
    return any(lines[at : at + len(part)] == part for at in range(len(lines)))
