"""Single values of entries: whether a field may have one, and the entry with it."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from handouts.dataset.fields import Entry


def may_have(model: type[Entry], name: str, value: Any) -> bool:
    """Whether a field of `model` may have a value as people enter it, whatever the other fields are."""
    if value == "" and model.model_fields[name].is_required():
        return False
    try:
        model.model_validate({name: value})
    except ValidationError as error:
        return all(fault["loc"][:1] != (name,) for fault in error.errors())
    return True


def with_value(entry: Entry, name: str, value: Any) -> Entry | None:
    """The entry with a value as people enter it in one field; None where it may not have that."""
    fields = {field: getattr(entry, field) for field in type(entry).model_fields}
    try:
        return type(entry).model_validate({**fields, name: value})
    except ValidationError:
        return None
