"""What an import changes, in the words of the workbook."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from handouts.dataset.budget import Initiative
from handouts.dataset.model import Dataset
from handouts.dataset.plan_text import parse_plan
from handouts.excel.changes import changes_between
from tests.unit.excel.books import PLAN, R3, dataset


def changes(new: Dataset) -> list[str]:
    return [str(change) for change in changes_between(dataset(), new)]


def test_nothing_changed_is_no_change() -> None:
    assert changes(dataset()) == []


def test_a_value_is_named_with_its_sheet_row_and_column() -> None:
    source = dataset()
    first, *others = source.initiatives
    kpi, *kpis = source.kpis
    table, rate = source.tables
    series = rate.series[0].model_copy(update={"values": {4: Decimal("65.60")}})
    new = replace(
        source,
        edition="最終",
        initiatives=(first.model_copy(update={"amount": 3_000_000}), *others),
        kpis=(kpi.model_copy(update={"actuals": {R3: Decimal("98.50")}}), *kpis),
        tables=(table, rate.model_copy(update={"series": (series,)})),
    )
    assert changes(new) == [
        "会議 版: 案 → 最終",
        "取組・予算 健診の案内 予算額（円）: 2,902,000 → 3,000,000",
        "KPI サービススタンダードの達成率 実績 令和2年度: 97.0% → （空）",
        "KPI サービススタンダードの達成率 実績 令和3年度: 98.5% → 98.50%",
        "月次 達成率 令和3年度 4月: 65.6% → 65.60%",
        "月次 達成率 令和3年度 5月: 97.0% → （空）",
    ]


def test_rows_that_come_go_and_move_are_said() -> None:
    source = dataset()
    new = replace(
        source, initiatives=(Initiative(id="new", name="新しい取組", amount=1000), source.initiatives[1])
    )
    assert changes(new) == [
        "取組・予算 健診の案内: 健診の案内、Ⅱ-1 特定健診実施率の向上、2,902,000、1,644,044 → （削除）",
        "取組・予算 新しい取組: （追加） → 新しい取組、1,000",
    ]
    assert changes(replace(source, initiatives=source.initiatives[::-1])) == [
        "取組・予算 行の順: 元の順 → 新しい順"
    ]


def test_paragraphs_are_compared_by_their_place_and_id() -> None:
    text = PLAN.replace("（１）申請を", "（１）先に入れた文。\n（２）申請を").replace(
        "・健診の案内を送る。", "・健診の案内を早く送る。"
    )
    new = replace(dataset(), plan=parse_plan(text, dataset().numbering, "plan.md").plan)
    assert changes(new) == [
        "計画: （追加） → （１）先に入れた文。",
        "計画: ・健診の案内を送る。対象者は{population:健診（被保険者）.eligi… → ・健診の案内を早く送る。対象者は{population:健診（被保険者）.eli…",
        "計画 番号: 元の番号 → 新しい番号（1段落）",
    ]


def test_of_long_texts_a_change_shows_where_they_differ() -> None:
    source = dataset()
    first, *others = source.entries
    long = "あ" * 60
    texts = [
        replace(source, entries=(first.model_copy(update={"text": f"{long}{end}"}), *others))
        for end in "前後"
    ]
    (change,) = map(str, changes_between(*texts))
    assert change.endswith("…ああああああああ前 → …ああああああああ後")
