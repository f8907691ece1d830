"""The number formats of a workbook by the style of a cell."""

from __future__ import annotations

from openpyxl.styles.numbers import BUILTIN_FORMATS

from handouts.xlsx.style_formats import StyleFormats


def test_the_formats_that_every_excel_has_are_those_that_openpyxl_knows() -> None:
    formats = StyleFormats(range(200))
    assert {number: formats.code(number) for number in BUILTIN_FORMATS} == BUILTIN_FORMATS
    assert formats.code(57) == "[$-411]ge.m.d"


def test_dates_and_spans_are_told_by_their_formats() -> None:
    formats = StyleFormats(["0.0", "yyyy-mm-dd", "[h]:mm", "[Red]0", 14])
    assert (formats.dates, formats.spans) == ({1, 2, 4}, {2})


def test_a_format_that_is_not_there_or_too_long_is_general() -> None:
    formats = StyleFormats(["0" * 256, 199])
    assert {formats.code(style) for style in range(3)} == {"General"}
