"""How often each mark of the progress stands, with what it says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from handouts.dataset.fields import Mark
from handouts.measures.judgement import tally

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
    """How often a mark stands, over all measures and over the KPIs among them."""

    mark: str
    meaning: str
    all: str
    kpis: str


def compose_tally(marks: Iterable[tuple[Mark | None, bool]]) -> tuple[tuple[TallyRow, ...], TallyRow]:
    """The rows of the tally and their sum, from the mark of each measure and whether it is a KPI."""
    found = tuple(marks)
    every = tally(mark for mark, _ in found)
    of_kpis = tally(mark for mark, is_kpi in found if is_kpi)
    rows = tuple(TallyRow(mark.value, MEANINGS[mark], str(every[mark]), str(of_kpis[mark])) for mark in Mark)
    return rows, TallyRow("合計", "", str(sum(every.values())), str(sum(of_kpis.values())))
