"""Words in kanji are marked whole, as far as two kanji make a word."""

from __future__ import annotations

import pytest

from handouts.comparison import mark


def _marked(old: str, new: str) -> tuple[list[str], list[str]]:
    marks = mark(old, new)
    return [old[start:end] for start, end in marks.old], [new[start:end] for start, end in marks.new]


@pytest.mark.parametrize(
    ("old", "new", "dropped", "added"),
    [
        ("駅の北口に立つ。", "駅の南口に立つ。", "北口", "南口"),
        ("定員以上とする。", "定員以下とする。", "以上", "以下"),
        ("来所受付の時刻", "来所受給の時刻", "受付", "受給"),
        ("前年度に比べる。", "今年度に比べる。", "前年度", "今年度"),
        ("一部の窓口", "一般の窓口", "一部", "一般"),
    ],
)
def test_a_word_of_which_one_kanji_changed_is_marked_whole(
    old: str, new: str, dropped: str, added: str
) -> None:
    assert _marked(old, new) == ([dropped], [added])


@pytest.mark.parametrize(
    ("old", "new", "added"),
    [
        ("前回を上回る", "対前回を上回る", "対"),
        ("利用者を数える", "利用者数を数える", "数"),
        ("施設長及び職員", "施設長等の職員", "等の"),
        ("8割以上が使う", "8割超が使う", "超"),
        ("7年度当初に配る", "7年度中間に配る", "中間"),
        ("年度末 受付", "年度末 発送", "発送"),
    ],
)
def test_kanji_that_make_no_word_with_the_changed_ones_stay(old: str, new: str, added: str) -> None:
    assert _marked(old, new)[1] == [added]


def test_a_lone_kanji_that_became_half_of_a_word_is_marked_with_it() -> None:
    assert _marked("助言も要する。", "助言も必要とする。") == (["要"], ["必要"])


def test_a_kanji_between_two_changes_is_marked_once() -> None:
    assert _marked("甲案乙を採る", "丙案丁を採る") == (["甲案乙"], ["丙案丁"])
