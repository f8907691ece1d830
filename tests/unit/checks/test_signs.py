"""Figures that cannot be: below zero, and rates of many times the whole."""

from __future__ import annotations

from typing import Any

import pytest

from handouts.checks.signs import check_kpi_figures, check_monthly_figures
from tests.unit.checks.made import dataset, messages, months, only, table


def of_kpi(**more: Any) -> list[str]:
    row: dict[str, Any] = {"id": "kenshin", "name": "健診の実施率", "target": "65.0", "unit": "%", **more}
    return messages(check_kpi_figures, dataset(kpis=[row]))


def of_months(*figures: Any, **more: Any) -> list[str]:
    opening = {"opening": more.pop("opening")} if "opening" in more else {}
    return messages(
        check_monthly_figures, dataset(tables=[table({"values": months(*figures), **opening}, **more)])
    )


@pytest.mark.parametrize(
    "more",
    [
        {"target": "-65.0"},
        {"actuals": {"R2": "△30.7"}},
        {"averages": {"R2": "-1"}},
        {"name": "宣言事業所数", "unit": "事業所", "target": 1640, "actuals": {"R2": "-1529"}},
        {"targets": {"R4": "△30.7%以上"}},
    ],
)
def test_a_rate_or_count_below_zero_is_a_fault(more: dict[str, Any]) -> None:
    [found] = of_kpi(**more)
    assert "は負の数です" in found


@pytest.mark.parametrize(
    "more",
    [
        {"name": "前年度との差"},
        {"name": "一人当たり医療費の増減率"},
        {"unit": "ポイント"},
        {"name": "医療費の伸び率"},
    ],
)
def test_a_difference_may_be_below_zero(more: dict[str, Any]) -> None:
    assert of_kpi(actuals={"R2": "-1.2"}, **more) == []


def test_a_rate_of_ten_times_the_whole_is_a_fault_and_a_target_above_it_is_odd() -> None:
    given: dict[str, Any] = {
        "id": "a",
        "name": "実施率",
        "target": "65.0",
        "unit": "％",
        "actuals": {"R2": "7190"},
    }
    finding = only(check_kpi_figures, dataset(kpis=[given]))
    assert (finding.severity, finding.rule.id) == ("error", "kpi.rate-too-large")
    finding = only(check_kpi_figures, dataset(kpis=[{**given, "target": "105", "actuals": {}}]))
    assert (finding.severity, finding.rule.id) == ("warning", "kpi.target-above-100")
    assert of_kpi(target="100", actuals={"R2": "104"}) == []


def test_months_that_are_not_added_up_cannot_be_below_zero() -> None:
    assert of_months(80, -32)
    assert of_months("65.6", "-1.2", unit="%", closing=["累計"])
    assert of_months(80, 48, -32, entered="累計")
    assert of_months(80, -32, rows=["単月", "率"], closing=["合計"])


def test_a_month_may_take_back_what_was_counted_before_and_no_more() -> None:
    assert of_months(80, -32, closing=["合計"]) == []
    assert of_months(-32, 80, closing=["合計"])
    assert of_months(-32, rows=["単月", "累計"], opening=40) == []
    assert of_months(5, rows=["単月", "累計"], opening=-1)
