"""Workbooks as other programs save them, and as people change them, that were once refused or read wrong."""

from __future__ import annotations

import datetime
import zipfile
from pathlib import Path

import pytest

from handouts.dataset.fiscal import FiscalYear
from handouts.dataset.folder import read_folder
from handouts.dataset.model import Dataset
from handouts.excel.losses import lost_years, year_columns
from handouts.excel.marking import mark_cells
from handouts.excel.reading import read_workbook
from handouts.excel.writing import write_workbook
from handouts.findings import Place, Rule
from handouts.runs.checking import read_checked
from tests.pages import ROOT
from tests.reference.folder import CASES, needs_cases
from tests.unit.excel.books import dataset

EXCEL = CASES / "excel"

pytestmark = needs_cases


def read(path: Path) -> Dataset:
    reading = read_workbook(path)
    assert [str(finding) for finding in reading.findings] == []
    assert reading.dataset is not None
    return reading.dataset


@pytest.mark.parametrize(
    "name",
    ["printer-settings", "power-query", "mac-plist", "backslash-names", "case-names", "split-rows"],
)
def test_a_workbook_that_another_program_saved_is_read_and_marked(tmp_path: Path, name: str) -> None:
    """All of them were made of one."""
    path, copy = EXCEL / f"{name}.xlsx", tmp_path / "copy.xlsx"
    copy.write_bytes(mark_cells(path, [Rule("cell.example", "甲").at(Place("x.xlsx", cell="KPI!A3"))]))
    found, same, again = read(path), read(EXCEL / "printer-settings.xlsx"), read(copy)
    assert (found.kpis, found.populations, found.tables) == (same.kpis, same.populations, same.tables)
    assert (found.plan, found.kpis, found.entries) == (again.plan, again.kpis, again.entries)


def test_parts_that_excel_puts_beside_are_nothing_to_us(tmp_path: Path) -> None:
    path = tmp_path / "gunma-r3.xlsx"
    path.write_bytes(write_workbook(dataset()))
    with zipfile.ZipFile(path, "a") as archive:
        for part in sorted((EXCEL / "foreign-parts").iterdir()):
            archive.write(part, f"xl/printerSettings/{part.name}")
    assert read(path) == dataset()


def test_a_binary_workbook_is_refused_by_its_name() -> None:
    [finding] = read_workbook(EXCEL / "binary.xlsb").findings
    assert "バイナリ形式のブック（.xlsb）" in finding.found


def test_the_year_in_front_of_a_heading_is_read() -> None:
    """The other workbook was made of the same one, without 令和3年度."""
    found, same = read(EXCEL / "06f-header-other-order.xlsx"), read(EXCEL / "06d-deleted-R3.xlsx")
    years = [{kpi.id: {**kpi.actuals, FiscalYear(2021): None} for kpi in one.kpis} for one in (found, same)]
    assert years[0] == years[1]
    assert sum(FiscalYear(2023) in actuals for actuals in years[0].values()) > 10


def test_a_column_of_a_year_that_somebody_deleted_is_said() -> None:
    """The workbook was written from the same public documents as the sample, in which the KPIs have the same ids."""
    workbook = read_workbook(EXCEL / "06d-deleted-R3.xlsx")
    old, new = read_folder(ROOT / "data" / "tochigi-r5").dataset, workbook.dataset
    assert old is not None
    assert new is not None
    assert workbook.book is not None
    [finding] = lost_years("x.xlsx", old, new, year_columns(workbook.book))
    assert "列「実績 令和3年度」がありません。今のデータでは、この列に次の値があります" in finding.found


def found(path: Path) -> list[tuple[str, str, str]]:
    """The severity, cell and kind of all that is said of a workbook, but for what it is compared with."""
    findings = read_checked(path).findings
    return [
        (one.severity, one.place.cell or "", one.rule.id)
        for one in findings
        if one.rule.id.startswith(("cell.", "sheet.", "kpi.", "field.", "months.", "edition."))
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("strike-run", ("warning", "計画!C7", "cell.struck-part")),
        ("strike-budget", ("warning", "取組・予算!F4", "cell.struck")),
        ("strike-cell", ("warning", "計画!C7", "cell.struck")),
        ("yen2-man1000", ("warning", "取組・予算!F4", "cell.multiplied")),
        ("03b-merged", ("error", "KPI!O8", "cell.merged-figure")),
        ("03b-merged", ("error", "KPI!H22", "sheet.merged-across")),
        ("04d-negative", ("error", "KPI!J14", "kpi.negative")),
        ("04d-negative", ("error", "KPI!J18", "kpi.negative")),
    ],
)
def test_what_is_not_as_it_stands_is_said_of_its_cell(name: str, expected: tuple[str, str, str]) -> None:
    assert expected in found(EXCEL / f"{name}.xlsx")


def test_what_is_struck_out_is_not_in_the_dataset() -> None:
    plan, run, budget = (
        read_workbook(EXCEL / f"strike-{name}.xlsx").dataset for name in ("cell", "run", "budget")
    )
    assert plan is not None
    assert run is not None
    assert budget is not None
    assert "やめた施策の文" not in [paragraph.text for paragraph in plan.plan.paragraphs]
    assert "支部評議会に資料を示して審議する。" in [paragraph.text for paragraph in run.plan.paragraphs]
    assert budget.initiatives[0].amount is None


def test_cells_with_formats_of_all_kinds_are_read_as_they_look() -> None:
    dataset = read_workbook(EXCEL / "05b-pasted-formats.xlsx").dataset
    assert dataset is not None
    latest = [str(kpi.actuals.get(FiscalYear(2023))) for kpi in dataset.kpis]
    assert [latest[number] for number in (3, 8, 9, 14)] == ["0.4", "72", "8.92", "1529"]
    executed = [one.executed for one in dataset.initiatives]
    assert executed[:5] == [1_644_000, 0, 1_749_000, 5_511_000, 273_900]
    assert executed[6] == 899_432
    amount = read_workbook(EXCEL / "yen2-man1000.xlsx").dataset
    assert amount is not None
    assert amount.initiatives[0].amount == 10_000_000


def test_a_day_of_a_workbook_that_counts_from_1904_is_read_in_a_general_cell() -> None:
    days = [settings.date for settings in read(EXCEL / "d1904-general.xlsx").handouts.values()]
    assert datetime.date(2025, 1, 17) in days


def test_a_target_is_read_with_its_bound_or_said_with_what_it_may_be() -> None:
    dataset = read_workbook(CASES / "clerk" / "50target-ijo.xlsx").dataset
    assert dataset is not None
    assert ("66.5", "以上") in [(str(kpi.target), kpi.bound) for kpi in dataset.kpis]
    [finding] = read_workbook(CASES / "clerk" / "51zennendo.xlsx").findings
    assert "対前年度以上" in str(finding)
    assert "「向き」の欄" in str(finding)


@pytest.mark.parametrize(("name", "heading"), [("closing", "「右端の数」"), ("edition", "版")])
def test_a_message_names_the_heading_of_the_sheet(name: str, heading: str) -> None:
    texts = [str(one) for one in read_checked(EXCEL / f"{name}.xlsx").findings]
    assert any(heading in text for text in texts)
    assert not [
        text for text in texts if "closing" in text.removeprefix(f"{name}.xlsx") or "edition:" in text
    ]
