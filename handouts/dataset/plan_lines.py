"""The lines of plan.md taken apart: the id at the end, the label at the start, backslashes, and the text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from handouts.dataset.fields import ID_LENGTH, ID_PATTERN
from handouts.dataset.labels import KPI_FAMILIES, Family, Label, recognise
from handouts.findings import ByForm, Finding, Place, Rule, Words

ESCAPE = "\\"  # what stands behind it is text, whatever it looks like
# What `strip` takes away, and two more that are not seen.
_STRIPPED = "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff" + "".join(
    map(chr, range(0x2000, 0x200C))
)
# Word and HTML cannot hold these, and a line of the plan is one paragraph.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_ID_RULE = f"id は英小文字で始まり、英小文字・数字・ハイフンで{ID_LENGTH}字までです"
_AT_END = "行の終わりに {#名前} を"
PLAN_IDS = ByForm(_AT_END, "id の列に")
CONTROL_CHARACTER = Rule(
    "plan.control-character",
    "制御文字 U+{code} があります",
    "本文に制御文字は書けません",
    "その文字を消してください",
)
UNUSABLE_ID = Rule(
    "ids.unusable-in-text", "id「{name}」は使えません", _ID_RULE, "{where}1つだけ書いてください"
)
SECOND_ID = Rule(
    "ids.second-of-line", "「{name}」の前にも id があります", _ID_RULE, "{where}1つだけ書いてください"
)
DOUBLE_ID = Rule(
    "ids.double-in-plan",
    ByForm("id「{name}」は{first}目にもあります", "同じ id の行が、もう一つあります{first:1回目}"),
    "id は計画の中で1つだけです",
    ByForm("どちらかを別の id にしてください", "写した行なら、その行の id の欄を空にしてください"),
)


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A line of the file, without the blanks around it and without its id."""

    number: int
    text: str
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Split:
    """A line taken apart; `is_body` where a backslash says that it is text."""

    label: Label | None
    kpi_number: Label | None
    text: str
    is_body: bool = False

    @property
    def label_text(self) -> str:
        """What was typed in front of the text."""
        return "".join(label.text for label in (self.label, self.kpi_number) if label)


def rows_of(text: str) -> list[str]:
    """The lines of a text without its byte order mark."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")


def clean_row(row: str) -> str:
    """A line without the blanks around it, with tabs and page breaks as blanks."""
    return strip_blanks(row.replace("\t", " ").replace("\f", " "))


def read_lines(text: str, file: str, where: Words = _AT_END) -> tuple[list[PlanLine], list[Finding]]:
    """The lines of a text that are not blank, and the faults of their ids, which belong `where`, and characters."""
    lines: list[PlanLine] = []
    findings: list[Finding] = []
    for number, row in enumerate(rows_of(text), 1):
        findings += _control_faults(row, file, number)
        row, name, rule = _take_id(clean_row(_CONTROLS.sub("", row)))
        if rule:
            findings.append(rule.at(Place(file, number), name=name, where=where))
        if row or name is not None:
            lines.append(PlanLine(number, row, None if rule else name))
    return lines, findings


def double_ids(lines: Iterable[PlanLine], file: str) -> Iterator[Finding]:
    """A fault for each id that an earlier line bears already."""
    first_lines: dict[str, int] = {}
    for line in lines:
        if line.id is not None and first_lines.setdefault(line.id, line.number) != line.number:
            first = Place(file, first_lines[line.id])
            yield DOUBLE_ID.at(Place(file, line.number), name=line.id, first=first)


def join_kpi_heads(lines: Iterable[PlanLine]) -> Iterator[PlanLine]:
    """The lines, with a ■KPI： that stands alone put in front of the KPI on the next line."""
    head = None
    for line in lines:
        split = split_line(line.text, ())
        continues = split.label.family in KPI_FAMILIES if split.label else not split.is_body
        if head and continues:
            gap = "" if head.text.endswith(("：", ":", "】")) else " "
            line = PlanLine(line.number, f"{head.text}{gap}{line.text}", line.id)
        elif head:
            yield head
        label = split.label
        is_head = label is not None and label.family is Family.KPI and label.text == line.text
        head = line if is_head and line.id is None else None
        if head is None:
            yield line
    if head:
        yield head


def split_line(text: str, families: Collection[Family]) -> Split:
    """The label and the text of a line; `families` are those of the levels in use."""
    label = recognise(text, families)
    rest = text[len(label.text) :] if label else text
    kpi_number = recognise(rest) if label and label.family is Family.KPI else None
    if kpi_number and kpi_number.family not in KPI_FAMILIES:
        kpi_number = None
    rest = strip_blanks(rest[len(kpi_number.text) :] if kpi_number else rest)
    is_escaped = rest.startswith(ESCAPE)
    return Split(
        label, kpi_number, strip_blanks(rest[1:]) if is_escaped else rest, is_escaped and label is None
    )


def strip_blanks(text: str) -> str:
    """The text without the blanks around it, nor the marks of no width that come along from web pages."""
    return text.strip(_STRIPPED)


def escape_rest(row: str, label: str) -> str:
    """The line, with a backslash behind its label where the text has one of its own."""
    rest = row[len(label) :]
    return f"{label}{ESCAPE}{rest}" if rest.startswith(ESCAPE) else row


def escape_id(text: str) -> str:
    """The text, with a backslash where its end would be read as an id."""
    at = _id_start(text)
    return text if at is None else f"{text[:at]}{ESCAPE}{text[at:]}"


def row_saying(text: str, families: Collection[Family]) -> str:
    """The line that is read as this text, label first, whatever it ends with or has behind its label."""
    split = split_line(text, families)
    label = split.label_text
    is_same = label + split.text == text
    return escape_id(text if is_same else f"{label}{ESCAPE}{text[len(label) :]}")


def _control_faults(row: str, file: str, number: int) -> Iterator[Finding]:
    columns: dict[str, int] = {}
    for match in _CONTROLS.finditer(row):
        columns.setdefault(match[0], match.start() + 1)
    for char, column in columns.items():
        yield CONTROL_CHARACTER.at(Place(file, number, column), code=f"{ord(char):04X}")


def _take_id(row: str) -> tuple[str, str | None, Rule | None]:
    """The text and the id of a line, and the rule that the id breaks."""
    at = _id_start(row)
    if at is None or row[:at].endswith(ESCAPE):
        return _unescape_id(row), None, None
    text, name = strip_blanks(row[:at]), row[at + 2 : -1]
    rule = None
    if len(name) > ID_LENGTH or not re.fullmatch(ID_PATTERN, name):
        rule = UNUSABLE_ID
    elif _unescape_id(text) == text and _id_start(text) is not None:
        rule = SECOND_ID
    return _unescape_id(text), name, rule


def _unescape_id(text: str) -> str:
    at = _id_start(text)
    is_escaped = at is not None and text[:at].endswith(ESCAPE)
    return f"{text[: at - 1]}{text[at:]}" if at and is_escaped else text


def _id_start(text: str) -> int | None:
    at = text.rfind("{#")
    is_id = at >= 0 and text.endswith("}") and not re.search("[{}]", text[at + 2 : -1])
    return at if is_id else None
