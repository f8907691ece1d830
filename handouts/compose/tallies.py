"""How often each mark of the progress stands, with what it says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from handouts.compose.page import Printed
from handouts.dataset.fields import Mark
from handouts.measures.judgement import tally
from handouts.origin import joined_refs

# What the marks say, in the order of the tally.
MEANINGS: Mapping[Mark, str] = {
    Mark.BEATEN: "目標を上回った",
    Mark.MET: "目標に達した（計画どおり）",
    Mark.MISSED: "目標に届いていない",
    Mark.NOT_DONE: "実施しなかった",
    Mark.TO_COME: "これから実施する",
}


@dataclass(frozen=True, slots=True)
class TallyRow:
    """How often a mark stands, over all measures and over the KPIs among them; refs name the marks that are counted."""

    mark: str
    meaning: str
    all: Printed
    kpis: Printed


@dataclass(frozen=True, slots=True)
class CountedMark:
    """The mark of a measure, None where it has none, where it comes from, and whether the measure is a KPI."""

    mark: Mark | None
    ref: str
    is_kpi: bool


def compose_tally(marks: Iterable[CountedMark]) -> tuple[tuple[TallyRow, ...], TallyRow]:
    """The rows of the tally and their sum, from the mark of each measure."""
    found = tuple(one for one in marks if one.mark)
    of_kpis = tuple(one for one in found if one.is_kpi)
    rows = tuple(
        TallyRow(mark.value, MEANINGS[mark], *(_count(each, mark) for each in (found, of_kpis)))
        for mark in Mark
    )
    return rows, TallyRow("合計", "", *(_count(each, *Mark) for each in (found, of_kpis)))


def _count(marks: Sequence[CountedMark], *wanted: Mark) -> Printed:
    """How often the wanted marks stand."""
    counts = tally(one.mark for one in marks)
    refs = joined_refs(one.ref for one in marks if one.mark in wanted)
    return Printed(str(sum(counts[mark] for mark in wanted)), refs, "computed")
