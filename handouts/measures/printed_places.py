"""Where a reader of the handout finds an entry: the numbers of the headings above it, e.g. Ⅱ-2-(1)③."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from handouts.dataset.labels import canonical, recognise
from handouts.dataset.model import Dataset
from handouts.dataset.outline import headings, owner_indexes
from handouts.dataset.plan import Kind, Plan
from handouts.measures.placeholders import references, resolve_topic

_BEFORE_CIRCLES = re.compile("-(?=[①-⑳○◆])")


def printed_place(ref: str, paragraphs: Mapping[str, str]) -> str:
    """The printed place of the entry that `ref` names, or of what the part belongs to; empty where it has none."""
    return paragraphs.get(re.split(r"[.\[#]", ref)[0], "")


def printed_places(dataset: Dataset) -> Mapping[str, str]:
    """The printed place of each entry by its ref; those that stand nowhere in the plan are left out."""
    plan = _places_in_plan(dataset.plan)
    found = {f"plan:{name}": place for name, place in plan.items()}
    found |= {ref: plan[name] for ref, name in _homes(dataset) if plan.get(name)}
    # A table is where its KPI is, unless an entry prints it.
    tables = {f"monthly:{table.id}": found.get(f"kpi:{table.kpi}", "") for table in dataset.tables}
    return {ref: place for ref, place in (tables | found).items() if place}


def _homes(dataset: Dataset) -> Iterator[tuple[str, str]]:
    """For refs of entries the id of the paragraph with which they are printed."""
    for paragraph in dataset.plan.paragraphs:
        for reference in references(paragraph.text):
            yield f"{reference.kind}:{reference.id}", paragraph.id
    for kind, entries in (("budget", dataset.initiatives), ("field", dataset.fields)):
        for entry in entries:
            if entry.topic and (heading := resolve_topic(entry.topic, dataset.plan)):
                yield f"{kind}:{entry.id}", heading.id
    for item in dataset.items:
        if heading := resolve_topic(item.heading, dataset.plan):
            yield f"item:{item.heading}", heading.id
    above = ""
    for one in dataset.entries:
        above = one.plan or above
        yield f"progress:{one.id}", above
        yield from ((f"monthly:{table}", above) for table in one.monthly)


def _places_in_plan(plan: Plan) -> Mapping[str, str]:
    """For each paragraph the path of the heading that it is or stands under, with its own number if it has one."""
    paths = {heading.id: heading.path.partition("#")[0] for heading in headings(plan)}
    found: dict[str, str] = {}
    for paragraph, owner in zip(plan.paragraphs, owner_indexes(plan.paragraphs), strict=True):
        path = paths.get(paragraph.id) or ("" if owner is None else paths[plan.paragraphs[owner].id])
        if paragraph.kind is Kind.ITEM and (label := recognise(f"{paragraph.label}あ")):
            path = "-".join(filter(None, (path, canonical(label))))
        found[paragraph.id] = _BEFORE_CIRCLES.sub("", path).removesuffix("・").removesuffix("-")
    return found
