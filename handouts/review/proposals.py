"""Proposals: what each change of a returned file would mean for the dataset, or why it cannot be taken."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from handouts.dataset.model import Dataset
from handouts.findings import Finding, Place, Rule
from handouts.measures.printed_places import printed_place, printed_places
from handouts.origin import Origin, OriginEntry
from handouts.review.answers import NO_PLACE, SIDES
from handouts.review.returned import ReturnedChange
from handouts.review.taking import SourceChange
from handouts.review.takings import Taking
from handouts.review.targets import Targets

State = Literal["open", "done", "conflict", "answered", "unplaced"]
"""open: can be taken. done: is in the dataset already. conflict: something else stands there now. answered: nothing to
take, for a reason that is said. unplaced: nobody knows where it belongs."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change of a returned file with what it means for the dataset as it is now, and where it is printed.

    `changes` are the values that would change, `notes` what is to be known, `taking` what is done when it is taken.
    `at_odds` are the numbers of those that want something else of the same place.
    """

    change: ReturnedChange
    state: State
    place: str = ""
    taking: Taking | None = None
    changes: tuple[SourceChange, ...] = ()
    notes: tuple[Finding, ...] = ()
    at_odds: tuple[int, ...] = ()


class Standpoint:
    """From where changes are judged: the dataset as it is now, and what was sent of it in one file."""

    def __init__(self, file: str, origin: Origin, dataset: Dataset) -> None:
        self.file, self.origin, self.dataset = file, origin, dataset
        self.targets = Targets(dataset, origin.entries)

    @cached_property
    def places(self) -> dict[str, str]:
        """Where entries are printed, by their refs."""
        return dict(printed_places(self.dataset))

    def place(self, entry: OriginEntry | None) -> str:
        """Where a reader of the handout finds it; empty where nobody knows."""
        if entry and entry.role in SIDES:
            return f"（{SIDES[entry.role]}の欄）"
        return printed_place(entry.ref, self.places) if entry else ""

    def said(self, change: ReturnedChange, state: State, rule: Rule, **values: str) -> Proposal:
        """A proposal that cannot be taken as it is, and why."""
        entry = next(iter(change.entries), None) or change.behind or change.ahead
        place = self.place(entry)
        return Proposal(
            change, state, place, notes=(rule.at(Place(self.file, printed=place), "", None, **values),)
        )

    def no_place(self, change: ReturnedChange) -> Proposal:
        """A change that the data have no place for; where even its surroundings are unknown, it is not accounted for."""
        is_known = bool(change.entries or change.behind or change.ahead)
        return self.said(change, "answered" if is_known else "unplaced", NO_PLACE)

    def called(self, ref: str) -> str:
        """What people call a place: the name of the entry, or where it is printed."""
        name = re.split(r"[.\[]", ref)[0]
        return self.names.get(name) or printed_place(ref, self.places) or ref

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What people call entries, by their refs."""
        return entry_names(self.dataset)


def entry_names(data: Dataset) -> Mapping[str, str]:
    """What people call KPIs, initiatives and those for whom check-ups are meant, by their refs."""
    return {
        **{f"kpi:{one.id}": f"KPI「{one.name}」" for one in data.kpis},
        **{f"budget:{one.id}": f"取組「{one.name}」" for one in data.initiatives},
        **{f"population:{one.id}": f"対象者「{one.group} {one.item}」" for one in data.populations},
    }
