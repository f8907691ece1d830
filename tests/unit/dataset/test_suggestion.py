"""Words that somebody may have meant."""

from __future__ import annotations

from handouts.dataset.suggestion import suggestion


def test_a_known_word_is_suggested_only_where_it_is_near() -> None:
    assert suggestion("amout", ["name", "amount"]) == "「amount」の書き間違いではありませんか"
    assert suggestion("amout", ["name"]) == ""
