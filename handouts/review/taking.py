"""A dataset with the changes of a review in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from handouts.dataset.fields import Entry
from handouts.dataset.model import Dataset
from handouts.dataset.yaml_writing import plain_entries
from handouts.review.meaning import FieldChange

_LISTS = {"kpi": "kpis", "budget": "initiatives", "population": "populations"}


def with_values(dataset: Dataset, changes: Iterable[FieldChange]) -> Dataset:
    """The dataset with other values in its entries; a change of an entry that it does not have is left out."""
    by_ref: dict[str, dict[str, Any]] = {}
    for change in changes:
        by_ref.setdefault(change.ref, {})[change.field] = change.value
    lists: dict[str, Any] = {
        name: tuple(
            _changed(entry, by_ref.get(f"{prefix}:{entry.id}", {})) for entry in getattr(dataset, name)
        )
        for prefix, name in _LISTS.items()
    }
    return replace(dataset, **lists)


def _changed(entry: Entry, values: Mapping[str, Any]) -> Entry:
    return type(entry).model_validate({**plain_entries(entry), **values}) if values else entry
