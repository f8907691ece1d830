"""Rules on what entries hold: figures agree, nothing is left over or empty."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import zip_longest

from handouts.checks.entered import kinds_with, with_refs
from handouts.dataset.figures import round_half_up
from handouts.dataset.kinds import Prints
from handouts.dataset.model import Dataset
from handouts.dataset.plan import Kind, Paragraph
from handouts.dataset.reading import place_of
from handouts.findings import ByForm, Finding, Place, Rule
from handouts.measures.placeholders import references, resolve_topic
from handouts.measures.wording import count_text, rate_text, yen_text

UNUSED_KPI = Rule(
    "kpi.unused",
    "KPI「{name}」は{where}出てこないので、印刷されません",
    remedy=ByForm(
        "計画の載せたい所に {{kpi:{id}}} と書くか、要らなければ消してください",
        "計画の載せたい所に {{kpi:{name}}} と書くか、要らなければ消してください",
    ),
    severity="warning",
)
UNUSED_POPULATION = Rule(
    "population.unused",
    "対象者「{name}」は{where}出てこないので、印刷されません",
    remedy=ByForm(
        "計画の載せたい所に {{population:{id}}} と書くか、要らなければ消してください",
        "計画の載せたい所に {{population:対象者の名前}} と書くか、要らなければ消してください",
    ),
    severity="warning",
)
PLANNED_COUNT = Rule(
    "population.planned-count",
    "「{name}」の見込者数 {planned}が、対象者数×率と合いません",
    "{eligible}×{rate}は {expected}です",
    "対象者数、率、見込者数のどれが正しいか確かめてください",
    "warning",
)
ROUNDED_AMOUNT = Rule(
    "budget.amount-rounded",
    "取組「{name}」の予算額 {amount}は、千円未満を四捨五入して印刷されます",
    "合計は円のまま足してから四捨五入するので、印刷された額の合計と合わないことがあります",
    "千円単位の額か確かめてください",
    "warning",
)
EMPTY_HEADING = Rule(
    "plan.heading-empty",
    "見出し「{heading}」の下に何もありません",
    remedy="本文を書くか、見出しでなければ番号を確かめてください",
    severity="warning",
)


def check_unused_entries(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A KPI or population that is mentioned nowhere, and that is therefore not printed."""
    used = set(_used(dataset))
    # Where measures have marks, another rule says which KPIs have no entry.
    kpis = () if dataset.entries and kinds_with(Prints.MEASURES, dataset) else dataset.kpis
    names = [("kpi", kpi.id, UNUSED_KPI, kpi.name) for kpi in kpis]
    names += [
        ("population", population.id, UNUSED_POPULATION, f"{population.group} {population.item}")
        for population in dataset.populations
    ]
    where = "計画にも実施状況にも" if dataset.entries else "計画のどこにも"
    for kind, entry_id, rule, name in names:
        if (kind, entry_id) not in used:
            yield rule.at(place_of(f"{kind}:{entry_id}", places), name=name, where=where, id=entry_id)


def check_planned_counts(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """Planned persons that are not the eligible ones times the rate."""
    for population, ref in with_refs("population", dataset.populations):
        expected = population.eligible * population.rate / 100
        # The rate stands for every value that rounds to it, and a person cannot be divided.
        allowance = population.eligible * _half_step(population.rate) / 100 + 1
        if abs(population.planned - expected) >= allowance:
            yield PLANNED_COUNT.at(
                place_of(f"{ref}.planned", places),
                name=f"{population.group} {population.item}",
                planned=count_text(population.planned),
                eligible=count_text(population.eligible),
                rate=rate_text(population.rate),
                expected=count_text(int(round_half_up(expected))),
            )


def check_amounts(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """An amount that is no multiple of 1,000 yen: it is printed rounded, and a sum may look a thousand off."""
    if not kinds_with(Prints.THOUSANDS, dataset):
        return
    for initiative in dataset.initiatives:
        if initiative.amount is not None and initiative.amount % 1000:
            place, amount = place_of(f"budget:{initiative.id}.amount", places), yen_text(initiative.amount)
            yield ROUNDED_AMOUNT.at(place, name=initiative.name, amount=amount)


def check_empty_headings(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A heading with neither text, nor lower headings, nor a budget, nor anything done."""
    topics = {initiative.topic for initiative in dataset.initiatives} | {
        field.topic for field in dataset.fields
    }
    used = {heading.id for topic in topics if topic and (heading := resolve_topic(topic, dataset.plan))}
    used |= {entry.plan for entry in dataset.entries if entry.plan}
    paragraphs = dataset.plan.paragraphs
    for paragraph, following in zip_longest(paragraphs, paragraphs[1:]):
        if _is_empty(paragraph, following) and paragraph.id not in used:
            place = place_of(f"plan:{paragraph.id}", places)
            yield EMPTY_HEADING.at(place, heading=paragraph.label + paragraph.text)


def _used(dataset: Dataset) -> Iterator[tuple[str, str]]:
    """The KPIs and populations that are printed somewhere, or figures computed from them."""
    texts = [paragraph.text for paragraph in dataset.plan.paragraphs]
    for text in (*texts, *(entry.text for entry in dataset.entries)):
        yield from ((reference.kind, reference.id) for reference in references(text))
    yield from (("kpi", entry.kpi) for entry in dataset.entries if entry.kpi)
    # The lists of KPIs have all that are listed.
    if kinds_with(Prints.KPI_LIST, dataset):
        yield from (("kpi", kpi.id) for kpi in dataset.kpis if kpi.listed)
    for table in dataset.tables:
        yield from (("population", series.population) for series in table.series if series.population)


def _half_step(rate: Decimal) -> Decimal:
    exponent = rate.as_tuple().exponent
    assert isinstance(exponent, int)  # a rate is never infinite
    return Decimal(5).scaleb(exponent - 1)


def _is_empty(paragraph: Paragraph, following: Paragraph | None) -> bool:
    if paragraph.kind is not Kind.HEADING:
        return False
    return following is None or (following.kind is Kind.HEADING and following.level <= paragraph.level)
