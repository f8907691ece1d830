"""The KPIs of a year as values: pillars, headings, columns, marks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from handouts.compose.kpi_tables import KpiResultRow, KpiTables, compose_kpi_tables
from handouts.dataset.fiscal import YearForm
from handouts.dataset.kpis import Kpi
from tests.samples import plan_dataset

PLAN = """Ⅰ．基盤
１ 窓口
待ち時間{kpi:wait.target}を目指す。
（１）案内
・掲示する。
■KPI：1) {kpi:smile}
2) {kpi:wait}
Ⅱ．健康
１ 健診
■KPI：{kpi:checkup}
"""
WAIT = {
    "id": "wait",
    "name": "待ち時間（※）",
    "list_name": "待ち時間",
    "target": 5,
    "unit": "分",
    "bound": "以内",
}
CHECKUP = {
    "id": "checkup",
    "group": "保健",
    "name": "健診実施率",
    "target": "62.0",
    "unit": "%",
    "bound": "以上",
    "actuals": {"R5": "60.10", "R6": "61.0", "R7": "62.0"},
    "averages": {"R7": "57.7"},
    "targets": {"R8": ["・65.9%以上", "・事業所数 対前年度以上"]},
    "remarks": "※基準変更",
}
SMILE = {"id": "smile", "name": "満足度", "sentence": "満足度を高める", "actuals": {"R7": "実施"}}


def compose(*changed: dict[str, Any], plan: str = PLAN, **more: Any) -> KpiTables:
    """The tables of the three KPIs, some of them changed, and of those that come on top."""
    entries = {kpi["id"]: kpi for kpi in (CHECKUP, WAIT, SMILE, *changed)}
    kpis = tuple(Kpi.model_validate(kpi) for kpi in entries.values())
    found = compose_kpi_tables(replace(plan_dataset(plan, kpis=kpis), **more))
    assert found is not None
    return found


def rows(tables: KpiTables) -> list[KpiResultRow]:
    return [row for table in tables.tables for row in table.rows]


def row_of(name: str) -> KpiResultRow:
    return next(row for row in rows(compose()) if row.group.ref == f"kpi:{name}.group")


def sentences(tables: KpiTables) -> list[list[str]]:
    return [[line.text for line in row.sentence] for row in rows(tables)]


def cells(row: KpiResultRow) -> list[list[str]]:
    return [[line.text for line in cell] for cell in row.cells]


def test_kpis_stand_under_the_pillar_where_the_plan_prints_them_and_are_numbered_through() -> None:
    tables = compose()
    assert [(table.heading.text, len(table.rows)) for table in tables.tables if table.heading] == [
        ("Ⅰ．基盤", 2),
        ("Ⅱ．健康", 1),
    ]
    assert [row.number for row in rows(tables)] == ["（1）", "（2）", "（3）"]


def test_the_heading_stands_above_its_first_kpi_only_and_without_its_label() -> None:
    assert sentences(compose()) == [
        ["案内", "満足度を高める"],
        ["待ち時間を5分以内とする"],
        ["健診", "健診実施率を62.0%以上とする"],
    ]


def test_a_kpi_that_the_plan_does_not_name_stands_at_the_end() -> None:
    tables = compose({"id": "another", "name": "別の指標"})
    assert [table.heading.text for table in tables.tables if table.heading] == [
        "Ⅰ．基盤",
        "Ⅱ．健康",
        "その他",
    ]
    assert tables.tables[-1].rows[0].number == "（4）"


def test_kpis_of_a_plan_without_pillars_have_no_heading_above_them() -> None:
    first, rest = compose(plan="■KPI：{kpi:wait}\n").tables
    assert first.heading is None
    assert len(rest.rows) == 2


def test_a_kpi_that_is_not_to_be_listed_is_left_out() -> None:
    assert len(rows(compose(SMILE | {"listed": False}))) == 2
    hidden = Kpi.model_validate(SMILE | {"listed": False})
    assert compose_kpi_tables(plan_dataset("■KPI：{kpi:smile}\n", kpis=(hidden,))) is None


def test_figures_keep_their_decimals_and_stand_in_the_order_of_the_heads() -> None:
    assert ["".join(lines) for lines in compose().heads] == [
        "令和5年度実績",
        "令和6年度実績",
        "令和7年度目標",
        "令和7年度実績",
        "令和7年度実施状況",
        "令和7年度全国平均",
        "令和8年度目標",
        "備考",
    ]
    row = row_of("checkup")
    assert row.group.text == "保健"
    assert cells(row) == [
        ["60.10%"],
        ["61.0%"],
        ["62.0%以上"],
        ["62.0%"],
        ["○"],
        ["57.7%"],
        ["・65.9%以上", "・事業所数 対前年度以上"],
        ["※基準変更"],
    ]


def test_years_are_printed_in_the_form_of_the_branch() -> None:
    assert compose(year_form=YearForm.BOTH_WIDE).heads[0] == ("2023", "（令和５）年度", "実績")


def test_what_is_not_there_is_a_dash_and_a_result_to_come_is_empty() -> None:
    assert cells(row_of("wait")) == [["－"], ["－"], ["5分以内"], [""], ["□"], ["－"], ["－"], [""]]


def test_the_target_of_a_sentence_is_that_it_is_done() -> None:
    assert [cells(row_of("smile"))[column] for column in (2, 3, 4)] == [["実施"], ["実施"], ["○"]]


@pytest.mark.parametrize(
    ("changed", "marks"),
    [
        ((WAIT | {"actuals": {"R7": 4}},), "◎○△"),
        ((), "◎○△□"),
        ((WAIT | {"mark": "○"}, SMILE | {"actuals": {"R7": "未実施"}}), "◎○△×"),
    ],
)
def test_the_legend_names_the_marks_that_can_be_there(changed: tuple[dict[str, Any]], marks: str) -> None:
    assert "".join(words[0] for words in compose(*changed).legend) == marks


def test_every_cell_says_where_it_comes_from() -> None:
    row = row_of("checkup")
    refs = [row.group.ref, row.sentence[-1].ref, *(cell[0].ref for cell in row.cells)]
    fields = (
        *(".group", "", ".actuals.R5", ".actuals.R6", ".target", ".actuals.R7"),
        *(".mark", ".averages.R7", ".targets.R8[1]", ".remarks"),
    )
    assert refs == [f"kpi:checkup{field}" for field in fields]
