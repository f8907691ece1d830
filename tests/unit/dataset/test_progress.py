"""Entries of progress, and the ids of those that nobody gave one."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.dataset.fields import ID_LENGTH, ID_PATTERN
from handouts.dataset.progress import entry_ids

IDS = st.from_regex(r"[a-z][a-z0-9]{0,9}(-[a-z0-9]{1,9}){0,2}", fullmatch=True).filter(
    lambda name: len(name) <= ID_LENGTH
)


@pytest.mark.parametrize(
    ("rows", "ids"),
    [
        ([("own", "kenshin")], ("own",)),
        ([(None, "kenshin")], ("kenshin",)),
        ([(None, "kenshin"), (None, None), (None, None)], ("kenshin", "kenshin-2", "kenshin-3")),
        ([(None, "kenshin"), ("own", None), (None, None)], ("kenshin", "own", "kenshin-2")),
        ([(None, "a"), (None, "a")], ("a", "a-2")),
        ([(None, None), (None, None)], ("row-2", "row-3")),
        ([("own", None), ("own", None)], ("own", "own")),  # a fault, which the checks name
        ([(None, "a" * 24), (None, None)], ("a" * 24, f"{'a' * 20}-2")),
        ([(None, f"{'a' * 19}-bcde"), (None, None)], (f"{'a' * 19}-bcde", f"{'a' * 19}-2")),
    ],
)
def test_an_entry_is_called_as_written_else_after_the_plan_else_after_the_entry_before(
    rows: list[tuple[str | None, str | None]], ids: tuple[str, ...]
) -> None:
    assert entry_ids(rows) == ids


@given(st.lists(st.tuples(st.none() | IDS, st.none() | IDS), max_size=12))
def test_made_ids_are_ids_that_fit_into_a_bookmark_and_are_new(
    rows: list[tuple[str | None, str | None]],
) -> None:
    ids = entry_ids(rows)
    assert len(ids) == len(rows)
    for number, ((written, _), found) in enumerate(zip(rows, ids, strict=True)):
        assert re.fullmatch(ID_PATTERN, found)
        assert len(found) <= ID_LENGTH
        assert written is not None or found not in ids[:number]
