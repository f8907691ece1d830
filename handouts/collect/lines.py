"""Cells of several lines that two sides changed: put together line by line where they changed different ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from handouts.dataset.columns import Form
from handouts.dataset.yaml_text import Plain
from handouts.excel.rows import RowValue


@dataclass(frozen=True, slots=True)
class _Edit:
    """Lines of a text from `start` up to `end`, and what stands there instead."""

    start: int
    end: int
    lines: tuple[str, ...]


def merged_value(written: RowValue | None, theirs: RowValue, mine: RowValue) -> RowValue | None:
    """What a cell of several lines says with what both sides changed; None where they clash, or it is of one line."""
    if not mine.column.has_lines:
        return None
    was, now, own = (_lines(said) for said in (written, theirs, mine))
    # Words that are printed as they stand are an answer as a whole, unless both sides only added to them.
    if mine.column.form is Form.LINES and not (was and _keeps(now, was) and _keeps(own, was)):
        return None
    lines = merged_lines(was, now, own)
    if lines is None:
        return None
    shown = {line: text for said in (theirs, mine) for line, text in _shown_lines(said)}
    value: Plain = "\n".join(lines) if isinstance(mine.value, str) else list(lines)
    return replace(mine, value=value, shown="\n".join(shown.get(line, line) for line in lines))


def merged_lines(written: Sequence[str], theirs: Sequence[str], mine: Sequence[str]) -> list[str] | None:
    """The lines with what both sides changed of those written, `theirs` before `mine`; None where they clash."""
    edits = _merged(_edits(written, theirs), _edits(written, mine))
    if edits is None:
        return None
    lines = list(written)
    for edit in reversed(edits):
        lines[edit.start : edit.end] = edit.lines
    return lines


def _lines(said: RowValue | None) -> list[str]:
    """The lines of what a cell says, with ids for what they refer to."""
    value = said.value if said else None
    if isinstance(value, str):
        return value.split("\n")
    return [str(one) for one in value] if isinstance(value, list) else []


def _shown_lines(said: RowValue) -> Iterator[tuple[str, str]]:
    """The lines of a cell with what it shows of them."""
    lines, shown = _lines(said), said.shown.split("\n")
    return zip(lines, shown, strict=True) if len(lines) == len(shown) else iter(())


def _keeps(lines: Sequence[str], written: Sequence[str]) -> bool:
    """Whether all lines that were written are still there, in their order."""
    rest = iter(lines)
    return all(line in rest for line in written)


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
