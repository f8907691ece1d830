"""The faults that pydantic finds in entries, in the words of the user."""

from __future__ import annotations

import re
import typing
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pydantic_core import ErrorDetails

from handouts.dataset.fields import ID_PATTERN, Entry
from handouts.dataset.model import RelativeTarget
from handouts.dataset.schemas import ENTRY_FILES, entry_type_at, field_at, short_name
from handouts.dataset.suggestion import suggestion
from handouts.dataset.yaml_text import KeyPath

SHOWN_LENGTH = 40  # characters of a value that a message repeats
_TARGETS = "、".join(typing.get_args(RelativeTarget))
_PAIRS_LINE = "「キー: 値」の行を並べてください。「:」の後には半角の空白が要ります（例 name: 健診推進経費）"
# What to write, by key: a rule of its own says more than the name of a type.
_REMEDIES: Mapping[str, str] = {
    "id": "英小文字で始め、英小文字・数字・ハイフンで書いてください（例 kenshin-annai）",
    "amount": "円の整数で書いてください（例 2902000、または 2,902千円）",
    "target": f"数（例 62.2）か、{_TARGETS}を書いてください。単位は unit、以上・以下は bound に書きます",
    "rate": "0から100までの数で書いてください（例 62.2）",
    "eligible": "人数を0以上の整数で書いてください（例 262059）",
    "planned": "人数を0以上の整数で書いてください（例 163001）",
    "new": "true（付ける）か false（付けない）と書くか、行ごと消してください",
    "totals": "true（載せる）か false（載せない）と書いてください",
    "date": "2025-01-17 や 令和7年1月17日 の形で書いてください",
    "fiscal_year": "令和7年度、令和７年度、2025（令和7）年度、R7 のどれかの形で書いてください",
    "edition": "案、本部提出、最終のどれかを書いてください",
    "previous": "隣にある前年度のフォルダーの名前だけを書いてください（例 gunma-r6）",
    "earlier": "隣にある、審査を受ける前の版のフォルダーの名前だけを書いてください（例 fukushima-r7-an）",
    "recipients": "「- 氏名 <アドレス>」の行を並べてください（例 - 群馬 太郎 <taro@example.jp>）",
    "executed": "円の整数で書いてください（例 1045072）。まだ執行していなければ 0 と書きます",
    "year": "R3、令和3年度、2021年度 のどれかの形で書いてください",
    "as_of": "9月 のように、1月から12月のどれかを書いてください",
    "values": "12か月分を表の月の順に並べ、これからの月は null、数えない月は - と書いてください。桁区切りの「,」は書けません",
    "actuals": "数（例 93.9）か、文だけの目標なら 実施 か 未実施 と書いてください",
    "averages": "数で書いてください（例 95.6）。全国平均がないものは、行ごと消してください",
    "mark": "◎、○、△、×、□ のどれかを書いてください。書かなければ、目標と実績から決まります",
    "rank": "1から47までの整数で書いてください（例 43）",
    "listed": "true（載せる）か false（載せない）と書いてください",
    "slash": "true（引く）か false（引かない）と書いてください",
    "decimals": "0から4までの整数で書いてください（例 1）",
    "running": "階層を整数で並べてください（例 [3]）",
    "months": "4月始まり か 3月始まり と書いてください",
    "entered": "単月 か 累計 と書いてください",
    "rows": "単月、累計、率のうち、印刷する行を [ ] に並べてください（例 [単月, 累計, 率]）",
    "closing": "表の右端の欄は、計、合計、累計、平均、実施率から [ ] に並べ（例 [計, 実施率]）、行の closing は数で書いてください",
    "plan": "計画の行の終わりに {#名前} のように付けた名前を書いてください（例 kenshin）",
    "monthly": "月別の表の id を [ ] に並べてください（例 [checkup]）",
    "opening": "数で書いてください（例 601）",
    "levels": '上の階層から順に並べてください（例 ["Ⅰ．", "１ ", "（１）", "① ", "ア "]）',
    "marks": '語句を [ ] の中に並べてください（例 kenshin: ["効果的に"]）',
    "pairs": "前年度の段落の id か、新しい段落なら null と書いてください（例 kenshin: kenshin-annai）",
}
# What to write for one of the values that a key holds.
_PART_REMEDIES: Mapping[str, str] = {
    "values": "数を書いてください（例 9957）。これからの月は null、数えない月は - と書きます",
    "monthly": "英小文字で始め、英小文字・数字・ハイフンで書いてください（例 checkup）",
}
_KEY_REMEDIES: Mapping[str, str] = {
    "values": "1月から12月までの月と数を、桁区切りの「,」なしで書いてください（例 {4月: 9957, 5月: 13008}）",
    "actuals": "年度を R3 や 令和3年度 の形で書いてください（例 {R3: 94.6}）",
    "averages": "年度を R3 や 令和3年度 の形で書いてください（例 {R5: 95.6}）",
    "targets": "年度を R6 や 令和6年度 の形で書いてください（例 {R6: 65.9%以上}）",
}
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
        name, _ = field_at(model, path)
        return f"「{path[-1]}」{_reason(error)}", "", _KEY_REMEDIES.get(name, _UNFORESEEN[1])
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
    return found, _REMEDIES.get(key, ""), f"「{key}: 」の行を足してください"


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
        remedy = _REMEDIES["id"]
    allowed = ""
    if error["type"] == "literal_error" and name not in _REMEDIES:
        allowed = f"選べるのは {'、'.join(_choices(error))} です"
    if error["type"] not in ("model_type", "dict_type"):
        remedies = _REMEDIES if path[-1:] == (name,) else {**_REMEDIES, **_PART_REMEDIES}
        remedy = remedies.get(name, remedy)
    return f"{_noun(model, path)}{fault_sentence(error, name)}", allowed, remedy


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
