"""What is printed of a text: its placeholders filled in, and of each piece where it comes from."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from handouts.dataset.budget import Initiative
from handouts.dataset.declared import terms_of
from handouts.dataset.kpis import Kpi, Population
from handouts.dataset.model import Dataset
from handouts.dataset.remembered import remembered
from handouts.dataset.stored import PLAN_FILE
from handouts.dataset.suggestion import near_named, nearest
from handouts.findings import ByForm, Finding, HandoutError, Place, Rule, Term
from handouts.measures.kpis import result_before, result_this_year
from handouts.measures.placeholders import Reference, places_to_fill, written_lines
from handouts.measures.wording import (
    FieldText,
    amount_parts,
    eligible_parts,
    joined,
    kpi_parts,
    planned_parts,
    population_parts,
    rate_parts,
    result_text,
    target_parts,
)

# What stands behind a text that is printed a second time, as 栃木支部 令和5年度 has it.
REPEATED = "（再掲）"

_KPI_FIELDS: Mapping[str, Callable[[Kpi, Dataset], Sequence[FieldText]]] = {
    "": lambda kpi, dataset: kpi_parts(kpi, result_before(kpi, dataset)),
    "target": lambda kpi, dataset: target_parts(kpi),
    "name": lambda kpi, dataset: (FieldText(kpi.name, "name"),),
    "actual": lambda kpi, dataset: (FieldText(result_text(kpi, result_this_year(kpi, dataset)), "actual"),),
}
_BUDGET_FIELDS: Mapping[str, Callable[[Initiative, Dataset], Sequence[FieldText]]] = {
    "": lambda initiative, dataset: amount_parts(initiative),
    "name": lambda initiative, dataset: (FieldText(initiative.name, "name"),),
}
_POPULATION_FIELDS: Mapping[str, Callable[[Population, Dataset], Sequence[FieldText]]] = {
    "": lambda population, dataset: population_parts(population),
    "eligible": lambda population, dataset: eligible_parts(population),
    "planned": lambda population, dataset: planned_parts(population),
    "rate": lambda population, dataset: rate_parts(population),
    "item": lambda population, dataset: (FieldText(population.item, "item"),),
    "group": lambda population, dataset: (FieldText(population.group, "group"),),
}
_FIELDS: Mapping[str, Mapping[str, Callable[..., Sequence[FieldText]]]] = {
    "kpi": _KPI_FIELDS,
    "budget": _BUDGET_FIELDS,
    "population": _POPULATION_FIELDS,
    # What is printed again has no fields: it is changed where it stands.
    "plan": {"": lambda text, dataset: (FieldText(text),)},
    "progress": {"": lambda text, dataset: (FieldText(text),)},
}
_LISTS: Mapping[str, Term] = {
    "kpi": terms_of(Kpi).list,
    "budget": ByForm("budget.yaml", "シート「取組・予算」"),
    "population": terms_of(Population).list,
    "plan": ByForm("plan.md", "シート「計画」"),
    "progress": ByForm("progress.yaml の文", "シート「進捗」の文"),
}
_MISSING = ByForm(
    "{reference} の「{name}」という id は、{where} にありません",
    "{reference} の「{name}」に当たるものが、{where} にありません",
)
_MEND = ByForm("id を確かめてください", "名称を確かめてください")
UNKNOWN_ID = Rule("placeholder.id-unknown", _MISSING, remedy=_MEND)
NONE_YET = Rule("placeholder.none-yet", _MISSING, "そこにはまだ1件もありません", _MEND)
UNKNOWN_FIELD = Rule(
    "placeholder.field-unknown",
    "{reference} の「.{field}」は使えません",
    ByForm("id の後に書けるのは {fields} です", "名称の後に書けるのは {fields} です"),
    "消すか、書き直してください",
)
WITHOUT_FIELDS = Rule(
    "placeholder.no-fields",
    "{reference} の「.{field}」は使えません",
    ByForm("{plain} のように、id だけを書きます", "{plain} のように、名称だけを書きます"),
    "「.{field}」を消してください",
)


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a text as printed, and where it comes from: text[start:end] as stored, or a field of what is named there."""

    text: str
    start: int
    end: int
    reference: Reference | None = None
    field: str = ""


def expand(text: str, dataset: Dataset) -> str:
    """`text` with its placeholders filled in, once, and \\{ as a brace; raises HandoutError for one that names nothing.

    {plan:ID} and {progress:ID} stand for a text that is printed elsewhere too: its words, then （再掲）.
    """
    if "{" not in text and "}" not in text:
        return text
    return "".join(segment.text for segment in segments(text, dataset))


def segments(text: str, dataset: Dataset) -> tuple[Segment, ...]:
    """What is printed of `text`, piece by piece, none of them empty; raises HandoutError as `expand` does."""
    return tuple(segment for segment in _segments(text, dataset) if segment.text)


def _segments(text: str, dataset: Dataset, within: Reference | None = None) -> Iterator[Segment]:
    """The segments of `text`; `within` is the placeholder that stands for it, where it is printed again."""
    at = 0
    for start, end, filling in places_to_fill(text):
        yield Segment(text[at:start], at, start)
        at = end
        if isinstance(filling, str):
            yield Segment(filling, start, end)
            continue
        for part in _parts(filling, dataset, within):
            yield Segment(part.text, start, end, filling, part.field)
    yield Segment(text[at:], at, len(text))


def _parts(reference: Reference, dataset: Dataset, within: Reference | None) -> Sequence[FieldText]:
    """What is printed for a placeholder."""
    is_repeated = reference.kind in ("plan", "progress")
    if is_repeated and within:
        raise HandoutError(f"{within} の先の文に、また {reference} のような再掲の印があります")
    known = _entries(dataset)[reference.kind]
    if fault := fault_of(reference, known, Place(PLAN_FILE)):
        raise HandoutError(fault.sentence)
    parts = _FIELDS[reference.kind][reference.field](known[reference.id], dataset)
    if not is_repeated:
        return parts
    again = "".join(segment.text for segment in _segments(joined(parts), dataset, reference))
    return (FieldText(again.removesuffix(REPEATED) + REPEATED),)


def fault_of(
    reference: Reference, known: Collection[str], place: Place, names: Mapping[str, str] | None = None
) -> Finding | None:
    """What is wrong with the reference at `place`, given the ids of its kind, and what people call them."""
    known_fields = _FIELDS[reference.kind]
    if reference.id in known and reference.field in known_fields:
        return None
    text, fields = str(reference), [field for field in known_fields if field]
    if reference.id not in known:
        rule, where = UNKNOWN_ID if known else NONE_YET, _LISTS[reference.kind]
        near = near_named(reference.id, ((one, (names or {}).get(one, "")) for one in known))
        return rule.at(place, near, reference=text, name=reference.id, where=where)
    if not fields:
        plain = str(replace(reference, field=""))
        return WITHOUT_FIELDS.at(place, reference=text, field=reference.field, plain=plain)
    dotted, near = tuple(f".{field}" for field in fields), nearest(reference.field, fields)
    return UNKNOWN_FIELD.at(place, near, reference=text, field=reference.field, fields=dotted)


@remembered(4)
def _entries(dataset: Dataset) -> Mapping[str, Mapping[str, Any]]:
    """What placeholders of each kind may name, by id."""
    return {
        "kpi": {kpi.id: kpi for kpi in dataset.kpis},
        "budget": {initiative.id: initiative for initiative in dataset.initiatives},
        "population": {population.id: population for population in dataset.populations},
        "plan": {paragraph.id: paragraph.text for paragraph in dataset.plan.paragraphs},
        "progress": written_lines(dataset),
    }
