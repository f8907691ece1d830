"""What a column of the input workbook is: its heading, the field that it holds, how it looks, what may stand in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from handouts.dataset.fields import Entry

_NARROW = 10  # characters of a column that holds single words
# In a comment: what the heads of all computed columns say.
COMPUTED_NOTE = "自動で入る欄です。書き換えても読み込まれません。"
YES, NO = "はい", "いいえ"
# The units of figures, as the lists offer them; others may be written too.
UNITS = ("%", "件", "人", "円", "日", "事業所", "回")


class Form(Enum):
    """What the cells of a column hold, and so how they are read and written."""

    TEXT = auto()  # one line
    LONG = auto()  # a text, one line after another in the cell
    SAMPLE = auto()  # a text whose blanks at the end count
    ID = auto()
    IDS = auto()  # ids with 、 between them
    NAMES = auto()  # some of the choices, with 、 between them
    LINES = auto()  # one or more lines, each a value of its own
    NUMBER = auto()
    PERCENT = auto()
    UNIT_NUMBER = auto()  # a figure in the unit of its row
    RESULT = auto()  # a figure in the unit of its row, or 実施 / 未実施
    YEN = auto()
    COUNT = auto()
    WHOLE = auto()  # a whole number without separators
    WHOLES = auto()  # whole numbers with 、 between them
    DATE = auto()
    YEAR = auto()
    MONTH = auto()
    FLAG = auto()
    CHOICE = auto()
    COMPUTED = auto()


# Texts that may take several lines of a cell.
WRAPPED = (Form.TEXT, Form.LONG, Form.LINES, Form.IDS, Form.NAMES)
FIGURES = (Form.NUMBER, Form.PERCENT, Form.UNIT_NUMBER, Form.RESULT, Form.YEN, Form.COUNT, Form.WHOLE)
_ALLOWED: Mapping[Form, str] = {
    Form.ID: "英小文字で始まる、英小文字・数字・ハイフン（例 kenshin-annai）",
    Form.IDS: "id を「、」で区切って並べたもの",
    Form.NUMBER: "数（例 62.2）",
    Form.PERCENT: "率（例 62.2%）",
    Form.UNIT_NUMBER: "数（例 93.9）",
    Form.RESULT: "数（例 93.9）。文だけの目標なら 実施 か 未実施",
    Form.YEN: "円の整数（例 2902000、2,902千円）",
    Form.COUNT: "0以上の整数（例 262059）",
    Form.WHOLE: "整数",
    Form.WHOLES: "整数を「、」で区切って並べたもの（例 3、4）",
    Form.DATE: "日付（例 2025/1/17、令和7年1月17日）",
    Form.YEAR: "年度（例 R3、令和3年度）",
    Form.MONTH: "月（例 9月）",
    Form.FLAG: f"{YES} か {NO}（空のままなら、決まりどおり）",
    Form.LINES: "印刷する語。2行にするなら、セルの中で改行（Alt+Enter）",
    Form.LONG: "文。段落ごとに、セルの中で改行（Alt+Enter）",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet.

    `key` is the path of the field in its entry, empty for what the program computes. With `by_year` there is a
    column for each year, the year behind the heading. `choices` is what a list offers; `values` what the entries
    have instead of them. With `is_open` other values are allowed too. `ids_of` names the table whose ids the list
    offers. `suffixes` may stand behind a figure that was typed as text.
    """

    heading: str
    key: tuple[str, ...] = ()
    form: Form = Form.TEXT
    width: float = 12
    note: str = ""
    choices: Collection[str] = ()
    values: Collection[str] = ()
    is_open: bool = False
    by_year: bool = False
    ids_of: str = ""
    suffixes: tuple[str, ...] = ()

    @property
    def is_computed(self) -> bool:
        """Whether the program fills it in and does not read it."""
        return not self.key

    @property
    def wraps(self) -> bool:
        """Whether its texts go on in another line of the cell."""
        return not self.is_computed and self.form in WRAPPED

    @property
    def is_centered(self) -> bool:
        """Whether its values stand in the middle: dates, and what is chosen from few short words."""
        is_narrow = self.width <= _NARROW and (bool(self.choices) or self.form is Form.MONTH)
        return self.form in (Form.DATE, Form.FLAG) or is_narrow

    @property
    def allowed(self) -> str:
        """What may stand in its cells; empty where anything may."""
        if self.choices and not self.is_open:
            some = "、".join(self.choices)
            return f"{some} を「、」で区切って並べたもの" if self.form is Form.NAMES else f"{some} のどれか"
        return _ALLOWED.get(self.form, "")

    @property
    def comment(self) -> str:
        """What the comment on the heading says."""
        if self.is_computed:
            return f"{self.note}\n{COMPUTED_NOTE}" if self.note else COMPUTED_NOTE
        allowed = f"書けるもの: {self.allowed}" if self.allowed else ""
        return "\n".join(text for text in (self.note, allowed) if text)

    def value_of(self, choice: str) -> str:
        """What the entries have for a choice; `choice` itself where it is none."""
        by_name = dict(zip(map(plain, self.choices), self.values or self.choices, strict=True))
        by_value = {plain(value): value for value in self.values}
        return by_name.get(plain(choice)) or by_value.get(plain(choice)) or choice

    def choice_of(self, value: str) -> str:
        """What the list offers for a value of an entry."""
        return dict(zip(self.values, self.choices, strict=True)).get(value, value) if self.values else value


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the input workbook: the rows of one list of entries.

    `name` is the key of the list in its `file`; `model` an entry of it, None where rows become something else.
    """

    name: str
    sheet: str
    title: str
    about: str
    file: str
    model: type[Entry] | None
    columns: tuple[Column, ...]
    spare: int = 20  # empty rows that are ready to be filled in

    def column(self, *key: str) -> Column:
        """The column of a field."""
        return next(column for column in self.columns if column.key == key)


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """A heading, name or choice without blanks, line breaks and differences of width, as people retype them."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).casefold()


def bare_heading(text: str) -> str:
    """A heading without what stands in brackets, so that 予算額 is found for 予算額（円）."""
    return re.sub(r"\(.*\)", "", plain(text))
