"""What is said of the kinds that the sheet of the plan has."""

from __future__ import annotations

import pytest

from handouts.excel.plan_reading import NO_SUCH_KIND, OTHER_KIND, is_level_only
from handouts.findings import Place


@pytest.mark.parametrize(("kind", "taken"), [("階層3：1", "階層1：1"), ("階層2：（１） ", "階層4：（１）")])
def test_two_levels_of_one_form_of_number_differ_in_the_level_only(kind: str, taken: str) -> None:
    assert is_level_only(OTHER_KIND.at(Place("x.xlsx"), kind=kind, taken=taken))


@pytest.mark.parametrize(("kind", "taken"), [("階層3：1", "階層1：①"), ("・", "階層1：1"), ("本文", "・")])
def test_other_kinds_differ_in_more(kind: str, taken: str) -> None:
    assert not is_level_only(OTHER_KIND.at(Place("x.xlsx"), kind=kind, taken=taken))


def test_another_finding_is_about_no_level() -> None:
    assert not is_level_only(NO_SUCH_KIND.at(Place("x.xlsx"), kind="甲", known=""))
