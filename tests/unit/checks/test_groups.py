"""Who is named for a KPI or a heading is a group of the branch."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handouts.checks.groups import check_groups_of_headings, check_groups_of_kpis
from handouts.dataset.model import Dataset
from tests.unit.checks.made import PLAN, dataset, in_workbook, messages, only


def of_group(group: str, plan: str = PLAN) -> Dataset:
    return dataset(plan=plan, kpis=[{"id": "rate", "name": "受診率", "target": 5, "group": group}])


@pytest.mark.parametrize(
    "group",
    ["", "保健", "保健グループ", "保健Ｇ", "ﾚｾﾌﾟﾄ", "企画総務・保健グループ", "全グループ"],
)
def test_a_usual_group_is_in_order_however_it_is_written(group: str) -> None:
    assert not messages(check_groups_of_kpis, of_group(group))


def test_another_group_is_a_fault_with_the_nearest_name_and_all_that_there_are() -> None:
    finding = only(check_groups_of_kpis, of_group("保険"))
    assert finding.severity == "error"
    assert finding.place.ref == "kpi:rate.group"
    assert "「保険」というグループはありません" in finding.found
    assert "業務、レセプト、保健、企画総務" in finding.allowed
    assert finding.near == "保健"
    assert only(check_groups_of_kpis, of_group("審査")).near == ""
    assert "シート「会議」の「支部のグループ」" in in_workbook(only(check_groups_of_kpis, of_group("審査")))


def test_a_group_may_come_from_a_heading_or_be_stated() -> None:
    assert not messages(check_groups_of_kpis, of_group("審査", PLAN + "１ 点検（審査グループ）\n・本文\n"))
    assert not messages(check_groups_of_kpis, replace(of_group("審査"), groups=("審査", "保健")))
    assert messages(check_groups_of_kpis, replace(of_group("業務"), groups=("審査", "保健")))


def test_where_groups_are_stated_a_heading_has_one_of_them() -> None:
    plan = PLAN + "１ 点検（審査グループ）\n・本文（ほかのグループ）\n"
    assert not messages(check_groups_of_headings, dataset(plan=plan))
    assert not messages(check_groups_of_headings, replace(dataset(plan=plan), groups=("審査",)))
    finding = only(check_groups_of_headings, replace(dataset(plan=plan), groups=("検査",)))
    assert (finding.severity, finding.near) == ("error", "検査")
