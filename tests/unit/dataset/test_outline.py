"""The outline: blocks, paths, and the heading that each paragraph stands under."""

from __future__ import annotations

from handouts.dataset.outline import blocks, owners
from tests.unit.dataset.plans import CIRCLES, parse, paths


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
