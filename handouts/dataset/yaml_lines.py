"""Plain values as lines of yaml."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from handouts.dataset.yaml_text import CONTROL, plain_value

_LONGEST_LIST = 60  # characters of a list of texts on one line
# What may stand in YAML without quotes, drawn narrowly: anything else is quoted.
_UNQUOTED = re.compile(r"[\w（「『【◎○△×□・※■◆][^:#{}\[\],&*!|>'\"%@`\\]*")
_TIME = re.compile(r"[RH]\d+|\d+月")


def yaml_lines(mapping: Mapping[str, Any]) -> Iterator[str]:
    """The lines of a mapping of plain values, figures by time and short lists on one line."""
    for key, value in mapping.items():
        head = f"{scalar_text(key)}:"
        if isinstance(value, dict) and value and not all(map(_is_time, value)):
            yield head
            yield from _indented(yaml_lines(value), 2)
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            yield head
            for row in value:
                yield from _indented(row_lines(row), 2)
        elif isinstance(value, str) and _is_block(value):
            yield f"{head} |"
            yield from _indented(value.split("\n"), 2)
        elif _is_long_list(value):
            yield head
            yield from (f"  - {scalar_text(part)}" for part in value)
        else:
            yield f"{head} {scalar_text(value)}"


def row_lines(row: Any) -> Iterator[str]:
    """The lines of a row of a list, the first behind a dash."""
    first, *others = (yaml_lines(row) if row else ("{}",)) if isinstance(row, dict) else (scalar_text(row),)
    yield f"- {first}"
    yield from _indented(others, 2)


def _is_long_list(value: Any) -> bool:
    """Whether a list of texts reads better with one of them on a line."""
    is_texts = isinstance(value, list) and all(isinstance(part, str) for part in value)
    return is_texts and len(scalar_text(value)) > _LONGEST_LIST


def _indented(lines: Iterable[str], width: int) -> Iterator[str]:
    return (f"{' ' * width}{line}" if line else "" for line in lines)


def _is_time(key: str) -> bool:
    """Whether a key is a year or a month: figures by time stand in one line."""
    return _TIME.fullmatch(key) is not None


def _is_block(text: str) -> bool:
    """Whether a text of several lines can be written line by line."""
    return "\n" in text and text == text.strip() and not CONTROL.search(text)


def scalar_text(value: Any, is_quoted: bool = False) -> str:
    """A value on one line; text in quotes where it would be read as something else, or where `is_quoted`."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{scalar_text(key)}: {scalar_text(part)}' for key, part in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(scalar_text(part) for part in value)}]"
    if isinstance(value, str):
        return value if _reads_as_it_stands(value) and not is_quoted else _quoted(value)
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _reads_as_it_stands(text: str) -> bool:
    is_simple = _UNQUOTED.fullmatch(text) and text == text.strip() and not CONTROL.search(text)
    return bool(is_simple) and plain_value(text) == text


def _quoted(text: str) -> str:
    return CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))
