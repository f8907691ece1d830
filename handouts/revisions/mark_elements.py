"""What the elements of tracked changes do: marks on text, paragraphs, rows, cells and properties, and ranges of moves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from handouts.revisions.model import RevisionMark
from handouts.revisions.open_part import OpenPart
from handouts.revisions.vocabulary import (
    CELL_MARKS,
    CONTROLS,
    MARKS,
    MOVE_RANGES,
    PROPERTIES,
    Attributes,
    Beginning,
)


def _begin_mark(part: OpenPart, local: str, attributes: dict[str, str]) -> None:
    """Its parent says what it stands on."""
    mark = part.counter.mark(MARKS[local], Attributes(attributes))
    parent = part.path[-1] if part.path else ""
    if parent == "rPr" and part.path[-2:-1] == ["pPr"]:
        if part.paragraph:
            part.paragraph.marks.append(mark)
    elif parent == "trPr":
        if part.table:
            part.table.row_marks.append(mark)
    elif "ctrlPr" in part.path[-2:]:
        _mark_math(part, mark)
    elif parent in ("numPr", "rPr"):
        _change(part, mark, parent)
    else:
        part.open_mark(mark, len(part.path))


def _mark_math(part: OpenPart, mark: RevisionMark) -> None:
    """The sign that makes an expression: with that of a fraction came or went all that is in the fraction."""
    sign = len(part.path) - 1 - part.path[::-1].index("ctrlPr")
    if part.path[sign - 2 : sign] == ["f", "fPr"]:
        part.open_mark(mark, sign - 2)
    else:
        _change(part, mark, "ctrlPr")


def _change(part: OpenPart, mark: RevisionMark, of: str) -> None:
    if part.story:
        part.story.add_change(replace(mark, kind="property", move="", property=of))


def _add_cell_mark(part: OpenPart, local: str, attributes: dict[str, str]) -> None:
    if part.table:
        part.table.cell_marks.append(part.counter.mark(CELL_MARKS[local], Attributes(attributes)))


def _add_change(part: OpenPart, local: str, attributes: dict[str, str]) -> None:
    if part.story:
        part.story.add_change(part.counter.mark("property", Attributes(attributes), local))
    if local in PROPERTIES:
        part.skipped = 1


def _begin_range(part: OpenPart, local: str, attributes: dict[str, str]) -> None:
    part.counter.range_begins(MOVE_RANGES[local.removesuffix("Start")], Attributes(attributes))


def _end_range(part: OpenPart, local: str, attributes: dict[str, str]) -> None:
    part.counter.range_ends(MOVE_RANGES[local.removesuffix("End")], Attributes(attributes))


BEGINNINGS: Mapping[str, Beginning[OpenPart]] = {
    **dict.fromkeys(MARKS, _begin_mark),
    **dict.fromkeys(CELL_MARKS, _add_cell_mark),
    **dict.fromkeys((*PROPERTIES, *CONTROLS), _add_change),
    **{f"{name}Start": _begin_range for name in MOVE_RANGES},
    **{f"{name}End": _end_range for name in MOVE_RANGES},
}
