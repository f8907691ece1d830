"""Rules on names: headings and ids that entries name."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from handouts.checks import check_dataset
from handouts.checks import references as rules
from handouts.dataset.budget import Initiative
from handouts.dataset.fiscal import FiscalYear, YearForm
from handouts.dataset.model import Dataset
from handouts.dataset.plan import Plan
from handouts.dataset.plan_text import parse_plan
from handouts.dataset.progress import ProgressEntry
from handouts.dataset.settings import NumberingStyle, Overrides
from handouts.findings import Place
from tests.samples import plan_dataset
from tests.unit.checks.made import Row, in_workbook, messages, only, table
from tests.unit.checks.made import dataset as progress_dataset

PLAN = """\
Ⅰ．戦略的保険者機能 {#senryaku}
１ 特定健診の推進 {#kenshin}
・案内を送る。 {#annai-bun}
２ 広報 {#koho}
・知らせる。
３ 広 報 {#koho-2}
・もっと知らせる。
"""


def dataset(plan: str = PLAN, topics: tuple[str, ...] = (), **changes: Any) -> Dataset:
    rows = tuple(
        Initiative(id=f"annai-{number}", name="健診案内", topic=topic, amount=1000)
        for number, topic in enumerate(topics, 1)
    )
    parsed = parse_plan(plan, NumberingStyle(), "plan.md").plan
    entries: dict[str, Any] = {"initiatives": rows, **changes}
    return Dataset("r7", "群馬", FiscalYear(2025), YearForm.ERA, "案", parsed, **entries)


def found(dataset: Dataset, places: dict[str, Place] | None = None) -> list[str]:
    return [str(finding) for finding in check_dataset(dataset, places or {})]


@pytest.mark.parametrize("topic", ["kenshin", "特定健診の推進", "１ 特定 健診の推進", "２ 広報"])
def test_a_topic_that_is_a_heading_is_in_order(topic: str) -> None:
    assert found(dataset(topics=(topic,))) == []


@pytest.mark.parametrize(
    ("topic", "near"),
    [
        ("特定検診の推進", "近い見出し: 「１ 特定健診の推進」（id: kenshin）"),
        ("kensin", "（id: kenshin）"),
        ("電子申請", "見出しが計画にありません。topic に、計画の見出しの id か"),
    ],
)
def test_a_topic_that_is_no_heading_is_a_fault_that_names_near_ones(topic: str, near: str) -> None:
    [message] = found(dataset(topics=(topic,)))
    assert f"取組「健診案内」の topic「{topic}」に当たる見出しが計画にありません" in message
    assert near in message


def test_a_topic_that_is_a_whole_pillar_is_a_fault() -> None:
    [message] = found(dataset(topics=("senryaku",)))
    assert "「Ⅰ．戦略的保険者機能」（id: senryaku） は分野です" in message


def test_a_topic_that_names_two_headings_is_a_fault_with_their_ids() -> None:
    [message] = found(dataset(topics=("広報",)))
    assert "「広報」という見出しは、計画に2つあります" in message
    assert "koho（4行）、koho-2（6行）" in message


def test_a_topic_that_names_another_paragraph_is_a_fault_with_the_heading_above() -> None:
    [message] = found(dataset(topics=("annai-bun",)))
    assert "topic「annai-bun」は見出しではありません（計画の3行の段落です）" in message
    assert "その上の見出し: 「１ 特定健診の推進」（id: kenshin）" in message


def test_a_fault_stands_where_the_topic_was_entered() -> None:
    place = Place("budget.yaml", 4, 12, "initiatives[1].topic")
    assert found(dataset(topics=("x",)), {"budget:annai-1.topic": place})[0].startswith(f"{place}: ")


def test_a_fault_names_at_least_the_file() -> None:
    assert found(dataset(topics=("x",)))[0].startswith("budget.yaml: ")


def test_an_override_for_a_paragraph_that_is_not_there_is_a_fault() -> None:
    overrides = Overrides(pairs={"kensin": "kenshin", "koho": None}, marks={"yobo": (), "kenshin": ("健診",)})
    messages = found(
        dataset(overrides=overrides), {"dataset:comparison.pairs.kensin": Place("dataset.yaml", 9)}
    )
    assert sorted(message.split("。")[0] for message in messages) == [
        "dataset.yaml 9行: 「kensin」という id の段落は計画にありません",
        "dataset.yaml: 「yobo」という id の段落は計画にありません",
    ]
    assert any("「kenshin」の書き間違い" in message for message in messages)


def test_an_empty_dataset_is_in_order() -> None:
    empty = Dataset("r7", "群馬", FiscalYear(2025), YearForm.ERA, "案", Plan())
    assert check_dataset(empty, {}) == ()


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (
            {"fields": [{"id": "keihi", "name": "健診経費", "topic": "kensin"}]},
            "区分「健診経費」の topic「kensin」に当たる",
        ),
        (
            {"items": [{"heading": "電子申請", "badge": "新"}]},
            "事業の heading「電子申請」に当たる見出しが計画にありません",
        ),
        (
            {"items": [{"heading": "kansho", "badge": "新"}]},
            "heading「kansho」は見出しではありません（計画の3行の段落です）",
        ),
        (
            {"items": [{"heading": "Ⅰ．基盤", "badge": "新"}]},
            "事業の heading 「Ⅰ．基盤」（id: kiban） は分野です",
        ),
    ],
)
def test_fields_and_items_name_headings_too(rows: Row, found: str) -> None:
    finding = only(rules.check_topics, progress_dataset(**rows))
    assert found in finding.found
    assert finding.severity == "error"


def test_an_item_that_names_a_heading_by_its_words_is_in_order() -> None:
    assert (
        messages(rules.check_topics, progress_dataset(items=[{"heading": "健診"}, {"heading": "２ 広報"}]))
        == []
    )


@pytest.mark.parametrize(
    ("rows", "place", "found", "remedy"),
    [
        (
            {"entries": [{"id": "a", "plan": "kanshou"}]},
            "progress:a.plan",
            "「kanshou」という id は、計画（plan.md）にありません",
            "「kansho」の書き間違い",
        ),
        ({"entries": [{"id": "a", "plan": "zzz"}]}, "progress:a.plan", "計画（plan.md）に", "{#名前} を付けて"),
        ({"entries": [{"id": "a", "kpi": "rat"}]}, "progress:a.kpi", "kpis.yaml の kpis にありません", "「rate」"),
        (
            {"entries": [{"id": "a", "monthly": ["checkup", "chekup"]}]},
            "progress:a.monthly[2]",
            "「chekup」という id は、monthly.yaml の tables にありません",
            "「checkup」の書き間違い",
        ),
        ({"tables": [table({}, kpi="x")]}, "monthly:checkup.kpi", "「x」という id は、kpis.yaml の", "確かめて"),
        (
            {"initiatives": [{"id": "a", "name": "案内", "field": "kehi", "amount": 1}]},
            "budget:a.field",
            "「kehi」という id は、budget.yaml の fields にありません",
            "「keihi」の書き間違い",
        ),
    ],
)  # fmt: skip
def test_an_id_that_names_nothing_is_a_fault_at_its_place_with_the_nearest(
    rows: Row, place: str, found: str, remedy: str
) -> None:
    known: Row = {
        "kpis": [{"id": "rate", "name": "受診率", "target": 5}],
        "tables": [table({})],
        "fields": [{"id": "keihi", "name": "健診経費"}],
    }
    finding = only(rules.check_references, progress_dataset(**{**known, **rows}), {place: Place("here", 7)})
    assert found in finding.found
    assert remedy in finding.remedy
    assert str(finding).startswith("here 7行: ")
    assert finding.severity == "error"


def test_an_id_of_an_entry_at_fault_is_known() -> None:
    given = progress_dataset(entries=[{"plan": "kansho", "kpi": "rate", "monthly": ["checkup"]}])
    places = {"kpi:rate": Place("kpis.yaml", 2), "monthly:checkup": Place("monthly.yaml", 2)}
    assert messages(rules.check_references, given, places) == []


@pytest.mark.parametrize(
    ("topic", "said"),
    [
        (
            "電子申請",
            "取組「健診案内」の「電子申請」に当たる見出しが計画にありません。"
            "「計画の見出し」で、計画の見出しを一覧から選ぶか、見出しの文字をそのまま書いてください。",
        ),
        ("senryaku", "取組「健診案内」が指す「Ⅰ．戦略的保険者機能」は分野です。"),
        (
            "広報",
            "見出しは「２ 広報」、「３ 広 報」です。「計画の見出し」で、番号も付いたものを一覧から選んで",
        ),
        (
            "annai-bun",
            "「annai-bun」は見出しではありません（段落は計画!C6）。その上の見出し: 「１ 特定健診の推進」。",
        ),
    ],
)
def test_in_a_workbook_a_topic_at_fault_is_told_of_in_the_words_of_its_sheet(topic: str, said: str) -> None:
    places = {
        "budget:annai-1": Place("gunma-r7.xlsx", cell="取組・予算!C5"),
        "plan:annai-bun": Place("gunma-r7.xlsx", cell="計画!C6"),
    }
    assert said in only(rules.check_topics, dataset(topics=(topic,)), places).sentence


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (
            {"plan": "zzz"},
            "「zzz」に当たる段落は、シート「計画」にありません。一覧から選び直して",
        ),
        ({"kpi": "zzz"}, "「zzz」に当たるものは、シート「KPI」にありません。一覧から選び直してください。"),
    ],
)
def test_in_a_workbook_an_id_that_names_nothing_is_missing_in_a_sheet(entry: Row, said: str) -> None:
    assert said in in_workbook(only(rules.check_references, progress_dataset(entries=[{"id": "a", **entry}])))


REWORDED = """\
Ⅰ．基盤
１ 財政運営
・評議会において医療費の動向を説明し、意見を聴く。
・地域の医療費の特性を市町村別に分析する。
２ サービス
・申請書の進捗を毎朝確認する。
"""


def reworded(place: str = "") -> list[str]:
    """What is found where a record and an initiative name paragraphs that somebody has changed by hand since."""
    before = plan_dataset(REWORDED).plan.paragraphs
    entries = tuple(
        ProgressEntry(id=f"e{number}", plan=before[number].id, text=text)
        for number, text in ((2, "・医療費の動向を評議会で説明し、意見を聴いた。"), (5, "・毎朝確認した。"))
    )
    topics = [
        Initiative(id=f"i{number}", name="取組", topic=before[number].id, amount=1000) for number in (1, 4)
    ]
    plan = REWORDED.replace("において医療費の動向を説明し、意見を聴く", "で医療費の動きを説く").replace(
        "財政運営", "健全な財政"
    )
    dataset = replace(plan_dataset(plan, topics), entries=entries)
    places = (
        {"progress:e2.plan": Place("b.xlsx", cell="進捗!A4"), "plan:": Place("b.xlsx", cell="計画")}
        if place
        else {}
    )
    return [
        one.sentence.replace(before[2].id, "ID").replace(before[1].id, "ID2")
        for one in (*rules.check_topics(dataset, places), *rules.check_references(dataset, places))
    ]


def test_a_paragraph_that_was_reworded_by_hand_is_named_with_what_to_write() -> None:
    assert reworded() == [
        "取組「取組」の topic「ID2」という id の見出しが、計画（plan.md）にありません（見出しの文が変わったようです）。"
        "近い見出しは、2行の「１ 健全な財政」です。"
        "それなら、その行の終わりに {#ID2} と書いてください。ほかの段落なら、その id を書いてください。",
        "「ID」という id の段落が、計画（plan.md）にありません（段落の文が変わったようです）。"
        "近い段落は、3行の「・評議会で医療費の動きを説く。」です。"
        "それなら、その行の終わりに {#ID} と書いてください。ほかの段落なら、その id を書いてください。",
    ]


def test_whoever_has_a_workbook_reads_no_ids_of_a_reworded_paragraph() -> None:
    sentence = reworded("workbook")[-1]
    assert sentence.startswith(
        "ここで指していた段落が、シート「計画」に見つかりません（段落の文が変わったようです）。"
    )
    assert "「・評議会で医療費の動きを説く。」" in sentence
    assert "ID" not in sentence
    assert "{#" not in sentence
