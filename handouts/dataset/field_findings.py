"""The faults that pydantic finds in entries, as findings on their fields."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pydantic_core import ErrorDetails

from handouts.characters import shortened
from handouts.dataset.columns import Column, Form
from handouts.dataset.declared import column_of, entry_type_at, field_at, short_name
from handouts.dataset.fields import ID_PATTERN, Entry
from handouts.dataset.schemas import ENTRY_FILES
from handouts.dataset.suggestion import nearest
from handouts.dataset.yaml_text import KeyPath
from handouts.findings import ByForm, FieldTerm, Finding, Place, Rule

SHOWN_LENGTH = 40  # characters of a value that a message repeats
_PAIRS = "「キー: 値」の行を並べてください。「:」の後には半角の空白が要ります（例 name: 健診推進経費）"
_EMPTY = ByForm("{field:noun}の値が書かれていません", "{field}が空です")
FIELD_MISSING = Rule(
    "field.missing",
    ByForm("「{key}」（{field:noun}）がありません", "{field}が空です"),
    ByForm("{field:remedy}", "{field:allowed}"),
    ByForm("「{key}: 」の行を足してください", "書き入れてください"),
)
FIELD_EMPTY = Rule("field.empty", _EMPTY, ByForm("", "{field:allowed}"), "書き入れてください")
UNKNOWN_KEY = Rule(
    "field.unknown-key",
    "「{key}」というキーはありません",
    "使えるのは {known} です",
    "行ごと消してください",
)
BLANKS_AROUND_KEY = Rule(
    "field.blanks-around-key",
    "「{key}」というキーはありません",
    "使えるのは {known} です",
    "「{bare}」の前後にある全角の空白を消してください",
)
KEY_OF_ANOTHER_FILE = Rule(
    "field.key-of-another-file",
    "「{key}」というキーはありません",
    "使えるのは {known} です",
    "「{key}」は {file} に書いてください",
)
KEY_IN_OTHER_WORDS = Rule(
    "field.key-in-other-words",
    "「{key}」というキーはありません",
    "使えるのは {known} です",
    "「{meant}」と書いてください",
)
WRONG_KEY = Rule("field.wrong-key", "「{key}」は{reason}", remedy="{remedy}")
UNKNOWN_KIND = Rule(
    "field.unknown-kind", "「{key}」という種類はありません", "書けるのは {known} です", "書き直してください"
)
NO_SERIES = Rule(
    "months.no-series",
    ByForm("行に1つも書かれていません", "この表の行が、シート「月次」に一つもありません"),
    remedy=ByForm("書き入れてください", "シート「月次」に年度ごとの行を書くか、表を消してください"),
)


def _rule(name: str, sentence: str, in_sheet: str = "") -> Rule:
    found = f"{{field:noun}}{{value:「」}}{sentence}"
    return Rule(
        f"field.{name}",
        ByForm(found, f"{{field}}{{value:「」}}{in_sheet}") if in_sheet else found,
        "{field:allowed}",
        "{field:remedy}",
    )


NOT_A_CHOICE = _rule("not-a-choice", "は選べません")
NOT_A_FLAG = _rule("not-a-flag", "は true でも false でもありません", in_sheet="は選べません")
WRONG_ID = _rule("wrong-id", "に、id に使えない文字があります")
NOT_A_TARGET = _rule("not-a-target", "は目標になりません")
BAD_VALUE = _rule("bad-value", "は{reason}")
UNUSABLE = _rule("unusable", "は使えません")
_UNFORESEEN = UNUSABLE, "見本の書き方と見比べて、書き直してください"
_NOT_WHOLE = _rule("not-whole", "は整数ではありません"), "整数で書いてください"
_NOT_PAIRS = _rule("not-pairs", "は「キー: 値」の形ではありません"), _PAIRS
_FLAG = NOT_A_FLAG, "true か false と書いてください"
# For each kind of error that pydantic reports, what is wrong, and what helps where the field says nothing better.
_RULES: Mapping[str, tuple[Rule, str]] = {
    "string_type": (_rule("not-text", "は文字ではありません"), "文字で書いてください"),
    "string_too_short": (_rule("too-short", "が空です"), "書き入れてください"),
    "string_too_long": (
        _rule("too-long", "は長すぎます（{max_length}文字までです）"),
        "短くしてください",
    ),
    "string_pattern_mismatch": (
        _rule("odd-characters", "に使えない文字か改行があります"),
        "1行で書いてください",
    ),
    "literal_error": (NOT_A_CHOICE, "書き直してください"),
    "int_type": _NOT_WHOLE,
    "int_from_float": _NOT_WHOLE,
    "decimal_type": (_rule("not-a-number", "は数ではありません"), "数で書いてください"),
    "greater_than_equal": (_rule("too-small", "は{ge}より小さい数です"), "書き直してください"),
    "less_than_equal": (_rule("too-large", "は{le}より大きい数です"), "書き直してください"),
    "bool_type": _FLAG,
    "bool_parsing": _FLAG,
    "date_type": (_rule("not-a-date", "は日付ではありません"), "日付を書いてください"),
    "tuple_type": (_rule("not-a-list", "は一覧の形ではありません"), "「- 」で始まる行を並べてください"),
    "too_short": (_rule("empty-list", "に1つも書かれていません"), "書き入れてください"),
    "dict_type": _NOT_PAIRS,
    "model_type": _NOT_PAIRS,
}


def field_finding(
    model: type[Entry], error: ErrorDetails, path: KeyPath, place: Place, column: Column | None = None
) -> Finding:
    """The finding on what pydantic reports of the key path; `column` is the one in which it stands, if it is in a sheet."""
    is_of_key = "[key]" in error["loc"]
    if error["type"] == "extra_forbidden":
        return _unknown_key(entry_type_at(model, path[:-1]), str(path[-1]), place)
    if is_of_key and error["type"] == "literal_error":
        known = _choices(error)
        near = nearest(str(path[-1]), known)
        return UNKNOWN_KIND.at(place, near, key=str(path[-1]), known=tuple(known))
    if is_of_key:
        declared = _declared(model, path)
        remedy = (declared.of_key if declared else "") or _UNFORESEEN[1]
        return WRONG_KEY.at(place, key=str(path[-1]), reason=_reason(error), remedy=remedy)
    if error["type"] == "too_short" and path[-1:] == ("series",):
        return NO_SERIES.at(place)
    return _wrong_value(model, error, path, place, column)


def _unknown_key(owner: type[Entry], key: str, place: Place) -> Finding:
    fields = owner.model_fields
    known = tuple(fields)
    if key.strip() in fields:
        return BLANKS_AROUND_KEY.at(place, key=key, known=known, bare=key.strip())
    near = nearest(key, fields)
    elsewhere = [file for file, model in ENTRY_FILES.items() if key in model.model_fields]
    if not near and elsewhere:
        return KEY_OF_ANOTHER_FILE.at(place, key=key, known=known, file=elsewhere[0])
    meant = [name for name, field in fields.items() if key in (field.description or "")]
    if not near and meant:
        return KEY_IN_OTHER_WORDS.at(place, key=key, known=known, meant=meant[0])
    return UNKNOWN_KEY.at(place, near, key=key, known=known)


def _wrong_value(
    model: type[Entry], error: ErrorDetails, path: KeyPath, place: Place, column: Column | None
) -> Finding:
    field = _term(model, error, path, column)
    if error["type"] == "missing":
        return FIELD_MISSING.at(place, field=field, key=str(path[-1]))
    if error["input"] is None:
        return FIELD_EMPTY.at(place, field=field)
    is_closed = column is not None and bool(column.choices) and not column.is_open
    near = nearest(str(error["input"]), column.choices) if column and is_closed else ""
    rule = NOT_A_CHOICE if is_closed else _rule_of(error, field.key)
    limits: dict[str, Any] = {
        name: str(value) for name, value in error.get("ctx", {}).items() if name != "error"
    }
    value = str(error["input"]) if is_closed else shown(error["input"])
    return rule.at(place, near, **{**limits, "field": field, "value": value, "reason": _reason(error)})


def _rule_of(error: ErrorDetails, name: str) -> Rule:
    if error["type"] == "value_error":
        return BAD_VALUE if _reason(error) else UNUSABLE
    if _is_about_an_id(error):
        return WRONG_ID
    return NOT_A_TARGET if name == "target" else _RULES.get(error["type"], _UNFORESEEN)[0]


def _term(model: type[Entry], error: ErrorDetails, path: KeyPath, column: Column | None) -> FieldTerm:
    """The field at fault, with what to write there."""
    name, _ = field_at(model, path)
    declared = _declared(model, path)
    default = _RULES.get(error["type"], _UNFORESEEN)[1]
    remedy = _remedy(declared, is_part=path[-1:] != (name,)) if path else ""
    if error["type"] in ("model_type", "dict_type"):
        remedy = ""
    elif _is_about_an_id(error):
        remedy = remedy or Form.ID.remedy
    choices = tuple(_choices(error)) if error["type"] == "literal_error" and not remedy else ()
    owner = entry_type_at(model, path[:-1]).entry_list
    return FieldTerm(
        list=owner.key if owner else "",
        key=name,
        noun=_noun(model, path),
        heading=column.heading if column else _noun(model, path),
        allowed=column.allowed if column else "",
        remedy=remedy or ("" if error["type"] == "missing" else default),
        choices=choices,
    )


def _declared(model: type[Entry], path: KeyPath) -> Column | None:
    """What the field that the key path lies in declares."""
    name, _ = field_at(model, path)
    owners = (entry_type_at(model, path[:end]) for end in range(len(path) - 1, -1, -1))
    return next((column for owner in owners if (column := column_of(owner, name))), None)


def _remedy(declared: Column | None, is_part: bool) -> str:
    if declared is None:
        return ""
    return (declared.of_part if is_part else "") or declared.remedy or declared.form.remedy


def _is_about_an_id(error: ErrorDetails) -> bool:
    return ID_PATTERN in str(error.get("ctx", {}).get("pattern", ""))


def _reason(error: ErrorDetails) -> str:
    """Why our own code refuses the value; only that is in Japanese, what a library raised is not for the user."""
    reason = str(error.get("ctx", {}).get("error", ""))
    return "" if re.match("[A-Za-z]", reason) else reason


def _choices(error: ErrorDetails) -> list[str]:
    return re.findall("'([^']*)'", str(error.get("ctx", {}).get("expected", "")))


def _noun(model: type[Entry], path: KeyPath) -> str:
    """What the user calls the field in a file: 予算額, 3番目の取組, 「kenshin」の値."""
    if not path:
        return "ファイルの内容"
    name, field = field_at(model, path)
    if isinstance(path[-1], int):
        return f"{path[-1] + 1}番目の{short_name(field.description or name) if field else name}"
    if path[-1] != name or field is None:
        return f"「{path[-1]}」の値"
    return short_name(field.description or name)


def shown(value: Any) -> str:
    """What a message repeats of a value that was entered; nothing of a list or a mapping."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, (str, int, Decimal)):
        return ""
    text = f"{value:f}" if isinstance(value, Decimal) else re.sub(r"\s", " ", str(value))
    return shortened(text, SHOWN_LENGTH)
