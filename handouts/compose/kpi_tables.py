"""The KPIs of a year, a table for each pillar: results over the years, targets, mark and national average."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from handouts.compose.kpi_list import in_order_of_plan
from handouts.compose.page import NAME_TAIL, Printed, PrintedLine, plain_line
from handouts.compose.year_plan import TABLE_HEADING, compose_plan_alone
from handouts.dataset.fields import Mark
from handouts.dataset.fiscal import FiscalYear, YearForm
from handouts.dataset.kpis import Kpi
from handouts.dataset.model import Dataset
from handouts.dataset.outline import is_pillar, owner_indexes
from handouts.measures.kpis import result_before, result_of, standings
from handouts.measures.placeholders import kpi_paragraphs
from handouts.measures.wording import kpi_sentence, result_text, target_text
from handouts.origin import Role, joined_refs

# What the marks say in 栃木支部 令和5年度; the last two only where they stand.
MEANINGS: Mapping[Mark, str] = {
    Mark.BEATEN: "計画を上回る実施状況",
    Mark.MET: "計画どおりの実施状況",
    Mark.MISSED: "計画を下回る実施状況",
    Mark.NOT_DONE: "実施していない",
    Mark.TO_COME: "実績がまだない",
}
_RARE = (Mark.NOT_DONE, Mark.TO_COME)
_NONE = "－"
_FIRST_WIDTHS = ("result-number", "result-group", "result-kpi")
DONE = "実施"  # the target of a KPI whose sentence says what is to be done
_UNNAMED = "その他"


@dataclass(frozen=True, slots=True)
class ResultColumn:
    """A column behind the sentence: the name of its width, the lines of its head, and what a KPI has in it."""

    width: str
    head: tuple[str, ...]
    cell: Callable[[Kpi], tuple[PrintedLine, ...]]


@dataclass(frozen=True, slots=True)
class KpiResultRow:
    """One KPI: its number, its sentence below the heading that it is the first of, and a cell for each other column."""

    ref: str
    number: str
    group: PrintedLine
    sentence: tuple[PrintedLine, ...]
    cells: tuple[tuple[PrintedLine, ...], ...]


@dataclass(frozen=True, slots=True)
class KpiTable:
    """The KPIs of one pillar; no heading where the plan has no pillar above them."""

    heading: PrintedLine | None
    rows: tuple[KpiResultRow, ...]


@dataclass(frozen=True, slots=True)
class KpiTables:
    """All KPIs: names of the widths of all columns, heads of those behind the sentence in lines, legend, tables."""

    widths: tuple[str, ...]
    heads: tuple[tuple[str, ...], ...]
    legend: tuple[str, ...]
    tables: tuple[KpiTable, ...]


def compose_kpi_tables(dataset: Dataset) -> KpiTables | None:
    """The listed KPIs in the order of the plan, numbered through; None where there are none.

    A KPI stands under the pillar and the heading where the plan prints it, one that the plan does not name at the
    end.
    """
    composer = _Composer(dataset)
    found, columns = composer.tables(), composer.columns
    shown = {standing.mark for standing in standings(dataset).values() if standing.kpi.listed}
    legend = tuple(
        mark.value + words for mark, words in MEANINGS.items() if mark in shown or mark not in _RARE
    )
    widths = (*_FIRST_WIDTHS, *(column.width for column in columns))
    return KpiTables(widths, tuple(column.head for column in columns), legend, found) if found else None


def _year_lines(year: str) -> tuple[str, ...]:
    """A year in both calendars on two lines: 2023 and （令和5）年度."""
    western, bracket, era = year.partition("（")
    return (western, bracket + era) if bracket else (year,)


def _years(dataset: Dataset) -> tuple[FiscalYear, FiscalYear, FiscalYear, FiscalYear]:
    """The year before last year, last year, this year and the next."""
    this = dataset.fiscal_year
    return this.previous.previous, this.previous, this, FiscalYear(this.year + 1)


class _Composer:
    """Brings KPIs, their results and the plan together."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self.paragraphs = dataset.plan.paragraphs
        self.lines = compose_plan_alone(dataset).lines
        self.owners = owner_indexes(self.paragraphs)
        self.years = _years(dataset)
        self.columns = tuple(self._columns())
        self.marks = {name: standing.mark for name, standing in standings(dataset).items()}

    def tables(self) -> tuple[KpiTable, ...]:
        places = kpi_paragraphs(self.dataset.plan)
        order = [kpi for kpi in in_order_of_plan(self.dataset) if kpi.listed]
        members: dict[PrintedLine | None, list[KpiResultRow]] = {}
        above: int | None = None
        for number, kpi in enumerate(order, 1):
            heading = self.owners[places[kpi.id]] if kpi.id in places else None
            title = None if heading is None or heading == above else self._title(heading)
            row = KpiResultRow(
                ref=f"kpi:{kpi.id}",
                number=f"（{number}）",
                group=_line(f"kpi:{kpi.id}.group", "figure", kpi.group),
                sentence=(*filter(None, (title,)), self._sentence(kpi)),
                cells=tuple(column.cell(kpi) for column in self.columns),
            )
            members.setdefault(self._pillar(places.get(kpi.id)), []).append(row)
            above = heading
        return tuple(KpiTable(pillar, tuple(rows)) for pillar, rows in members.items())

    def _pillar(self, index: int | None) -> PrintedLine | None:
        """The heading of the pillar above a paragraph; None where the plan has none."""
        if index is None:
            return plain_line("", "pillar", _UNNAMED, TABLE_HEADING, role="generated")
        while (above := self.owners[index]) is not None:
            index = above
        pillar = self.lines[index] if is_pillar(self.paragraphs[index]) else None
        return pillar and replace(pillar, heading=TABLE_HEADING, role="repeated")

    def _title(self, heading: int) -> PrintedLine | None:
        """The heading without its label, which would stand beside the number of the KPI; none for a pillar."""
        paragraph = self.paragraphs[heading]
        if paragraph.level == 1:
            return None
        return _line(f"plan:{paragraph.id}", "kpi-title", paragraph.text, "repeated")

    def _sentence(self, kpi: Kpi) -> PrintedLine:
        named = kpi.model_copy(update={"name": kpi.list_name or kpi.name})
        text, ref = kpi_sentence(named, result_before(kpi, self.dataset)), f"kpi:{kpi.id}"
        return (
            _line(f"{ref}.sentence", "body", text) if kpi.sentence else _line(ref, "body", text, "generated")
        )

    def _columns(self) -> Iterator[ResultColumn]:
        """The columns behind the sentence, in order."""
        past, prev, this, after = self.years
        yield self._column("result", past, "実績", lambda kpi: [self._result(kpi, past, _NONE)])
        yield self._column("result", prev, "実績", lambda kpi: [self._result(kpi, prev, _NONE)])
        yield self._column("result-target", this, "目標", self._target)
        yield self._column("result", this, "実績", lambda kpi: [self._result(kpi, this)])
        yield self._column("result-mark", this, "実施状況", self._mark)
        yield self._column("result", this, "全国平均", self._average)
        yield self._column("result-target", after, "目標", lambda kpi: _targets(kpi, after, Printed(_NONE)))
        yield ResultColumn(
            "result-remark", ("備考",), lambda kpi: (_line(f"kpi:{kpi.id}.remarks", "small", kpi.remarks),)
        )

    def _column(
        self, width: str, year: FiscalYear, head: str, texts: Callable[[Kpi], Sequence[Printed]]
    ) -> ResultColumn:
        lines = (*_year_lines(year.text(self.dataset.year_form)), head)
        return ResultColumn(width, lines, lambda kpi: _cell(texts(kpi)))

    def _target(self, kpi: Kpi) -> Sequence[Printed]:
        text = target_text(kpi)
        stated = Printed(text or DONE, f"kpi:{kpi.id}.target", "own" if text else "generated")
        return _targets(kpi, self.dataset.fiscal_year, stated)

    def _mark(self, kpi: Kpi) -> Sequence[Printed]:
        mark = self.marks[kpi.id]
        return [Printed(mark.value if mark else "", f"kpi:{kpi.id}.mark", "own" if kpi.mark else "computed")]

    def _average(self, kpi: Kpi) -> Sequence[Printed]:
        year = self.dataset.fiscal_year
        average = kpi.averages.get(year)
        text = _NONE if average is None else result_text(kpi, Decimal(average))
        return [Printed(text, _of_year(kpi, "averages", year))]

    def _result(self, kpi: Kpi, year: FiscalYear, otherwise: str = "") -> Printed:
        """The result of a year: as entered, or as it follows from the months."""
        text = result_text(kpi, result_of(kpi, self.dataset, year))
        entered = _of_year(kpi, "actuals", year)
        if year in kpi.actuals or not text:
            return Printed(text or otherwise, entered)
        tables = (f"monthly:{table.id}" for table in self.dataset.tables if table.kpi == kpi.id)
        return Printed(text, joined_refs((entered, *tables)), "computed")


def _of_year(kpi: Kpi, key: str, year: FiscalYear) -> str:
    return f"kpi:{kpi.id}.{key}.{year.text(YearForm.LETTER)}"


def _targets(kpi: Kpi, year: FiscalYear, otherwise: Printed) -> Sequence[Printed]:
    """The targets that are typed for a year line by line; one line is that of the year alone."""
    ref, lines = _of_year(kpi, "targets", year), kpi.targets.get(year, ())
    if not lines:
        return [otherwise if otherwise.ref else Printed(otherwise.text, ref)]
    if len(lines) == 1:
        return [Printed(lines[0], ref)]
    return [Printed(line, f"{ref}[{number}]") for number, line in enumerate(lines, 1)]


def _cell(texts: Sequence[Printed]) -> tuple[PrintedLine, ...]:
    """A line for each text: one alone in the middle, several as a list."""
    style = "figure" if len(texts) == 1 else "kpi"
    return tuple(_line(one.ref, style, one.text, one.role) for one in texts)


def _line(ref: str, style: str, text: str, role: Role = "own") -> PrintedLine:
    return plain_line(ref, style, text, tail=NAME_TAIL, role=role)
