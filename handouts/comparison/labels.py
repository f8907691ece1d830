"""The printed label at the start of a paragraph: its kind, its number and where it ends."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# From the outermost level to the innermost. No public plan uses all of them, but in none of them do two
# stand the other way round. Kinds on the same line share a level.
_LEVELS: tuple[tuple[str, ...], ...] = (
    ("roman",),
    ("number",),
    ("circle",),
    ("parenthesised",),
    ("circled",),
    ("kana",),
    ("small_roman",),
    ("bullet",),
    ("letter",),
    ("bracket", "indicator", "square"),
    ("closed",),
    ("note", "plain"),
)
LEVEL = {kind: level for level, kinds in enumerate(_LEVELS) for kind in kinds}

# "①～③の取組" and "(1)及び(2)" speak of other paragraphs: what they begin with is no label.
_ALONE = r"(?!\s*(?:[~〜～、，]|及び|又は|から))"

# "8 割以上" and "6 年度" begin with a figure, "2 社会保険" and "1 人事" with a label. Where it is in doubt
# the figure wins, because a changed figure that goes unmarked does more harm than a marked label.
_COUNTER = "[年月日時分秒週人名件割回円社歳倍点位枚種期校町村]"
_NO_QUANTITY = (
    rf"(?!\s*(?:{_COUNTER}(?:[^一-鿿]|[度以未超間当目前後]|\Z)"
    r"|[百千万億兆%％a-zａ-ｚ㌀-㏿]|[かヵヶカケ箇個][月所国年]|つ|種類|支部|事業所|団体|ポイント|パーセント))"
)
_NUMBER = r"\d{1,2}(?:[.．](?!\d)|(?=\s))" + _NO_QUANTITY
_PARENTHESISED = r"[(（]\d{1,2}[)）]|[⑴-⒇]"
_CLOSED = r"\d{1,2}(?:[-－]\d{1,2})?[)）]"
_CIRCLED = r"[①-⑳㉑-㉟]"

_KINDS = {
    "roman": r"(?:[Ⅰ-Ⅻ]+[.．]?|[IVXＩＶＸ]{1,4}[.．])(?!\d)" + _NO_QUANTITY,
    "indicator": rf"■\s*(?:KPI|ＫＰＩ)\s*[:：]\s*(?:(?:{_PARENTHESISED}|{_CLOSED}|{_CIRCLED}){_ALONE})?",
    "square": r"[■□]",
    "bracket": r"(?=【)",
    "note": r"[(（]※\d{0,2}[)）]|※(?:\d{1,2}(?![\d.,．，])" + _NO_QUANTITY + ")?",
    "parenthesised": _PARENTHESISED,
    "closed": _CLOSED,
    "circled": _CIRCLED,
    "kana": r"[(（][ア-ン][)）]|[ア-ンｱ-ﾝ](?:[.．)）]|(?=\s))",
    "small_roman": r"[(（]?(?:[ivxｉｖｘ]{1,4}|[ⅰ-ⅻ])[)）]",
    "letter": r"[A-ZＡ-Ｚ][.．](?![A-ZＡ-Ｚ][.．])",
    "number": _NUMBER,
    "circle": r"[○◯●◎◆◇]",
    "bullet": r"[・･]",
}
_LABEL = re.compile(
    rf"\s*(?:{'|'.join(f'(?P<{kind}>{pattern})' for kind, pattern in _KINDS.items())}){_ALONE}"
)


@dataclass(frozen=True, slots=True)
class Label:
    """What a paragraph begins with; `end` is where its own words begin."""

    kind: str
    number: str
    end: int


def read_label(text: str) -> Label:
    """Return the label of `text`; a paragraph without one is plain and begins at its first character."""
    found = _LABEL.match(text)
    if found is None or found.lastgroup is None:
        return Label("plain", "", 0)
    kind = found.lastgroup
    number = "".join(filter(str.isalnum, unicodedata.normalize("NFKC", found[kind])))
    return Label(kind, number.removeprefix("KPI"), found.end())
