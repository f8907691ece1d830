"""What the rules go through: entries with the refs of their places, the ids that are known, what is made of a dataset."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Protocol, TypeVar

from handouts.dataset.fiscal import FiscalYear, YearForm, parse_fiscal_year
from handouts.dataset.kinds import HandoutKind, Prints, kinds_of
from handouts.dataset.model import Dataset
from handouts.dataset.monthly import MonthlySeries, MonthlyTable
from handouts.dataset.reading import entry_lists, entry_refs, place_of
from handouts.dataset.remembered import remembered
from handouts.findings import Place


class Named(Protocol):
    """An entry with an id."""

    @property
    def id(self) -> str | None:
        """What other entries call it."""


N = TypeVar("N", bound=Named)


def with_refs(kind: str, entries: Iterable[N]) -> Iterator[tuple[N, str]]:
    """Each entry with the ref of its place."""
    rows = tuple(entries)
    return zip(rows, entry_refs(kind, (row.id or "" for row in rows)), strict=True)


def series_of(table: MonthlyTable, ref: str) -> Iterator[tuple[MonthlySeries, str]]:
    """Each series of a table with the ref of its place, given that of the table."""
    return ((series, f"{ref}.series[{number}]") for number, series in enumerate(table.series, 1))


def has_figures(table: MonthlyTable, series: MonthlySeries) -> bool:
    """Whether a figure was entered for any month of a series."""
    return any(isinstance(value, Decimal) for value in table.values_of(series))


def entries_of(dataset: Dataset) -> Mapping[str, Sequence[Named]]:
    """The entries that others may name by their id, by the kind in their refs."""
    lists = {one.ref: getattr(dataset, one.key) for one in entry_lists() if one.named_by == "id"}
    return {"plan": dataset.plan.paragraphs, **lists}


def known_ids(kind: str, dataset: Dataset, places: Mapping[str, Place]) -> set[str]:
    """The ids of this kind, with those of entries that are at fault and so are not in the dataset."""
    return {entry.id for entry in entries_of(dataset)[kind] if entry.id} | ids_at_fault(kind, dataset, places)


def ids_at_fault(kind: str, dataset: Dataset, places: Mapping[str, Place]) -> set[str]:
    """The ids of entries of this kind that were entered but are not in the dataset, since they are at fault."""
    return _entered_ids(places).get(kind, set()) - {entry.id for entry in entries_of(dataset)[kind]}


@remembered(1)  # most rules ask, and a dataset has many places
def _entered_ids(places: Mapping[str, Place]) -> Mapping[str, set[str]]:
    """The ids of the entries that have a place, by kind."""
    found: dict[str, set[str]] = {}
    for ref in places:
        if "." not in ref and "#" not in ref:
            kind, _, name = ref.partition(":")
            found.setdefault(kind, set()).add(name)
    return {kind: ids - {""} for kind, ids in found.items()}


def kinds_with(printed: Prints, dataset: Dataset) -> tuple[HandoutKind, ...]:
    """The kinds of handouts made of the dataset that print this."""
    return tuple(kind for kind in kinds_of(dataset) if printed in kind.prints)


def reports(dataset: Dataset) -> bool:
    """Whether the dataset says what was done: its handouts print results and marks."""
    return bool(dataset.entries or kinds_with(Prints.RESULTS, dataset))


def place_of_year(ref: str, year: FiscalYear, places: Mapping[str, Place]) -> Place:
    """The place of the value of a year below `ref`, in whatever form the year was typed."""
    # Nearly always in one of these; looking through all places would take as long as the rest of a check.
    for form in YearForm:
        if (place := places.get(f"{ref}.{year.text(form)}")) is not None:
            return place
    for below, place in places.items():
        if below.startswith(f"{ref}.") and _is_year(below.removeprefix(f"{ref}."), year):
            return place
    return place_of(ref, places)


def place_of_month(series_ref: str, table: MonthlyTable, index: int, places: Mapping[str, Place]) -> Place:
    """The place of the figure of a month, counted from 0 in the order of the table, or of the figures it belongs to."""
    month = table.month_order[index]
    values = f"{series_ref}.values"
    typed = (f"{values}[{index + 1}]", f"{values}.{month}月", f"{values}.{month}")
    return place_of(next((ref for ref in typed if ref in places), values), places)


def _is_year(text: str, year: FiscalYear) -> bool:
    try:
        return parse_fiscal_year(text)[0] == year
    except ValueError:
        return False
