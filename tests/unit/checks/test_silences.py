"""Findings that the branch has looked at and wants to be told of no more."""

from __future__ import annotations

import pytest

from handouts.checks.silences import SILENCED_FAULT, UNUSED_SILENCE, apply_silences
from handouts.findings import Place, Rule
from tests.unit.checks.made import dataset

ODD = Rule("kpi.odd", "「{name}」は変です", severity="warning")
WRONG = Rule("kpi.wrong", "「{name}」は誤りです")
FINDINGS = [
    ODD.at(Place("kpis.yaml", 3, ref="kpi:a.actuals.R3"), name="甲"),
    ODD.at(Place("kpis.yaml", 9, ref="kpi:ab"), name="乙"),
    WRONG.at(Place("kpis.yaml", 4, ref="kpi:a"), name="丙"),
]


def applied(*silenced: tuple[str, str]) -> tuple[list[str], list[str]]:
    rows = [{"finding": finding, "at": at, "reason": "確かめた"} for finding, at in silenced]
    shown, hidden = apply_silences(FINDINGS, dataset(silenced=rows), {})
    return [finding.rule.id for finding in shown], [str(one.finding.place) for one in hidden]


@pytest.mark.parametrize(
    ("at", "hidden"),
    [
        ("kpi:a", ["kpis.yaml 3行"]),
        ("kpi:ab", ["kpis.yaml 9行"]),
        ("", ["kpis.yaml 3行", "kpis.yaml 9行"]),
    ],
)
def test_an_oddity_is_silenced_on_an_entry_and_its_parts_or_everywhere(at: str, hidden: list[str]) -> None:
    assert applied(("kpi.odd", at))[1] == hidden


def test_a_fault_cannot_be_silenced_and_that_is_said() -> None:
    assert applied(("kpi.wrong", "")) == (["kpi.odd", "kpi.odd", "kpi.wrong", SILENCED_FAULT.id], [])


def test_a_silence_that_does_nothing_is_said() -> None:
    assert applied(("kpi.odd", "kpi:c"))[0][-1] == UNUSED_SILENCE.id
