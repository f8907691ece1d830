"""References to the dataset as bookmarks: reversible, short, and within Word's alphabet."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.word import bookmark_name, ref_of_bookmark
from handouts.word.bookmarks import BookmarkLedger

prefixes = st.sampled_from(["plan", "budget", "oplan", "obudget", "kpi"])
ids = st.from_regex(r"[a-z][a-z0-9]{0,23}|[a-z][a-z0-9]{0,7}(-[a-z0-9]{1,7}){1,2}", fullmatch=True).filter(
    lambda made: len(made) <= 24
)
fields = st.from_regex(r"(\.[a-z]{1,4})?", fullmatch=True)
refs = st.builds("{}:{}{}".format, prefixes, ids, fields)


@given(refs, st.integers(1, 99))
def test_a_bookmark_leads_back_to_its_reference(ref: str, place: int) -> None:
    assert ref_of_bookmark(bookmark_name(ref, place)) == ref


@given(refs, st.integers(1, 99))
def test_a_bookmark_keeps_to_the_rules_of_word(ref: str, place: int) -> None:
    assert re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{0,39}", bookmark_name(ref, place))


@given(refs, refs)
def test_two_references_never_share_a_bookmark(one: str, other: str) -> None:
    assert (bookmark_name(one) == bookmark_name(other)) == (one == other)


@pytest.mark.parametrize(
    ("ref", "name"),
    [
        ("plan:gyomu-taisei", "plan_gyomu_taisei"),
        ("budget:pamphlet.yen", "budget_pamphlet__yen"),
        ("plan:h1a2b3c4", "plan_h1a2b3c4"),
    ],
)
def test_a_bookmark_can_be_read(ref: str, name: str) -> None:
    assert bookmark_name(ref) == name


@pytest.mark.parametrize(
    "ref", ["", "plan", "plan:", "plan:A", "plan:a--b", "plan:a.", "plan:" + "a" * 25, "計:a"]
)
def test_what_is_no_reference_makes_no_bookmark(ref: str) -> None:
    with pytest.raises(ValueError, match="is not a reference"):
        bookmark_name(ref)


def test_a_bookmark_that_word_would_cut_off_is_refused() -> None:
    with pytest.raises(ValueError, match="longer than"):
        bookmark_name("headquarters:" + "a" * 24 + ".rate")


@pytest.mark.parametrize(
    "name", ["_GoBack", "_end", "Bookmark1", "plan_", "plan_a__", "plan_a__yen1", "目次"]
)
def test_a_bookmark_of_somebody_else_leads_nowhere(name: str) -> None:
    assert ref_of_bookmark(name) is None


def test_the_second_place_of_a_reference_gets_its_own_bookmark() -> None:
    ledger = BookmarkLedger()
    assert [ledger.name("plan:a"), ledger.name("plan:a"), ledger.name("plan:b")] == [
        "plan_a",
        "plan_a__2",
        "plan_b",
    ]
