"""Reading and rounding figures."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.dataset.figures import parse_number, parse_yen, round_half_up


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [
        ("0.5", 0, "1"),
        ("1.5", 0, "2"),
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),
        ("2.45", 1, "2.5"),
        ("2.4", 2, "2.40"),
    ],
)
def test_halves_are_rounded_away_from_zero(value: str, places: int, rounded: str) -> None:
    assert str(round_half_up(Decimal(value), places)) == rounded


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("62.2", "62.2"),
        ("62.20", "62.20"),
        ("1,630", "1630"),
        ("２６２，０５９", "262059"),
        ("△1,000", "-1000"),
        ("▲0.5", "-0.5"),
        (" 7 ", "7"),
        ("0", "0"),
    ],
)
def test_a_number_is_read_with_its_digits(text: str, value: str) -> None:
    assert str(parse_number(text)) == value


@pytest.mark.parametrize(
    "text",
    ["", "abc", "62.2%", "1,63", "1,6300", "1e5", "1_000", "約10", "1.", ".5", "--1", "inf", "nan", "1 000"],
)
def test_anything_else_is_no_number(text: str) -> None:
    with pytest.raises(ValueError, match="数として読めません"):
        parse_number(text)


@pytest.mark.parametrize("text", ["1" * 16, "9" * 5000, "0.1234567", "1,000,000,000,000,000"])
def test_a_number_of_absurd_length_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="桁が多すぎます"):
        parse_number(text)


def test_a_number_of_the_greatest_length_is_read_and_rounded_without_loss() -> None:
    value = parse_number("9" * 15 + ".123456")
    assert str(round_half_up(value, 6)) == "9" * 15 + ".123456"


@pytest.mark.parametrize(
    ("text", "yen"),
    [
        ("2902000", 2_902_000),
        ("2,902,000円", 2_902_000),
        ("2,902千円", 2_902_000),
        ("2,902.5千円", 2_902_500),
        ("２，９０２ 千円", 2_902_000),
        ("△1,000円", -1000),
        ("0", 0),
    ],
)
def test_an_amount_is_read_in_whole_yen(text: str, yen: int) -> None:
    assert parse_yen(text) == yen


@pytest.mark.parametrize("text", ["2902.5", "2,902.5555千円", "0.1円"])
def test_an_amount_below_one_yen_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="円未満の端数があります"):
        parse_yen(text)


@pytest.mark.parametrize(
    ("text", "yen"),
    [
        ("￥1,234", 1234),
        ("\\1,234", 1234),
        ("12万円", 120_000),
        ("1.5億円", 150_000_000),
        ("5百円", 500),
        ("2.9百万円", 2_900_000),
        ("１，２３４千円", 1_234_000),
        ("▲5", -5),
        ("（1,234）", -1234),
        ("−5", -5),
        ("△￥5千円", -5000),
    ],
)
def test_an_amount_may_be_typed_in_any_usual_form(text: str, yen: int) -> None:
    assert parse_yen(text) == yen


@pytest.mark.parametrize(
    "text", ["", "千円", "円", "290万", "13千", "1億2千万円", "¥", "1000円以内", "5円円"]
)
def test_anything_else_is_no_amount(text: str) -> None:
    with pytest.raises(ValueError, match="数として読めません"):
        parse_yen(text)


@given(st.integers(-(10**14), 10**14))
def test_an_amount_is_read_back_with_separators_or_without(yen: int) -> None:
    assert parse_yen(str(yen)) == parse_yen(f"{yen:,}円") == yen


@given(st.text())
def test_only_value_error_is_raised_and_only_in_japanese(text: str) -> None:
    assert reason_against(text) in {"", "数として読めません", "桁が多すぎます", "円未満の端数があります"}


def reason_against(text: str) -> str:
    try:
        parse_yen(text)
    except ValueError as error:
        return str(error)
    return ""
