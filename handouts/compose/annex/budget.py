"""取組と予算: the initiatives of this year beside last year's, sums of topic, pillar and document as formulas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handouts.compose.annex.cells import (
    EMPTY,
    Cell,
    RowKind,
    Sheet,
    Table,
    TableRow,
    blocks,
    relative,
    sum_formula,
)
from handouts.compose.annex.forms import number_cell, rounded, text_cell
from handouts.compose.annex.outline import Places
from handouts.compose.page import branch_name, year_name
from handouts.compose.plan_budget import Halves
from handouts.compose.topics import PillarRows, Row
from handouts.dataset.model import Datasets, Initiative
from handouts.measures.placeholders import resolve_topic
from handouts.measures.wording import thousands

NAME = "取組と予算"
_HEAD_ROW = 1
_FIRST_AMOUNT = 4  # the column of the first amount, behind place, topic, name and remark
NEW, ONLY_BEFORE, ELSEWHERE = "新", "前年度のみ", "ほかの項目へ"


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """An initiative with the amounts of both years; None where a year does not have it in this topic."""

    this_year: Initiative | None
    last_year: Initiative | None
    remark: str


def compose_budget(datasets: Datasets, halves: Halves) -> tuple[Sheet, ...]:
    """The initiatives of the side-by-side handout; nothing where neither year has any."""
    composer = _Composer(datasets, halves)
    composer.add_pillars()
    if not composer.rows:
        return ()
    dataset, previous = datasets.this, datasets.previous
    years = [year_name(each) for each in (dataset, previous) if each is not None]
    columns = [*years, "増減"] if previous is not None else years
    heads = (
        *("箇所", "項目", "取組", "区分"),
        *(f"{name} 千円" for name in columns),
        *(f"{name} 円" for name in columns),
    )
    sheet = Sheet(
        name=NAME,
        title=f"{years[0]} {branch_name(dataset)} 支部保険者機能強化予算の取組と予算",
        notes=(),
        widths=(12, 28, 46, 12, *(14,) * 2 * len(columns)),
        tables=(Table("budget", "", _HEAD_ROW, heads, tuple(composer.rows)),),
        frozen=(_HEAD_ROW + 1, 0),
        repeated=(_HEAD_ROW, _HEAD_ROW),
        blocks=blocks(composer.starts, _HEAD_ROW + len(composer.rows)),
    )
    return (sheet,)


class _Composer:
    """Makes the rows of the table one below the other, and remembers where the initiatives stand."""

    def __init__(self, datasets: Datasets, halves: Halves) -> None:
        self.halves = halves
        self.datasets = (datasets.this,) if datasets.previous is None else (datasets.this, datasets.previous)
        self.places = tuple(map(Places, self.datasets))
        self.ids = [{one.id for one in dataset.initiatives} for dataset in self.datasets]
        self.rows: list[TableRow] = []
        self.starts: list[int] = []  # the rows with which a topic begins, the name of its pillar with it

    @property
    def _next(self) -> int:
        return _HEAD_ROW + 1 + len(self.rows)

    def add_pillars(self) -> None:
        """The rows of every pillar that has a budget, its sum, and the sum of all."""
        items: list[int] = []
        rows: list[BudgetRow] = []
        for pillar in self.halves.tables:
            topics = [found for row in pillar.rows if (found := self._topic(row))]
            if not topics:
                continue
            start = self._next
            self._add("group", self._pillar_name(pillar))
            own: list[int] = []
            for topic in topics:
                self.starts.append(self._next if own else start)
                own += self._add_topic(topic)
            members = [row for topic in topics for row in topic]
            self._add_sum("subtotal", "分野の計", own, members)
            items += own
            rows += members
        if items:
            self._add_sum("total", "予算の合計", items, rows)

    def _topic(self, row: Row) -> list[BudgetRow]:
        """The initiatives of a row of the handout, those of last year beside the same ones of this year."""
        this_year = self.halves.this_year.initiatives_of((row.new,) if row.new else ())
        last_year = {one.id: one for one in self.halves.last_year.initiatives_of(row.old)}
        found = [
            BudgetRow(one, last_year.pop(one.id, None), NEW if self.halves.this_year.is_new(one) else "")
            for one in this_year
        ]
        left = (
            BudgetRow(None, one, ELSEWHERE if one.id in self.ids[0] else ONLY_BEFORE)
            for one in last_year.values()
        )
        return [*found, *left]

    def _pillar_name(self, pillar: PillarRows) -> str:
        if pillar.new is not None:
            return self.halves.this_year.lines[pillar.new].text
        return "" if pillar.old is None else self.halves.last_year.lines[pillar.old].text

    def _add_topic(self, topic: Sequence[BudgetRow]) -> list[int]:
        """Adds the rows of a topic and their sum where there are several; returns where the initiatives stand."""
        places = []
        shown = ""
        for row in topic:
            places.append(self._next)
            path, heading = self._heading(row)
            initiative = row.this_year or row.last_year
            assert initiative is not None
            self.rows.append(
                TableRow(
                    (
                        text_cell(path, "center"),
                        text_cell("" if heading == shown else heading),
                        text_cell(initiative.name),
                        text_cell(row.remark, "center"),
                        *self._amounts(self._next, row),
                    )
                )
            )
            shown = heading
        if len(topic) > 1:
            self._add_sum("subtotal", "小計", places, topic)
        return places

    def _heading(self, row: BudgetRow) -> tuple[str, str]:
        """Path and words of the heading that an initiative belongs to, in the plan of its year."""
        year = 0 if row.this_year is not None else 1
        initiative = row.this_year or row.last_year
        assert initiative is not None
        heading = resolve_topic(initiative.topic, self.datasets[year].plan)
        if heading is None:
            return "", ""
        index = self.places[year].index_of(heading.id)
        return self.places[year].path(index), heading.text

    def _amounts(self, row: int, budget: BudgetRow) -> Iterator[Cell]:
        """Both amounts and their difference, rounded to 千円 and in yen."""
        amounts = [one.amount if one else None for one in (budget.this_year, budget.last_year)]
        yen = [EMPTY if amount is None else number_cell(amount) for amount in amounts]
        yield from self._columns(row, amounts, yen)

    def _add_sum(self, kind: RowKind, name: str, places: Sequence[int], rows: Sequence[BudgetRow]) -> None:
        amounts = [
            sum(one.amount or 0 for row in rows if (one := (row.this_year, row.last_year)[year]))
            for year in range(len(self.datasets))
        ]
        yen = [
            number_cell(amount, formula=sum_formula(self._first_yen + year, places))
            for year, amount in enumerate(amounts)
        ]
        self._add(kind, name, *self._columns(self._next, amounts, yen))

    def _columns(self, row: int, amounts: Sequence[int | None], yen: Sequence[Cell]) -> Iterator[Cell]:
        """The cells of the amounts: in 千円 from the cells in yen, then those in yen."""
        years = len(self.datasets)
        amounts, yen = amounts[:years], list(yen[:years])
        if years > 1:
            names = [relative(row, self._first_yen + year) for year in range(years)]
            difference = (amounts[0] or 0) - (amounts[1] or 0)
            amounts = [*amounts, difference]
            yen.append(number_cell(difference, formula="-".join(names)))
        for number, amount in enumerate(amounts):
            name = relative(row, self._first_yen + number)
            yield (
                EMPTY
                if amount is None
                else number_cell(thousands(amount), formula=rounded(f"{name}/1000", 0))
            )
        yield from yen

    @property
    def _first_yen(self) -> int:
        return _FIRST_AMOUNT + (3 if len(self.datasets) > 1 else 1)

    def _add(self, kind: RowKind, name: str, *amounts: Cell) -> None:
        blank = (EMPTY,) * (3 if len(self.datasets) > 1 else 1) * 2
        self.rows.append(TableRow((text_cell(name), EMPTY, EMPTY, EMPTY, *(amounts or blank)), kind))
