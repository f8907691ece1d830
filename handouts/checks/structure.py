"""Rules on what entries hold: a KPI says something, figures agree, nothing is left over or empty."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import zip_longest

from handouts.dataset.figures import round_half_up
from handouts.dataset.model import Dataset, Kind, Paragraph, Population
from handouts.dataset.placeholders import references, resolve_topic
from handouts.dataset.reading import entry_refs, place_of
from handouts.dataset.suggestion import suggestion
from handouts.errors import Finding, Place
from handouts.wording import count_text, rate_text

_SENTENCE_PARTS = ("{name}", "{target}", "{before}")


def check_kpi_contents(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A KPI that has neither a target nor a sentence."""
    for kpi, ref in zip(dataset.kpis, _refs("kpi", dataset), strict=True):
        if kpi.target is None and kpi.sentence is None:
            yield Finding(
                place_of(ref, places),
                f"KPI「{kpi.name}」に、目標（target）も文（sentence）もありません",
                "",
                "数値の目標なら target を、文だけの目標なら sentence を書いてください",
            )


def check_sentences(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A KPI sentence with a part in braces that is not filled in, or with a target that there is not."""
    for kpi, ref in zip(dataset.kpis, _refs("kpi", dataset), strict=True):
        place = place_of(f"{ref}.sentence", places)
        for part in re.findall("[{｛][^{}｛｝]*[}｝]", kpi.sentence or ""):
            if part not in _SENTENCE_PARTS:
                remedy = suggestion(part, _SENTENCE_PARTS) or "消すか、書き直してください"
                yield Finding(
                    place,
                    f"文の「{part}」は置き換えられません",
                    "使えるのは {name}、{target}、{before} です",
                    remedy,
                )
            elif part == "{target}" and kpi.target is None:
                remedy = "target を書くか、文から {target} を消してください"
                yield Finding(place, "文に {target} がありますが、目標（target）がありません", "", remedy)


def check_unused_entries(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A KPI or population that the plan never mentions, and that is therefore not printed."""
    used = {(ref.kind, ref.id) for paragraph in dataset.plan.paragraphs for ref in references(paragraph.text)}
    if "final-report" in dataset.handouts:  # its list has all that are listed
        used |= {("kpi", kpi.id) for kpi in dataset.kpis if kpi.listed}
    names = [("kpi", kpi.id, f"KPI「{kpi.name}」") for kpi in dataset.kpis]
    names += [
        ("population", population.id, f"対象者「{population.group} {population.item}」")
        for population in dataset.populations
    ]
    for kind, entry_id, name in names:
        if (kind, entry_id) not in used:
            yield Finding(
                place_of(f"{kind}:{entry_id}", places),
                f"{name}は計画のどこにも出てこないので、印刷されません",
                "",
                f"計画の載せたい所に {{{kind}:{entry_id}}} と書くか、要らなければ消してください",
                "warning",
            )


def check_planned_counts(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """Planned persons that are not the eligible ones times the rate."""
    for population, ref in zip(dataset.populations, _refs("population", dataset), strict=True):
        expected = population.eligible * population.rate / 100
        # The rate stands for every value that rounds to it, and a person cannot be divided.
        allowance = population.eligible * _half_step(population.rate) / 100 + 1
        if abs(population.planned - expected) >= allowance:
            yield Finding(
                place_of(f"{ref}.planned", places), *_planned_words(population, expected), "warning"
            )


def check_amounts(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """An amount that is no multiple of 1,000 yen: it is printed rounded, and a sum may look a thousand off."""
    for initiative in dataset.initiatives:
        if initiative.amount is not None and initiative.amount % 1000:
            yield Finding(
                place_of(f"budget:{initiative.id}.amount", places),
                f"取組「{initiative.name}」の予算額 {initiative.amount:,}円は、千円未満を四捨五入して印刷されます",
                "合計は円のまま足してから四捨五入するので、印刷された額の合計と合わないことがあります",
                "千円単位の額か確かめてください",
                "warning",
            )


def check_empty_headings(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A heading with neither text, nor lower headings, nor an initiative."""
    topics = {resolve_topic(initiative.topic, dataset.plan) for initiative in dataset.initiatives}
    paragraphs = dataset.plan.paragraphs
    for paragraph, following in zip_longest(paragraphs, paragraphs[1:]):
        if _is_empty(paragraph, following) and paragraph not in topics:
            yield Finding(
                place_of(f"plan:{paragraph.id}", places),
                f"見出し「{paragraph.label}{paragraph.text}」の下に何もありません",
                "",
                "本文を書くか、見出しでなければ番号を確かめてください",
                "warning",
            )


def _refs(kind: str, dataset: Dataset) -> Iterator[str]:
    entries = dataset.kpis if kind == "kpi" else dataset.populations
    return entry_refs(kind, (entry.id for entry in entries))


def _half_step(rate: Decimal) -> Decimal:
    exponent = rate.as_tuple().exponent
    assert isinstance(exponent, int)  # a rate is never infinite
    return Decimal(5).scaleb(exponent - 1)


def _planned_words(population: Population, expected: Decimal) -> tuple[str, str, str]:
    name = f"{population.group} {population.item}"
    product = f"{count_text(population.eligible)}×{rate_text(population.rate)}"
    return (
        f"「{name}」の見込者数 {count_text(population.planned)}が、対象者数×率と合いません",
        f"{product}は {count_text(int(round_half_up(expected)))}です",
        "対象者数、率、見込者数のどれが正しいか確かめてください",
    )


def _is_empty(paragraph: Paragraph, following: Paragraph | None) -> bool:
    if paragraph.kind is not Kind.HEADING:
        return False
    return following is None or (following.kind is Kind.HEADING and following.level <= paragraph.level)
