"""Where marks begin and end: beside words, clauses and brackets."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.comparison import mark
from handouts.comparison.edges import find_brackets, trim

_TEXT = st.text(alphabet="予約をするため、。「」（）これとのもの続け3", max_size=24)


def _show(old: str, new: str) -> tuple[str, str]:
    """Return both texts with their marks in angle brackets."""
    marks = mark(old, new)
    return _insert(old, marks.old), _insert(new, marks.new)


def _insert(text: str, spans: tuple[tuple[int, int], ...]) -> str:
    for start, end in reversed(spans):
        text = f"{text[:start]}<{text[start:end]}>{text[end:]}"
    return text


@pytest.mark.parametrize(
    "new",
    [
        "席を増やす。<また、順番を知らせる札を増やす。>",
        "<札を作り、>席を増やす。",
        "席を<すぐに増やし、机を>増やす。",
    ],
)
def test_an_addition_begins_and_ends_where_a_clause_or_a_word_does(new: str) -> None:
    old = "席を増やす。"
    assert _show(old, new.replace("<", "").replace(">", "")) == (old, new)


def test_what_was_dropped_begins_and_ends_there_too() -> None:
    old, new = "支所は朝に開き、夜に閉じる。また、支所の窓口は三つある。", "支所の窓口は三つある。"
    assert _show(old, new) == ("<支所は朝に開き、夜に閉じる。また、>支所の窓口は三つある。", new)


def test_a_blank_is_an_edge() -> None:
    assert _show("窓口 受付数：30", "窓口 受付率8割 受付数：30")[1] == "窓口 <受付率8割> 受付数：30"


def test_an_added_bracket_is_marked_with_its_own_signs() -> None:
    assert _show("来所者（※）を数える。", "来所者（予約を含む）（※）を数える。")[1] == (
        "来所者<（予約を含む）>（※）を数える。"
    )


def test_a_bracket_is_marked_to_its_end() -> None:
    old, new = "相談員（常勤）は席に残る。", "当番の者（職員、応援者等）は席に残る。"
    assert _show(old, new)[1] == "<当番の者（職員、応援者等）>は席に残る。"


def test_a_bracket_that_stayed_is_not_marked() -> None:
    old, new = "東側の席（窓際）を空ける。", "西側の席（窓際）を空ける。"
    assert _show(old, new)[1] == "<西側>の席（窓際）を空ける。"


def test_a_mark_ends_with_the_ending_of_its_verb() -> None:
    assert _show("人手の確保を図る。", "人手の確保につなげる。") == (
        "人手の確保<を図る>。",
        "人手の確保<につなげる>。",
    )
    assert _show("窓口を閉めた日を数える。", "窓口を早く開けた日を数える。")[1] == (
        "窓口を<早く開けた>日を数える。"
    )


def test_a_mark_at_the_end_of_a_clause_takes_the_particles_up_to_the_comma() -> None:
    assert _show("掲示については、係員が準備する。", "放送については、係員が準備する。") == (
        "<掲示については>、係員が準備する。",
        "<放送については>、係員が準備する。",
    )


def test_a_mark_within_a_clause_leaves_the_particles_after_it() -> None:
    assert _show("席は職員が案内する。", "席は係員が案内する。")[1] == "席は<係員>が案内する。"


def test_a_mark_does_not_begin_with_the_ending_of_the_verb_before() -> None:
    old, new = "予約を進める。", "予約を進めており、空いた枠は電話でも案内する。"
    assert _show(old, new)[1] == "予約を進めており、<空いた枠は電話でも案内する。>"


def test_a_mark_does_not_begin_with_a_comma() -> None:
    assert (
        _show("掲示と放送を使う。", "掲示、放送及び電子メールを使う。")[1]
        == "掲示、放送<及び電子メール>を使う。"
    )
    assert _show("順番を掲示する。", "順番を掲示、放送する。")[1] == "順番を掲示、<放送>する。"


def test_a_clause_that_begins_with_a_short_word_is_marked_from_there() -> None:
    assert (
        _show("席を増やす。", "席を増やす。まず、机を並べ直す。")[1] == "席を増やす。<まず、机を並べ直す。>"
    )


def test_a_negation_at_the_beginning_of_a_mark_stays_in_it() -> None:
    old, new = "札を配る。", "札を配らず、順番は画面に映す。"
    assert _show(old, new)[1] == "札を配<らず、順番は画面に映す。>"


def test_a_short_word_is_marked_whole_though_half_of_it_stayed() -> None:
    assert _show("混む朝は、これまで机二つで受けた。", "混む朝は、この部屋で受けた。") == (
        "混む朝は、<これまで机二つ>で受けた。",
        "混む朝は、<この部屋>で受けた。",
    )


@settings(deadline=None)
@given(_TEXT, st.data())
def test_a_trimmed_mark_stays_within_the_text_and_is_not_empty(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    trimmed = trim(text, (start, end))
    assert 0 <= trimmed[0] <= trimmed[1] <= len(text)
    assert start == end or trimmed[0] < trimmed[1]


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("(予約)", ["(予約)"]),
        ("「窓口(予約)」", ["(予約)", "「窓口(予約)」"]),
        ("(予約」", []),
        ("1)予約", []),
        ("(窓口(予約)", ["(予約)"]),
    ],
)
def test_brackets_are_found_in_pairs(text: str, pairs: list[str]) -> None:
    assert [text[start:end] for start, end in find_brackets(text)] == pairs
