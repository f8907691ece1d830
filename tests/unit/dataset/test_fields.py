"""The types of what people type: figures, months, years, marks, results."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from handouts.dataset.fields import Lines, Mark, MarkValue, Month, MonthValue, Number, Prose, Result, Year
from handouts.dataset.fiscal import FiscalYear
from handouts.dataset.kpis import Kpi


def read(annotation: Any, typed: Any) -> Any:
    return TypeAdapter(annotation).validate_python(typed)


def refused(annotation: Any, typed: Any) -> bool:
    try:
        read(annotation, typed)
    except ValidationError:
        return True
    return False


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        (9957, Decimal(9957)),
        ("9,957", Decimal(9957)),
        ("９，９５７", Decimal(9957)),
        (Decimal("97.0"), Decimal("97.0")),
        ("97.0%", Decimal("97.0")),
        ("97.0 ％", Decimal("97.0")),
        ("△2", Decimal(-2)),
        ("▲2", Decimal(-2)),
        (-2, Decimal(-2)),
        (None, None),
        ("", None),
        (" ", None),
    ],
)
def test_a_figure_of_a_month_is_read_as_people_type_it(typed: Any, value: Decimal | None) -> None:
    found = read(MonthValue, typed)
    assert (found, str(found)) == (value, str(value))  # with its decimals


@pytest.mark.parametrize("typed", ["-", "－", "―", "—", "–", "‐", "−", "ー", " - "])
def test_every_dash_says_that_nothing_is_measured(typed: str) -> None:
    assert read(MonthValue, typed) == "-"


@pytest.mark.parametrize("typed", ["1,2a4", "12,34", "%", "約100", "〇", "1.2.3", True, [1], "--", "1e3"])
def test_what_is_no_figure_is_refused(typed: Any) -> None:
    assert refused(MonthValue, typed)


@pytest.mark.parametrize(("typed", "mark"), [(each, each) for each in "◎○△×□"] + [("〇", "○"), ("◯", "○")])
def test_a_mark_is_one_of_five_and_circles_that_look_alike_are_one(typed: str, mark: str) -> None:
    assert read(MarkValue, f" {typed}") is Mark(mark)


@pytest.mark.parametrize("typed", ["◉", "x", "✕", "", "◎○", "実施", 1, None])
def test_any_other_mark_is_refused(typed: Any) -> None:
    assert refused(MarkValue, typed)


@pytest.mark.parametrize(("typed", "month"), [("4月", 4), ("１２月", 12), ("4", 4), (9, 9), (" 3月 ", 3)])
def test_a_month_is_read_with_and_without_its_word(typed: Any, month: int) -> None:
    assert read(Month, typed) == month


@pytest.mark.parametrize("typed", ["13月", "0月", "月", "四月", "4月末", "-4", 4.5, True])
def test_what_is_no_month_is_refused(typed: Any) -> None:
    assert refused(Month, typed)


@pytest.mark.parametrize("typed", ["R3", "令和3年度", "令和３年度", "2021（令和3）年度", "2021年度", 2021])
def test_a_year_is_read_in_every_form(typed: Any) -> None:
    assert read(Year, typed) == FiscalYear(2021)


@pytest.mark.parametrize(
    "typed", ["3", "R", "R0", "令和0年度", "H100", "S60", "来年度", True, Decimal("2.5")]
)
def test_what_is_no_year_is_refused(typed: Any) -> None:
    assert refused(Year, typed)


@pytest.mark.parametrize(
    ("typed", "result"),
    [
        ("実施", "実施"),
        ("未実施 ", "未実施"),
        ("93.9%", Decimal("93.9")),
        (Decimal("90.50"), Decimal("90.50")),
    ],
)
def test_a_result_is_a_figure_or_whether_it_was_done(typed: Any, result: Any) -> None:
    assert str(read(Result, typed)) == str(result)


@pytest.mark.parametrize("typed", ["一部実施", "-", "", None, "93.9pt"])
def test_any_other_result_is_refused(typed: Any) -> None:
    assert refused(Result, typed)


@pytest.mark.parametrize(
    ("typed", "lines"),
    [
        ("100%", ("100%",)),
        (100, ("100",)),
        (Decimal("65.9"), ("65.9",)),
        (["・甲", "・乙"], ("・甲", "・乙")),
    ],
)
def test_lines_are_one_or_a_list(typed: Any, lines: tuple[str, ...]) -> None:
    kpi = Kpi.model_validate({"id": "a", "name": "甲", "targets": {"R6": typed}})
    assert kpi.targets[FiscalYear(2024)] == lines
    assert read(Lines, typed if isinstance(typed, list) else str(typed)) == lines


def test_prose_keeps_the_blank_lines_at_its_top_so_that_lines_can_be_counted() -> None:
    assert read(Prose, "\n\n・甲\n  ・乙 \n\n") == "\n\n・甲\n  ・乙"


@pytest.mark.parametrize("typed", ["甲\x00乙", "甲\x0b乙", "甲\r乙", 5])
def test_prose_has_no_control_characters(typed: Any) -> None:
    assert refused(Prose, typed)


def test_a_number_without_its_decimals_is_another_text() -> None:
    assert str(read(Number, Decimal("97.0"))) == "97.0"
    assert str(read(Number, "97")) == "97"


@pytest.mark.parametrize("key", ["actuals", "averages", "targets"])
def test_a_year_written_in_two_forms_is_refused_and_not_dropped(key: str) -> None:
    with pytest.raises(ValidationError, match="同じ月や年度を2回"):
        Kpi.model_validate({"id": "a", "name": "甲", key: {"R3": 1, "令和3年度": 2}})
