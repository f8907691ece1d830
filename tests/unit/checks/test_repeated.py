"""A paragraph that stands twice."""

from __future__ import annotations

import pytest

from handouts.checks.repeated import check_done, check_paragraphs
from handouts.findings import Place
from tests.unit.checks.made import PLAN, dataset, in_workbook, messages, only

LONG = "事業所を訪ねて健診の受診を勧め、申込みの手続きをその場で手伝うこととする。"
OTHER = "広報誌を毎月届け、あわせて電子メールでも同じ内容を知らせることとする。"


def plan(*lines: str) -> str:
    return PLAN + "\n".join(lines) + "\n"


def test_a_long_paragraph_stands_once() -> None:
    finding = only(check_paragraphs, dataset(plan=plan(f"・{LONG}", f"・{OTHER}", f"・{LONG}")))
    assert finding.severity == "warning"
    assert "「事業所を訪ねて健診の受診を勧め、申込みの…」" in finding.found
    assert "{plan:名前}" in finding.remedy
    assert "{plan:計画の呼び名}" in in_workbook(finding)


def test_width_and_blanks_make_no_difference() -> None:
    assert messages(check_paragraphs, dataset(plan=plan(f"・{LONG}", f"・{LONG.replace('、', '、 ')}")))


@pytest.mark.parametrize(
    "lines",
    [
        ("・健診の案内を届ける。", "・健診の案内を届ける。"),  # short
        ("【重要度：高】", f"・{LONG}", "【重要度：高】"),
        (f"・{LONG}（再掲）", f"・{LONG}（再掲）"),
        (f"・{LONG} {{#a}}", "・{plan:a}"),
        (f"・{LONG}", f"（１）{LONG}"),  # what the plan says, and what is done for it
        (f"※{LONG}", f"※{LONG}"),
        (
            "・{population:hi}と{population:hifu}と{kpi:rate}",
            "・{population:hi}と{population:hifu}と{kpi:rate}",
        ),
    ],
)
def test_captions_labels_and_what_is_said_to_be_repeated_may_stand_twice(lines: tuple[str, ...]) -> None:
    assert not messages(check_paragraphs, dataset(plan=plan(*lines)))


def test_two_sections_may_be_important_for_the_same_reason_and_one_only_once() -> None:
    sections = f"１ 甲\n・{OTHER}\n【重要度：高】\n{LONG}\n２ 乙\n・本文\n【重要度：高】\n{LONG}\n"
    assert not messages(check_paragraphs, dataset(plan=f"Ⅰ．基盤\n{sections}"))
    assert messages(check_paragraphs, dataset(plan=f"Ⅰ．基盤\n{sections}{LONG}\n"))


def entries(*texts: str) -> list[dict[str, str]]:
    plans = ("kansho", "shudan", "kohoshi")
    return [{"plan": name, "text": text} for name, text in zip(plans, texts, strict=False)]


def test_a_line_of_what_was_done_stands_once_in_an_entry_and_the_next() -> None:
    within = dataset(entries=entries(f"{LONG}\nよい。\n{LONG}"))
    finding = only(check_done, within, {"progress:kansho.text[3]": Place("progress.yaml", 7)})
    assert finding.place.line == 7
    assert messages(check_done, dataset(entries=entries(f"{LONG}\n甲", f"{LONG}\n乙")))
    assert not messages(check_done, dataset(entries=entries(f"{LONG}\n甲", "乙", f"{LONG}\n丙")))


def test_two_entries_do_not_have_the_same_text_wherever_they_stand() -> None:
    found = messages(check_done, dataset(entries=entries(f"{LONG}\n{OTHER}", "乙", f"{LONG}\n{OTHER}")))
    assert len(found) == 1
    assert "記録「kohoshi」の文が、ほかの記録の文と同じです" in found[0]
    assert not messages(check_done, dataset(entries=entries("実施した。", "実施した。")))
