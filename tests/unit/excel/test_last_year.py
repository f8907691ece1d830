"""The sheet 取組・予算 shows which initiative of last year each one goes on with."""

from __future__ import annotations

import io
from dataclasses import replace

from openpyxl import load_workbook

from handouts.dataset.budget import Initiative
from handouts.excel.writing import write_workbook
from tests.unit.excel.books import HEAD, dataset


def shown(*last: Initiative) -> list[str | None]:
    """What stands in the column for the initiatives of the dataset, with these in last year's."""
    previous = replace(dataset(), initiatives=last) if last else None
    sheet = load_workbook(io.BytesIO(write_workbook(dataset(), previous=previous)))["取組・予算"]
    column = next(cell.column for cell in sheet[HEAD] if cell.value == "前年度の取組（自動）")
    return [sheet.cell(HEAD + row, column).value for row in (1, 2)]


def test_each_initiative_shows_the_one_that_it_goes_on_with() -> None:
    assert shown(Initiative(id="annai", name="以前の案内"), Initiative(id="other", name="広報誌 の作成")) == [
        "以前の案内",
        "広報誌 の作成",
    ]


def test_a_name_that_is_only_alike_is_a_question_and_a_new_one_shows_that_it_is_alone() -> None:
    assert shown(Initiative(id="other", name="広報紙の作成")) == ["（なし）", "広報紙の作成（続きですか）"]


def test_without_last_year_nothing_is_said() -> None:
    assert shown() == [None, None]
