"""Edits of a printed text dealt out to what it was made of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.measures.filling import Segment, segments
from handouts.review.shares import TextEdit, edited_text, edits_between, share_out
from tests.unit.measures.test_placeholders import dataset


def pieces(text: str) -> tuple[Segment, ...]:
    return segments(text, dataset())


def changed(stored: str, new: str) -> dict[str, str]:
    """The pieces that say something else when the printed text is `new`."""
    parts = pieces(stored)
    printed = "".join(part.text for part in parts)
    shares = share_out(parts, edits_between(printed, new))
    assert "".join(shares) == new
    return {
        part.field or part.text: share
        for part, share in zip(parts, shares, strict=True)
        if share != part.text
    }


@pytest.mark.parametrize(
    ("stored", "new", "pieces_changed"),
    [
        ("{kpi:rate}", "健診実施率を63.0%以上とする", {"target": "63.0"}),
        ("{kpi:rate}", "健診実施率を63%以上とする", {"target": "63"}),
        ("{kpi:rate}", "健診の受診率を63.0%以上とする", {"name": "健診の受診率", "target": "63.0"}),
        ("{kpi:rate}", "健診実施率を63.0%以上にする", {"target": "63.0", "sentence": "にする"}),
        ("{kpi:rate}", "健診実施率を62.2%以下とする", {"bound": "以下"}),
        ("経費は{budget:annai}とする", "経費は3,000千円とする", {"amount": "3,000"}),
        ("経費は{budget:annai}とする", "経費は約2,902千円とする", {"経費は": "経費は約"}),
        (
            "{population:kenshin}",
            "実施率 62.5%（実施見込者数：164,000人）",
            {"rate": "62.5", "planned": "164,000"},
        ),
        ("文は「健診」。", "文は「検診」。", {"文は「健診」。": "文は「検診」。"}),
    ],
)
def test_what_was_edited_changes_where_it_comes_from(
    stored: str, new: str, pieces_changed: dict[str, str]
) -> None:
    assert changed(stored, new) == pieces_changed


def test_a_run_that_an_editor_replaced_whole_is_dealt_out_to_its_figures() -> None:
    parts = pieces("{kpi:rate}")
    printed = "".join(part.text for part in parts)
    start = printed.index("62.2")
    shares = share_out(parts, [TextEdit(start, len(printed), "63.0%以上を目指す")])
    found = {part.field: share for part, share in zip(parts, shares, strict=True)}
    assert (found["target"], found["unit"], found["bound"]) == ("63.0", "%", "以上")


@given(st.data())
def test_no_word_of_an_edit_is_lost_whatever_it_covers(data: st.DataObject) -> None:
    parts = pieces(
        data.draw(st.sampled_from(["約{kpi:rate}と{budget:annai}。", "{population:kenshin}", "文だけ"]))
    )
    printed = "".join(part.text for part in parts)
    places = sorted(
        data.draw(
            st.lists(st.integers(0, len(printed)), min_size=2, max_size=6).filter(lambda n: len(n) % 2 == 0)
        )
    )
    new = st.text("63.0%以上と1,000千円。", max_size=8)
    edits = [TextEdit(a, b, data.draw(new)) for a, b in zip(places[::2], places[1::2], strict=True)]
    assert "".join(share_out(parts, edits)) == edited_text(printed, edits)
