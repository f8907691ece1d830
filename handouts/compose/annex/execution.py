"""予算執行: what was budgeted and executed, field by field and initiative by initiative, with sums and rates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import count

from handouts.compose.annex.cells import (
    EMPTY,
    Area,
    Cell,
    Chart,
    RowKind,
    Series,
    Sheet,
    Table,
    TableRow,
    blocks,
    relative,
    sum_formula,
)
from handouts.compose.annex.forms import number_cell, rounded, text_cell
from handouts.compose.chart_sources import charted_executions
from handouts.compose.charts import ExecutionChart
from handouts.compose.execution import TABLE_NAME, FieldMembers, execution_tables
from handouts.compose.page import branch_name, year_name
from handouts.dataset.model import Dataset, Initiative
from handouts.measures.execution import Execution, total
from handouts.measures.placeholders import resolve_topic
from handouts.measures.wording import execution_rate_text, thousands

NAME = "予算執行"
CHART_NAME = "執行グラフ"
_HEADS = (
    "区分・分野",
    "番号",
    "取組",
    "予算額（円）",
    "執行額（円）",
    "執行率",
    "予算額（千円）",
    "執行額（千円）",
)
_WIDTHS = (28, 6, 54, 14, 14, 9, 15, 15)
_BUDGETED, _EXECUTED = 3, 4  # the columns of the amounts
_CHART_HEADS = ("取組・区分", *_HEADS[_BUDGETED:6])
_CHART_WIDTHS = (54, 16, 16, 10, 10, 10, 10, 10)
_CHART_ROWS, _BAR_ROWS = 4, 2  # the height of a chart, and of each of its pairs of bars
_PAGE_ROWS = 29  # so many fit on a page together
_HEAD_ROW = 2
_COMPUTED = "区分・分野の額、総計、執行率、千円の額は数式です。"
_BLANKS = f"取組ごとの額がないものは空欄です。{_COMPUTED}"
_OTHERS = "区分のない取組"


def compose_execution(
    dataset: Dataset, charts: Sequence[ExecutionChart], by_topic: bool
) -> tuple[Sheet, ...]:
    """The execution of the budget and its charts; nothing where nothing is budgeted.

    `by_topic`: initiatives without a field are summed under their heading of the plan, else they stand for themselves.
    """
    tables = tuple(
        (name, tuple(_groups(groups, dataset, by_topic))) for name, groups in execution_tables(dataset)
    )
    everything = _sum_of(groups for _, groups in tables)
    if not (everything.budgeted or everything.executed):
        return ()
    composer = _Composer()
    for name, groups in tables:
        composer.add_table(name if len(tables) > 1 else "", groups)
    if len(tables) > 1:
        composer.add_total("全体の合計", tuple(composer.totals), everything)
    whose = f"{year_name(dataset)} {branch_name(dataset)}"
    title = tables[0][0] if len(tables) == 1 else TABLE_NAME
    has_blanks = any(None in (one.amount, one.executed) for one in dataset.initiatives)
    sheet = Sheet(
        name=NAME,
        title=f"{whose} {title}",
        notes=(_BLANKS if has_blanks else _COMPUTED,),
        widths=_WIDTHS,
        tables=(Table("execution", "", _HEAD_ROW, _HEADS, tuple(composer.rows)),),
        frozen=(_HEAD_ROW + 1, 0),
        repeated=(_HEAD_ROW, _HEAD_ROW),
        blocks=blocks(composer.starts, _HEAD_ROW + len(composer.rows)),
    )
    return (sheet, *_chart_sheets(dataset, charts, composer))


def _groups(
    groups: Iterable[FieldMembers], dataset: Dataset, by_topic: bool
) -> Iterator[tuple[str, FieldMembers]]:
    """The fields with their names, then the initiatives without one, under no name.

    `by_topic`: initiatives whose field names no heading stand under their own, as beside the items of the progress.
    """
    alone: list[Initiative] = []
    for members in groups:
        field, stay = members.field, members.initiatives
        if by_topic and not (field and _heading(field.topic, dataset)):
            alone += [one for one in stay if _heading(one.topic, dataset)]
            stay = tuple(one for one in stay if not _heading(one.topic, dataset))
        if field is not None and (stay or field.amount is not None or not members.initiatives):
            yield field.name, FieldMembers(field, stay)
        elif field is None and stay:
            yield _OTHERS if by_topic else "", FieldMembers(None, stay)
    by_heading: dict[str, list[Initiative]] = {}
    for one in alone:
        by_heading.setdefault(_heading(one.topic, dataset), []).append(one)
    for name, found in by_heading.items():
        yield name, FieldMembers(None, tuple(found))


def _heading(topic: str, dataset: Dataset) -> str:
    """The heading that a field or an initiative names, as it is printed; empty for none."""
    heading = resolve_topic(topic, dataset.plan) if topic else None
    return heading.label + heading.text if heading else ""


def _sum_of(tables: Iterable[Sequence[tuple[str, FieldMembers]]]) -> Execution:
    return total(members.execution for groups in tables for _, members in groups)


class _Composer:
    """Makes the rows of the table one below the other, and remembers where the sums stand.

    `starts` are the rows with which a field begins, `row_of` those of fields and initiatives by ref.
    """

    def __init__(self) -> None:
        self.rows: list[TableRow] = []
        self.totals: list[int] = []
        self.row_of: dict[str, int] = {}
        self.starts: list[int] = []

    @property
    def _next(self) -> int:
        return _HEAD_ROW + 1 + len(self.rows)

    def add_table(self, name: str, groups: Sequence[tuple[str, FieldMembers]]) -> None:
        """The rows of one table: its name, every group with its initiatives, the total."""
        start = self._next
        if name:
            self._add("group", name)
        numbers = count(1)
        added: list[int] = []
        for number, (group, members) in enumerate(groups):
            first = self._next
            self.starts.append(first if number else start)
            if group:
                self._add_members(group, members, numbers)
                added.append(first)
            else:
                self._add_initiatives(members.initiatives, numbers)
                added += range(first, self._next)
        self.add_total("総計", added, _sum_of([groups]))

    def add_total(self, name: str, added: Sequence[int], execution: Execution) -> None:
        """The sum of these rows."""
        self.totals.append(self._next)
        formulas = [sum_formula(column, added) for column in (_BUDGETED, _EXECUTED)]
        self._add("total", name, *_amounts(self._next, execution, formulas))

    def _add_members(self, name: str, members: FieldMembers, numbers: Iterator[int]) -> None:
        own = self._next
        items = range(own + 1, own + 1 + len(members.initiatives))
        entered = members.field
        sums = [
            "" if amount is not None or not items else sum_formula(column, items)
            for column, amount in (
                (_BUDGETED, entered.amount if entered else None),
                (_EXECUTED, entered.executed if entered else None),
            )
        ]
        if entered:
            self.row_of[f"field:{entered.id}"] = own
        self._add("subtotal", name, *_amounts(own, members.execution, sums))
        self._add_initiatives(members.initiatives, numbers)

    def _add_initiatives(self, initiatives: Iterable[Initiative], numbers: Iterator[int]) -> None:
        for one in initiatives:
            self.row_of[f"budget:{one.id}"] = self._next
            cells = _entered_amounts(self._next, one)
            self.rows.append(
                TableRow((EMPTY, number_cell(next(numbers), align="center"), text_cell(one.name), *cells))
            )

    def _add(self, kind: RowKind, name: str, *amounts: Cell) -> None:
        cells = (text_cell(name), EMPTY, EMPTY, *amounts)
        self.rows.append(TableRow((*cells, *(EMPTY,) * (len(_HEADS) - len(cells))), kind))


def _amounts(row: int, execution: Execution, formulas: Sequence[str]) -> tuple[Cell, ...]:
    """Both amounts in yen, the rate, both in thousands; a formula stands where the amount is a sum."""
    budgeted, executed = (
        number_cell(amount, formula=formula)
        for amount, formula in zip((execution.budgeted, execution.executed), formulas, strict=True)
    )
    return (budgeted, executed, *_derived(row, execution.budgeted, execution.executed))


def _entered_amounts(row: int, one: Initiative) -> tuple[Cell, ...]:
    """The amounts of an initiative; one that only its field has stays empty, and so does the rate."""
    cells = [EMPTY if yen is None else number_cell(yen) for yen in (one.amount, one.executed)]
    return (*cells, *_derived(row, one.amount, one.executed))


def _derived(row: int, budgeted: int | None, executed: int | None) -> Iterator[Cell]:
    yield EMPTY if budgeted is None or executed is None else _rate_cell(row, Execution(budgeted, executed))
    for column, yen in ((_BUDGETED, budgeted), (_EXECUTED, executed)):
        yield EMPTY if yen is None else thousands_cell(yen, relative(row, column))


def _rate_cell(row: int, execution: Execution, *columns: int) -> Cell:
    """The execution rate from the amounts of the same row; a dash where nothing was budgeted."""
    budgeted, executed = (relative(row, column) for column in columns or (_BUDGETED, _EXECUTED))
    dash = execution_rate_text(None)
    formula = f'IF({budgeted}=0,"{dash}",{rounded(f"{executed}/{budgeted}", 3)})'
    if execution.rate is None:
        return replace(number_cell(Decimal("0.0"), "%", formula), value=dash)
    return number_cell(execution.rate, "%", formula)


def thousands_cell(yen: int, name: str) -> Cell:
    """An amount in 千円, rounded from the whole yen of the cell `name`."""
    return number_cell(thousands(yen), formula=rounded(f"{name}/1000", 0))


def _chart_sheets(
    dataset: Dataset, charts: Sequence[ExecutionChart], composer: _Composer
) -> tuple[Sheet, ...]:
    """What the chart of the handout shows once more, one below the other, with native charts; nothing without one."""
    charted = [
        (composer.row_of[ref], name, execution) for ref, name, execution in charted_executions(dataset)
    ]
    if not charts:
        return ()
    first = _HEAD_ROW + 1
    rows = [TableRow(_linked(first + number, *each)) for number, each in enumerate(charted)]
    drawn: list[Chart] = []
    at, top = first, first + len(rows) + 1
    for chart in charts:
        drawn.append(_chart(chart, at, top))
        at += len(chart.rows)
        top += drawn[-1].rows + 1
    return (
        Sheet(
            name=CHART_NAME,
            title=f"{year_name(dataset)} {branch_name(dataset)} {charts[0].title.split('（')[0]}",
            notes=(f"もとの数はシート「{NAME}」にあります。",),
            widths=_CHART_WIDTHS,
            tables=(Table("execution_chart", "", _HEAD_ROW, _CHART_HEADS, tuple(rows)),),
            charts=tuple(drawn),
            frozen=(first, 0),
            blocks=((first, first + len(rows)), *((chart.row, chart.row + chart.rows) for chart in drawn)),
        ),
    )


def _linked(row: int, source: int, name: str, execution: Execution) -> tuple[Cell, ...]:
    """A row that takes its amounts from the sheet of all initiatives."""
    amounts = [
        number_cell(yen, formula=f"'{NAME}'!{relative(source, column)}")
        for yen, column in ((execution.budgeted, _BUDGETED), (execution.executed, _EXECUTED))
    ]
    return (text_cell(name), *amounts, _rate_cell(row, execution, 1, 2))


def _chart(chart: ExecutionChart, first: int, top: int) -> Chart:
    last = first + len(chart.rows) - 1
    return Chart(
        kind="bars",
        title=f"{chart.title}（千円）",
        alt=chart.alt,
        series=tuple(
            Series(
                name=name,
                categories=(Area(CHART_NAME, first, 0, last, 0),),
                values=(Area(CHART_NAME, first, column, last, column),),
                words=tuple(row.name for row in chart.rows),
                figures=figures,
            )
            for column, name, figures in (
                (1, "予算額", tuple(row.budgeted * 1000 for row in chart.rows)),
                (2, "執行額", tuple(row.executed * 1000 for row in chart.rows)),
            )
        ),
        row=top,
        column=0,
        rows=min(_CHART_ROWS + _BAR_ROWS * len(chart.rows), _PAGE_ROWS),
        size="full",
        form='#,##0,;"△"#,##0,;0',
    )
