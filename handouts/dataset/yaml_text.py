"""YAML text into plain values, with the place of every key and value, and faults in Japanese.

Read event by event, not as a node tree: aliases, tags and deep nesting are refused before they can grow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.reader import Reader

from handouts.dataset.yaml_faults import (
    CONTROL_CHARACTER,
    DOUBLE_KEY,
    FOLDED_VALUE,
    ODD_KEY,
    SECOND_DOCUMENT,
    SIGN,
    TOO_DEEP,
    syntax_fault,
)
from handouts.findings import DataFaults, Finding, Place, Rule, Value

Plain: TypeAlias = "dict[str, Plain] | list[Plain] | str | int | Decimal | bool | None"
KeyPath: TypeAlias = tuple[str | int, ...]
Mark: TypeAlias = tuple[int, int]  # line and column, both from 1

DEPTH_LIMIT = 12
# What XML 1.0, and so a Word file, cannot hold, and characters that break a line without being seen.
CONTROL = re.compile("[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_WORDS: Mapping[str, Plain] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
# More digits stay text, so that no figure of absurd length has to be computed with.
_INTEGER = re.compile(r"-?(0|[1-9]\d{0,17})", re.ASCII)
_DECIMAL = re.compile(r"-?(0|[1-9]\d{0,17})\.\d{1,18}", re.ASCII)


@dataclass(frozen=True, slots=True)
class YamlText:
    """The values of one file, where each key and value stands, and what was found on the way.

    `blocks` are the values that stand line by line below their key (`text: |`).
    """

    data: Plain
    keys: Mapping[KeyPath, Mark]
    values: Mapping[KeyPath, Mark]
    findings: tuple[Finding, ...]
    blocks: frozenset[KeyPath] = frozenset()
    file: str = ""

    def place(self, path: KeyPath, of_key: bool = False) -> Place:
        """Where the value at the key path stands, or what holds it; `of_key` where its key stands."""
        if of_key:
            return Place(self.file, *self.keys[path], key_text(path))
        standing = next((path[:n] for n in range(len(path), 0, -1) if path[:n] in self.values), ())
        line, column = self.values.get(standing, (None, None))
        return Place(self.file, line, column, key_text(path) or None)

    def column(self, path: KeyPath) -> None:
        """No column: a file has none."""


def parse_yaml(text: str, file: str) -> YamlText:
    """The plain values in `text`; raises DataFaults where the text cannot be read as YAML at all."""
    builder = _Builder(file)
    builder.findings += _control_faults(text, file)
    text = CONTROL.sub(" ", text)
    try:
        data = builder.document(_parser().parse(text))
    except (YAMLError, ValueError, ArithmeticError) as error:
        # Warnings before the fault are mostly its first traces: a line taken for part of the one before.
        faults = (finding for finding in builder.findings if finding.severity == "error")
        raise DataFaults((*faults, syntax_fault(error, text, file))) from None
    return YamlText(
        data, builder.keys, builder.values, tuple(builder.findings), frozenset(builder.blocks), file
    )


def plain_value(text: str) -> Plain:
    """What an unquoted scalar stands for: nothing, true or false, a whole number, a decimal, or text."""
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    return Decimal(text) if _DECIMAL.fullmatch(text) else text


def key_text(path: KeyPath) -> str:
    """The path as people read it, rows counted from 1, e.g. initiatives[3].amount."""
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
    return text


class _Reader(Reader):
    def check_printable(self, data: Any) -> None:
        """Nothing: the control characters are gone by then, and getting ready to look takes longer than reading."""


def _parser() -> YAML:
    parser = YAML(typ="safe", pure=True)
    parser.Reader = _Reader
    return parser


class _Builder:
    """Builds the values of one document from its events, noting places and findings."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.keys: dict[KeyPath, Mark] = {}
        self.values: dict[KeyPath, Mark] = {}
        self.findings: list[Finding] = []
        self.blocks: set[KeyPath] = set()

    def document(self, events: Iterator[Any]) -> Plain:
        data: Plain = None
        documents = 0
        for event in events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise DataFaults((*self.findings, self._finding(event, (), SECOND_DOCUMENT)))
                data = self._value(next(events), events, ())
        return data

    def _value(self, event: Any, events: Iterator[Any], path: KeyPath) -> Plain:
        # A value left empty has its mark where the next thing stands, be it lines below: its key is nearer.
        is_empty = isinstance(event, ScalarEvent) and event.start_mark.index == event.end_mark.index
        self.values[path] = self.keys.get(path, _mark(event)) if is_empty else _mark(event)
        if len(path) > DEPTH_LIMIT:
            raise DataFaults((*self.findings, self._finding(event, path, TOO_DEEP, limit=DEPTH_LIMIT)))
        if isinstance(event, AliasEvent) or event.anchor is not None or _has_tag(event):
            self._refuse_sign(event, path)
        if isinstance(event, MappingStartEvent):
            return self._mapping(events, path)
        if isinstance(event, SequenceStartEvent):
            return self._sequence(events, path)
        return self._scalar(event, path) if isinstance(event, ScalarEvent) else None

    def _mapping(self, events: Iterator[Any], path: KeyPath) -> Plain:
        data: dict[str, Plain] = {}
        while not isinstance(event := next(events), MappingEndEvent):
            if not isinstance(event, ScalarEvent):
                raise DataFaults((*self.findings, self._finding(event, path, ODD_KEY)))
            key = self._text(event, path)
            inner = (*path, key)
            if key in data:
                self._add(event, inner, DOUBLE_KEY, key=key, first=Place(self.file, self.keys[inner][0]))
                # Read past the value; what is odd in it does not matter.
                _Builder(self.file)._value(next(events), events, inner)
                continue
            self.keys[inner] = _mark(event)
            data[key] = self._value(next(events), events, inner)
        return data

    def _sequence(self, events: Iterator[Any], path: KeyPath) -> Plain:
        data: list[Plain] = []
        while not isinstance(event := next(events), SequenceEndEvent):
            data.append(self._value(event, events, (*path, len(data))))
        return data

    def _scalar(self, event: ScalarEvent, path: KeyPath) -> Plain:
        text = self._text(event, path)
        if event.style == "|":
            self.blocks.add(path)
        if event.style not in ("|", ">") and event.end_mark.line > event.start_mark.line:
            first, last = event.start_mark.line + 1, event.end_mark.line + 1
            self._add(event, path, FOLDED_VALUE, first=first, last=last)
        return plain_value(text) if event.implicit[0] and not event.style else text

    def _text(self, event: ScalarEvent, path: KeyPath) -> str:
        """What is written, with � for control characters, which may be written as escapes too."""
        text: str = event.value
        if found := CONTROL.search(text):
            self._add(event, path, CONTROL_CHARACTER, code=_code(found[0]))
        return CONTROL.sub("\ufffd", text)

    def _refuse_sign(self, event: Any, path: KeyPath) -> None:
        sign = "*" if isinstance(event, AliasEvent) else "&" if event.anchor is not None else "!"
        self._add(event, path, SIGN, sign=sign)

    def _add(self, event: Any, path: KeyPath, rule: Rule, **values: Value) -> None:
        self.findings.append(self._finding(event, path, rule, **values))

    def _finding(self, event: Any, path: KeyPath, rule: Rule, **values: Value) -> Finding:
        place = Place(self.file, *_mark(event), key_text(path) or None)
        return Finding(rule, place, tuple(values.items()))


def _mark(event: Any) -> Mark:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _has_tag(event: Any) -> bool:
    return isinstance(event, (ScalarEvent, CollectionStartEvent)) and event.tag is not None


def _control_faults(text: str, file: str) -> Iterator[Finding]:
    """A fault for each line with a control character, which came along when something was pasted."""
    for number, line in enumerate(text.split("\n"), 1):
        if found := CONTROL.search(line):
            yield CONTROL_CHARACTER.at(Place(file, number, found.start() + 1), code=_code(found[0]))


def _code(character: str) -> str:
    return f"{ord(character):04X}"
