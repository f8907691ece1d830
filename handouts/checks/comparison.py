"""Rules on what the branch decided about the comparison with last year: it must have an effect."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from handouts.dataset.model import Dataset
from handouts.dataset.reading import place_of
from handouts.dataset.suggestion import suggestion
from handouts.findings import Finding, HandoutError, Place, unruled
from handouts.measures.placeholders import expand


def check_marks(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A word to be marked that its paragraph does not have."""
    for paragraph in dataset.plan.paragraphs:
        for word in dataset.overrides.marks.get(paragraph.id, ()):
            if word not in paragraph.label + _printed(paragraph.text, dataset):
                yield unruled(
                    place_of(f"dataset:comparison.marks.{paragraph.id}", places),
                    f"印を付ける語句「{word}」が、段落「{paragraph.id}」にありません",
                    "段落に印刷される文字を、そのまま書きます",
                    "語句を直すか、消してください",
                )


def _printed(text: str, dataset: Dataset) -> str:
    try:
        return expand(text, dataset)
    except HandoutError:  # a placeholder at fault is a finding of its own
        return text


def check_previous(dataset: Dataset, previous: Dataset, places: Mapping[str, Place]) -> tuple[Finding, ...]:
    """What does not fit between a dataset and the one that it names as last year's."""
    return (*_check_year(dataset, previous, places), *_check_pairs(dataset, previous, places))


def check_earlier(dataset: Dataset, earlier: Dataset, places: Mapping[str, Place]) -> tuple[Finding, ...]:
    """An edition of another year or branch in the place of the one before headquarters' review."""
    if (earlier.branch, earlier.fiscal_year) == (dataset.branch, dataset.fiscal_year):
        return ()
    return (
        unruled(
            place_of("dataset:earlier", places),
            f"審査を受ける前の版「{earlier.name}」は、{earlier.branch}支部の{earlier.fiscal_year.text(earlier.year_form)}です",
            f"{dataset.branch}支部の{dataset.fiscal_year.text(dataset.year_form)}の、案などの版と比べます",
            "earlier か、そのデータの branch と fiscal_year を確かめてください",
            "warning",
        ),
    )


def _check_year(dataset: Dataset, previous: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A dataset of another year or branch in the place of last year's."""
    if (previous.branch, previous.fiscal_year) != (dataset.branch, dataset.fiscal_year.previous):
        year = previous.fiscal_year.text(previous.year_form)
        yield unruled(
            place_of("dataset:previous", places),
            f"前年度のデータ「{previous.name}」は、{previous.branch}支部の{year}です",
            f"{dataset.branch}支部の{dataset.fiscal_year.previous.text(dataset.year_form)}のデータと並べます",
            "previous か、そのデータの branch と fiscal_year を確かめてください",
            "warning",
        )


def _check_pairs(dataset: Dataset, previous: Dataset, places: Mapping[str, Place]) -> tuple[Finding, ...]:
    """A paragraph of last year that is named as a counterpart but is not there."""
    ids = [paragraph.id for paragraph in previous.plan.paragraphs]
    return tuple(
        unruled(
            place_of(f"dataset:comparison.pairs.{paragraph_id}", places),
            f"「{partner}」という id の段落は、前年度（{previous.name}）の計画にありません",
            "pairs には、前年度の計画の段落の id か、新しい段落なら null を書きます",
            suggestion(partner, ids) or "id を直すか、行ごと消してください",
        )
        for paragraph_id, partner in dataset.overrides.pairs.items()
        if partner is not None and partner not in ids
    )
