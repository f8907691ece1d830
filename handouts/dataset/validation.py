"""The entries of a file or of the sheets of a workbook, and the faults of those that cannot be used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Annotated, Any, Protocol, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from handouts.dataset.columns import Column
from handouts.dataset.declared import entry_type
from handouts.dataset.field_findings import field_finding
from handouts.dataset.fields import Entry
from handouts.dataset.schemas import ROW_FILES
from handouts.dataset.yaml_text import KeyPath, Plain
from handouts.findings import Finding, Place

EntryType = TypeVar("EntryType", bound=Entry)


class Source(Protocol):
    """Plain values that somebody entered, and where each of them stands, whatever they were written in.

    `keys` and `values` have the key paths of what stands somewhere; `blocks` are the texts that stand line by line.
    """

    @property
    def data(self) -> Plain:
        """The values."""

    @property
    def keys(self) -> Mapping[KeyPath, Any]:
        """The key paths with a place for the key itself."""

    @property
    def values(self) -> Mapping[KeyPath, Any]:
        """The key paths with a place for the value."""

    @property
    def blocks(self) -> frozenset[KeyPath]:
        """The texts that stand line by line below their key."""

    def place(self, path: KeyPath, of_key: bool = False) -> Place:
        """Where the value at the key path stands, or its key, or what holds it."""

    def column(self, path: KeyPath) -> Column | None:
        """The column in which the value at the key path stands; None where it is not in a sheet."""


def read_entries(model: type[EntryType], source: Source) -> tuple[EntryType | None, tuple[Finding, ...]]:
    """The entries of `source` without those at fault, and the faults.

    None where the rest would mislead: a key that must be is missing, or nobody knows which ids there are.
    """
    data: Any = {} if source.data is None else source.data
    try:
        return model.model_validate(data), ()
    except ValidationError as error:
        errors = _without_echoes(error.errors(include_url=False))
    findings = tuple(_findings(model, errors, source))
    if model in ROW_FILES and any(_hides_an_id(model, error) for error in errors):
        return None, findings
    try:
        return model.model_validate(_without_faults(data, errors)), findings
    except ValidationError:
        return None, findings


def settled_value(model: type[Entry], name: str, value: Any) -> Any:
    """What an entry has in a field for a value that was entered; the value itself where the field cannot have it."""
    adapter = _adapter(model, name)
    try:
        return adapter.validate_python(value) if adapter else value
    except ValidationError:
        return value


@lru_cache
def _adapter(model: type[Entry], name: str) -> TypeAdapter[Any] | None:
    field = model.model_fields.get(name)
    if field is None:
        return None
    annotation: Any = field.annotation
    return TypeAdapter(Annotated[annotation, *field.metadata] if field.metadata else annotation)


def _without_echoes(errors: list[ErrorDetails]) -> list[ErrorDetails]:
    """The errors but for lists that are said to be empty because all of their rows are at fault."""
    holders = {error["loc"][:depth] for error in errors for depth in range(len(error["loc"]))}
    return [error for error in errors if error["type"] != "too_short" or error["loc"] not in holders]


def _hides_an_id(model: type[Entry], error: ErrorDetails) -> bool:
    """Whether the fault lies in a whole list, a whole row, or the id of a row."""
    field = model.model_fields.get(str(error["loc"][0])) if error["loc"] else None
    if field is not None and entry_type(field.annotation) is None:
        return False  # a key beside the lists
    return len(error["loc"]) <= 2 or error["loc"][2] == "id"


def _without_faults(data: Any, errors: list[ErrorDetails]) -> Any:
    if not isinstance(data, dict):
        return {}
    bad = {error["loc"][:2] for error in errors if isinstance(data.get(error["loc"][0]), list)}
    rest: Any = {
        key: [row for index, row in enumerate(value) if (key, index) not in bad]
        if isinstance(value, list)
        else value
        for key, value in data.items()
        if (key,) not in bad
    }
    for error in errors:
        if not isinstance(data.get(error["loc"][0]), list):
            rest = _without(rest, error["loc"])
    return rest


def _without(data: Any, loc: tuple[int | str, ...]) -> Any:
    """Nested mappings without the value at `loc`, or without what holds it where it is missing there."""
    first, *others = loc
    if not isinstance(data, dict) or first not in data:
        return data
    inner = data[first]
    rest = {key: value for key, value in data.items() if key != first}
    if others and isinstance(inner, dict) and others[0] in inner:
        return {**rest, first: _without(inner, tuple(others))}
    return rest


def _findings(model: type[Entry], errors: list[ErrorDetails], source: Source) -> Iterator[Finding]:
    seen: set[KeyPath] = set()
    for error in errors:
        path = _path(error, source)
        # A field that may be of several types gives one error for each of them.
        if path not in seen:
            seen.add(path)
            of_key = error["type"] == "extra_forbidden" or "[key]" in error["loc"]
            yield field_finding(model, error, path, source.place(path, of_key), source.column(path))


def _path(error: ErrorDetails, source: Source) -> KeyPath:
    """The key path that the error is about, without the parts that pydantic adds for its own types."""
    path: KeyPath = ()
    for part in error["loc"]:
        if (*path, part) in source.values:
            path = (*path, part)
    is_missing = error["type"] == "missing" and path[-1:] != error["loc"][-1:]
    return (*path, error["loc"][-1]) if is_missing else path
