"""Ids of paragraphs: written ones are kept, made ones outlast other changes."""

from __future__ import annotations

from handouts.dataset.fields import ID_LENGTH
from tests.unit.dataset.plans import CIRCLES, paragraphs


def test_written_ids_are_kept_and_others_made() -> None:
    first, second = paragraphs("Ⅰ．柱 {#pillar-1}", "本文を書く。")
    assert (first.id, first.text, first.has_written_id) == ("pillar-1", "柱", True)
    assert not second.has_written_id
    assert second.id.startswith("p")
    assert len(second.id) <= ID_LENGTH


def test_ids_outlast_changes_of_other_paragraphs() -> None:
    before = {
        paragraph.text: paragraph.id
        for paragraph in paragraphs("Ⅰ．柱", "① 案内", "② 訪問", "【重要度：高】")
    }
    after = {
        paragraph.text: paragraph.id
        for paragraph in paragraphs("Ⅰ．柱", "【困難度：高】", "・新規", "① 訪問", "【重要度：高】")
    }
    assert after["訪問"] == before["訪問"]
    assert after["柱"] == before["柱"]
    assert after[""] == before[""]


def test_ids_do_not_depend_on_width_and_blanks() -> None:
    assert paragraphs("① ＤＸの 推進")[0].id == paragraphs("・DXの推進")[0].id


def test_ids_of_equal_paragraphs_differ() -> None:
    one, two, three = (paragraph.id for paragraph in paragraphs("同じ", "同じ", "同じ"))
    assert (two, three) == (f"{one}-2", f"{one}-3")


def test_made_ids_give_way_to_written_ones() -> None:
    made = paragraphs("同じ")[0].id
    assert [paragraph.id for paragraph in paragraphs("同じ", f"別の行 {{#{made}}}")] == [
        f"{made}-2",
        made,
    ]


def test_ids_of_repeated_marks_belong_to_their_heading() -> None:
    short = paragraphs("○ 乙", "◆ 独自", style=CIRCLES)
    longer = paragraphs("○ 甲", "◆ 独自", "○ 乙", "◆ 独自", style=CIRCLES)
    assert short[1].id == longer[3].id
