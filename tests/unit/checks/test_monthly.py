"""Rules on the figures of months."""

from __future__ import annotations

from typing import Any

import pytest

from handouts.checks import monthly
from handouts.findings import Place
from tests.unit.checks.made import Row, dataset, in_workbook, messages, months, only, table

FULL = list(range(1, 13))


def of(*series: Row, until: int | None = 9, **more: Any) -> Any:
    """A dataset with one table; `until` is the month of the file."""
    return dataset(tables=[table(*series, **more)], as_of=until)


# Months to come


@pytest.mark.parametrize(
    ("values", "until", "more"),
    [
        (months(1, 2, 3, 4, 5, 6), 9, {}),
        (months(0, 0, 0, 0, 0, 0), 9, {}),  # nothing done in months that have come
        (months(1, 2, 3, 4, 5, 6, "-", "-"), 9, {}),
        ([*months(1, 2, 3, 4, 5, 6)[:11], "-"], 9, {}),
        (FULL, 3, {}),
        (FULL, None, {}),
        (FULL, 9, {"as_of": "3月"}),
        (months(1, 2, 3, 4, 5, 6, 7), 9, {"as_of": "10月"}),
        (months(1, 2, 3, 4, 5, 6, 7), 9, {"months": "3月始まり"}),
        (FULL, 3, {"months": "3月始まり"}),  # at the end of the year, February has come
        (FULL, 9, {"as_of": "2月", "months": "3月始まり"}),
    ],
)
def test_figures_up_to_the_month_of_the_table_are_in_order(
    values: list[Any], until: int | None, more: Row
) -> None:
    assert messages(monthly.check_months_to_come, of({"values": values}, until=until, **more)) == []


def test_years_before_are_over() -> None:
    assert (
        messages(monthly.check_months_to_come, of({"year": "R2", "values": FULL}, {"values": [None] * 12}))
        == []
    )


def test_a_zero_in_months_to_come_is_a_fault_that_says_to_leave_them_empty() -> None:
    finding = only(monthly.check_months_to_come, of({"values": months(1, 2, 3, 4, 5, 6, 0, 0)}))
    assert str(finding) == (
        "monthly.yaml: 表「健診の受診者数」の令和3年度の行の、まだ来ていない10月、11月に 0 が入っています。"
        "数があるのは、as_of に書いた9月までです。来ていない月は空（null）にしてください。"
    )
    assert finding.severity == "error"


def test_a_figure_in_a_month_to_come_is_a_fault_too() -> None:
    finding = only(monthly.check_months_to_come, of({"label": "受診者数", "values": {"2月": 1234}}))
    assert "令和3年度「受診者数」の行の、まだ来ていない2月に 1,234 が入っています" in finding.found


def test_a_year_to_come_has_no_figures_at_all() -> None:
    finding = only(monthly.check_months_to_come, of({"year": "R4", "values": months(5)}, until=None))
    assert "令和4年度の行の、まだ来ていない4月に 5 が" in finding.found
    assert finding.allowed == "このデータは令和3年度のものです"


@pytest.mark.parametrize(
    ("values", "ref"),
    [
        (months(1, 2, 3, 4, 5, 6, 0), "monthly:checkup.series[1].values[7]"),
        ({"10月": 0}, "monthly:checkup.series[1].values.10月"),
        ({"10": 0}, "monthly:checkup.series[1].values.10"),
    ],
)
def test_the_fault_stands_at_the_month(values: Any, ref: str) -> None:
    places = {ref: Place("monthly.yaml", 9, 20, "x"), "monthly:checkup": Place("monthly.yaml", 2)}
    assert only(monthly.check_months_to_come, of({"values": values}), places).place.line == 9


# Gaps


def test_an_empty_month_between_figures_is_a_warning() -> None:
    finding = only(monthly.check_gaps, of({"values": months(1, None, 3, None, None, 6)}))
    assert finding.found == "表「健診の受診者数」の令和3年度の行の5月、7月、8月が空です"
    assert finding.severity == "warning"


def test_an_empty_month_at_the_end_of_a_year_that_is_over_is_a_warning() -> None:
    finding = only(monthly.check_gaps, of({"year": "R2", "values": months(1, 2, 3)}))
    assert "7月、8月、9月、10月、11月、12月、1月、2月、3月が空です" in finding.found


@pytest.mark.parametrize(
    "series",
    [
        {"values": months(1, 2, 3)},
        {"values": months(None, None, 3, 4)},  # what begins in the course of the year
        {"values": months(1, "-", 3)},
        {"values": []},
        {"values": [None] * 12},
        {"year": "R2", "values": [None] * 12},
        {"year": "R2", "values": [*[None] * 6, 1, 2, 3, 4, 5, 6]},
        {"year": "R2", "values": [1, *["-"] * 11]},
    ],
)
def test_months_before_the_first_and_after_the_newest_are_no_gap(series: Row) -> None:
    assert messages(monthly.check_gaps, of(series)) == []


# The newest month


def test_a_table_that_ends_before_its_month_is_a_warning() -> None:
    finding = only(
        monthly.check_newest_month, of({"year": "R2", "values": FULL}, {"values": months(1, 2, 3, 4)})
    )
    assert str(finding) == (
        "monthly.yaml: 表「健診の受診者数」の今年度の数は7月までで、9月の数がありません。as_of は9月です。"
        "数を足すか、この表に「as_of: 7月」と書いてください。"
    )
    assert finding.severity == "warning"


@pytest.mark.parametrize(
    ("series", "more"),
    [
        ([{"values": months(1, 2, 3, 4, 5, 6)}], {}),
        ([{"values": months(1, 2, 3, 4)}], {"as_of": "7月"}),
        ([{"values": [None] * 12}], {}),  # not begun
        ([{"year": "R2", "values": months(1)}], {}),
        ([{"label": "目標", "values": FULL}, {"label": "実績", "values": months(1)}], {}),
        ([{"values": months("-", "-", 3, "-", "-", "-")}], {}),
    ],
)
def test_a_table_that_reaches_its_month_or_has_not_begun_is_in_order(series: list[Row], more: Row) -> None:
    assert messages(monthly.check_newest_month, of(*series, **more)) == []


def test_a_table_that_begins_in_march_ends_in_february_whatever_month_the_year_ends_in() -> None:
    given = of({"values": [*FULL[:11], None]}, until=3, months="3月始まり")
    finding = only(monthly.check_newest_month, given)
    assert finding.found.endswith("で、2月の数がありません")
    assert finding.allowed == "as_of は3月です"


def test_without_a_month_nobody_knows_what_is_missing() -> None:
    assert messages(monthly.check_newest_month, of({"values": months(1)}, until=None)) == []


# Rates above 100%


def test_an_entered_rate_above_100_is_a_warning_at_its_month() -> None:
    places = {"monthly:checkup.series[1].values[2]": Place("monthly.yaml", 7, 20)}
    finding = only(monthly.check_rates_above_100, of({"values": months(99.9, 100.1, 120)}, unit="%"), places)
    assert finding.found == "表「健診の受診者数」の令和3年度の行の率 100.1% は100%を超えています"
    assert (finding.severity, finding.place.line) == ("warning", 7)


@pytest.mark.parametrize(
    ("series", "more"),
    [
        ([{"values": months(60, 50), "eligible": 100}], {"rows": ["単月", "率"]}),
        ([{"values": months(60, 50), "eligible": 100}], {"closing": ["実施率"]}),
        ([{"closing": 100.5}], {"unit": "%", "closing": ["累計"]}),
        (
            [
                {"label": "全体", "id": "whole", "values": months(1, 2)},
                {"label": "一部", "id": "part", "values": months(2, 2)},
                {"label": "割合", "part": "part", "whole": "whole"},
            ],
            {},
        ),
    ],
)
def test_a_computed_rate_above_100_is_a_warning(series: list[Row], more: Row) -> None:
    assert "は100%を超えています" in only(monthly.check_rates_above_100, of(*series, **more)).found


@pytest.mark.parametrize(
    ("series", "more"),
    [
        ({"values": months(100)}, {"unit": "%"}),
        ({"values": months(500)}, {}),
        (
            {"values": months(50, 50), "eligible": 100},
            {"rows": ["単月", "累計", "率"], "closing": ["計", "実施率"]},
        ),
    ],
)
def test_counts_and_rates_up_to_100_are_in_order(series: Row, more: Row) -> None:
    assert messages(monthly.check_rates_above_100, of(series, **more)) == []


# Cumulative counts


def test_a_cumulative_count_that_falls_is_a_warning() -> None:
    finding = only(monthly.check_falling_counts, of({"values": months(10, 25, None, 24)}, entered="累計"))
    assert "7月の累計 24 が、前の月の 25 より減っています" in finding.found
    assert finding.severity == "warning"


@pytest.mark.parametrize(
    ("values", "more"),
    [
        (months(10, 10, "-", 12), {"entered": "累計"}),
        (months(10, 5), {}),  # single months
        (months(96.51, 96.43), {"entered": "累計", "unit": "%"}),
        (months(1.33, 1.30), {"entered": "累計", "unit": ""}),
        (months(2908, 2890), {"entered": "累計", "unit": "円", "caption": "再審査レセプト1件当たりの査定額"}),
    ],
)
def test_single_months_rates_and_means_may_fall(values: list[Any], more: Row) -> None:
    assert messages(monthly.check_falling_counts, of({"values": values}, **more)) == []


# Rows that nobody can tell apart


def test_two_rows_of_the_same_year_and_name_are_a_fault_that_names_the_first() -> None:
    places = {
        "monthly:checkup.series[1]": Place("monthly.yaml", 5),
        "monthly:checkup.series[3]": Place("monthly.yaml", 9),
    }
    finding = only(monthly.check_double_rows, of({}, {"label": "目標"}, {}), places)
    assert str(finding).startswith(
        "monthly.yaml 9行: 表「健診の受診者数」の令和3年度の行が2つあります（1つ目は5行）"
    )


def test_rows_of_other_years_or_names_are_in_order() -> None:
    assert (
        messages(
            monthly.check_double_rows,
            of({"label": "目標"}, {"label": "実績"}, {"year": "R2", "label": "実績"}),
        )
        == []
    )


# In a workbook


@pytest.mark.parametrize(
    ("rule", "given", "said"),
    [
        (
            monthly.check_months_to_come,
            of({"values": {"10月": 0}}),
            "シート「会議」の「月別の数の時点」に書いた9月までです。来ていない月は空にしてください。",
        ),
        (
            monthly.check_months_to_come,
            of({"values": {"10月": 0}}, as_of="8月"),
            "シート「月次表」の「時点」に書いた8月までです。来ていない月は空にしてください。",
        ),
        (
            monthly.check_newest_month,
            of({"values": months(1)}),
            "シート「会議」の「月別の数の時点」は9月です。数を足すか、この表の「時点」に「4月」と書いてください。",
        ),
        (
            monthly.check_falling_counts,
            of({"values": months(2, 1)}, entered="累計"),
            "1か月の数を書いたのなら、シート「月次表」の「入力した数」を 単月 にしてください。累計なら数を確かめてください。",
        ),
    ],
)
def test_in_a_workbook_a_remedy_names_the_sheet_and_the_column(rule: Any, given: Any, said: str) -> None:
    assert in_workbook(rule, given).endswith(said)
