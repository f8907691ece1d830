"""The list of KPIs of the annex."""

from __future__ import annotations

from typing import Any

from handouts.compose.annex.cells import Sheet
from handouts.compose.annex.kpis import (
    compose_results,
    compose_targets,
    compose_targets_of_editions,
    compose_targets_of_years,
)
from handouts.dataset.fields import Mark
from handouts.dataset.kpis import Kpi
from handouts.dataset.model import Dataset, Datasets
from handouts.dataset.progress import ProgressEntry
from handouts.dataset.settings import NumberingStyle
from tests.annexes import shown
from tests.samples import plan_dataset

PLAN = """Ⅰ．基盤
１ 窓口
■KPI：1) {kpi:wait}
Ⅱ．健康
１ 健診 {#kenshin}
■KPI：{kpi:checkup}
"""
MEANINGS = {Mark.BEATEN: "上回った", Mark.MISSED: "届かない"}


def kpi(identifier: str, **more: Any) -> Kpi:
    return Kpi.model_validate({"id": identifier, "name": f"KPI {identifier}", **more})


WAIT = kpi("wait", target=5, unit="分", bound="以内", actuals={"R6": 6, "R7": "4.5"}, rank=43)
CHECKUP = kpi(
    "checkup", target="62.0", unit="%", bound="以上", targets={"R8": "63%以上"}, averages={"R7": "57.7"}
)


def plan(*kpis: Kpi, **more: Any) -> Dataset:
    return plan_dataset(more.pop("plan", PLAN), kpis=kpis, **more)


def records(sheets: tuple[Sheet, ...]) -> list[dict[str, str]]:
    [sheet] = sheets
    [table] = sheet.tables
    return [dict(zip(table.heads, map(shown, row.cells), strict=True)) for row in table.rows]


def test_the_kpis_stand_in_the_order_of_the_plan_with_their_place() -> None:
    rows = records(compose_targets(Datasets(plan(CHECKUP, WAIT))))
    assert rows == [
        {"番号": "1", "分野": "Ⅰ．基盤", "箇所": "Ⅰ-1", "KPI": "KPI wait", "令和7年度目標": "5分以内"},
        {"番号": "2", "分野": "Ⅱ．健康", "箇所": "Ⅱ-1", "KPI": "KPI checkup", "令和7年度目標": "62.0%以上"},
    ]


def test_results_marks_ranks_and_averages_stand_in_columns_that_have_something_to_say() -> None:
    rows = records(compose_results(Datasets(plan(WAIT, CHECKUP)), MEANINGS))
    assert list(rows[0])[4:] == [
        *("令和6年度実績", "令和7年度目標", "令和7年度実績", "実施状況", "全国平均", "全国順位"),
        "令和8年度目標",
    ]
    assert list(rows[0].values())[4:] == ["6分", "5分以内", "4.5分", "◎", "", "43位", ""]
    assert list(rows[1].values())[4:] == ["", "62.0%以上", "", "□", "57.7%", "", "63%以上"]


def test_the_legend_names_the_marks_that_stand_in_the_list() -> None:
    [sheet] = compose_results(Datasets(plan(WAIT)), MEANINGS)
    assert sheet.notes == ("◎上回った",)


def test_what_the_report_says_of_mark_and_rank_stands_first() -> None:
    entry = ProgressEntry(id="e", plan="kenshin", kpi="wait", mark="△", rank=7)
    datasets = Datasets(plan(WAIT, entries=(entry,)))
    [row] = records(compose_results(datasets, MEANINGS, with_entries=True))
    assert (row["実施状況"], row["全国順位"]) == ("△", "7位")
    [row] = records(compose_results(datasets, MEANINGS))
    assert (row["実施状況"], row["全国順位"]) == ("◎", "43位")


def test_a_target_that_is_a_sentence_is_the_sentence_or_what_stands_for_it() -> None:
    datasets = Datasets(plan(kpi("wait", sentence="早く出る")))
    assert records(compose_results(datasets, MEANINGS))[0]["令和7年度目標"] == "早く出る"
    assert records(compose_results(datasets, MEANINGS, worded="実施"))[0]["令和7年度目標"] == "実施"


def test_last_years_targets_stand_before_this_years() -> None:
    last_year = plan(
        WAIT, kpi("phone", target="対前年度以上"), plan=PLAN + "２ 電話\n{kpi:phone}\n", year=2024
    )
    rows = records(compose_targets_of_years(Datasets(plan(WAIT, CHECKUP), last_year)))
    found = [(row["番号"], row["令和6年度目標"], row["令和7年度目標"], row["前年度との違い"]) for row in rows]
    assert found == [
        ("1", "5分以内", "5分以内", "（変更無）"),
        ("－", "対前年度以上", "－", "削除"),
        ("2", "－", "62.0%以上", "新規"),
    ]


def test_a_kpi_with_another_name_says_the_one_before() -> None:
    before = plan(WAIT.model_copy(update={"name": "待ち時間"}))
    [row] = records(compose_targets_of_editions(Datasets(plan(WAIT), earlier=before)))
    assert (row["変更有無"], row["変更前の名称（違うもの）"]) == ("（変更有）", "待ち時間")


def test_where_nothing_changed_there_is_no_column_of_what_came_after() -> None:
    [row] = records(compose_targets_of_editions(Datasets(plan(WAIT), earlier=plan(WAIT))))
    assert list(row) == ["番号", "分野", "箇所", "KPI", "変更前", "変更有無"]


def test_without_another_plan_the_targets_stand_alone() -> None:
    datasets = Datasets(plan(WAIT))
    alone = compose_targets(datasets)
    assert compose_targets_of_years(datasets) == compose_targets_of_editions(datasets) == alone


def test_a_kpi_that_is_not_listed_is_left_out() -> None:
    assert compose_targets(Datasets(plan(kpi("wait", target=5, listed=False)))) == ()


def test_where_numbers_run_on_the_place_is_the_number() -> None:
    style = NumberingStyle(levels=("Ⅰ．", "○", "１ ", "（１）"), running=(3,))
    text = "Ⅰ．基盤\n○窓口\n１ 案内\n（１）早く出る。\n■KPI：{kpi:wait}\n"
    [row] = records(compose_targets(Datasets(plan(WAIT, plan=text, numbering=style))))
    assert row["箇所"] == "Ⅰ-1"
