"""Rules on units: % in one width within a document."""

from __future__ import annotations

import pytest

from handouts.checks.units import check_mixed_percent
from handouts.findings import Place
from tests.unit.checks.made import dataset, in_workbook, messages, only, table


def kpi(name: str, unit: str) -> dict[str, object]:
    return {"id": name, "name": name.upper(), "target": 62.2, "unit": unit}


@pytest.mark.parametrize("unit", ["%", "％", "件"])
def test_one_width_throughout_is_right(unit: str) -> None:
    rows = dataset(
        kpis=[kpi("a", unit), kpi("b", unit), kpi("c", "人")],
        tables=[table({}, caption="率", unit=unit)],
    )
    assert messages(check_mixed_percent, rows) == []


def test_both_widths_are_one_finding_at_the_rarer_that_names_all() -> None:
    rows = dataset(
        kpis=[kpi("a", "%"), kpi("b", "％"), kpi("c", "%")],
        tables=[table({}, caption="受診率", unit="%")],
    )
    finding = only(check_mixed_percent, rows, {"kpi:b.unit": Place("kpis.yaml", 7)})
    assert (finding.severity, finding.place.line) == ("warning", 7)
    assert "「%」はKPI「A」、KPI「C」、表「受診率」、「％」はKPI「B」です" in finding.found
    assert "「単位」の欄をどちらかにそろえてください" in in_workbook(finding)


def test_of_many_the_first_five_are_named() -> None:
    rows = dataset(kpis=[kpi("z", "％"), *(kpi(f"k{number}", "%") for number in range(7))])
    finding = only(check_mixed_percent, rows)
    assert "KPI「K4」 ほか 2 件、「％」は" in finding.found
