"""The formulas beside the months of a series: what its table prints of the whole, as the rule of the table says.

The rule is a text that the sheet 月次表 makes of its columns, so that a formula need not look up each of them.
"""

from __future__ import annotations

from collections.abc import Iterable

from handouts.dataset.figures import DECIMAL_DIGITS
from handouts.dataset.monthly import MonthlyTable, RowKind
from handouts.excel.formula_row import FormulaRow
from handouts.excel.sheets import POPULATIONS, RULE, TABLES
from handouts.xlsx.notation import column_letters

# Sums are rounded to as many decimals as any figure has, shares of percents two more: no dust of binary numbers is left.
_PLACES = DECIMAL_DIGITS + 2
_YEAR_END = "右端"  # in the rule of a table, before its closing columns


def rule_of_table(row: FormulaRow) -> str:
    """What a table prints, as `rule_text` says it."""
    name, unit, rows, closing, places = map(row.cell, ("caption", "unit", "rows", "closing", "decimals"))
    entered = f'IF({row.cell("entered")}="","単月",{row.cell("entered")})'
    marked = _marked(f'IF({rows}="",{entered},{rows})')
    said = (
        entered,
        f'IF({unit}="","","（"&{unit}&"）")',
        f'"："&{marked}',
        f'IF({closing}="","","／{_YEAR_END} "&SUBSTITUTE({closing},"計","計の欄"))',
        f'"／小数"&IF({places}="",1,{places})',
    )
    return f'IF({name}="","",{"&".join(said)})'


def rule_of_series(row: FormulaRow) -> str:
    """The rule of the table that a series belongs to, with the rows that the series has instead."""
    table, rows = row.cell("table"), row.cell("rows")
    rule = row.looked_up(table, TABLES.name, row.areas[TABLES.name].headed(RULE.heading))
    start = f'SEARCH("：",{rule})'
    own = f'LEFT({rule},{start})&{_marked(rows)}&MID({rule},SEARCH("／",{rule},{start}),99)'
    return f'IF({table}="","",IF({rows}="",{rule},{own}))'


def rule_text(table: MonthlyTable, rows: Iterable[RowKind]) -> str:
    """What a table prints of a series with these rows, e.g. 単月（人）：単月、率の行／右端 計の欄／小数1."""
    unit = f"（{table.unit}）" if table.unit else ""
    kinds = "、".join(kind.replace("計", "計の行").replace("率", "率の行") for kind in rows)
    closing = "、".join(column.replace("計", "計の欄") for column in table.closing)
    return (
        f"{table.entered}{unit}：{kinds}{f'／{_YEAR_END} {closing}' if closing else ''}／小数{table.decimals}"
    )


def _marked(rows: str) -> str:
    """The rows that are printed, told from closing columns of the same name."""
    return f'SUBSTITUTE(SUBSTITUTE({rows},"計","計の行"),"率","率の行")'


class SeriesFormulas:
    """The sums of a row of months, as far as the rule of its table says that they are printed."""

    def __init__(self, row: FormulaRow) -> None:
        self._row = row
        self._rule = row.computed(RULE)
        area = row.area
        months = [number for number, head in enumerate(area.heads) if head.key[:1] == ("values",)]
        self._first, self._last = months[0], months[-1]
        self._months = f"{row.at(self._first)}:{row.at(self._last)}"
        self._closing, self._part = row.cell("closing"), row.cell("part")

    def total(self) -> str:
        """The single months added up, or the newest of cumulative ones."""
        is_printed = f'ISNUMBER(SEARCH("計の欄",SUBSTITUTE({self._rule},"累計の欄","")))'
        return self._stated(is_printed, f"ROUND({self._reached_alone()},{_PLACES})")

    def mean(self) -> str:
        """The mean of the months."""
        places = f"{self._decimals()}+IF({self._is_percent()},2,0)"
        return self._stated(self._says("平均"), f"ROUND(AVERAGE({self._months}),{places})")

    def reached(self) -> str:
        """What was reached, what was carried over with it."""
        in_closing = f"AND({self._says('累計の欄')},{self._has_first_rows()})"
        added = self._if_months(f"ROUND({self._reached_alone()}+{self._opening()},{_PLACES})")
        printed = f'IF(OR({self._says("累計の行")},{in_closing}),{added},"")'
        stated = f'AND({self._closing}<>"",{in_closing})'
        return f'IF({self._part}<>"","",IF({stated},{self._closing},{printed}))'

    def rate(self) -> str:
        """What was reached by the eligible persons, or part by whole."""
        opening = f"IF({self._says('率の行')},{self._opening()},0)"
        factor = f"IF({self._is_percent()},100,1)"
        share = f"({self._reached_alone()}+{opening})*{factor}/{self._persons()}"
        rate = self._if_months(f"ROUND({share},{self._decimals()}+2)")
        printed = f'IF(OR({self._says("率の行")},{self._says("実施率")}),{rate},"")'
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
        first = self._row.at(self._first)
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
        first = self._row.at(self._first)
        newest = (f"INDEX({one},1,{last}-COLUMN({first})+1)" for one in (part, whole))
        ratio = f"ROUND(IF({self._is_added()},{'/'.join(newest)},{'/'.join(sums)}),{self._decimals()}+2)"
        has_figures = f"COUNT({self._months})>0"
        is_entered = f"AND({has_figures},NOT({self._says(_YEAR_END)}))"
        entered = f'IF({has_figures},{self._newest()},"")'
        return f"IF({is_entered},{self._newest()},IFERROR({ratio},{entered}))"

    def _months_of(self, name: str) -> str:
        """The months of the row of this table that the cell `name` names: by id, by year and name, or in its year by name."""
        area = self._row.area
        keys = ("table", "id", "year", "label")
        table, ids, years, labels = (self._column(area.column(key)) for key in keys)
        own = f"({labels}={name})*({years}={self._row.cell('year')})"
        whole = f'({years}&" "&{labels}={name})+({labels}="")*({years}={name})'
        is_named = f"(({ids}={name})+{own}+{whole}>0)"
        found = f"MATCH(1,INDEX(({table}={self._row.cell('table')})*{is_named},0),0)"
        return f"INDEX({self._column(self._first, self._last)},{found},0)"

    def _column(self, first: int, last: int | None = None) -> str:
        begin, end = self._row.area.rows_reached
        right = column_letters(first if last is None else last)
        return f"${column_letters(first)}${begin}:${right}${end}"

    def _is_added(self) -> str:
        return f'LEFT({self._rule},2)="累計"'

    def _is_percent(self) -> str:
        return f"OR({self._says('（%）')},{self._says('（％）')})"

    def _decimals(self) -> str:
        return f'VALUE(MID({self._rule},SEARCH("／小数",{self._rule})+3,1))'

    def _says(self, word: str) -> str:
        return f'ISNUMBER(SEARCH("{word}",{self._rule}))'

    def _has_first_rows(self) -> str:
        """Whether the closing columns have figures: those of a table that begins with its rates have none."""
        return f"NOT({self._says('：率の行')})"
