"""What came of reading: names for the places of entries, and findings in order."""

from __future__ import annotations

from handouts.dataset.reading import entry_refs, in_file_order, place_of
from handouts.findings import Place, Rule

RULE = Rule("file.example", "")


def test_the_second_entry_of_an_id_has_a_place_of_its_own() -> None:
    assert list(entry_refs("kpi", ["a", "b", "a"])) == ["kpi:a", "kpi:b", "kpi:a#2"]


def test_a_place_that_nobody_noted_is_that_of_the_entry_or_else_its_file() -> None:
    places = {"kpi:a": Place("kpis.yaml", 2)}
    assert place_of("kpi:a.unit", places) == Place("kpis.yaml", 2)
    assert place_of("population:b", places) == Place("kpis.yaml")


def test_findings_stand_in_the_order_of_the_files_and_lines_and_those_on_the_folder_first() -> None:
    places = [
        Place("r7"),
        Place("dataset.yaml", 2),
        Place("plan.md"),
        Place("plan.md", 1),
        Place("kpis.yaml"),
    ]
    findings = [RULE.at(place) for place in places]
    assert [finding.place for finding in in_file_order(reversed(findings))] == places
