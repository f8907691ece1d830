"""Every text that people write and handouts print, with the ref of its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache

from handouts.checks.entered import series_of, with_refs
from handouts.dataset.columns import Column, Form
from handouts.dataset.declared import column_of
from handouts.dataset.fields import Entry
from handouts.dataset.model import Dataset
from handouts.dataset.progress_text import TextLine, read_progress_text
from handouts.dataset.reading import entry_lists, entry_refs


@dataclass(frozen=True, slots=True)
class PrintedText:
    """A text with the ref of its place, and by what {plan:…} or {progress:…} it is named, where it is."""

    ref: str
    text: str
    name: tuple[str, str | None] = ("", None)


def filled_texts(dataset: Dataset) -> Iterator[PrintedText]:
    """The texts in which placeholders are filled in: paragraphs of the plan, lines and rows of what was done."""
    for paragraph, ref in with_refs("plan", dataset.plan.paragraphs):
        yield PrintedText(ref, paragraph.text, ("plan", paragraph.id))
    for entry, ref in with_refs("progress", dataset.entries):
        for block in read_progress_text(entry.text).blocks:
            if isinstance(block, TextLine):
                yield PrintedText(f"{ref}.text[{block.number}]", block.text, ("progress", block.id))
            else:
                for number, row in zip(block.numbers, block.rows, strict=True):
                    yield PrintedText(f"{ref}.text[{number}]", " ".join(row), ("progress", None))


def plain_texts(dataset: Dataset) -> Iterator[PrintedText]:
    """The other texts, which are printed as they stand: names, captions, remarks, and what the cover says."""
    yield PrintedText("dataset:branch", dataset.branch)
    for kind, settings in dataset.handouts.items():
        yield from _texts_of(settings, f"dataset:handouts.{kind}")
    for entries in entry_lists():
        rows = getattr(dataset, entries.key)
        names = [getattr(row, entries.named_by) or "" for row in rows]
        for row, ref in zip(rows, entry_refs(entries.ref, names), strict=True):
            yield from _texts_of(row, ref)
    for table, ref in with_refs("monthly", dataset.tables):
        for series, series_ref in series_of(table, ref):
            yield from _texts_of(series, series_ref)


def _texts_of(entry: Entry, ref: str) -> Iterator[PrintedText]:
    for name in _fields_of_texts(type(entry)):
        if value := getattr(entry, name):
            parts = value.values() if isinstance(value, Mapping) else (value,)
            lines = (line for part in parts for line in (part if isinstance(part, tuple) else (part,)))
            yield from (PrintedText(f"{ref}.{name}", line) for line in lines if line)


@cache
def _fields_of_texts(model: type[Entry]) -> tuple[str, ...]:
    columns = {name: column_of(model, name) for name in model.model_fields}
    return tuple(name for name, column in columns.items() if column and _is_free_text(column))


def _is_free_text(column: Column) -> bool:
    """Whether people write a text there, and not the name of another entry or one of a few words."""
    return column.form in (Form.TEXT, Form.LINES) and not column.ids_of and not column.choices


def characters_of(value: object) -> set[str]:
    """Every character of every text in a dataset, printed or not."""
    found: set[str] = set()
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            found.update(one)
        elif isinstance(one, Entry):
            waiting.extend(one.__dict__.values())
        elif isinstance(one, Mapping):
            waiting.extend((*one.keys(), *one.values()))
        elif isinstance(one, tuple):
            waiting.extend(one)
        elif is_dataclass(one):
            waiting.extend(getattr(one, field.name) for field in fields(one))
    return found
