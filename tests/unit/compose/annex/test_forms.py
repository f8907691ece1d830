"""Figures as cells show them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.compose.annex.forms import number_cell, number_form, shown_cell, text_cell
from handouts.measures.wording import number_text
from tests.annexes import shown

FIGURES = st.integers(0, 4).flatmap(lambda places: st.decimals(-(10**9), 10**9, places=places))


@pytest.mark.parametrize(
    ("places", "unit", "form"),
    [
        (0, "", '#,##0;"△"#,##0;0'),
        (1, "", '#,##0.0;"△"#,##0.0;0.0'),
        (1, "%", '#,##0.0%;"△"#,##0.0%;0.0%'),
        (0, "%以上", '#,##0%"以上";"△"#,##0%"以上";0%"以上"'),
        (1, "％", '#,##0.0%;"△"#,##0.0%;0.0%'),
        (0, "％以上", '#,##0%"以上";"△"#,##0%"以上";0%"以上"'),
        (0, "件", '#,##0"件";"△"#,##0"件";0"件"'),
    ],
)
def test_a_number_format_has_separators_and_the_triangle_for_what_is_below_zero(
    places: int, unit: str, form: str
) -> None:
    assert number_form(places, unit) == form


@pytest.mark.parametrize("unit", ["%", "％"])
def test_a_rate_is_stored_as_a_share(unit: str) -> None:
    cell = number_cell(Decimal("62.20"), unit)
    assert (cell.value, shown(cell)) == (Decimal("0.6220"), "62.20%")


@given(FIGURES, st.sampled_from(["", "%", "%以上", "円", "事業所以上", '" %;@0']))
def test_a_number_shows_as_the_handout_prints_it(figure: Decimal, unit: str) -> None:
    assert shown(number_cell(figure, unit)) == number_text(figure) + unit


def test_a_number_that_excel_would_cut_off_is_a_text() -> None:
    assert number_cell(Decimal("1234567890123456")).value == "1,234,567,890,123,456"
    assert number_cell(Decimal(1), "あ" * 41).value == "1" + "あ" * 41


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("65.9%以上", Decimal("0.659")),
        ("1,640事業所以上", Decimal(1640)),
        ("△2", Decimal(-2)),
        ("対前年度以上", "対前年度以上"),
        ("1640事業所", "1640事業所"),
        ("2025年", "2025年"),
        ("10%\n15%", "10%\n15%"),
        ("１０%", "１０%"),
        ("1.", "1."),
        ("", None),
    ],
)
def test_a_printed_target_is_a_number_where_it_shows_the_same(text: str, value: object) -> None:
    assert shown_cell(text).value == value


@given(st.text('0123456789,.%△以上円; "−=\n', max_size=12))
def test_whatever_a_target_says_the_cell_shows_it(text: str) -> None:
    assert shown(shown_cell(text)) == text


def test_a_text_that_looks_like_a_formula_is_no_formula() -> None:
    cell = text_cell("=1+1")
    assert (cell.value, cell.formula) == ("=1+1", "")
