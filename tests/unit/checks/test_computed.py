"""Rules on what a table of months has computed."""

from __future__ import annotations

from typing import Any

import pytest

from handouts.checks import closings, computed
from handouts.findings import Edit, Place
from tests.unit.checks.made import Row, dataset, in_workbook, messages, months, only, table

PERSONS = {"id": "kenshin", "group": "被保険者", "item": "健診", "eligible": 100, "rate": 60, "planned": 60}


def of(*series: Row, **more: Any) -> Any:
    return dataset(tables=[table(*series, **more)], populations=[PERSONS])


def all_messages(given: Any) -> list[str]:
    rules = (
        *(computed.check_rows_asked_for, computed.check_populations, computed.check_eligible),
        *(
            computed.check_ratios,
            computed.check_figures_of_ratios,
            closings.check_closings,
            computed.check_openings,
        ),
    )
    return [message for rule in rules for message in messages(rule, given)]


@pytest.mark.parametrize(
    ("series", "more"),
    [
        ({"values": months(1, 2)}, {"rows": ["単月", "累計"], "closing": ["計", "平均"]}),
        (
            {"values": months(1, 2), "eligible": 10},
            {"rows": ["単月", "累計", "率"], "closing": ["計", "実施率"]},
        ),
        ({"values": months(1, 2), "population": "kenshin"}, {"rows": ["率"]}),
        ({"values": months(1, 2), "opening": 601}, {"rows": ["単月", "累計"]}),
        ({"values": months(1, 2), "opening": 601}, {"closing": ["累計"]}),
        ({"values": months(97.0, 96.8), "closing": 96.9}, {"unit": "%", "closing": ["累計"]}),
        ({"values": months(97.0, 96.8)}, {"unit": "%", "entered": "累計", "closing": ["累計"]}),
        ({"values": months(97.0, 96.8)}, {"unit": "%", "closing": ["平均"]}),
        ({"values": months(97.0, 96.8), "closing": 96.9}, {"unit": "%", "closing": ["平均"]}),
        ({"values": [None] * 12}, {"unit": "%", "closing": ["累計"]}),  # nothing yet
        ({"closing": 1200}, {"closing": ["計"]}),  # a year of which only the sum is known
        ({"values": months(7.5, 5.7), "closing": 6.5}, {"unit": "時間", "closing": ["平均"]}),
        ({"values": [None] * 12}, {"closing": ["実施率"]}),
        ({"values": months(1), "rows": ["単月"]}, {"rows": ["単月", "率"]}),
    ],
)
def test_what_follows_from_the_entered_figures_is_in_order(series: Row, more: Row) -> None:
    assert all_messages(of(series, **more)) == []


@pytest.mark.parametrize(
    ("series", "more", "found"),
    [
        (
            {},
            {"entered": "累計", "rows": ["単月", "累計"]},
            "は累計を入力しているので、単月の行は印刷できません",
        ),
        ({"rows": ["単月"]}, {"entered": "累計"}, "は累計を入力しているので、単月の行は印刷できません"),
        ({}, {"unit": "%", "rows": ["単月", "累計"]}, "の1か月の数は率なので、累計は計算できません"),
        (
            {"eligible": 5},
            {"unit": "%", "rows": ["率"]},
            "の数はもう率（単位が %）なので、率は計算できません",
        ),
        ({"eligible": 5}, {"unit": "%", "closing": ["実施率"]}, "なので、実施率は計算できません"),
        ({"values": months(1)}, {"rows": ["単月", "率"]}, "の率を計算するための対象者数がありません"),
        ({"rows": ["率"]}, {}, "の率を計算するための対象者数がありません"),
        ({"values": months(1), "eligible": 0}, {"rows": ["率"]}, "の率を計算するための対象者数が0です"),
        (
            {"values": months(1), "population": "kensin"},
            {"rows": ["率"]},
            "の「kensin」という対象者は、kpis.yaml の",
        ),
        (
            {"values": months(1), "population": "kenshin", "eligible": 5},
            {"rows": ["率"]},
            "に、対象者数（eligible）と対象者の id（population）の両方があります",
        ),
        (
            {"values": months(97.0, 96.8)},
            {"unit": "%", "closing": ["累計"]},
            "は率なので、右端の累計を計算できません",
        ),
        (
            {"values": months(97.0, 96.8)},
            {"unit": "%", "closing": ["計"]},
            "は率なので、右端の計を計算できません",
        ),
        (
            {"values": months(1, 2), "closing": 65},
            {"closing": ["計"]},
            "の closing 65 が、計の計算と合いません",
        ),
        (
            {"values": months(1, 2), "closing": 3, "opening": 100},
            {"closing": ["累計"]},
            "の closing 3 が、累計の計算と合いません",
        ),
        ({"part": "a"}, {}, "に、割合の分母（whole）がありません"),
        ({"whole": "a"}, {}, "に、割合の分子（part）がありません"),
    ],
)
def test_what_cannot_be_computed_or_contradicts_is_a_fault(series: Row, more: Row, found: str) -> None:
    rows = [{"label": "甲", "id": "a", "values": months(1)}] if "part" in series or "whole" in series else []
    messages = all_messages(of(*rows, series, **more))
    assert len(messages) == 1
    assert found in messages[0]


@pytest.mark.parametrize(
    ("series", "more", "found"),
    [
        ({"values": months(1, 2)}, {"closing": ["実施率"]}, "の実施率を計算するための対象者数がありません"),
        (
            {"values": months(1, 2), "closing": 3},
            {"closing": ["計"]},
            "の closing は計算できるので要りません",
        ),
        ({"values": months(1, 2), "closing": 3}, {}, "の closing は印刷されません"),
        (
            {"values": months(1), "eligible": 5, "closing": 3},
            {"closing": ["実施率"]},
            "の closing は印刷されません",
        ),
        (
            {"closing": 96.9},
            {"unit": "%", "closing": ["累計", "平均"]},
            "の closing が、累計と平均の欄に同じ数で",
        ),
        ({"values": months(1), "opening": 601}, {}, "の、引き継ぐ数（opening）は使われません"),
        (
            {"values": months(1), "opening": 601},
            {"entered": "累計"},
            "の、引き継ぐ数（opening）は使われません",
        ),
    ],
)
def test_what_is_not_needed_or_left_blank_is_a_warning(series: Row, more: Row, found: str) -> None:
    rules = (computed.check_eligible, closings.check_closings, computed.check_openings)
    findings = [finding for rule in rules for finding in rule(of(series, **more), {})]
    assert [finding.severity for finding in findings] == ["warning"]
    assert found in findings[0].found


def ratio(**changes: Any) -> Any:
    return of(
        {"label": "一般競争", "id": "bids", "values": months(1, 2)},
        {"label": "一者応札", "id": "single", "values": months(0, 1)},
        {"label": "割合", "part": "single", "whole": "bids", **changes},
        closing=["合計"],
    )


def test_a_ratio_of_two_rows_is_in_order_also_where_its_months_are_not_printed() -> None:
    assert all_messages(ratio()) == []
    assert all_messages(ratio(values=["-"] * 12)) == []


@pytest.mark.parametrize(
    ("changes", "found", "remedy"),
    [
        (
            {"part": "singel"},
            "の分子「singel」という id の行は、この表にありません",
            "「single」の書き間違い",
        ),
        ({"whole": "x"}, "の分母「x」という id の行は、この表にありません", "その行に id を付けるか"),
        ({"id": "rate", "part": "rate"}, "の分子「rate」という id の行は、この表にありません", ""),
    ],
)
def test_a_ratio_of_rows_that_are_not_there_is_a_fault(changes: Row, found: str, remedy: str) -> None:
    finding = only(computed.check_ratios, ratio(**changes))
    assert found in finding.found
    assert remedy in finding.remedy


@pytest.mark.parametrize(("key", "value"), [("values", months(5)), ("values", {"4月": 5}), ("closing", 5)])
def test_a_ratio_has_no_figures_of_its_own(key: str, value: Any) -> None:
    places = {f"monthly:checkup.series[3].{key}": Place("monthly.yaml", 12)}
    finding = only(computed.check_figures_of_ratios, ratio(**{key: value}), places)
    assert f"は part と whole から計算するので、{key} に数は書けません" in finding.found
    assert finding.place.line == 12


def test_eligible_persons_that_say_the_same_as_the_population_are_certain_to_go() -> None:
    def mend(eligible: int) -> Edit | None:
        row = {"values": months(1), "population": "kenshin", "eligible": eligible}
        return only(computed.check_populations, of(row)).mend

    assert mend(100) == Edit("monthly:checkup.series[1]", "eligible", None)
    assert mend(99) is None


@pytest.mark.parametrize(
    ("rule", "given", "said"),
    [
        (
            computed.check_rows_asked_for,
            of({"rows": ["単月"]}, entered="累計"),
            "「印刷する行」から 単月 を消すか、1か月の数を入力してシート「月次表」の「入力した数」を 単月 にしてください。",
        ),
        (
            computed.check_populations,
            of({"population": "nobody"}),
            "の行の「nobody」という対象者は、シート「対象者」にありません。一覧から選び直してください。",
        ),
        (
            computed.check_figures_of_ratios,
            ratio(values=months(5)),
            "の行は「分子」と「分母」から計算するので、月の欄に数は書けません。"
            "月ごとの率を印刷しないときだけ、月の欄に - を並べます。その数を消してください。",
        ),
    ],
)
def test_in_a_workbook_sheets_and_columns_are_named(rule: Any, given: Any, said: str) -> None:
    assert in_workbook(only(rule, given)).endswith(said)


def test_a_population_at_fault_is_not_reported_as_missing() -> None:
    given = dataset(tables=[table({"values": months(1), "population": "kenshin"}, rows=["率"])])
    places = {"population:kenshin": Place("kpis.yaml", 5)}
    assert messages(computed.check_populations, given, places) == []
    assert messages(computed.check_eligible, given, places) == []
