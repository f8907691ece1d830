"""Text as people type it."""

from __future__ import annotations

from handouts.dataset.typed_text import bare, plain


def test_width_and_blanks_make_no_difference() -> None:
    assert plain("　（１）ｶﾞ ｲﾄﾞ \n") == "(1)ガ イド"
    assert bare("　（１）ｶﾞ ｲﾄﾞ \n") == "(1)ガイド"
