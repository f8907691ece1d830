"""Which paragraph of a returned file is which of those that were sent."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from handouts.origin import OriginEntry
from handouts.review.matching import ReturnedParagraph, match_entries


def entry(name: str, text: str) -> OriginEntry:
    return OriginEntry(name, (f"plan:{name}",), "own", text)


SENT = [
    entry("a", "意見を発信する"),
    entry("b", "研修を行う"),
    entry("c", "100%"),
    entry("d", "100%"),
    entry("e", ""),
]


def matched(*paragraphs: tuple[str, str]) -> dict[int, str]:
    found = [ReturnedParagraph(text, tuple(names)) for text, names in paragraphs]
    return {place: one.bookmark for place, one in match_entries(found, SENT).items()}


def test_a_file_that_came_back_as_it_was_is_matched_whole() -> None:
    assert matched(*((one.text, one.bookmark) for one in SENT)) == dict(enumerate("abcde"))


def test_a_paragraph_that_lost_its_bookmark_is_known_by_its_text() -> None:
    assert matched(("意見を発信する", "a"), ("研修を行う", ""), ("100%", "c"), ("100%", ""))[1] == "b"


def test_of_equal_texts_the_order_decides() -> None:
    assert matched(("意見を発信する", "a"), ("100%", ""), ("100%", "")) == {0: "a", 1: "c", 2: "d"}


def test_a_bookmark_that_slipped_into_the_next_paragraph_is_not_believed() -> None:
    assert matched(("意見を発信する", "a"), ("研修を行う", "cb"), ("100%", "")) == {0: "a", 1: "b", 2: "c"}


def test_a_doubled_bookmark_names_one_paragraph() -> None:
    assert matched(("意見を発信する", "a"), ("意見を発信する", "a")) == {0: "a"}


def test_a_text_that_was_changed_without_a_mark_is_known_by_its_bookmark() -> None:
    assert matched(("意見を広く発信する", "a"), ("研修を行う", "b")) == {0: "a", 1: "b"}


def test_what_was_not_sent_has_no_entry() -> None:
    assert matched(("意見を発信する", "a"), ("新しい文", ""), ("研修を行う", "b")) == {0: "a", 2: "b"}


def test_a_paragraph_that_was_moved_is_itself_and_those_around_it_too() -> None:
    assert matched(("研修を行う", "b"), ("100%", ""), ("100%", "d"), ("意見を発信する", "a")) == {
        0: "b",
        1: "c",
        2: "d",
        3: "a",
    }


@given(st.lists(st.sampled_from("ab文 "), max_size=8), st.data())
def test_every_entry_is_given_once(texts: list[str], data: st.DataObject) -> None:
    sent = [entry(f"n{index}", text.strip()) for index, text in enumerate(texts)]
    names = st.lists(st.sampled_from([one.bookmark for one in sent] or ["x"]), max_size=2).map(tuple)
    returned = data.draw(
        st.lists(st.builds(ReturnedParagraph, st.sampled_from(["a", "b", "文", ""]), names), max_size=8)
    )
    found = match_entries(returned, sent)
    assert len({one.bookmark for one in found.values()}) == len(found)
