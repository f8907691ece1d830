"""事業計画 as a value: pillars, topics, frames."""

from __future__ import annotations

from handouts.compose.page import Box
from handouts.compose.plan import PlanHandout, compose_plan
from handouts.dataset.kpis import Kpi, Population
from handouts.dataset.model import Datasets
from handouts.dataset.settings import NumberingStyle
from tests.samples import plan_dataset

STYLE = NumberingStyle(levels=("1. ", "○ ", "① ", "i) "))
PLAN = """1. 基盤
○ 窓口
① 案内の改善
・掲示を大きくする。
■KPI：1) {kpi:wait}
2) {kpi:smile}
※待ち時間は番号札で測る。
② 電話
・早く出る。
◆ 支部独自事業
・相談会を開く。
2. 健康
○ 健診
■被保険者（{population:kenshin.eligible}）
・生活習慣病予防健診 {population:kenshin}
・本文ではなく内訳の二つ目。
"""
KPIS = (
    Kpi(id="wait", name="待ち時間", target=5, unit="分", bound="以内"),
    Kpi(id="smile", name="満足度", sentence="満足度を高める"),
)
PEOPLE = Population(
    id="kenshin", group="被保険者", item="健診", eligible=262_059, rate="62.2", planned=163_001
)


def compose(**more: object) -> PlanHandout:
    dataset = plan_dataset(PLAN, numbering=STYLE, kpis=KPIS, populations=(PEOPLE,), **more)
    return compose_plan(Datasets(dataset))


def texts(row: tuple[object, ...]) -> list[object]:
    return [[line.text for line in block.lines] if isinstance(block, Box) else block.text for block in row]


def test_every_pillar_has_its_topics_in_order() -> None:
    handout = compose()
    assert [pillar.heading.text for pillar in handout.pillars] == ["1. 基盤", "2. 健康"]
    assert [texts(row)[0] for row in handout.pillars[0].rows] == ["○ 窓口", "② 電話"]


def test_kpis_stand_in_a_frame_with_the_notes_below_them() -> None:
    assert texts(compose().pillars[0].rows[0]) == [
        "○ 窓口",
        "① 案内の改善",
        "・掲示を大きくする。",
        ["■KPI：1) 待ち時間を5分以内とする", "2) 満足度を高める", "※待ち時間は番号札で測る。"],
    ]


def test_whom_a_check_up_is_meant_for_stands_in_a_frame() -> None:
    [frame] = [block for block in compose().pillars[1].rows[0] if isinstance(block, Box)]
    assert [line.text for line in frame.lines][:2] == [
        "■被保険者（実施対象者数：262,059人）",
        "・生活習慣病予防健診 実施率 62.2%（実施見込者数：163,001人）",
    ]


def test_every_paragraph_is_printed_once() -> None:
    handout = compose()
    refs = []
    for pillar in handout.pillars:
        refs.append(pillar.heading.ref)
        for row in pillar.rows:
            refs += [
                line.ref for block in row for line in (block.lines if isinstance(block, Box) else (block,))
            ]
    assert len(set(refs)) == len(refs) == len(PLAN.splitlines())


def test_text_before_the_first_pillar_is_printed() -> None:
    handout = compose_plan(Datasets(plan_dataset("前書きを書く。\n" + "Ⅰ．基盤\n１ 窓口\n・本文。\n")))
    assert handout.pillars[0].heading is None
    assert texts(handout.pillars[0].rows[0]) == ["前書きを書く。"]


def test_the_title_names_year_and_branch_and_a_draft() -> None:
    assert compose().front.title == "令和7年度 群馬支部 事業計画（案）"
