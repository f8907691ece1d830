"""最終報告 as a value: cover, what is reported, the plan as a part."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from handouts.compose.final_report import FinalReport, compose_final_report
from handouts.compose.plan import compose_plan
from handouts.dataset.fiscal import YearForm
from handouts.dataset.kpis import Kpi
from handouts.dataset.model import Dataset, Datasets
from handouts.dataset.settings import HandoutSettings
from tests.samples import plan_dataset

PLAN = "Ⅰ．基盤\n１ 窓口\n（１）案内\n・早くする。\n■KPI：{kpi:wait}\n"


def edition(plan: str = PLAN, target: int = 5, **more: Any) -> Dataset:
    kpi = Kpi(id="wait", name="待ち時間", target=target, unit="分")
    dataset = plan_dataset(plan, kpis=(kpi,))
    return replace(dataset, edition="最終", year_form=more.pop("form", YearForm.ERA_WIDE), **more)


def report(this: Dataset, earlier: Dataset | None = None) -> FinalReport:
    return compose_final_report(Datasets(this, earlier=earlier))


def test_the_cover_has_the_title_over_two_lines_and_the_settings_of_the_dataset() -> None:
    settings = HandoutSettings(
        material="資料２－１", agenda="【議題２】報告事項", note="※見直すことがあります。"
    )
    cover = report(edition(handouts={"final-report": settings})).front.cover
    assert cover.title == ("令和７年度 群馬支部", "事業計画の最終報告について")
    assert (cover.material, cover.agenda, cover.note) == (
        "資料２－１",
        "【議題２】報告事項",
        "※見直すことがあります。",
    )


def test_the_contents_name_the_parts_as_they_are_headed() -> None:
    handout = report(edition())
    assert handout.front.cover.contents == (handout.kpi_part, handout.plan_part)
    assert [part.title for part in handout.front.cover.contents] == [
        "令和７年度 ＫＰＩ（重要業績評価指標）一覧",
        "令和７年度 群馬支部の事業計画",
    ]


def test_without_kpis_there_is_no_part_for_them_and_nothing_is_said_of_them() -> None:
    bare = replace(edition(PLAN.replace("{kpi:wait}", "待ち時間を5分とする")), kpis=())
    handout = report(bare)
    assert handout.kpi_part is None
    assert handout.front.cover.contents == (handout.plan_part,)
    assert handout.front.cover.statements == ("令和７年度の事業計画がまとまりましたので、ご報告します。",)
    assert not any("ＫＰＩ" in statement for statement in report(bare, bare).front.cover.statements)


@pytest.mark.parametrize(("form", "wide"), [(YearForm.ERA_WIDE, True), (YearForm.BOTH, False)])
def test_page_numbers_are_as_wide_as_the_branch_writes_digits(form: YearForm, wide: bool) -> None:
    assert report(edition(form=form)).front.cover.wide_pages is wide


def test_where_nothing_changed_both_statements_say_so() -> None:
    first, *rest = report(edition(), edition()).front.cover.statements
    assert first == "令和７年度の事業計画は、本部による審査が済みましたので、最終の内容をご報告します。"
    assert rest == [
        "ＫＰＩに、審査の前から変わったものはありません。",
        "計画の文章は、審査の前のとおりです。",
    ]


def test_what_changed_is_counted() -> None:
    earlier = edition(PLAN.replace("早く", "すぐに") + "・やめた文。\n", target=7)
    assert report(edition(), earlier).front.cover.statements[1:] == (
        "ＫＰＩは、審査の前から１件が変わりました（変更１件）。",
        "計画の文章は、審査の前から２段落を改めました。",
    )


def test_a_target_in_the_text_of_the_plan_is_no_change_of_its_words() -> None:
    assert (
        report(edition(), edition(target=7)).front.cover.statements[2]
        == "計画の文章は、審査の前のとおりです。"
    )


def test_without_an_earlier_edition_nothing_is_said_of_a_review() -> None:
    [statement] = report(edition()).front.cover.statements
    assert "審査" not in statement
    assert "ＫＰＩの一覧" in statement


def test_the_plan_is_that_of_the_plan_alone_one_heading_level_lower() -> None:
    alone = compose_plan(Datasets(edition())).pillars
    part = report(edition()).pillars
    assert alone[0].heading is not None
    assert part[0].heading is not None
    assert (alone[0].heading.heading, part[0].heading.heading) == (2, 3)
    first, same = part[0].rows[0], alone[0].rows[0]
    assert [getattr(line, "heading", None) for line in first] == [4, 5, None, None]
    assert [getattr(line, "text", None) for line in first] == [getattr(line, "text", None) for line in same]
