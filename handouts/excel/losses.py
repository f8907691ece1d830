"""What a workbook would take away from a dataset without anybody having said so: the figures of years without a column."""

from __future__ import annotations

from collections.abc import Iterator, Set
from decimal import Decimal
from typing import TypeAlias

from handouts.dataset.columns import Column
from handouts.dataset.fiscal import FiscalYear
from handouts.dataset.model import Dataset
from handouts.excel.book import Book
from handouts.excel.sheets import KPIS
from handouts.findings import Finding, Place, Rule
from handouts.measures.wording import number_text

LOST_YEAR = Rule(
    "sheet.year-column-missing",
    "列「{heading} {year}」がありません。今のデータでは、この列に次の値があります（{values}）",
    "値を消すときも、列は見出しごと残します",
    "列を挿入して見出しと値を戻してください。消してよければ、見出しだけを戻してください",
)

YearColumn: TypeAlias = tuple[Column, FiscalYear]


def year_columns(book: Book) -> frozenset[YearColumn]:
    """The columns of years that a workbook has."""
    return frozenset((head.column, head.year) for head in book.heads.get(KPIS.name, ()) if head.year)


def lost_years(
    file: str, old: Dataset, new: Dataset, there: Set[YearColumn], written: Set[YearColumn] | None = None
) -> Iterator[Finding]:
    """Findings on the columns that the workbook `file` lacks though `old` has figures for them of rows that stay in `new`.

    `there` are the columns that it has, `written` those with which it was written where it need not have others.
    """
    kept = {kpi.id for kpi in new.kpis}
    values: dict[YearColumn, list[str]] = {}
    for column in (column for column in KPIS.columns if column.by_year):
        for kpi in (kpi for kpi in old.kpis if kpi.id in kept):
            for year, value in getattr(kpi, column.key[0]).items():
                values.setdefault((column, year), []).append(f"{kpi.name} {_shown(value, kpi.unit)}")
    for (column, year), said in values.items():
        if (column, year) not in there and (written is None or (column, year) in written):
            place = Place(file, cell=KPIS.sheet)
            yield LOST_YEAR.at(place, heading=column.heading, year=year.text(), values="、".join(said))


def _shown(value: object, unit: str) -> str:
    if isinstance(value, Decimal):
        return f"{number_text(value)}{unit}"
    return "／".join(map(str, value)) if isinstance(value, tuple) else str(value)
