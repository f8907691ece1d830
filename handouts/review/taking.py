"""A dataset with the changes of a review in it: other values at the places that refs name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from handouts.dataset.entry_values import with_value
from handouts.dataset.fields import Entry
from handouts.dataset.fiscal import FiscalYear, parse_fiscal_year
from handouts.dataset.model import Dataset
from handouts.dataset.monthly import MonthlySeries, MonthlyTable
from handouts.dataset.progress import ProgressEntry
from handouts.dataset.reading import entry_lists
from handouts.review.text_lines import with_cell, with_line

_STEP = re.compile(r"\.(?P<key>[^.\[\]]+)|\[(?P<number>\d+)\]")


class NotTaken(Exception):
    """A value that its place may not have, or a place that the dataset does not have."""


class SourceChange(NamedTuple):
    """Another value at a place of the dataset, e.g. kpi:rate.target or plan:kenshin; `old` and `new` are as printed."""

    ref: str
    old: str
    new: str
    value: Any


def with_values(dataset: Dataset, changes: Iterable[SourceChange]) -> Dataset:
    """The dataset with other values in its lists and settings; raises NotTaken for one that cannot stand there.

    Paragraphs of the plan are no values of this kind: `reviewed_plan` changes them.
    """
    for change in changes:
        dataset = _with_value(dataset, change.ref, change.value)
    return dataset


def _with_value(dataset: Dataset, ref: str, value: Any) -> Dataset:
    kind, _, rest = ref.partition(":")
    if kind == "dataset":
        return _set_in_dataset(dataset, _steps(f".{rest}"), value)
    for entries in entry_lists():
        if entries.ref != kind:
            continue
        listed = getattr(dataset, entries.key)
        for index, entry in enumerate(listed):
            name = getattr(entry, entries.named_by)
            path = rest[len(name or "") :]
            if name and rest.startswith(name) and (not path or path[0] in ".["):
                changed = _set(entry, _steps(path), value)
                lists: dict[str, Any] = {entries.key: (*listed[:index], changed, *listed[index + 1 :])}
                return replace(dataset, **lists)
    raise NotTaken(ref)


def _set_in_dataset(dataset: Dataset, steps: Sequence[str | int], value: Any) -> Dataset:
    """Settings of the handouts, and what stands beside the lists."""
    key, *rest = steps
    if not isinstance(key, str) or not hasattr(dataset, key):
        raise NotTaken(str(key))
    changed: dict[str, Any] = {key: _set(getattr(dataset, key), rest, value)}
    return replace(dataset, **changed)


def _steps(path: str) -> list[str | int]:
    return [step["key"] or int(step["number"]) for step in _STEP.finditer(path)]


def _set(target: Any, steps: Sequence[str | int], value: Any) -> Any:
    if not steps:
        return value
    step, *rest = steps
    if isinstance(target, MonthlyTable) and step == "series" and rest[1:2] == ["values"]:
        return _with_month(target, rest, value)
    if isinstance(target, ProgressEntry) and step == "text" and rest:
        return _with_field(target, "text", _with_line(target.text, [int(one) for one in rest], value))
    if isinstance(target, Entry) and isinstance(step, str) and step in type(target).model_fields:
        return _with_field(target, step, _set(getattr(target, step), rest, value))
    if isinstance(target, Mapping):
        key = parse_fiscal_year(step)[0] if _is_by_year(target) and isinstance(step, str) else step
        return {**target, key: _set(target.get(key), rest, value)}
    if isinstance(target, tuple) and isinstance(step, int) and 0 < step <= len(target):
        return (*target[: step - 1], _set(target[step - 1], rest, value), *target[step:])
    raise NotTaken(str(step))


def _is_by_year(values: Mapping[Any, Any]) -> bool:
    return all(isinstance(key, FiscalYear) for key in values)


def _with_field(entry: Entry, name: str, value: Any) -> Entry:
    changed = with_value(entry, name, value)
    if changed is None:
        raise NotTaken(name)
    return changed


def _with_month(table: MonthlyTable, steps: Sequence[str | int], value: Any) -> MonthlyTable:
    """The table with another figure in a month; of a month to come there was none."""
    try:
        number, place = (int(step) for step in (steps[0], steps[-1]))
        series, month = table.series[number - 1], table.month_order[place - 1]
    except (ValueError, IndexError):
        raise NotTaken(str(steps)) from None
    values = dict(zip(table.month_order, table.values_of(series), strict=True))
    changed = _with_field(
        series, "values", {f"{one}月": figure for one, figure in (values | {month: value}).items()}
    )
    assert isinstance(changed, MonthlySeries)
    listed = tuple(changed if one is series else one for one in table.series)
    found = _with_field(table, "series", listed)
    assert isinstance(found, MonthlyTable)
    return found


def _with_line(text: str, numbers: Sequence[int], value: str) -> str:
    """A text with other words in a line of it, or in a cell of a small table."""
    number, *column = numbers
    made = with_cell(text, number, column[0], value) if column else with_line(text, number, value)
    if made is None:
        raise NotTaken(value)
    return made
