"""Rules on names: unique ids, and references that find what they name."""

from __future__ import annotations

from typing import Any

import pytest

from handouts.checks import check_dataset
from handouts.dataset.fiscal import FiscalYear, YearForm
from handouts.dataset.model import Dataset, Initiative, NumberingStyle, Overrides, Plan
from handouts.dataset.plan_text import parse_plan
from handouts.errors import Place

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


def test_a_placeholder_that_names_nothing_is_a_fault_at_its_paragraph() -> None:
    plan = dataset(PLAN.replace("知らせる。", "{kpi:rate}と{population:x}", 1))
    paragraph = plan.plan.paragraphs[4]
    messages = found(plan, {f"plan:{paragraph.id}": Place("plan.md", 5)})
    assert [message.split(" の")[0] for message in messages] == [
        "plan.md 5行: {kpi:rate}",
        "plan.md 5行: {population:x}",
    ]


def test_an_entry_that_is_at_fault_itself_is_not_reported_as_missing() -> None:
    places = {"kpi:rate": Place("kpis.yaml", 2), "kpi:rate.name": Place("kpis.yaml", 3)}
    assert found(dataset(PLAN + "・{kpi:rate}\n"), places) == []
    assert len(found(dataset(PLAN + "・{kpi:rate}{kpi:name}\n"), places)) == 1


def test_a_placeholder_in_full_width_is_a_warning() -> None:
    [finding] = check_dataset(dataset(PLAN + "・｛kpi：rate｝\n"), {})
    assert finding.severity == "warning"
    assert finding.found == "「｛kpi：rate｝」は置き換えられず、このまま印刷されます"


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


def test_an_id_given_twice_is_a_fault_at_the_second_place_that_names_the_first() -> None:
    rows = tuple(Initiative(id="annai", name="健診案内", topic="kenshin", amount=1000) for _ in range(2))
    places = {"budget:annai": Place("budget.yaml", 2), "budget:annai#2": Place("budget.yaml", 6)}
    [message] = found(dataset(initiatives=rows), places)
    assert message == (
        "budget.yaml 6行: id「annai」が2回使われています（1回目は2行）。"
        "同じ種類の中で、同じ id は1回だけ使えます。どちらかの id を変えてください。"
    )


def test_the_same_id_in_two_kinds_is_in_order() -> None:
    rows = (Initiative(id="kenshin", name="健診案内", topic="kenshin", amount=1000),)
    assert found(dataset(initiatives=rows)) == []


def test_an_empty_dataset_is_in_order() -> None:
    empty = Dataset("r7", "群馬", FiscalYear(2025), YearForm.ERA, "案", Plan())
    assert check_dataset(empty, {}) == ()
