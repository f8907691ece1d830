"""What differs between two datasets, in the sheets, columns and words of the input workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from handouts.dataset.model import Dataset
from handouts.dataset.plan_ids import is_derived
from handouts.dataset.plan_matching import same_paragraphs
from handouts.dataset.typed_text import bare
from handouts.excel.dataset_rows import rows_of_dataset
from handouts.excel.excerpts import excerpts
from handouts.excel.heads import heads_of
from handouts.excel.rows import DatasetRow, bare_kind, numbered
from handouts.excel.sheets import BASE, PLAN, TABLES_IN_ORDER, Head, SheetTable
from handouts.measures.wording import number_text

ADDED, DROPPED = "（追加）", "（削除）"


@dataclass(frozen=True, slots=True)
class SheetChange:
    """A value that differs: its sheet, what its row is called, the heading of its column, the values before and after.

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


def changes_between(
    old: Dataset,
    new: Dataset,
    rows: Mapping[str, Sequence[DatasetRow]] | None = None,
    previous: Dataset | None = None,
) -> tuple[SheetChange, ...]:
    """What differs, in the order of the sheets and rows; `rows` are those of `old` where they have been made.

    `previous` is last year's dataset, after which its paragraphs are called.
    """
    olds, news = rows or rows_of_dataset(old, previous=previous), rows_of_dataset(new, previous=previous)
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
            yield SheetChange(row.sheet or table.sheet, row.called or name, "", _summary(heads, row), DROPPED)
    for name, row in after.items():
        if name not in before:
            yield SheetChange(row.sheet or table.sheet, row.called or name, "", ADDED, _summary(heads, row))
            continue
        for head in heads if before[name].cells != row.cells else ():
            if not head.column.is_computed and _differ(head, before[name], row):
                heading = "" if table is BASE else head.heading.replace("\n", " ")
                values = (_text(head, one) for one in (before[name], row))
                called = before[name].called or name
                yield SheetChange(row.sheet or table.sheet, called, heading, *values)
    kept = [name for name in before if name in after]
    if kept != [name for name in after if name in before] and table is not BASE:
        yield SheetChange(table.sheet, "", "行の順", "元の順", "新しい順")


def _plan_changes(before: Sequence[DatasetRow], after: Sequence[DatasetRow]) -> Iterator[SheetChange]:
    """A paragraph is the same by its id, whether it is written or not, else by its words.

    Of those that only have another number it is said how many they are.
    """
    olds, news = [list(map(_paragraph, rows)) for rows in (before, after)]
    partners = _partners(olds, news)
    yield from _dropped(olds, partners, -1)
    for number, new in enumerate(news):
        old = olds[partners[number]] if number in partners else None
        if old is None:
            yield SheetChange(PLAN.sheet, "", "", ADDED, new.shown)
            continue
        if (old.kind, old.text) != (new.kind, new.text):
            yield SheetChange(PLAN.sheet, "", "", old.shown, new.shown)
        if old.name != new.name:
            yield SheetChange(PLAN.sheet, new.shown, "id", old.name, new.name)
        yield from _dropped(olds, partners, partners[number])
    if list(partners.values()) != sorted(partners.values()):
        yield SheetChange(PLAN.sheet, "", "段落の順", "元の順", "新しい順")
    pairs = [(olds[other], news[number]) for number, other in partners.items()]
    if renumbered := sum(
        (old.kind, old.text) == (new.kind, new.text) and old.label != new.label for old, new in pairs
    ):
        yield SheetChange(PLAN.sheet, "", "番号", "元の番号", f"新しい番号（{renumbered}段落）")


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph by its kind, label, text, id, the id that somebody gave it, and as a sheet shows it with its label."""

    kind: str
    label: str
    text: str
    id: str
    name: str
    shown: str


def _paragraph(row: DatasetRow) -> _Paragraph:
    kind, text, name = (row.shown((key,)) for key in ("kind", "text", "id"))
    label = row.computed[PLAN.columns[1].heading]
    shown = f"{label}{text.removeprefix(label)}"
    text = str(row.values.get(("text",), ""))
    return _Paragraph(bare_kind(kind), label, text, row.known_as, "" if is_derived(name) else name, shown)


def _partners(olds: Sequence[_Paragraph], news: Sequence[_Paragraph]) -> Mapping[int, int]:
    """For the numbers of new paragraphs those of the old ones that they were made of, in their order."""
    ids = {old.id: number for number, old in enumerate(olds)}
    known = {number: ids[new.id] for number, new in enumerate(news) if new.id in ids}
    old_texts, new_texts = ([bare(one.text or one.label) for one in each] for each in (olds, news))
    found = same_paragraphs(old_texts, new_texts, known)
    return {number: found[number] for number in sorted(found)}


def _dropped(olds: Sequence[_Paragraph], partners: Mapping[int, int], after: int) -> Iterator[SheetChange]:
    """The paragraphs that are gone which stood right after that number."""
    stay = set(partners.values())
    for old in takewhile(lambda number: number not in stay, range(after + 1, len(olds))):
        yield SheetChange(PLAN.sheet, "", "", olds[old].shown, DROPPED)


def _differ(head: Head, old: DatasetRow, new: DatasetRow) -> bool:
    """Whether two rows say something else; what they refer to may be called otherwise."""
    if head.column.ids_of or head.key == ("text",):
        return old.values.get(head.key) != new.values.get(head.key)
    return _text(head, old) != _text(head, new)


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
