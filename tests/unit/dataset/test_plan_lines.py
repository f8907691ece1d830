"""Lines of plan.md: label, text and id, backslashes, blanks and control characters."""

from __future__ import annotations

import pytest

from handouts.dataset.plan import Kind
from handouts.dataset.plan_lines import PLAN_IDS, read_lines, split_line
from handouts.dataset.plan_text import parse_plan
from tests.unit.dataset.plans import USUAL, faults, labels, paragraphs


@pytest.mark.parametrize("text", ["2029年度末まで", "6年度から", "10月から", "3割"])
def test_the_figure_behind_a_note_mark_belongs_to_the_text(text: str) -> None:
    assert split_line(f"※{text}", ()).text == text


def test_a_line_is_taken_apart_into_label_kpi_number_and_text() -> None:
    split = split_line("■ KPI：１） 受診率を60%以上とする", ())
    assert (split.label_text, split.text) == ("■ KPI：１） ", "受診率を60%以上とする")
    assert split.kpi_number is not None
    assert split.kpi_number.number == 1


@pytest.mark.parametrize(
    ("line", "text", "is_body"),
    [("\\①のとおり", "①のとおり", True), ("①\\～③の取組", "～③の取組", False), ("\\\\円", "\\円", True)],
)
def test_a_backslash_makes_text_of_what_follows(line: str, text: str, is_body: bool) -> None:
    split = split_line(line, ())
    assert (split.text, split.is_body) == (text, is_body)


def test_a_head_alone_on_its_line_belongs_to_the_next() -> None:
    assert labels("■KPI：", "1) 受診率", "2) 取得率") == ["■KPI：1) ", "2) "]


@pytest.mark.parametrize("name", ["A", "1a", "a_b", "あ", "a" * 25, "", "-a", "a-"])
def test_a_broken_id_is_a_fault(name: str) -> None:
    assert f"id「{name}」は使えません" in faults(f"本文 {{#{name}}}")[0]


def test_where_ids_stand_is_said_of_a_plan_and_of_other_texts() -> None:
    assert "行の終わりに {#名前} を1つだけ" in read_lines("甲 {#A}", "r7.xlsx")[1][0].remedy
    assert read_lines("甲 {#A}", "r7.xlsx", PLAN_IDS)[1][0].remedy == "id の列に1つだけ書いてください"


@pytest.mark.parametrize("char", ["\x00", "\x0b", "\x1b", "\x7f", "\x85", "\u2028", "\ufffe", "\ud800"])
def test_a_control_character_is_a_fault_that_names_it(char: str) -> None:
    assert f"U+{ord(char):04X}" in faults(f"一{char}二{char}")[0]


def test_blanks_around_lines_and_behind_labels_do_not_count() -> None:
    text = "\ufeff\u3000Ⅰ．\u00a0柱 \r\n\r\n\f１\t節\u200b\r\n　　本文を\t書く。\u3000\n"
    found = parse_plan(text, USUAL, "plan.md").plan.paragraphs
    assert [paragraph.text for paragraph in found] == ["柱", "節", "本文を 書く。"]
    assert [paragraph.line for paragraph in found] == [1, 3, 4]


def test_blanks_in_the_text_and_the_width_of_characters_are_kept() -> None:
    assert paragraphs("・ＤＸの　推進 ㈱ ｶﾅ")[0].text == "ＤＸの　推進 ㈱ ｶﾅ"


def test_a_backslash_makes_text_of_a_line() -> None:
    found = paragraphs("Ⅰ．柱", "\\①のとおり")[1]
    assert (found.kind, found.label, found.text) == (Kind.BODY, "", "①のとおり")


def test_a_backslash_keeps_an_id_as_text() -> None:
    found = paragraphs("書き方は \\{#a}")[0]
    assert (found.text, found.has_written_id) == ("書き方は {#a}", False)
