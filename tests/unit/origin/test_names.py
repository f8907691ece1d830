"""Refs as names of bookmarks: reversible, short, and within Word's alphabet."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.origin import bookmark_name, ref_of_bookmark

kinds = st.sampled_from(["plan", "budget", "oplan", "obudget", "kpi", "ekpi", "monthly", "progress"])
ids = st.from_regex(r"[a-z][a-z0-9]{0,23}|[a-z][a-z0-9]{0,7}(-[a-z0-9]{1,7}){1,2}", fullmatch=True)
steps = st.from_regex(
    r"(\.([a-z]{1,8}(_[a-z]{1,4})?|[RH][0-9]{1,2})(\[[1-9][0-9]?\]){0,2}){0,2}", fullmatch=True
)
refs = st.builds("{}:{}{}".format, kinds, ids, steps)
places = st.integers(1, 99)


@given(refs, places)
def test_a_bookmark_leads_back_to_its_ref(ref: str, place: int) -> None:
    name = bookmark_name(ref, place)
    assert name is None or ref_of_bookmark(name) == ref


@given(refs, places)
def test_a_bookmark_keeps_to_the_rules_of_word(ref: str, place: int) -> None:
    name = bookmark_name(ref, place)
    assert name is None or re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{0,38}", name)


@given(refs, refs, places, places)
def test_two_places_never_share_a_bookmark_whatever_the_case(ref: str, other: str, at: int, to: int) -> None:
    names = [bookmark_name(ref, at), bookmark_name(other, to)]
    if None not in names:
        assert (names[0].lower() == names[1].lower()) == ((ref, at) == (other, to))  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("ref", "name"),
    [
        ("plan:gyomu-taisei", "plan_gyomu_taisei"),
        ("budget:pamphlet.amount", "budget_pamphlet__amount"),
        ("plan:h1a2b3c4", "plan_h1a2b3c4"),
        ("monthly:checkup.series[2].values[4]", "monthly_checkup__series_2__values_4"),
        ("progress:kansho.text[5][2]", "progress_kansho__text_5_2"),
        ("kpi:smile.targets.R6[2]", "kpi_smile__targets__R6_2"),
        ("dataset:handouts.plan.date", "dataset_handouts__plan__date"),
    ],
)
def test_a_bookmark_can_be_read(ref: str, name: str) -> None:
    assert bookmark_name(ref) == name


@pytest.mark.parametrize(
    "ref",
    [
        *["", "plan", "plan:", "plan:A", "plan:a--b", "plan:a.", "計:a", "item:健診.badge"],
        "plan:" + "a" * 35,
        "population:tokutei-hoken-hifuyosha.planned",
        "dataset:handouts.plan-budget.date",
    ],
)
def test_what_no_name_can_say_has_none(ref: str) -> None:
    assert bookmark_name(ref) is None


@pytest.mark.parametrize(
    "name", ["_GoBack", "_end", "Bookmark1", "plan_", "plan_a__", "plan_a__1", "目次", "x_12", "plan_a__yen2"]
)
def test_a_bookmark_of_somebody_else_leads_nowhere(name: str) -> None:
    assert ref_of_bookmark(name) is None
