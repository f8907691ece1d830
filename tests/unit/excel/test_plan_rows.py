"""The plan as rows: kinds chosen from a list, numbers given by the program, and back to the same plan."""

from __future__ import annotations

import pytest

from handouts.dataset.plan_text import parse_plan
from handouts.dataset.settings import NumberingStyle
from handouts.excel.plan_rows import PlanRow, is_kind, is_same_kind, kind_choices, rows_of_plan, write_plan
from handouts.findings import DataFaults
from tests.unit.dataset.plans import CIRCLES, PILLARS_AND_SECTIONS, USUAL


def rows(*lines: str, style: NumberingStyle = USUAL) -> list[tuple[str, str, str, bool]]:
    plan = parse_plan("\n".join(lines), style, "plan.md").plan
    return [(row.kind, row.label, row.text, row.is_first) for row in rows_of_plan(plan, style)]


def written(*entered: tuple[str, str], style: NumberingStyle = USUAL) -> list[str]:
    plan = [PlanRow(kind, text, line=line) for line, (kind, text) in enumerate(entered, 1)]
    return write_plan(plan, style).text.splitlines()


def test_labels_are_taken_off_and_named_by_kind() -> None:
    assert rows(
        "Ⅰ．基盤",
        "１ 健全な財政運営",
        "（１）文です。",
        "・箇条書き",
        "※注",
        "【重要度：高】",
        "理由です。",
        "■KPI：1) 甲",
        "2) 乙",
        "■被保険者",
        "【具体的取組】",
        "◆支部独自事業",
    ) == [
        ("階層1：Ⅰ．", "Ⅰ．", "基盤", False),
        ("階層2：１", "１ ", "健全な財政運営", False),
        ("階層3：（１）", "（１）", "文です。", False),
        ("箇条書き（・）", "・", "箇条書き", False),
        ("注（※）", "※", "注", False),
        ("【重要度：高】", "【重要度：高】", "", False),
        ("本文", "", "理由です。", False),
        ("■KPI（番号つき）", "■KPI：1) ", "甲", False),
        ("KPI（番号だけ）", "2) ", "乙", False),
        ("枠（■）", "■", "被保険者", False),
        ("見出し語（【 】）", "【具体的取組】", "【具体的取組】", False),
        ("見出し（◆）", "◆", "支部独自事業", False),
    ]


def test_a_list_that_begins_anew_says_so() -> None:
    found = rows(
        "Ⅰ．基盤", "１ 甲", "（１）乙です。", "（２）丙です。", "・丁", "（１）戊です。", "（２）己です。"
    )
    assert [is_first for *_, is_first in found] == [False] * 5 + [True, False]


@pytest.mark.parametrize(
    "lines",
    [
        ("Ⅰ．基盤", "・\\※ではない", "\\※ではない", "\\（１）ではない"),
        ("Ⅰ．基盤", "１ （１）の見直し", "（１）\\（２）及び（３）", "（２）(3) 括弧"),
        ("Ⅰ．基盤", "文 \\{#kenshin}", "甲 {#kou}"),
        ("Ⅰ．基盤", "", "", "１ 甲", "", "・乙"),
        ("Ⅰ．基盤", "１ 甲", "■KPI：\\1) 数字で始まる文", "■KPI：乙", "※1 注", "（※）注", "1-1) 複合"),
        ("Ⅰ．基盤", "１ 甲", "短い見出し", "（１）文です。", "（１）また一から。"),
    ],
)
def test_every_plan_comes_back_the_same(lines: tuple[str, ...]) -> None:
    plan = parse_plan("\n".join(lines), USUAL, "plan.md").plan
    assert parse_plan(write_plan(rows_of_plan(plan, USUAL), USUAL).text, USUAL, "plan.md").plan == plan


def test_the_levels_of_one_form_of_numbers_are_told_apart() -> None:
    found = rows(
        "１．分野", "１．節", "（１）文です。", "２．次の節", "２．次の分野", style=PILLARS_AND_SECTIONS
    )
    assert [kind for kind, *_ in found] == [
        "階層1：１．",
        "階層2：１．",
        "階層3：（１）",
        "階層2：１．",
        "階層1：１．",
    ]


def test_numbers_are_given_by_the_program() -> None:
    assert written(
        ("階層1：Ⅰ．", "基盤"),
        ("階層2：１", "甲"),
        ("階層3：（１）", "一つ目です。"),
        ("階層3", "二つ目です。"),
        ("階層2：１", "乙"),
        ("階層3：(1)", "また一つ目です。"),
        ("■KPI（番号つき）", "丙"),
        ("KPI（番号だけ）", "丁"),
    ) == [
        "Ⅰ．基盤",
        "１ 甲",
        "（１）一つ目です。",
        "（２）二つ目です。",
        "２ 乙",
        "（１）また一つ目です。",
        "■KPI：1) 丙",
        "2) 丁",
    ]


def test_what_was_typed_with_its_label_bears_it_once() -> None:
    assert written(
        ("", "Ⅰ．基盤"),
        ("階層2：１", "１ 甲"),
        ("", "・乙"),
        ("箇条書き（・）", "・丙"),
        ("注（※）", "※2 丁"),
        ("【重要度：高】", "【重要度：中】"),
        ("■KPI", "■KPI：戊"),
    ) == ["Ⅰ．基盤", "１ 甲", "・乙", "・丙", "※2 丁", "【重要度：中】", "■KPI：戊"]


def test_a_number_past_the_last_is_a_fault_of_the_plan() -> None:
    many = [("階層5：ア", f"文{n}です。") for n in range(50)]
    with pytest.raises(DataFaults, match="番号は46までです"):
        parse_plan("\n".join(written(("階層1：Ⅰ．", "基盤"), *many)), USUAL, "plan.md")


def test_circles_are_a_level_or_a_mark() -> None:
    assert "見出し（○）" in kind_choices(USUAL)
    assert "見出し（○）" not in kind_choices(CIRCLES)
    assert is_kind("階層2：○", CIRCLES)
    assert not is_kind("階層9：○", CIRCLES)
    assert is_same_kind("階層2", "階層2：○", CIRCLES)
