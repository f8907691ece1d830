"""How people see a field of the dataset: what its cells hold, its heading, width, note, closed list and remedy.

A field declares its column once, on its model; sheets, comments, lists, messages and remedies come from there.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from handouts.dataset.typed_text import bare

_NARROW = 10  # characters of a column that holds single words
# What people call a row where others refer to it, as the lists offer it.
CALLED = "呼び名（自動）"
ID_HEADING = "id（空のままでよい）"
ID_NOTE = "行を見分けるための名前。空なら自動で付くので、書かなくてよい"
# In a comment: what the heads of all computed columns say.
COMPUTED_NOTE = "自動で入る欄です。書き換えても読み込まれません。"
YES, NO = "はい", "いいえ"
# The units of figures, as the lists offer them; others may be written too.
UNITS = ("%", "％", "件", "人", "円", "日", "事業所", "回")


class Form(Enum):
    """What a field holds, and so how its cells are read and written; each type of a field says its form.

    `allowed` says what may stand in a cell, `remedy` what to write in a file.
    """

    def __init__(self, label: str, allowed: str = "", remedy: str = "") -> None:
        self.label, self.allowed, self.remedy = label, allowed, remedy

    TEXT = "text"  # one line
    LONG = "long", "文。段落ごとに、セルの中で改行（Alt+Enter）"  # a text, one line after another in the cell
    SAMPLE = "sample"  # a text whose blanks at the end count
    ID = (
        "id",
        "英小文字で始まる、英小文字・数字・ハイフン（例 kenshin-annai）",
        "英小文字で始め、英小文字・数字・ハイフンで書いてください（例 kenshin-annai）",
    )
    IDS = "ids", "id を「、」で区切って並べたもの"
    NAMES = "names"  # some of the choices, with 、 between them
    LINES = "lines", "印刷する語。2行にするなら、セルの中で改行（Alt+Enter）"
    NUMBER = "number", "数（例 62.2）"
    PERCENT = "percent", "率（例 62.2%）"
    UNIT_NUMBER = "unit number", "数（例 93.9）"  # a figure in the unit of its row
    RESULT = "result", "数（例 93.9）。文だけの目標なら 実施 か 未実施"
    YEN = (
        "yen",
        "円の整数（例 2902000、2,902千円）",
        "円の整数で書いてください（例 2902000、または 2,902千円）",
    )
    COUNT = "count", "0以上の整数（例 262059）", "人数を0以上の整数で書いてください（例 262059）"
    WHOLE = "whole", "整数"  # a whole number without separators
    WHOLES = "wholes", "整数を「、」で区切って並べたもの（例 3、4）"
    DATE = (
        "date",
        "日付（例 2025/1/17、令和7年1月17日）",
        "2025-01-17 や 令和7年1月17日 の形で書いてください",
    )
    YEAR = "year", "年度（例 R3、令和3年度）", "R3、令和3年度、2021年度 のどれかの形で書いてください"
    MONTH = "month", "月（例 9月）", "9月 のように、1月から12月のどれかを書いてください"
    MONTHS = "months"  # twelve figures in the unit of their row, each in a column of its own
    FLAG = "flag", f"{YES} か {NO}（空のままなら、決まりどおり）"
    CHOICE = "choice"


# Texts that may take several lines of a cell.
WRAPPED = (Form.TEXT, Form.LONG, Form.LINES, Form.IDS, Form.NAMES)
# Of these, those whose lines are kept.
LINED = (Form.LONG, Form.LINES, Form.IDS)
FIGURES = (Form.NUMBER, Form.PERCENT, Form.UNIT_NUMBER, Form.RESULT, Form.YEN, Form.COUNT, Form.WHOLE)
# Of these, those of which their row says the unit.
IN_UNIT = (Form.UNIT_NUMBER, Form.RESULT)


@dataclass(frozen=True, slots=True)
class Column:
    """A field as a column of a sheet.

    A declaration leaves out `key`, `form`, `by_year` and `within` (least and greatest figure), which come from the name
    and the type of its field, and mostly `choices`. `key` is the path of the field in its entry, empty for what the program computes. With `by_year` there is
    a column for each year, the year behind the heading. `choices` is what a list offers; `values` what the entries have
    instead of them. With `is_open` other values are allowed too. `ids_of` names the table whose entries it refers to:
    an entry has their ids, a sheet what people call them.
    `suffixes` may stand behind a figure that was typed as text. `remedy` says what to write in a file, `of_key` and
    `of_part` what to write for one of its keys or values. `after` names the field behind whose column it stands. `shared`
    says whether rows have its values in common, and `allows` what may stand in its cells, where its type does not say so.
    """

    heading: str
    width: float = 12
    note: str = ""
    remedy: str = ""
    key: tuple[str, ...] = ()
    form: Form = Form.TEXT
    choices: Collection[str] = ()
    values: Collection[str] = ()
    is_open: bool = False
    by_year: bool = False
    ids_of: str = ""
    suffixes: tuple[str, ...] = ()
    of_key: str = ""
    of_part: str = ""
    after: str = ""
    within: tuple[int, int] | None = None
    shared: bool | None = None
    allows: str = ""

    @property
    def is_computed(self) -> bool:
        """Whether the program fills it in and does not read it."""
        return not self.key

    @property
    def path(self) -> tuple[str | int, ...]:
        """The key path of its field, in which the places of a list are numbers."""
        return tuple(int(part) if part.isdigit() else part for part in self.key)

    @property
    def is_shared(self) -> bool:
        """Whether a merged cell says it of each of its rows: what they belong to, and not what each has of its own."""
        if self.shared is not None:
            return self.shared
        is_reference = bool(self.ids_of) and self.form is not Form.IDS
        return is_reference or bool(self.choices) or self.form in (Form.YEAR, Form.MONTH, Form.FLAG)

    @property
    def has_lines(self) -> bool:
        """Whether a cell holds several things one below the other, to which others may add theirs."""
        return self.form in LINED

    @property
    def wraps(self) -> bool:
        """Whether its texts go on in another line of the cell."""
        is_text = self.form in WRAPPED or bool(self.ids_of)
        return self.form is Form.LONG or (not self.is_computed and is_text)

    @property
    def is_centered(self) -> bool:
        """Whether its values stand in the middle: dates, and what is chosen from few short words."""
        is_narrow = self.width <= _NARROW and (bool(self.choices) or self.form is Form.MONTH)
        return self.form in (Form.DATE, Form.FLAG) or is_narrow

    @property
    def allowed(self) -> str:
        """What may stand in its cells; empty where anything may."""
        if self.allows:
            return self.allows
        if self.ids_of:
            some = (
                "。いくつもあるなら、セルの中で改行（Alt+Enter）して並べる" if self.form is Form.IDS else ""
            )
            return f"一覧にあるもの{some}"
        if self.choices and not self.is_open:
            some = "、".join(self.choices)
            return f"{some} を「、」で区切って並べたもの" if self.form is Form.NAMES else f"{some} のどれか"
        if self.within:
            least, greatest = (
                f"{figure}{'%' if self.form is Form.PERCENT else ''}" for figure in self.within
            )
            return f"{least}から{greatest}までの{self.form.allowed}"
        return self.form.allowed

    @property
    def comment(self) -> str:
        """What the comment on the heading says."""
        if self.is_computed:
            return f"{self.note}\n{COMPUTED_NOTE}" if self.note else COMPUTED_NOTE
        allowed = f"書けるもの: {self.allowed}" if self.allowed else ""
        return "\n".join(text for text in (self.note, allowed) if text)

    def value_of(self, choice: str) -> str:
        """What the entries have for a choice; `choice` itself where it is none."""
        if choice in self.choices and not self.values:
            return choice
        by_name = dict(zip(map(plain, self.choices), self.values or self.choices, strict=True))
        by_value = {plain(value): value for value in self.values}
        return by_name.get(plain(choice)) or by_value.get(plain(choice)) or choice

    def choice_of(self, value: str) -> str:
        """What the list offers for a value of an entry."""
        return dict(zip(self.values, self.choices, strict=True)).get(value, value) if self.values else value


@dataclass(frozen=True, slots=True)
class EntryList:
    """A list of entries: its key in its `file`, what the refs of its entries begin with, and its sheet.

    `named_by` is the field that names an entry. `leading` are columns for what the entries have from elsewhere, and
    `origin` is the computed column that says where a row came from. `called_by` are the fields that make up what people
    call an entry. `spare` empty rows are ready to be filled in. A workbook may be without the sheet of a list that
    `is_optional`, since those of before had none.
    """

    key: str
    file: str
    ref: str
    sheet: str
    title: str
    about: str
    named_by: str = "id"
    leading: tuple[Column, ...] = ()
    origin: Column | None = None
    called_by: tuple[str, ...] = ()
    spare: int = 20
    is_optional: bool = False


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """A heading, name or choice without blanks, line breaks and differences of width, as people retype them."""
    return bare(text).casefold()


def bare_heading(text: str) -> str:
    """A heading without what stands in brackets, so that 予算額 is found for 予算額（円）."""
    return re.sub(r"\(.*\)", "", plain(text))
