"""Import of pasted text: the numbering is found in it, and nothing of it is lost."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.dataset.outline import headings
from handouts.dataset.plan import Kind
from handouts.dataset.plan_import import ImportedPlan, import_plan
from handouts.dataset.plan_text import parse_plan, print_plan
from handouts.dataset.settings import NumberingStyle
from handouts.findings import DataFaults


def imported(*lines: str) -> ImportedPlan:
    return import_plan("\n".join(lines), "plan.txt")


def paths(*lines: str) -> list[str]:
    return [heading.path for heading in headings(imported(*lines).plan)]


def test_the_levels_are_found_from_the_outermost() -> None:
    found = imported(
        "Ⅰ．柱", "1 節", "(1) 項", "①小項", "ア 細目を書く。", "②小項", "・箇条", "(2) 項", "本文", "Ⅱ．柱"
    )
    assert found.style.levels == ("Ⅰ．", "1 ", "(1) ", "①", "ア ")
    assert found.findings == ()


def test_a_list_that_goes_on_encloses_what_stands_between_even_if_that_came_first() -> None:
    lines = ["Ⅰ．柱", "① 案内を送る。", "１ 節", "① 訪ねる。", "② 電話する。", "２ 節", "① 集める。", "Ⅱ．柱"]
    assert imported(*lines).style.levels == ("Ⅰ．", "１ ", "① ")


def test_the_most_frequent_form_of_a_label_is_the_sample() -> None:
    found = imported(
        "I. 柱",
        "(1) 項を進める。",
        "（2）項を進める。",
        "(3) 項を進める。",
        "II. 柱",
        "Ⅲ. 柱",
        "• 点",
        "・点",
        "・点",
    )
    assert found.style.levels == ("I. ", "(1) ")
    assert found.style.bullet == "・"
    assert [paragraph.label for paragraph in found.plan.paragraphs][5] == "III. "


def test_the_forms_of_kpis_are_found_apart_from_those_of_items() -> None:
    found = imported(
        "（１）項",
        "① 案内を送る。",
        "② 訪ねる。",
        "■ KPI：1）受診率",
        "（※）分母は対象者",
        "2）取得率",
        "（２）項",
    )
    assert (found.style.kpi_head, found.style.kpi) == ("■ KPI：", "1）")
    assert found.style.levels == ("（１）", "① ")


def test_kpis_with_the_labels_of_items_are_no_items() -> None:
    found = imported("（１）項", "① 案内を送る。", "■KPI：① 受診率", "② 取得率", "（２）項")
    assert [paragraph.kind for paragraph in found.plan.paragraphs][2:4] == [Kind.KPI, Kind.KPI]
    assert found.style.kpi == "① "


def test_one_family_may_serve_pillars_and_sections() -> None:
    lines = ["１．柱", "１．節", "２．節", "（１）項を進める。", "３．節", "２．柱", "１．節", "２．節"]
    assert imported(*lines).style.levels == ("１．", "１．", "（１）")
    assert paths(*lines) == ["1", "1-1", "1-2", "1-3", "2", "2-1", "2-2"]


def test_two_lists_one_after_the_other_are_not_nested() -> None:
    lines = [
        "健診について",
        "１．案内を送る。",
        "２．訪ねる。",
        "指導について",
        "１．電話する。",
        "２．集める。",
    ]
    assert imported(*lines).style.levels == ("１．",)


def test_circles_stand_where_they_are_first_used() -> None:
    lines = [
        "1. 柱",
        "○ 節",
        "① 項",
        "i) 小項",
        "・点",
        "ii) 小項",
        "・点",
        "② 項",
        "・点",
        "○ 節",
        "・点",
        "2. 柱",
        "○ 節",
    ]
    assert imported(*lines).style.levels == ("1. ", "○ ", "① ", "i) ")
    assert paths(*lines)[3:6] == ["1-○1-①-i)", "1-○1-①-ii)", "1-○1-②"]


def test_a_list_that_never_begins_is_text_with_a_finding() -> None:
    found = imported("１．柱", "（１）項を進める。", "4) 余りの行", "（２）項を進める。")
    assert found.style.levels == ("１．", "（１）")
    assert [finding.place.line for finding in found.findings] == [3]


def test_a_text_that_begins_in_the_middle_keeps_its_outermost_level() -> None:
    found = imported("Ⅱ．柱", "１ 節", "（１）項を進める。")
    assert found.style.levels == ("Ⅰ．", "１ ", "（１）")
    assert "「Ⅱ．」は順番では「Ⅰ．」です" in str(found.findings[0])


def test_a_number_that_will_be_printed_otherwise_is_a_finding() -> None:
    found = imported("Ⅰ．柱", "① 甲を進める。", "② 乙を進める。", "④ 丙を進める。")
    assert [str(finding.place) for finding in found.findings] == ["plan.txt 4行"]
    assert "「④」は順番では「③」です" in str(found.findings[0])


def test_text_without_labels_has_the_usual_style() -> None:
    assert imported("前書き", "本文を書く。").style == NumberingStyle()


@pytest.mark.parametrize(
    "line",
    [
        "\\①のとおり",
        "書き方は {#a}",
        "①",
        "■KPI：",
        "①\\100",
        "\\",
        "※",
        "書き方は \\{#a}",
        "\\\\{#a}",
        "{#}",
    ],
)
def test_what_is_a_mark_in_our_text_is_text_in_a_pasted_one(line: str) -> None:
    found = imported("１．柱", "① 案内を送る。", line).plan.paragraphs[2]
    assert found.label.strip() + found.text == line


def test_a_kpi_head_alone_on_its_line_is_joined_with_the_next() -> None:
    found = imported("１．柱", "■ KPI：", "", "1) 受診率", "2) 取得率")
    assert [paragraph.label for paragraph in found.plan.paragraphs][1:] == ["■ KPI：1) ", "2) "]


@pytest.mark.parametrize("text", ["", "\u3000\n", "中\x07断"])
def test_what_cannot_be_a_plan_is_refused(text: str) -> None:
    with pytest.raises(DataFaults):
        import_plan(text, "plan.txt")


STARTS = (
    "Ⅰ．|II. |Ⅲ．|１．|２．|1 |２ |（１）|(2) |1) |2）|①|② |⑨|ア |イ．|（ア）|Ａ．|B) |i) |(ⅱ)|○|◆ |・|● |"
    "■KPI：|■ KPI : 1) |【KPI】② |※1 |（※）|【重要度: 高】|【具体的取組】||\\|①\\"
)
TEXTS = "案内|案内を送る。|～③の順|2029年度|人の数|{#abc}|\\{#a}|\\|1) 甲|：乙|(3)|2 3|A.I.|"
lines = st.lists(
    st.builds(str.__add__, st.sampled_from(STARTS.split("|")), st.sampled_from(TEXTS.split("|"))), max_size=14
)
characters = st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="\ufffe\uffff")
any_lines = st.lists(st.text(characters, max_size=20), max_size=6)


@given(rows=st.one_of(lines, any_lines))
def test_no_character_is_lost(rows: list[str]) -> None:
    found = _imported_or_none(rows)
    if found is None:
        return
    renumbered = {finding.place.line for finding in found.findings}
    left = list(found.plan.paragraphs)
    typed = ""
    for number, row in enumerate(rows, 1):
        typed += row  # a KPI head alone on its line belongs to the next paragraph
        if _squeezed(typed) and _plain(typed).endswith(_plain(left[0].text or left[0].label)):
            paragraph = left.pop(0)
            assert _squeezed(typed).endswith(_squeezed(paragraph.text))
            assert number in renumbered or _plain(typed) == _plain(paragraph.label + paragraph.text)
            typed = ""
    assert not left
    assert not _squeezed(typed)


@given(rows=st.one_of(lines, any_lines))
def test_the_imported_plan_is_read_back_from_its_text(rows: list[str]) -> None:
    found = _imported_or_none(rows)
    if found is not None:
        again = parse_plan(print_plan(found.plan, found.style), found.style, "plan.md")
        assert again.plan == found.plan


def _imported_or_none(rows: list[str]) -> ImportedPlan | None:
    try:
        return imported(*rows)
    except DataFaults as faults:
        is_refused_for_a_reason = not any(map(_squeezed, rows)) or "までです" in str(faults)
        if not is_refused_for_a_reason:
            raise
        return None


def _squeezed(text: str) -> str:
    return re.sub(r"[\s\u200b\ufeff]", "", text)


def _plain(text: str) -> str:
    """The text without what belongs to the form of a label: width, blanks, dots and brackets."""
    text = unicodedata.normalize("NFKC", _squeezed(text)).replace("【KPI】", "■KPI").replace("〇", "○")
    return re.sub(r"[\s.,:()、•･・]", "", unicodedata.normalize("NFKC", text))
