"""Labels of paragraphs: the families that branches use, and reading the label at the start of a line."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TypeAlias


class Family(StrEnum):
    """The kinds of label; each value is one of the family's usual forms."""

    ROMAN = "Ⅰ．"
    ARABIC = "１．"
    PAREN = "（１）"
    HALF_PAREN = "1)"
    CIRCLED = "①"
    KATAKANA = "ア "
    KATAKANA_PAREN = "（ア）"
    LATIN = "Ａ．"
    ROMAN_LOWER = "i)"
    CIRCLE = "○"
    BULLET = "・"
    DIAMOND = "◆"
    KPI = "■KPI："
    GROUP = "■"
    NOTE = "※"
    IMPORTANCE = "【重要度：高】"
    DIFFICULTY = "【困難度：高】"
    CAPTION = "【具体的取組】"


NUMBERED = tuple(Family)[: tuple(Family).index(Family.CIRCLE)]
LEVEL_FAMILIES = (*NUMBERED, Family.CIRCLE)
STANDALONE = (Family.IMPORTANCE, Family.DIFFICULTY, Family.CAPTION)  # need no text behind them
KPI_FAMILIES = (Family.HALF_PAREN, Family.PAREN, Family.CIRCLED, Family.ARABIC)
COMPOUND = re.compile("[0-9０-９]{1,2}[-－−–‐][0-9０-９]{1,2}[)）]")  # 1-1) in a list of KPIs: no label


@dataclass(frozen=True, slots=True)
class Label:
    """A label at the start of a line: `text` is what was typed, with the blanks behind it.

    Of a numbered label `before` and `after` stand around the numeral, and `series` are the numerals of its
    script and width, so that the label of another number can be printed in the same form.
    """

    family: Family
    text: str
    number: int | None = None
    before: str = ""
    after: str = ""
    series: tuple[str, ...] = ()


def recognise(line: str, families: Collection[Family] = ()) -> Label | None:
    """The label at the start of `line`, which has no blanks before it.

    A letter such as I or Ｖ is a Roman numeral unless `families`, those in use, have only Latin capitals.
    """
    forms = _FORMS_BY_BEGINNING.get(line[:1], ())
    numbered = [label for form in forms if (label := _numbered(form, line))]
    if numbered:
        known = [label for label in numbered if label.family in families]
        return (known or numbered)[0]
    for family, beginnings, pattern in _UNNUMBERED:
        if line[:1] in beginnings and (match := _compiled(pattern).match(line)):
            return Label(family, match[0])
    return None


def canonical(label: Label) -> str:
    """The label as it stands in a heading path: Ⅱ, 2, (1), ①, ア, A, i)."""
    if label.number is None:
        return label.text[:1]
    numeral = _SERIES[label.family][0][label.number - 1]
    return _PATH_FORMS.get(label.family, "{}").format(numeral)


def _numbered(form: _Form, line: str) -> Label | None:
    match = _pattern(form).match(line)
    if match is None:
        return None
    before, numeral, after = match.groups()
    for series in _SERIES[form[0]]:
        if numeral in series:
            return Label(form[0], match[0], series.index(numeral) + 1, before, after, series)
    return None


@cache
def _pattern(form: _Form) -> re.Pattern[str]:
    _, before, numeral, after, guard = form
    return re.compile(
        f"({before})({numeral})({after})(?!{_RANGE}{_GAP}{before}{numeral}{after}|{guard or '(?!)'})"
    )


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _run(first: str, count: int) -> tuple[str, ...]:
    return tuple(chr(ord(first) + index) for index in range(count))


def _wide(series: tuple[str, ...]) -> tuple[str, ...]:
    return tuple("".join(chr(ord(char) + 0xFEE0) for char in numeral) for numeral in series)


_DIGITS = tuple(str(number) for number in range(1, 100))
_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_ROMANS_LOWER = tuple(roman.lower() for roman in _ROMANS)
_KATAKANA = tuple(
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
)
_KATAKANA_NARROW = tuple("ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝ")
_LATIN = _run("A", 26)
_ALL_DIGITS = (_DIGITS, _wide(_DIGITS))
# The numerals of each family by script and width; the first are those of a heading path.
_SERIES: dict[Family, tuple[tuple[str, ...], ...]] = {
    Family.ROMAN: (_run("Ⅰ", 12), _ROMANS, _wide(_ROMANS)),
    Family.ARABIC: _ALL_DIGITS,
    Family.PAREN: _ALL_DIGITS,
    Family.HALF_PAREN: _ALL_DIGITS,
    Family.CIRCLED: ((*_run("①", 20), *_run("㉑", 15), *_run("㊱", 15)),),
    Family.KATAKANA: (_KATAKANA, _KATAKANA_NARROW),
    Family.KATAKANA_PAREN: (_KATAKANA, _KATAKANA_NARROW),
    Family.LATIN: (_LATIN, _wide(_LATIN)),
    Family.ROMAN_LOWER: (_ROMANS_LOWER, _wide(_ROMANS_LOWER), _run("ⅰ", 12)),
}
_PATH_FORMS = {
    Family.PAREN: "({})",
    Family.KATAKANA_PAREN: "({})",
    Family.HALF_PAREN: "{})",
    Family.ROMAN_LOWER: "{})",
}

# Every repetition of blanks is possessive (*+): a guard behind it must not be dodged by giving a blank back.
_BLANK = (
    r"[^\S\n\r\x0b\x0c\x1c-\x1f\x85]"  # of any width, but what ends a line; a list of them compiles slowly
)
_GAP = f"{_BLANK}*+"
_GAPS = f"{_BLANK}++"
_DIGIT = "[0-9０-９]"
_NUMBER = f"{_DIGIT}{{1,2}}(?!{_DIGIT})"
_KANA = "[ア-ンｱ-ﾝ]"
_DOT = "[．.、]"
_OPEN, _CLOSE = "[（(]", "[)）]"
# "①～③の取組", "（１）及び（２）": a reference to labels, not a label.
_RANGE = "(?:[～〜~−–—、・-]|及び|および|並びに|又は|または|から|と|や)"
# "7 日以内", "6 年度より", "20 mm": a counted thing, not a bare number in front of a title such as "1 人事制度".
_COUNTED = (
    "(?:年|か?月|[ヶケカヵ]月|日|人|名|割|件|回|枚|点|円|[千万億]+円?|倍|位|歳|次|社|つ|[%％])(?:度|間|目|末|程度){0,2}"
    "(?:[のをにはがとでもやへ、。・（(）)／/～〜~以未前後超中当]|から|まで|より|ごと|\\s|$)|[a-zａ-ｚ]"
)
_NOT_DECIMAL = f"(?!{_DOT}{_DIGIT}{{1,2}}(?!{_DIGIT}))"

# Family, what stands before the numeral, the numeral, what stands after it, and what must not follow.
_Form: TypeAlias = tuple[Family, str, str, str, str]
_FORMS: tuple[_Form, ...] = (
    (Family.ROMAN, "", "[Ⅰ-Ⅻ]", f"(?:{_DOT}{_GAP}|{_GAPS}|(?!型|[期種類相群度号部](?![一-鿿])))", ""),
    (Family.ROMAN, "", "(?:[IVX]{1,4}|[ＩＶＸ]{1,4})", f"{_DOT}{_GAP}", "[A-Za-z][.]"),
    (Family.ARABIC, "", f"{_NUMBER}{_NOT_DECIMAL}", f"{_DOT}{_GAP}", ""),
    (Family.ARABIC, "", _NUMBER, _GAPS, f"(?:{_COUNTED}|{_DIGIT}++(?:{_BLANK}|$))"),
    (Family.PAREN, f"{_OPEN}{_GAP}", _NUMBER, f"{_GAP}{_CLOSE}{_GAP}", ""),
    (Family.HALF_PAREN, "", _NUMBER, f"{_GAP}{_CLOSE}{_GAP}", ""),
    (Family.CIRCLED, "", "[①-⑳㉑-㉟㊱-㊿]", _GAP, ""),
    (Family.KATAKANA, "", _KANA, f"(?:[．.]{_GAP}|{_CLOSE}{_GAP}|{_GAPS})", ""),
    (Family.KATAKANA_PAREN, f"{_OPEN}{_GAP}", _KANA, f"{_GAP}{_CLOSE}{_GAP}", ""),
    (Family.LATIN, "", "[A-ZＡ-Ｚ]", f"(?:[．.]|{_CLOSE}){_GAP}", "[A-Za-z][.]"),
    (Family.ROMAN_LOWER, f"(?:{_OPEN}{_GAP})?+", "(?:[ivx]{1,4}|[ｉｖｘ]{1,4}|[ⅰ-ⅻ])", f"{_CLOSE}{_GAP}", ""),
    (Family.ROMAN_LOWER, "", "[ⅰ-ⅻ]", f"(?:{_DOT}{_GAP}|{_GAPS})", ""),
)


def _beginnings(form: _Form) -> str:
    """The characters with which a label of this form may begin."""
    family, before, *_ = form
    numerals = "".join(numeral[0] for series in _SERIES[family] for numeral in series)
    return f"（({numerals if before.endswith('?+') else ''}" if before else numerals


# A plan has few of the forms, and most of its lines have none: what no line begins with is never compiled.
_FORMS_BY_BEGINNING: dict[str, list[_Form]] = {}
for _form in _FORMS:
    for _character in dict.fromkeys(_beginnings(_form)):
        _FORMS_BY_BEGINNING.setdefault(_character, []).append(_form)
_KPI = "(?:KPI|ＫＰＩ)"
_UNIT = f"(?!{_DIGIT}|年|月|日|人|名|割|件|回|か月|[ヶケカ]月|歳|社|円|千|万|億|倍|つ|[%％])"
# Family, the characters with which its label begins, and the label.
_UNNUMBERED = (
    (Family.CIRCLE, "○〇◯", f"[○〇◯]{_GAP}"),
    (Family.BULLET, "・･•", f"[・･•]{_GAP}"),
    (Family.DIAMOND, "◆", f"◆{_GAP}"),
    (
        Family.KPI,
        "■【",
        f"■{_GAP}{_KPI}{_GAP}[：:]{_GAP}|■{_GAP}{_KPI}(?:{_GAPS}|$)|【{_GAP}{_KPI}{_GAP}】{_GAP}[：:]?+{_GAP}",
    ),
    (Family.GROUP, "■●", f"[■●]{_GAP}"),
    # "※2029年度末までに": the digits are the text's, not the note's.
    (
        Family.NOTE,
        "（(※",
        f"(?:{_OPEN}{_GAP}※(?:{_NUMBER})?+{_GAP}{_CLOSE}|※(?:{_NUMBER}{_UNIT})?){_GAP}",
    ),
    (Family.IMPORTANCE, "【", f"【{_GAP}重要度{_GAP}(?:[：:][^【】]{{0,12}})?】{_GAP}"),
    (Family.DIFFICULTY, "【", f"【{_GAP}困難度{_GAP}(?:[：:][^【】]{{0,12}})?】{_GAP}"),
    (
        Family.CAPTION,
        "【＜〈<",
        r"(?:【[^【】]{1,15}】|＜[^＜＞]{1,15}＞|〈[^〈〉]{1,15}〉|<[^<>]{1,15}>)$",
    ),
)
