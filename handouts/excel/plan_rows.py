"""The plan as rows of a sheet: the kind of each paragraph chosen from a list, its number given by the program."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from handouts.dataset.columns import plain
from handouts.dataset.labels import Family, recognise
from handouts.dataset.numbering import NoLabel, family_of, print_label
from handouts.dataset.plan import Kind, Paragraph, Plan
from handouts.dataset.plan_lines import ESCAPE, PlanLine
from handouts.dataset.plan_text import PlanReader, parse_plan, print_rows
from handouts.dataset.settings import NumberingStyle
from handouts.findings import DataFaults

BODY = "本文"
UNNUMBERED = "見出し（番号なし）"
CAPTION = "見出し語（【 】）"
KPI, KPI_FIRST, KPI_NEXT = "■KPI", "■KPI（番号つき）", "KPI（番号だけ）"
# The kinds whose sign is always the same, unless the text brings one of its own.
_SIGNS = {
    "箇条書き（・）": (Family.BULLET, ""),  # as the style has it
    "注（※）": (Family.NOTE, "※"),
    "【重要度：高】": (Family.IMPORTANCE, "【重要度：高】"),
    "【困難度：高】": (Family.DIFFICULTY, "【困難度：高】"),
    "枠（■）": (Family.GROUP, "■"),
    "見出し（○）": (Family.CIRCLE, "○"),
    "見出し（◆）": (Family.DIAMOND, "◆"),
}
_FILE = "計画"


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A paragraph as a row: its kind and text as entered, its label as printed; `line` counts rows from 1.

    Without `kind` the text has its label itself, as in plan.md.
    """

    kind: str
    text: str
    id: str = ""
    is_first: bool = False
    label: str = ""
    derived_id: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class WrittenPlan:
    """The text that rows stand for, and for each row the kind that its line is taken for."""

    text: str
    kinds: tuple[str, ...]


def kind_choices(style: NumberingStyle) -> tuple[str, ...]:
    """What the list of kinds offers, in the order of use."""
    levels = tuple(_level_choice(level, style) for level in range(1, len(style.levels) + 1))
    has_circles = Family.CIRCLE in map(family_of, style.levels)
    signs = tuple(kind for kind in _SIGNS if not (has_circles and _SIGNS[kind][0] is Family.CIRCLE))
    return (*levels, signs[0], BODY, *signs[1:4], KPI, KPI_FIRST, KPI_NEXT, *signs[4:], UNNUMBERED, CAPTION)


def rows_of_plan(plan: Plan, style: NumberingStyle) -> tuple[PlanRow, ...]:
    """The rows that write_plan makes the same plan of."""
    rows = tuple(_Splitter(style).rows(plan))
    if _reads_as(rows, plan, style):
        return rows
    lines = print_rows(plan, style)
    return tuple(
        replace(row, kind="", text=line, is_first=False) for row, line in zip(rows, lines, strict=True)
    )


def write_plan(rows: Sequence[PlanRow], style: NumberingStyle) -> WrittenPlan:
    """The text of the plan in which each row stands on the line that it has."""
    writer = _Writer(style)
    lines: list[str] = []
    for row in rows:
        lines += [""] * (row.line - 1 - len(lines))
        lines.append(writer.line(row) + (f" {{#{row.id}}}" if row.id else ""))
    return WrittenPlan("".join(f"{line}\n" for line in lines), tuple(writer.kinds))


def is_kind(kind: str, style: NumberingStyle) -> bool:
    """Whether the list of kinds has it, or a level with another sample behind it."""
    return bool(_level_of(kind, style)) or plain(kind) in map(plain, kind_choices(style))


def is_strong_kind(kind: str) -> bool:
    """Whether the paragraphs of a kind divide the plan, and so stand out in the sheet."""
    return kind == UNNUMBERED or kind.startswith(("階層1", "階層2", "見出し（"))


def is_same_kind(kind: str, other: str, style: NumberingStyle) -> bool:
    """Whether two choices are the same."""
    return plain(kind) == plain(other) or 0 < _level_of(kind, style) == _level_of(other, style)


def settled_kind(kind: str, paragraph: Paragraph) -> str:
    """The kind that a line was taken for, once the lines around it have settled whether it is a heading."""
    return UNNUMBERED if kind == BODY and paragraph.kind is Kind.HEADING and not paragraph.label else kind


def _reads_as(rows: Sequence[PlanRow], plan: Plan, style: NumberingStyle) -> bool:
    try:
        return parse_plan(write_plan(rows, style).text, style, _FILE).plan == plan
    except DataFaults:
        return False


def _level_choice(level: int, style: NumberingStyle) -> str:
    return f"階層{level}：{style.levels[level - 1].strip()}"


def _level_of(kind: str, style: NumberingStyle) -> int:
    """The level that a choice names, whatever sample stands behind it; 0 where it names none."""
    named = re.match("階層([0-9]+)(:|$)", plain(kind))
    return int(named[1]) if named and 1 <= int(named[1]) <= len(style.levels) else 0


def _kind_of(paragraph: Paragraph, style: NumberingStyle) -> str:
    """The choice for a paragraph as a reader gives it, with the level of the style."""
    label = recognise(paragraph.label + "あ", [family_of(sample) for sample in style.levels])
    if paragraph.kind is Kind.KPI:
        if paragraph.number is None:
            return KPI if paragraph.label else BODY
        return KPI_FIRST if paragraph.label.startswith(style.kpi_head) else KPI_NEXT
    if paragraph.kind is Kind.CAPTION:
        return CAPTION
    if label is None:
        return UNNUMBERED if paragraph.kind is Kind.HEADING else BODY
    if paragraph.level:
        return _level_choice(paragraph.level, style)
    return next((kind for kind, (family, _) in _SIGNS.items() if family is label.family), "")


class _Splitter:
    """Takes the label off each line and finds the choice that puts it there again."""

    def __init__(self, style: NumberingStyle) -> None:
        self._style = style
        self._reader = PlanReader(style, _FILE)
        self._writer = _Writer(style)

    def rows(self, plan: Plan) -> Iterator[PlanRow]:
        for number, (paragraph, line) in enumerate(
            zip(plan.paragraphs, print_rows(plan, self._style), strict=True), 1
        ):
            read = self._reader.read(PlanLine(number, line))
            kind = settled_kind(_kind_of(read, self._style), paragraph)
            row = PlanRow(
                "",
                line,
                paragraph.id if paragraph.has_written_id else "",
                label=paragraph.label,
                derived_id="" if paragraph.has_written_id else paragraph.id,
                line=paragraph.line,
            )
            chosen = (
                self._chosen(row, kind, rest, is_first)
                for rest in self._rests(paragraph, line)
                for is_first in (False, True)
            )
            row = next((row for row in chosen if row), row)
            self._writer.line(row)
            yield row

    def _rests(self, paragraph: Paragraph, line: str) -> tuple[str, ...]:
        """What may stand in the cell of the text: without the label, or with a label that is its own."""
        rest = line.removeprefix(paragraph.label)
        return (rest, ESCAPE + rest, line)

    def _chosen(self, row: PlanRow, kind: str, rest: str, is_first: bool) -> PlanRow | None:
        chosen = replace(row, kind=kind, text=rest, is_first=is_first)
        written = self._writer.composed(chosen)
        is_same = written == row.text or (rest.startswith(ESCAPE) and written == row.label + rest)
        return chosen if kind and is_same else None


class _Writer:
    """Puts the labels in front of the texts, each with the number whose turn it is."""

    def __init__(self, style: NumberingStyle) -> None:
        self.kinds: list[str] = []
        self._style = style
        self._reader = PlanReader(style, _FILE)
        self._families = [family_of(sample) for sample in style.levels]

    def line(self, row: PlanRow) -> str:
        """The line of the next row."""
        line = self.composed(row)
        self.kinds.append(_kind_of(self._reader.read(PlanLine(row.line, line)), self._style))
        return line

    def composed(self, row: PlanRow) -> str:
        """What the line of the row would be, if it were the next."""
        level = _level_of(row.kind, self._style)
        own = recognise(row.text, self._families)
        if level:
            is_own = own is not None and own.family is self._families[level - 1]
            text = row.text[len(own.text) :] if own and is_own else row.text
            return self._label(level, row.is_first) + text
        kind = next((kind for kind in _SIGNS if plain(kind) == plain(row.kind)), "")
        if kind:
            family, sign = _SIGNS[kind]
            return row.text if own and own.family is family else (sign or self._style.bullet) + row.text
        if own is None or own.family is not Family.KPI:
            return self._kpi_head(row) + row.text
        return row.text

    def _label(self, level: int, is_first: bool) -> str:
        try:
            return self._reader.next_label(level, is_first)
        except NoLabel:  # past the last number: another label of the level, of which the reading says so
            return print_label(self._style.levels[level - 1], 2)

    def _kpi_head(self, row: PlanRow) -> str:
        kind = plain(row.kind)
        if kind == plain(KPI):
            return self._style.kpi_head
        if kind not in (plain(KPI_FIRST), plain(KPI_NEXT)):
            return ""
        own = recognise(row.text)
        if own and own.family is family_of(self._style.kpi):
            return self._style.kpi_head if kind == plain(KPI_FIRST) else ""
        try:
            return self._reader.next_kpi_label(kind == plain(KPI_FIRST), row.is_first)
        except NoLabel:
            return self._style.kpi
