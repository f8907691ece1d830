"""Text as people type it."""

from __future__ import annotations

from handouts.dataset.typed_text import bare, in_one_width


def test_width_and_blanks_make_no_difference() -> None:
    assert in_one_width("　（１）ｶﾞ ｲﾄﾞ \n") == "(1)ガ イド"
    assert bare("　（１）ｶﾞ ｲﾄﾞ \n") == "(1)ガイド"
