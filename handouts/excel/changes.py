"""What differs between two datasets, in the sheets, columns and words of the input workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from handouts.dataset.model import Dataset
from handouts.excel.dataset_rows import heads_of, rows_of_dataset
from handouts.excel.excerpts import excerpts
from handouts.excel.rows import DatasetRow, bare_kind, numbered
from handouts.excel.sheets import BASE, PLAN, TABLES_IN_ORDER, Head, SheetTable
from handouts.measures.wording import number_text

ADDED, DROPPED = "（追加）", "（削除）"


@dataclass(frozen=True, slots=True)
class SheetChange:
    """A value that differs: its sheet, the row by its id, the heading of its column, the values before and after.

    A whole row that is new or gone has no heading.
    """

    sheet: str
    row: str
    heading: str
    before: str
    after: str

    def __str__(self) -> str:
        what = " ".join(part for part in (self.sheet, self.row, self.heading) if part)
        before, after = excerpts([_line(self.before), _line(self.after)])
        return f"{what}: {before} → {after}"


def changes_between(old: Dataset, new: Dataset) -> tuple[SheetChange, ...]:
    """What differs, in the order of the sheets and rows."""
    olds, news = rows_of_dataset(old), rows_of_dataset(new)
    found: list[SheetChange] = []
    for table in TABLES_IN_ORDER:
        before, after = olds[table.name], news[table.name]
        if table is PLAN:
            found += _plan_changes(before, after)
        else:
            heads = list(dict.fromkeys((*heads_of(table, old), *heads_of(table, new))))
            named = ({row.known_as: row for row in numbered(rows)} for rows in (before, after))
            found += _table_changes(table, heads, *named)
    return tuple(found)


def _table_changes(
    table: SheetTable,
    heads: Sequence[Head],
    before: Mapping[str, DatasetRow],
    after: Mapping[str, DatasetRow],
) -> Iterator[SheetChange]:
    for name, row in before.items():
        if name not in after:
            yield SheetChange(row.sheet or table.sheet, name, "", _summary(heads, row), DROPPED)
    for name, row in after.items():
        if name not in before:
            yield SheetChange(row.sheet or table.sheet, name, "", ADDED, _summary(heads, row))
            continue
        for head in heads:
            values = [_text(head, one) for one in (before[name], row)]
            if values[0] != values[1] and not head.column.is_computed:
                heading = "" if table is BASE else head.heading.replace("\n", " ")
                yield SheetChange(row.sheet or table.sheet, name, heading, *values)
    kept = [name for name in before if name in after]
    if kept != [name for name in after if name in before] and table is not BASE:
        yield SheetChange(table.sheet, "", "行の順", "元の順", "新しい順")


def _plan_changes(before: Sequence[DatasetRow], after: Sequence[DatasetRow]) -> Iterator[SheetChange]:
    """Paragraphs have no names of their own: a text in the place of another is a change of it.

    Of those that only have another number it is said how many they are.
    """
    olds, news = [list(map(_paragraph, rows)) for rows in (before, after)]
    renumbered = 0
    for _, first, last, start, end in SequenceMatcher(None, olds, news, autojunk=False).get_opcodes():
        dropped, added = olds[first:last], news[start:end]
        pairs = [(old, new) for new in added for old in dropped if new.id and new.id == old.id]
        dropped = [old for old in dropped if old not in [pair[0] for pair in pairs]]
        added = [new for new in added if new not in [pair[1] for pair in pairs]]
        if len(dropped) == len(added):
            pairs += zip(dropped, added, strict=True)
            dropped, added = [], []
        for old, new in pairs:
            if old != new:
                yield SheetChange(PLAN.sheet, new.id, "", old.shown, new.shown)
            elif old.shown != new.shown:
                renumbered += 1
        for old in dropped:
            yield SheetChange(PLAN.sheet, old.id, "", old.shown, DROPPED)
        for new in added:
            yield SheetChange(PLAN.sheet, new.id, "", ADDED, new.shown)
    if renumbered:
        yield SheetChange(PLAN.sheet, "", "番号", "元の番号", f"新しい番号（{renumbered}段落）")


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph by its kind, text and written id; `shown` is it with its label."""

    kind: str
    text: str
    id: str
    shown: str = field(compare=False)


def _paragraph(row: DatasetRow) -> _Paragraph:
    kind, text, name = (row.shown((key,)) for key in ("kind", "text", "id"))
    label = row.computed[PLAN.columns[1].heading]
    return _Paragraph(bare_kind(kind), text, name, f"{label}{text.removeprefix(label)}")


def _text(head: Head, row: DatasetRow) -> str:
    said = row.cells.get(head.key)
    if said and said.figure is not None:
        return f"{number_text(said.figure)}{'%' if said.is_percent else ''}"
    return said.shown if said else ""


def _summary(heads: Sequence[Head], row: DatasetRow) -> str:
    texts = [_text(head, row) for head in heads if not head.column.is_computed and head.column.key != ("id",)]
    return "、".join(text for text in texts if text)


def _line(text: str) -> str:
    return "／".join(text.split("\n")) if text else "（空）"
