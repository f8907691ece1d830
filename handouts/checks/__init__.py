"""Rules across the entries of a dataset: each looks at one thing and says what does not fit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from handouts.checks.comparison import check_earlier, check_marks, check_previous
from handouts.checks.kpi_lists import check_edition, check_listed_kpis
from handouts.checks.recipients import check_recipients
from handouts.checks.references import (
    check_duplicate_ids,
    check_look_alikes,
    check_overrides,
    check_placeholders,
    check_topics,
)
from handouts.checks.structure import (
    check_amounts,
    check_empty_headings,
    check_kpi_contents,
    check_planned_counts,
    check_sentences,
    check_unused_entries,
)
from handouts.dataset.model import Dataset
from handouts.dataset.reading import in_file_order
from handouts.errors import Finding, Place

__all__ = ["check_dataset", "check_earlier", "check_previous"]

_RULES: tuple[Callable[[Dataset, Mapping[str, Place]], Iterable[Finding]], ...] = (
    check_duplicate_ids,
    check_topics,
    check_placeholders,
    check_look_alikes,
    check_overrides,
    check_marks,
    check_kpi_contents,
    check_sentences,
    check_unused_entries,
    check_listed_kpis,
    check_edition,
    check_planned_counts,
    check_empty_headings,
    check_amounts,
    check_recipients,
)


def check_dataset(dataset: Dataset, places: Mapping[str, Place]) -> tuple[Finding, ...]:
    """Everything in `dataset` that does not fit together, in the order of the files."""
    return in_file_order(finding for rule in _RULES for finding in rule(dataset, places))
