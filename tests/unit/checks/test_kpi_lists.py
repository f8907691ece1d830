"""Rules on the 最終報告."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from handouts.checks import check_dataset
from handouts.checks.kpi_lists import check_typed_kpis
from handouts.dataset.kpis import Kpi
from handouts.dataset.model import Dataset
from handouts.dataset.settings import HandoutSettings
from handouts.findings import Place
from tests.samples import plan_dataset
from tests.unit.checks.made import in_workbook

PLAN = "Ⅰ．基盤\n１ 窓口\n・{kpi:machi}\n"
KPIS = (Kpi(id="machi", name="待ち時間", target=5), Kpi(id="denwa", name="電話の応答", target=3))


def report(**more: Any) -> Dataset:
    dataset = plan_dataset(PLAN, kpis=more.pop("kpis", KPIS))
    return replace(dataset, edition="最終", handouts={"final-report": HandoutSettings()}, **more)


def test_a_listed_kpi_that_the_plan_does_not_name_is_one_warning_at_the_kpi() -> None:
    [finding] = check_dataset(report(), {"kpi:denwa": Place("kpis.yaml", 5)})
    assert finding.severity == "warning"
    assert str(finding).startswith(
        "kpis.yaml 5行: KPI「電話の応答」は計画のどこにも出てこないので、一覧の最後に"
    )
    assert "{kpi:denwa} と書くか、一覧に載せないなら listed: false と" in finding.remedy
    assert "一覧に載せないなら「一覧に載せる」の欄に「いいえ」と書いてください" in in_workbook(finding)


def test_a_kpi_that_is_neither_named_nor_listed_is_not_printed() -> None:
    unlisted = KPIS[1].model_copy(update={"listed": False})
    [finding] = check_dataset(report(kpis=(KPIS[0], unlisted)), {})
    assert finding.found == "KPI「電話の応答」は計画のどこにも出てこないので、印刷されません"


def test_listed_kpis_that_the_plan_names_are_in_order() -> None:
    assert check_dataset(report(kpis=KPIS[:1]), {}) == ()


@pytest.mark.parametrize("edition", ["案", "本部提出"])
def test_a_final_report_of_another_edition_is_a_warning(edition: Any) -> None:
    dataset = replace(report(kpis=KPIS[:1]), edition=edition)
    [finding] = check_dataset(dataset, {"dataset:edition": Place("dataset.yaml", 4)})
    assert (finding.severity, finding.place.line) == ("warning", 4)
    assert f"版が「{edition}」のまま、最終報告（final-report）を" in finding.found
    assert in_workbook(finding) == (
        f"版が「{edition}」のまま、最終報告を作ろうとしています。最終報告は、本部の審査を受けた「最終」の版から作ります。"
        "版を「最終」に直すか、シート「会議」の作る資料から「最終報告」を消してください。"
    )


def test_an_edition_without_a_final_report_may_be_a_draft() -> None:
    assert check_dataset(plan_dataset(PLAN, kpis=KPIS[:1]), {}) == ()


def test_kpis_that_stand_in_the_plan_only_are_one_finding_at_the_first() -> None:
    plan = "Ⅰ．基盤\n１ 窓口\n■KPI：待ち時間を5分とする\n１ 電話\n■KPI：応答率を99%とする\n"
    [finding] = check_dataset(plan_dataset(plan), {})
    assert finding.rule.id == "kpi.none-entered"
    assert finding.found == "計画に KPI の文が2件ありますが、kpis.yaml には1件もありません"
    assert "シート「KPI」には1件も" in in_workbook(finding)
    one = Kpi(id="machi", name="待ち時間", target=5)
    assert not list(check_typed_kpis(plan_dataset(plan, kpis=(one,)), {}))
    assert not list(check_typed_kpis(plan_dataset(plan), {"kpi:machi": Place("kpis.yaml", 2)}))
    assert not list(check_typed_kpis(plan_dataset("Ⅰ．基盤\n１ 窓口\n・本文\n"), {}))
