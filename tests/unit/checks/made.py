"""Datasets for tests of the rules: a small plan of 令和3年度 with what a test shows, and what one rule finds in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from handouts.dataset.budget import BudgetField, Initiative
from handouts.dataset.fiscal import FiscalYear, YearForm
from handouts.dataset.kpis import Kpi, Population
from handouts.dataset.model import Dataset
from handouts.dataset.monthly import MonthlyTable
from handouts.dataset.plan_text import parse_plan
from handouts.dataset.progress import ProgressEntry, ProgressItem, entry_ids
from handouts.dataset.settings import HandoutSettings, NumberingStyle, Silence
from handouts.findings import Finding, Place

PLAN = """\
Ⅰ．基盤 {#kiban}
１ 健診 {#kenshin}
（１）受診を勧める。 {#kansho}
（２）集団健診を開く。 {#shudan}
２ 広報 {#koho}
（１）広報誌を届ける。 {#kohoshi}
"""
KINDS: Mapping[str, type[Any]] = {
    "initiatives": Initiative,
    "fields": BudgetField,
    "kpis": Kpi,
    "populations": Population,
    "tables": MonthlyTable,
    "items": ProgressItem,
    "entries": ProgressEntry,
    "silenced": Silence,
}
Rule = Callable[[Dataset, Mapping[str, Place]], Iterable[Finding]]
Row = dict[str, Any]


def dataset(kind: str = "progress", plan: str = PLAN, **rows: Any) -> Dataset:
    """A dataset that makes one kind of handout; each list of rows is given as it would stand in the yaml file."""
    made: dict[str, Any] = {
        key: tuple(KINDS[key].model_validate(row) for row in value) if key in KINDS else value
        for key, value in rows.items()
    }
    entries = made.get("entries", ())
    ids = entry_ids((entry.id, entry.plan) for entry in entries)
    made["entries"] = tuple(
        entry.model_copy(update={"id": name}) for entry, name in zip(entries, ids, strict=True)
    )
    style = made.pop("numbering", NumberingStyle())
    return Dataset(
        name="gunma-r3",
        branch="群馬",
        fiscal_year=FiscalYear(2021),
        year_form=YearForm.ERA,
        edition="最終",
        plan=parse_plan(plan, style, "plan.md").plan,
        numbering=style,
        handouts={kind: HandoutSettings()} if kind else {},
        **made,
    )


def messages(rule: Rule, given: Dataset, places: Mapping[str, Place] | None = None) -> list[str]:
    """What the rule finds."""
    return [str(finding) for finding in rule(given, places or {})]


def only(rule: Rule, given: Dataset, places: Mapping[str, Place] | None = None) -> Finding:
    """The one thing that the rule finds."""
    [finding] = rule(given, places or {})
    assert finding.found
    assert finding.remedy
    return finding


def table(*series: Row, **more: Any) -> Row:
    """A monthly table of persons; a series without a year is of 令和3年度."""
    rows = [{"year": "R3", **row} for row in series]
    return {"id": "checkup", "caption": "健診の受診者数", "unit": "人", "series": rows, **more}


def months(*figures: Any) -> list[Any]:
    """Twelve figures; those that are not given are empty."""
    return [*figures, *[None] * (12 - len(figures))]


def in_workbook(finding: Finding) -> str:
    """What the finding says to somebody who has the dataset as a workbook."""
    return finding.moved(lambda _: Place("gunma-r3.xlsx", cell="KPI!A5")).sentence
