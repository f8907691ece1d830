"""What people type into cells, read as the value that they mean."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from handouts.dataset.columns import Column, Form
from handouts.excel.cell_figures import (
    MULTIPLIED,
    TOO_MANY_DIGITS,
    UNSEEN_DECIMALS,
    UNSURE_FORMAT,
    UNSURE_UNIT,
    CellFault,
    Remark,
)
from handouts.excel.cells import CHANGED_TO_DATE, ERROR_VALUE, JOINED_LINES, UNCALCULATED, read_cell
from handouts.findings import Rule
from handouts.xlsx.grid import Cell, CellKind

UNITS = ("%", "件", "人", "円")
YEN = Column("予算額（円）", key=("amount",), form=Form.YEN)


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
        (97.05, "0.0", "97.1"),
        (1529.4, "#,##0", "1529"),
        (0.656, "0.0%", "65.6"),
        (0.7222, "0.0%", "72.2"),
        (0.656, "0%", "66"),
        (5, '"△"0', "-5"),
        (5, "(#,##0)", "-5"),
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


@pytest.mark.parametrize(
    ("value", "shape", "yen"),
    [
        (1000, '#,##0"万円"', "10000000"),
        (2902, '#,##0" 千円"', "2902000"),
        (899.432, '#,##0.000"千円"', "899432"),
        (1644.044, '#,##0"千円"', "1644044"),
        (1.5, '0.0"億円"', "150000000"),
        (12, '#,##0 "百万""円"', "12000000"),
        (12, "￥#,##0百万\\円", "12000000"),
        (12, '"△"#,##0"千円"', "-12000"),
        (-12, '#,##0"千円";"△"#,##0"千円"', "-12000"),
    ],
)
def test_an_amount_in_thousands_or_more_is_multiplied_exactly_and_said(
    value: float, shape: str, yen: str
) -> None:
    read = read_cell(Cell(4, 2, value, "number", shape), YEN)
    assert str(read.value) == yen
    assert [remark.rule for remark in read.remarks] == [MULTIPLIED]


@pytest.mark.parametrize(
    ("value", "shape"),
    [
        (1_234_567, "#,##0,"),
        (1_234_567, '#,##0,"千円"'),
        (1_234_567, '#,##0,,"百万円"'),
        (1_234_567, '0,"千"'),
    ],
)
def test_a_format_that_divides_takes_no_yen_away(value: int, shape: str) -> None:
    read = read_cell(Cell(4, 2, value, "number", shape), YEN)
    assert (read.value, read.remarks) == (1_234_567, ())


@pytest.mark.parametrize(
    ("form", "shape", "rule"),
    [
        (Form.YEN, '#,##0"千"', UNSURE_UNIT),
        (Form.YEN, "#,##0万", UNSURE_UNIT),
        (Form.YEN, '#,##0,"百万円"', UNSURE_UNIT),
        (Form.YEN, '#,##0"千百円"', UNSURE_UNIT),
        (Form.YEN, '#,##0,"万円"', UNSURE_UNIT),
        (Form.COUNT, '#,##0"千人"', UNSURE_UNIT),
        (Form.PERCENT, "0.0‰", UNSURE_UNIT),
        (Form.UNIT_NUMBER, '0.0"‰"', UNSURE_UNIT),
        (Form.UNIT_NUMBER, "0.0%%", UNSURE_FORMAT),
        (Form.UNIT_NUMBER, ";;;", UNSURE_FORMAT),
        (Form.UNIT_NUMBER, "00-00", UNSURE_FORMAT),
        (Form.YEN, "0.00%", UNSURE_UNIT),
        (Form.YEN, '#,##0"人"', UNSURE_UNIT),
        (Form.YEN, "[$€-2] #,##0", UNSURE_UNIT),
        (Form.YEN, "$#,##0", UNSURE_UNIT),
        (Form.YEN, '"約"#,##0', UNSURE_UNIT),
        (Form.YEN, '#,##0"円程度"', UNSURE_UNIT),
        (Form.YEN, '#,##0,"円"', UNSURE_UNIT),
        (Form.COUNT, "0.0%", UNSURE_UNIT),
        (Form.WHOLE, '0"位/47"', UNSURE_UNIT),
        (Form.UNIT_NUMBER, '"約"#,##0', UNSURE_UNIT),
        (Form.UNIT_NUMBER, '#,##0,"人"', UNSURE_UNIT),
    ],
)
def test_a_format_of_which_the_meaning_is_not_sure_is_a_fault(form: Form, shape: str, rule: Rule) -> None:
    with pytest.raises(CellFault) as caught:
        typed(71.9, form, shape)
    assert caught.value.rule is rule


@pytest.mark.parametrize(
    ("form", "shape", "unit"),
    [
        (Form.UNIT_NUMBER, '0.0"ポイント"', "ポイント"),
        (Form.UNIT_NUMBER, '#,##0"人（延べ）"', "人（延べ）"),
        (Form.RESULT, '#,##0,"千人"', "人"),
        (Form.YEN, '#,##0"円"', ""),
        (Form.COUNT, '#,##0"人"', ""),
    ],
)
def test_the_words_of_a_format_are_the_unit_that_a_cell_says_itself(
    form: Form, shape: str, unit: str
) -> None:
    column = Column("欄", key=("field",), form=form, suffixes=() if form is Form.YEN else UNITS)
    assert read_cell(Cell(4, 2, 9961, "number", shape), column).own_unit == unit


def test_a_minus_that_a_format_hides_is_a_fault() -> None:
    with pytest.raises(CellFault) as caught:
        typed(-5, Form.UNIT_NUMBER, "0;0")
    assert caught.value.rule is UNSURE_FORMAT


@pytest.mark.parametrize(
    ("value", "shape", "is_said"),
    [
        (95.5, "0", True),
        (0.955, "0%", True),
        (1529.4, "#,##0", True),
        (95.5, "0.0", False),
        (0.7222222, "0.0%", False),
        (0.1 + 0.2, "0.0", False),
    ],
)
def test_a_decimal_that_somebody_typed_and_the_cell_does_not_show_is_said(
    value: float, shape: str, is_said: bool
) -> None:
    for is_formula in (False, True):
        read = read_cell(
            Cell(4, 2, value, "number", shape, is_formula), Column("欄", key=("x",), form=Form.NUMBER)
        )
        assert [remark.rule for remark in read.remarks] == [UNSEEN_DECIMALS] * (is_said and not is_formula)


@pytest.mark.parametrize(
    ("shape", "is_open"), [("General", True), ("@", True), ("0.0", False), ("0", False), ("#,##0,", True)]
)
def test_a_cell_says_whether_it_states_its_decimals(shape: str, is_open: bool) -> None:
    read = read_cell(Cell(4, 2, 56, "number", shape), Column("欄", key=("x",), form=Form.NUMBER))
    assert read.is_open is is_open


def test_the_words_of_a_format_belong_to_a_text() -> None:
    assert typed(1640, Form.LINES, '#,##0"事業所以上"') == ["1,640事業所以上"]
    assert typed(0.665, Form.TEXT, '0.0%"以上"') == "66.5%以上"


@pytest.mark.parametrize("value", [45674, "45674", "４５６７４"])
def test_a_day_counted_by_excel_is_one_in_both_systems(value: Any) -> None:
    cell = Cell(4, 2, value, "number" if isinstance(value, int) else "text")
    column = Column("欄", key=("day",), form=Form.DATE)
    assert read_cell(cell, column).value == "2025-01-17"
    count: Any = 44212 if isinstance(value, int) else "44212"
    assert read_cell(cell._replace(value=count, since_1904=True), column).value == "2025-01-17"


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
    assert read_cell(cell, Column("欄", key=("field",))).remarks == (Remark(JOINED_LINES),)


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
