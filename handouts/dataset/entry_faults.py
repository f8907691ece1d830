"""The faults that pydantic finds in entries, in the words of the user."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pydantic_core import ErrorDetails

from handouts.dataset.columns import Column, Form
from handouts.dataset.declared import column_of, entry_type_at, field_at, short_name
from handouts.dataset.fields import ID_PATTERN, Entry
from handouts.dataset.schemas import ENTRY_FILES
from handouts.dataset.suggestion import suggestion
from handouts.dataset.yaml_text import KeyPath

SHOWN_LENGTH = 40  # characters of a value that a message repeats
_PAIRS_LINE = "「キー: 値」の行を並べてください。「:」の後には半角の空白が要ります（例 name: 健診推進経費）"
# How each kind of error that pydantic reports reads after the name of the field, and what helps.
_SENTENCES: Mapping[str, tuple[str, str]] = {
    "string_type": ("は文字ではありません", "文字で書いてください"),
    "string_too_short": ("が空です", "書き入れてください"),
    "string_too_long": ("は長すぎます（{max_length}文字までです）", "短くしてください"),
    "string_pattern_mismatch": ("に使えない文字か改行があります", "1行で書いてください"),
    "literal_error": ("は選べません", "書き直してください"),
    "int_type": ("は整数ではありません", "整数で書いてください"),
    "int_from_float": ("は整数ではありません", "整数で書いてください"),
    "decimal_type": ("は数ではありません", "数で書いてください"),
    "greater_than_equal": ("は{ge}より小さい数です", "書き直してください"),
    "less_than_equal": ("は{le}より大きい数です", "書き直してください"),
    "bool_type": ("は true でも false でもありません", "true か false と書いてください"),
    "bool_parsing": ("は true でも false でもありません", "true か false と書いてください"),
    "date_type": ("は日付ではありません", "日付を書いてください"),
    "tuple_type": ("は一覧の形ではありません", "「- 」で始まる行を並べてください"),
    "too_short": ("に1つも書かれていません", "書き入れてください"),
    "dict_type": ("は「キー: 値」の形ではありません", _PAIRS_LINE),
    "model_type": ("は「キー: 値」の形ではありません", _PAIRS_LINE),
}
_UNFORESEEN = ("は使えません", "見本の書き方と見比べて、書き直してください")


def fault_words(model: type[Entry], error: ErrorDetails, path: KeyPath) -> tuple[str, str, str]:
    """What was found at the key path, what is allowed there, and what to do."""
    if error["type"] == "missing":
        return _missing(model, path)
    if error["type"] == "extra_forbidden":
        return _unknown_key(entry_type_at(model, path[:-1]), str(path[-1]))
    if "[key]" in error["loc"] and error["type"] != "literal_error":
        column = _column(model, path)
        return f"「{path[-1]}」{_reason(error)}", "", (column and column.of_key) or _UNFORESEEN[1]
    if "[key]" in error["loc"]:
        known = _choices(error)
        found = f"「{path[-1]}」という種類はありません"
        return (
            found,
            f"書けるのは {'、'.join(known)} です",
            suggestion(str(path[-1]), known) or "書き直してください",
        )
    return _wrong_value(model, error, path)


def _missing(model: type[Entry], path: KeyPath) -> tuple[str, str, str]:
    key = str(path[-1])
    found = f"「{key}」（{_noun(model, path)}）がありません"
    return found, _remedy(model, path), f"「{key}: 」の行を足してください"


def _unknown_key(owner: type[Entry], key: str) -> tuple[str, str, str]:
    fields = owner.model_fields
    meant = [name for name, field in fields.items() if key in (field.description or "")]
    elsewhere = [file for file, model in ENTRY_FILES.items() if key in model.model_fields]
    remedy = suggestion(key, fields)
    if key.strip() in fields:
        remedy = f"「{key.strip()}」の前後にある全角の空白を消してください"
    elif not remedy and elsewhere:
        remedy = f"「{key}」は {elsewhere[0]} に書いてください"
    elif not remedy and meant:
        remedy = f"「{meant[0]}」と書いてください"
    return (
        f"「{key}」というキーはありません",
        f"使えるのは {'、'.join(fields)} です",
        remedy or "行ごと消してください",
    )


def _wrong_value(model: type[Entry], error: ErrorDetails, path: KeyPath) -> tuple[str, str, str]:
    name, _ = field_at(model, path)
    _, remedy = _SENTENCES.get(error["type"], _UNFORESEEN)
    if error["input"] is None:
        remedy = "書き入れてください"
    elif _is_about_an_id(error):
        remedy = Form.ID.remedy
    allowed = ""
    if error["type"] == "literal_error" and not _remedy(model, path):
        allowed = f"選べるのは {'、'.join(_choices(error))} です"
    if error["type"] not in ("model_type", "dict_type"):
        remedy = _remedy(model, path, of_part=path[-1:] != (name,)) or remedy
    return f"{_noun(model, path)}{fault_sentence(error, name)}", allowed, remedy


def _column(model: type[Entry], path: KeyPath) -> Column | None:
    """The column of the field that the key path lies in."""
    name, _ = field_at(model, path)
    return next(
        (
            column
            for end in range(len(path), 0, -1)
            if (column := column_of(entry_type_at(model, path[: end - 1]), name))
        ),
        None,
    )


def _remedy(model: type[Entry], path: KeyPath, of_part: bool = False) -> str:
    """What to write in the field of a file; empty where nothing more is to be said than what is wrong."""
    column = _column(model, path)
    if column is None:
        return ""
    return (column.of_part if of_part else "") or column.remedy or column.form.remedy


def fault_sentence(error: ErrorDetails, name: str) -> str:
    """What is said of a value behind the name of its field `name`: the value itself, and what is wrong with it."""
    sentence, _ = _SENTENCES.get(error["type"], _UNFORESEEN)
    sentence = sentence.format_map(error.get("ctx", {}))
    if error["type"] == "value_error":
        sentence = _reason(error)
    if error["input"] is None:
        sentence = "の値が書かれていません"
    elif _is_about_an_id(error):
        sentence = "に、id に使えない文字があります"
    elif name == "target":
        sentence = "は目標になりません"
    return f"{_shown(error['input'])}{sentence}"


def _is_about_an_id(error: ErrorDetails) -> bool:
    return ID_PATTERN in str(error.get("ctx", {}).get("pattern", ""))


def _reason(error: ErrorDetails) -> str:
    reason = str(error.get("ctx", {}).get("error", ""))
    # Only our own reasons are in Japanese; one raised by a library is not for the user.
    return f"は{reason}" if reason and not re.match("[A-Za-z]", reason) else _UNFORESEEN[0]


def _choices(error: ErrorDetails) -> list[str]:
    return re.findall("'([^']*)'", str(error.get("ctx", {}).get("expected", "")))


def _noun(model: type[Entry], path: KeyPath) -> str:
    """What the user calls the field: 予算額, 3番目の取組, 「kenshin」."""
    if not path:
        return "ファイルの内容"
    name, field = field_at(model, path)
    if isinstance(path[-1], int):
        return f"{path[-1] + 1}番目の{short_name(field.description or name) if field else name}"
    if path[-1] != name or field is None:
        return f"「{path[-1]}」の値"
    return short_name(field.description or name)


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "「true」" if value else "「false」"
    if not isinstance(value, (str, int, Decimal)) or value == "":
        return ""
    text = f"{value:f}" if isinstance(value, Decimal) else re.sub(r"\s", " ", str(value))
    return f"「{text if len(text) <= SHOWN_LENGTH else text[:SHOWN_LENGTH] + '…'}」"
