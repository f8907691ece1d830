"""Rules on the figure at the right end of a row; which of them apply where is tested with the computed figures."""

from __future__ import annotations

from typing import Any

import pytest

from handouts.checks.closings import CLOSING_NOT_NEEDED, check_closings
from handouts.findings import Edit
from tests.unit.checks.made import Row, dataset, in_workbook, months, only, table


def of(row: Row, **more: Any) -> Any:
    return dataset(tables=[table(row, **more)])


def test_the_computed_sum_is_named() -> None:
    finding = only(
        check_closings, of({"values": months(24, 12, 7, 9, 13, "△2"), "closing": 65}, closing=["合計"])
    )
    assert finding.allowed == "計算では 63 です"
    assert finding.severity == "error"


def test_the_sum_is_computed_where_only_rates_are_printed() -> None:
    row = {"values": months(1, 2), "closing": 5, "eligible": 100}
    finding = only(check_closings, of(row, rows=["率"], closing=["計"]))
    assert finding.allowed == "計算では 3 です"


def test_a_figure_that_is_computed_anyway_is_certain_to_go() -> None:
    finding = only(check_closings, of({"values": months(1, 2), "closing": 3}, closing=["計"]))
    assert finding.rule is CLOSING_NOT_NEEDED
    assert finding.mend == Edit("monthly:checkup.series[1]", "closing", None)


@pytest.mark.parametrize(
    ("row", "more", "said"),
    [
        (
            {"closing": 3},
            {},
            "「右端の数」は印刷されません。シート「月次表」の「右端の欄」に欄の名前を足すか、消してください。",
        ),
        (
            {"closing": 3},
            {"closing": ["累計", "平均"]},
            "「右端の数」が、累計と平均の欄に同じ数で印刷されます。"
            "計算できない欄が1つのときだけ書きます。シート「月次表」の「右端の欄」を1つにしてください。",
        ),
        (
            {"values": months(97)},
            {"unit": "%", "closing": ["累計"]},
            "率は足し合わせられません。その数を「右端の数」に書いてください（例 97.0）。",
        ),
        (
            {"values": months(1, 2), "closing": 5},
            {"closing": ["計"]},
            "「右端の数」5 が、計の計算と合いません。計算では 3 です。「右端の数」を消せば、計算した数が印刷されます。",
        ),
    ],
)
def test_in_a_workbook_the_columns_of_the_row_and_of_its_table_have_their_own_names(
    row: Row, more: Row, said: str
) -> None:
    assert in_workbook(check_closings, of(row, **more)).endswith(said)
