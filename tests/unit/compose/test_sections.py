"""Sections of the plan beside what was done on them, as values."""

from __future__ import annotations

from typing import Any

import pytest

from handouts.compose.done import MonthTable, SmallTable
from handouts.compose.page import Box
from handouts.compose.sections import SectionRow, SectionTable, compose_sections
from handouts.dataset.kpis import Kpi
from handouts.dataset.monthly import MonthlyTable
from handouts.dataset.progress import ProgressEntry
from tests.samples import plan_dataset

PLAN = """Ⅰ．基盤
１ 窓口 {#madoguchi}
・掲示を大きくする。 {#keiji}
■KPI：1) {kpi:wait}
2) {kpi:smile}
【具体的取組】
① 番号札を置く。
Ⅱ．健康
１ 計画の実施 {#jisshi}
計画に沿って進める。
（１）健診の実施率の向上 {#kenshin}
・受診を勧める。
（２）保健指導 {#shido}
・訪問する。
"""
KPIS = (
    Kpi.model_validate({"id": "wait", "name": "待ち時間", "target": 5, "unit": "分", "bound": "以内"}),
    Kpi(id="smile", name="満足度", sentence="満足度を高める"),
)


def compose(*entries: ProgressEntry, **more: Any) -> tuple[SectionTable, ...]:
    return compose_sections(plan_dataset(PLAN, kpis=KPIS, entries=entries, **more))


def entry(plan: str | None, *lines: str, **more: Any) -> ProgressEntry:
    return ProgressEntry(id=more.pop("id", plan or "more"), plan=plan, text="\n".join(lines), **more)


def sections(tables: tuple[SectionTable, ...]) -> list[tuple[SectionRow, ...]]:
    return [section for table in tables for section in table.sections]


def texts(blocks: Any) -> list[Any]:
    return [
        [line.text for line in block.lines]
        if isinstance(block, Box)
        else tuple(tuple(map(str, row)) for row in block.rows)
        if isinstance(block, SmallTable)
        else block.caption
        if isinstance(block, MonthTable)
        else block.text
        for block in blocks
    ]


def done(tables: tuple[SectionTable, ...]) -> list[list[Any]]:
    """What stands on the right of each section."""
    return [[text for row in section for text in texts(row.done)] for section in sections(tables)]


def test_every_section_of_the_plan_has_a_row_under_its_pillar() -> None:
    tables = compose()
    assert [(table.heading.text, len(table.sections)) for table in tables if table.heading] == [
        ("Ⅰ．基盤", 1),
        ("Ⅱ．健康", 3),
    ]
    assert [texts(section[0].plan)[0] for section in sections(tables)] == [
        "１ 窓口",
        "１ 計画の実施",
        "（１）健診の実施率の向上",
        "（２）保健指導",
    ]


def test_an_entry_stands_beside_its_section_below_the_heading_again() -> None:
    found = done(compose(entry("shido", "・訪問した。"), entry("madoguchi", "・大きくした。")))
    assert found == [["１ 窓口", "・大きくした。"], [], [], ["（２）保健指導", "・訪問した。"]]


def test_a_heading_that_the_text_begins_with_is_not_printed_twice() -> None:
    tables = compose(entry("kenshin", "（１）健診の受診率の向上", "・勧めた。"))
    assert done(tables)[2] == ["（１）健診の受診率の向上", "・勧めた。"]
    [row] = sections(tables)[2]
    assert [line.style for line in row.done] == ["section", "bullet"]


def test_an_item_with_the_number_of_the_heading_is_no_heading() -> None:
    assert done(compose(entry("madoguchi", "１ 全部の電話に三分で出た。")))[0] == [
        "１ 窓口",
        "１ 全部の電話に三分で出た。",
    ]


def test_a_heading_further_up_stands_beside_its_own_section() -> None:
    found = done(compose(entry("kenshin", "１ 計画の実施", "（１）健診の実施率の向上", "・勧めた。")))
    assert found[1:3] == [["１ 計画の実施"], ["（１）健診の実施率の向上", "・勧めた。"]]


def test_several_entries_of_one_section_stand_one_after_another() -> None:
    entries = (
        entry("madoguchi", "・大きくした。"),
        entry("keiji", "・貼り替えた。"),
        entry(None, "・昼は混んだ。"),
        entry("madoguchi", "・夜も開けた。", id="yoru"),
    )
    assert done(compose(*entries))[0] == [
        "１ 窓口",
        "・大きくした。",
        "・貼り替えた。",
        "・昼は混んだ。",
        "・夜も開けた。",
    ]


def test_kpis_stand_in_a_frame_with_the_lines_that_belong_to_them() -> None:
    lines = (
        "■KPI：①待ち時間：4分",
        "※前年度：6分",
        "②満足度：実施",
        "（回答92件）",
        "①番号札を置いた。",
    )
    assert done(compose(entry("madoguchi", *lines)))[0] == ["１ 窓口", list(lines[:4]), lines[4]]


def test_text_below_a_kpi_is_not_in_its_frame() -> None:
    found = done(compose(entry("madoguchi", "■KPI：待ち時間：4分", "番号札を置いた。")))[0]
    assert found == ["１ 窓口", ["■KPI：待ち時間：4分"], "番号札を置いた。"]


def test_whom_a_check_up_reached_stands_in_a_frame() -> None:
    lines = ("●被保険者（対象者数：9人）", "・健診 5人", "（内訳）支部実施分 2人", "【具体的取組】")
    assert done(compose(entry("kenshin", *lines)))[2][1:] == [list(lines[:3]), lines[3]]


def test_text_below_an_item_goes_on_with_it() -> None:
    tables = compose(entry("shido", "①訪問した。", "３件を回った。", "【主な意見】", "助かった。"))
    [row] = sections(tables)[3]
    assert [line.style for line in row.done] == ["section", "item", "more", "caption", "body"]


def test_a_section_is_parted_where_both_sides_have_the_same_caption() -> None:
    tables = compose(entry("madoguchi", "■KPI：待ち時間：4分", "【具体的取組】", "①置いた。"))
    first, second = sections(tables)[0]
    assert (texts(first.plan)[0], texts(first.done)[0]) == ("１ 窓口", "１ 窓口")
    assert texts(second.plan) == ["【具体的取組】", "① 番号札を置く。"]
    assert texts(second.done) == ["【具体的取組】", "①置いた。"]


def test_a_caption_below_another_one_stays_with_it() -> None:
    tables = compose(entry("madoguchi", "【主な意見】", "【具体的取組】", "①置いた。"))
    assert len(sections(tables)[0]) == 1


def test_small_tables_and_monthly_tables_are_printed_in_their_place() -> None:
    monthly = MonthlyTable.model_validate(
        {"id": "visits", "caption": "訪問の件数", "series": [{"year": "R7", "values": [1] * 12}]}
    )
    text = ("・訪問した。", "```", "月 | 件数", "6月 | 3件", "```")
    found = done(compose(entry("shido", *text, monthly=("visits",)), tables=(monthly,)))[3]
    assert found == ["（２）保健指導", "・訪問した。", (("6月", "3件"),), "訪問の件数"]


@pytest.mark.parametrize(("plan", "rows"), [("前置きの文。\n", [["前置きの文。"]]), ("Ⅰ．基盤\n", [])])
def test_a_plan_without_pillars_or_with_nothing_else_is_printed(plan: str, rows: list[list[str]]) -> None:
    tables = compose_sections(plan_dataset(plan, entries=(entry(None, "・置いた。"),)))
    assert [texts(section[0].plan) for section in sections(tables)] == rows


def test_headings_are_a_level_lower_below_the_parts_of_the_handout() -> None:
    levels = {
        block.text: block.heading
        for table in compose()
        for block in (table.heading, *(table.sections[0][0].plan))
        if block is not None and not isinstance(block, Box)
    }
    assert (levels["Ⅰ．基盤"], levels["１ 窓口"]) == (3, 4)
