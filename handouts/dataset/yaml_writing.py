"""The text of a yaml file that holds entries, with a comment on every key."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from handouts.dataset.declared import entry_type
from handouts.dataset.fields import Entry
from handouts.dataset.fiscal import FiscalYear, YearForm
from handouts.dataset.settings import NumberingStyle
from handouts.dataset.yaml_lines import yaml_lines

_MONTHS = ("as_of",)  # keys whose value is a month


def entry_text(entries: Entry) -> str:
    """The text of a yaml file that holds `entries`, with a comment on every key."""
    lines = [
        f"# {entries.noun}",
        "# 「#」から行の終わりまでは覚え書きで、読み飛ばされます。",
    ]
    for name, field in type(entries).model_fields.items():
        value = getattr(entries, name)
        value = _key(value) if name in _MONTHS else _plain(value)
        lines += ["", f"# {field.description}", *_key_comments(field.annotation)]
        lines += [f"{name}:"] if value in (None, [], {}) else yaml_lines({name: value})
    return "\n".join(lines) + "\n"


def _key_comments(annotation: Any) -> Iterator[str]:
    inner = entry_type(annotation)
    for name, part in (inner.model_fields if inner else {}).items():
        yield f"#   {name}: {part.description}{'' if part.is_required() else '【省略可】'}"
        yield from (f"#   {line[1:]}" for line in _key_comments(part.annotation))


def plain_entries(entries: Entry) -> dict[str, Any]:
    """What `entries` say, in the types and the short keys that a yaml file has, without what need not be written."""
    return {
        name: _key(value) if name in _MONTHS else value
        for name, value in _written_fields(entries).items()
        if value not in (None, [], {})
    }


def _plain(value: Any) -> Any:
    """The value in the types that a yaml file has."""
    if isinstance(value, Entry):
        return _written_fields(value)
    if isinstance(value, Mapping):
        return {_key(key): _plain(part) for key, part in value.items()}
    if isinstance(value, FiscalYear):
        return _key(value)
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


def _key(key: Any) -> Any:
    """A key of a mapping, or a month: fiscal years and months in the short form that is read back the same."""
    if isinstance(key, FiscalYear):
        return key.text(YearForm.LETTER)
    return f"{key}月" if isinstance(key, int) else key


def _written_fields(entry: Entry) -> dict[str, Any]:
    """The fields that differ from their defaults; of a numbering style all, which explain each other."""
    is_full = isinstance(entry, NumberingStyle)
    values = {name: (getattr(entry, name), field) for name, field in type(entry).model_fields.items()}
    return {
        name: _key(value) if name in _MONTHS else _plain(value)
        for name, (value, field) in values.items()
        if is_full or value != field.get_default(call_default_factory=True)
    }
