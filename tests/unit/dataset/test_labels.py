"""Labels: recognising them in the forms of the public documents."""

from __future__ import annotations

import pytest

from handouts.dataset.labels import NUMBERED, Family, canonical, recognise
from tests.unit.label_forms import NUMBERED_FORMS, ROWS, SAMPLES

UNNUMBERED_FORMS = [
    (Family.CIRCLE, ["○ ", "○", "〇", "◯　"]),
    (Family.BULLET, ["・", "・ ", "･", "• "]),
    (Family.DIAMOND, ["◆ ", "◆"]),
    (Family.KPI, ["■KPI：", "■ KPI : ", "■  KPI：", "■ＫＰＩ：", "■KPI: ", "【KPI】", "【KPI】 "]),
    (Family.GROUP, ["■", "■ ", "●"]),
    (Family.NOTE, ["※", "※ ", "※1 ", "※２", "（※）", "(※) ", "（※１）", "(※1)"]),
    (Family.IMPORTANCE, ["【重要度：高】", "【重要度: 中】", "【 重要度：低 】", "【重要度：高】 "]),
    (Family.DIFFICULTY, ["【困難度：高】", "【困難度:高】"]),
]
MARKS = [(family, label) for family, labels in UNNUMBERED_FORMS for label in labels]


@pytest.mark.parametrize(("family", "row"), ROWS, ids=SAMPLES)
def test_a_numbered_label_is_recognised_with_its_number(family: Family, row: list[str]) -> None:
    for number, typed in enumerate(row, 1):
        label = recognise(f"{typed}健診の案内")
        assert label is not None
        assert (label.family, label.text, label.number) == (family, typed, number)


@pytest.mark.parametrize(("family", "typed"), MARKS)
def test_a_mark_without_number_is_recognised(family: Family, typed: str) -> None:
    label = recognise(f"{typed}健診の案内")
    assert label is not None
    assert (label.family, label.text, label.number) == (family, typed, None)


@pytest.mark.parametrize("line", ["【具体的取組】", "【主な意見】", "＜課題分析＞", "〈背景〉", "<ねらい>"])
def test_a_short_caption_in_brackets_is_a_label_where_it_stands_alone(line: str) -> None:
    label = recognise(line)
    assert label is not None
    assert label.family is Family.CAPTION
    assert recognise(f"{line}を進める。") is None


@pytest.mark.parametrize(("typed", "number"), [("⑳", 20), ("㉑", 21), ("㉟", 35), ("㊱", 36), ("㊿", 50)])
def test_circled_numbers_reach_fifty(typed: str, number: int) -> None:
    label = recognise(f"{typed}相談窓口")
    assert label is not None
    assert label.number == number


FALSE_FRIENDS = [
    "①～③の取組については、関係団体と進める。",
    "①、②については別紙のとおり。",
    "（１）及び（２）の結果を踏まえる。",
    "(1)～(3)に共通する事項",
    "2025(令和7)年12月1日に始まる。",
    "6年度より対象を広げる。",
    "6 年度より対象を広げる。",
    "7 日以内に支払う。",
    "20 mm以下にする",
    "6 月 第1回の会議",
    "3 割を超える。",
    "2 つの柱を立てる。",
    "20枚/月を目安とする。",
    "100%を保つ。",
    "1.5倍に増やす。",
    "１．５倍に増やす。",
    "10 20 30",
    "1-1) 案内の数",
    "A社の事例",
    "A.I.を使う。",
    "U.S.の例",
    "X 線検査",
    "アンケートを行う。",
    "イベントで配る。",
    "Ⅱ型糖尿病の人",
    "i.e. 例示",
    "【 2022（令和4）年度 130mmHg → 2029（令和11）年度 126mmHg 】",
    "（12月に行う。）",
    "(2025年度)",
    "5",
]


@pytest.mark.parametrize("line", FALSE_FRIENDS)
def test_a_false_friend_is_no_label(line: str) -> None:
    assert recognise(line) is None


@pytest.mark.parametrize(
    "line",
    ["1 人事の取組", "２ 日常の業務", "3 月次の点検", "1 件数の管理", "4 年間計画", "１．2029年度の姿"],
)
def test_a_title_that_begins_like_a_count_keeps_its_label(line: str) -> None:
    assert recognise(line) is not None


def test_a_letter_is_a_roman_numeral_unless_only_latin_capitals_are_in_use() -> None:
    assert [label.family for label in (recognise("I. 柱"), recognise("I. 柱", [Family.LATIN])) if label] == [
        Family.ROMAN,
        Family.LATIN,
    ]


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("II. ", "Ⅱ"),
        ("２．", "2"),
        ("（２）", "(2)"),
        ("②", "②"),
        ("イ ", "イ"),
        ("Ｂ．", "B"),
        ("ii）", "ii)"),
        ("◆ ", "◆"),
    ],
)
def test_the_label_in_a_path_does_not_depend_on_its_form(typed: str, path: str) -> None:
    label = recognise(f"{typed}健診")
    assert label is not None
    assert canonical(label) == path


def test_the_numbered_families_are_those_with_forms() -> None:
    assert {family for family, _ in NUMBERED_FORMS} == set(NUMBERED)
