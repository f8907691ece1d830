"""Formulas of the input workbook give in LibreOffice exactly what the program computed, and follow what is typed."""

from __future__ import annotations

import io
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import pytest

from handouts.dataset.budget import BudgetField, Initiative
from handouts.dataset.columns import Column
from handouts.dataset.fiscal import FiscalYear
from handouts.dataset.kpis import Kpi, Population
from handouts.dataset.model import Dataset
from handouts.dataset.monthly import MonthlyTable
from handouts.excel.reading import read_workbook
from handouts.excel.results import results_of
from handouts.excel.sheets import EXECUTION, MARK, RATE, REACHED, RULE, TOTAL
from handouts.excel.writing import write_workbook
from tests.office import HAS_OFFICE, recalculated
from tests.rendering.test_annex_formulas import PLAN, month_table
from tests.samples import plan_dataset
from tests.unit.excel.books import Book, dataset

pytestmark = pytest.mark.skipif(not HAS_OFFICE, reason="LibreOffice is not installed")
R6, R7 = FiscalYear(2024), FiscalYear(2025)


def in_one_line(column: Column) -> str:
    return column.heading.replace("\n", " ")


def computed_anew(content: bytes, folder: Path) -> Any:
    folder.mkdir(exist_ok=True)
    path = folder / "book.xlsx"
    path.write_bytes(content)
    return openpyxl.load_workbook(recalculated(path, folder / "out"), data_only=True)


def assert_recalculated(content: bytes, folder: Path) -> int:
    """Compares every formula's stored result with one computed anew; returns how many say something."""
    formulas = openpyxl.load_workbook(io.BytesIO(content))
    stored = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    fresh = computed_anew(content, folder)
    count = 0
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("="):
                    before = stored[sheet.title][cell.coordinate].value
                    again = fresh[sheet.title][cell.coordinate].value
                    assert (again or None) == (before or None), (
                        f"{sheet.title}!{cell.coordinate} {cell.value}"
                    )
                    count += before not in (None, "")
    return count


@pytest.mark.parametrize("seed", range(2))
def test_the_sums_of_any_table(seed: int, tmp_path: Path) -> None:
    dice = Random(seed)
    tables = []
    for number in range(80):
        table = month_table(dice, number)
        tables.append(
            table.model_copy(update={"months": dice.choice(["4月始まり", "4月始まり", "3月始まり"])})
        )
    assert assert_recalculated(write_workbook(plan_dataset(PLAN, tables=tuple(tables))), tmp_path) > 300


def kpi(dice: Random, number: int) -> Kpi:
    target = dice.choice([Decimal("62.2"), Decimal(5), "前年度以上", "対前年度以下", None])
    results = [Decimal("62.2"), Decimal("62.3"), Decimal(4), "実施", "未実施", None]
    actuals = {R6: dice.choice(results), R7: dice.choice(results)}
    return Kpi(
        id=f"k{number}",
        name=f'指標"{number}"',
        target=target,
        unit=dice.choice(["%", "件"]),
        bound=dice.choice(["とする", "以上", "以下", "以内"]),
        actuals={year: result for year, result in actuals.items() if result is not None},
    )


def test_the_marks_of_any_kpi(tmp_path: Path) -> None:
    dice = Random(1)
    kpis = tuple(kpi(dice, number) for number in range(300))
    table = {"id": "t", "caption": "表", "kpi": "k299", "series": [{"year": "R7", "values": [63] * 12}]}
    last = Kpi(id="k299", name="月別の数から", target=Decimal(60))
    source = plan_dataset(PLAN, kpis=(*kpis[:299], last), tables=(MonthlyTable.model_validate(table),))
    assert assert_recalculated(write_workbook(source), tmp_path) > 200


def test_the_execution_of_initiatives_and_fields(tmp_path: Path) -> None:
    initiatives = (
        Initiative(id="a", name="甲", field="f", amount=3000, executed=1000),
        Initiative(id="b", name="乙", field="f", amount=0, executed=5),
        Initiative(id="c", name="丙", field="f", amount=1001),
        Initiative(id="d", name="丁", amount=2000, executed=0),
        Initiative(id="e", name="戊", executed=10),
    )
    fields = (
        BudgetField(id="f", name="足す区分"),
        BudgetField(id="g", name="額のある区分", amount=1500, executed=1),
        BudgetField(id="h", name="何もない区分"),
    )
    source = plan_dataset(PLAN, initiatives, fields=fields)
    shown = {
        ref: known[EXECUTION.heading].value
        for ref, known in results_of(source).items()
        if EXECUTION.heading in known
    }
    assert shown == {
        "budget:a": Decimal("33.3"),
        "budget:d": Decimal("0.0"),
        "field:f": Decimal("25.1"),
        "field:g": Decimal("0.1"),
    }
    assert_recalculated(write_workbook(source), tmp_path)


def test_a_sum_follows_what_is_typed_and_a_row_that_is_copied_or_filled_in(tmp_path: Path) -> None:
    book = Book(dataset())
    book.cell("月次", 1, "6月").value = 7000
    book.cell("月次", 1, "対象者数（人）").value = 100_000
    sheet = book["月次"]
    for heading in ("表", "年度"):  # a row that was empty
        book.cell("月次", 6, heading).value = book.cell("月次", 1, heading).value
    book.cell("月次", 6, "4月").value = 12_345
    book.cell("月次", 6, "対象者数（人）").value = 50_000
    book.cell("月次表", 1, "右端の欄").value = "計"
    book.cell("月次表", 1, "小数の桁数").value = 2
    content = io.BytesIO()
    book.book.save(content)
    fresh = computed_anew(content.getvalue(), tmp_path)["月次"]
    columns = {column: book.column("月次", in_one_line(column)) for column in (TOTAL, RATE, REACHED, RULE)}
    rows = [[fresh.cell(3 + row, at).value for at in columns.values()] for row in (1, 6)]
    rule = "単月（人）：単月、率の行／右端 計の欄／小数2"
    assert rows == [[29_965, 0.2997, None, rule], [12_345, 0.2469, None, rule]]
    assert sheet.cell(9, columns[TOTAL]).value.startswith("=")


def test_what_is_computed_is_not_read(tmp_path: Path) -> None:
    book = Book(dataset())
    for sheet, column in (("月次", TOTAL), ("月次", RULE), ("KPI", MARK), ("取組・予算", EXECUTION)):
        book.cell(sheet, 1, in_one_line(column)).value = 999
        book[sheet].delete_cols(book.column(sheet, in_one_line(column))) if column is RULE else None
    reading = read_workbook(book.save(tmp_path / "gunma-r3.xlsx"))
    assert (reading.dataset, reading.findings) == (dataset(), ())


def shapes(source: Dataset, sheet: str, *columns: Any) -> Mapping[str, str]:
    book = Book(source)
    return {one.heading: book.cell(sheet, 1, in_one_line(one)).number_format for one in columns}


def test_rates_are_shares_with_a_percent_format() -> None:
    people = Population(id="p", group="被保険者", item="健診", eligible=3, rate=Decimal(1), planned=1)
    table = {
        "id": "t",
        "caption": "表",
        "unit": "人",
        "rows": ["単月", "率"],
        "decimals": 2,
        "closing": ["計"],
    }
    table["series"] = [{"year": "R7", "values": {"4月": 1}, "population": "p"}]
    source = plan_dataset(PLAN, tables=(MonthlyTable.model_validate(table),), populations=(people,))
    shapes_there = shapes(source, "月次", TOTAL, RATE)
    assert shapes_there == {TOTAL.heading: '#,##0;"△"#,##0', RATE.heading: '0.00%;"△"0.00%'}
