"""Labels: recognising them in the forms of the public documents, and printing them in the form of a sample."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.dataset.model import NumberingStyle
from handouts.dataset.numbering import (
    NUMBERED,
    Family,
    canonical,
    check_sample,
    check_style,
    family_of,
    print_label,
    recognise,
    split_line,
)

NUMBERED_FORMS = [
    (
        Family.ROMAN,
        ["Ⅰ．|Ⅱ．|Ⅲ．", "I. |II. |III. ", "Ⅰ |Ⅱ |Ⅲ ", "Ｉ．|ＩＩ．|ＩＩＩ．", "Ⅰ|Ⅱ|Ⅲ", "Ⅰ、|Ⅱ、|Ⅲ、"],
    ),
    (
        Family.ARABIC,
        ["１．|２．|３．", "1. |2. |3. ", "1 |2 |3 ", "１　|２　|３　", "1.|2.|3.", "１、|２、|３、"],
    ),
    (Family.PAREN, ["（１）|（２）|（３）", "(1) |(2) |(3) ", "（1） |（2） |（3） ", "(1)|(2)|(3)"]),
    (Family.HALF_PAREN, ["1) |2) |3) ", "１）|２）|３）", "1）|2）|3）"]),
    (Family.CIRCLED, ["①|②|③", "① |② |③ "]),
    (Family.KATAKANA, ["ア |イ |ウ ", "ア．|イ．|ウ．", "ア）|イ）|ウ）", "ｱ |ｲ |ｳ "]),
    (Family.KATAKANA_PAREN, ["（ア）|（イ）|（ウ）", "(ｱ) |(ｲ) |(ｳ) "]),
    (Family.LATIN, ["Ａ．|Ｂ．|Ｃ．", "A. |B. |C. ", "A)|B)|C)"]),
    (
        Family.ROMAN_LOWER,
        ["i) |ii) |iii) ", "i）|ii）|iii）", "(ⅰ)|(ⅱ)|(ⅲ)", "ⅰ）|ⅱ）|ⅲ）", "（i）|（ii）|（iii）"],
    ),
]
ROWS = [(family, row.split("|")) for family, rows in NUMBERED_FORMS for row in rows]
SAMPLES = [row[0] for _, row in ROWS]

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


@pytest.mark.parametrize("text", ["2029年度末まで", "6年度から", "10月から", "3割"])
def test_the_figure_behind_a_note_mark_belongs_to_the_text(text: str) -> None:
    assert split_line(f"※{text}", ()).text == text


def test_a_letter_is_a_roman_numeral_unless_only_latin_capitals_are_in_use() -> None:
    assert [label.family for label in (recognise("I. 柱"), recognise("I. 柱", [Family.LATIN])) if label] == [
        Family.ROMAN,
        Family.LATIN,
    ]


@pytest.mark.parametrize("row", [row for _, row in ROWS], ids=SAMPLES)
def test_a_label_is_printed_in_the_form_of_the_sample(row: list[str]) -> None:
    assert [print_label(row[0], number) for number in (1, 2, 3)] == row
    assert print_label(row[2], 1) == row[0]


@pytest.mark.parametrize(
    ("sample", "number", "printed"),
    [
        ("（１）", 12, "（１２）"),
        ("(1) ", 12, "(12) "),
        ("Ⅰ．", 12, "Ⅻ．"),
        ("① ", 36, "㊱ "),
        ("ア ", 46, "ン "),
        ("○ ", 7, "○ "),
    ],
)
def test_large_numbers_keep_the_width_of_the_sample(sample: str, number: int, printed: str) -> None:
    assert print_label(sample, number) == printed


@pytest.mark.parametrize(
    ("sample", "last"), [("①", 50), ("ア ", 46), ("Ａ．", 26), ("Ⅰ．", 12), ("i)", 12), ("１．", 99)]
)
def test_a_number_past_the_last_of_its_family_is_refused(sample: str, last: int) -> None:
    assert print_label(sample, last)
    with pytest.raises(ValueError, match=f"{last}まで"):
        print_label(sample, last + 1)


@given(sample=st.sampled_from(SAMPLES), number=st.integers(1, 12))
def test_every_printed_label_is_read_back(sample: str, number: int) -> None:
    families = (family_of(sample),)
    label = recognise(f"{print_label(sample, number)}相談", families)
    assert label is not None
    assert (label.family, label.number, label.text) == (families[0], number, print_label(sample, number))


@pytest.mark.parametrize("sample", [*SAMPLES, "○ ", "○"])
def test_a_first_label_is_a_valid_sample(sample: str) -> None:
    assert check_sample(sample) is None


@pytest.mark.parametrize(
    "sample", ["", "1", "ア", "A", "柱", "（３）", "② ", "・", "■KPI：", "1\n", "１．柱"]
)
def test_anything_else_is_no_sample(sample: str) -> None:
    assert f"「{sample}」は" in (check_sample(sample) or "")


def test_a_sample_of_another_number_is_answered_with_the_right_one() -> None:
    assert "「（１）」と書きます" in (check_sample("（３）") or "")


def test_a_style_is_checked_sample_by_sample() -> None:
    assert check_style(NumberingStyle()) == {}
    wrong = NumberingStyle(levels=("Ⅰ．", "節"), kpi="ア ", kpi_head="KPI", bullet="-")
    assert list(check_style(wrong)) == ["levels[1]", "kpi", "kpi_head", "bullet"]


def test_a_line_is_taken_apart_into_label_kpi_number_and_text() -> None:
    split = split_line("■ KPI：１） 受診率を60%以上とする", ())
    assert (split.label_text, split.text) == ("■ KPI：１） ", "受診率を60%以上とする")
    assert split.kpi_number is not None
    assert split.kpi_number.number == 1


@pytest.mark.parametrize(
    ("line", "text", "is_body"),
    [("\\①のとおり", "①のとおり", True), ("①\\～③の取組", "～③の取組", False), ("\\\\円", "\\円", True)],
)
def test_a_backslash_makes_text_of_what_follows(line: str, text: str, is_body: bool) -> None:
    split = split_line(line, ())
    assert (split.text, split.is_body) == (text, is_body)


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
