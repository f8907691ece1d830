"""Figures, amounts and targets as Japanese text: the one place where a figure becomes words."""

from __future__ import annotations

import re
from decimal import Decimal

from handouts.dataset.figures import round_half_up
from handouts.dataset.kpis import Kpi, Population

MEGABYTE = 1024 * 1024


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
    if isinstance(kpi.target, Decimal):
        return f"{number_text(kpi.target)}{kpi.unit}{'' if kpi.bound == 'とする' else kpi.bound}"
    return kpi.target or ""


def result_text(kpi: Kpi, result: Decimal | str | None) -> str:
    """What came of the KPI, e.g. 93.9%, 1,529事業所 or 実施; empty where nothing is known yet."""
    if result is None or isinstance(result, str):
        return result or ""
    return f"{number_text(result)}{kpi.unit}"


def kpi_sentence(kpi: Kpi, before: Decimal | str | None = None) -> str:
    """The KPI as the plan prints it, e.g. 健診実施率を62.2%以上とする; `before` is the result of the year before."""
    pattern = kpi.sentence or "{name}を{target}とする"
    parts = {"{name}": kpi.name, "{target}": target_text(kpi), "{before}": result_text(kpi, before)}
    # In one pass, so that a name that contains {target} is not filled in again.
    return re.sub(r"\{(name|target|before)\}", lambda match: parts[match[0]], pattern)


def rank_text(rank: int | None) -> str:
    """A national rank, e.g. 43位; empty where there is none."""
    return "" if rank is None else f"{rank}位"


def yen_text(amount: int) -> str:
    """An amount of whole yen, e.g. 40,786,000円."""
    return f"{number_text(amount)}円"


def eligible_text(population: Population) -> str:
    """For example 実施対象者数：262,059人."""
    return f"{population.eligible_label}：{count_text(population.eligible)}"


def planned_text(population: Population) -> str:
    """For example 実施見込者数：163,001人."""
    return f"{population.planned_label}：{count_text(population.planned)}"


def population_text(population: Population) -> str:
    """For example 実施率 62.2%（実施見込者数：163,001人）."""
    return f"{population.rate_label} {rate_text(population.rate)}（{planned_text(population)}）"


def size_text(size: int) -> str:
    """The size of a file as Windows shows it, e.g. 412KB or 1.2MB; never 0."""
    if size >= MEGABYTE:
        return f"{number_text(round_half_up(Decimal(size) / MEGABYTE, 1))}MB"
    return f"{number_text(round_half_up(Decimal(max(1024, size)) / 1024))}KB"


def execution_rate_text(rate: Decimal | None) -> str:
    """An execution rate, e.g. 110.2% or 0.0%; a dash where nothing was budgeted."""
    return "－" if rate is None else rate_text(rate)
