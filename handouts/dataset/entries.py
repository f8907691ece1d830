"""The entries of a yaml file, and the faults of those that cannot be used."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from handouts.dataset.entry import Entry
from handouts.dataset.entry_faults import fault_words
from handouts.dataset.schemas import ROW_FILES, entry_type
from handouts.dataset.yaml_text import KeyPath, YamlText, key_text
from handouts.errors import Finding, Place

EntryType = TypeVar("EntryType", bound=Entry)


def read_entries(
    model: type[EntryType], source: YamlText, file: str
) -> tuple[EntryType | None, tuple[Finding, ...]]:
    """The entries of `file` without those at fault, and the faults.

    None where the rest would mislead: a key that must be is missing, or nobody knows which ids there are.
    """
    data: Any = {} if source.data is None else source.data
    try:
        return model.model_validate(data), ()
    except ValidationError as error:
        errors = _without_echoes(error.errors(include_url=False))
    findings = tuple(_findings(model, errors, source, file))
    if model in ROW_FILES and any(_hides_an_id(model, error) for error in errors):
        return None, findings
    try:
        return model.model_validate(_without_faults(data, errors)), findings
    except ValidationError:
        return None, findings


def _without_echoes(errors: list[ErrorDetails]) -> list[ErrorDetails]:
    """The errors but for lists that are said to be empty because all of their rows are at fault."""
    return [
        error
        for error in errors
        if error["type"] != "too_short" or not any(_is_within(other, error) for other in errors)
    ]


def _is_within(inner: ErrorDetails, outer: ErrorDetails) -> bool:
    depth = len(outer["loc"])
    return len(inner["loc"]) > depth and inner["loc"][:depth] == outer["loc"]


def _hides_an_id(model: type[Entry], error: ErrorDetails) -> bool:
    """Whether the fault lies in a whole list, a whole row, or the id of a row."""
    field = model.model_fields.get(str(error["loc"][0])) if error["loc"] else None
    if field is not None and entry_type(field.annotation) is None:
        return False  # a key beside the lists
    return len(error["loc"]) <= 2 or error["loc"][2] == "id"


def _without_faults(data: Any, errors: list[ErrorDetails]) -> Any:
    if not isinstance(data, dict):
        return {}
    bad = {error["loc"][: 2 if isinstance(data.get(error["loc"][0]), list) else 1] for error in errors}
    return {
        key: [row for index, row in enumerate(value) if (key, index) not in bad]
        if isinstance(value, list)
        else value
        for key, value in data.items()
        if (key,) not in bad
    }


def _findings(
    model: type[Entry], errors: list[ErrorDetails], source: YamlText, file: str
) -> Iterator[Finding]:
    seen: set[KeyPath] = set()
    for error in errors:
        path = _path(error, source)
        # A field that may be of several types gives one error for each of them.
        if path not in seen:
            seen.add(path)
            of_key = error["type"] == "extra_forbidden" or "[key]" in error["loc"]
            yield Finding(_place(path, source, file, of_key), *fault_words(model, error, path))


def _path(error: ErrorDetails, source: YamlText) -> KeyPath:
    """The key path that the error is about, without the parts that pydantic adds for its own types."""
    path: KeyPath = ()
    for part in error["loc"]:
        if (*path, part) in source.values:
            path = (*path, part)
    return (*path, error["loc"][-1]) if error["type"] == "missing" else path


def _place(path: KeyPath, source: YamlText, file: str, of_key: bool) -> Place:
    if of_key:
        return Place(file, *source.keys[path], key_text(path))
    standing = next(path[:n] for n in range(len(path), -1, -1) if path[:n] in source.values or n == 0)
    line, column = source.values.get(standing, (None, None))
    return Place(file, line, column, key_text(path) or None)
