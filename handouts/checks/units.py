"""A rule on units: a document writes the same one in one way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from handouts.checks.entered import with_refs
from handouts.dataset.figures import is_percent_unit
from handouts.dataset.model import Dataset
from handouts.dataset.reading import place_of
from handouts.findings import ByForm, Finding, Place, Rule

_MOST_NAMES = 5
MIXED_PERCENT = Rule(
    "unit.mixed-percent",
    "率の単位に、半角の「%」と全角の「％」が混ざっています。「%」は{half}、「％」は{full}です",
    remedy=ByForm("unit をどちらかにそろえてください", "「単位」の欄をどちらかにそろえてください"),
    severity="warning",
)


def check_mixed_percent(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """KPIs and monthly tables of which some have % as their unit and some ％: one finding, at the rarer of the two."""
    rows = [
        (entry.unit, f"{noun}「{name}」", ref)
        for noun, entries in (
            ("KPI", ((kpi, kpi.name, ref) for kpi, ref in with_refs("kpi", dataset.kpis))),
            ("表", ((table, table.caption, ref) for table, ref in with_refs("monthly", dataset.tables))),
        )
        for entry, name, ref in entries
        if is_percent_unit(entry.unit)
    ]
    forms = {form: [(name, ref) for unit, name, ref in rows if unit == form] for form in ("%", "％")}
    half, full = forms.values()
    if half and full:
        _, ref = min(half, full, key=len)[0]
        yield MIXED_PERCENT.at(place_of(f"{ref}.unit", places), half=_listed(half), full=_listed(full))


def _listed(rows: Sequence[tuple[str, str]]) -> str:
    names = "、".join(name for name, _ in rows[:_MOST_NAMES])
    return names + (f" ほか {len(rows) - _MOST_NAMES} 件" if len(rows) > _MOST_NAMES else "")
