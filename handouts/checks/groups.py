"""Rules on the groups of a branch: who is named for a KPI or a heading is there."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from handouts.checks.entered import with_refs
from handouts.dataset.declared import terms_of
from handouts.dataset.groups import ALL_GROUPS, group_names, groups_of, groups_of_heading
from handouts.dataset.kpis import Kpi
from handouts.dataset.model import Dataset
from handouts.dataset.plan import Kind
from handouts.dataset.reading import place_of
from handouts.dataset.schemas import DATASET
from handouts.dataset.suggestion import nearest
from handouts.findings import ByForm, Finding, Place, Rule

_KNOWN = "このデータのグループは {known} です"
UNKNOWN_OF_KPI = Rule(
    "group.unknown",
    "KPI「{name}」の{field:noun}「{group}」というグループはありません",
    _KNOWN,
    ByForm(
        "書き直すか、支部にあるグループなら {groups} に並べてください",
        "選び直すか、支部にあるグループなら、シート「会議」の{groups}に並べてください",
    ),
    field=terms_of(Kpi)("group"),
    groups=DATASET("groups"),
)
UNKNOWN_OF_HEADING = Rule(
    "group.unknown-in-heading",
    "見出し「{heading}」の「{group}」というグループはありません",
    _KNOWN,
    ByForm(
        "書き直すか、支部にあるグループなら {groups} に並べてください",
        "書き直すか、支部にあるグループなら、シート「会議」の{groups}に並べてください",
    ),
    groups=DATASET("groups"),
)


def check_groups_of_kpis(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A KPI of a group that the branch does not have."""
    known = groups_of(dataset)
    for kpi, ref in with_refs("kpi", dataset.kpis):
        for group in _unknown(group_names(kpi.group), known):
            place = place_of(f"{ref}.group", places)
            yield UNKNOWN_OF_KPI.at(place, _near(group, known), name=kpi.name, group=kpi.group, known=known)


def check_groups_of_headings(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A heading with a group that the branch does not have; where it states none, its headings say which there are."""
    known = groups_of(dataset)
    for paragraph, ref in with_refs("plan", dataset.plan.paragraphs if dataset.groups else ()):
        if paragraph.kind is not Kind.HEADING:
            continue
        for group in _unknown(groups_of_heading(paragraph.text), known):
            yield UNKNOWN_OF_HEADING.at(
                place_of(ref, places), _near(group, known), heading=paragraph.text, group=group, known=known
            )


def _unknown(names: Collection[str], known: Collection[str]) -> Iterator[str]:
    return (name for name in names if name not in known and name != ALL_GROUPS)


def _near(group: str, known: Collection[str]) -> str:
    """The group that was probably meant; of short names one with a single other character: 保健 for 保険."""
    alike = (one for one in known if len(one) == len(group) and _others(one, group) == 1)
    return nearest(group, known) or next(alike, "")


def _others(one: str, other: str) -> int:
    return sum(first != second for first, second in zip(one, other, strict=True))
