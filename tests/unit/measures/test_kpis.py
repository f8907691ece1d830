"""Where a KPI stands, from what was entered or from its monthly table."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from handouts.dataset.model import Kpi
from handouts.dataset.monthly import MonthlyTable
from handouts.measures.kpis import standings
from tests.samples import plan_dataset


def test_a_ratio_of_nothing_is_a_result_and_not_a_missing_one() -> None:
    """No single-bid case among seven: 0.0% is known, also where no month prints a ratio of its own."""
    bids = table(
        {"year": "R7", "id": "bids", "values": {"4月": 3, "5月": 4}},
        {"year": "R7", "id": "single", "values": {"4月": 0, "5月": 0}},
        {"year": "R7", "part": "single", "whole": "bids", "values": ["-"] * 12},
        closing=["合計"],
    )
    kpi = Kpi.model_validate({"id": "k", "name": "割合", "unit": "%", "target": 20, "bound": "以下"})
    dataset = plan_dataset("Ⅰ．分野", kpis=(kpi,), tables=(bids,))
    assert standings(dataset)["k"].actual == Decimal("0.0")


def table(*series: dict[str, Any], **more: Any) -> MonthlyTable:
    return MonthlyTable.model_validate({"id": "t", "caption": "表", "kpi": "k", "series": series, **more})
