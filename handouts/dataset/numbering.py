"""Labels of paragraphs: the families that branches use, reading a label, and printing it in a branch's form."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from handouts.dataset.model import NumberingStyle


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
ESCAPE = "\\"  # what stands behind it is text, whatever it looks like
BLANKS = " \t\u00a0\u2000-\u200a\u202f\u3000"  # as they stand in a character class


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


@dataclass(frozen=True, slots=True)
class Split:
    """A line taken apart; `is_body` where a backslash says that it is text."""

    label: Label | None
    kpi_number: Label | None
    text: str
    is_body: bool = False

    @property
    def label_text(self) -> str:
        """What was typed in front of the text."""
        return "".join(label.text for label in (self.label, self.kpi_number) if label)


def recognise(line: str, families: Collection[Family] = ()) -> Label | None:
    """The label at the start of `line`, which has no blanks before it.

    A letter such as I or Ｖ is a Roman numeral unless `families`, those in use, have only Latin capitals.
    """
    numbered = [label for family, pattern in _NUMBERED if (label := _numbered(family, pattern, line))]
    if numbered:
        known = [label for label in numbered if label.family in families]
        return (known or numbered)[0]
    for family, pattern in _UNNUMBERED:
        if match := pattern.match(line):
            return Label(family, match[0])
    return None


def split_line(text: str, families: Collection[Family]) -> Split:
    """The label and the text of a line; `families` are those of the levels in use."""
    label = recognise(text, families)
    rest = text[len(label.text) :] if label else text
    kpi_number = recognise(rest) if label and label.family is Family.KPI else None
    if kpi_number and kpi_number.family not in KPI_FAMILIES:
        kpi_number = None
    rest = strip_blanks(rest[len(kpi_number.text) :] if kpi_number else rest)
    is_escaped = rest.startswith(ESCAPE)
    return Split(
        label, kpi_number, strip_blanks(rest[1:]) if is_escaped else rest, is_escaped and label is None
    )


def strip_blanks(text: str) -> str:
    """The text without the blanks around it, nor the marks of no width that come along from web pages."""
    return text.strip(_STRIPPED)


def print_label(sample: str, number: int) -> str:
    """The label of `number` in the form of `sample`; raises ValueError past the family's last number."""
    label = _sample(sample)
    if label is None or label.family not in LEVEL_FAMILIES:
        raise ValueError(f"「{sample}」は番号の見本になりません")
    if label.number is None:
        return sample
    if not 1 <= number <= len(label.series):
        raise ValueError(f"「{sample}」の番号は{len(label.series)}までです")
    return f"{label.before}{label.series[number - 1]}{label.after}"


def first_label(label: Label) -> str:
    """The label of the first number in the form of `label`: what a style keeps as a sample."""
    return f"{label.before}{label.series[0]}{label.after}" if label.series else label.text


def family_of(sample: str) -> Family:
    """The family of a sample label; raises ValueError where it is no label."""
    if (label := _sample(sample)) is None:
        raise ValueError(f"「{sample}」は番号の見本になりません")
    return label.family


def check_sample(sample: str, allowed: Collection[Family] = LEVEL_FAMILIES) -> str | None:
    """What is wrong with `sample` as the label of the first number, in the words of the user; None if nothing."""
    label = _sample(sample)
    if label is None or label.family not in allowed:
        return f"「{sample}」は番号の見本になりません"
    if label.number not in (None, 1):
        return f"「{sample}」は最初の番号ではありません（「{print_label(sample, 1)}」と書きます）"
    return None


def check_style(style: NumberingStyle) -> dict[str, str]:
    """What is wrong with the samples of a style, by key; empty if nothing."""
    samples = {f"levels[{index}]": (sample, LEVEL_FAMILIES) for index, sample in enumerate(style.levels)}
    samples["kpi"] = (style.kpi, KPI_FAMILIES)
    samples["kpi_head"] = (style.kpi_head, (Family.KPI,))
    samples["bullet"] = (style.bullet, (Family.BULLET,))
    wrong = {key: check_sample(sample, allowed) for key, (sample, allowed) in samples.items()}
    return {key: reason for key, reason in wrong.items() if reason}


def canonical(label: Label) -> str:
    """The label as it stands in a heading path: Ⅱ, 2, (1), ①, ア, A, i)."""
    first = {
        Family.PAREN: "(1)",
        Family.KATAKANA_PAREN: "(ア)",
        Family.HALF_PAREN: "1)",
        Family.ROMAN_LOWER: "i)",
    }
    if label.number is None:
        return label.text[:1]
    if label.family in first:
        return print_label(first[label.family], label.number)
    return _SERIES[label.family][0][label.number - 1]


@lru_cache(maxsize=256)
def _sample(sample: str) -> Label | None:
    # A sample must be the whole label of a line with text behind it.
    label = recognise(sample + "あ")
    return label if label and label.text == sample else None


def _numbered(family: Family, pattern: re.Pattern[str], line: str) -> Label | None:
    match = pattern.match(line)
    if match is None:
        return None
    before, numeral, after = match.groups()
    for series in _SERIES[family]:
        if numeral in series:
            return Label(family, match[0], series.index(numeral) + 1, before, after, series)
    return None


def _run(first: str, count: int) -> tuple[str, ...]:
    return tuple(chr(ord(first) + index) for index in range(count))


def _wide(series: tuple[str, ...]) -> tuple[str, ...]:
    return tuple("".join(chr(ord(char) + 0xFEE0) for char in numeral) for numeral in series)


_STRIPPED = "".join(char for char in map(chr, range(0x3001)) if char.isspace()) + "\u200b\ufeff"
_DIGITS = tuple(str(number) for number in range(1, 100))
_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_ROMANS_LOWER = tuple(roman.lower() for roman in _ROMANS)
_KATAKANA = tuple(
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
)
_KATAKANA_NARROW = tuple("ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝ")
_LATIN = _run("A", 26)
_ALL_DIGITS = (_DIGITS, _wide(_DIGITS))
_SERIES: dict[Family, tuple[tuple[str, ...], ...]] = {
    Family.ROMAN: (_run("Ⅰ", 12), _ROMANS, _wide(_ROMANS)),
    Family.ARABIC: _ALL_DIGITS,
    Family.PAREN: _ALL_DIGITS,
    Family.HALF_PAREN: _ALL_DIGITS,
    Family.CIRCLED: ((*_run("①", 20), *_run("㉑", 15), *_run("㊱", 15)),),
    Family.KATAKANA: (_KATAKANA, _KATAKANA_NARROW),
    Family.KATAKANA_PAREN: (_KATAKANA, _KATAKANA_NARROW),
    Family.LATIN: (_LATIN, _wide(_LATIN)),
    Family.ROMAN_LOWER: (_run("ⅰ", 12), _ROMANS_LOWER, _wide(_ROMANS_LOWER)),
}

# Every repetition of blanks is possessive (*+): a guard behind it must not be dodged by giving a blank back.
_GAP = f"[{BLANKS}]*+"
_GAPS = f"[{BLANKS}]++"
_DIGIT = "[0-9０-９]"
_NUMBER = f"{_DIGIT}{{1,2}}(?!{_DIGIT})"
_KANA = "[ア-ンｱ-ﾝ]"
_DOT = "[．.、]"
_OPEN, _CLOSE = "[（(]", "[)）]"
# "①～③の取組", "（１）及び（２）": a reference to labels, not a label.
_RANGE = "(?:[～〜~−–—、・-]|及び|および|並びに|又は|または|から|と|や)"
# "7 日以内", "6 年度より": a counted thing, not a bare number in front of a title such as "1 人事制度".
_COUNTED = (
    "(?:年|か?月|[ヶケカヵ]月|日|人|名|割|件|回|枚|点|円|[千万億]+円?|倍|位|歳|次|社|つ|[%％])(?:度|間|目|末|程度){0,2}"
    "(?:[のをにはがとでもやへ、。・（(）)／/～〜~以未前後超中当]|から|まで|より|ごと|$)"
)
_NOT_DECIMAL = f"(?!{_DOT}{_DIGIT}{{1,2}}(?!{_DIGIT}))"

# Family, what stands before the numeral, the numeral, what stands after it, and what must not follow.
_FORMS = (
    (Family.ROMAN, "", "[Ⅰ-Ⅻ]", f"(?:{_DOT}{_GAP}|{_GAPS}|(?!型|[期種類相群度号部](?![一-鿿])))", ""),
    (Family.ROMAN, "", "(?:[IVX]{1,4}|[ＩＶＸ]{1,4})", f"{_DOT}{_GAP}", "[A-Za-z][.]"),
    (Family.ARABIC, "", f"{_NUMBER}{_NOT_DECIMAL}", f"{_DOT}{_GAP}", ""),
    (Family.ARABIC, "", _NUMBER, _GAPS, f"(?:{_COUNTED}|{_DIGIT}++(?:[{BLANKS}]|$))"),
    (Family.PAREN, f"{_OPEN}{_GAP}", _NUMBER, f"{_GAP}{_CLOSE}{_GAP}", ""),
    (Family.HALF_PAREN, "", _NUMBER, f"{_GAP}{_CLOSE}{_GAP}", ""),
    (Family.CIRCLED, "", "[①-⑳㉑-㉟㊱-㊿]", _GAP, ""),
    (Family.KATAKANA, "", _KANA, f"(?:[．.]{_GAP}|{_CLOSE}{_GAP}|{_GAPS})", ""),
    (Family.KATAKANA_PAREN, f"{_OPEN}{_GAP}", _KANA, f"{_GAP}{_CLOSE}{_GAP}", ""),
    (Family.LATIN, "", "[A-ZＡ-Ｚ]", f"(?:[．.]|{_CLOSE}){_GAP}", "[A-Za-z][.]"),
    (Family.ROMAN_LOWER, f"(?:{_OPEN}{_GAP})?+", "(?:[ivx]{1,4}|[ｉｖｘ]{1,4}|[ⅰ-ⅻ])", f"{_CLOSE}{_GAP}", ""),
    (Family.ROMAN_LOWER, "", "[ⅰ-ⅻ]", f"(?:{_DOT}{_GAP}|{_GAPS})", ""),
)
_NUMBERED = tuple(
    (
        family,
        re.compile(
            f"({before})({numeral})({after})(?!{_RANGE}{_GAP}{before}{numeral}{after}|{guard or '(?!)'})"
        ),
    )
    for family, before, numeral, after, guard in _FORMS
)
_KPI = "(?:KPI|ＫＰＩ)"
_UNIT = f"(?!{_DIGIT}|年|月|日|人|名|割|件|回|か月|[ヶケカ]月|歳|社|円|千|万|億|倍|つ|[%％])"
_UNNUMBERED = tuple(
    (family, re.compile(pattern))
    for family, pattern in (
        (Family.CIRCLE, f"[○〇◯]{_GAP}"),
        (Family.BULLET, f"[・･•]{_GAP}"),
        (Family.DIAMOND, f"◆{_GAP}"),
        (
            Family.KPI,
            f"■{_GAP}{_KPI}{_GAP}[：:]{_GAP}|■{_GAP}{_KPI}(?:{_GAPS}|$)|【{_GAP}{_KPI}{_GAP}】{_GAP}[：:]?+{_GAP}",
        ),
        (Family.GROUP, f"[■●]{_GAP}"),
        # "※2029年度末までに": the digits are the text's, not the note's.
        (Family.NOTE, f"(?:{_OPEN}{_GAP}※(?:{_NUMBER})?+{_GAP}{_CLOSE}|※(?:{_NUMBER}{_UNIT})?){_GAP}"),
        (Family.IMPORTANCE, f"【{_GAP}重要度{_GAP}(?:[：:][^【】]{{0,12}})?】{_GAP}"),
        (Family.DIFFICULTY, f"【{_GAP}困難度{_GAP}(?:[：:][^【】]{{0,12}})?】{_GAP}"),
        (Family.CAPTION, r"(?:【[^【】]{1,15}】|＜[^＜＞]{1,15}＞|〈[^〈〉]{1,15}〉|<[^<>]{1,15}>)$"),
    )
)
