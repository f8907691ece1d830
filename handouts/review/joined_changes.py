"""Changes that are one: the cells of a row of initiatives, and a paragraph that went here and came there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from handouts.dataset.typed_text import bare
from handouts.review.returned import ReturnedChange


def joined_rows(changes: Sequence[ReturnedChange]) -> Iterator[ReturnedChange]:
    """The changes, the cells of a row that came or went with an initiative in one."""
    for row, group in groupby(
        changes, key=lambda change: (change.row, change.kind) if change.row else id(change)
    ):
        cells = list(group)
        if isinstance(row, int) or not _is_of_an_initiative(cells):
            yield from cells
            continue
        yield replace(
            cells[0],
            entries=tuple(entry for cell in cells for entry in cell.entries),
            before=tuple(text for cell in cells for text in cell.before),
            after=tuple(text for cell in cells for text in cell.after),
            marks=tuple({mark.id: mark for cell in cells for mark in cell.marks}.values()),
        )


def _is_of_an_initiative(cells: Sequence[ReturnedChange]) -> bool:
    """Whether the cells of a row are those of one initiative, or stand next to those of one."""
    entries = [entry for cell in cells for entry in cell.entries or (cell.behind, cell.ahead) if entry]
    names = {ref.partition(".")[0] for entry in entries for ref in entry.refs}
    is_one = len(names) == 1 or all(cell.kind == "inserted" for cell in cells)
    return is_one and bool(names) and all(name.startswith("budget:") for name in names)


def joined_moves(changes: Sequence[ReturnedChange]) -> Iterator[ReturnedChange]:
    """What was deleted here and put in there with the same words is one that was moved."""
    gone: dict[str, list[ReturnedChange]] = {}
    for change in changes:
        if change.kind == "deleted" and change.entries and change.row is None:
            gone.setdefault(bare(_words(change)), []).append(change)
    moved: dict[int, ReturnedChange] = {}
    for change in changes:
        waiting = gone.get(bare(_unlabelled(change, gone))) if change.kind == "inserted" else None
        if waiting:
            moved[id(waiting[0])] = change
            del waiting[0]
    targets = {id(change) for change in moved.values()}
    for change in changes:
        if id(change) in targets:
            continue
        if target := moved.get(id(change)):
            marks = tuple({mark.id: mark for mark in (*change.marks, *target.marks)}.values())
            change = replace(
                change,
                kind="moved",
                after=target.after,
                behind=target.behind,
                ahead=target.ahead,
                marks=marks,
            )
        yield change


def _words(change: ReturnedChange) -> str:
    return "".join(entry.words or entry.text for entry in change.entries)


def _unlabelled(change: ReturnedChange, known: Mapping[str, object]) -> str:
    """The words of a new paragraph behind whatever label it has, where a paragraph with just these words is known."""
    text = "".join(change.after)
    wanted = bare(text)
    return next((words for words in known if words and wanted.endswith(words)), text)
