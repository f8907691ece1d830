"""What came of reading a dataset, and the faults of its entries in the words of the user."""

from __future__ import annotations

import difflib
import re
import typing
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from handouts.dataset.model import ID_LENGTH, Dataset, Entry, RelativeTarget
from handouts.dataset.schemas import (
    BUDGET_FILE,
    DATASET_FILE,
    DATASET_FILES,
    ENTRY_FILES,
    KPI_FILE,
    PLAN_FILE,
    ROW_FILES,
    entry_type_at,
    field_at,
    short_name,
)
from handouts.dataset.yaml_text import KeyPath, YamlText, key_text
from handouts.errors import Finding, Place

EntryType = TypeVar("EntryType", bound=Entry)
SHOWN_LENGTH = 40  # characters of a value that a message repeats

_TARGETS = "、".join(typing.get_args(RelativeTarget))
_PAIRS_LINE = "「キー: 値」の行を並べてください。「:」の後には半角の空白が要ります（例 name: 健診推進経費）"
# What to write, by key: a rule of its own says more than the name of a type.
_REMEDIES: Mapping[str, str] = {
    "id": f"英小文字で始め、英小文字・数字・ハイフンの{ID_LENGTH}文字以内にしてください（例 kenshin-annai）",
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
    "levels": '上の階層から順に並べてください（例 ["Ⅰ．", "１ ", "（１）", "① ", "ア "]）',
    "marks": '語句を [ ] の中に並べてください（例 kenshin: ["効果的に"]）',
    "pairs": "前年度の段落の id か、新しい段落なら null と書いてください（例 kenshin: kenshin-annai）",
}
# How each kind of error that pydantic reports reads after the name of the field, and what helps.
_SENTENCES: Mapping[str, tuple[str, str]] = {
    "string_type": ("は文字ではありません", "文字で書いてください"),
    "string_too_short": ("が空です", "書き入れてください"),
    "string_too_long": ("は長すぎます", "短くしてください"),
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
_FILE_OF = {
    "dataset": DATASET_FILE,
    "plan": PLAN_FILE,
    "budget": BUDGET_FILE,
    "kpi": KPI_FILE,
    "population": KPI_FILE,
}
_UNFORESEEN = ("は使えません", "見本の書き方と見比べて、書き直してください")


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading a dataset: None where too little could be read, and everything that was found.

    `places` says where it was entered: "plan:ID", "budget:ID", "kpi:ID", "population:ID", "dataset:KEY", and
    a field of it as "budget:ID.topic". The second entry of an id stands as "budget:ID#2". An entry that is
    missing from the dataset because it is at fault has its place all the same.
    """

    dataset: Dataset | None
    findings: tuple[Finding, ...]
    places: Mapping[str, Place]


def in_file_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings in the order of the files, then of the lines; those on the folder come first."""

    def order(finding: Finding) -> tuple[int, int]:
        file = finding.place.file
        return DATASET_FILES.index(file) if file in DATASET_FILES else -1, finding.place.line or 0

    return tuple(sorted(findings, key=order))


def entry_refs(kind: str, ids: Iterable[str]) -> Iterator[str]:
    """The key in `places` of each entry, in order: kind:ID, and kind:ID#2 for an id that is given again."""
    counts: Counter[str] = Counter()
    for entry_id in ids:
        counts[entry_id] += 1
        ref, count = f"{kind}:{entry_id}", counts[entry_id]
        yield ref if count == 1 else f"{ref}#{count}"


def place_of(ref: str, places: Mapping[str, Place]) -> Place:
    """Where the entry or its field stands; at least the file, where nobody noted more."""
    kind = ref.partition(":")[0]
    return places.get(ref) or places.get(ref.partition(".")[0]) or Place(_FILE_OF[kind])


def suggestion(word: str, known: Iterable[str]) -> str:
    """A question that names the known word nearest to `word`; empty where none is near."""
    near = difflib.get_close_matches(word, list(known), 1)
    return f"「{near[0]}」の書き間違いではありませんか" if near else ""


def read_entries(
    model: type[EntryType], source: YamlText, file: str
) -> tuple[EntryType | None, tuple[Finding, ...]]:
    """The entries of `file` without those at fault, and the faults.

    None where the rest would mislead: a key that must be is missing, or nobody knows which ids there are.
    """
    data: Any = {} if source.data is None else source.data
    try:
        return model.model_validate(data), ()
    except ValidationError as error:
        errors = error.errors(include_url=False)
    findings = tuple(_findings(model, errors, source, file))
    if model in ROW_FILES and any(_hides_an_id(error) for error in errors):
        return None, findings
    try:
        return model.model_validate(_without_faults(data, errors)), findings
    except ValidationError:
        return None, findings


def _hides_an_id(error: ErrorDetails) -> bool:
    """Whether the fault lies in a whole list, a whole row, or the id of a row."""
    return len(error["loc"]) <= 2 or error["loc"][2] == "id"


def _without_faults(data: Any, errors: list[ErrorDetails]) -> Any:
    if not isinstance(data, dict):
        return {}
    bad = {error["loc"][: 2 if isinstance(data.get(error["loc"][0]), list) else 1] for error in errors}
    return {
        key: [row for index, row in enumerate(value) if (key, index) not in bad]
        if isinstance(value, list)
        else value
        for key, value in data.items()
        if (key,) not in bad
    }


def _findings(
    model: type[Entry], errors: list[ErrorDetails], source: YamlText, file: str
) -> Iterator[Finding]:
    seen: set[KeyPath] = set()
    for error in errors:
        path = _path(error, source)
        # A field that may be of several types gives one error for each of them.
        if path not in seen:
            seen.add(path)
            of_key = error["type"] == "extra_forbidden" or "[key]" in error["loc"]
            yield Finding(_place(path, source, file, of_key), *_words(model, error, path))


def _path(error: ErrorDetails, source: YamlText) -> KeyPath:
    """The key path that the error is about, without the parts that pydantic adds for its own types."""
    path = error["loc"]
    while error["type"] != "missing" and path and path not in source.values:
        path = path[:-1]
    return path


def _place(path: KeyPath, source: YamlText, file: str, of_key: bool) -> Place:
    if of_key:
        return Place(file, *source.keys[path], key_text(path))
    standing = next(path[:n] for n in range(len(path), -1, -1) if path[:n] in source.values or n == 0)
    line, column = source.values.get(standing, (None, None))
    return Place(file, line, column, key_text(path) or None)


def _words(model: type[Entry], error: ErrorDetails, path: KeyPath) -> tuple[str, str, str]:
    if error["type"] == "missing":
        return _missing(model, path)
    if error["type"] == "extra_forbidden":
        return _unknown_key(entry_type_at(model, path[:-1]), str(path[-1]))
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
    sentence, remedy = _SENTENCES.get(error["type"], _UNFORESEEN)
    sentence = sentence.format_map(error.get("ctx", {}))
    if error["type"] == "value_error":
        sentence = _reason(error)
    if error["input"] is None:
        sentence, remedy = "の値が書かれていません", "書き入れてください"
    elif name == "id" and error["type"] == "string_pattern_mismatch":
        sentence = "に、id に使えない文字があります"
    elif name == "target":
        sentence = "は目標になりません"
    allowed = ""
    if error["type"] == "literal_error" and name not in _REMEDIES:
        allowed = f"選べるのは {'、'.join(_choices(error))} です"
    remedy = remedy if error["type"] in ("model_type", "dict_type") else _REMEDIES.get(name, remedy)
    return f"{_noun(model, path)}{_shown(error['input'])}{sentence}", allowed, remedy


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
