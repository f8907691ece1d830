"""Refs: whose they are, and several of them as one text."""

from __future__ import annotations

import pytest

from handouts.origin import edition_of_ref, joined_refs, own_ref, split_refs


@pytest.mark.parametrize(
    ("ref", "edition", "own"),
    [
        ("plan:a", "this", "plan:a"),
        ("oplan:a", "previous", "plan:a"),
        ("obudget:a.amount", "previous", "budget:a.amount"),
        ("ekpi:a.target", "earlier", "kpi:a.target"),
    ],
)
def test_a_ref_says_whose_it_is(ref: str, edition: str, own: str) -> None:
    assert (edition_of_ref(ref), own_ref(ref)) == (edition, own)


def test_several_refs_are_one_text_and_come_back() -> None:
    refs = ("budget:a.amount", "item:健診 + 指導 [案].badge", "monthly:b.series[1]")
    assert split_refs(joined_refs(refs)) == refs


def test_the_same_ref_twice_stands_once_and_none_adds_nothing() -> None:
    assert joined_refs(["budget:a", "", "budget:a"]) == "budget:a"
    assert split_refs("") == ()


@pytest.mark.parametrize("text", ["Plan 1", "plan", "計:a", " budget:a", "ä:a"])
def test_what_is_no_ref_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a ref"):
        split_refs(text)
