"""The custom XML part: what was written comes back, and what cannot be used is said."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.findings import HandoutError
from handouts.origin import (
    NAMESPACE,
    ROLES,
    Origin,
    OriginEntry,
    OriginHead,
    find_origin,
    read_origin,
    write_origin,
)

HEAD = OriginHead("0.1.0", "gunma-r7 & <案>", 2025, "案", "plan-budget", "gunma-r6")
ENTRIES = (
    OriginEntry(
        "plan_a",
        ("plan:a",),
        "own",
        "（１）健診を62.2%にする",
        "健診を{kpi:a.target}にする",
        "（１）",
        "item",
    ),
    OriginEntry("x_1", ("budget:a.amount", "budget:b.amount"), "computed", "1,234千円", style="amount"),
    OriginEntry("x_2", (), "generated", "小計\t<&>\n「\"'」", style="initiative"),
    OriginEntry("progress_a__mark", ("progress:a.mark",), "own", "", style="mark"),
)
ORIGIN = Origin(HEAD, ENTRIES)
# What the Word step can write at all, but for carriage returns, which no page has.
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"))


def test_what_was_written_comes_back() -> None:
    assert read_origin(write_origin(ORIGIN)) == ORIGIN
    assert read_origin(write_origin(Origin(HEAD))) == Origin(HEAD)


@given(st.lists(st.tuples(texts, st.none() | texts, texts, st.sampled_from(sorted(ROLES)))))
def test_every_text_comes_back_as_it_was(given_texts: list[tuple[str, str | None, str, str]]) -> None:
    entries = tuple(
        OriginEntry(f"x_{number}", (), role, text, stored, label)  # type: ignore[arg-type]
        for number, (text, stored, label, role) in enumerate(given_texts)
    )
    assert read_origin(write_origin(Origin(HEAD, entries))) == Origin(HEAD, entries)


def test_the_same_origin_gives_the_same_bytes() -> None:
    assert write_origin(ORIGIN) == write_origin(Origin(replace(HEAD), tuple(map(replace, ENTRIES))))


def test_words_and_source_are_told_apart_from_the_label() -> None:
    first, second, *_ = ENTRIES
    assert (first.words, first.source) == ("健診を62.2%にする", "健診を{kpi:a.target}にする")
    assert (second.ref, second.words, second.source) == ("budget:a.amount", "1,234千円", "1,234千円")


def test_an_entry_is_found_by_its_bookmark_and_by_that_of_a_copy() -> None:
    assert [ORIGIN.entry_of(name) for name in ("x_1", "x_1_Copy_1", "x_1_Cop", "x_1_", "_GoBack", "x_9")] == [
        ENTRIES[1],
        ENTRIES[1],
        ENTRIES[1],
        ENTRIES[1],
        None,
        None,
    ]


def test_the_part_is_found_by_its_namespace_whatever_its_name() -> None:
    properties = (
        f'<ds:datastoreItem xmlns:ds="x"><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:datastoreItem>'.encode()
    )
    parts = {
        "customXml/itemProps1.xml": properties,
        "customXml/item7.xml": write_origin(ORIGIN),
        "a.png": b"\x89",
    }
    assert find_origin(parts) == ORIGIN
    assert find_origin({"customXml/itemProps1.xml": properties}) is None
    assert find_origin({}) is None


def test_a_part_that_an_editor_wrote_anew_says_the_same() -> None:
    written = write_origin(ORIGIN).decode().replace("<origin xmlns=", "<origin xmlns:o=")
    anew = re.sub("<(/?)(origin|p|stored)\\b", r"<\1o:\2", written)
    assert read_origin(anew.encode()) == ORIGIN
    assert find_origin({"customXml/item1.xml": anew.encode()}) == ORIGIN


def test_the_digest_is_that_of_what_is_printed() -> None:
    other = (replace(ENTRIES[0], text="（１）健診を63.0%にする"), *ENTRIES[1:])
    assert Origin(HEAD, other).digest != ORIGIN.digest
    assert (
        Origin(replace(HEAD, program="9"), (replace(ENTRIES[0], stored=None), *ENTRIES[1:])).digest
        == ORIGIN.digest
    )


def test_a_part_of_a_newer_program_is_said_to_be_one() -> None:
    newer = write_origin(ORIGIN).replace(b'version="1"', b'version="2"')
    with pytest.raises(HandoutError, match="もっと新しい handouts"):
        read_origin(newer)


@pytest.mark.parametrize(
    "damaged",
    [
        pytest.param(write_origin(ORIGIN)[:-20], id="cut off"),
        pytest.param(b"", id="empty"),
        pytest.param(write_origin(ORIGIN).replace(b"62.2%", b"63.0%", 1), id="rewritten"),
        pytest.param(write_origin(ORIGIN).replace(b'role="own"', b'role="mine"', 1), id="role"),
        pytest.param(write_origin(ORIGIN).replace(b' bookmark="x_1"', b""), id="no bookmark"),
        pytest.param(write_origin(ORIGIN).replace(b' kind="plan-budget"', b""), id="no kind"),
        pytest.param(write_origin(ORIGIN).replace(b'fiscal_year="2025"', b'fiscal_year="R7"'), id="year"),
        pytest.param(write_origin(ORIGIN).replace(b' version="1"', b""), id="no version"),
        pytest.param(write_origin(ORIGIN).replace(b"budget:a.amount +", b"amount +"), id="no ref"),
        pytest.param(write_origin(ORIGIN).replace(NAMESPACE.encode(), b"urn:other"), id="other part"),
        pytest.param(
            write_origin(ORIGIN).replace(b"<origin", b'<!DOCTYPE a [<!ENTITY b "c">]><origin'), id="entities"
        ),
    ],
)
def test_a_damaged_part_is_said_to_be_damaged(damaged: bytes) -> None:
    with pytest.raises(HandoutError, match="記録が壊れています"):
        read_origin(damaged)
