"""How the groups of a branch are written, and which there are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handouts.dataset.groups import group_name, group_names, groups_of, groups_of_heading
from tests.samples import plan_dataset


@pytest.mark.parametrize(
    "typed",
    ["業務", "業務グループ", "業務ｸﾞﾙｰﾌﾟ", "業務G", "業務Ｇ", " 業務 グループ ", "業務　グループ", "業 務"],
)
def test_a_group_is_the_same_in_every_width_and_short_or_long(typed: str) -> None:
    assert group_name(typed) == "業務"


@pytest.mark.parametrize(
    ("heading", "groups"),
    [
        ("サービス水準の向上（業務グループ）", ("業務",)),
        ("サービス水準の向上(業務グループ)", ("業務",)),
        ("サービス水準の向上 （ 業務 グループ ） ", ("業務",)),
        ("サービス水準の向上（業務Ｇ）", ("業務",)),
        ("サービス水準の向上(業務ｸﾞﾙｰﾌﾟ)", ("業務",)),
        ("サービス水準の向上【業務グループ】", ("業務",)),
        ("サービス水準の向上（担当：業務グループ）", ("業務",)),
        ("広報（企画総務・保健グループ）", ("企画総務", "保健")),
        ("広報（企画総務グループ、保健グループ）", ("企画総務", "保健")),
        ("広報（企画総務Ｇ／保健Ｇ）", ("企画総務", "保健")),
        ("広報（企画総務及び保健グループ）", ("企画総務", "保健")),
        ("組織・運営体制関係（全グループ）", ("全",)),
        ("データヘルス計画（第２期）", ()),
        ("電波の活用（5G）", ()),
        ("業務グループの強化", ()),
        ("（業務グループ）の強化", ()),
        ("", ()),
    ],
)
def test_a_heading_names_its_groups_in_brackets_at_its_end(heading: str, groups: tuple[str, ...]) -> None:
    assert groups_of_heading(heading) == groups


def test_names_beside_one_another_are_groups_each() -> None:
    assert group_names("企画総務・保健グループ") == ("企画総務", "保健")
    assert group_names("") == ()


def test_the_groups_are_those_stated_else_the_usual_ones_and_those_of_the_headings() -> None:
    dataset = plan_dataset(
        "Ⅰ．基盤\n１ 審査（審査グループ）\n・本文（調査グループ）\n１ 全体（全グループ）\n・本文\n"
    )
    assert groups_of(dataset) == ("業務", "レセプト", "保健", "企画総務", "審査")
    assert groups_of(replace(dataset, groups=("総務グループ", "保健"))) == ("総務", "保健")
