"""Which characters are marked: what counts as a change, what does not, and where the marks stand."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from handouts.characters import is_selector
from handouts.comparison import Marks, differences, mark

_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_PLAIN = st.text(alphabet="年度人数、。をする予約案内ABアイ0123456789.,%△", max_size=30)
_TYPED = st.text(alphabet="年をガｶﾞか\u3099㈱½①１1Ａ (（・■【 \u3000\n\x00~〜", max_size=20)
_FORMS = st.lists(
    st.sampled_from(["葛", "葛\U000e0100", "葛\U000e0101", "城", "の", "市、"]), max_size=9
).map("".join)
_ANY = _PLAIN | _TYPED | st.text(max_size=20)


def _marked(old: str, new: str) -> list[str]:
    """Return the marked words of the new text."""
    return [new[start:end] for start, end in mark(old, new).new]


def _dropped(old: str, new: str) -> list[str]:
    """Return the marked words of the old text."""
    return [old[start:end] for start, end in mark(old, new).old]


@pytest.mark.parametrize(
    ("old", "new"),
    [("葛を", "葛\U000e0100を"), ("葛\U000e0100を", "葛\U000e0101を"), ("辻\U000e0100を", "葛\U000e0100を")],
)
def test_another_form_of_an_ideograph_is_a_change_of_one_character(old: str, new: str) -> None:
    assert (_dropped(old, new), _marked(old, new)) == ([old[:-1]], [new[:-1]])


@settings(deadline=None)
@given(_FORMS, _FORMS)
def test_a_selector_is_never_parted_from_its_character(old: str, new: str) -> None:
    marks = mark(old, new)
    for text, spans in ((old, marks.old), (new, marks.new)):
        assert not any(is_selector(text[at]) for span in spans for at in span if 0 < at < len(text))


@settings(deadline=None)
@given(_ANY)
def test_the_same_text_has_no_marks(text: str) -> None:
    assert mark(text, text) == Marks((), ())


@settings(deadline=None)
@given(_ANY, _ANY)
def test_marks_are_sorted_apart_and_within_the_text(old: str, new: str) -> None:
    marks = mark(old, new)
    for text, spans in ((old, marks.old), (new, marks.new)):
        bounds = [bound for span in spans for bound in span]
        assert bounds == sorted(set(bounds))
        assert not bounds or (bounds[0] >= 0 and bounds[-1] <= len(text))


@settings(deadline=None)
@given(_ANY, _ANY)
def test_no_mark_begins_or_ends_with_a_blank(old: str, new: str) -> None:
    assert all(words == words.strip() for words in _marked(old, new))


@settings(deadline=None)
@given(_TYPED)
def test_width_and_composition_are_no_change(typed: str) -> None:
    text = "案" + typed
    assert mark(text, unicodedata.normalize("NFKC", text)) == Marks((), ())


@settings(deadline=None)
@given(_PLAIN, _PLAIN, st.integers(0, 10**7), st.integers(0, 10**7))
def test_a_changed_figure_is_always_marked(before: str, after: str, last: int, this: int) -> None:
    assume(last != this)
    old, new = (f"案{before}は{figure:,}件と{after}" for figure in (last, this))
    start = len(f"案{before}は")
    assert any(s <= start and start + len(f"{this:,}") <= e for s, e in mark(old, new).new)
    assert any(s <= start and start + len(f"{last:,}") <= e for s, e in mark(old, new).old)


@settings(deadline=None)
@given(_PLAIN, _PLAIN)
def test_a_figure_without_a_mark_stands_in_last_years_text(old: str, new: str) -> None:
    old, new = "案" + old, "案" + new
    spans = mark(old, new).new
    unmarked = [
        figure.group()
        for figure in _FIGURE.finditer(new)
        if not any(start <= figure.start() and figure.end() <= end for start, end in spans)
    ]
    assert Counter(unmarked) <= Counter(_FIGURE.findall(old))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("(1) 窓口を増やす。", "（２）窓口を増やす。"),
        ("① 窓口を増やす。", "⑩窓口を増やす。"),
        ("窓口を増やす。", "ア 窓口を増やす。"),
        ("１．窓口の案内", "2 窓口の案内"),
        ("Ⅰ．窓口の案内", "II. 窓口の案内"),
        ("Ａ．窓口の案内", "i) 窓口の案内"),
        ("○窓口の案内", "・ 窓口の案内"),
        ("◆窓口の案内", "窓口の案内"),
        ("■KPI：1) 満足度を上げる", "■ KPI: ② 満足度を上げる"),
        ("2) 満足度を上げる", "■KPI：満足度を上げる"),
        ("※1 電話を除く。", "※2電話を除く。"),
        ("（※）電話を除く。", "※ 電話を除く。"),
    ],
)
def test_another_label_is_no_change(old: str, new: str) -> None:
    assert mark(old, new) == Marks((), ())


@pytest.mark.parametrize(
    ("old", "new", "figure"),
    [
        ("8 割以上の窓口で", "9 割以上の窓口で", "9"),
        ("6年度に始める", "7年度に始める", "7"),
        ("6 年度に始める", "7 年度に始める", "7"),
        ("10 億円を使う", "12 億円を使う", "12"),
        ("1.5倍にする", "2.5倍にする", "2.5"),
        ("20 mm以下にする", "25 mm以下にする", "25"),
        ("※2024年度の値", "※2025年度の値", "2025"),
    ],
)
def test_a_figure_at_the_start_is_no_label(old: str, new: str, figure: str) -> None:
    assert _marked(old, new) == [figure]


def test_references_to_other_labels_are_no_label() -> None:
    assert _marked("①～③を続ける。", "②～③を続ける。") == ["②"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("利用者 300 人", "利用者３００人"),
        ("ｶﾞｲﾄﾞを配る", "ガイドを配る"),
        ("か\u3099いどを配る", "がいどを配る"),
        ("10時〜15時", "10時～15時"),
        ("㈱あおば", "(株)あおば"),
        ("窓口を\x00増\u200bやす", "窓口を増やす"),
    ],
)
def test_width_and_blanks_are_no_change(old: str, new: str) -> None:
    assert mark(old, new) == Marks((), ())


def test_a_new_paragraph_is_marked_whole_but_for_its_label() -> None:
    assert mark("", " (1) 窓口を 増やす。 ") == Marks((), ((5, 13),))


def test_a_dropped_paragraph_is_marked_whole() -> None:
    assert mark("① 窓口を増やす。", "") == Marks(((2, 9),), ())


def test_a_short_new_paragraph_in_hiragana_is_marked() -> None:
    assert _marked("", "まとめ") == ["まとめ"]


def test_a_replaced_word_is_marked_on_both_sides() -> None:
    old, new = "来所者に順番を掲示する。", "来所者に順番を放送する。"
    assert (_dropped(old, new), _marked(old, new)) == (["掲示"], ["放送"])


def test_a_dropped_phrase_is_marked_on_the_old_side_only() -> None:
    old, new = "毎週、職員を集めて予定を確かめる。", "職員を集めて予定を確かめる。"
    assert (_dropped(old, new), _marked(old, new)) == (["毎週、"], [])


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("利用者は1,580人", "利用者は1,680人", "1,680"),
        ("割合は62.2%", "割合は62.7%", "62.7"),
        ("差は△5件", "差は5件", "5"),
        ("窓口にWiFiを置く", "窓口にWebを置く", "Web"),
        ("窓口にタブレットを置く", "窓口にタイマーを置く", "タイマー"),
    ],
)
def test_figures_and_foreign_words_are_marked_whole(old: str, new: str, words: str) -> None:
    assert _marked(old, new) == [words]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("予約の枠を増やして待ち時間を縮める。", "予約の枠を増やすため待ち時間を縮める。"),
        ("予約の枠を公開する。", "予約の枠を公開する"),
        ("予約の枠を毎朝公開する。", "予約の枠を、毎朝公開する。"),
        ("予約の枠は朝市と呼ぶ。", "予約の枠は「朝市」と呼ぶ。"),
        ("待ち時間の短縮を図ることで混雑を防ぐ。", "待ち時間を短縮することで混雑を防ぐ。"),
        ("電話を増やすとともに掲示を改め、予約を受ける。", "電話や予約を受ける。"),
    ],
)
def test_joints_of_the_sentence_are_not_marked_as_new(old: str, new: str) -> None:
    assert _marked(old, new) == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("郵送は行う。", "郵送は行わない。", "わない"),
        ("郵送を認めます。", "郵送を認めません。", "せん"),
        ("この方法はよい。", "この方法はよくない。", "くな"),
        ("郵送は行わない。", "郵送は行う。", "う"),
    ],
)
def test_a_negation_is_marked_though_it_is_short(old: str, new: str, words: str) -> None:
    assert _marked(old, new) == [words]


def test_a_short_unchanged_run_between_changes_is_swallowed() -> None:
    assert _marked("窓口で紙の申請を受ける。", "窓口で電子申告の登録を受ける。") == ["電子申告の登録"]


def test_a_word_that_stayed_by_chance_is_marked_on_both_sides() -> None:
    old, new = "窓口では混む朝の後に案内係が付き添う面談を行う。", "窓口では案内及び面談を行う。"
    assert (_dropped(old, new), _marked(old, new)) == (["混む朝の後に案内係が付き添う"], ["案内及び"])


def test_a_word_that_stayed_between_two_omissions_is_not_marked_as_new() -> None:
    assert _marked("朝は南側窓口東側に立つ。", "朝は窓口に立つ。") == []


def test_two_phrases_that_changed_places_are_both_marked() -> None:
    old = "案内板の更新により待ち時間の短縮に取り組み、職員の意見を集める。"
    new = "待ち時間の短縮を急ぐため、案内板の更新に取り組み、職員の意見を集める。"
    assert (_dropped(old, new), _marked(old, new)) == (
        ["案内板の更新により待ち時間の短縮"],
        ["待ち時間の短縮を急ぐため、案内板の更新"],
    )


def test_a_word_that_passed_a_long_phrase_is_marked_alone() -> None:
    old, new = (
        "順番の見込みを大きな文字で毎朝窓口に掲示する。",
        "毎朝順番の見込みを大きな文字で窓口に掲示する。",
    )
    assert (_dropped(old, new), _marked(old, new)) == (["毎朝"], ["毎朝"])


def test_digits_in_common_are_no_phrase_that_changed_places() -> None:
    assert _marked("大人1,300円と子供500円", "大人1,500円と子供700円") == ["1,500", "700"]


def test_a_long_unchanged_run_between_changes_stays_unmarked() -> None:
    old, new = "春に窓口の案内板を新しくし、夏に終える。", "秋に窓口の案内板を新しくし、冬に終える。"
    assert _marked(old, new) == ["秋", "冬"]


def test_a_clause_of_which_little_remained_is_marked_whole() -> None:
    old = "待ち時間を測り、職員の当番を決める。"
    new = "待ち時間を測り、混み合う曜日と時刻を調べて来所者に早めに知らせることを決める。"
    assert _marked(old, new) == ["混み合う曜日と時刻を調べて来所者に早めに知らせることを決める。"]


def test_a_mark_spans_the_blanks_within_it() -> None:
    assert _marked("毎月、紙面で知らせる。", "毎月、SNS (動画) で知らせる。") == ["SNS (動画)"]


def test_one_character_that_stands_for_several_is_marked_whole() -> None:
    assert _marked("㈱あおばに頼む", "㈲あおばに頼む") == ["㈲"]


def test_an_accent_is_marked_with_its_letter() -> None:
    assert _marked("本案は可", "本案はか\u3099可") == []
    assert _marked("本案はカ", "本案はカ\u3099") == ["カ\u3099"]


def test_a_very_long_paragraph_with_nothing_in_common_is_marked_whole() -> None:
    assert mark("漢" * 20_000, "字" * 20_000) == Marks(((0, 20_000),), ((0, 20_000),))


def test_a_very_long_paragraph_that_only_shifted_is_marked_at_its_ends() -> None:
    marks = mark("漢字" * 10_000, "字漢" * 10_000)
    assert sum(end - start for start, end in (*marks.old, *marks.new)) == 2


def test_changes_far_apart_in_a_long_repetitive_paragraph_are_found() -> None:
    sentence = "窓口は午前九時に開き、午後五時に閉じる。"
    old = sentence * 1_000
    new = old[:4_000] + "27" + old[4_000:16_000] + "35" + old[16_000:]
    assert _marked(old, new) == ["27", "35"]


@settings(deadline=None)
@given(st.text("ab、", max_size=12), st.text("ab、", max_size=12), st.sampled_from([0, 50_000]))
def test_both_ways_to_compare_leave_the_same_words_unchanged(old: str, new: str, pairs: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(differences, "_PAIRS_FOR_DIFFLIB", pairs)
        found = differences.find_differences(old, new)
    for i1, i2, j1, j2 in reversed(found):
        old, new = old[:i1] + old[i2:], new[:j1] + new[j2:]
    assert old == new
