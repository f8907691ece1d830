"""上期の実施状況 as a value: items and their measures, marks and their tally, budgets."""

from __future__ import annotations

from typing import Any

import pytest

from handouts.compose.done import MonthTable, SmallTable
from handouts.compose.page import PrintedLine
from handouts.compose.progress import Item, ProgressReport, compose_progress
from handouts.dataset.budget import BudgetField, Initiative
from handouts.dataset.fields import Mark
from handouts.dataset.kpis import Kpi
from handouts.dataset.model import Datasets
from handouts.dataset.monthly import MonthlyTable
from handouts.dataset.progress import ProgressEntry, ProgressItem
from handouts.dataset.settings import NumberingStyle
from tests.samples import plan_dataset

STYLE = NumberingStyle(levels=("Ⅰ．", "○", "１ ", "（１）", "① "), kpi_head="【KPI】", running=(3,))
PLAN = """Ⅰ．基盤
○窓口の改善（業務グループ）
１ 窓口 {#madoguchi}
次の取組を進める。
（１）掲示を大きくする。 {#keiji}
（２）早く出る。
※番号札で測る。
【KPI】{kpi:wait} {#wait-kpi}
Ⅱ．健康
○健診（保健グループ）
２ 健診 {#kenshin}
受診を勧める。 {#susume}
"""
KPI = Kpi.model_validate(
    {"id": "wait", "name": "待ち時間", "target": 5, "unit": "分", "bound": "以内", "rank": 43}
)
MONTHLY = MonthlyTable.model_validate(
    {
        "id": "wait",
        "caption": "待ち時間",
        "kpi": "wait",
        "series": [{"year": "R7", "values": ["4.5", "4.0", *[None] * 10]}],
    }
)
ENTRIES = (
    ProgressEntry(id="keiji", plan="keiji", mark="○", text="・大きくした。", slash=True),
    ProgressEntry(id="wait-kpi", plan="wait-kpi", kpi="wait", monthly=("wait",)),
    ProgressEntry(id="more", mark="△", text="・昼は混んだ。"),
    ProgressEntry(id="susume", plan="susume", mark="□"),
)


def compose(**more: Any) -> ProgressReport:
    values = {"kpis": (KPI,), "tables": (MONTHLY,), "entries": ENTRIES, "numbering": STYLE} | more
    return compose_progress(Datasets(plan_dataset(PLAN, **values)))


def items(handout: ProgressReport) -> list[Item]:
    return [item for pillar in handout.pillars for group in pillar.groups for item in group.items]


def texts(lines: Any) -> list[str]:
    return [line.text for line in lines if isinstance(line, PrintedLine)]


def test_groups_stand_under_their_pillars_and_items_are_numbered_through() -> None:
    handout = compose()
    assert [pillar.heading.text for pillar in handout.pillars if pillar.heading] == ["Ⅰ．基盤", "Ⅱ．健康"]
    groups = [group.heading.text for pillar in handout.pillars for group in pillar.groups if group.heading]
    assert groups == ["○窓口の改善（業務グループ）", "○健診（保健グループ）"]
    assert [(item.number, item.title.text) for item in items(handout)] == [("１", "窓口"), ("２", "健診")]


def test_a_measure_has_the_paragraphs_up_to_the_next_named_one_and_the_first_also_those_before() -> None:
    overviews = [texts(row.overview) for row in items(compose())[0].rows]
    assert overviews == [
        ["次の取組を進める。", "（１）掲示を大きくする。", "（２）早く出る。", "※番号札で測る。"],
        ["【KPI】待ち時間を5分以内とする"],
        [],
    ]


def test_an_entry_without_a_place_in_the_plan_is_a_further_row_of_the_same_item() -> None:
    assert [texts(row.done) for row in items(compose())[0].rows] == [
        ["・大きくした。"],
        [],
        ["・昼は混んだ。"],
    ]


def test_mark_and_rank_of_a_kpi_come_from_the_kpi_and_its_newest_month() -> None:
    rows = items(compose())[0].rows
    assert [(str(row.mark), str(row.rank), row.slash) for row in rows] == [
        ("○", "", True),
        ("◎", "43位", False),
        ("△", "", False),
    ]


def test_a_mark_set_by_hand_stands_before_the_rule() -> None:
    handout = compose(kpis=(KPI.model_copy(update={"mark": Mark.MISSED}),))
    assert items(handout)[0].rows[1].mark.text == "△"


def test_every_printed_mark_is_counted_once() -> None:
    handout = compose()
    assert [(row.mark, str(row.all), str(row.kpis)) for row in handout.tally] == [
        ("◎", "1", "1"),
        ("○", "1", "0"),
        ("△", "1", "0"),
        ("×", "0", "0"),
        ("□", "1", "0"),
    ]
    assert (str(handout.tally_total.all), str(handout.tally_total.kpis)) == ("4", "1")


def test_a_monthly_table_stands_under_the_text() -> None:
    [table] = [block for block in items(compose())[0].rows[1].done if isinstance(block, MonthTable)]
    assert tuple(map(str, table.sections[0].rows[0].cells[:3])) == ("4.5", "4.0", "")


def test_the_budget_of_a_field_stands_beside_its_item() -> None:
    field = BudgetField(id="keihi", name="健診経費", topic="kenshin", amount=40_786_000, executed=1_045_072)
    names = tuple(Initiative(id=name, name=f"取組{name}", field="keihi") for name in ("a", "b"))
    assert texts(items(compose(fields=(field,), initiatives=names))[1].budget) == [
        "【健診経費】",
        "予算額 40,786,000円",
        "執行額 1,045,072円",
        "執行率 2.6%",
        "（取組名）",
        "・取組a",
        "・取組b",
    ]


def test_initiatives_without_a_field_are_summed_beside_their_item() -> None:
    initiatives = (
        Initiative(id="a", name="案内", topic="kenshin", amount=1000, executed=1102),
        Initiative(id="b", name="広報", topic="kenshin", amount=1000),
    )
    assert texts(items(compose(initiatives=initiatives))[1].budget)[:3] == [
        "予算額 2,000円",
        "執行額 1,102円",
        "執行率 55.1%",
    ]


def test_a_badge_stands_with_its_item() -> None:
    handout = compose(items=(ProgressItem(heading="健診", badge="インセンティブ関連"),))
    assert [str(item.badge) for item in items(handout)] == ["", "インセンティブ関連"]


def test_an_item_that_nobody_reported_on_is_printed_all_the_same() -> None:
    handout = compose(entries=ENTRIES[:3])
    assert texts(items(handout)[1].rows[0].overview) == ["受診を勧める。"]


def test_a_small_table_stands_where_it_is_written() -> None:
    text = "・会議に出た。\n```\n会議 | 開催\n保健部会 | 9月1日\n```\n・次も出る。"
    handout = compose(entries=(ENTRIES[0].model_copy(update={"text": text}),))
    first, table, last = items(handout)[0].rows[0].done
    assert isinstance(table, SmallTable)
    printed = [[cell.text for cell in row] for row in (table.head, *table.rows)]
    assert printed == [["会議", "開催"], ["保健部会", "9月1日"]]
    assert [first.text, last.text] == ["・会議に出た。", "・次も出る。"]


@pytest.mark.parametrize("count", [1, 2, 5, 9, 12])
def test_the_columns_of_a_small_table_fill_its_room(count: int) -> None:
    row = " | ".join(f"欄{number}" for number in range(count))
    entry = ENTRIES[0].model_copy(update={"text": f"```\n{row}\n{row}\n```"})
    [table] = items(compose(entries=(entry,)))[0].rows[0].done
    assert sum(table.parts) == 24


def test_text_under_a_pillar_and_before_the_first_is_printed_too() -> None:
    plan = "前書き。\nⅠ．基盤\n基盤の前書き。\n○窓口\n１ 窓口\n・本文。\n"
    handout = compose_progress(Datasets(plan_dataset(plan, numbering=STYLE)))
    assert [texts(item.rows[0].overview) for item in items(handout)] == [
        ["前書き。"],
        ["基盤の前書き。"],
        ["・本文。"],
    ]


def test_an_initiative_whose_field_names_no_heading_stands_beside_its_own() -> None:
    field = BudgetField(id="keihi", name="健診経費")
    mine = Initiative(id="a", name="案内", topic="kenshin", field="keihi", amount=1000, executed=500)
    assert texts(items(compose(fields=(field,), initiatives=(mine,)))[1].budget)[-1] == "・案内"
