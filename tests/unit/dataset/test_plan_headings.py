"""Which paragraphs are headings, and at which level they stand."""

from __future__ import annotations

import pytest

from tests.unit.dataset.plans import CIRCLES, kinds, levels


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
