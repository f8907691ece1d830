"""Rules on what the branch decided about the comparison with last year: it must have an effect."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from handouts.checks.amounts import check_amounts_of_years
from handouts.checks.called import called_paragraph, called_unknown, near_paragraph
from handouts.checks.continued import check_continued
from handouts.dataset.declared import NULL, REMOVE, Terms
from handouts.dataset.fiscal import FiscalYear
from handouts.dataset.model import Dataset
from handouts.dataset.reading import place_of
from handouts.dataset.schemas import DATASET
from handouts.dataset.settings import Overrides
from handouts.findings import ByForm, Finding, HandoutError, ListTerm, Place, Rule
from handouts.measures.filling import expand

_OVERRIDES = Terms(Overrides, ListTerm("comparison", "comparison", "比べ方"))
UNKNOWN_PARAGRAPH = Rule(
    "comparison.paragraph-unknown",
    ByForm("「{name}」という id の段落は計画にありません", "「{name}」に当たる段落は計画にありません"),
    ByForm(
        "{comparison} には、今年度の計画の段落の id を書きます",
        "{comparison} には、今年度の計画の段落を書きます",
    ),
    ByForm("id を直すか、{remove}", "一覧から選び直すか、{remove}"),
    comparison=_OVERRIDES.list,
    remove=REMOVE,
)
WORD_NOT_THERE = Rule(
    "comparison.word-missing",
    "印を付ける語句「{word}」が、段落「{name}」にありません",
    "段落に印刷される文字を、そのまま書きます",
    "語句を直すか、消してください",
)
ANOTHER_EDITION = Rule(
    "comparison.earlier-not-same-year",
    "審査を受ける前の版「{name}」は、{found}です",
    "{wanted}の、案などの版と比べます",
    "{earlier} か、そのデータの {branch} と {year} を確かめてください",
    "warning",
    earlier=DATASET("earlier"),
    branch=DATASET("branch"),
    year=DATASET("fiscal_year"),
)
ANOTHER_YEAR = Rule(
    "comparison.previous-not-year-before",
    "前年度のデータ「{name}」は、{found}です",
    "{wanted}のデータと並べます",
    "{previous} か、そのデータの {branch} と {year} を確かめてください",
    "warning",
    previous=DATASET("previous"),
    branch=DATASET("branch"),
    year=DATASET("fiscal_year"),
)
UNKNOWN_PARTNER = Rule(
    "comparison.partner-unknown",
    ByForm(
        "「{name}」という id の段落は、前年度（{previous}）の計画にありません",
        "「{name}」に当たる段落は、前年度（{previous}）の計画にありません",
    ),
    ByForm(
        "{pairs} には、前年度の計画の段落の id か、新しい段落なら {null} を書きます",
        "{pairs} には、前年度の計画の段落か、新しい段落なら {null} を書きます",
    ),
    ByForm("id を直すか、{remove}", "段落の番号と文を確かめるか、{remove}"),
    pairs=_OVERRIDES("pairs"),
    null=NULL,
    remove=REMOVE,
)


def check_overrides(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A decision for a paragraph that the plan does not have."""
    ids = [paragraph.id for paragraph in dataset.plan.paragraphs]
    decided = {"pairs": dataset.overrides.pairs, "marks": dataset.overrides.marks}
    for key, decisions in decided.items():
        for name in decisions:
            if name not in ids:
                place = place_of(f"dataset:comparison.{key}.{name}", places)
                near = near_paragraph(name, dataset.plan.paragraphs)
                yield UNKNOWN_PARAGRAPH.at(place, near, name=called_unknown(name))


def check_marks(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A word to be marked that its paragraph does not have."""
    for paragraph in dataset.plan.paragraphs:
        for word in dataset.overrides.marks.get(paragraph.id, ()):
            if word not in paragraph.label + _printed(paragraph.text, dataset):
                place = place_of(f"dataset:comparison.marks.{paragraph.id}", places)
                yield WORD_NOT_THERE.at(place, word=word, name=called_paragraph(paragraph.id, dataset))


def _printed(text: str, dataset: Dataset) -> str:
    try:
        return expand(text, dataset)
    except HandoutError:  # a placeholder at fault is a finding of its own
        return text


def check_previous(dataset: Dataset, previous: Dataset, places: Mapping[str, Place]) -> tuple[Finding, ...]:
    """What does not fit between a dataset and the one that it names as last year's."""
    return (
        *_check_year(dataset, previous, places),
        *_check_pairs(dataset, previous, places),
        *check_continued(dataset, previous, places),
        *check_amounts_of_years(dataset, previous, places),
    )


def check_earlier(dataset: Dataset, earlier: Dataset, places: Mapping[str, Place]) -> tuple[Finding, ...]:
    """An edition of another year or branch in the place of the one before headquarters' review."""
    if (earlier.branch, earlier.fiscal_year) == (dataset.branch, dataset.fiscal_year):
        return ()
    found, wanted = _year_of(earlier, earlier.fiscal_year), _year_of(dataset, dataset.fiscal_year)
    place = place_of("dataset:earlier", places)
    return (ANOTHER_EDITION.at(place, name=earlier.name, found=found, wanted=wanted),)


def _year_of(dataset: Dataset, year: FiscalYear) -> str:
    return f"{dataset.branch}支部の{year.text(dataset.year_form)}"


def _check_year(dataset: Dataset, previous: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A dataset of another year or branch in the place of last year's."""
    year = dataset.fiscal_year.previous
    if (previous.branch, previous.fiscal_year) != (dataset.branch, year):
        found, wanted = _year_of(previous, previous.fiscal_year), _year_of(dataset, year)
        place = place_of("dataset:previous", places)
        yield ANOTHER_YEAR.at(place, name=previous.name, found=found, wanted=wanted)


def _check_pairs(dataset: Dataset, previous: Dataset, places: Mapping[str, Place]) -> tuple[Finding, ...]:
    """A paragraph of last year that is named as a counterpart but is not there."""
    ids = [paragraph.id for paragraph in previous.plan.paragraphs]
    return tuple(
        UNKNOWN_PARTNER.at(
            place_of(f"dataset:comparison.pairs.{paragraph_id}", places),
            near_paragraph(partner, previous.plan.paragraphs),
            name=called_unknown(partner),
            previous=previous.name,
        )
        for paragraph_id, partner in dataset.overrides.pairs.items()
        if partner is not None and partner not in ids
    )
