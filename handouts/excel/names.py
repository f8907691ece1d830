"""What people call the entries that others refer to: by printed place and words, or by name; no two of a list alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from handouts.characters import shortened
from handouts.dataset.columns import plain
from handouts.dataset.fields import Entry
from handouts.dataset.model import Dataset
from handouts.dataset.plan import Paragraph
from handouts.dataset.remembered import remembered
from handouts.excel.sheets import (
    ENTRIES,
    FIELDS,
    INITIATIVES,
    KPIS,
    PLAN,
    POPULATIONS,
    PROGRESS_ITEMS,
    SERIES,
    TABLES,
    SheetTable,
)
from handouts.findings import HandoutError
from handouts.measures.filling import expand
from handouts.measures.printed_places import printed_places

LENGTH = 24  # characters of a paragraph in its name
# Beside the plan, whose names are made of its numbers.
NAMED = (FIELDS, KPIS, POPULATIONS, TABLES, INITIATIVES)


def parts_of_name(table: SheetTable) -> tuple[str, ...]:
    """The fields that make up the name of an entry of a table."""
    declared = table.model.entry_list if table.model else None
    return (declared.called_by if declared else ()) or ("name",)


def joined_name(parts: Sequence[str]) -> str:
    """The name that its parts make: the first of them, the others in brackets."""
    first, *others = parts
    return first + "".join(f"（{part}）" for part in others if part)


def cut(words: str) -> str:
    """The words of a paragraph as its name has them."""
    return shortened(words, LENGTH)


def printed_text(text: str, dataset: Dataset) -> str:
    """A text with its placeholders filled in; itself where one of them names nothing."""
    try:
        return expand(text, dataset)
    except HandoutError:
        return text


@remembered(4)
def names_of(dataset: Dataset) -> Mapping[str, Mapping[str, str]]:
    """What people call each entry, by the name of its table and its id."""
    named: dict[str, list[tuple[str, str]]] = {
        table.name: [(entry.id, _name(table, entry)) for entry in getattr(dataset, table.name)]
        for table in NAMED
    }
    places = printed_places(dataset)
    named[PLAN.name] = [
        (one.id, paragraph_name(one, places.get(f"plan:{one.id}", ""), dataset))
        for one in dataset.plan.paragraphs
    ]
    ids = {table: {one for one, _ in entries} for table, entries in named.items()}
    # What an entry refers to by words that are no id must not be taken for the name of another.
    literals = {table: set(ids[table]) for table in named}
    for table, text in _references(dataset):
        literals.get(table, set()).add(text)
    return {table: _unique(entries, literals[table]) for table, entries in named.items()}


def paragraph_name(paragraph: Paragraph, place: str, dataset: Dataset) -> str:
    """The printed place of a paragraph and the beginning of its words, or of its label where it has none."""
    words = cut(printed_text(paragraph.text, dataset) or paragraph.label.strip())
    return f"{place} {words}".strip()


def _name(table: SheetTable, entry: Entry) -> str:
    return joined_name([getattr(entry, field) for field in parts_of_name(table)])


def _unique(entries: Iterable[tuple[str, str]], others: Iterable[str]) -> dict[str, str]:
    """The name of each id, with a number behind it where it would be that of another."""
    names: dict[str, str] = {}
    taken = set(map(plain, others))
    times: dict[str, int] = {}
    for one, name in entries:
        if one in names:
            continue
        free = name
        while not free or plain(free) in taken:
            times[name] = times.get(name, 1) + 1
            free = f"{name}（{times[name]}）"
        names[one] = free
        taken.add(plain(free))
    return names


def _references(dataset: Dataset) -> Iterator[tuple[str, str]]:
    """What entries refer to: the name of the table, and what they have for an entry of it."""
    for table in (INITIATIVES, FIELDS, TABLES, PROGRESS_ITEMS, ENTRIES):
        yield from _references_in(table, getattr(dataset, table.name))
    for one in dataset.tables:
        yield from _references_in(SERIES, one.series)
    for name in (*dataset.overrides.pairs, *dataset.overrides.marks):
        yield PLAN.name, name


def _references_in(table: SheetTable, entries: Iterable[Entry]) -> Iterator[tuple[str, str]]:
    columns = [column for column in table.columns if column.ids_of]
    for entry in entries:
        for column in columns:
            value = getattr(entry, column.key[0], None)
            for text in value if isinstance(value, tuple) else (value,):
                if text:
                    yield column.ids_of, text
