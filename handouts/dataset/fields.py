"""What every row of the entered data is made of: the base class, and the types of its values."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)

from handouts.dataset.columns import EntryList, Form
from handouts.dataset.figures import parse_number, parse_yen
from handouts.dataset.fiscal import FiscalYear, parse_date, parse_fiscal_year
from handouts.dataset.typed_text import in_one_width

# Ids stand in Word bookmarks, which have at most 40 characters.
ID_PATTERN = r"[a-z][a-z0-9]*(-[a-z0-9]+)*"
ID_LENGTH = 24

# What is written for a month in which nothing is measured, as the public documents print it.
NOT_MEASURED = "-"
_DASHES = frozenset("-－―—–‐−ー─")
_DONE = ("実施", "未実施")


class Mark(StrEnum):
    """How far a target was met, in the order in which tallies list the marks."""

    BEATEN = "◎"
    MET = "○"
    MISSED = "△"
    NOT_DONE = "×"
    TO_COME = "□"


def _typed(value: str | int | float | Decimal) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _whole_yen(value: Any) -> Any:
    return parse_yen(_typed(value)) if isinstance(value, (str, int, float, Decimal)) else value


def _number(value: Any) -> Any:
    return parse_number(_typed(value)) if isinstance(value, (str, int, float, Decimal)) else value


def _date(value: Any) -> Any:
    # A bare number would be taken for a timestamp, so that 20250117 became a day in 1970.
    return parse_date(_typed(value)) if isinstance(value, (str, int, float, Decimal)) else value


def _year(value: Any) -> Any:
    return parse_fiscal_year(_typed(value))[0] if isinstance(value, (str, int)) else value


def _measured(value: Any) -> Any:
    """A figure as tables have it: also with % or - for what is not measured."""
    if isinstance(value, str):
        value = value.strip()
        if value in _DASHES:
            return NOT_MEASURED
        if not value:
            return None
        value = value.removesuffix("%").removesuffix("％")
    return _number(value)


def _result(value: Any) -> Any:
    if isinstance(value, str) and value.strip() in _DONE:
        return value.strip()
    return _measured(value)


def _month(value: Any) -> Any:
    if not isinstance(value, (str, int)):
        return value
    plain = in_one_width(str(value)).removesuffix("月")
    if not (plain.isascii() and plain.isdigit() and 1 <= int(plain) <= 12):
        raise ValueError("月ではありません")
    return int(plain)


def refuse_double_keys(value: Any, read: Callable[[Any], Any]) -> Any:
    """What `read` makes of a mapping, where no two keys mean the same: 4月 and 4, R3 and 令和3年度."""
    entries = read(value)
    if isinstance(value, Mapping) and len(entries) < len(value):
        raise ValueError("同じ月や年度を2回書いています")
    return entries


def _mark(value: Any) -> Any:
    # 〇 (U+3007) and ◯ look like ○, and people type them.
    return value.strip().translate({ord("〇"): "○", ord("◯"): "○"}) if isinstance(value, str) else value


_NUMBER_OR_TEXT: dict[str, Any] = {"type": ["number", "string"]}
Id = Annotated[str, StringConstraints(pattern=f"^{ID_PATTERN}$", max_length=ID_LENGTH), Form.ID]
Text = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]*$"), Form.TEXT]
# The id of an entry of another list, of which a rule says whether it is there.
Name = Annotated[Text, Form.ID]
Line = Annotated[Text, StringConstraints(min_length=1)]
# A line whose blanks at the end belong to it.
Sample = Annotated[Line, Form.SAMPLE]
# Lines at the top stay, so that the place of each line is known.
Prose = Annotated[
    str,
    StringConstraints(pattern=r"^[^\x00-\x08\x0b-\x1f\x7f]*$", strip_whitespace=False),
    AfterValidator(str.rstrip),
    Form.LONG,
]
# One line, or a list of lines.
Lines = Annotated[
    tuple[Line, ...],
    BeforeValidator(lambda value: [value] if isinstance(value, (str, int, Decimal)) else value),
    WithJsonSchema({"type": ["string", "number", "array"]}),
    Form.LINES,
]
Yen = Annotated[int, BeforeValidator(_whole_yen), WithJsonSchema({"type": ["integer", "string"]}), Form.YEN]
Count = Annotated[
    int, BeforeValidator(_number), Field(ge=0), WithJsonSchema({"type": ["integer", "string"]}), Form.COUNT
]
Number = Annotated[Decimal, BeforeValidator(_number), WithJsonSchema(_NUMBER_OR_TEXT), Form.NUMBER]
Percent = Annotated[Number, Form.PERCENT]
# A number that may have % behind it, as tables have.
Figure = Annotated[Decimal, BeforeValidator(_measured), WithJsonSchema(_NUMBER_OR_TEXT), Form.UNIT_NUMBER]
Date = Annotated[datetime.date, BeforeValidator(_date), WithJsonSchema({"type": "string"}), Form.DATE]
Year = Annotated[
    FiscalYear, BeforeValidator(_year), WithJsonSchema({"type": ["integer", "string"]}), Form.YEAR
]
Month = Annotated[int, BeforeValidator(_month), WithJsonSchema({"type": ["integer", "string"]}), Form.MONTH]
MarkValue = Annotated[Mark, BeforeValidator(_mark), WithJsonSchema({"enum": [*"◎○△×□"]}), Form.CHOICE]
# A figure of one month: None for a month to come, "-" for one in which nothing is measured.
MonthValue = Annotated[
    Decimal | Literal["-"] | None,
    BeforeValidator(_measured),
    WithJsonSchema({"type": ["number", "string", "null"]}),
]
# What came of a KPI in a year: a figure, or whether it was done.
Result = Annotated[
    Decimal | Literal["実施", "未実施"],
    BeforeValidator(_result),
    WithJsonSchema(_NUMBER_OR_TEXT),
    Form.RESULT,
]


class Entry(BaseModel):
    """A row of the entered data: frozen, and an unknown key is a fault.

    A number where text belongs (資料番号 3) is taken as text, and a key without a value as not written. `noun` is what
    people call such an entry, `entry_list` the list in which it stands, None where it is in none. A field that people
    see in a sheet has a `Column` beside its type.
    """

    noun: ClassVar[str]
    entry_list: ClassVar[EntryList | None] = None
    model_config = ConfigDict(
        frozen=True, extra="forbid", str_strip_whitespace=True, coerce_numbers_to_str=True
    )

    @model_validator(mode="before")
    @classmethod
    def _leave_out_blanks(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        fields = cls.model_fields
        return {k: v for k, v in data.items() if v is not None or k not in fields or fields[k].is_required()}
