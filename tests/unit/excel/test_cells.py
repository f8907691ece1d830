"""What people type into cells, read as the value that they mean."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from handouts.dataset.columns import Column, Form
from handouts.excel.cells import (
    CHANGED_TO_DATE,
    ERROR_VALUE,
    JOINED_LINES,
    TOO_MANY_DIGITS,
    UNCALCULATED,
    CellFault,
    read_cell,
)
from handouts.findings import Rule
from handouts.xlsx.grid import Cell, CellKind

UNITS = ("%", "件", "人", "円")


def typed(value: Any, form: Form, shape: str = "General", **more: Any) -> Any:
    kinds: dict[type, CellKind] = {bool: "flag", int: "number", float: "number", str: "text"}
    kind = kinds.get(type(value), "date")
    cell = Cell(4, 2, value, more.pop("kind", kind), shape, more.pop("is_formula", False))
    return read_cell(
        cell, Column("欄", key=("field",), form=form, suffixes=() if form is Form.YEN else UNITS, **more)
    ).value


@pytest.mark.parametrize(
    ("value", "shape", "expected"),
    [
        (9957, "General", "9957"),
        (9957.0, "#,##0", "9957"),
        (97, "0.0", "97.0"),
        (97.05, "0.0", "97.05"),
        (0.656, "0.0%", "65.6"),
        (0.656, "0%", "65.6"),
        (1, "0.0%", "100.0"),
        (0.9750000000000001, "0.0%", "97.5"),
        (-2, '#,##0;"△"#,##0', "-2"),
        (65.6, '0.0"%"', "65.6"),
        (1234, "[$¥-411]#,##0", "1234"),
        (0.1 + 0.2, "General", "0.3"),
        (2902000, "#,##0,", "2902000"),
    ],
)
def test_a_number_is_read_with_the_decimals_that_it_shows(value: float, shape: str, expected: str) -> None:
    assert str(typed(value, Form.UNIT_NUMBER, shape)) == expected


@pytest.mark.parametrize(
    "value", [10**15, 10**4000, 1e308, float("inf"), float("nan")], ids=lambda value: str(value)[:9]
)
@pytest.mark.parametrize("shape", ["General", "0.0%", "#,##0"])
def test_a_number_with_too_many_digits_is_a_fault_of_its_cell(value: float, shape: str) -> None:
    with pytest.raises(CellFault) as caught:
        typed(value, Form.UNIT_NUMBER, shape)
    assert caught.value.rule is TOO_MANY_DIGITS
    assert isinstance(typed(value, Form.TEXT, shape), str)


def test_the_result_of_a_formula_is_read_as_it_is_shown() -> None:
    assert str(typed(80.656168, Form.UNIT_NUMBER, "0.0", is_formula=True)) == "80.7"
    assert str(typed(0.80656168, Form.UNIT_NUMBER, "0.00%", is_formula=True)) == "80.66"


@pytest.mark.parametrize(
    ("text", "form", "expected"),
    [
        ("１，２３４", Form.COUNT, "1,234"),
        ("1,234千円", Form.YEN, "1,234千円"),
        ("65.6%", Form.UNIT_NUMBER, "65.6"),
        ("６５．６％", Form.PERCENT, "65.6"),
        ("△1,234", Form.UNIT_NUMBER, "△1,234"),
        ("262,059人", Form.COUNT, "262,059"),
        ("  ", Form.COUNT, None),
        ("対前年度以上", Form.UNIT_NUMBER, "対前年度以上"),
        ("実施", Form.RESULT, "実施"),
        ("-", Form.UNIT_NUMBER, "-"),
        ("令和7年1月17日", Form.DATE, "令和7年1月17日"),
    ],
)
def test_a_figure_typed_as_text_is_handed_on_without_its_unit(text: str, form: Form, expected: str) -> None:
    assert typed(text, form) == expected


def test_a_date_is_read_as_a_day() -> None:
    assert typed(datetime.datetime(2025, 1, 17, 12), Form.DATE) == "2025-01-17"
    assert typed(datetime.datetime(2025, 9, 1), Form.MONTH) == "9月"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("はい", True),
        ("いいえ", False),
        (True, True),
        (False, False),
        ("TRUE", True),
        ("ＦＡＬＳＥ", False),
        (1, True),
    ],
)
def test_yes_and_no_are_read_in_every_form(value: Any, expected: bool) -> None:
    assert typed(value, Form.FLAG) is expected


def test_what_is_neither_yes_nor_no_is_handed_on() -> None:
    assert typed("たぶん", Form.FLAG) == "たぶん"


@pytest.mark.parametrize(
    ("value", "form", "expected"),
    [
        (3, Form.TEXT, "3"),
        ("資料\n2-1", Form.TEXT, "資料2-1"),
        ("first\nsecond", Form.TEXT, "first second"),
        ("・甲\r\n・乙", Form.LONG, "・甲\n・乙"),
        ("\n・甲", Form.LONG, "\n・甲"),
        ("65.9%以上\n（実績）", Form.LINES, ["65.9%以上", "（実績）"]),
        ("checkup、rate", Form.IDS, ["checkup", "rate"]),
        ("checkup, rate\nother", Form.IDS, ["checkup", "rate", "other"]),
        ("１ ", Form.SAMPLE, "１ "),
        ("3、４", Form.WHOLES, [3, 4]),
        (3, Form.WHOLES, [3]),
        (0.66, Form.LINES, ["0.66"]),
        (True, Form.TEXT, "TRUE"),
    ],
)
def test_text_is_read_line_by_line_where_lines_count(value: Any, form: Form, expected: Any) -> None:
    assert typed(value, form) == expected


def test_a_percentage_in_a_column_of_words_is_read_as_it_is_shown() -> None:
    assert typed(0.66, Form.LINES, "0%") == ["66%"]


def test_joined_lines_are_said() -> None:
    cell = Cell(4, 2, "健診の\n案内", "text")
    assert read_cell(cell, Column("欄", key=("field",))).remark is JOINED_LINES


def test_a_choice_is_found_whatever_its_width_and_blanks() -> None:
    more: dict[str, Any] = {"choices": ("上期の実施状況", "最終報告"), "values": ("progress", "final-report")}
    assert typed("上期の 実施状況", Form.CHOICE, **more) == "progress"
    assert typed("progress", Form.CHOICE, **more) == "progress"
    assert typed("別のもの", Form.CHOICE, **more) == "別のもの"


@pytest.mark.parametrize(
    ("value", "kind", "rule"),
    [
        ("#REF!", "error", ERROR_VALUE),
        (None, "uncalculated", UNCALCULATED),
        (datetime.datetime(2025, 4, 1), "date", CHANGED_TO_DATE),
        (datetime.time(1, 2), "date", CHANGED_TO_DATE),
    ],
)
def test_a_cell_that_says_nothing_usable_is_a_fault(value: Any, kind: CellKind, rule: Rule) -> None:
    with pytest.raises(CellFault) as caught:
        typed(value, Form.COUNT, kind=kind)
    assert caught.value.rule is rule
