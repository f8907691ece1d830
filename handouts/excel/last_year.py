"""What a workbook shows of last year: which initiative each one goes on with, and the paragraphs to compare with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from handouts.dataset.columns import CALLED, plain
from handouts.dataset.model import Dataset
from handouts.dataset.settings import NEW_PARAGRAPH
from handouts.excel.names import names_of
from handouts.excel.row_places import Key
from handouts.excel.rows import DatasetRow, RowValue
from handouts.excel.sheets import LAST_YEAR, PLAN
from handouts.measures.continued import continued_initiatives

_NONE, _QUESTION = "（なし）", "（続きですか）"
_PARTNER = ("pairs",)


def with_last_year(rows: Iterable[DatasetRow], dataset: Dataset, previous: Dataset) -> tuple[DatasetRow, ...]:
    """The rows of the initiatives of a dataset with the names of last year's, those that are only alike as a question."""
    continued = continued_initiatives(dataset, previous)
    names = {name: before.name for name, before in continued.partners.items()}
    names |= {one.id: f"{before.name}{_QUESTION}" for one, before in continued.near}
    return tuple(
        replace(row, computed={**row.computed, LAST_YEAR.heading: names.get(row.shown(("id",)), _NONE)})
        for row in rows
    )


def last_paragraphs(dataset: Dataset, previous: Dataset) -> Mapping[str, str]:
    """The ids of last year's paragraphs by what people call them, and what the dataset has that names none of them."""
    ids = {paragraph.id for paragraph in previous.plan.paragraphs}
    strange = [one for one in dataset.overrides.pairs.values() if one and one not in ids]
    taken = {plain(one) for one in (*strange, NEW_PARAGRAPH)}
    names = {name: one for one, name in names_of(previous)[PLAN.name].items() if plain(name) not in taken}
    return {**names, **{one: one for one in strange}}


def with_last_paragraphs(rows: Iterable[DatasetRow], names: Mapping[str, str]) -> tuple[DatasetRow, ...]:
    """The rows of the sheet 比べ方 with what last year's paragraphs are called; `names` has the id of each name."""
    called = {one: name for name, one in names.items()}
    return tuple(_with_partner(row, called) for row in rows)


def _with_partner(row: DatasetRow, called: Mapping[str, str]) -> DatasetRow:
    said = row.cells.get(_PARTNER)
    if said is None or said.value not in called:
        return row
    return replace(row, cells={**row.cells, _PARTNER: replace(said, shown=called[str(said.value)])})


def names_a_last_paragraph(rows: Iterable[DatasetRow]) -> bool:
    """Whether rows of the sheet 比べ方 say anything of last year's paragraphs."""
    return any(_PARTNER in row.cells for row in rows)


def rows_of_last_year(names: Mapping[str, str]) -> Iterator[DatasetRow]:
    """The paragraphs of last year as far as their names tell: the first of a printed place is what bears its number."""
    id_column, kind, text = (PLAN.column(key) for key in ("id", "kind", "text"))
    places: set[str] = set()
    for name, one in names.items():
        place, _, words = name.partition(" ")
        cells: dict[Key, RowValue] = {
            ("id",): RowValue(id_column, one, one),
            ("text",): RowValue(text, words or name, words or name),
        }
        if place not in places:
            cells["kind",] = RowValue(kind, "階層", "階層")
        places.add(place)
        yield DatasetRow(PLAN, cells, {CALLED: name})
