"""What a cell shows of a number, as Excel and LibreOffice understand its format."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import Workbook

from handouts.dataset.figures import round_half_up
from handouts.xlsx.number_format import number_format
from tests.office import HAS_OFFICE, sheets_as_shown

ACCOUNTING = '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ '
TEXTS = [
    ("General", 1234.5, "1234.5"),
    ("General", 0.1 + 0.2, "0.3"),
    ("General", -7, "-7"),
    ('General"人"', 5.5, "5.5人"),
    ("@", 5.5, "5.5"),
    ("0", 1529.4, "1529"),
    ("#,##0", 1529.4, "1,529"),
    ("#,##0", 1529.5, "1,530"),
    ("#,##0", -1529.5, "-1,530"),
    ("0.0%", 0.7222, "72.2%"),
    ("0%", 0.065, "7%"),
    ("0.0##", 1.25, "1.25"),
    ("0.0##", 2, "2.0"),
    ('#,##0"万円"', 1000, "1,000万円"),
    ("#,##0\\ 千\\円", 1000, "1,000 千円"),
    ("#,##0 円", 3.5, "4 円"),
    ('#,##0;"△"#,##0', -5, "△5"),
    ('#,##0;"△"#,##0', 5, "5"),
    ('"△"0', 5, "△5"),
    ("#,##0_);[Red](#,##0)", -5, "(5)"),
    ("0;0", -5, "5"),
    (ACCOUNTING, 0, "-"),
    (ACCOUNTING, -7, "-7"),
    ('[>=1000]#,##0"件";0.0"件"', 999, "999.0件"),
    ('[>=1000]#,##0"件";0.0"件"', 1000, "1,000件"),
    ('[<10]"少";[<20]"中";"多"', 5, "少"),
    ('[<10]"少";[<20]"中";"多"', 15, "中"),
    ('[<10]"少";[<20]"中";"多"', 25, "多"),
    ('0"件";"△"0"件";"なし"', 0, "なし"),
    ('0.0"％以上"', 66.5, "66.5％以上"),
    ("[$¥-411]#,##0", 5000, "¥5,000"),
]


@pytest.mark.parametrize(("code", "value", "text"), TEXTS)
def test_a_number_is_put_into_words_as_its_cell_shows_it(code: str, value: float, text: str) -> None:
    assert number_format(code).text(Decimal(f"{value:.15g}")) == text


@pytest.mark.skipif(not HAS_OFFICE, reason="LibreOffice is not here")
def test_libreoffice_shows_the_same(tmp_path: Path) -> None:
    book = Workbook()
    for row, (code, value, _) in enumerate(TEXTS, 1):
        cell = book.active.cell(row, 1, value)
        cell.number_format = code
    book.save(tmp_path / "formats.xlsx")
    [rows] = sheets_as_shown(tmp_path / "formats.xlsx", tmp_path).values()
    assert [row[0].strip() for row in rows] == [text for _, _, text in TEXTS]


@pytest.mark.parametrize(
    ("code", "value", "expected"),
    [
        ("#,##0,", 1_234_567, "1234567"),
        ('#,##0,,"百万円"', 1_234_567, "1234567"),
        ("#,##0.0,", "1234567.8", "1234567.8"),
        ("0.00E+00", "1529.4", "1529.4"),
        ("# ?/?", "0.333", "0.333"),
        ("General", 123_456_789_012_345, "123456789012345"),
    ],
)
def test_a_format_that_leaves_out_digits_takes_nothing_away(
    code: str, value: int | str, expected: str
) -> None:
    shown = number_format(code).shown(Decimal(value))
    assert (str(shown.figure), shown.is_stated) == (expected, False)


def test_the_result_of_a_formula_has_no_more_digits_than_thousands_show() -> None:
    assert number_format("#,##0,").shown(Decimal("1234567.8"), is_exact=False).figure == 1_234_568


@pytest.mark.parametrize(
    ("code", "value", "figure"),
    [
        ('#,##0;"△"#,##0', -5, -5),
        ('"△"0', 5, -5),
        ("▲ #,##0", 5, -5),
        ("(#,##0)", 5, -5),
        ('"（"#,##0"）"', 5, -5),
        ("#,##0_);(#,##0)", -5, -5),
        ("#,##0;[Red]#,##0", -5, -5),
        ("[赤]-0", 5, -5),
        ('"A-"0', 5, 5),
    ],
)
def test_what_shows_a_minus_is_below_zero(code: str, value: int, figure: int) -> None:
    shown = number_format(code).shown(Decimal(value))
    assert (shown.figure, shown.is_unsure) == (figure, False)


@pytest.mark.parametrize(("code", "value"), [("0;0", -5), (";;;", 5), ('0;;"-"', -5), ("000-0000", 3810001)])
def test_a_format_that_hides_a_number_or_its_sign_is_known(code: str, value: int) -> None:
    assert number_format(code).shown(Decimal(value)).is_unsure


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ('#,##0"千円"', "千円"),
        ('#,##0"千""円"', "千円"),
        ("#,##0 千\\円", "千円"),
        ("￥#,##0", ""),
        ('"¥"#,##0"万円"', "万円"),
        ('"△"#,##0"百万円"', "百万円"),
        ("0.0‰", "‰"),
        ('0"人"_ ', "人"),
    ],
)
def test_the_words_around_a_number_are_told_without_its_sign(code: str, words: str) -> None:
    assert number_format(code).shown(Decimal(1)).words == words


@pytest.mark.parametrize(
    ("code", "is_date"),
    [
        ("yyyy/m/d", True),
        ('[$-411]ggge"年"m"月"d"日"', True),
        ('ggge"年度"', True),
        ("[h]:mm", True),
        ("aaa", False),
        ("General", False),
        ("G/標準", False),
        ("0.00E+00", False),
        ('0"days"', False),
        ("[Red]0", False),
        ("0_d", False),
    ],
)
def test_formats_of_days_and_times_are_known(code: str, is_date: bool) -> None:
    assert number_format(code).is_date is is_date


@given(
    st.decimals(min_value=-(10**9), max_value=10**9, places=4),
    st.integers(min_value=0, max_value=6),
    st.booleans(),
)
def test_as_many_decimals_are_seen_as_the_format_has(value: Decimal, places: int, is_percent: bool) -> None:
    code = f"#,##0.{'0' * places}{'%' if is_percent else ''}"
    shown = number_format(code).shown(value)
    assert shown.figure == round_half_up(value * 100 if is_percent else value, places)
    assert -int(shown.figure.as_tuple().exponent) == places


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=0), st.integers(min_value=1, max_value=3))
def test_thousands_never_take_yen_away(value: Decimal, thousands: int) -> None:
    assert number_format(f"#,##0{',' * thousands}").shown(value).figure == value


@given(st.one_of(st.text(max_size=30), st.text('[]<>=.,0189#?;%E+-@ym_*/"\\千円', max_size=15)))
@example("[>1.2.3]0;0")
@example("[<.]0")
def test_any_text_is_a_format(code: str) -> None:
    shown = number_format(code).shown(Decimal("-1234.5"))
    assert shown.figure.is_finite()
    assert isinstance(number_format(code).text(Decimal("-1234.5")), str)
