"""Rules on what an entry says: its text, mark and rank, and the tables and KPIs that entries print."""

from __future__ import annotations

from typing import Any

import pytest

from handouts.checks import progress
from handouts.findings import Edit, Place
from tests.unit.checks.made import Row, dataset, in_workbook, messages, only, table

RATE: Row = {"id": "rate", "name": "受診率", "target": 60, "actuals": {"R3": 61}}


def of(*entries: Row, **more: Any) -> Any:
    return dataset(entries=list(entries), **more)


# Texts


@pytest.mark.parametrize(
    ("lines", "line", "found"),
    [
        (["・甲", "```", "a | b", "1 | 2"], 2, "表の始まりの「```」に、終わりの「```」がありません"),
        (["```", "a | b", "1", "```"], 3, "表のこの行は1欄です"),
        (["・甲", "・乙 {#Otsu}"], 2, "id「Otsu」は使えません"),
        (["```表"], 1, "「```表」は表の区切りになりません"),
    ],
)
def test_a_fault_of_a_text_stands_at_its_line_in_the_file(lines: list[str], line: int, found: str) -> None:
    places = {"progress:kansho.text": Place("progress.yaml", 10, 11, "entries[2].text")} | {
        f"progress:kansho.text[{number}]": Place("progress.yaml", 10 + number, None, "entries[2].text")
        for number in range(1, 5)
    }
    finding = only(progress.check_texts, of({"plan": "kansho", "text": "\n".join(lines)}), places)
    assert str(finding).startswith(f"progress.yaml {10 + line}行（entries[2].text）: {found}")
    assert finding.severity == "error"


def test_a_text_in_order_has_no_finding() -> None:
    text = "・甲 {#kou}\n\n```\na | b\n1 |\n```\n※乙"
    assert messages(progress.check_texts, of({"plan": "kansho", "text": text})) == []


# Contents


def test_an_entry_that_says_nothing_is_a_warning() -> None:
    finding = only(progress.check_entry_contents, of({"plan": "kansho", "text": " \n"}))
    assert finding.found == "記録「kansho」に、文も印も表もありません"
    assert finding.severity == "warning"


def test_a_measure_without_a_mark_is_a_warning() -> None:
    given = of({"plan": "kansho", "text": "・甲"}, {"plan": "shudan", "mark": "○"})
    finding = only(progress.check_entry_contents, given)
    assert finding.found == "記録「kansho」に印がありません"
    assert finding.severity == "warning"


@pytest.mark.parametrize(
    "rows",
    [
        [{"plan": "kansho", "text": "・甲"}, {"plan": "shudan", "kpi": "rate"}],
        [{"plan": "kansho", "text": "・甲"}, {"kpi": "rate"}],
        [{"plan": "kansho", "mark": "□"}],
        [{"plan": "kansho", "mark": "○"}, {"monthly": ["checkup"]}],  # a further row of the item
    ],
)
def test_a_measure_that_its_kpi_stands_for_needs_no_mark(rows: list[Row]) -> None:
    assert messages(progress.check_entry_contents, of(*rows, kpis=[RATE])) == []


def test_the_kpi_of_another_item_does_not_stand_for_a_measure() -> None:
    given = of({"plan": "shudan", "text": "・甲"}, {"plan": "kohoshi", "kpi": "rate"}, kpis=[RATE])
    assert len(messages(progress.check_entry_contents, given)) == 1


def test_sections_of_the_results_have_no_mark() -> None:
    assert (
        messages(progress.check_entry_contents, of({"plan": "kenshin", "text": "・甲"}, kind="results")) == []
    )


# Marks


def test_a_mark_that_differs_from_that_of_the_kpi_without_a_reason_is_a_warning() -> None:
    finding = only(
        progress.check_entry_marks, of({"plan": "kansho", "kpi": "rate", "mark": "△"}, kpis=[RATE])
    )
    assert finding.found == "記録「kansho」の印 △ が、目標と実績から決まる ◎ と違います"
    assert finding.severity == "warning"


@pytest.mark.parametrize(
    "fields", [{"mark": "◎"}, {"mark": "△", "mark_reason": "年度の途中"}, {}, {"kpi": None, "mark": "△"}]
)
def test_a_mark_that_agrees_or_has_a_reason_is_in_order(fields: Row) -> None:
    given = of({"plan": "kansho", "kpi": "rate", **fields}, kpis=[RATE])
    assert messages(progress.check_entry_marks, given) == []


def test_a_reason_without_a_mark_is_a_warning() -> None:
    finding = only(progress.check_entry_marks, of({"plan": "kansho", "mark_reason": "年度の途中"}))
    assert "印の理由（mark_reason）がありますが、印（mark）がありません" in finding.found


# Ranks


def test_the_rank_of_a_kpi_stands_with_the_kpi() -> None:
    finding = only(progress.check_entry_ranks, of({"plan": "kansho", "kpi": "rate", "rank": 3}, kpis=[RATE]))
    assert finding.found == "記録「kansho」は KPI なので、全国順位は書けません"
    assert finding.severity == "error"


@pytest.mark.parametrize(
    ("rank", "mend"), [(3, Edit("progress:kansho", "rank", None)), (4, None), (None, None)]
)
def test_a_rank_that_the_kpi_has_too_is_certain_to_go(rank: int | None, mend: Edit | None) -> None:
    entry = {"plan": "kansho", "kpi": "rate", "rank": 3}
    assert only(progress.check_entry_ranks, of(entry, kpis=[{**RATE, "rank": rank}])).mend == mend


@pytest.mark.parametrize("row", [{"rank": 3}, {"kpi": "rate"}])
def test_a_slash_beside_a_rank_is_a_fault(row: Row) -> None:
    given = of({"plan": "kansho", "slash": True, **row}, kpis=[{**RATE, "rank": 3}])
    assert "には全国順位があるのに、斜線（slash）も" in only(progress.check_entry_ranks, given).found


def test_a_rank_or_a_slash_alone_is_in_order() -> None:
    assert (
        messages(progress.check_entry_ranks, of({"rank": 3}, {"slash": True}, {"kpi": "rate"}, kpis=[RATE]))
        == []
    )


# What no entry prints


def test_a_table_that_no_entry_prints_is_a_warning() -> None:
    given = of({"plan": "kansho", "mark": "○"}, tables=[table({})])
    finding = only(progress.check_unprinted, given)
    assert finding.found == "表「健診の受診者数」はどの記録にもないので、印刷されません"
    assert (finding.severity, "monthly: [checkup]" in finding.remedy) == ("warning", True)


def test_a_kpi_that_no_entry_is_about_is_a_warning_in_progress_alone() -> None:
    row = {"plan": "kenshin", "mark": "○"}
    finding = only(progress.check_unprinted, of(row, kpis=[RATE]))
    assert finding.found == "KPI「受診率」はどの記録にもないので、印も集計もありません"
    assert finding.severity == "warning"
    assert messages(progress.check_unprinted, of(row, kpis=[RATE], kind="results")) == []


def test_a_kpi_with_two_entries_is_a_warning_since_the_tally_counts_it_twice() -> None:
    rows = [{"plan": "kansho", "kpi": "rate"}, {"plan": "shudan", "kpi": "rate"}]
    finding = only(progress.check_unprinted, of(*rows, kpis=[RATE]))
    assert finding.found == "KPI「受診率」の記録が2つあり、集計で2件と数えられます"
    assert finding.severity == "warning"


@pytest.mark.parametrize("places", [{}, {"progress:koho": Place("progress.yaml", 2)}])
def test_nothing_is_unprinted_where_entries_are_not_known(places: dict[str, Place]) -> None:
    rows = [{"plan": "kansho", "mark": "○"}] if places else []
    assert messages(progress.check_unprinted, of(*rows, kpis=[RATE], tables=[table({})]), places) == []


def test_what_entries_print_is_in_order() -> None:
    given = of({"plan": "kansho", "kpi": "rate", "monthly": ["checkup"]}, kpis=[RATE], tables=[table({})])
    assert messages(progress.check_unprinted, given) == []


# In a workbook


@pytest.mark.parametrize(
    ("rule", "given", "said"),
    [
        (
            progress.check_texts,
            of({"plan": "kansho", "text": "・甲\n```\na | b\n1\n```"}),
            "文の4行目の、表の行は1欄です。見出しの行に合わせて、どの行も2欄です。"
            "「|」の数を見出しの行とそろえてください（空の欄も「|」で区切ります）。",
        ),
        (
            progress.check_entry_ranks,
            of({"plan": "kansho", "kpi": "rate", "rank": 3}, kpis=[RATE]),
            "記録「（１）受診を勧める。」は KPI なので、全国順位は書けません。KPI の全国順位はシート「KPI」に書きます。"
            "シート「KPI」の「全国順位」に移してください。",
        ),
        (
            progress.check_unprinted,
            of({"plan": "kansho", "mark": "○"}, tables=[table({})]),
            "表「健診の受診者数」はどの記録にもないので、印刷されません。"
            "シート「進捗」で、載せたい記録の「月別の表」に「健診の受診者数」と書くか、要らなければ消してください。",
        ),
        (
            progress.check_unprinted,
            of({"plan": "kansho", "mark": "○"}, kpis=[RATE]),
            "KPI「受診率」はどの記録にもないので、印も集計もありません。"
            "シート「進捗」で、その施策の記録の「KPI」に「受診率」と書いてください。",
        ),
        (
            progress.check_unprinted,
            of({"plan": "kansho", "kpi": "rate"}, {"plan": "shudan", "kpi": "rate"}, kpis=[RATE]),
            "KPI「受診率」の記録が2つあり、集計で2件と数えられます。"
            "シート「進捗」の「KPI」は1つの記録だけに書いてください。",
        ),
    ],
)
def test_in_a_workbook_sheets_columns_and_lines_of_a_cell_are_named(rule: Any, given: Any, said: str) -> None:
    assert in_workbook(only(rule, given)) == said
