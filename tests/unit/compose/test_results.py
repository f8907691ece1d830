"""年度実施状況 as a value: its parts and their titles."""

from __future__ import annotations

from handouts.compose.results import compose_results
from handouts.dataset.model import Datasets
from tests.samples import plan_dataset

PLAN = "Ⅰ．基盤\n１ 窓口\n・掲示を大きくする。\n"


def test_titles_name_year_and_branch() -> None:
    found = compose_results(Datasets(plan_dataset(PLAN)))
    assert found.front.title == "令和7年度 群馬支部 事業実施状況について"
    assert found.front.cover.title == ("令和7年度 群馬支部", "事業実施状況について")
    assert (found.kpis_title, found.sections_title, found.execution_title) == (
        "令和7年度 群馬支部事業計画実施状況（概要）",
        "令和7年度 事業実施状況（群馬支部）",
        "令和7年度 保険者機能強化予算の執行状況",
    )


def test_a_part_of_which_the_dataset_says_nothing_is_empty() -> None:
    found = compose_results(Datasets(plan_dataset(PLAN)))
    assert (found.kpis, found.execution) == (None, ())
    assert len(found.sections) == 1
