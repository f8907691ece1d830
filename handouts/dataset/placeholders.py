"""References between entries: {kpi:…} in the text of the plan, and the headings that initiatives name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from handouts.dataset.model import Dataset, Initiative, Kind, Kpi, Paragraph, Plan, Population
from handouts.dataset.suggestion import suggestion
from handouts.errors import HandoutError
from handouts.wording import (
    eligible_text,
    kpi_sentence,
    planned_text,
    population_text,
    rate_text,
    target_text,
    thousand_yen,
)

ReferenceKind: TypeAlias = Literal["kpi", "budget", "population"]
_PLACEHOLDER = re.compile(r"\{(kpi|budget|population):([^{}]*)\}")

_KPI_FIELDS: Mapping[str, Callable[[Kpi], str]] = {
    "": kpi_sentence,
    "target": target_text,
    "name": lambda kpi: kpi.name,
}
_BUDGET_FIELDS: Mapping[str, Callable[[Initiative], str]] = {
    "": lambda initiative: "" if initiative.amount is None else thousand_yen(initiative.amount),
    "name": lambda initiative: initiative.name,
}
_POPULATION_FIELDS: Mapping[str, Callable[[Population], str]] = {
    "": population_text,
    "eligible": eligible_text,
    "planned": planned_text,
    "rate": lambda population: rate_text(population.rate),
    "item": lambda population: population.item,
    "group": lambda population: population.group,
}
_FIELDS: Mapping[str, Mapping[str, Callable[..., str]]] = {
    "kpi": _KPI_FIELDS,
    "budget": _BUDGET_FIELDS,
    "population": _POPULATION_FIELDS,
}
_FILES = {"kpi": "kpis.yaml の kpis", "budget": "budget.yaml", "population": "kpis.yaml の populations"}


@dataclass(frozen=True, slots=True)
class Reference:
    """A placeholder in a text: where it starts, and the entry and field that it stands for."""

    start: int
    kind: ReferenceKind
    id: str
    field: str

    def __str__(self) -> str:
        return f"{{{self.kind}:{self.id}{'.' if self.field else ''}{self.field}}}"


def references(text: str) -> tuple[Reference, ...]:
    """The placeholders in `text`, in order."""
    return tuple(_reference(match) for match in _PLACEHOLDER.finditer(text))


def expand(text: str, dataset: Dataset) -> str:
    """`text` with its placeholders filled in, once; raises HandoutError for one that names nothing."""
    entries = _entries(dataset)

    def filled(match: re.Match[str]) -> str:
        reference = _reference(match)
        words = fault_of(reference, entries[reference.kind])
        if words is not None:
            raise HandoutError("。".join(part for part in words if part))
        return _FIELDS[reference.kind][reference.field](entries[reference.kind][reference.id])

    return _PLACEHOLDER.sub(filled, text)


def fault_of(reference: Reference, known: Iterable[str]) -> tuple[str, str, str] | None:
    """What is wrong with the reference, what is allowed and what to do, given the ids of its kind."""
    ids = list(known)
    fields = [field for field in _FIELDS[reference.kind] if field]
    if reference.id not in ids:
        found = f"{reference} の「{reference.id}」という id は、{_FILES[reference.kind]} にありません"
        allowed = "" if ids else "そこにはまだ1件もありません"
        return found, allowed, suggestion(reference.id, ids) or "id を確かめてください"
    if reference.field and reference.field not in fields:
        found = f"{reference} の「.{reference.field}」は使えません"
        allowed = f"id の後に書けるのは {'、'.join(f'.{field}' for field in fields)} です"
        return found, allowed, suggestion(reference.field, fields) or "消すか、書き直してください"
    return None


def look_alikes(text: str) -> tuple[str, ...]:
    """What was meant as a placeholder but has full-width or capital letters, and so is left as text."""
    # Character by character, so that a part of `plain` is the same part of `text`.
    plain = "".join(_plain_character(character) for character in text)
    exact = {match.span() for match in _PLACEHOLDER.finditer(text)}
    near = (match.span() for match in _PLACEHOLDER.finditer(plain))
    return tuple(text[start:end] for start, end in near if (start, end) not in exact)


def resolve_topic(topic: str, plan: Plan) -> Paragraph | None:
    """The heading that `topic` names by its id or its words; None where there is none, or more than one."""
    headings = [paragraph for paragraph in plan.paragraphs if paragraph.kind is Kind.HEADING]
    by_id = [heading for heading in headings if heading.id == topic]
    found = by_id or headings_worded(topic, headings)
    return found[0] if len(found) == 1 else None


def headings_worded(topic: str, headings: Iterable[Paragraph]) -> list[Paragraph]:
    """The headings with these words, with or without the label, whatever the width and the blanks."""
    wanted = bare(topic)
    return [
        heading for heading in headings if wanted in (bare(heading.text), bare(heading.label + heading.text))
    ]


def bare(text: str) -> str:
    """`text` without blanks and differences of width, for comparing what people typed."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def _reference(match: re.Match[str]) -> Reference:
    entry_id, _, field = match[2].partition(".")
    kind: ReferenceKind = match[1]  # type: ignore[assignment]  # the pattern admits nothing else
    return Reference(match.start(), kind, entry_id, field)


def _entries(dataset: Dataset) -> Mapping[str, Mapping[str, Kpi | Initiative | Population]]:
    return {
        "kpi": {kpi.id: kpi for kpi in dataset.kpis},
        "budget": {initiative.id: initiative for initiative in dataset.initiatives},
        "population": {population.id: population for population in dataset.populations},
    }


def _plain_character(character: str) -> str:
    plain = unicodedata.normalize("NFKC", character).lower()
    return plain if len(plain) == 1 else character
