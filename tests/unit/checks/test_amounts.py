"""Amounts in the wrong unit."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from handouts.checks import check_previous
from handouts.checks.amounts import check_amounts_beside_others, check_executed_units, check_typed_sums
from handouts.dataset.fiscal import FiscalYear
from handouts.dataset.model import Dataset
from tests.unit.checks.made import dataset, in_workbook, messages, only


def budget(*amounts: Any, key: str = "amount") -> Dataset:
    rows = [
        {"id": f"a{number}", "name": f"取組{number}", "topic": "koho", "amount": 5000000, key: amount}
        for number, amount in enumerate(amounts)
    ]
    return dataset(initiatives=rows)


def against(now: Dataset, last: Dataset) -> list[str]:
    last = replace(last, fiscal_year=FiscalYear(2020))
    return [finding.sentence for finding in check_previous(now, last, {})]


@pytest.mark.parametrize(
    ("now", "last", "is_odd"),
    [
        (13_000, 12_400_000, True),  # 13,000千円
        (13_000_000_000, 12_400_000, True),  # 円 into a column of 千円
        (1_300, 12_400_000, True),  # 万円
        (130_000, 12_400_000, False),  # a tenth, and less, may be true
        (60_000, 12_400_000, False),
        (12_400_000, 60_000, False),
        (0, 12_400_000, False),
        (12_400_000, 0, False),
        (None, 12_400_000, False),
    ],
)
@pytest.mark.parametrize("key", ["amount", "executed"])
def test_an_amount_is_compared_with_last_years(key: str, now: Any, last: Any, is_odd: bool) -> None:
    found = against(budget(now, key=key), budget(last, key=key))
    assert bool(found) is is_odd


def test_the_initiative_of_last_year_may_have_the_same_name_only() -> None:
    now = dataset(initiatives=[{"id": "dm", "name": "受診勧奨（ＤＭ）", "topic": "koho", "amount": 13000}])
    last = dataset(initiatives=[{"id": "x", "name": "受診勧奨 (DM)", "topic": "koho", "amount": 12400000}])
    [found] = against(now, last)
    assert "13,000円は、前年度の 12,400,000円と" in found


def test_fields_are_compared_too() -> None:
    now, last = (
        dataset(fields=[{"id": "koho", "name": "広報", "amount": amount}]) for amount in (4021, 4021000)
    )
    assert len(against(now, last)) == 1


def test_an_amount_far_from_all_others_is_found_and_a_small_one_is_not() -> None:
    usual = (1_650_000, 330_000, 2_100_000, 5_000_000)
    finding = only(check_amounts_beside_others, budget(*usual, 2_902))
    assert finding.place.ref == "budget:a4.amount"
    assert "1,875,000円" in finding.allowed
    assert "千円" in in_workbook(finding)
    for small in (11_000, 19_000, 8_000, 0, None):
        assert not messages(check_amounts_beside_others, budget(*usual, small))
    assert messages(check_amounts_beside_others, budget(*usual, 2_902_000_000))
    assert not messages(check_amounts_beside_others, budget(*usual, 40_000_000))


def test_a_few_amounts_do_not_say_what_is_usual() -> None:
    assert not messages(check_amounts_beside_others, budget(5_000_000, 6_000_000, 7_000_000, 500))


@pytest.mark.parametrize(
    ("executed", "is_odd"),
    [(4_102, True), (1_500, True), (0, False), (68_475, False), (500, False), (4_102_863, False)],
)
def test_what_was_executed_is_not_a_thousandth_of_the_budget(executed: int, is_odd: bool) -> None:
    assert bool(messages(check_executed_units, budget(executed, key="executed"))) is is_odd


@pytest.mark.parametrize(
    ("name", "is_sum"),
    [
        ("小計", True),
        ("合　計", True),
        ("小計（健診）", True),
        ("【総計】", True),
        ("うち郵送料", True),
        ("健診の案内（再掲）", True),
        ("うちわの作成", False),
        ("血圧計の貸出", False),
        ("統計の作成", False),
    ],
)
def test_a_sum_typed_as_a_row_would_be_added_again(name: str, is_sum: bool) -> None:
    rows = [{"id": "a", "name": name, "topic": "koho", "amount": 5_000_000}]
    assert bool(messages(check_typed_sums, dataset(initiatives=rows))) is is_sum
    assert not messages(check_typed_sums, dataset(initiatives=[{**rows[0], "amount": None}]))
