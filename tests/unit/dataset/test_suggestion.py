"""Words that somebody may have meant."""

from __future__ import annotations

from handouts.dataset.suggestion import nearest


def test_a_known_word_is_suggested_only_where_it_is_near() -> None:
    assert nearest("amout", ["name", "amount"]) == "amount"
    assert nearest("amout", ["name"]) == ""
