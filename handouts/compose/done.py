"""What was done, as it is printed: the lines of a progress text, the small tables in it, and monthly tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from handouts.compose.charts import Chart, LineChart
from handouts.compose.page import Printed, PrintedLine, plain_line
from handouts.dataset.figures import is_percent_unit
from handouts.dataset.labels import NUMBERED, Family
from handouts.dataset.model import Dataset
from handouts.dataset.monthly import MonthlyTable
from handouts.dataset.progress import ProgressEntry
from handouts.dataset.progress_text import TextLine, TextTable, read_progress_text
from handouts.look.fitting import text_width
from handouts.look.vocabulary import PARTS
from handouts.measures.filling import expand
from handouts.measures.kpis import eligible_persons
from handouts.measures.monthly import MonthFigure, MonthlyRow, compute_rows
from handouts.measures.sources import role_of_text
from handouts.measures.wording import number_text
from handouts.origin import joined_refs

_STYLES: Mapping[Family | None, str] = {
    **dict.fromkeys(NUMBERED, "item"),
    Family.CIRCLE: "caption",
    Family.BULLET: "bullet",
    Family.DIAMOND: "caption",
    Family.KPI: "kpi",
    Family.GROUP: "group",
    Family.NOTE: "note",
    Family.IMPORTANCE: "importance",
    Family.DIFFICULTY: "importance",
    Family.CAPTION: "caption",
    None: "body",
}
_LEAST_PARTS = 2
_WIDEST = 24.0  # em; a longer text wraps and needs no wider column
_PADDING = 1.0  # em


@dataclass(frozen=True, slots=True)
class SmallTable:
    """A table inside a text: its head, its rows, and how many of 24 parts of the room each column gets."""

    ref: str
    head: tuple[Printed, ...]
    rows: tuple[tuple[Printed, ...], ...]
    parts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One printed row of months: its name, twelve cells, and the closing cells; a month to come is empty."""

    ref: str
    label: Printed
    cells: tuple[Printed, ...]
    closing: tuple[Printed, ...]


@dataclass(frozen=True, slots=True)
class MonthSection:
    """Rows under one head, which says what they are and names the months."""

    head: Printed
    rows: tuple[MonthRow, ...]


@dataclass(frozen=True, slots=True)
class MonthTable:
    """A monthly table as it is printed."""

    caption: str
    months: tuple[str, ...]
    closing: tuple[str, ...]
    sections: tuple[MonthSection, ...]


DoneBlock: TypeAlias = PrintedLine | SmallTable | MonthTable | Chart


def compose_done(
    entry: ProgressEntry, dataset: Dataset, charts: Mapping[str, LineChart]
) -> Iterator[DoneBlock]:
    """What was done by an entry: its text, then its monthly tables, each with its chart, where there is one, below."""
    yield from compose_text(entry.text, f"progress:{entry.id}", dataset)
    tables = {table.id: table for table in dataset.tables}
    for name in entry.monthly:
        yield compose_monthly(tables[name], dataset)
        if name in charts:
            yield charts[name]


def compose_text(text: str, ref: str, dataset: Dataset) -> tuple[PrintedLine | SmallTable, ...]:
    """The lines and small tables of a text in order, their placeholders filled in."""
    blocks = read_progress_text(text).blocks
    return tuple(
        _line(block, ref, dataset) if isinstance(block, TextLine) else _small_table(block, ref, dataset)
        for block in blocks
    )


def compose_monthly(table: MonthlyTable, dataset: Dataset) -> MonthTable:
    """The table as it is printed, with everything computed; figures to come stay empty."""
    rows = compute_rows(table, eligible_persons(dataset))
    return MonthTable(
        caption=table.caption,
        months=month_names(table),
        closing=table.closing,
        sections=tuple(
            MonthSection(_section_head(head, table), tuple(_row(row, table, dataset) for row in members))
            for head, members in month_sections(table, rows)
        ),
    )


def month_names(table: MonthlyTable) -> tuple[str, ...]:
    """The heads of the months as they are printed."""
    return tuple(f"{month}月" for month in table.month_order)


def month_sections(
    table: MonthlyTable, rows: Sequence[MonthlyRow]
) -> tuple[tuple[str, tuple[MonthlyRow, ...]], ...]:
    """The rows of a table under their heads: all together, or those of one kind under a head of their own."""
    kinds = list(dict.fromkeys(row.kind for row in rows)) if table.grouping == "種類ごと" else [None]
    return tuple(
        (
            _head(table.head if number == 0 and table.head else kind or "", table.unit),
            tuple(row for row in rows if kind in (None, row.kind)),
        )
        for number, kind in enumerate(kinds)
    )


def row_label(row: MonthlyRow, dataset: Dataset) -> str:
    """The name of a row: as entered, else its year."""
    return row.label or row.year.text(dataset.year_form)


def _line(line: TextLine, ref: str, dataset: Dataset) -> PrintedLine:
    text = line.label + expand(line.text, dataset)
    place = f"{ref}.text[{line.number}]"
    return plain_line(place, _STYLES[line.family], text, role=role_of_text(line.text))


def _small_table(table: TextTable, ref: str, dataset: Dataset) -> SmallTable:
    head, *rows = (
        tuple(
            Printed(expand(cell, dataset), f"{ref}.text[{line}][{number}]", role_of_text(cell))
            for number, cell in enumerate(row, 1)
        )
        for line, row in zip(table.numbers, table.rows, strict=True)
    )
    return SmallTable(ref, head, tuple(rows), _parts([[cell.text for cell in row] for row in (head, *rows)]))


def _parts(rows: Sequence[Sequence[str]]) -> tuple[int, ...]:
    """The parts of each column, by the widest text in it; together always all of them."""
    widths = [min(_WIDEST, max(map(text_width, column))) + _PADDING for column in zip(*rows, strict=True)]
    free = PARTS - _LEAST_PARTS * len(widths)
    if free < 0:  # more columns than there is room for: the same for all that have one
        return tuple(max(1, PARTS // len(widths)) for _ in widths)
    shares = [width * free / sum(widths) for width in widths]
    parts = [_LEAST_PARTS + int(share) for share in shares]
    by_rest = sorted(range(len(shares)), key=lambda index: int(shares[index]) - shares[index])
    for index in by_rest[: PARTS - sum(parts)]:
        parts[index] += 1
    return tuple(parts)


def _head(words: str, unit: str) -> str:
    return words if not unit or is_percent_unit(unit) else f"{words}（{unit}）"


def _section_head(head: str, table: MonthlyTable) -> Printed:
    """What stands at the top left: the word of the table, or the kind of the rows below."""
    if not head or (table.head and head == _head(table.head, table.unit)):
        return Printed(head, f"monthly:{table.id}.head")
    return Printed(head, f"monthly:{table.id}", "generated")


def _row(row: MonthlyRow, table: MonthlyTable, dataset: Dataset) -> MonthRow:
    series, ref = table.series[row.series], f"monthly:{table.id}.series[{row.series + 1}]"
    # Computed figures come from the whole series and the persons that it is measured against.
    computed = joined_refs((ref, f"population:{series.population}.eligible" if series.population else ""))
    is_own = row.kind == table.entered and (bool(series.values) or not series.part)
    return MonthRow(
        ref=ref,
        label=_label(row, table, dataset, ref),
        cells=tuple(
            Printed(figure_text(figure, row.unit), f"{ref}.values[{number}]")
            if is_own
            else Printed(figure_text(figure, row.unit), computed, "computed")
            for number, figure in enumerate(row.figures, 1)
        ),
        closing=tuple(
            Printed(figure_text(figure, "%"), computed, "computed")
            if column == "実施率"
            else Printed(figure_text(figure, row.unit), f"{ref}.closing")
            if figure is not None and series.closing is not None and not series.part
            else Printed(figure_text(figure, row.unit), computed, "computed")
            for column, figure in zip(table.closing, row.closing, strict=True)
        ),
    )


def _label(row: MonthlyRow, table: MonthlyTable, dataset: Dataset, ref: str) -> Printed:
    text = row_label(row, dataset)
    if not row.label:
        return Printed(text, f"{ref}.year")
    if row.label == table.series[row.series].label:
        return Printed(text, f"{ref}.label")
    return Printed(text, ref, "generated")


def figure_text(figure: MonthFigure, unit: str) -> str:
    """A figure of a table: with % behind a rate, other units left to the head; empty for what is to come."""
    if not isinstance(figure, Decimal):
        return figure or ""
    return f"{number_text(figure)}{unit if is_percent_unit(unit) else ''}"
