"""Text as people type it."""

from __future__ import annotations

from handouts.dataset.typed_text import bare, in_one_width


def test_width_and_blanks_make_no_difference() -> None:
    assert in_one_width("　（１）ｶﾞ ｲﾄﾞ \n") == "(1)ガ イド"
    assert bare("　（１）ｶﾞ ｲﾄﾞ \n") == "(1)ガイド"


def test_what_nobody_sees_makes_no_difference() -> None:
    assert in_one_width("\ufeff１,２３４\u200b\u200e ") == "1,234"
    assert bare("健診\u200bの\u2060案\u00ad内") == "健診の案内"
