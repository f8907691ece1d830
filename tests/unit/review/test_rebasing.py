"""Edits of a text that has been changed elsewhere meanwhile."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from handouts.review.rebasing import rebase, rebase_all
from handouts.review.shares import TextEdit, edited_text, edits_between

BASE = "健診の案内を送り、受診を勧める。"


def edit(old: str, new: str) -> TextEdit:
    at = BASE.index(old)
    return TextEdit(at, at + len(old), new)


def test_an_edit_of_a_text_that_stayed_is_the_same() -> None:
    assert rebase(edit("案内", "通知"), BASE, BASE).edit == edit("案内", "通知")


def test_an_edit_behind_another_change_moves_with_the_text() -> None:
    now = BASE.replace("健診の", "特定健診の丁寧な")
    found = rebase(edit("勧める", "促す"), BASE, now)
    assert found.outcome == "open"
    assert edited_text(now, [found.edit]) == "特定健診の丁寧な案内を送り、受診を促す。"


def test_an_edit_that_is_made_already_is_done() -> None:
    assert rebase(edit("案内", "通知"), BASE, BASE.replace("案内", "通知")).outcome == "done"


def test_an_edit_where_somebody_wrote_something_else_is_a_conflict() -> None:
    assert rebase(edit("案内", "通知"), BASE, BASE.replace("案内", "はがき")).outcome == "conflict"


def test_of_edits_that_belong_together_one_conflict_is_enough() -> None:
    edits = [edit("案内", "通知"), edit("勧める", "促す")]
    assert rebase_all(edits, BASE, BASE.replace("案内", "はがき"))[0] == "conflict"
    assert rebase_all(edits, BASE, BASE.replace("案内", "通知"))[0] == "open"
    assert rebase_all(edits, BASE, edited_text(BASE, edits))[0] == "done"


_TEXTS = st.text("健診の案内を送る。", max_size=10)


@given(_TEXTS, _TEXTS)
def test_what_turned_one_text_into_the_other_is_done_in_the_other(base: str, now: str) -> None:
    assert all(rebase(one, base, now).outcome == "done" for one in edits_between(base, now))


@given(_TEXTS, _TEXTS, st.data())
def test_an_open_edit_lies_in_the_text_as_it_is_now(base: str, now: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(base)))
    one = TextEdit(start, data.draw(st.integers(start, len(base))), data.draw(st.text("新しい", max_size=3)))
    found = rebase(one, base, now)
    assert 0 <= found.edit.start <= found.edit.end <= len(now)
    if found.outcome == "open":
        assert now[found.edit.start : found.edit.end] == base[one.start : one.end]
