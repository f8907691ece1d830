"""Figures, amounts and targets as Japanese text."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from handouts.dataset.kpis import Kpi, Population
from handouts.measures.wording import (
    count_text,
    eligible_parts,
    joined,
    kpi_sentence,
    number_text,
    planned_parts,
    population_parts,
    rate_text,
    size_text,
    target_text,
    thousand_yen,
)


def kpi(**fields: Any) -> Kpi:
    return Kpi.model_validate({"id": "kenshin", "name": "健診実施率", **fields})


KENSHIN = Population.model_validate(
    {
        "id": "kenshin",
        "group": "被保険者",
        "item": "生活習慣病予防健診",
        "eligible": 262059,
        "rate": "62.2",
        "planned": 163001,
    }
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (1234567, "1,234,567"),
        (-1000, "△1,000"),
        (Decimal("62.20"), "62.20"),
        (Decimal("-0.5"), "△0.5"),
    ],
)
def test_a_number_has_separators_and_a_triangle_below_zero(value: Decimal | int, text: str) -> None:
    assert number_text(value) == text


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (2_902_000, "2,902千円"),
        (499, "0千円"),
        (500, "1千円"),
        (1_499, "1千円"),
        (1_500, "2千円"),
        (-1_500, "△2千円"),
        (0, "0千円"),
    ],
)
def test_an_amount_is_rounded_half_up_to_thousands_of_yen(amount: int, text: str) -> None:
    assert thousand_yen(amount) == text


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"target": "62.2", "unit": "%", "bound": "以上"}, "62.2%以上"),
        ({"target": 100, "unit": "%"}, "100%"),
        ({"target": 7, "unit": "日", "bound": "以内"}, "7日以内"),
        ({"target": 1630, "unit": "事業所", "bound": "以上"}, "1,630事業所以上"),
        ({"target": "対前年度以上"}, "対前年度以上"),
        ({"sentence": "毎月届ける"}, ""),
    ],
)
def test_a_target_is_printed_with_unit_and_bound(fields: dict[str, Any], text: str) -> None:
    assert target_text(kpi(**fields)) == text


def test_a_kpi_is_a_sentence_of_name_and_target() -> None:
    assert kpi_sentence(kpi(target="62.2", unit="%", bound="以上")) == "健診実施率を62.2%以上とする"


def test_a_kpi_with_a_sentence_of_its_own_is_printed_so() -> None:
    assert (
        kpi_sentence(kpi(target=7, unit="日", bound="以内", sentence="{name}は{target}"))
        == "健診実施率は7日以内"
    )
    assert kpi_sentence(kpi(sentence="毎月届ける")) == "毎月届ける"


def test_a_name_that_looks_like_a_part_of_the_sentence_is_not_filled_in_again() -> None:
    assert kpi_sentence(kpi(name="{target}の率", target=7)) == "{target}の率を7とする"


def test_a_population_is_printed_with_its_labels() -> None:
    assert joined(eligible_parts(KENSHIN)) == "実施対象者数：262,059人"
    assert joined(planned_parts(KENSHIN)) == "実施見込者数：163,001人"
    assert joined(population_parts(KENSHIN)) == "実施率 62.2%（実施見込者数：163,001人）"


def test_counts_and_rates_keep_what_was_entered() -> None:
    assert count_text(262_059) == "262,059人"
    assert rate_text(Decimal("60.0")) == "60.0%"


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "1KB"),
        (1023, "1KB"),
        (1536, "2KB"),
        (450_198, "440KB"),
        (1_048_575, "1,024KB"),
        (1_258_291, "1.2MB"),
    ],
)
def test_sizes_are_those_that_windows_shows(size: int, text: str) -> None:
    assert size_text(size) == text
