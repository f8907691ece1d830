"""The formulas beside the months of a series: what its table prints of the whole, as the rule of the table says.

The rule is a text that the sheet 月次表 makes of its columns, so that a formula need not look up each of them.
"""

from __future__ import annotations

from handouts.dataset.figures import DECIMAL_DIGITS
from handouts.excel.formula_row import FormulaRow
from handouts.excel.sheets import POPULATIONS, RULE, TABLES
from handouts.xlsx.notation import column_letters, relative_name

# Sums are rounded to as many decimals as any figure has, shares of percents two more: no dust of binary numbers is left.
_PLACES = DECIMAL_DIGITS + 2
_YEAR_END = "右端"  # in the rule of a table, before its closing columns


def rule_of_table(row: FormulaRow) -> str:
    name, unit, rows, closing, places = map(row.cell, ("caption", "unit", "rows", "closing", "decimals"))
    entered = f'IF({row.cell("entered")}="","単月",{row.cell("entered")})'
    said = (
        entered,
        f'IF({unit}="","","（"&{unit}&"）")',
        '"："',
        f'IF({rows}="",{entered},{rows})',
        f'IF({closing}="","","／{_YEAR_END} "&{closing})',
        '"／小数"',
        f'IF({places}="",1,{places})',
    )
    return f'IF({name}="","",{"&".join(said)})'


def rule_of_series(row: FormulaRow) -> str:
    table = row.cell("table")
    tables = row.areas[TABLES.name]
    found = row.looked_up(table, TABLES.name, tables.number_of(RULE))
    return f'IF({table}="","",{found})'


class SeriesFormulas:
    """The sums of a row of months, as far as the rule of its table says that they are printed."""

    def __init__(self, row: FormulaRow) -> None:
        self._row = row
        self._rule = row.computed(RULE)
        area = row.area
        months = [number for number, head in enumerate(area.heads) if head.key[:1] == ("values",)]
        self._first, self._last = months[0], months[-1]
        self._months = f"{relative_name(row.at, self._first)}:{relative_name(row.at, self._last)}"
        self._rows, self._closing, self._part = map(row.cell, ("rows", "closing", "part"))

    def total(self) -> str:
        """The single months added up, or the newest of cumulative ones."""
        is_printed = f'ISNUMBER(SEARCH("計",SUBSTITUTE({self._rule},"累計","")))'
        return self._stated(is_printed, f"ROUND({self._reached_alone()},{_PLACES})")

    def mean(self) -> str:
        """The mean of the months."""
        places = f"{self._decimals()}+IF({self._is_percent()},2,0)"
        return self._stated(self._says("平均"), f"ROUND(AVERAGE({self._months}),{places})")

    def reached(self) -> str:
        """What was reached, what was carried over with it."""
        in_closing = f"AND({self._has_closing('累計')},{self._has_first_rows()})"
        added = self._if_months(f"ROUND({self._reached_alone()}+{self._opening()},{_PLACES})")
        printed = f'IF(OR({self._has_row("累計")},{in_closing}),{added},"")'
        stated = f'AND({self._closing}<>"",{in_closing})'
        return f'IF({self._part}<>"","",IF({stated},{self._closing},{printed}))'

    def rate(self) -> str:
        """What was reached by the eligible persons, or part by whole."""
        opening = f"IF({self._has_row('率')},{self._opening()},0)"
        factor = f"IF({self._is_percent()},100,1)"
        share = f"({self._reached_alone()}+{opening})*{factor}/{self._persons()}"
        rate = self._if_months(f"ROUND({share},{self._decimals()}+2)")
        printed = f'IF(OR({self._has_row("率")},{self._says("実施率")}),{rate},"")'
        return f'IF({self._part}<>"",{self._ratio()},{printed})'

    def _stated(self, is_printed: str, formula: str) -> str:
        """A closing figure: as somebody stated it, else computed."""
        printed = f'AND({self._part}="",{is_printed},{self._has_first_rows()})'
        stated = f'IF({self._closing}<>"",{self._closing},{self._if_months(formula)})'
        return f'IF({printed},{stated},"")'

    def _if_months(self, formula: str) -> str:
        return f'IF(COUNT({self._months})=0,"",{formula})'

    def _reached_alone(self) -> str:
        return f"IF({self._is_added()},{self._newest()},SUM({self._months}))"

    def _newest(self) -> str:
        """The newest figure; LOOKUP would find it in Excel alone."""
        first = relative_name(self._row.at, self._first)
        last = f"SUMPRODUCT(MAX(ISNUMBER({self._months})*COLUMN({self._months})))"
        return f"INDEX({self._months},{last}-COLUMN({first})+1)"

    def _opening(self) -> str:
        opening = self._row.cell("opening")
        return f"IF({self._is_added()},0,{opening}*IF({self._is_percent()},0.01,1))"

    def _persons(self) -> str:
        population = self._row.cell("population")
        others = self._row.areas[POPULATIONS.name]
        found = self._row.looked_up(population, POPULATIONS.name, others.column("eligible"))
        return f'IF({population}="",{self._row.cell("eligible")},{found})'

    def _ratio(self) -> str:
        """The part by the whole, each up to the last month of both; or what was entered in its place."""
        part, whole = (self._months_of(self._row.cell(key)) for key in ("part", "whole"))
        columns = f"COLUMN({self._months})"
        last = f"SUMPRODUCT(MAX(ISNUMBER({part})*ISNUMBER({whole})*{columns}))"
        sums = (f"SUMPRODUCT(ISNUMBER({one})*({columns}<={last}),{one})" for one in (part, whole))
        first = relative_name(self._row.at, self._first)
        newest = (f"INDEX({one},1,{last}-COLUMN({first})+1)" for one in (part, whole))
        ratio = f"ROUND(IF({self._is_added()},{'/'.join(newest)},{'/'.join(sums)}),{self._decimals()}+2)"
        has_figures = f"COUNT({self._months})>0"
        is_entered = f"AND({has_figures},NOT({self._says(_YEAR_END)}))"
        entered = f'IF({has_figures},{self._newest()},"")'
        return f"IF({is_entered},{self._newest()},IFERROR({ratio},{entered}))"

    def _months_of(self, name: str) -> str:
        """The months of the row of this table that has the id in the cell `name`."""
        area = self._row.area
        table, ids = (self._column(area.column(key)) for key in ("table", "id"))
        found = f"MATCH(1,INDEX(({table}={self._row.cell('table')})*({ids}={name}),0),0)"
        return f"INDEX({self._column(self._first, self._last)},{found},0)"

    def _column(self, first: int, last: int | None = None) -> str:
        begin, end = self._row.area.rows_reached
        right = column_letters(first if last is None else last)
        return f"${column_letters(first)}${begin}:${right}${end}"

    def _is_added(self) -> str:
        return f'LEFT({self._rule},2)="累計"'

    def _is_percent(self) -> str:
        return f'OR(ISNUMBER(SEARCH("（%",{self._rule})),ISNUMBER(SEARCH("（％",{self._rule})))'

    def _decimals(self) -> str:
        return f'VALUE(MID({self._rule},SEARCH("／小数",{self._rule})+3,1))'

    def _says(self, word: str) -> str:
        return f'ISNUMBER(SEARCH("{word}",{self._rule}))'

    def _has_closing(self, word: str) -> str:
        return f'ISNUMBER(SEARCH("{word}",{self._rule},SEARCH("{_YEAR_END}",{self._rule})))'

    def _has_row(self, kind: str) -> str:
        """Whether a row of this kind is printed, as the series says, else its table."""
        start = f'SEARCH("：",{self._rule})'
        rows = f'MID({self._rule},{start},SEARCH("／",{self._rule})-{start})'
        return f'ISNUMBER(SEARCH("{kind}",IF({self._rows}="",{rows},{self._rows})))'

    def _has_first_rows(self) -> str:
        """Whether the closing columns have figures: those of a table that begins with its rates have none."""
        return f'NOT(IF({self._rows}="",{self._says("：率")},LEFT({self._rows},1)="率"))'
