"""変更箇所: every changed place of the plan, before and after, changed words marked."""

from __future__ import annotations

from collections.abc import Sequence

from handouts.compose.annex.cells import Cell, Sheet, Table, TableRow
from handouts.compose.annex.forms import number_cell, shown_cell, text_cell
from handouts.compose.annex.kpis import ListedKpi, list_kpis, target_cell
from handouts.compose.annex.outline import Places
from handouts.compose.changes import Change, compare_datasets, remark
from handouts.compose.kpi_list import KpiChange, list_name
from handouts.compose.page import Emphasis, branch_name, compose_runs, year_name
from handouts.dataset.model import Dataset, Datasets

NAME = "変更箇所"
_WIDTHS = (6, 11, 22, 7, 54, 54)
_NO_KPI = "KPI の変更はありません。"


def compose_changes_of_years(datasets: Datasets, changes: Sequence[Change]) -> tuple[Sheet, ...]:
    """What changed against last year's plan; nothing without one."""
    dataset, previous = datasets.this, datasets.previous
    if previous is None:
        return ()
    old, new = year_name(previous), year_name(dataset)
    return _sheet(
        previous, dataset, changes, (f"{old}（変更前）", f"{new}（変更後）"), f"{old}から{new}への変更箇所"
    )


def compose_changes_of_editions(datasets: Datasets) -> tuple[Sheet, ...]:
    """What headquarters' review changed in KPIs and plan; nothing without the edition before it."""
    dataset, earlier = datasets.this, datasets.earlier
    if earlier is None:
        return ()
    rows = [row for row in list_kpis(dataset, earlier) if row.pair.change is not KpiChange.NONE]
    changes = compare_datasets(earlier, dataset)
    return _sheet(
        earlier, dataset, changes, ("変更前", "変更後"), "本部の審査による変更箇所", _kpi_table(rows)
    )


def _sheet(
    before: Dataset,
    after: Dataset,
    compared: Sequence[Change],
    heads: tuple[str, str],
    title: str,
    kpis: Sequence[TableRow] | None = None,
) -> tuple[Sheet, ...]:
    changes = [change for change in compared if remark(change)]
    tables: list[Table] = []
    notes = [_NO_KPI] if kpis is not None and not kpis else []
    at = 1 + len(notes)
    if kpis:
        tables.append(
            Table(
                "kpi_changes", "", at, ("番号", "箇所", "KPI", "区分", *heads), tuple(kpis), can_filter=True
            )
        )
        at = tables[-1].last_row + 2
    if changes:
        places = Places(before), Places(after)
        rows = tuple(
            TableRow(tuple(_cells(number, change, places))) for number, change in enumerate(changes, 1)
        )
        tables.append(
            Table("plan_changes", "", at, ("番号", "箇所", "見出し", "区分", *heads), rows, can_filter=True)
        )
    if not tables:
        return ()
    head = tables[-1].first_row if len(tables) == 1 else 0
    sheet = Sheet(
        name=NAME,
        title=f"{year_name(after)} {branch_name(after)} {title}",
        notes=tuple(notes),
        widths=_WIDTHS,
        tables=tuple(tables),
        frozen=(head + 1, 0),
        repeated=(head, head),
    )
    return (sheet,)


def _kpi_table(rows: Sequence[ListedKpi]) -> tuple[TableRow, ...]:
    return tuple(
        TableRow(
            (
                shown_cell(row.number, "center"),
                text_cell(row.path, "center"),
                text_cell(_names(row)),
                text_cell(row.pair.change.value, "center"),
                target_cell(row.before),
                target_cell(row.target),
            )
        )
        for row in rows
    )


def _names(row: ListedKpi) -> str:
    """The name, and below it the one before where that was another."""
    names = [list_name(row.kpi), f"（名称：{row.name_before}）" if row.name_before else ""]
    return "\n".join(filter(None, names))


def _cells(number: int, change: Change, places: tuple[Places, Places]) -> Sequence[Cell]:
    side, index = (places[0], change.old) if change.new is None else (places[1], change.new)
    return (
        number_cell(number, align="center"),
        text_cell(side.path(index), "center"),
        text_cell(side.heading(index)),
        text_cell(remark(change), "center"),
        _marked(change.old_text, change.old_marks, "dropped"),
        _marked(change.new_text, change.new_marks, "changed"),
    )


def _marked(text: str, marks: Sequence[tuple[int, int]], emphasis: Emphasis) -> Cell:
    return Cell(text or None, runs=compose_runs(text, marks, emphasis, tail=0) if marks else ())
