"""Findings as JSON: what the published schema promises."""

from __future__ import annotations

import json
from decimal import Decimal

from handouts.dataset.finding_records import findings_json, findings_schema
from handouts.findings import Edit, FieldTerm, Place, Rule

RULE = Rule(
    "kpi.example",
    "{target}は{figure}です",
    severity="warning",
    target=FieldTerm("kpis", "target", "目標", "目標"),
)
PLACE = Place("gunma-r7.xlsx", key="目標", cell="KPI!D5", ref="kpi:a.target", printed="Ⅱ-2-(1)③")


def test_a_finding_has_its_id_place_values_terms_mend_and_sentence() -> None:
    mend = Edit("kpi:a", "target", None)
    [record] = json.loads(
        findings_json([RULE.at(PLACE, mend=mend, figure=Decimal("97.0"), known=("a", "b"))])
    )
    assert record == {
        "id": "kpi.example",
        "severity": "warning",
        "place": {
            "file": "gunma-r7.xlsx",
            "line": None,
            "column": None,
            "key": "目標",
            "sheet": "KPI",
            "cell": "D5",
            "ref": "kpi:a.target",
            "printed": "Ⅱ-2-(1)③",
        },
        "values": {"figure": "97.0", "known": ["a", "b"]},
        "terms": [{"list": "kpis", "field": "target"}],
        "mend": {"ref": "kpi:a", "field": "target", "value": None},
        "sentence": "「目標」は97.0です。",
    }


def test_every_part_of_a_record_stands_in_the_schema() -> None:
    record = json.loads(findings_schema())["$defs"]["FindingRecord"]
    assert record["required"] == ["id", "severity", "place", "values", "terms", "mend", "sentence"]
