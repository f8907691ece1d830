"""What refs name in the datasets, and the texts behind what is printed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from handouts.dataset.fiscal import FiscalYear
from handouts.dataset.kpis import Kpi, Population
from handouts.dataset.model import Datasets
from handouts.dataset.monthly import MonthlySeries, MonthlyTable
from handouts.dataset.progress import ProgressEntry, ProgressItem
from handouts.dataset.settings import HandoutSettings
from handouts.measures.sources import Sources, SourceText, role_of_text
from tests.samples import initiative, plan_dataset

PLAN = "Ⅰ．基盤\n１ 健診 {#kenshin}\n（１）実施率を{kpi:checkup.target}にする。 {#rate}\n■KPI：{kpi:checkup} {#goal}\n"
KPI = Kpi(
    id="checkup",
    name="健診実施率",
    target=Decimal("62.2"),
    unit="%",
    actuals={"R6": 60.1},  # type: ignore[dict-item]
    targets={"R8": ["63%", "以上"]},  # type: ignore[dict-item]
)
TABLE = MonthlyTable(
    id="checkup",
    caption="受診率",
    months="3月始まり",
    series=(MonthlySeries(year="R7", values={3: 1, 4: 2}),),  # type: ignore[arg-type]
)
ENTRY = ProgressEntry(
    id="done",
    plan="rate",
    text="・{kpi:checkup.target}に届いた。\n\n```\n期間 | 結果\n4月 | {kpi:checkup.name}\n```\n",
)
THIS = plan_dataset(
    PLAN,
    [initiative("annai", "kenshin", 2_000)],
    settings=HandoutSettings(agenda="【議題】"),
    kpis=(KPI,),
    populations=(
        Population(id="a", group="被保険者", item="健診", eligible=10, rate=Decimal(50), planned=5),
    ),
    tables=(TABLE,),
    entries=(ENTRY,),
    items=(ProgressItem(heading="1.健診 [案]", badge="語"),),
)
LAST = plan_dataset("Ⅰ．基盤\n１ 健康 {#kenshin}\n", year=2024)
SOURCES = Sources(Datasets(THIS, LAST, replace(THIS, kpis=(KPI.model_copy(update={"target": Decimal(60)}),))))


@pytest.mark.parametrize(
    ("ref", "value"),
    [
        ("budget:annai.amount", 2_000),
        ("kpi:checkup.target", Decimal("62.2")),
        ("ekpi:checkup.target", Decimal(60)),
        ("kpi:checkup.actuals.R6", Decimal("60.1")),
        ("kpi:checkup.targets.R8[2]", "以上"),
        ("population:a.planned", 5),
        ("monthly:checkup.series[1].values[2]", Decimal(2)),
        ("monthly:checkup.series[1].year", FiscalYear(2025)),
        ("monthly:checkup.caption", "受診率"),
        ("dataset:handouts.plan-budget.agenda", "【議題】"),
        ("dataset:branch", "群馬"),
        ("item:1.健診 [案].badge", "語"),
    ],
)
def test_a_ref_names_a_value_of_its_dataset(ref: str, value: object) -> None:
    assert SOURCES.names_something(ref)
    assert SOURCES.value(ref) == value


@pytest.mark.parametrize(
    "ref",
    [
        "kpi:checkup.mark",
        "dataset:handouts.plan.date",
        "kpi:checkup.actuals.R1",
        "monthly:checkup.series[1].values[12]",
    ],
)
def test_a_place_may_be_empty_yet(ref: str) -> None:
    assert SOURCES.names_something(ref)
    assert SOURCES.value(ref) is None


@pytest.mark.parametrize(
    "ref",
    [
        *["plan:nobody", "kpi:checkup.colour", "kpi:nobody.target", "budget:annai.amount[1]"],
        *["monthly:checkup.series[2].values[1]", "monthly:checkup.series[1].values[13]", "oplan:rate"],
        *[
            "progress:done.text[2]",
            "progress:done.text[4][3]",
            "dataset:nothing",
            "dataset:handouts.plan.colour",
        ],
    ],
)
def test_what_is_nowhere_names_nothing(ref: str) -> None:
    assert not SOURCES.names_something(ref)
    assert SOURCES.value(ref) is None
    assert SOURCES.text(ref) is None


def test_without_last_year_its_refs_name_nothing() -> None:
    assert not Sources(Datasets(THIS)).names_something("oplan:kenshin")


@pytest.mark.parametrize(
    ("ref", "stored", "printed"),
    [
        ("plan:rate", "実施率を{kpi:checkup.target}にする。", "実施率を62.2%にする。"),
        ("oplan:kenshin", "健康", "健康"),
        ("progress:done.text[1]", "{kpi:checkup.target}に届いた。", "62.2%に届いた。"),
        ("progress:done.text[5][2]", "{kpi:checkup.name}", "健診実施率"),
        ("budget:annai.name", "取組 annai", "取組 annai"),
    ],
)
def test_a_text_is_known_as_stored_and_as_printed(ref: str, stored: str, printed: str) -> None:
    assert SOURCES.text(ref) == SourceText(stored, printed)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("{kpi:a}", "generated"),
        ("{plan:a}", "repeated"),
        ("{progress:a}", "repeated"),
        ("{kpi:a.target}", "own"),
        ("率は{kpi:a}", "own"),
        ("{budget:a}", "own"),
        ("文", "own"),
    ],
)
def test_a_sentence_of_the_program_is_told_from_words_of_the_branch(text: str, role: str) -> None:
    assert role_of_text(text) == role
