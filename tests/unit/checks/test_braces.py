"""Braces that nothing is filled in for."""

from __future__ import annotations

import pytest

from handouts.checks.braces import check_braces, check_braces_elsewhere
from tests.unit.checks.made import PLAN, dataset, messages, only

KPI = {"id": "checkup-rate", "name": "受診率", "target": 5}


def in_plan(text: str) -> list[tuple[str, str]]:
    given = dataset(plan=f"{PLAN}・甲{text}乙\n", kpis=[KPI])
    return [(finding.rule.id, finding.severity) for finding in check_braces(given, {})]


@pytest.mark.parametrize(
    "text",
    [
        "{kpi.checkup-rate}",
        "{kpi checkup-rate}",
        "{kpi}",
        "{KPI=checkup-rate}",
        "{budget:kanmatsu である。",
        "｛kpi：checkup-rate",
        "{ kpi:checkup-rate",
        "{kpi：checkup-rate＝",
        "{population;hi}",
    ],
)
def test_what_was_meant_as_a_placeholder_is_a_fault(text: str) -> None:
    assert in_plan(text) == [("placeholder.broken", "error")]


@pytest.mark.parametrize("text", ["{title:x}", "{kpis:checkup-rate}", "{予算：健診}", "{kip:checkup-rate}"])
def test_an_unknown_kind_is_a_fault(text: str) -> None:
    assert in_plan(text) == [("placeholder.kind-unknown", "error")]


def test_the_nearest_kind_is_named() -> None:
    given = dataset(plan=PLAN + "・{kip:checkup-rate}\n", kpis=[KPI])
    assert "「kpi」の書き間違い" in only(check_braces, given).remedy


@pytest.mark.parametrize("text", ["{", "}", "{checkup-rate}", "{#kenshin}", "{}"])
def test_another_brace_is_odd(text: str) -> None:
    assert in_plan(text) == [("placeholder.stray-brace", "warning")]


@pytest.mark.parametrize(
    "text",
    [
        "{kpi:checkup-rate}",
        "{kpi:unknown}",
        "｛注｝",
        r"\{kpi:checkup-rate\}",
        r"\{甲\}",
        "｛kpi：checkup-rate｝",
    ],
)
def test_placeholders_full_width_braces_and_those_behind_a_backslash_are_left_alone(text: str) -> None:
    assert in_plan(text) == []


def test_what_was_done_is_looked_at_line_by_line() -> None:
    given = dataset(entries=[{"plan": "kansho", "text": "よい。\n率は{kpi.rate}"}])
    assert only(check_braces, given).place.ref == "progress:kansho.text[2]"


def test_names_and_titles_have_no_placeholders() -> None:
    row = {"id": "dm", "topic": "koho", "amount": 5000}
    given = dataset(initiatives=[{**row, "name": "案内{kpi:checkup-rate}"}], kpis=[KPI])
    assert only(check_braces_elsewhere, given).rule.id == "placeholder.not-here"
    assert (
        only(check_braces_elsewhere, dataset(initiatives=[{**row, "name": "{budget.x}"}])).severity == "error"
    )
    assert not messages(check_braces_elsewhere, dataset(initiatives=[{**row, "name": "案内｛冊子｝"}]))


def test_a_sentence_has_its_own_parts() -> None:
    whole = {**KPI, "sentence": "{name}を{target}とする"}
    assert not messages(check_braces_elsewhere, dataset(kpis=[whole]))
    assert messages(check_braces_elsewhere, dataset(kpis=[{**KPI, "sentence": "{name}を{target とする"}]))
