"""Formulas of monthly tables and budgets of every shape give in LibreOffice exactly what the program computed."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import pytest

from handouts.compose.annex.cells import Annex
from handouts.dataset.budget import BudgetField, Initiative
from handouts.dataset.model import Datasets
from handouts.dataset.monthly import MonthlyTable
from tests.annexes import annex_of, cells_of, write
from tests.office import HAS_OFFICE, recalculated
from tests.samples import plan_dataset

pytestmark = pytest.mark.skipif(not HAS_OFFICE, reason="LibreOffice is not installed")
PLAN = "Ⅰ．健康\n１ 健診 {#kenshin}\n本文。\n"
ROWS = (["単月"], ["単月", "累計"], ["単月", "累計", "率"], ["累計", "率"], ["率"], ["単月", "率"])


def assert_recalculated(annex: Annex, folder: Path) -> int:
    """Compares every formula's result; returns how many there were."""
    fresh = openpyxl.load_workbook(recalculated(write(annex, folder), folder / "out"), data_only=True)
    count = 0
    for sheet in annex.sheets:
        for place, cell in cells_of(sheet):
            if cell.formula:
                value = float(cell.value) if isinstance(cell.value, Decimal) else cell.value
                assert fresh[sheet.name][place].value == value, f"{sheet.name}!{place} {cell.formula}"
                count += 1
    return count


def month_values(dice: Random, places: int) -> list[Any]:
    """Twelve figures, some months not measured, those at the end still to come."""
    come = dice.choice([0, 1, 6, 12, 12])
    figures = [Decimal(dice.randint(-50, 99_999)).scaleb(-places) for _ in range(come)]
    return [("-" if dice.random() < 0.05 else str(figure)) for figure in figures] + [None] * (12 - come)


def month_table(dice: Random, number: int) -> MonthlyTable:
    entered = dice.choice(["単月", "単月", "累計"])
    places = dice.choice([0, 0, 1, 2])
    rows = dice.choice(ROWS) if entered == "単月" else dice.choice([["累計"], ["累計", "率"], ["率"]])
    series = [
        {
            "year": f"R{year}",
            "id": f"s{year}",
            "values": month_values(dice, places),
            "eligible": dice.choice([None, 7, 2000, 259_725]),
            "opening": dice.choice([None, 601]) if entered == "単月" else None,
            "closing": dice.choice([None, None, None, "97.0"]),
        }
        for year in range(1, dice.randint(2, 4))
    ]
    if len(series) > 1 and dice.random() < 0.4:
        series.append({"year": "R3", "label": "割合", "part": "s1", "whole": "s2"})
    return MonthlyTable.model_validate(
        {
            "id": f"t{number}",
            "caption": f"表{number}",
            "unit": dice.choice(["", "人", "%"]),
            "entered": entered,
            "rows": rows,
            "grouping": dice.choice(["年度ごと", "種類ごと"]),
            "closing": dice.sample(["計", "累計", "平均", "実施率"], dice.randint(0, 4)),
            "decimals": dice.choice([0, 1, 1, 2, 4]),
            "series": series,
        }
    )


@pytest.mark.parametrize("seed", range(2))
def test_the_months_of_any_table(seed: int, tmp_path: Path) -> None:
    dice = Random(seed)  # the same tables in every run
    tables = tuple(month_table(dice, number) for number in range(80))
    dataset = plan_dataset(PLAN, tables=tables)
    assert assert_recalculated(annex_of(Datasets(dataset), "progress"), tmp_path) > 700


def test_halves_are_rounded_up_by_both(tmp_path: Path) -> None:
    """Rates such as 0.05%, 0.15%, … are halves in decimal figures and not quite so in binary ones."""
    tables = tuple(
        MonthlyTable.model_validate(
            {
                "id": f"t{whole}",
                "caption": "率",
                "rows": ["単月", "累計", "率"],
                "closing": ["平均", "実施率"],
                "series": [
                    {"year": "R3", "values": [2 * part + 1] * 12, "eligible": whole} for part in range(12)
                ],
            }
        )
        for whole in (200, 400, 2000, 4000, 20000)
    )
    initiatives = tuple(
        Initiative(
            id=f"i{n}", name=f"取組{n}", field="f", amount=2000 * n + 500, executed=n * (2 * n + 1) // 2
        )
        for n in range(1, 60)
    )
    dataset = plan_dataset(PLAN, initiatives, tables=tables, fields=(BudgetField(id="f", name="健診経費"),))
    assert assert_recalculated(annex_of(Datasets(dataset), "results"), tmp_path) > 1000


def test_budgets_with_parts_that_are_missing(tmp_path: Path) -> None:
    fields = (
        BudgetField(id="a", name="額のある区分", amount=1_500, executed=0),
        BudgetField(id="b", name="取組の額を足す区分", table="二つ目の表"),
        BudgetField(id="c", name="何もない区分", table="二つ目の表"),
    )
    initiatives = (
        Initiative(id="a1", name="名前だけ", field="a"),
        Initiative(id="b1", name="予算だけ", field="b", amount=2_500),
        Initiative(id="b2", name="執行だけ", field="b", executed=499),
        Initiative(id="b3", name="予算のない執行", field="b", amount=0, executed=1),
        Initiative(id="d1", name="区分のない取組", topic="kenshin", amount=1, executed=1),
    )
    for kind in ("progress", "results"):
        annex = annex_of(Datasets(plan_dataset(PLAN, initiatives, fields=fields)), kind)
        assert assert_recalculated(annex, tmp_path / kind) > 15


def test_budgets_of_two_years(tmp_path: Path) -> None:
    new = plan_dataset(
        PLAN, [Initiative(id=f"i{n}", name=f"取組{n}", topic="kenshin", amount=n * 333) for n in range(1, 9)]
    )
    old = plan_dataset(
        PLAN,
        [Initiative(id=f"i{n}", name=f"取組{n}", topic="kenshin", amount=n * 500) for n in range(4, 12)],
        2024,
    )
    assert assert_recalculated(annex_of(Datasets(new, old), "plan-budget"), tmp_path) > 50
    assert assert_recalculated(annex_of(Datasets(new), "plan-budget"), tmp_path / "alone") > 10
