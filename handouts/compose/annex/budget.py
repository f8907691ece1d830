"""取組と予算: the initiatives of this year beside last year's, sums of topic, pillar and document as formulas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handouts.compose.annex.cells import AnnexCell, RowRole, Sheet
from handouts.compose.annex.forms import number_cell, text_cell, thousands_cell
from handouts.compose.annex.named_columns import GrowingTable
from handouts.compose.annex.outline import PlanPlaces
from handouts.compose.annex.tables import table_sheet
from handouts.compose.page import year_name
from handouts.compose.plan_budget import ComparedYears
from handouts.compose.topics import PillarRows, TopicRow
from handouts.dataset.budget import Initiative
from handouts.dataset.model import Datasets
from handouts.measures.placeholders import resolve_topic

NAME = "取組と予算"
_HEAD_ROW = 1
_WIDTHS, _WIDTH_OF_AMOUNT = (12, 28, 46, 12), 14
_YEARS = ("this_year", "last_year")  # the columns of amounts, each in 千円 and in yen
NEW, ONLY_BEFORE, ELSEWHERE = "新", "前年度のみ", "ほかの項目へ"


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """An initiative with the amounts of both years; None where a year does not have it in this topic."""

    this_year: Initiative | None
    last_year: Initiative | None
    remark: str

    @property
    def amounts(self) -> tuple[int | None, int | None]:
        """The amounts of this year and last year."""
        this_year, last_year = self.this_year, self.last_year
        return this_year.amount if this_year else None, last_year.amount if last_year else None


def compose_budget(datasets: Datasets, compared: ComparedYears) -> tuple[Sheet, ...]:
    """The initiatives of the side-by-side handout; nothing where neither year has any."""
    composer = _Composer(datasets, compared)
    composer.add_pillars()
    table = composer.table.table("budget")
    if not table.rows:
        return ()
    widths = (*_WIDTHS, *(_WIDTH_OF_AMOUNT,) * (len(table.heads) - len(_WIDTHS)))
    blocks = composer.table.blocks(composer.starts)
    title = "支部保険者機能強化予算の取組と予算"
    return (table_sheet(datasets.this, title, table, name=NAME, widths=widths, blocks=blocks),)


class _Composer:
    """Makes the rows of the table one below the other, and remembers where the initiatives stand."""

    def __init__(self, datasets: Datasets, compared: ComparedYears) -> None:
        self.compared = compared
        self.datasets = (datasets.this,) if datasets.previous is None else (datasets.this, datasets.previous)
        self.places = tuple(map(PlanPlaces, self.datasets))
        self.years = _YEARS[: len(self.datasets)]
        continued = compared.this_year.continued
        self.continued = {one.id for one in continued.partners.values()} if continued else set()
        amounts = dict(zip(self.years, map(year_name, self.datasets), strict=True))
        if len(self.years) > 1:
            amounts["difference"] = "増減"
        heads = {"place": "箇所", "topic": "項目", "name": "取組", "remark": "区分"}
        heads |= {
            f"{name} {unit}": f"{head} {unit}" for unit in ("千円", "円") for name, head in amounts.items()
        }
        self.table = GrowingTable(NAME, _HEAD_ROW, heads)
        self.starts: list[int] = []  # the rows with which a topic begins, the name of its pillar with it

    def add_pillars(self) -> None:
        """The rows of every pillar that has a budget, its sum, and the sum of all."""
        items: list[int] = []
        rows: list[BudgetRow] = []
        for pillar in self.compared.tables:
            topics = [found for row in pillar.rows if (found := self._topic(row))]
            if not topics:
                continue
            start = self.table.add({"place": text_cell(self._pillar_name(pillar))}, "group")
            own: list[int] = []
            for topic in topics:
                self.starts.append(self.table.next_row if own else start)
                own += self._add_topic(topic)
            members = [row for topic in topics for row in topic]
            self._add_sum("subtotal", "分野の計", own, members)
            items += own
            rows += members
        if items:
            self._add_sum("total", "予算の合計", items, rows)

    def _topic(self, row: TopicRow) -> list[BudgetRow]:
        """The initiatives of a row of the handout, those of last year beside the same ones of this year."""
        this_year = self.compared.this_year.initiatives_of((row.new,) if row.new else ())
        last_year = {one.id: one for one in self.compared.last_year.initiatives_of(row.old)}
        found = []
        for one in this_year:
            before = self.compared.this_year.last_year_of(one)
            same = last_year.pop(before.id, None) if before else None
            found.append(BudgetRow(one, same, NEW if self.compared.this_year.is_new(one) else ""))
        left = (
            BudgetRow(None, one, ELSEWHERE if one.id in self.continued else ONLY_BEFORE)
            for one in last_year.values()
        )
        return [*found, *left]

    def _pillar_name(self, pillar: PillarRows) -> str:
        if pillar.new is not None:
            return self.compared.this_year.lines[pillar.new].text
        return "" if pillar.old is None else self.compared.last_year.lines[pillar.old].text

    def _add_topic(self, topic: Sequence[BudgetRow]) -> list[int]:
        """Adds the rows of a topic and their sum where there are several; returns where the initiatives stand."""
        places = []
        shown = ""
        for row in topic:
            path, heading, initiative = self._named(row)
            cells = {
                "place": text_cell(path, "center"),
                "topic": text_cell("" if heading == shown else heading),
                "name": text_cell(initiative.name),
                "remark": text_cell(row.remark, "center"),
                **dict(self._amounts(row.amounts)),
            }
            places.append(self.table.add(cells))
            shown = heading
        if len(topic) > 1:
            self._add_sum("subtotal", "小計", places, topic)
        return places

    def _named(self, row: BudgetRow) -> tuple[str, str, Initiative]:
        """Path and words of the heading that an initiative belongs to, in the plan of its year, and the initiative."""
        year, initiative = (0, row.this_year) if row.this_year is not None else (1, row.last_year)
        assert initiative is not None
        heading = resolve_topic(initiative.topic, self.datasets[year].plan)
        if heading is None:
            return "", "", initiative
        places = self.places[year]
        return places.path(places.index_of(heading.id)), heading.text, initiative

    def _add_sum(self, role: RowRole, name: str, places: Sequence[int], rows: Sequence[BudgetRow]) -> None:
        sums = [
            sum(amount or 0 for amount in amounts)
            for amounts in zip(*(row.amounts for row in rows), strict=True)
        ]
        formulas = [self.table.sum_of(f"{year} 円", places) for year in self.years]
        self.table.add({"place": text_cell(name), **dict(self._amounts(sums, formulas))}, role)

    def _amounts(
        self, amounts: Sequence[int | None], formulas: Sequence[str] = ("", "")
    ) -> Iterator[tuple[str, AnnexCell]]:
        """The amounts of the years and their difference, in yen and rounded from that to 千円."""
        found = list(zip(self.years, amounts, formulas, strict=False))
        row = self.table.next_row
        if len(self.years) > 1:
            yen = "-".join(self.table.cell(row, f"{year} 円") for year in self.years)
            found.append(("difference", (amounts[0] or 0) - (amounts[1] or 0), yen))
        for name, amount, formula in found:
            if amount is not None:
                yield f"{name} 円", number_cell(amount, formula=formula)
                yield f"{name} 千円", thousands_cell(amount, self.table.cell(row, f"{name} 円"))
