"""The kinds of handouts, each registered once: what it is called, what it prints, and what makes it.

What makes it is named, not imported, since whoever reads or checks a dataset needs none of it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handouts.dataset.model import Dataset


class Prints(Enum):
    """What a handout prints, as far as rules on the dataset ask for it."""

    THOUSANDS = auto()  # amounts in 千円
    INITIATIVES = auto()  # each initiative with its amount, beside a heading of the plan
    KPI_LIST = auto()  # every listed KPI
    RESULTS = auto()  # what was done and executed, with results and marks
    MEASURES = (
        auto()
    )  # of what was done a row for each measure, all marks counted, the fields of the budget beside
    EXECUTION = auto()  # every field of the budget in a table of its own
    FINAL_PLAN = auto()  # the plan as it is after headquarters' review


@dataclass(frozen=True, slots=True)
class HandoutKind:
    """One kind of handout.

    `name` stands in messages, `short_name` in the lists of the input workbook, `described` in the JSON Schema. `cover`
    are the lines of the title on the cover, `title` what the file is called where that is not the same in one line;
    both may have {year}, {branch} and {draft}. `composer` (Datasets to Handout) and `annex` (Handout and Datasets to
    sheets; empty for no annex) are written package.module:function. `meetings` are the first and the last month in
    which a meeting discusses it, counted from the April of its fiscal year: (-6, 3) is from October before to July.
    """

    id: str
    name: str
    short_name: str
    described: str
    cover: tuple[str, ...]
    composer: str
    template: str
    title: str = ""
    annex: str = ""
    prints: frozenset[Prints] = frozenset()
    meetings: tuple[int, int] | None = None


_registered: dict[str, HandoutKind] = {}
KINDS: Mapping[str, HandoutKind] = MappingProxyType(_registered)
"""Every registered kind by its id, in the order in which they were registered."""


def register(kind: HandoutKind) -> HandoutKind:
    """The kind, which is known everywhere from now on; raises ValueError where its id or a name is another's."""
    for other in KINDS.values():
        if kind.id == other.id or kind.name == other.name or kind.short_name == other.short_name:
            raise ValueError(
                f"the kind {kind.id} ({kind.name}, {kind.short_name}) is registered as {other.id}"
            )
    _registered[kind.id] = kind
    return kind


def unregister(kind: HandoutKind) -> None:
    """Takes back that the kind was registered."""
    del _registered[kind.id]


def kinds_of(dataset: Dataset, chosen: Collection[str] = ()) -> tuple[HandoutKind, ...]:
    """The kinds to make of the dataset: those that were chosen, else those that it lists, else the usual one."""
    return tuple(KINDS[kind] for kind in chosen or dataset.handouts) or (USUAL_KIND,)


class KindTexts(Collection[str]):
    """One text of every kind that is registered when it is looked at, that of the usual kind first."""

    def __init__(self, text: Callable[[HandoutKind], str]) -> None:
        self._text = text

    def __iter__(self) -> Iterator[str]:
        return map(self._text, sorted(KINDS.values(), key=lambda kind: kind is not USUAL_KIND))

    def __len__(self) -> int:
        return len(KINDS)

    def __contains__(self, text: object) -> bool:
        return text in tuple(self)


# Less than a year each, so that the date of the year before is always outside.
_BEFORE_THE_YEAR = (-6, 3)
_AFTER_THE_HALF = (6, 12)
_AFTER_THE_YEAR = (11, 21)
PLAN = register(
    HandoutKind(
        id="plan",
        name="事業計画",
        short_name="事業計画",
        described="事業計画",
        cover=("{year} {branch}", "事業計画{draft}"),
        composer="handouts.compose.plan:compose_plan",
        template="plan.html",
        annex="handouts.compose.annex.sheets:plan_sheets",
        prints=frozenset({Prints.THOUSANDS}),
        meetings=_BEFORE_THE_YEAR,
    )
)
PLAN_BUDGET = register(
    HandoutKind(
        id="plan-budget",
        name="事業計画・予算（前年度との対比）",
        short_name="事業計画・予算",
        described="前年度と並べた事業計画・予算",
        cover=("{year} {branch}", "事業計画{draft}及び支部保険者機能強化予算{draft}について"),
        title="{year} {branch}事業計画{draft}及び支部保険者機能強化予算{draft}",
        composer="handouts.compose.plan_budget:compose_plan_budget",
        template="plan-budget.html",
        annex="handouts.compose.annex.sheets:plan_budget_sheets",
        prints=frozenset({Prints.THOUSANDS, Prints.INITIATIVES}),
        meetings=_BEFORE_THE_YEAR,
    )
)
FINAL_REPORT = register(
    HandoutKind(
        id="final-report",
        name="事業計画の最終報告",
        short_name="最終報告",
        described="最終報告",
        cover=("{year} {branch}", "事業計画の最終報告について"),
        composer="handouts.compose.final_report:compose_final_report",
        template="final-report.html",
        annex="handouts.compose.annex.sheets:final_report_sheets",
        prints=frozenset({Prints.THOUSANDS, Prints.KPI_LIST, Prints.FINAL_PLAN}),
        meetings=_BEFORE_THE_YEAR,
    )
)
PROGRESS = register(
    HandoutKind(
        id="progress",
        name="上期の実施状況",
        short_name="上期の実施状況",
        described="上期の実施状況",
        cover=("{year}上期の{branch}", "事業計画実施状況について"),
        composer="handouts.compose.progress:compose_progress",
        template="progress.html",
        annex="handouts.compose.annex.sheets:progress_sheets",
        prints=frozenset({Prints.RESULTS, Prints.MEASURES}),
        meetings=_AFTER_THE_HALF,
    )
)
RESULTS = register(
    HandoutKind(
        id="results",
        name="年度の実施状況",
        short_name="年度の実施状況",
        described="年度の実施状況",
        cover=("{year} {branch}", "事業実施状況について"),
        composer="handouts.compose.results:compose_results",
        template="results.html",
        annex="handouts.compose.annex.sheets:results_sheets",
        prints=frozenset({Prints.KPI_LIST, Prints.RESULTS, Prints.EXECUTION}),
        meetings=_AFTER_THE_YEAR,
    )
)
USUAL_KIND = PLAN_BUDGET
"""What is made of a dataset that lists no handouts."""
