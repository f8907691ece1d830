"""The computed column of the sheet 取組・予算 that shows which initiative of last year each one goes on with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from handouts.dataset.model import Dataset
from handouts.excel.rows import DatasetRow
from handouts.excel.sheets import LAST_YEAR
from handouts.measures.continued import continued_initiatives

_NONE, _QUESTION = "（なし）", "（続きですか）"


def with_last_year(rows: Iterable[DatasetRow], dataset: Dataset, previous: Dataset) -> tuple[DatasetRow, ...]:
    """The rows of the initiatives of a dataset with the names of last year's, those that are only alike as a question."""
    continued = continued_initiatives(dataset, previous)
    names = {name: before.name for name, before in continued.partners.items()}
    names |= {one.id: f"{before.name}{_QUESTION}" for one, before in continued.near}
    return tuple(
        replace(row, computed={**row.computed, LAST_YEAR.heading: names.get(row.shown(("id",)), _NONE)})
        for row in rows
    )
