"""The parts of a dataset, each read from somewhere, put together: the same rules wherever they were written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Generic, TypeVar

from handouts.dataset.columns import Column
from handouts.dataset.fields import ID_LENGTH, ID_PATTERN
from handouts.dataset.fiscal import parse_fiscal_year
from handouts.dataset.model import Dataset
from handouts.dataset.numbering import check_style
from handouts.dataset.plan import Plan
from handouts.dataset.plan_lines import rows_of
from handouts.dataset.plan_text import parse_plan
from handouts.dataset.progress import entry_ids
from handouts.dataset.reading import Reading, entry_lists, entry_refs, place_of
from handouts.dataset.schemas import BudgetFile, DatasetFile, KpiFile, MonthlyFile, ProgressFile
from handouts.dataset.settings import NumberingStyle
from handouts.dataset.stored import PLAN_FILE
from handouts.dataset.validation import EntryType, Source, read_entries
from handouts.dataset.yaml_text import KeyPath, Plain, key_text
from handouts.findings import DataFaults, Finding, Place, Rule

OWN_NAME = Rule(
    "reference.own-name",
    "{what}のデータ「{name}」は、このデータ自身です",
    remedy="{what}のデータの名前を書いてください",
)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """What came of one part of a dataset: None where it could not be read at all."""

    value: T | None
    findings: tuple[Finding, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Parts:
    """All parts of a dataset, in the order of its files."""

    base: Part[DatasetFile]
    plan: Part[Plan]
    budget: Part[BudgetFile]
    kpis: Part[KpiFile]
    monthly: Part[MonthlyFile]
    progress: Part[ProgressFile]

    def in_order(self) -> tuple[Part[Any], ...]:
        """The parts one after another."""
        return self.base, self.plan, self.budget, self.kpis, self.monthly, self.progress


def assemble(name: str, parts: Parts) -> Reading:
    """The dataset `name` of the parts; None where one of them could not be read."""
    findings = tuple(finding for part in parts.in_order() for finding in part.findings)
    places = {ref: place for part in parts.in_order() for ref, place in part.places.items()}
    dataset = _dataset(name, parts)
    if parts.base.value and dataset:
        findings += tuple(_own_name_faults(name, parts.base.value, places))
    return Reading(dataset, findings, places)


def _dataset(name: str, parts: Parts) -> Dataset | None:
    base, plan, budget, kpis = parts.base.value, parts.plan.value, parts.budget.value, parts.kpis.value
    monthly, progress = parts.monthly.value, parts.progress.value
    if not (base and plan and budget and kpis and monthly and progress):
        return None
    fiscal_year, form = parse_fiscal_year(base.fiscal_year)
    return Dataset(
        name=name,
        branch=base.branch,
        fiscal_year=fiscal_year,
        year_form=form,
        edition=base.edition,
        plan=plan,
        initiatives=budget.initiatives,
        fields=budget.fields,
        kpis=kpis.kpis,
        populations=kpis.populations,
        tables=monthly.tables,
        as_of=monthly.as_of,
        items=progress.items,
        entries=progress.entries,
        numbering=base.numbering,
        handouts=dict(base.handouts.items()),
        overrides=base.comparison,
        recipients=dict(base.recipients.items()),
        silenced=base.silenced,
        groups=base.groups,
        previous=base.previous,
        earlier=base.earlier,
    )


def read_plan(
    text: str, style: NumberingStyle | None, settled: Callable[[Plan], Plan] = lambda plan: plan
) -> Part[Plan]:
    """The plan in `text` with the numbering `style`, None where the branch's own is not known for sure.

    `settled` gives the ids that are known from elsewhere.
    """
    try:
        parsed = parse_plan(text, style or NumberingStyle(), PLAN_FILE)
    except DataFaults as faults:
        return Part(None, faults.findings)
    plan = settled(parsed.plan)
    refs = entry_refs("plan", (paragraph.id for paragraph in plan.paragraphs))
    places = {
        ref: Place(PLAN_FILE, paragraph.line or None)
        for ref, paragraph in zip(refs, plan.paragraphs, strict=True)
    }
    # Without the branch's own numbering, what is odd about labels would mislead.
    return Part(plan, parsed.findings if style else (), places)


def read_part(model: type[EntryType], source: Source) -> Part[EntryType]:
    """The entries of `source` with their faults and places."""
    if model is ProgressFile:
        source = _with_entry_ids(source)
    entries, findings = read_entries(model, source)
    places = _base_places(source) if model is DatasetFile else _row_places(source)
    if isinstance(entries, DatasetFile):
        findings += check_style(
            entries.numbering, lambda path: place_of(f"dataset:{key_text(('numbering', *path))}", places)
        )
    return Part(entries, findings, places)


def _base_places(source: Source) -> Mapping[str, Place]:
    return {
        f"dataset:{key_text(path)}": source.place(path, of_key=path in source.keys)
        for path in {**source.values, **source.keys}
    }


def _row_places(source: Source) -> Mapping[str, Place]:
    places: dict[str, Place] = {}
    refs = _row_refs(source)
    for path in {**source.values, **source.keys}:
        row = refs.get(path[:2])
        if row is None:
            continue
        inner = key_text(path[2:])
        ref = f"{row}.{inner}" if inner else row
        places[ref] = source.place(path)
        if path[2:] == ("text",):
            places |= _line_places(ref, source, path, places[ref])
    return places


def _row_refs(source: Source) -> Mapping[KeyPath, str]:
    """What each entry of the lists is called in places, by its key path."""
    refs: dict[KeyPath, str] = {}
    for entries in entry_lists():
        key = entries.key
        rows = source.data.get(key) if isinstance(source.data, dict) else None
        known = {
            (key, number): entry_id
            for number, row in enumerate(rows if isinstance(rows, list) else [])
            if isinstance(row, dict) and (entry_id := _text(row, entries.named_by))
        }
        refs.update(zip(known, entry_refs(entries.ref, known.values()), strict=True))
    return refs


def _line_places(ref: str, source: Source, path: KeyPath, start: Place) -> Mapping[str, Place]:
    """Where each line of a text stands: below its key, or all of them beside it."""
    # A cell of a workbook that cannot be read has a place, but no value.
    if start.line is None or path not in source.keys:
        return {}
    text = _value_at(source.data, path)
    if not isinstance(text, str):
        return {}
    first, step = (start.line + 1, 1) if path in source.blocks else (start.line, 0)
    return {
        f"{ref}[{number + 1}]": Place(start.file, first + number * step, key=start.key)
        for number in range(len(rows_of(text)))
    }


def _value_at(data: Any, path: KeyPath) -> Any:
    for part in path:
        data = data[part]
    return data


def _text(row: Mapping[str, Any], key: str) -> str | None:
    """The text at a key as the entry will have it: without blanks around it, a number as it is written."""
    value = row.get(key)
    if isinstance(value, bool) or not isinstance(value, (str, int, Decimal)):
        return None
    return (f"{value:f}" if isinstance(value, Decimal) else str(value)).strip() or None


def _with_entry_ids(source: Source) -> Source:
    """The source with an id in every entry, given before any is left out, so that a fault changes none of the others."""
    rows = source.data.get("entries") if isinstance(source.data, dict) else None
    if not isinstance(source.data, dict) or not isinstance(rows, list):
        return source
    named = [row for row in rows if isinstance(row, dict)]
    ids = iter(entry_ids((_id(row, "id"), _id(row, "plan")) for row in named))
    given = [_with_id(row, next(ids)) if isinstance(row, dict) else row for row in rows]
    return _WithData(source, {**source.data, "entries": given})


@dataclass(frozen=True, slots=True)
class _WithData:
    """A source with other values at the same places."""

    source: Source
    data: Plain

    @property
    def keys(self) -> Mapping[KeyPath, Any]:
        return self.source.keys

    @property
    def values(self) -> Mapping[KeyPath, Any]:
        return self.source.values

    @property
    def blocks(self) -> frozenset[KeyPath]:
        return self.source.blocks

    def place(self, path: KeyPath, of_key: bool = False) -> Place:
        return self.source.place(path, of_key)

    def column(self, path: KeyPath) -> Column | None:
        return self.source.column(path)


def _with_id(row: dict[str, Any], found: str) -> dict[str, Any]:
    return row if row.get("id") is not None else {**row, "id": found}


def _id(row: Mapping[str, Any], key: str) -> str | None:
    text = _text(row, key)
    is_id = text is not None and len(text) <= ID_LENGTH and re.fullmatch(ID_PATTERN, text)
    return text if is_id else None


def _own_name_faults(own: str, base: DatasetFile, places: Mapping[str, Place]) -> Iterator[Finding]:
    """This dataset named as another one; whether another one may be missing is for the caller to say."""
    for key, what, name in (
        ("previous", "前年度", base.previous),
        ("earlier", "審査を受ける前の版", base.earlier),
    ):
        if name == own:
            yield OWN_NAME.at(place_of(f"dataset:{key}", places), what=what, name=own)
