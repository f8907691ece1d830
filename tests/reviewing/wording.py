"""Words that reviewers write, and the places in a text where they write them."""

from __future__ import annotations

import re
from itertools import pairwise
from random import Random

from handouts.dataset.labels import recognise

_WORDS = re.compile(r"[一-龠々]{2,}|[ァ-ヶー]{2,}|[ぁ-ん]{2,}|[A-Za-z]{2,}")
_FIGURES = re.compile(r"(?<![0-9.,])[0-9][0-9,]*(?:\.[0-9]+)?(?![0-9.,])")
_NEW_WORDS = (
    "毎月",
    "引き続き",
    "より一層",
    "関係団体と連携して",
    "必要に応じ",
    "年2回",
    "Web",
    "〈試行〉",
    "、",
    "A&B",
)
_NEW_SENTENCES = (
    "関係団体と話し合う場を年2回設け、結果を評議会に報告する。",
    "案内の文面を、加入者が読みやすいものに改める。",
    "前年度の取組を振り返り、効果の薄いものはやめる。",
    "窓口で受けた質問を月ごとにまとめ、ホームページに載せる。",
    "地域の集まりに出向き、制度の使い方を説明する（3回以上）。",
)
_NUMERALS = ("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮", "アイウエオカキクケコサシスセソ", "１２３４５６７８９", "123456789")
_REMARKS = (
    "根拠を示してください。",
    "前年度の実績は？",
    "表現を統一すること。\n本部の様式に合わせてください。",
    "確認済",
)


def label_of(text: str) -> str:
    """The label with which a text begins, or nothing."""
    found = recognise(text)
    return found.text if found else ""


def words_in(text: str) -> list[tuple[int, int]]:
    """Where the words of a text stand, behind its label."""
    behind = len(label_of(text))
    return [found.span() for found in _WORDS.finditer(text) if found.start() >= behind]


def figures_in(text: str) -> list[tuple[int, int]]:
    """Where its figures stand, behind its label."""
    behind = len(label_of(text))
    return [found.span() for found in _FIGURES.finditer(text) if found.start() >= behind]


def new_word(random: Random) -> str:
    """Something to put in."""
    return random.choice(_NEW_WORDS)


def new_sentence(random: Random) -> str:
    """A sentence that no handout has; the number keeps two of them apart."""
    return f"{random.choice(_NEW_SENTENCES)[:-1]}（案{random.randrange(100, 1000)}）。"


def remark(random: Random) -> str:
    """What a comment says, perhaps in two paragraphs."""
    return random.choice(_REMARKS)


def other_figure(random: Random, figure: str) -> str:
    """A figure of the same form that is another one."""
    digits = [index for index, character in enumerate(figure) if character.isdigit()]
    at = random.choice(digits[1:] or digits)
    lowest = 1 if at == 0 else 0
    other = random.choice([digit for digit in range(lowest, 10) if str(digit) != figure[at]])
    return f"{figure[:at]}{other}{figure[at + 1 :]}"


def next_label(label: str) -> str:
    """The label that somebody types behind one: the next number in the same form."""
    for numerals in _NUMERALS:
        for numeral, following in pairwise(numerals):
            if numeral in label:
                return label.replace(numeral, following, 1)
    return label
