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
from ruamel.yaml.error import MarkedYAMLError, YAMLError
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

from handouts.errors import DataFaults, Finding, Place, Severity

Plain: TypeAlias = "dict[str, Plain] | list[Plain] | str | int | Decimal | bool | None"
KeyPath: TypeAlias = tuple[str | int, ...]
Mark: TypeAlias = tuple[int, int]  # line and column, both from 1
_Words: TypeAlias = tuple[str, str, str]  # what was found, what is allowed, what to do

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
    """The values of one file, where each key and value stands, and what was found on the way."""

    data: Plain
    keys: Mapping[KeyPath, Mark]
    values: Mapping[KeyPath, Mark]
    findings: tuple[Finding, ...]


def parse_yaml(text: str, file: str) -> YamlText:
    """The plain values in `text`; raises DataFaults where the text cannot be read as YAML at all."""
    builder = _Builder(file)
    builder.findings += _control_faults(text, file)
    text = CONTROL.sub(" ", text)
    try:
        data = builder.document(YAML(typ="safe", pure=True).parse(text))
    except (YAMLError, ValueError, ArithmeticError) as error:
        # Warnings before the fault are mostly its first traces: a line taken for part of the one before.
        faults = (finding for finding in builder.findings if finding.severity == "error")
        raise DataFaults((*faults, _syntax_fault(error, text, file))) from None
    return YamlText(data, builder.keys, builder.values, tuple(builder.findings))


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


class _Builder:
    """Builds the values of one document from its events, noting places and findings."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.keys: dict[KeyPath, Mark] = {}
        self.values: dict[KeyPath, Mark] = {}
        self.findings: list[Finding] = []

    def document(self, events: Iterator[Any]) -> Plain:
        data: Plain = None
        documents = 0
        for event in events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise DataFaults((*self.findings, self._finding(event, (), _SECOND_DOCUMENT)))
                data = self._value(next(events), events, ())
        return data

    def _value(self, event: Any, events: Iterator[Any], path: KeyPath) -> Plain:
        self.values[path] = _mark(event)
        if len(path) > DEPTH_LIMIT:
            raise DataFaults((*self.findings, self._finding(event, path, _TOO_DEEP)))
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
                raise DataFaults((*self.findings, self._finding(event, path, _ODD_KEY)))
            key = self._text(event, path)
            inner = (*path, key)
            if key in data:
                self._add(event, inner, _duplicate(key, self.keys[inner][0]))
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
        if event.style not in ("|", ">") and event.end_mark.line > event.start_mark.line:
            self._add(event, path, _folded(event.start_mark.line + 1, event.end_mark.line + 1), "warning")
        return plain_value(text) if event.implicit[0] and not event.style else text

    def _text(self, event: ScalarEvent, path: KeyPath) -> str:
        """What is written, with � for control characters, which may be written as escapes too."""
        text: str = event.value
        if found := CONTROL.search(text):
            self._add(event, path, _control(found[0]))
        return CONTROL.sub("\ufffd", text)

    def _refuse_sign(self, event: Any, path: KeyPath) -> None:
        sign = "*" if isinstance(event, AliasEvent) else "&" if event.anchor is not None else "!"
        self._add(event, path, _sign(sign))

    def _add(self, event: Any, path: KeyPath, words: _Words, severity: Severity = "error") -> None:
        self.findings.append(self._finding(event, path, words, severity))

    def _finding(self, event: Any, path: KeyPath, words: _Words, severity: Severity = "error") -> Finding:
        return Finding(Place(self.file, *_mark(event), key_text(path) or None), *words, severity)


def _mark(event: Any) -> Mark:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _has_tag(event: Any) -> bool:
    return isinstance(event, (ScalarEvent, CollectionStartEvent)) and event.tag is not None


_QUOTE = '値の全体を半角の「"」で囲んでください'
_INDENT = "字下げに使えるのは半角の空白だけです"
_SPACE_AFTER = "キーと値の間は、半角の「:」と半角の空白です（例 name: 健診推進経費）"
_SECOND_DOCUMENT = ("「---」で区切られた2つ目のまとまりがあります", "", "「---」の行を消してください")
_TOO_DEEP = (f"字下げや括弧が{DEPTH_LIMIT}段より深くなっています", "", "見本の形に直してください")
_ODD_KEY = ("キーの場所に括弧や記号があります", "キーは id や name のような文字です", f"値なら、{_QUOTE}")
# What the line at fault, or the one before it, looks like; why it cannot be read; what to do.
_SHAPES: tuple[tuple[str, str, str], ...] = (
    (r"^ *\u3000", f"行の先頭に全角の空白があります。{_INDENT}", "半角の空白に直してください"),
    (r"^ *\t", f"行の先頭にタブがあります。{_INDENT}", "半角の空白に直してください"),
    (r"^ *[－―−‐ー]", "先頭の「-」が全角です", "半角の「-」と半角の空白に直してください"),
    (r"^[ -]*[\w-]+ *：", f"「：」が全角です。{_SPACE_AFTER}", "半角の「: 」に直してください"),
    (r"^ *-[^ -]", "先頭の「-」の後に空白がありません", "「- 」のように半角の空白を入れてください"),
    (r"^[ -]*[\w-]+:[^ ]", f"「:」の後に空白がありません。{_SPACE_AFTER}", "半角の空白を入れてください"),
)
# What ruamel.yaml says, what the line at fault looks like, why it cannot be read, what to do.
_PROBLEMS: tuple[tuple[str, str, str, str], ...] = (
    (
        "quoted scalar.*unexpected",
        "",
        "値の始めに引用符がありますが、終わりにありません",
        "値の終わりにも同じ引用符を付けてください",
    ),
    (
        "escape",
        "",
        '「\\」は、「"」で囲んだ値の中では特別な意味になります',
        "値を囲む「\"」を「'」に替えてください",
    ),
    (r"'\\t'", "", f"値の前にタブがあります。{_INDENT}", "半角の空白に直してください"),
    ("flow .*expected ','", "", "括弧が閉じていないか、「,」がありません", f"括弧を含む文なら、{_QUOTE}"),
    (
        "",
        r"(?:^|[:-] ) *(?P<value>(?P<sign>[%@`*&!|>{\[\]},?#]).*)",
        "「{sign}」で始まる値は、そのままでは書けません",
        f'{_QUOTE}（例 "{{value}}"）',
    ),
    ("<scalar>", r"[\"']", "引用符の後に余分な文字があります", f"中の引用符を全角にして、{_QUOTE}"),
    ("mapping values", r": .*: ", "値の中に「: 」があります", f"{_QUOTE}。全角の「：」に替えても構いません"),
    (
        "expected ':'",
        "",
        f"「キー: 値」の形になっていません。{_SPACE_AFTER}",
        "前の行の続きなら、前の行とつないで1行にしてください",
    ),
    (
        "expected '?<|not allowed here",
        "",
        "字下げが前後の行とそろっていません。同じまとまりの行は、先頭の空白の数を同じにします",
        "先頭の空白の数を、前後の行と見比べて直してください",
    ),
    (
        "",
        "",
        "YAML の書き方に合っていません",
        "前後の行と見比べて、字下げ、「: 」、引用符、括弧を確かめてください",
    ),
)


def _syntax_fault(error: Exception, text: str, file: str) -> Finding:
    """The library's error in our own words, placed on the line that is most likely at fault."""
    lines = text.splitlines() or [""]
    problem, line, column = _position(error, text)
    line = min(line, len(lines) - 1)
    for number in (line, _line_before(lines, line)):
        for shape, reason, remedy in _SHAPES:
            if re.search(shape, lines[number]):
                return _unreadable(file, lines[number], (number + 1, 1), reason, remedy)
    for said, shape, reason, remedy in _PROBLEMS:
        if re.search(said, problem) and (match := re.search(shape, lines[line])):
            why, what = (part.format_map(match.groupdict()) for part in (reason, remedy))
            return _unreadable(file, lines[line], (line + 1, column + 1), why, what)
    raise AssertionError("the last problem matches anything")


def _position(error: Exception, text: str) -> tuple[str, int, int]:
    """What the library said, and the line and column from 0 where the trouble begins."""
    if isinstance(error, MarkedYAMLError):
        problem = f"{error.context or ''} {error.problem or ''}"
        begins = re.search("quoted scalar.*unexpected end|flow .*expected|simple key", problem)
        mark = (error.context_mark if begins else None) or error.problem_mark or error.context_mark
        if mark is not None:
            return problem, mark.line, mark.column
        return problem, 0, 0
    before = text[: getattr(error, "position", 0)]
    return "", before.count("\n"), len(before) - (before.rfind("\n") + 1)


def _line_before(lines: list[str], line: int) -> int:
    written = (number for number in range(line - 1, -1, -1) if lines[number].strip())
    return next(written, line)


def _unreadable(file: str, content: str, mark: Mark, reason: str, remedy: str) -> Finding:
    shown = content.strip()[:40]
    found = f"「{shown}」の行が読み取れません" if shown else "この行が読み取れません"
    return Finding(Place(file, *mark), found, reason, remedy)


def _control_faults(text: str, file: str) -> Iterator[Finding]:
    """A fault for each line with a control character, which came along when something was pasted."""
    for number, line in enumerate(text.split("\n"), 1):
        if found := CONTROL.search(line):
            yield Finding(Place(file, number, found.start() + 1), *_control(found[0]))


def _control(character: str) -> _Words:
    found = f"目に見えない制御文字（コード {ord(character):04X}）があります"
    return found, "", "その前後を打ち直すか、メモ帳を通して貼り直してください"


def _duplicate(key: str, line: int) -> _Words:
    found = f"「{key}」が2回書かれています（1回目は{line}行）"
    return found, "同じキーは1つのまとまりに1回だけ書けます", "どちらかを消してください"


def _folded(first: int, last: int) -> _Words:
    found = f"{first}行から{last}行までが1つの値になり、行の境目に空白が入ります"
    return found, "", "1行につなぐか、別のキーのつもりなら「: 」と字下げを直してください"


def _sign(sign: str) -> _Words:
    return f"「{sign}」で始まる値は、そのままでは書けません", "", f'{_QUOTE}（例 "{sign}…"）'
