"""Rules against names that are given twice."""

from __future__ import annotations

import pytest

from handouts.checks import duplicates
from handouts.findings import Place
from tests.unit.checks.made import Row, dataset, messages, only, table

TWICE: dict[str, tuple[str, Row]] = {
    "budget": ("initiatives", {"id": "a", "name": "案内", "topic": "kenshin", "amount": 1000}),
    "field": ("fields", {"id": "a", "name": "健診経費", "amount": 1000}),
    "kpi": ("kpis", {"id": "a", "name": "受診率", "target": 5}),
    "population": (
        "populations",
        {"id": "a", "group": "被保険者", "item": "健診", "eligible": 100, "rate": 60, "planned": 60},
    ),
    "monthly": ("tables", table({}, id="a")),
    "progress": ("entries", {"id": "a", "plan": "kansho", "mark": "○"}),
}


@pytest.mark.parametrize("kind", TWICE)
def test_an_id_given_twice_is_a_fault_at_the_second_place_that_names_the_first(kind: str) -> None:
    key, row = TWICE[kind]
    places = {f"{kind}:a": Place("file", 2), f"{kind}:a#2": Place("file", 6)}
    [message] = messages(duplicates.check_duplicate_ids, dataset(**{key: [row, row]}), places)
    assert message == (
        "file 6行: id「a」が2回使われています（1回目は2行）。"
        "同じ種類の中で、同じ id は1回だけ使えます。どちらかの id を変えてください。"
    )


def test_the_same_id_in_all_kinds_is_in_order() -> None:
    given = dataset(**{key: [row] for key, row in TWICE.values()})
    assert messages(duplicates.check_duplicate_ids, given) == []


def test_an_id_of_two_rows_of_a_table_is_a_fault() -> None:
    places = {f"monthly:checkup.series[{number}]": Place("monthly.yaml", 4 + number) for number in (1, 2, 3)}
    given = dataset(tables=[table({"id": "a"}, {"label": "甲", "id": "b"}, {"label": "乙", "id": "a"})])
    finding = only(duplicates.check_duplicate_series, given, places)
    assert str(finding).startswith(
        "monthly.yaml 7行: 表「健診の受診者数」の行の id「a」が2回使われています（1回目は5行）"
    )


def test_rows_of_two_tables_may_have_the_same_id() -> None:
    given = dataset(tables=[table({"id": "a"}), table({"id": "a"}, id="other")])
    assert messages(duplicates.check_duplicate_series, given) == []


def test_an_id_of_two_lines_is_a_fault_wherever_they_stand() -> None:
    entries = [
        {"plan": "kansho", "text": "・甲 {#kou}\n・乙 {#otsu}"},
        {"plan": "shudan", "text": "・丙\n・丁 {#kou}"},
    ]
    places = {
        "progress:kansho.text[1]": Place("progress.yaml", 4),
        "progress:shudan.text[2]": Place("progress.yaml", 9),
    }
    finding = only(duplicates.check_duplicate_lines, dataset(entries=entries), places)
    assert str(finding) == (
        "progress.yaml 9行: 文の id「kou」が2回使われています（1回目は4行）。"
        "実施状況の文の中で、同じ id は1回だけ使えます。どちらかの {#名前} を変えてください。"
    )


def test_an_id_of_two_lines_of_one_text_is_a_fault_once() -> None:
    entries = [{"plan": "kansho", "text": "・甲 {#kou}\n・乙 {#kou}"}]
    assert len(messages(duplicates.check_duplicate_lines, dataset(entries=entries))) == 1


def test_two_items_of_one_heading_are_a_fault_also_where_one_is_named_by_its_words() -> None:
    items = [
        {"heading": "kenshin", "badge": "甲"},
        {"heading": "１ 健診", "badge": "乙"},
        {"heading": "koho"},
    ]
    finding = only(
        duplicates.check_duplicate_items, dataset(items=items), {"item:kenshin": Place("progress.yaml", 2)}
    )
    assert finding.found == "見出し「kenshin」の事業が2回書かれています（1回目は2行）"
