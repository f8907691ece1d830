"""data/gunma-r3 has every figure of the public document; where that contradicts itself is said here."""

from __future__ import annotations

import json
import unicodedata
from functools import cache
from typing import Any

import pytest

from handouts.dataset.fields import Mark
from handouts.dataset.folder import read_folder
from handouts.dataset.kpis import Kpi
from handouts.dataset.model import Dataset
from handouts.dataset.monthly import MonthlyTable
from handouts.dataset.outline import headings
from handouts.dataset.progress import ProgressEntry
from handouts.measures.execution import Execution
from handouts.measures.filling import expand
from handouts.measures.judgement import tally
from handouts.measures.kpis import eligible_persons, standings
from handouts.measures.monthly import MonthlyRow, compute_rows
from handouts.measures.placeholders import resolve_topic
from handouts.measures.wording import number_text
from tests.reference.folder import REFERENCE, ROOT, needs_reference

pytestmark = needs_reference

MEASURES, KPIS, TABLES, ROWS = 78, 19, 20, 82
KPI_NUMBERS = range(KPIS)
# The printed tables, and those of the dataset that stand in their place; a table of blocks of several kinds is several.
TABLE_IDS = {
    "T01": ["service"],
    "T02": ["postal"],
    "T03": ["judo-month", "judo-total"],
    "T04": ["dependent-check"],
    "T05": ["assessment-rate"],
    "T06": ["assessment-amount"],
    "T07": ["card-return"],
    "T08": ["claim-recovery"],
    "T09": ["checkup"],
    "T10": ["employer-data"],
    "T11": ["dependent-checkup"],
    "T12": ["guidance"],
    "T13": ["dependent-guidance"],
    "T14": ["declaration"],
    "T15": ["generic"],
    "T16": ["opinion", "opinion-effective"],
    "T17": ["mail-magazine"],
    "T18": ["committee-100", "committee-count", "committee-share"],
    "T19": ["overtime"],
    "T20": ["single-bids"],
}
# The index of the first month to come, where the document prints 0 for those months.
PRINTED_AS_ZERO = {"T05": 6, "T06": 6, "T07": 7, "T08": 7, "T12": 6, "T13": 6, "T16": 6}
# 24, 12, 7, 9, 13 and △2 are printed with 65 as their sum.
WRONG_SUMS = {("T17", "新規登録(単月)", "令和3年度"): ("65", "63")}


def test_the_44_headings_are_those_of_the_document_with_the_groups_of_the_staff() -> None:
    [stream] = _read("outline_003.json")["streams"]
    printed = [
        (row["level"], row["title"] + (f"({row['group']})" if row.get("group") else ""))
        for row in stream["headings"]
    ]
    assert [(heading.level, _plain(heading.title)) for heading in headings(_dataset().plan)] == printed


def test_the_24_items_are_numbered_through() -> None:
    items = [heading for heading in headings(_dataset().plan) if heading.level == 3]
    assert [int(heading.label) for heading in items] == list(range(1, 25))


def test_all_19_kpis_are_there_in_order() -> None:
    assert [_plain(kpi.name) for kpi in _dataset().kpis] == [
        _plain(row["kpi"]["name"]) for row in _kpi_rows()
    ]


@pytest.mark.parametrize("number", KPI_NUMBERS)
def test_the_target_is_as_printed(number: int) -> None:
    kpi, row = _dataset().kpis[number], _kpi_rows()[number]["kpi"]
    if row["target_value"] is None:
        assert kpi.target is None
        assert kpi.sentence
        return
    assert row["target_raw"] in _plain(expand(f"{{kpi:{kpi.id}}}", _dataset()))
    assert (row["unit"] or "") == kpi.unit


@pytest.mark.parametrize("number", KPI_NUMBERS)
def test_the_newest_result_is_as_printed(number: int) -> None:
    kpi, row = _dataset().kpis[number], _kpi_rows()[number]["kpi"]
    found = standings(_dataset())[kpi.id].actual
    assert (None if found is None else float(found)) == row["latest_actual"]


def test_marks_are_set_by_hand_only_where_the_rule_cannot_tell_or_differs() -> None:
    by_hand = [standing for standing in standings(_dataset()).values() if standing.kpi.mark]
    assert [(one.kpi.id, one.judged, one.mark) for one in by_hand] == [
        ("guidance-rate", None, Mark.MISSED),
        ("dependent-guidance-rate", None, Mark.MISSED),
        ("opinion", None, Mark.MISSED),
        ("single-bid-rate", Mark.BEATEN, Mark.MET),
    ]
    assert all(one.kpi.mark_reason for one in by_hand)


def test_eligible_and_planned_persons_are_as_printed() -> None:
    printed = [row["kpi"] for row in _kpi_rows() if "population" in row["kpi"]]
    found = [
        (population.eligible, float(population.rate), population.planned)
        for population in _dataset().populations
    ]
    assert found == [(row["population"], row["target_value"], row["planned_count"]) for row in printed]


def test_each_of_the_78_measures_has_its_mark_rank_and_slash() -> None:
    entries, rows = _dataset().entries, _measures()
    assert len(entries) == len(rows) == MEASURES
    for entry, row in zip(entries, rows, strict=True):
        kpi = _kpi_of(entry)
        rank = entry.rank or (kpi.rank if kpi else None)
        assert _mark_of(entry) == (row["status"] or row.get("status_inferred")), row["id"]
        assert (f"{rank}位" if rank else None) == row["rank"], row["id"]
        assert entry.slash == row["rank_cell_slashed"], row["id"]
        assert bool(kpi) == bool(row.get("kpi")), row["id"]


def test_each_measure_names_a_paragraph_of_the_plan_but_for_a_further_row() -> None:
    known = {paragraph.id for paragraph in _dataset().plan.paragraphs}
    named = [entry.plan for entry in _dataset().entries if entry.plan]
    assert len(set(named)) == MEASURES - 1
    assert set(named) <= known


def test_the_tally_is_the_printed_one() -> None:
    printed = _read("gunma_r3_progress.json")["tally"]["printed"]
    entries = _dataset().entries
    for name, counted in (("全体", entries), ("KPI", [entry for entry in entries if entry.kpi])):
        found = tally(_mark_of(entry) for entry in counted)
        assert {mark.value: count for mark, count in found.items()} | {
            "合計": sum(found.values())
        } == printed[name]


def test_the_badges_are_on_the_printed_items() -> None:
    items = {heading.id: int(heading.label) for heading in headings(_dataset().plan) if heading.level == 3}
    found = [items[item.heading] for item in _dataset().items if item.badge == "インセンティブ関連"]
    assert found == [row["no"] for row in _read("gunma_r3_progress.json")["items"] if row["incentive_badge"]]


def test_the_7_fields_have_their_item_amounts_and_rate() -> None:
    fields, blocks = _dataset().fields, _blocks()
    numbers = {heading.id: int(heading.label) for heading in headings(_dataset().plan) if heading.level == 3}
    assert len(fields) == len(blocks)
    for field, block in zip(fields, blocks, strict=True):
        heading = resolve_topic(field.topic, _dataset().plan)
        assert heading is not None
        assert f"【{field.name}】" == block["block"]
        assert [numbers[heading.id]] == block["item_nos"]
        assert (field.amount, field.executed) == (block["budget_yen"], block["executed_yen"])
        assert _rate(field.amount, field.executed) == block["rate_value"]


def test_the_37_initiatives_are_in_their_fields() -> None:
    for field, block in zip(_dataset().fields, _blocks(), strict=True):
        names = [one.name for one in _dataset().initiatives if one.field == field.id]
        assert names == block["initiatives"]


def test_the_printed_tables_are_all_there() -> None:
    assert [table.id for table in _dataset().tables] == [
        name for names in TABLE_IDS.values() for name in names
    ]
    assert sum(len(_computed(name)) for name in TABLE_IDS) == ROWS
    assert list(TABLE_IDS) == list(_printed_tables())
    assert len(TABLE_IDS) == TABLES


@pytest.mark.parametrize("name", TABLE_IDS)
def test_the_months_are_the_printed_ones_entered_or_computed(name: str) -> None:
    first_to_come = PRINTED_AS_ZERO.get(name)
    for (_, row), printed in zip(_computed(name), _printed_tables()[name]["rows"], strict=True):
        found = [_text(figure, row.unit) for figure in row.figures]
        expected = list(printed["raw"])
        if first_to_come is not None and printed["fiscal_year"] == "R3":
            assert {float(raw.rstrip("%") or 0) for raw in expected[first_to_come:]} == {0}
            expected[first_to_come:] = [""] * (12 - first_to_come)
        assert found == expected, printed["label"]


@pytest.mark.parametrize("name", TABLE_IDS)
def test_the_closing_columns_are_the_printed_ones(name: str) -> None:
    for (table, row), printed in zip(_computed(name), _printed_tables()[name]["rows"], strict=True):
        found = [
            _text(figure, "%" if column == "実施率" else row.unit)
            for column, figure in zip(table.closing, row.closing, strict=True)
        ]
        columns = [printed["total"], *printed.get("extra", {}).values()] if table.closing else []
        expected = [column["raw"] or "" for column in columns]
        wrong = WRONG_SUMS.get((name, printed["kind"], printed["label"]))
        if wrong:
            assert expected == [wrong[0]]
            expected = [wrong[1]]
        assert found == expected, printed["label"]


@cache
def _dataset() -> Dataset:
    found = read_folder(ROOT / "data" / "gunma-r3").dataset
    assert found is not None
    return found


@cache
def _read(name: str) -> Any:
    return json.loads((REFERENCE / "figures" / name).read_text(encoding="utf-8"))


def _measures() -> list[dict[str, Any]]:
    return [row for item in _read("gunma_r3_progress.json")["items"] for row in item["measures"]]


def _kpi_rows() -> list[dict[str, Any]]:
    return [row for row in _measures() if row.get("kpi")]


def _blocks() -> list[dict[str, Any]]:
    blocks: list[dict[str, Any]] = _read("gunma_r3_budget.json")["blocks"]
    return blocks


def _printed_tables() -> dict[str, Any]:
    return {table["id"]: table for table in _read("gunma_r3_monthly.json")["tables"]}


def _computed(name: str) -> list[tuple[MonthlyTable, MonthlyRow]]:
    tables = {table.id: table for table in _dataset().tables}
    populations = eligible_persons(_dataset())
    return [
        (tables[table_id], row)
        for table_id in TABLE_IDS[name]
        for row in compute_rows(tables[table_id], populations)
    ]


def _kpi_of(entry: ProgressEntry) -> Kpi | None:
    return next((kpi for kpi in _dataset().kpis if kpi.id == entry.kpi), None)


def _mark_of(entry: ProgressEntry) -> Mark | None:
    return entry.mark or (standings(_dataset())[entry.kpi].mark if entry.kpi else None)


def _rate(amount: int | None, executed: int | None) -> float | None:
    rate = Execution(amount or 0, executed or 0).rate
    return None if rate is None else float(rate)


def _text(figure: Any, unit: str) -> str:
    if figure is None or isinstance(figure, str):
        return figure or ""
    return number_text(figure) + ("%" if unit == "%" else "")


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)
