"""Figures, amounts and targets as Japanese text: the one place where a figure becomes words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from handouts.dataset.budget import Initiative
from handouts.dataset.figures import round_half_up
from handouts.dataset.kpis import Kpi, Population

MEGABYTE = 1024 * 1024
_USUAL_SENTENCE = "{name}を{target}とする"


@dataclass(frozen=True, slots=True)
class FieldText:
    """A stretch of a printed text, and the field of the entry that it shows; "" where it shows none."""

    text: str
    field: str = ""


def joined(parts: Iterable[FieldText]) -> str:
    """The text that the parts make."""
    return "".join(part.text for part in parts)


def number_text(value: Decimal | int) -> str:
    """`value` with thousands separators and its own decimals; below zero with △, as Japanese accounts write."""
    text = f"{abs(value):,}"
    return f"△{text}" if value < 0 else text


def thousand_yen(amount: int) -> str:
    """An amount of whole yen in 千円, halves rounded up, e.g. 2,902千円.

    Sums are added in yen and rounded last, so that a sum of amounts below 1,000 yen is right; printed lines then
    may not add up, which the check of the amounts says.
    """
    return f"{number_text(thousands(amount))}千円"


def thousands(amount: int) -> Decimal:
    """How many 千円 are printed of an amount of whole yen."""
    return round_half_up(Decimal(amount) / 1000)


def count_text(count: int) -> str:
    """A number of persons, e.g. 262,059人."""
    return f"{number_text(count)}人"


def rate_text(rate: Decimal) -> str:
    """A rate in %, with the decimals it was entered with, e.g. 62.2%."""
    return f"{number_text(rate)}%"


def target_text(kpi: Kpi) -> str:
    """The target alone, e.g. 62.2%以上, 100% or 対前年度以上; empty for a target that is a sentence."""
    return joined(target_parts(kpi))


def target_parts(kpi: Kpi) -> tuple[FieldText, ...]:
    """The target by its fields: number, unit, bound; or the words that it is."""
    if not isinstance(kpi.target, Decimal):
        return (FieldText(kpi.target, "target"),) if kpi.target else ()
    bound = () if kpi.bound == "とする" else (FieldText(kpi.bound, "bound"),)
    unit = (FieldText(kpi.unit, "unit"),) if kpi.unit else ()
    return (FieldText(number_text(kpi.target), "target"), *unit, *bound)


def result_text(kpi: Kpi, result: Decimal | str | None) -> str:
    """What came of the KPI, e.g. 93.9%, 1,529事業所 or 実施; empty where nothing is known yet."""
    if result is None or isinstance(result, str):
        return result or ""
    return f"{number_text(result)}{kpi.unit}"


def kpi_sentence(kpi: Kpi, before: Decimal | str | None = None) -> str:
    """The KPI as the plan prints it, e.g. 健診実施率を62.2%以上とする; `before` is the result of the year before."""
    return joined(kpi_parts(kpi, before))


def kpi_parts(kpi: Kpi, before: Decimal | str | None = None) -> tuple[FieldText, ...]:
    """The sentence of a KPI by its fields; its own words are those of the field `sentence`."""
    return tuple(_kpi_parts(kpi, before))


def _kpi_parts(kpi: Kpi, before: Decimal | str | None) -> Iterator[FieldText]:
    # In one pass, so that a name that contains {target} is not filled in again.
    for words in re.split(r"(\{(?:name|target|before)\})", kpi.sentence or _USUAL_SENTENCE):
        match words:
            case "{name}":
                yield FieldText(kpi.name, "name")
            case "{target}":
                yield from target_parts(kpi)
            case "{before}":
                yield FieldText(result_text(kpi, before), "before")
            case _ if words:
                yield FieldText(words, "sentence")


def rank_text(rank: int | None) -> str:
    """A national rank, e.g. 43位; empty where there is none."""
    return "" if rank is None else f"{rank}位"


def yen_text(amount: int) -> str:
    """An amount of whole yen, e.g. 40,786,000円."""
    return f"{number_text(amount)}円"


def amount_parts(initiative: Initiative) -> tuple[FieldText, ...]:
    """What an initiative may cost, e.g. 2,902千円; nothing where that is not known."""
    if initiative.amount is None:
        return ()
    return (FieldText(number_text(thousands(initiative.amount)), "amount"), FieldText("千円"))


def eligible_parts(population: Population) -> tuple[FieldText, ...]:
    """For example 実施対象者数：262,059人, by its fields."""
    return _labelled(population.eligible_label, "eligible", population.eligible)


def planned_parts(population: Population) -> tuple[FieldText, ...]:
    """For example 実施見込者数：163,001人, by its fields."""
    return _labelled(population.planned_label, "planned", population.planned)


def population_parts(population: Population) -> tuple[FieldText, ...]:
    """For example 実施率 62.2%（実施見込者数：163,001人）, by its fields."""
    rate = (FieldText(population.rate_label, "rate_label"), FieldText(" "), *rate_parts(population))
    return (*rate, FieldText("（"), *planned_parts(population), FieldText("）"))


def rate_parts(population: Population) -> tuple[FieldText, ...]:
    """The planned rate, e.g. 62.2%."""
    return (FieldText(number_text(population.rate), "rate"), FieldText("%"))


def _labelled(label: str, field: str, count: int) -> tuple[FieldText, ...]:
    return (
        FieldText(label, f"{field}_label"),
        FieldText("："),
        FieldText(number_text(count), field),
        FieldText("人"),
    )


def size_text(size: int) -> str:
    """The size of a file as Windows shows it, e.g. 412KB or 1.2MB; never 0."""
    if size >= MEGABYTE:
        return f"{number_text(round_half_up(Decimal(size) / MEGABYTE, 1))}MB"
    return f"{number_text(round_half_up(Decimal(max(1024, size)) / 1024))}KB"


def execution_rate_text(rate: Decimal | None) -> str:
    """An execution rate, e.g. 110.2% or 0.0%; a dash where nothing was budgeted."""
    return "－" if rate is None else rate_text(rate)
