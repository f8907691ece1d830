"""Rules on what the branch decided about the comparison."""

from __future__ import annotations

from handouts.checks import check_dataset, check_previous
from handouts.dataset.settings import Overrides
from tests.samples import plan_dataset
from tests.unit.checks.made import in_workbook

PLAN = "Ⅰ．基盤\n１ 窓口 {#mado}\n（１）待ち時間を短くする。 {#machi}\n"


def test_words_to_mark_that_the_paragraph_has_are_in_order() -> None:
    assert (
        check_dataset(plan_dataset(PLAN, overrides=Overrides(marks={"machi": ("短く",), "mado": ()})), {})
        == ()
    )


def test_a_word_to_mark_that_the_paragraph_does_not_have_is_a_fault() -> None:
    [finding] = check_dataset(plan_dataset(PLAN, overrides=Overrides(marks={"machi": ("半分に",)})), {})
    assert "「半分に」が、段落「machi」にありません" in str(finding)


def test_a_decision_for_a_paragraph_that_is_not_there_may_be_taken_out_of_its_sheet() -> None:
    [finding] = check_dataset(plan_dataset(PLAN, overrides=Overrides(pairs={"zzz": None})), {})
    assert finding.remedy == "id を直すか、行ごと消してください"
    assert in_workbook(finding).endswith(
        "シート「比べ方」には、今年度の計画の段落を書きます。一覧から選び直すか、消してください。"
    )


def test_a_counterpart_that_last_year_does_not_have_is_a_fault_with_the_nearest() -> None:
    dataset = plan_dataset(PLAN, overrides=Overrides(pairs={"machi": "mati", "mado": None}))
    [finding] = check_previous(dataset, plan_dataset(PLAN, year=2024), {})
    assert "「mati」という id の段落は、前年度（gunma-r6）の計画にありません" in str(finding)
    assert "machi" in finding.remedy
    assert in_workbook(finding).endswith(
        "「前年度の段落」には、前年度の計画の段落か、新しい段落なら「（新しい段落）」を書きます。"
        "「（１）待ち時間を短くする。」のことではありませんか。"
    )


def test_a_counterpart_of_last_year_is_in_order() -> None:
    dataset = plan_dataset(PLAN, overrides=Overrides(pairs={"machi": "mado"}))
    assert check_previous(dataset, plan_dataset(PLAN, year=2024), {}) == ()


def test_a_dataset_of_another_year_in_the_place_of_last_years_is_a_warning() -> None:
    [finding] = check_previous(plan_dataset(PLAN), plan_dataset(PLAN), {})
    assert "「gunma-r7」は、群馬支部の令和7年度です" in str(finding)
    assert finding.severity == "warning"
    assert in_workbook(finding).endswith(
        "「前年度のデータ」か、そのデータの「支部」と「年度」を確かめてください。"
    )
