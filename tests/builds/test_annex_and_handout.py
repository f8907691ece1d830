"""The annex shows the figures that the handout prints: every month, mark, rank, target, amount, sum and rate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import pytest

from handouts.compose import compose_handout
from handouts.compose.annex.cells import AnnexTable, TableRow
from handouts.compose.done import MonthTable
from handouts.compose.final_report import FinalReport
from handouts.compose.page import Budget
from handouts.compose.plan_budget import PlanBudget
from handouts.compose.progress import Item, ProgressReport
from handouts.compose.results import Results
from handouts.dataset.kinds import KINDS
from tests.annexes import datasets, sample, sheet_named, shown

NONE = "－"  # what the handout prints where there is nothing


@cache
def handout(name: str, kind: str) -> Any:
    return compose_handout(KINDS[kind], datasets(name))


def tables(name: str, kind: str, sheet: str) -> tuple[AnnexTable, ...]:
    return sheet_named(sample(name, kind), sheet).tables


def records(table: AnnexTable) -> list[dict[str, str]]:
    """What each row shows, by the heads of the columns."""
    return [dict(zip(table.heads, (shown(cell) for cell in row.cells), strict=True)) for row in table.rows]


def items(progress: ProgressReport) -> list[Item]:
    return [item for pillar in progress.pillars for group in pillar.groups for item in group.items]


def texts(lines: Sequence[Any]) -> str:
    return "\n".join(line.text for line in lines)


# 上期の実施状況


def month_tables(progress: ProgressReport) -> Mapping[str, MonthTable]:
    blocks = (block for item in items(progress) for row in item.rows for block in row.done)
    return {block.caption: block for block in blocks if isinstance(block, MonthTable)}


def printed_months(table: MonthTable) -> Iterator[tuple[tuple[str, ...], list[tuple[str, ...]]]]:
    """The heads and the rows of each section."""
    for section in table.sections:
        rows = [tuple(map(str, (row.label, *row.cells, *row.closing))) for row in section.rows]
        yield (section.head.text or "年度", *table.months, *table.closing), rows


def test_every_month_shows_what_the_handout_prints() -> None:
    printed = month_tables(handout("gunma-r3", "progress"))
    wanted = [
        section
        for monthly in datasets("gunma-r3").this.tables
        for section in printed_months(printed[monthly.caption])
    ]
    found = tables("gunma-r3", "progress", "月次")
    assert len(found) == len(wanted) == 26
    for table, (heads, rows) in zip(found, wanted, strict=True):
        assert table.heads[: len(heads)] == heads
        assert [tuple(shown(cell) for cell in row.cells[: len(heads)]) for row in table.rows] == rows


def test_marks_and_ranks_are_those_of_the_handout() -> None:
    dataset = datasets("gunma-r3").this
    printed = [row for item in items(handout("gunma-r3", "progress")) for row in item.rows]
    by_kpi = {
        entry.kpi: row
        for entry, row in zip(dataset.entries, (row for row in printed if row.done or row.mark), strict=True)
        if entry.kpi
    }
    assert len(by_kpi) == 19
    [table] = tables("gunma-r3", "progress", "KPI一覧")
    names = {kpi.list_name or kpi.name: kpi.id for kpi in dataset.kpis}
    found = {names[record["KPI"]]: record for record in records(table)}
    assert {name: (record["実施状況"], record["全国順位"]) for name, record in found.items()} == {
        name: (str(row.mark), str(row.rank)) for name, row in by_kpi.items()
    }


def test_budget_execution_and_rate_are_those_beside_the_measures() -> None:
    printed = texts([line for item in items(handout("gunma-r3", "progress")) for line in item.budget])
    [table] = tables("gunma-r3", "progress", "予算執行")
    fields = [
        record for record, row in zip(records(table), table.rows, strict=True) if row.role == "subtotal"
    ]
    assert len(fields) == 7
    for field in fields:
        amounts = [field[head] for head in ("予算額（円）", "執行額（円）", "執行率")]
        words = "【{}】\n予算額 {}円\n執行額 {}円\n執行率 {}\n".format(field["区分・分野"], *amounts)
        assert words in printed
    named = [record["取組"] for record in records(table) if record["取組"]]
    assert all(f"・{name}" in printed.split("\n") for name in named)
    assert len(named) == len(datasets("gunma-r3").this.initiatives)


# 資料2-1


def amounts(rows: Sequence[dict[str, str]], year: str) -> list[tuple[str, str]]:
    return [(row["取組"], f"{row[f'{year} 千円']}千円") for row in rows if row[f"{year} 千円"]]


def initiatives(budgets: Sequence[Budget]) -> list[tuple[str, str]]:
    return [
        ("".join(run.text for run in line.name), line.amount) for budget in budgets for line in budget.lines
    ]


def rows_of(table: AnnexTable, kind: str) -> list[dict[str, str]]:
    pairs: list[tuple[dict[str, str], TableRow]] = list(zip(records(table), table.rows, strict=True))
    return [record for record, row in pairs if row.role == kind]


def test_every_initiative_has_the_amounts_of_the_handout() -> None:
    printed: PlanBudget = handout("gunma-r7", "plan-budget")
    [table] = tables("gunma-r7", "plan-budget", "取組と予算")
    found = rows_of(table, "item")
    this_year = [row.this_year.budget for pillar in printed.pillars for row in pillar.rows]
    assert amounts(found, "令和7年度") == initiatives(this_year)
    last_year = initiatives([row.last_year.budget for pillar in printed.pillars for row in pillar.rows])
    names = {one.id: one.name for one in datasets("gunma-r7").this.initiatives}
    renamed = {
        one.name: names[one.id]
        for one in (datasets("gunma-r7").previous or datasets("gunma-r7").this).initiatives
        if one.id in names
    }
    assert sorted(amounts(found, "令和6年度")) == sorted(
        (renamed.get(name, name), amount) for name, amount in last_year
    )
    new = [line.is_new for budget in this_year for line in budget.lines]
    assert [row["区分"] == "新" for row in found if row["令和7年度 円"]] == new


def test_the_sums_are_those_of_the_handout() -> None:
    printed: PlanBudget = handout("gunma-r7", "plan-budget")
    [table] = tables("gunma-r7", "plan-budget", "取組と予算")
    totals = rows_of(table, "total")
    [pillar] = [row for row in rows_of(table, "subtotal") if row["箇所"] == "分野の計"]
    for found, (this_year, last_year) in zip(
        (pillar, totals[0]), [pair for each in printed.pillars for pair in each.sums], strict=True
    ):
        assert f"{found['令和7年度 千円']}千円" == this_year.amount
        assert f"{found['令和6年度 千円']}千円" == last_year.amount
        assert f"（増減 {found['増減 千円']}千円）" in this_year.name
    printed_sums = [
        {each.name: each.amount for each in row.this_year.budget.sums}
        for each in printed.pillars
        for row in each.rows
        if row.this_year.budget.sums
    ]
    wanted = [(sums["小計"], sums["増減"]) for sums in printed_sums if "小計" in sums]
    subtotals = [row for row in rows_of(table, "subtotal") if row["箇所"] == "小計"]
    assert [(f"{row['令和7年度 千円']}千円", f"{row['増減 千円']}千円") for row in subtotals] == wanted


# 最終報告


def test_the_list_of_kpis_is_that_of_the_final_report() -> None:
    report: FinalReport = handout("fukushima-r7", "final-report")
    printed = [
        (row.number, "".join(run.text for run in row.name), row.targets[0][0].text, row.change)
        for group in report.kpis.groups
        for row in group.rows
    ]
    [table] = tables("fukushima-r7", "final-report", "KPI一覧")
    found = [(row["番号"], row["KPI"], row["変更前"], row["変更有無"]) for row in records(table)]
    assert found == printed
    assert len(found) == 15


# 年度の実施状況


def test_the_table_of_kpis_is_that_of_the_results() -> None:
    results: Results = handout("tochigi-r5", "results")
    assert results.kpis is not None
    printed = [
        [row.group.text, *("\n".join(line.text for line in cell) for cell in row.cells)]
        for table in results.kpis.tables
        for row in table.rows
    ]
    [table] = tables("tochigi-r5", "results", "KPI一覧")
    heads = [
        *("担当グループ", "令和３年度実績", "令和４年度実績", "令和５年度目標", "令和５年度実績", "実施状況"),
        *("全国平均", "令和６年度目標", "備考"),
    ]
    found = [[row[head] for head in heads] for row in records(table)]
    assert found == [[text.replace(NONE, "") for text in row] for row in printed]
    assert len(found) == 19


def test_the_execution_of_the_budget_is_that_of_the_results() -> None:
    results: Results = handout("tochigi-r5", "results")
    printed = [
        (
            row.name.text.partition(") ")[2] if row.kind == "item" else row.name.text,
            row.budgeted.text,
            row.executed.text,
            row.rate.text,
        )
        for table in results.execution
        for row in table.rows
    ]
    [table] = tables("tochigi-r5", "results", "予算執行")
    found = [
        (row["区分・分野"] or row["取組"], row["予算額（円）"], row["執行額（円）"], row["執行率"])
        for row in records(table)
        if row["予算額（円）"]
    ]
    assert found == printed
    assert [row["区分・分野"] for row in rows_of(table, "group")] == [
        table.name.text for table in results.execution
    ]


@pytest.mark.parametrize(("name", "kind"), [("gunma-r3", "progress"), ("tochigi-r5", "results")])
def test_the_charts_are_those_of_the_handout(name: str, kind: str) -> None:
    drawn = {chart.alt for sheet in sample(name, kind).sheets for chart in sheet.charts}
    assert drawn <= {chart.alt for chart in handout(name, kind).charts}
