"""Values of yaml text changed, with the comments and the layout of the rest as they were."""

from __future__ import annotations

import difflib
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from handouts.dataset.fields import Entry
from handouts.dataset.folder_text import entry_files
from handouts.dataset.model import Dataset
from handouts.dataset.schemas import BudgetFile, DatasetFile, KpiFile, MonthlyFile, ProgressFile
from handouts.dataset.yaml_edit import edited
from handouts.dataset.yaml_text import parse_yaml
from handouts.dataset.yaml_writing import entry_text, plain_entries
from tests.unit.dataset.strategies import datasets

BUDGET = """\
# 取組と予算
initiatives:
  # 1 健診
  - id: annai            # 前年度から
    name: 健診の案内
    topic: kenshin
    amount: 2,902千円    # 円で書く
  - id: kansho
    name: "受診勧奨: 電話"
    topic: kenshin
    amount: 500000

  # 2 広報
  - id: koho
    name: 広報誌
    topic: koho
    amount: 100000
# 終わり
"""
KPIS = """\
kpis:
  - id: rate
    name: 受診率
    unit: "%"
    target: 96.0               # 一覧表に合わせる
    actuals: {R3: 94.6, 令和4年度: 93.9,
              R5: 93.9}        # 3年分
    targets:
      R6: [65.9%以上, （実績）]
    listed: true
"""
MONTHS = """\
tables:
  - id: checkup
    caption: 受診者数
    months: 3月始まり
    series:
      - year: R2
        values: [1, 2, 3,    # 春
                 null, null, null, null, null, null, null, null, null]
      - year: R3            # まだ
        values: {4月: 5, 5月: 6}
"""
PROGRESS = """\
entries:
  # 1 サービス
  - plan: service
    mark: ○
    text: |
      ・短くした。
      ・続ける。

  # 2 健診
  - plan: kenshin
    monthly: [checkup]       # 表
    text: ・送った。
"""


def changed(model: type[Entry], text: str, change: Any) -> list[str]:
    """The lines that come and go when `change` is made to what the text says, which is then read back."""
    old = model.model_validate(parse_yaml(text, "x.yaml").data)
    new_data = plain_entries(old)
    change(new_data)
    new = model.model_validate(new_data)
    result = edited(text, plain_entries(old), plain_entries(new))
    again = model.model_validate(parse_yaml(result, "x.yaml").data)
    assert plain_entries(again) == plain_entries(new), result
    lines = difflib.ndiff(text.splitlines(), result.splitlines())
    return [line for line in lines if line[0] in "+-"]


def test_a_value_is_changed_in_its_place() -> None:
    def change(data: Any) -> None:
        data["initiatives"][0]["amount"] = 3000000
        data["initiatives"][1]["name"] = "受診勧奨"

    assert changed(BudgetFile, BUDGET, change) == [
        "-     amount: 2,902千円    # 円で書く",
        "+     amount: 3000000    # 円で書く",
        '-     name: "受診勧奨: 電話"',
        '+     name: "受診勧奨"',
    ]


def test_nothing_changed_leaves_the_text_as_it_is() -> None:
    for model, text in (
        (BudgetFile, BUDGET),
        (KpiFile, KPIS),
        (MonthlyFile, MONTHS),
        (ProgressFile, PROGRESS),
    ):
        assert changed(model, text, lambda data: None) == []


def test_a_key_is_added_in_the_order_of_the_entry_and_taken_away() -> None:
    def change(data: Any) -> None:
        data["initiatives"][1]["executed"] = 0
        data["initiatives"][1]["new"] = True
        del data["initiatives"][2]["amount"]

    assert changed(BudgetFile, BUDGET, change) == [
        "+     executed: 0",
        "+     new: true",
        "-     amount: 100000",
    ]


def test_rows_are_added_and_taken_away() -> None:
    def change(data: Any) -> None:
        rows = data["initiatives"]
        rows[1:2] = [{"id": "new", "name": "新しい取組", "topic": "kenshin", "amount": 1}]
        rows.append({"id": "last", "name": "最後", "amount": 2})

    found = changed(BudgetFile, BUDGET, change)
    assert "+   - id: last" in found
    assert not any("#" in line for line in found)


def test_comments_above_a_row_that_goes_stay_for_the_next() -> None:
    def change(data: Any) -> None:
        del data["initiatives"][0]

    assert changed(BudgetFile, BUDGET, change) == [
        "-   - id: annai            # 前年度から",
        "-     name: 健診の案内",
        "-     topic: kenshin",
        "-     amount: 2,902千円    # 円で書く",
    ]


def test_rows_move_with_the_comments_above_them() -> None:
    def change(data: Any) -> None:
        rows = data["initiatives"]
        rows.insert(1, rows.pop())

    text = BUDGET
    old = BudgetFile.model_validate(parse_yaml(text, "x").data)
    data = plain_entries(old)
    change(data)
    result = edited(text, plain_entries(old), data)
    assert result.index("# 2 広報") < result.index("id: koho") < result.index("id: kansho")
    assert result.index("# 1 健診") < result.index("id: annai") < result.index("# 2 広報")


def test_a_row_whose_id_changes_stays_the_same_row() -> None:
    def change(data: Any) -> None:
        data["initiatives"][1]["id"] = "denwa"

    assert changed(BudgetFile, BUDGET, change) == ["-   - id: kansho", "+   - id: denwa"]


def test_all_rows_may_go_and_first_ones_come() -> None:
    assert "initiatives" not in edited(BUDGET, {"initiatives": [{}] * 3}, {})
    assert edited("# 頭\ninitiatives:\n", {}, {"initiatives": [{"id": "a", "name": "甲"}]}) == (
        "# 頭\ninitiatives:\n  - id: a\n    name: 甲\n"
    )
    assert edited("# だけ\n", {}, {"as_of": "9月"}) == "# だけ\nas_of: 9月\n"


def test_figures_by_year_keep_their_line_and_their_keys() -> None:
    def change(data: Any) -> None:
        kpi = data["kpis"][0]
        kpi["actuals"] = {"R4": kpi["actuals"]["R4"], "R5": 95, "R6": 96}
        kpi["listed"] = False
        kpi["targets"] = {"R6": ["66.0%以上"]}

    assert changed(KpiFile, KPIS, change) == [
        "-     actuals: {R3: 94.6, 令和4年度: 93.9,",
        "+     actuals: {令和4年度: 93.9,",
        "-               R5: 93.9}        # 3年分",
        "+               R5: 95, R6: 96}        # 3年分",
        "-       R6: [65.9%以上, （実績）]",
        '+       R6: ["66.0%以上"]',
        "-     listed: true",
        "+     listed: false",
    ]


def test_decimals_count() -> None:
    def change(data: Any) -> None:
        data["kpis"][0]["target"] = Decimal("96.00")

    assert changed(KpiFile, KPIS, change) == [
        "-     target: 96.0               # 一覧表に合わせる",
        "+     target: 96.00               # 一覧表に合わせる",
    ]


def test_months_stay_a_list_where_they_are_one() -> None:
    def change(data: Any) -> None:
        first, second = data["tables"][0]["series"]
        first["values"]["6月"] = 4
        second["values"]["6月"] = 7

    found = changed(MonthlyFile, MONTHS, change)
    assert found[-1] == "+         values: {4月: 5, 5月: 6, 6月: 7}"
    assert "+         values: [1, 2, 3, 4, null, null, null, null, null, null, null, null]" in found


def test_a_text_of_several_lines_stays_a_block() -> None:
    def change(data: Any) -> None:
        first, second = data["entries"]
        first["text"] = "・短くした。\n・もっと続ける。\n・終わり。"
        second["text"] = "・送った。\n\n・届いた。"
        second["monthly"] = ["checkup", "rate"]
        second["rank"] = 43

    assert changed(ProgressFile, PROGRESS, change) == [
        "-       ・続ける。",
        "+       ・もっと続ける。",
        "+       ・終わり。",
        "+     rank: 43",
        "-     monthly: [checkup]       # 表",
        "+     monthly: [checkup, rate]       # 表",
        "-     text: ・送った。",
        "+     text: |",
        "+       ・送った。",
        "+ ",
        "+       ・届いた。",
    ]


def test_a_text_may_become_one_line_or_nothing() -> None:
    def change(data: Any) -> None:
        data["entries"][0]["text"] = "・短くした。"
        del data["entries"][1]["text"]

    found = changed(ProgressFile, PROGRESS, change)
    assert "+     text: ・短くした。" in found
    assert "-     text: ・送った。" in found


def test_the_first_key_of_a_row_may_go() -> None:
    def change(data: Any) -> None:
        del data["entries"][1]["plan"]

    assert changed(ProgressFile, PROGRESS, change)[:2] == [
        "-   - plan: kenshin",
        "-     monthly: [checkup]       # 表",
    ]


def test_what_a_branch_decided_is_changed() -> None:
    text = "branch: 群馬\nfiscal_year: 令和7年度  # この形\nedition: 案\ncomparison:\n  pairs:\n    a: null   # 新しい\n    b: c\n"

    def change(data: Any) -> None:
        data["comparison"]["pairs"] = {"a": "x", "b": None}
        data["comparison"]["marks"] = {"a": ["語句", "また: 語句"]}
        data["previous"] = "gunma-r6"

    assert changed(DatasetFile, text, change) == [
        "+ previous: gunma-r6",
        "-     a: null   # 新しい",
        "+     a: x   # 新しい",
        "-     b: c",
        "+     b: null",
        "+   marks:",
        '+     a: [語句, "また: 語句"]',
    ]


@pytest.mark.parametrize(
    "file", ["dataset.yaml", "budget.yaml", "kpis.yaml", "monthly.yaml", "progress.yaml"]
)
def test_any_text_can_come_to_say_anything(file: str) -> None:
    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(datasets(), datasets())
    def check(old: Dataset, new: Dataset) -> None:
        before, after = entry_files(old).get(file), entry_files(new).get(file)
        if before is None or after is None:
            return
        result = edited(entry_text(before), plain_entries(before), plain_entries(after))
        again = type(after).model_validate(parse_yaml(result, file).data)
        assert plain_entries(again) == plain_entries(after), result

    check()
