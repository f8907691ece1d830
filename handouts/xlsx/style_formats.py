"""The number formats of a workbook by the style of a cell, with those that every Excel has and no workbook writes down."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from handouts.xlsx.number_format import number_format

_LENGTH = 255  # Excel takes no longer ones
_SPAN = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
# ECMA-376, 18.8.30, and those of a Japanese Excel.
_OF_EXCEL: Mapping[int, str] = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"$"#,##0_);("$"#,##0)',
    6: '"$"#,##0_);[Red]("$"#,##0)',
    7: '"$"#,##0.00_);("$"#,##0.00)',
    8: '"$"#,##0.00_);[Red]("$"#,##0.00)',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "mm-dd-yy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "m/d/yy h:mm",
    **dict.fromkeys((27, 36, 50, 57), "[$-411]ge.m.d"),
    **dict.fromkeys((28, 29, 51, 54, 58), '[$-411]ggge"年"m"月"d"日"'),
    30: "m/d/yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"時"mm"分"',
    33: 'h"時"mm"分"ss"秒"',
    **dict.fromkeys((34, 52, 55), 'yyyy"年"m"月"'),
    **dict.fromkeys((35, 53, 56), 'm"月"d"日"'),
    37: "#,##0_);(#,##0)",
    38: "#,##0_);[Red](#,##0)",
    39: "#,##0.00_);(#,##0.00)",
    40: "#,##0.00_);[Red](#,##0.00)",
    41: r'_(* #,##0_);_(* \(#,##0\);_(* "-"_);_(@_)',
    42: r'_("$"* #,##0_);_("$"* \(#,##0\);_("$"* "-"_);_(@_)',
    43: r'_(* #,##0.00_);_(* \(#,##0.00\);_(* "-"??_);_(@_)',
    44: r'_("$"* #,##0.00_)_("$"* \(#,##0.00\)_("$"* "-"??_)_(@_)',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mmss.0",
    48: "##0.0E+0",
    49: "@",
}


class StyleFormats:
    """The code of each style's format; `dates` are the styles of days and times, `spans` those of how long something is."""

    def __init__(self, formats: Sequence[int | str]) -> None:
        known = {one: _code(one) for one in set(formats)}
        self._codes = [known[one] for one in formats]
        date_codes = {code for code in known.values() if number_format(code).is_date}
        self.dates = {style for style, code in enumerate(self._codes) if code in date_codes}
        self.spans = {style for style in self.dates if _SPAN.search(self._codes[style].partition(";")[0])}

    def code(self, style: int) -> str:
        """The format of a style, also of one that is not there."""
        return self._codes[style] if style < len(self._codes) else "General"


def _code(one: int | str) -> str:
    if isinstance(one, int):
        return _OF_EXCEL.get(one, "General")
    return one if len(one) <= _LENGTH else "General"
