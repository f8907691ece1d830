"""Characters as people see them: composed where macOS takes them apart, ideographs as they were chosen."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.characters import composed, is_selector, sequences_in, without_selectors

_KANA = st.text("がぎぱヴプァかはー、健診①A", max_size=20)


@given(_KANA)
def test_text_that_macos_took_apart_is_in_one_piece_again(text: str) -> None:
    assert composed(unicodedata.normalize("NFD", text)) == text


@pytest.mark.parametrize(
    "text", ["神社", "\ufa19社", "\ufa11", "塚\ufa10", "\U0002f800", "ｶﾞ", "か゛", "\u212b"]
)
def test_ideographs_and_what_was_typed_in_half_width_stay(text: str) -> None:
    assert composed(text) == text


def test_latin_letters_and_hangul_are_composed_too() -> None:
    assert composed("Cafe\u0301 \u1112\u1161\u11ab\u1100\u116e\u11a8") == "Café 한국"


@given(st.text())
def test_composing_twice_changes_no_more_and_no_ideograph(text: str) -> None:
    once = composed(text)
    assert composed(once) == once
    assert [c for c in once if "\uf900" <= c <= "\ufaff"] == [c for c in text if "\uf900" <= c <= "\ufaff"]


def test_a_selector_belongs_to_the_character_before_it() -> None:
    text = "葛\U000e0100城の辻\U000e0101、葛"
    assert sequences_in(text) == {"葛\U000e0100", "辻\U000e0101"}
    assert without_selectors(text) == "葛城の辻、葛"
    assert [is_selector(one) for one in "\U000e0100\ufe00葛"] == [True, True, False]
