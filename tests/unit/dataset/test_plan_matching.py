"""Paragraphs found again: by their words, their neighbours, and in other words."""

from __future__ import annotations

from handouts.dataset.plan_matching import same_paragraphs

OLD = [
    "柱",
    "支部評議会で医療費の動向を説明する。",
    "【重要度：高】",
    "申請書の進捗を毎朝確認する。",
    "柱の二",
    "【重要度：高】",
]


def partners(*new: str, old: list[str] | None = None) -> list[int | None]:
    found = same_paragraphs(old or OLD, new)
    return [found.get(number) for number in range(len(new))]


def test_the_same_plan_is_the_same() -> None:
    assert partners(*OLD) == [0, 1, 2, 3, 4, 5]


def test_what_is_inserted_has_no_partner() -> None:
    assert partners(*OLD[:1], "広報誌を年に四回作る。", *OLD[1:]) == [0, None, 1, 2, 3, 4, 5]


def test_a_reworded_paragraph_is_found_where_it_stood_and_where_it_went() -> None:
    other = "申請書の処理の進捗を毎夕確認する。"
    assert partners(*OLD[:3], other, *OLD[4:]) == [0, 1, 2, 3, 4, 5]
    assert partners(other, *OLD[:3], *OLD[4:]) == [3, 0, 1, 2, 4, 5]


def test_where_it_stood_little_needs_to_remain() -> None:
    assert partners(*OLD[:3], "申請書は毎朝、担当者が数える。", *OLD[4:])[3] == 3


def test_what_stands_many_times_is_known_by_its_neighbours() -> None:
    assert partners("柱の二", "【重要度：高】", *OLD[:4]) == [4, 5, 0, 1, 2, 3]
    assert partners(*OLD[:2], *OLD[3:]) == [0, 1, 3, 4, 5]


def test_of_two_equal_paragraphs_the_one_that_stays_is_not_taken_for_the_other() -> None:
    old = ["甲", "同じ文を書く。", "同じ文を書く。", "乙"]
    assert partners("甲", "同じ文を詳しく書く。", "同じ文を書く。", "乙", old=old) == [0, 1, 2, 3]


def test_a_text_that_has_nothing_to_do_with_the_old_one_is_a_new_one() -> None:
    assert partners(*OLD[:3], "ホームページを改める。", *OLD[4:]) == [0, 1, 2, None, 4, 5]


def test_what_is_known_already_stays() -> None:
    assert same_paragraphs(["甲", "乙"], ["乙", "甲"], {0: 0}) == {0: 0}
