"""The text of a yaml file that holds entries, with a comment on every key."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from handouts.dataset.entry import Entry
from handouts.dataset.fiscal import FiscalYear, YearForm
from handouts.dataset.model import NumberingStyle
from handouts.dataset.schemas import TITLES, entry_type
from handouts.dataset.yaml_text import CONTROL, plain_value

_LONGEST_LIST = 60  # characters of a list of texts on one line
# What may stand in YAML without quotes, drawn narrowly: anything else is quoted.
_UNQUOTED = re.compile(r"[\w（「『【◎○△×□・※■◆][^:#{}\[\],&*!|>'\"%@`\\]*")

_MONTHS = ("as_of",)  # keys whose value is a month


def entry_text(entries: Entry) -> str:
    """The text of a yaml file that holds `entries`, with a comment on every key."""
    lines = [
        f"# {TITLES[type(entries).__name__]}",
        "# 「#」から行の終わりまでは覚え書きで、読み飛ばされます。",
    ]
    for name, field in type(entries).model_fields.items():
        value = getattr(entries, name)
        value = _key(value) if name in _MONTHS else _plain(value)
        lines += ["", f"# {field.description}", *_key_comments(field.annotation)]
        lines += [f"{name}:"] if value in (None, [], {}) else _yaml_lines({name: value})
    return "\n".join(lines) + "\n"


def _key_comments(annotation: Any) -> Iterator[str]:
    inner = entry_type(annotation)
    for name, part in (inner.model_fields if inner else {}).items():
        yield f"#   {name}: {part.description}{'' if part.is_required() else '【省略可】'}"
        yield from (f"#   {line[1:]}" for line in _key_comments(part.annotation))


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


def _yaml_lines(mapping: Mapping[str, Any]) -> Iterator[str]:
    for key, value in mapping.items():
        head = f"{_scalar(key)}:"
        if isinstance(value, dict) and value and not all(map(_is_time, value)):
            yield head
            yield from _indented(_yaml_lines(value), 2)
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            yield head
            for row in value:
                first, *others = _yaml_lines(row) if row else ("{}",)
                yield f"  - {first}"
                yield from _indented(others, 4)
        elif isinstance(value, str) and _is_block(value):
            yield f"{head} |"
            yield from _indented(value.split("\n"), 2)
        elif _is_long_list(value):
            yield head
            yield from (f"  - {_scalar(part)}" for part in value)
        else:
            yield f"{head} {_scalar(value)}"


def _is_long_list(value: Any) -> bool:
    """Whether a list of texts reads better with one of them on a line."""
    is_texts = isinstance(value, list) and all(isinstance(part, str) for part in value)
    return is_texts and len(_scalar(value)) > _LONGEST_LIST


def _indented(lines: Iterable[str], width: int) -> Iterator[str]:
    return (f"{' ' * width}{line}" if line else "" for line in lines)


def _is_time(key: str) -> bool:
    """Whether a key is a year or a month: figures by time stand in one line."""
    return bool(re.fullmatch(r"[RH]\d+|\d+月", key))


def _is_block(text: str) -> bool:
    """Whether a text of several lines can be written line by line."""
    return "\n" in text and text == text.strip() and not CONTROL.search(text)


def _scalar(value: Any) -> str:
    if isinstance(value, dict):
        return f"{{{', '.join(f'{_scalar(key)}: {_scalar(part)}' for key, part in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(_scalar(part) for part in value)}]"
    if isinstance(value, str):
        return value if _reads_as_it_stands(value) else _quoted(value)
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _reads_as_it_stands(text: str) -> bool:
    is_simple = _UNQUOTED.fullmatch(text) and text == text.strip() and not CONTROL.search(text)
    return bool(is_simple) and plain_value(text) == text


def _quoted(text: str) -> str:
    return CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))
