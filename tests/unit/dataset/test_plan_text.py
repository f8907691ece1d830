"""The natural-numbering grammar: what is read from plan.md, and that it is written back the same."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.dataset.model import ID_LENGTH, Kind, NumberingStyle, Paragraph, Plan
from handouts.dataset.outline import blocks, headings, owners
from handouts.dataset.plan_text import ParsedPlan, parse_plan, print_plan
from handouts.errors import DataFaults, Finding

USUAL = NumberingStyle()
PILLARS_AND_SECTIONS = NumberingStyle(levels=("１．", "１．", "（１）", "Ａ．"), kpi="１）")
CIRCLES = NumberingStyle(levels=("1. ", "○ ", "① ", "i) "), bullet="・ ")
SHARED_BY_KPIS = NumberingStyle(kpi="① ")


def parse(*lines: str, style: NumberingStyle = USUAL) -> ParsedPlan:
    return parse_plan("\n".join(lines), style, "plan.md")


def paragraphs(*lines: str, style: NumberingStyle = USUAL) -> tuple[Paragraph, ...]:
    return parse(*lines, style=style).plan.paragraphs


def kinds(*lines: str, style: NumberingStyle = USUAL) -> list[str]:
    return [paragraph.kind.value for paragraph in paragraphs(*lines, style=style)]


def labels(*lines: str, style: NumberingStyle = USUAL) -> list[str]:
    return [paragraph.label for paragraph in paragraphs(*lines, style=style)]


def levels(*lines: str, style: NumberingStyle = USUAL) -> list[int]:
    return [paragraph.level for paragraph in paragraphs(*lines, style=style)]


def paths(*lines: str, style: NumberingStyle = USUAL) -> list[str]:
    return [heading.path for heading in headings(parse(*lines, style=style).plan)]


def faults(text: str, style: NumberingStyle = USUAL) -> list[str]:
    with pytest.raises(DataFaults) as caught:
        parse_plan(text, style, "plan.md")
    assert all(isinstance(finding, Finding) for finding in caught.value.findings)
    return [str(finding) for finding in caught.value.findings]


def test_labels_are_printed_from_the_style_and_not_copied() -> None:
    assert labels("I. 柱", "1. 節", "(1) 項", "①小項を進める。", "ア)細目") == [
        "Ⅰ．",
        "１ ",
        "（１）",
        "① ",
        "ア ",
    ]


def test_labels_in_another_form_are_no_finding() -> None:
    assert parse("I. 柱", "1. 節", "(1) 項").findings == ()


def test_labels_number_on_behind_an_inserted_paragraph_and_say_so() -> None:
    parsed = parse("Ⅰ．柱", "① 甲", "② 乙", "② 丙", "③ 丁")
    assert [paragraph.label for paragraph in parsed.plan.paragraphs[1:]] == ["① ", "② ", "③ ", "④ "]
    assert [(finding.place.line, finding.severity) for finding in parsed.findings] == [
        (4, "warning"),
        (5, "warning"),
    ]
    assert "「②」は順番では「③」です" in str(parsed.findings[0])


def test_labels_begin_anew_under_another_heading() -> None:
    assert labels("Ⅰ．柱", "１ 甲", "２ 乙", "Ⅱ．柱", "１ 丙")[1:] == ["１ ", "２ ", "Ⅱ．", "１ "]


def test_labels_begin_anew_where_the_first_number_is_typed() -> None:
    assert labels("Ⅰ．柱", "① 甲", "② 乙", "表", "① 丙")[1:] == ["① ", "② ", "", "① "]


def test_labels_count_on_where_the_first_number_is_typed_for_each() -> None:
    assert labels("① 甲", "① 乙", "① 丙") == ["① ", "② ", "③ "]


def test_labels_that_the_style_lacks_stay_text_with_a_finding_that_lists_the_known_ones() -> None:
    parsed = parse("Ⅰ．柱", "Ａ．案内の送付")
    assert parsed.plan.paragraphs[1].kind is Kind.BODY
    assert parsed.plan.paragraphs[1].text == "Ａ．案内の送付"
    assert "「Ⅰ．」「１」「（１）」「①」「ア」「・」" in str(parsed.findings[0])


def test_labels_past_the_last_of_the_family_are_a_fault() -> None:
    assert "50まで" in faults("\n".join(["⑤ 甲"] * 51))[0]


def test_labels_that_cannot_be_told_from_roman_numerals_are_a_fault() -> None:
    style = NumberingStyle(levels=("Ⅰ．", "Ａ．"))
    assert "ローマ数字" in faults("Ⅰ．柱\n" + "\n".join(["Ｂ．甲"] * 9), style)[0]


def test_a_first_number_below_a_pillar_opens_the_deeper_level() -> None:
    assert levels("１．柱", "１．節", "２．節", style=PILLARS_AND_SECTIONS) == [1, 2, 2]


def test_a_number_that_only_the_outer_list_continues_closes_the_deeper_one() -> None:
    lines = ["１．柱", "１．節", "２．節", "３．節", "２．柱", "１．節", "２．節", "３．柱"]
    assert levels(*lines, style=PILLARS_AND_SECTIONS) == [1, 2, 2, 2, 1, 2, 2, 2]
    # The third pillar would go on with the sections; with a third section in between it does not.
    assert levels(*lines[:-1], "３．節", "３．柱", style=PILLARS_AND_SECTIONS)[-2:] == [2, 1]


def test_the_form_decides_where_both_lists_go_on() -> None:
    style = NumberingStyle(levels=("１．", "1 ", "①"))
    assert levels("１．柱", "1 節", "２．柱", "1 節", "2 節", style=style) == [1, 2, 1, 2, 2]


def test_headings_of_level_one_are_never_items() -> None:
    assert kinds("Ⅰ．柱を立てる。") == ["heading"]


def test_headings_of_level_two_do_not_end_like_a_sentence() -> None:
    assert kinds("Ⅰ．柱", "１ 節", "２ 窓口を整える。") == ["heading", "heading", "item"]


@pytest.mark.parametrize("below", ["本文を書く。", "・箇条", "◆独自事業", "① 小項", "ア 細目"])
def test_headings_of_level_three_have_something_beneath_them(below: str) -> None:
    assert kinds("Ⅰ．柱", "１ 節", "（１）項", below)[2] == "heading"


@pytest.mark.parametrize(
    "beside", ["（２）項", "【重要度：高】", "■KPI：件数", "■被保険者（10人）", "※注", "２ 節"]
)
def test_items_at_level_three_have_nothing_beneath_them(beside: str) -> None:
    assert kinds("Ⅰ．柱", "１ 節", "（１）項", beside)[2] == "item"


def test_headings_may_have_their_list_behind_kpis_and_captions() -> None:
    lines = ["（１）項", "■KPI：件数を増やす", "【具体的取組】", "①案内を送る。"]
    assert kinds(*lines) == ["heading", "kpi", "caption", "item"]


def test_headings_are_never_of_the_fifth_level() -> None:
    assert kinds("① 小項", "ア 細目", "本文を書く。") == ["heading", "item", "body"]


def test_a_circle_or_a_diamond_always_makes_a_heading() -> None:
    lines = ["1. 柱", "○ 節を立てる。", "◆ 独自事業", "・箇条"]
    assert kinds(*lines, style=CIRCLES) == ["heading", "heading", "heading", "bullet"]


def test_diamonds_stand_one_below_the_heading_above_and_beside_each_other() -> None:
    lines = ["1. 柱", "○ 節", "◆ 独自", "・箇条", "◆ 独自", "① 項", "・箇条", "◆ 独自", "② 項"]
    assert levels(*lines, style=CIRCLES) == [1, 2, 3, 3, 3, 3, 3, 4, 3]


def test_headings_without_number_push_the_list_beneath_them_one_level_down() -> None:
    lines = [
        "（１）項",
        "後発医薬品の使用",
        "① 医療機関",
        "本文を書く。",
        "② 加入者",
        "（２）項",
        "① 小項",
        "本文",
    ]
    assert kinds(*lines)[:5] == ["heading", "heading", "item", "body", "item"]
    assert levels(*lines) == [3, 4, 5, 4, 5, 3, 4, 4]


@pytest.mark.parametrize("line", ["次の事業を進める。", "\\後発医薬品の使用", "長い行" + "い" * 40])
def test_headings_without_number_are_short_and_no_sentence_and_not_said_to_be_text(line: str) -> None:
    assert kinds("（１）項", line, "① 小項") == ["heading", "body", "item"]


def test_what_follows_the_importance_is_its_reason_until_a_label() -> None:
    lines = [
        "【重要度: 高】",
        "理由を書く。",
        "また、理由を書く。",
        "【困難度：高】理由を書く。",
        "※注",
        "本文を書く。",
    ]
    assert kinds(*lines) == ["importance", "reason", "reason", "difficulty", "note", "body"]
    assert paragraphs(*lines)[0].label == "【重要度：高】"
    assert paragraphs(*lines)[3].text == "理由を書く。"


def test_kpis_go_on_behind_notes() -> None:
    lines = ["■ KPI : 1）受診率（※）", "（※）分母は対象者", "2）取得率"]
    assert kinds(*lines) == ["kpi", "note", "kpi"]
    assert labels(*lines) == ["■KPI：1) ", "（※）", "2) "]


def test_a_single_kpi_bears_only_the_head() -> None:
    assert labels("■KPI：受診率", "【KPI】取得率") == ["■KPI：", "■KPI："]


def test_a_head_alone_on_its_line_belongs_to_the_next() -> None:
    assert labels("■KPI：", "1) 受診率", "2) 取得率") == ["■KPI：1) ", "2) "]


def test_heads_with_running_numbers_keep_them() -> None:
    assert labels("【KPI】① 受診率", "【KPI】② 取得率") == ["■KPI：1) ", "■KPI：2) "]


def test_odd_numbers_of_kpis_stay_in_the_text() -> None:
    found = paragraphs("■KPI：1-1) 委員の割合", "1-2) 委員の数")
    assert [(kpi.label, kpi.text) for kpi in found] == [
        ("■KPI：", "1-1) 委員の割合"),
        ("", "1-2) 委員の数"),
    ]
    assert {kpi.kind for kpi in found} == {Kind.KPI}


def test_kpis_with_the_labels_of_items_go_on_only_with_the_next_number() -> None:
    lines = ["（１）項", "① 案内", "② 訪問", "■KPI：① 件数", "② 割合", "① 電話"]
    assert kinds(*lines, style=SHARED_BY_KPIS)[3:] == ["kpi", "kpi", "item"]


def test_a_kpi_without_number_begins_no_list() -> None:
    lines = ["（１）項", "① 案内", "■KPI：件数", "② 訪問"]
    assert kinds(*lines, style=SHARED_BY_KPIS)[2:] == ["kpi", "item"]


def test_lines_under_a_group_are_its_details() -> None:
    lines = ["■被保険者（10人）", "・健診 60%", "（内訳）本人", "■ KPI：受診率", "・箇条"]
    assert kinds(*lines) == ["group", "detail", "detail", "kpi", "bullet"]


def test_marks_without_a_style_keep_what_was_typed() -> None:
    assert labels("※1 注", "● 対象者", "◆独自") == ["※1 ", "● ", "◆"]


def test_the_paragraphs_of_a_block_hang_together() -> None:
    lines = [
        "１ 節",
        "※注",
        "【重要度：高】",
        "理由",
        "■KPI：1) 甲",
        "2) 乙",
        "※注",
        "■対象者",
        "・健診",
        "■KPI：丙",
    ]
    found = blocks(parse(*lines).plan)
    assert [1 + len(block.rest) for block in found] == [1, 1, 2, 3, 2, 1]


def test_paths_do_not_depend_on_the_form_of_the_labels() -> None:
    lines = ["II. 柱", "２．節", "（１） 項", "① 小項", "本文"]
    assert paths(*lines) == ["Ⅰ", "Ⅰ-1", "Ⅰ-1-(1)", "Ⅰ-1-(1)-①"]


def test_circles_are_counted_in_their_pillar() -> None:
    lines = ["1. 柱", "○ 節", "○ 節", "① 項", "i) 小項", "・箇条", "◆ 独自", "2. 柱", "○ 節"]
    expected = ["1", "1-○1", "1-○2", "1-○2-①", "1-○2-①-i)", "1-○2-①-i)-◆", "2", "2-○1"]
    assert paths(*lines, style=CIRCLES) == expected


def test_a_heading_without_number_has_a_dot_and_a_second_one_of_the_same_path_a_count() -> None:
    assert paths("（１）項", "題", "① 小項") == ["(1)", "(1)-・"]
    assert paths("○ 節", "◆ 甲", "◆ 乙", style=CIRCLES) == ["○1", "○1-◆", "○1-◆#2"]


def test_every_paragraph_has_the_heading_it_stands_under() -> None:
    plan = parse(
        "前書き", "Ⅰ．柱 {#a}", "１ 節 {#b}", "本文を書く。 {#c}", "（１）項目を進める。 {#d}", "Ⅱ．柱 {#e}"
    ).plan
    owning = owners(plan)
    assert {name: owning[name] for name in "abcde"} == {
        "a": None,
        "b": "a",
        "c": "b",
        "d": "b",
        "e": None,
    }
    assert owning[plan.paragraphs[0].id] is None
    assert [paragraph.level for paragraph in plan.paragraphs] == [0, 1, 2, 2, 3, 1]


def test_written_ids_are_kept_and_others_made() -> None:
    first, second = paragraphs("Ⅰ．柱 {#pillar-1}", "本文を書く。")
    assert (first.id, first.text, first.has_written_id) == ("pillar-1", "柱", True)
    assert not second.has_written_id
    assert second.id.startswith("p")
    assert len(second.id) <= ID_LENGTH


def test_ids_outlast_changes_of_other_paragraphs() -> None:
    before = {
        paragraph.text: paragraph.id
        for paragraph in paragraphs("Ⅰ．柱", "① 案内", "② 訪問", "【重要度：高】")
    }
    after = {
        paragraph.text: paragraph.id
        for paragraph in paragraphs("Ⅰ．柱", "【困難度：高】", "・新規", "① 訪問", "【重要度：高】")
    }
    assert after["訪問"] == before["訪問"]
    assert after["柱"] == before["柱"]
    assert after[""] == before[""]


def test_ids_do_not_depend_on_width_and_blanks() -> None:
    assert paragraphs("① ＤＸの 推進")[0].id == paragraphs("・DXの推進")[0].id


def test_ids_of_equal_paragraphs_differ() -> None:
    one, two, three = (paragraph.id for paragraph in paragraphs("同じ", "同じ", "同じ"))
    assert (two, three) == (f"{one}-2", f"{one}-3")


def test_made_ids_give_way_to_written_ones() -> None:
    made = paragraphs("同じ")[0].id
    assert [paragraph.id for paragraph in paragraphs("同じ", f"別の行 {{#{made}}}")] == [
        f"{made}-2",
        made,
    ]


def test_ids_of_repeated_marks_belong_to_their_heading() -> None:
    short = paragraphs("○ 乙", "◆ 独自", style=CIRCLES)
    longer = paragraphs("○ 甲", "◆ 独自", "○ 乙", "◆ 独自", style=CIRCLES)
    assert short[1].id == longer[3].id


def test_faults_are_reported_all_together_in_their_order() -> None:
    text = "Ⅰ．柱 {#A b}\n① 甲 {#x}\n② 乙 {#x}\n③\n中\x07断\n{#only}\n終 {#a} {#b}"
    found = faults(text)
    assert [line.split("行")[0] for line in found] == [f"plan.md {line}" for line in (1, 3, 4, 5, 6, 7)]
    assert "id「A b」は使えません" in found[0]
    assert "id「x」は2行目にもあります" in found[1]
    assert "「③」の後に本文がありません" in found[2]
    assert "plan.md 5行2文字目: 制御文字 U+0007" in found[3]


@pytest.mark.parametrize("text", ["", "\ufeff", "\n \n\t\n\u3000"])
def test_an_empty_plan_is_a_fault(text: str) -> None:
    assert "段落がありません" in faults(text)[0]


@pytest.mark.parametrize("line", ["①", "１．", "・", "※", "■KPI：", "■", "○", "\\", "（１）"])
def test_a_label_without_text_is_a_fault(line: str) -> None:
    style = NumberingStyle(levels=("○", "１．", "（１）", "①"))
    assert "本文がありません" in faults(f"本文\n{line}", style)[0]


@pytest.mark.parametrize("name", ["A", "1a", "a_b", "あ", "a" * 25, "", "-a", "a-"])
def test_a_broken_id_is_a_fault(name: str) -> None:
    assert f"id「{name}」は使えません" in faults(f"本文 {{#{name}}}")[0]


@pytest.mark.parametrize("char", ["\x00", "\x0b", "\x1b", "\x7f", "\x85", "\u2028", "\ufffe", "\ud800"])
def test_a_control_character_is_a_fault_that_names_it(char: str) -> None:
    assert f"U+{ord(char):04X}" in faults(f"一{char}二{char}")[0]


def test_a_style_that_no_label_can_be_printed_from_is_a_fault() -> None:
    assert "「節」は番号の見本になりません" in faults("本文", NumberingStyle(levels=("節",)))[0]


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


def test_a_backslash_is_written_where_the_text_would_be_a_label() -> None:
    assert (
        print_plan(parse("Ⅰ．柱", "\\①のとおり", "①～③のとおり").plan, USUAL)
        == "Ⅰ．柱\n\\①のとおり\n①～③のとおり\n"
    )


@pytest.mark.parametrize(
    "line",
    [
        "\\・点",
        "\\【主な意見】",
        "\\■KPI：件数",
        "１ \\人の健診",
        "① \\～③の順",
        "\\\\円",
        "終わり \\{#a}",
        "終わり \\{#a} {#b}",
    ],
)
def test_a_backslash_survives_writing_and_reading(line: str) -> None:
    assert print_plan(parse("（１）項", line).plan, USUAL) == f"（１）項\n{line}\n"


def test_a_backslash_keeps_an_id_as_text() -> None:
    found = paragraphs("書き方は \\{#a}")[0]
    assert (found.text, found.has_written_id) == ("書き方は {#a}", False)


STARTS = (
    "Ⅰ．|Ⅱ．|II. |１．|２．|3. |1 |２ |（１）|(3) |1) |2）|①|② |⑩|ア |イ．|（ア）|"
    "Ａ．|I．|i) |(ⅲ)|○|◆ |・|●|■|■KPI：|【KPI】|■KPI：1) |■KPI：② |"
    "■KPI：1-1) |1-2) |※|（※1）|【重要度：高】|【困難度: 中 】|【具体的取組】||||\\|\\①|"
    "①\\"
)
TEXTS = (
    "健診の案内|案内を送る。|～③の取組|2029年度の姿|3割以上|人の健診|、②及び③|のとおり|文 {#abc}|"
    "\\{#abc}|\\|①|1) 甲|(2)|KPI：甲|：乙|）丙|．5倍|20|A.I.|{kpi:a}|"
    "\u200b①|\u3000"
)
STYLES = (
    USUAL,
    PILLARS_AND_SECTIONS,
    CIRCLES,
    SHARED_BY_KPIS,
    NumberingStyle(levels=("I. ", "A. ", "1) ", "(1)", "ア ", "（ア）")),
    NumberingStyle(levels=("１．", "1 ", "①", "（１）"), kpi="(1)", kpi_head="【KPI】"),
    NumberingStyle(levels=("Ⅰ", "１．", "（１）", "１．", "①"), kpi="1 "),
)
texts = st.sampled_from(TEXTS.split("|"))
# Few labels at a time, so that lists come about.
random_lines = st.lists(st.sampled_from(STARTS.split("|")), min_size=2, max_size=6).flatmap(
    lambda starts: st.lists(st.builds(str.__add__, st.sampled_from(starts), texts), min_size=1, max_size=12)
)


def parsed_or_none(text: str, style: NumberingStyle) -> Plan | None:
    try:
        return parse_plan(text, style, "plan.md").plan
    except DataFaults:
        return None


@given(lines=random_lines, style=st.sampled_from(STYLES))
def test_what_was_read_is_written_so_that_it_is_read_again(lines: list[str], style: NumberingStyle) -> None:
    plan = parsed_or_none("\n".join(lines), style)
    if plan is not None:
        again = parse_plan(print_plan(plan, style), style, "plan.md")
        assert again.plan == plan
        assert not [finding for finding in again.findings if "順番" in finding.found]


@given(text=st.text(max_size=60), style=st.sampled_from(STYLES))
def test_any_text_survives_writing_and_reading(text: str, style: NumberingStyle) -> None:
    plan = parsed_or_none(text, style)
    if plan is not None:
        assert parse_plan(print_plan(plan, style), style, "plan.md").plan == plan


def test_lines_left_empty_stay_where_they_are() -> None:
    text = "\nⅠ．柱\n\n\n１ 節\n本文を書く。\n"
    assert print_plan(parse_plan(text, USUAL, "plan.md").plan, USUAL) == text


def test_an_empty_plan_is_written_as_nothing() -> None:
    assert print_plan(Plan(), USUAL) == ""


def test_a_plan_of_usual_size_is_read_at_once() -> None:
    section = [
        "１ 節",
        "（１）項",
        "① 案内を送る。",
        "【重要度：高】",
        "理由を書く。" * 20,
        "■KPI：1) 件数",
        "2) 割合",
    ]
    text = "\n".join(["Ⅰ．柱", *section * 33])
    parse_plan(text, USUAL, "plan.md")
    began = time.perf_counter()
    parse_plan(text, USUAL, "plan.md")
    # 20 ms are the goal and 8 ms usual; the rest is for busy machines.
    assert time.perf_counter() - began < 0.1


@pytest.mark.parametrize("unit", ["あ", "①～", "（1", "{#a} ", "\u3000", "1 ", "■KPI：", "【", "※", "\\"])
def test_a_long_paragraph_is_no_trouble(unit: str) -> None:
    began = time.perf_counter()
    parsed_or_none("・" + unit * (20_000 // len(unit)), USUAL)
    assert time.perf_counter() - began < 0.2
