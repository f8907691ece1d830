"""The registry of the kinds of handouts."""

from __future__ import annotations

from dataclasses import replace
from pkgutil import resolve_name

import pytest

from handouts.dataset.kinds import KINDS, PLAN, PROGRESS, RESULTS, USUAL_KIND, HandoutKind, kinds_of, register
from handouts.dataset.settings import HandoutSettings
from tests.samples import plan_dataset


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_what_makes_a_kind_is_where_it_says(kind: HandoutKind) -> None:
    assert callable(resolve_name(kind.composer))
    assert callable(resolve_name(kind.annex))


@pytest.mark.parametrize(
    "twin",
    [replace(PLAN, name="別", short_name="別"), replace(PLAN, id="new"), replace(PLAN, id="new", name="別")],
    ids=["id", "name", "short name"],
)
def test_an_id_or_a_name_that_another_kind_has_is_refused(twin: HandoutKind) -> None:
    with pytest.raises(ValueError, match="is registered as plan"):
        register(twin)


def test_the_chosen_kinds_are_made_else_those_that_the_dataset_lists_else_the_usual_one() -> None:
    dataset = replace(plan_dataset("・窓口\n"), handouts={"results": HandoutSettings()})
    assert kinds_of(dataset, ["progress", "plan"]) == (PROGRESS, PLAN)
    assert kinds_of(dataset) == (RESULTS,)
    assert kinds_of(replace(dataset, handouts={})) == (USUAL_KIND,)
