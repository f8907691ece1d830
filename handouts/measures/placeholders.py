"""References between entries: {kpi:…} in the text of the plan, and the headings that initiatives name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

from handouts.dataset.model import Dataset
from handouts.dataset.plan import Kind, Paragraph, Plan
from handouts.dataset.progress_text import read_progress_text
from handouts.dataset.remembered import remembered
from handouts.dataset.typed_text import bare

ReferenceKind: TypeAlias = Literal["kpi", "budget", "population", "plan", "progress"]
# A backslash before a brace says that the brace is text.
_PLACEHOLDER = re.compile(r"(?<!\\)\{(kpi|budget|population|plan|progress):([^{}]*)\}")
_FILLED = re.compile(rf"{_PLACEHOLDER.pattern}|\\([{{}}])")


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


def places_to_fill(text: str) -> Iterator[tuple[int, int, Reference | str]]:
    """Where `text` has a placeholder, start and end with what it refers to, or a brace behind a backslash."""
    for match in _FILLED.finditer(text):
        yield match.start(), match.end(), match[3] or _reference(match)


def escaped(text: str) -> str:
    """What to store for a text of which every brace is meant as a brace."""
    return re.sub(rf"\\(?=[{{}}])|{_PLACEHOLDER.pattern}", lambda match: f"\\{match[0]}", text)


def renamed(text: str, rename: Callable[[str, str], str]) -> str:
    """`text` with other names in its placeholders: `rename` gives what to write for what one of a kind says."""
    if "{" not in text:
        return text
    return _PLACEHOLDER.sub(lambda match: f"{{{match[1]}:{rename(match[1], match[2])}}}", text)


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
    exact = {match.span() for match in _PLACEHOLDER.finditer(text)}
    in_one_width = unicodedata.normalize("NFKC", text)
    if in_one_width.count("{") == len(exact) and in_one_width.count("}") == len(exact):
        return ()  # all braces are those of placeholders
    # Character by character, so that a part of `plain` is the same part of `text`.
    plain = "".join(_plain_character(character) for character in text)
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


@lru_cache(maxsize=8192)
def _plain_character(character: str) -> str:
    plain = unicodedata.normalize("NFKC", character).lower()
    return plain if len(plain) == 1 else character
