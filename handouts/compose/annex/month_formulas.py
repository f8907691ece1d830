"""What gives the computed figures of a monthly table: formulas over the cells of its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from handouts.compose.annex.forms import rounded, stored
from handouts.compose.annex.named_columns import Columns
from handouts.dataset.figures import is_percent_unit, places_of
from handouts.dataset.monthly import MONTHS, Closing, MonthlySeries, MonthlyTable, RowKind
from handouts.measures.monthly import MonthFigure, MonthlyRow, cumulative, persons_of

OPENING, ELIGIBLE = "引継ぎ", "対象者数"


class MonthFormulas:
    """The formulas of one table, whose rows stand at known places of the sheet, by series and kind.

    Its columns are name, the months by their number in the order of the table, the closing ones, and `behind` them
    what formulas refer to besides.
    """

    def __init__(
        self,
        sheet: str,
        table: MonthlyTable,
        row_of: Mapping[tuple[int, RowKind], int],
        populations: Mapping[str, int],
    ) -> None:
        self._table, self._row_of = table, row_of
        self._index_of = {series.id: index for index, series in enumerate(table.series) if series.id}
        needed = {OPENING: _has_openings(table), ELIGIBLE: _has_rates(table, populations)}
        self.behind = tuple(name for name, is_needed in needed.items() if is_needed)
        self.columns = Columns(sheet, ["name", *range(MONTHS), *table.closing, *self.behind])

    def of_month(self, row: MonthlyRow, month: int, figure: Decimal) -> str:
        """What gives the figure of a month; empty where it was entered."""
        series = self._table.series[row.series]
        places = places_of(stored(figure, row.unit))
        if series.part and series.whole:
            return "" if series.values else rounded(self._ratio(series, month), places)
        if row.kind == "率":
            return rounded(self._rate(row.series, self._reached(row.series, month)), places)
        if row.kind == "累計" and self._table.entered == "単月":
            return _exact(self._added(row.series, month), places)
        return ""

    def of_closing(self, row: MonthlyRow, column: Closing, result: Decimal) -> str:
        """What gives a closing figure, which is stored as `result`; empty where it was entered."""
        series = self._table.series[row.series]
        places = places_of(result)
        if series.part and series.whole:
            return rounded(self._ratio(series, self._last_of_both(series)), places)
        if row.kind == "率":
            return self.columns.cell(self._row_of[row.series, row.kind], _newest(row.figures))
        if series.closing is not None and column != "実施率":
            return ""
        entered = self._row_of[row.series, self._table.entered]
        year = f"{self.columns.cell(entered, 0)}:{self.columns.cell(entered, MONTHS - 1)}"
        if column == "平均":
            return rounded(f"AVERAGE({year})", places)
        is_reached = self._table.entered == "累計"
        newest = self.columns.cell(entered, _newest(self._table.values_of(series)))
        reached = newest if is_reached else f"SUM({year})"
        if column == "実施率":
            return rounded(self._rate(row.series, reached), places)
        if column == "累計" and not is_reached and series.opening is not None:
            reached += f"+{self._behind(row.series, OPENING)}"
        return reached if is_reached else _exact(reached, places)

    def _added(self, index: int, month: int) -> str:
        """The single months added up, what was carried over with them."""
        formula = self._sum_up_to(index, month)
        has_opening = self._table.series[index].opening is not None
        return f"{formula}+{self._behind(index, OPENING)}" if has_opening else formula

    def _reached(self, index: int, month: int) -> str:
        """What was reached up to a month: the cell that says so, else the sum."""
        place = self._row_of.get((index, "累計"))
        return f"({self._added(index, month)})" if place is None else self.columns.cell(place, month)

    def _rate(self, index: int, reached: str) -> str:
        """What was reached as a share of the eligible persons; of rates, which are stored as shares, the hundredfold."""
        factor = "100*" if is_percent_unit(self._table.unit) else ""
        return f"{factor}{reached}/{self._behind(index, ELIGIBLE)}"

    def _ratio(self, series: MonthlySeries, month: int) -> str:
        """The part by the whole, each up to a month."""
        part, whole = self._parts(series)
        if self._table.entered == "累計":
            cells = (self.columns.cell(self._row_of[index, "累計"], month) for index in (part, whole))
            return "/".join(cells)
        return f"{self._sum_up_to(part, month)}/{self._sum_up_to(whole, month)}"

    def _sum_up_to(self, index: int, month: int) -> str:
        """The single months added up; the first one's column does not move when the formula is copied to the right."""
        row = self._row_of[index, "単月"]
        return f"SUM(${self.columns.cell(row, 0)}:{self.columns.cell(row, month)})"

    def _last_of_both(self, series: MonthlySeries) -> int:
        """The last month in which part and whole both have a figure, and the whole is not nothing."""
        part, whole = map(self._reached_figures, self._parts(series))
        last = max(
            month
            for month, (above, below) in enumerate(zip(part, whole, strict=True))
            if isinstance(above, Decimal) and isinstance(below, Decimal) and below
        )
        has_more = any(isinstance(figure, Decimal) for figure in (*part[last + 1 :], *whole[last + 1 :]))
        # The sums of single months may as well take in the months to come.
        return last if has_more or self._table.entered == "累計" else MONTHS - 1

    def _parts(self, series: MonthlySeries) -> tuple[int, int]:
        """The series that are divided by one another."""
        return self._index_of[series.part or ""], self._index_of[series.whole or ""]

    def _reached_figures(self, index: int) -> Sequence[MonthFigure]:
        entered = self._table.values_of(self._table.series[index])
        return entered if self._table.entered == "累計" else cumulative(entered)

    def _behind(self, index: int, name: str) -> str:
        return self.columns.fixed_cell(self._row_of[index, self._table.entered], name)


def _has_openings(table: MonthlyTable) -> bool:
    uses = (
        {"累計", "率"}.isdisjoint((*table.rows_of(series), *table.closing))
        for series in table.series
        if series.opening is not None
    )
    return table.entered == "単月" and not all(uses)


def _has_rates(table: MonthlyTable, populations: Mapping[str, int]) -> bool:
    return any(
        "率" in table.rows_of(series) or "実施率" in table.closing
        for series in table.series
        if persons_of(series, populations) is not None
    )


def _newest(figures: Sequence[MonthFigure]) -> int:
    """The newest month that has a figure."""
    return max(month for month, figure in enumerate(figures) if isinstance(figure, Decimal))


def _exact(formula: str, places: int) -> str:
    """A sum of whole numbers as it is; one of decimals rounded, since those add up to a little more or less."""
    return rounded(formula, places) if places else formula
