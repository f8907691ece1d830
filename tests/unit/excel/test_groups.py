"""Which rows are those of a group."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from handouts.dataset.budget import BudgetField
from handouts.dataset.kpis import Kpi, Population
from handouts.dataset.model import Dataset
from handouts.dataset.monthly import MonthlyTable
from handouts.dataset.progress import ProgressEntry, ProgressItem
from handouts.dataset.settings import NumberingStyle
from handouts.excel.dataset_rows import rows_of_dataset
from handouts.excel.groups import select_group
from handouts.findings import HandoutError
from tests.samples import initiative, plan_dataset

MARKED = """\
Ⅰ．基盤的保険者機能関係
○サービス水準の向上（業務グループ）
１ サービス {#service}
・支給する。 {#shikyu}
○健診の推進（企画総務・保健グループ）
１ 健診 {#kenshin}
・案内する。{population:kenshin.eligible} {#annai}
・{kpi:rate}
○組織（全グループ）
１ 組織 {#soshiki}
・整える。
"""


def marked() -> Dataset:
    series = [{"year": "R3", "values": {}}]
    tables = [
        {"id": "a", "caption": "甲", "series": series},
        {"id": "b", "caption": "乙", "kpi": "rate", "series": series * 2},
    ]
    population: dict[str, Any] = {
        "id": "kenshin",
        "group": "被保険者",
        "item": "健診",
        "eligible": 5,
        "rate": 20,
        "planned": 1,
    }
    return plan_dataset(
        MARKED,
        [initiative("one", "service"), initiative("two", "", field="keihi"), initiative("three", "kenshin")],
        numbering=NumberingStyle(levels=("Ⅰ．", "○", "１ ", "（１）"), running=(3,)),
        fields=(BudgetField(id="keihi", name="経費", topic="kenshin"),),
        kpis=(Kpi(id="rate", name="率", target=1), Kpi(id="other", name="別", target=1, group="業務")),
        populations=(Population.model_validate(population),),
        tables=tuple(map(MonthlyTable.model_validate, tables)),
        entries=(
            ProgressEntry(id="shikyu", plan="shikyu", monthly=("a",)),
            ProgressEntry(id="shikyu-2"),
            ProgressEntry(id="annai", plan="annai"),
        ),
        items=(ProgressItem(heading="kenshin", badge="甲"),),
    )


def chosen(dataset: Dataset, group: str) -> dict[str, list[Any]]:
    rows = rows_of_dataset(dataset, select_group(dataset, group))
    names = {
        "initiatives": "id",
        "fields": "id",
        "kpis": "id",
        "populations": "id",
        "tables": "id",
        "series": "table",
    }
    names |= {"items": "heading", "plan": "text"}
    found = {table: [row.values[key,] for row in rows[table]] for table, key in names.items()}
    return found | {"entries": [row.origin for row in rows["entries"]]}


def test_headings_with_a_group_say_whose_the_rows_are() -> None:
    assert chosen(marked(), "保健グループ") == {
        "plan": [
            "健診の推進（企画総務・保健グループ）",
            "健診",
            "案内する。{population:kenshin.eligible}",
            "{kpi:rate}",
            "組織（全グループ）",
            "組織",
            "整える。",
        ],
        "initiatives": ["two", "three"],
        "fields": ["keihi"],
        "kpis": ["rate"],
        "populations": ["kenshin"],
        "tables": ["b"],
        "series": ["b", "b"],
        "items": ["kenshin"],
        "entries": ["annai"],
    }
    assert chosen(marked(), "業務")["entries"] == ["shikyu", "shikyu-2"]
    assert chosen(marked(), "業務")["tables"] == ["a"]
    assert chosen(marked(), "業務")["kpis"] == ["other"]


def test_without_them_the_sections_with_its_kpis_are_a_groups() -> None:
    plan = "Ⅰ．基盤\n１ 甲 {#kou}\n・甲の文。\n・{kpi:one}\n■KPI：{kpi:one}\n１ 乙\n・乙の文。\n■KPI：{kpi:two}\n"
    kpis = tuple(
        Kpi(id=name, name=name, target=1, group=group) for name, group in (("one", "保健"), ("two", "業務"))
    )
    found = chosen(plan_dataset(plan, [initiative("x", "kou")], kpis=kpis), "保健")
    assert found["plan"] == ["甲", "甲の文。", "{kpi:one}", "{kpi:one}"]
    assert (found["kpis"], found["initiatives"]) == (["one"], ["x"])


def test_what_is_the_planning_teams_is_left_out() -> None:
    rows = rows_of_dataset(marked(), select_group(marked(), "保健"))
    assert [rows[name] for name in ("handouts", "comparison", "recipients")] == [(), (), ()]
    assert len(rows["base"]) > 10


def test_numbers_stay_those_of_the_whole_plan() -> None:
    rows = rows_of_dataset(marked(), select_group(marked(), "保健"))["plan"]
    assert [row.computed["番号（自動）"] for row in rows][:3] == ["○", "２ ", "・"]
    assert [row.line for row in rows][:3] == [1, 2, 3]


def test_one_empty_row_stands_where_others_are_left_out() -> None:
    plan = (
        "Ⅰ．基盤\n○甲（業務グループ）\n・甲の文。\n○乙（保健グループ）\n・乙の文。\n\n○丙（業務グループ）\n"
    )
    dataset = plan_dataset(plan, numbering=NumberingStyle(levels=("Ⅰ．", "○", "１ ")))
    rows = rows_of_dataset(dataset, select_group(dataset, "業務"))["plan"]
    assert [row.line for row in rows] == [1, 2, 4]


def test_an_unknown_group_is_refused() -> None:
    with pytest.raises(HandoutError, match="このデータにあるのは 企画総務、保健、業務 です"):
        select_group(marked(), "経理")
    with pytest.raises(HandoutError, match="どのグループも書かれていません"):
        select_group(replace(marked(), plan=plan_dataset("Ⅰ．甲\n").plan, kpis=()), "保健")
