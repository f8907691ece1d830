"""Rules across the entries of a dataset: each looks at one thing and says what does not fit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from handouts.checks import (
    amounts,
    braces,
    closings,
    comparison,
    computed,
    duplicates,
    execution,
    groups,
    items,
    kpi_lists,
    kpis,
    meetings,
    monthly,
    outliers,
    placeholders,
    progress,
    recipients,
    references,
    repeated,
    signs,
    structure,
    unfinished,
    units,
)
from handouts.checks.comparison import check_earlier, check_previous
from handouts.dataset.model import Dataset
from handouts.dataset.reading import in_file_order
from handouts.findings import Finding, Place

__all__ = ["check_dataset", "check_earlier", "check_handouts", "check_previous"]

_RULES: tuple[Callable[[Dataset, Mapping[str, Place]], Iterable[Finding]], ...] = (
    duplicates.check_duplicate_ids,
    duplicates.check_duplicate_series,
    duplicates.check_duplicate_lines,
    duplicates.check_duplicate_items,
    references.check_topics,
    references.check_references,
    comparison.check_overrides,
    placeholders.check_placeholders,
    placeholders.check_look_alikes,
    braces.check_braces,
    braces.check_braces_elsewhere,
    placeholders.check_repeats,
    placeholders.check_empty_placeholders,
    comparison.check_marks,
    kpis.check_kpi_contents,
    kpis.check_sentences,
    kpis.check_years,
    kpis.check_results_above_100,
    signs.check_kpi_figures,
    kpis.check_result_kinds,
    kpis.check_double_results,
    kpis.check_result_rows,
    kpis.check_ranks,
    kpis.check_kpi_marks,
    units.check_mixed_percent,
    structure.check_unused_entries,
    kpi_lists.check_listed_kpis,
    kpi_lists.check_edition,
    kpi_lists.check_typed_kpis,
    structure.check_planned_counts,
    structure.check_amounts,
    structure.check_empty_headings,
    monthly.check_months_to_come,
    monthly.check_gaps,
    monthly.check_newest_month,
    monthly.check_rates_above_100,
    monthly.check_falling_counts,
    monthly.check_double_rows,
    computed.check_rows_asked_for,
    computed.check_populations,
    computed.check_eligible,
    computed.check_ratios,
    computed.check_figures_of_ratios,
    closings.check_closings,
    computed.check_openings,
    execution.check_missing_amounts,
    execution.check_double_amounts,
    execution.check_missing_executed,
    execution.check_over_execution,
    execution.check_homeless_initiatives,
    execution.check_homeless_fields,
    items.check_entry_places,
    items.check_order,
    items.check_items_without_entry,
    progress.check_texts,
    progress.check_entry_contents,
    progress.check_entry_marks,
    progress.check_entry_ranks,
    progress.check_unprinted,
    recipients.check_recipients,
    groups.check_groups_of_kpis,
    groups.check_groups_of_headings,
    unfinished.check_unfinished_texts,
    unfinished.check_examples,
    repeated.check_paragraphs,
    repeated.check_done,
    outliers.check_far_months,
    signs.check_monthly_figures,
    amounts.check_amounts_beside_others,
    amounts.check_executed_units,
    amounts.check_typed_sums,
)
# What must be right before handouts are made of a dataset; last year's has been through that.
_RULES_OF_HANDOUTS: tuple[Callable[[Dataset, Mapping[str, Place]], Iterable[Finding]], ...] = (
    meetings.check_covers,
    meetings.check_dates,
    meetings.check_years_of_meetings,
)


def check_dataset(dataset: Dataset, places: Mapping[str, Place]) -> tuple[Finding, ...]:
    """Everything in `dataset` that does not fit together, in the order of the files."""
    return in_file_order(finding for rule in _RULES for finding in rule(dataset, places))


def check_handouts(dataset: Dataset, places: Mapping[str, Place]) -> tuple[Finding, ...]:
    """What is missing or odd of the handouts that are to be made of `dataset`, beside what it holds."""
    return in_file_order(finding for rule in _RULES_OF_HANDOUTS for finding in rule(dataset, places))
