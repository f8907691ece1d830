"""References between entries: {kpi:…} in the text of the plan, and the headings that initiatives name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal, TypeAlias

from handouts.dataset.budget import Initiative
from handouts.dataset.declared import terms_of
from handouts.dataset.kpis import Kpi, Population
from handouts.dataset.model import Dataset
from handouts.dataset.plan import Kind, Paragraph, Plan
from handouts.dataset.progress_text import read_progress_text
from handouts.dataset.remembered import remembered
from handouts.dataset.stored import PLAN_FILE
from handouts.dataset.suggestion import near_named, nearest
from handouts.dataset.typed_text import bare
from handouts.findings import ByForm, Finding, HandoutError, Place, Rule, Term
from handouts.measures.kpis import result_before, result_this_year
from handouts.measures.wording import (
    eligible_text,
    kpi_sentence,
    planned_text,
    population_text,
    rate_text,
    result_text,
    target_text,
    thousand_yen,
)

ReferenceKind: TypeAlias = Literal["kpi", "budget", "population", "plan", "progress"]
# A backslash before a brace says that the brace is text.
_PLACEHOLDER = re.compile(r"(?<!\\)\{(kpi|budget|population|plan|progress):([^{}]*)\}")
_FILLED = re.compile(rf"{_PLACEHOLDER.pattern}|\\([{{}}])")
# What stands behind a text that is printed a second time, as 栃木支部 令和5年度 has it.
REPEATED = "（再掲）"

_KPI_FIELDS: Mapping[str, Callable[[Kpi, Dataset], str]] = {
    "": lambda kpi, dataset: kpi_sentence(kpi, result_before(kpi, dataset)),
    "target": lambda kpi, dataset: target_text(kpi),
    "name": lambda kpi, dataset: kpi.name,
    "actual": lambda kpi, dataset: result_text(kpi, result_this_year(kpi, dataset)),
}
_BUDGET_FIELDS: Mapping[str, Callable[[Initiative, Dataset], str]] = {
    "": lambda initiative, dataset: "" if initiative.amount is None else thousand_yen(initiative.amount),
    "name": lambda initiative, dataset: initiative.name,
}
_POPULATION_FIELDS: Mapping[str, Callable[[Population, Dataset], str]] = {
    "": lambda population, dataset: population_text(population),
    "eligible": lambda population, dataset: eligible_text(population),
    "planned": lambda population, dataset: planned_text(population),
    "rate": lambda population, dataset: rate_text(population.rate),
    "item": lambda population, dataset: population.item,
    "group": lambda population, dataset: population.group,
}
_FIELDS: Mapping[str, Mapping[str, Callable[..., str]]] = {
    "kpi": _KPI_FIELDS,
    "budget": _BUDGET_FIELDS,
    "population": _POPULATION_FIELDS,
    "plan": {"": lambda text, dataset: text},
    "progress": {"": lambda text, dataset: text},
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


def renamed(text: str, rename: Callable[[str, str], str]) -> str:
    """`text` with other names in its placeholders: `rename` gives what to write for what one of a kind says."""
    if "{" not in text:
        return text
    return _PLACEHOLDER.sub(lambda match: f"{{{match[1]}:{rename(match[1], match[2])}}}", text)


def expand(text: str, dataset: Dataset) -> str:
    """`text` with its placeholders filled in, once, and \\{ as a brace; raises HandoutError for one that names nothing.

    {plan:ID} and {progress:ID} stand for a text that is printed elsewhere too: its words, then （再掲）.
    """
    return _filled(text, dataset) if "{" in text or "}" in text else text


def _filled(text: str, dataset: Dataset, within: Reference | None = None) -> str:
    """`text` filled in; `within` is the placeholder that stands for it, where it is printed again."""

    def filled(match: re.Match[str]) -> str:
        if match[3]:
            return match[3]
        reference = _reference(match)
        if reference.kind in ("plan", "progress") and within:
            raise HandoutError(f"{within} の先の文に、また {reference} のような再掲の印があります")
        known = _entries(dataset)[reference.kind]
        if fault := fault_of(reference, known, Place(PLAN_FILE)):
            raise HandoutError(fault.sentence)
        found = _FIELDS[reference.kind][reference.field](known[reference.id], dataset)
        if reference.kind in ("plan", "progress"):
            return _filled(found, dataset, reference).removesuffix(REPEATED) + REPEATED
        return found

    return _FILLED.sub(filled, text)


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


@remembered(8)
def kpi_paragraphs(plan: Plan) -> Mapping[str, int]:
    """The index of the paragraph in which the plan states each KPI, by id: its sentence, else its first mention."""
    stated: dict[str, int] = {}
    mentioned: dict[str, int] = {}
    for index, paragraph in enumerate(plan.paragraphs):
        for reference in references(paragraph.text):
            if reference.kind == "kpi":
                (mentioned if reference.field else stated).setdefault(reference.id, index)
    return mentioned | stated


def look_alikes(text: str) -> tuple[str, ...]:
    """What was meant as a placeholder but has full-width or capital letters, and so is left as text."""
    if "{" not in unicodedata.normalize("NFKC", text):
        return ()
    # Character by character, so that a part of `plain` is the same part of `text`.
    plain = "".join(_plain_character(character) for character in text)
    exact = {match.span() for match in _PLACEHOLDER.finditer(text)}
    near = (match.span() for match in _PLACEHOLDER.finditer(plain))
    return tuple(text[start:end] for start, end in near if (start, end) not in exact)


def outside_placeholders(text: str) -> str:
    """`text` with blanks for its placeholders, for what look_alikes finds, and for braces behind a backslash."""
    rest = _FILLED.sub(lambda match: " " * len(match[0]), text)
    for found in look_alikes(text):
        rest = rest.replace(found, " " * len(found))
    return rest


def resolve_topic(topic: str, plan: Plan) -> Paragraph | None:
    """The heading that `topic` names by its id or its words; None where it names none, or more than one."""
    if not topic:
        return None
    by_id, by_words = _headings(plan)
    found = by_id.get(topic) or by_words.get(bare(topic), [])
    return found[0] if len(found) == 1 else None


@remembered(8)
def _headings(plan: Plan) -> tuple[Mapping[str, list[Paragraph]], Mapping[str, list[Paragraph]]]:
    """The headings by their id, and by their words as people may type them."""
    by_id: dict[str, list[Paragraph]] = {}
    by_words: dict[str, list[Paragraph]] = {}
    for paragraph in plan.paragraphs:
        if paragraph.kind is Kind.HEADING:
            by_id.setdefault(paragraph.id, []).append(paragraph)
            for words in {bare(paragraph.text), bare(paragraph.label + paragraph.text)}:
                by_words.setdefault(words, []).append(paragraph)
    return by_id, by_words


def headings_worded(topic: str, headings: Iterable[Paragraph]) -> list[Paragraph]:
    """The headings with these words, with or without the label, whatever the width and the blanks."""
    wanted = bare(topic)
    return [
        heading for heading in headings if wanted in (bare(heading.text), bare(heading.label + heading.text))
    ]


def _reference(match: re.Match[str]) -> Reference:
    entry_id, _, field = match[2].partition(".")
    kind: ReferenceKind = match[1]  # type: ignore[assignment]  # the pattern admits nothing else
    return Reference(match.start(), kind, entry_id, field)


@remembered(4)
def written_lines(dataset: Dataset) -> Mapping[str, str]:
    """The lines of the progress texts that bear an id, by id."""
    return {
        line.id: line.text
        for entry in dataset.entries
        if "{#" in entry.text
        for line in read_progress_text(entry.text).lines
        if line.id
    }


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


@lru_cache(maxsize=8192)
def _plain_character(character: str) -> str:
    plain = unicodedata.normalize("NFKC", character).lower()
    return plain if len(plain) == 1 else character
