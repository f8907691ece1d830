"""変更箇所: every changed place of the plan, before and after, changed words marked."""

from __future__ import annotations

from collections.abc import Sequence

from handouts.compose.annex.cells import AnnexCell, AnnexTable, Sheet
from handouts.compose.annex.forms import number_cell, shown_cell, text_cell
from handouts.compose.annex.kpis import ListedKpi, list_kpis, target_cell
from handouts.compose.annex.named_columns import GrowingTable
from handouts.compose.annex.outline import PlanPlaces
from handouts.compose.changes import ParagraphChange, compare_editions, remark
from handouts.compose.kpi_list import KpiChange, list_name
from handouts.compose.page import Emphasis, compose_runs, year_and_branch, year_name
from handouts.dataset.model import Dataset, Datasets

NAME = "変更箇所"
_WIDTHS = (6, 11, 22, 7, 54, 54)
_NO_KPI = "KPI の変更はありません。"


def compose_changes_of_years(datasets: Datasets, changes: Sequence[ParagraphChange]) -> tuple[Sheet, ...]:
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
    kpis = [row for row in list_kpis(dataset, earlier) if row.pair.change is not KpiChange.NONE]
    changes = compare_editions(earlier, dataset)
    return _sheet(earlier, dataset, changes, ("変更前", "変更後"), "本部の審査による変更箇所", kpis)


def _sheet(
    before: Dataset,
    after: Dataset,
    compared: Sequence[ParagraphChange],
    heads: tuple[str, str],
    title: str,
    kpis: Sequence[ListedKpi] | None = None,
) -> tuple[Sheet, ...]:
    changes = [change for change in compared if remark(change)]
    notes = (_NO_KPI,) if kpis is not None and not kpis else ()
    tables: list[AnnexTable] = []
    at = 1 + len(notes)
    if kpis:
        tables.append(_kpi_table(kpis, at, heads))
        at = tables[-1].last_row + 2
    if changes:
        tables.append(_plan_table(changes, at, heads, PlanPlaces(before), PlanPlaces(after)))
    if not tables:
        return ()
    head = tables[-1].first_row if len(tables) == 1 else 0
    sheet = Sheet(
        name=NAME,
        title=f"{year_and_branch(after)} {title}",
        notes=notes,
        widths=_WIDTHS,
        tables=tuple(tables),
        frozen=(head + 1, 0),
        repeated=(head, head),
    )
    return (sheet,)


def _table(head_row: int, what: str, heads: tuple[str, str]) -> GrowingTable:
    names = {"number": "番号", "place": "箇所", "what": what, "change": "区分"}
    return GrowingTable(NAME, head_row, names | dict(zip(("before", "after"), heads, strict=True)))


def _kpi_table(rows: Sequence[ListedKpi], head_row: int, heads: tuple[str, str]) -> AnnexTable:
    table = _table(head_row, "KPI", heads)
    for row in rows:
        table.add(
            {
                "number": shown_cell(row.number, "center"),
                "place": text_cell(row.path, "center"),
                "what": text_cell(_names(row)),
                "change": text_cell(row.pair.change.value, "center"),
                "before": target_cell(row.before),
                "after": target_cell(row.target),
            }
        )
    return table.table("kpi_changes", can_filter=True)


def _names(row: ListedKpi) -> str:
    """The name, and below it the one before where that was another."""
    names = [list_name(row.kpi), f"（名称：{row.name_before}）" if row.name_before else ""]
    return "\n".join(filter(None, names))


def _plan_table(
    changes: Sequence[ParagraphChange],
    head_row: int,
    heads: tuple[str, str],
    old: PlanPlaces,
    new: PlanPlaces,
) -> AnnexTable:
    table = _table(head_row, "見出し", heads)
    for number, change in enumerate(changes, 1):
        places, index = (old, change.old) if change.new is None else (new, change.new)
        table.add(
            {
                "number": number_cell(number, align="center"),
                "place": text_cell(places.path(index), "center"),
                "what": text_cell(places.heading(index)),
                "change": text_cell(remark(change), "center"),
                "before": _marked(change.old_text, change.old_marks, "dropped"),
                "after": _marked(change.new_text, change.new_marks, "changed"),
            }
        )
    return table.table("plan_changes", can_filter=True)


def _marked(text: str, marks: Sequence[tuple[int, int]], emphasis: Emphasis) -> AnnexCell:
    return AnnexCell(text or None, runs=compose_runs(text, marks, emphasis, tail=0) if marks else ())
