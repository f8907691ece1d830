"""Rules on where entries stand in the plan."""

from __future__ import annotations

from typing import Any

import pytest

from handouts.checks import items
from handouts.findings import Place
from tests.unit.checks.made import PLAN, Row, dataset, in_workbook, messages, only


def of(*entries: Row, **more: Any) -> Any:
    return dataset(entries=list(entries), **more)


def plans(*names: str) -> list[Row]:
    return [{"plan": name, "mark": "○"} for name in names]


# In an item


def test_the_first_entry_needs_a_paragraph_and_later_ones_may_go_on() -> None:
    finding = only(items.check_entry_places, of({"mark": "○"}, *plans("kansho")))
    assert finding.found == "最初の記録に、計画の段落（plan）がありません"
    assert finding.severity == "error"
    assert messages(items.check_entry_places, of(*plans("kansho"), {"mark": "○"})) == []


def test_in_a_workbook_the_first_entry_needs_a_paragraph_of_the_list() -> None:
    assert in_workbook(only(items.check_entry_places, of({"mark": "○"}))) == (
        "最初の記録に、計画の段落がありません。「計画の段落」のない記録は、前の記録と同じ事業の続きです。"
        "「計画の段落」で、計画の段落を一覧から選んでください。"
    )


def test_in_a_workbook_paragraphs_are_called_by_their_words() -> None:
    [above, double] = [
        in_workbook(only(items.check_order, of(*plans(*names))))
        for names in (("shudan", "kansho"), ("kansho",) * 2)
    ]
    assert above.startswith(
        "「（１）受診を勧める。」は、計画では前の記録の「（２）集団健診を開く。」より前にあります"
    )
    assert double.startswith("計画の「（１）受診を勧める。」の記録が2つあります")
    below = in_workbook(only(items.check_entry_places, of(*plans("kansho"), kind="results")))
    assert "その上の見出し: 「１ 健診」。" in below
    assert "id" not in below


def test_an_entry_after_one_at_fault_is_not_the_first() -> None:
    places = {"progress:kansho": Place("progress.yaml", 2)}
    assert messages(items.check_entry_places, of({"id": "more", "mark": "○"}), places) == []


@pytest.mark.parametrize("plan", ["kiban", "mae", "sugu"])
def test_an_entry_that_is_in_no_item_is_a_fault(plan: str) -> None:
    text = f"はじめに。 {{#mae}}\n{PLAN.replace('１ 健診', 'すぐ下の文。 {#sugu}' + chr(10) + '１ 健診', 1)}"
    places = {"progress:kansho.plan": Place("progress.yaml", 5)}
    finding = only(items.check_entry_places, of(*plans(plan), plan=text), places)
    assert f"「{plan}」は分野か、そのすぐ下の段落で、どの事業にも入りません" in finding.found
    assert finding.severity == "error"


def test_a_section_of_the_results_is_a_heading() -> None:
    finding = only(items.check_entry_places, of(*plans("kansho"), kind="results"))
    assert finding.found == "「kansho」は見出しではありません"
    assert finding.allowed == "その上の見出し: 「１ 健診」（id: kenshin）"
    assert finding.severity == "warning"
    assert (
        only(items.check_entry_places, of(*plans("mae"), plan="はじめに。 {#mae}", kind="results")).allowed
        == ""
    )
    assert messages(items.check_entry_places, of(*plans("kenshin"), kind="results")) == []
    assert messages(items.check_entry_places, of(*plans("kenshin"), kind="progress")) == []


# In order


def test_entries_in_the_order_of_the_plan_are_in_order() -> None:
    assert messages(items.check_order, of(*plans("kansho"), {"mark": "○"}, *plans("shudan", "kohoshi"))) == []


def test_an_entry_out_of_order_is_a_fault_at_its_place() -> None:
    places = {"progress:kansho.plan": Place("progress.yaml", 9, 11, "entries[2].plan")}
    finding = only(items.check_order, of(*plans("shudan", "kansho", "kohoshi")), places)
    assert str(finding) == (
        "progress.yaml 9行11文字目（entries[2].plan）: 「kansho」は、計画では前の記録の「shudan」より前にあります。"
        "記録は計画の順に並べます。この記録を前に移してください。"
    )
    assert finding.severity == "error"


def test_a_paragraph_with_two_entries_is_a_fault_that_names_the_first() -> None:
    places = {"progress:kansho": Place("progress.yaml", 2)}
    finding = only(items.check_order, of(*plans("kansho", "shudan", "kansho")), places)
    assert finding.found == "計画の「kansho」の記録が2つあります（1つ目は2行）"
    assert finding.severity == "error"


# None left out


def test_an_item_without_an_entry_is_a_warning_in_the_plan() -> None:
    finding = only(items.check_items_without_entry, of(*plans("kansho")), {"plan:koho": Place("plan.md", 5)})
    assert str(finding).startswith("plan.md 5行: 見出し「２ 広報」の実施状況がありません。")
    assert finding.severity == "warning"


@pytest.mark.parametrize("names", [("kansho", "kohoshi"), ("kenshin", "koho"), ("shudan", "koho")])
def test_an_entry_on_the_heading_or_on_any_paragraph_is_enough(names: tuple[str, ...]) -> None:
    assert messages(items.check_items_without_entry, of(*plans(*names))) == []


def test_progress_without_any_entry_is_one_warning() -> None:
    finding = only(items.check_items_without_entry, of())
    assert str(finding).startswith("progress.yaml: 実施状況の記録が1件もありません")
    assert messages(items.check_items_without_entry, of(kind="plan")) == []


def test_progress_without_any_entry_is_said_of_the_sheet_to_who_has_a_workbook() -> None:
    sheet = Place("a.xlsx", cell="進捗!A3")
    finding = only(items.check_items_without_entry, of(), {"progress:": sheet})
    assert str(finding).startswith("a.xlsx 進捗!A3: 実施状況の記録が1件もありません。シート「進捗」に")


def test_nothing_is_missed_where_an_entry_is_at_fault() -> None:
    assert messages(items.check_items_without_entry, of(), {"progress:koho": Place("progress.yaml", 2)}) == []


SECTIONS = """\
Ⅰ．基盤
１ 計画 {#keikaku}
上位の目標。
（１）健診 {#kenshin}
・受診を勧める。
（２）指導 {#shido}
・指導を勧める。
"""


@pytest.mark.parametrize(
    ("names", "missing"), [(("keikaku",), []), (("kenshin",), ["（２）指導"]), (("kenshin", "shido"), [])]
)
def test_a_section_of_the_results_may_be_reported_as_a_whole_or_in_its_parts(
    names: tuple[str, ...], missing: list[str]
) -> None:
    found = messages(items.check_items_without_entry, of(*plans(*names), kind="results", plan=SECTIONS))
    assert [message.split("「")[1].split("」")[0] for message in found] == missing


def test_a_group_that_has_only_items_needs_no_entry() -> None:
    plan = "Ⅰ．基盤\n１ 群 {#gun}\n（１）健診 {#kenshin}\n・受診を勧める。\n"
    assert messages(items.check_items_without_entry, of(*plans("kenshin"), plan=plan)) == []


# Text in no item
