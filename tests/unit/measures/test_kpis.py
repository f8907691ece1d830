"""Where a KPI stands, from what was entered or from its monthly table."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from handouts.dataset.fields import Mark
from handouts.dataset.kpis import Kpi
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


def kpi_dataset(*tables: MonthlyTable, **fields: Any) -> Any:
    kpi = Kpi.model_validate({"id": "k", "name": "件数", **fields})
    return plan_dataset("Ⅰ．分野", kpis=(kpi,), tables=tables)


THIS_YEAR = {"year": "R7", "values": {"4月": 3, "5月": 4}}


def result(*tables: MonthlyTable, **fields: Any) -> str:
    return str(standings(kpi_dataset(*tables, **fields))["k"].actual)


@pytest.mark.parametrize(
    ("series", "more", "expected"),
    [
        ({}, {}, "4"),
        ({}, {"closing": ["計"]}, "7"),  # the sum is where the year stands, not its last month
        ({}, {"closing": ["合計"], "unit": "件"}, "7"),
        ({"opening": 600}, {"closing": ["累計"]}, "607"),
        ({"opening": 600}, {"rows": ["単月", "累計"], "closing": ["合計"]}, "607"),
        ({"eligible": 70}, {"rows": ["単月", "累計", "率"], "closing": ["計"]}, "10.0"),
        ({"eligible": 70}, {"closing": ["計", "実施率"]}, "10.0"),
        ({"closing": "3.6"}, {"unit": "%", "closing": ["累計"]}, "3.6"),
        ({}, {"unit": "%", "entered": "累計", "closing": ["累計"]}, "4"),
        ({}, {"closing": ["平均"]}, "4"),
        ({}, {"entered": "累計"}, "4"),
        ({"values": {"4月": 0, "5月": 0}}, {"closing": ["計"]}, "0"),
        ({"values": {}}, {"closing": ["計"]}, "None"),
        ({"year": "R6"}, {}, "None"),
    ],
)
def test_a_result_is_the_figure_that_says_where_the_year_stands(
    series: dict[str, Any], more: dict[str, Any], expected: str
) -> None:
    assert result(table({**THIS_YEAR, **series}, **more)) == expected


def test_an_entered_result_comes_before_the_tables_and_tables_in_their_order() -> None:
    empty, first, second = (
        table({"year": "R7"}),
        table(THIS_YEAR),
        table({"year": "R7", "values": {"4月": 9}}),
    )
    assert result(empty, first, second) == "4"
    assert result(first, actuals={"R7": "5.50"}) == "5.50"
    assert result(first, actuals={"R6": "5.50"}) == "4"


def test_the_year_before_is_found_in_both_places_but_only_as_a_number() -> None:
    in_table = kpi_dataset(table({"year": "R6", "values": {"3月": 8}}), target="対前年度以上")
    assert standings(in_table)["k"].before == 8
    assert standings(kpi_dataset(actuals={"R6": "1.36"}))["k"].before == Decimal("1.36")
    assert standings(kpi_dataset(actuals={"R6": "実施"}))["k"].before is None


def test_a_mark_by_hand_is_printed_beside_what_the_rule_says() -> None:
    standing = standings(kpi_dataset(table(THIS_YEAR), target=5, bound="以下", mark="○"))["k"]
    assert (standing.judged, standing.mark) == (Mark.BEATEN, Mark.MET)
    alone = standings(kpi_dataset(target=5))["k"]
    assert (alone.judged, alone.mark) == (Mark.TO_COME, Mark.TO_COME)
