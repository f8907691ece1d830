"""Paragraphs: marks, breaks, fields, bookmarks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import etree

from handouts.look.values import MarkLook
from handouts.word import UnknownMarkup, write_word
from tests.unit.word.pages import (
    CONTRACT,
    CREATED,
    LOOK,
    TEMPLATE,
    W,
    attribute,
    docx_of,
    find,
    sheet,
    text,
    word,
)


def run_of(html: str, look: MarkLook) -> object:
    """The run of the only mark or dropped word in a paragraph, where both look like `look`."""
    changed = replace(LOOK, mark=look, dropped=look)
    document = docx_of(write_word(sheet(f'<p class="body">前{html}</p>'), changed, TEMPLATE, CREATED))
    return document.paragraphs[0].runs[1]


@pytest.mark.parametrize("tag", ["mark", "del"])
@pytest.mark.parametrize("bold", [True, False])
def test_a_mark_is_bold_where_the_look_says_so(tag: str, bold: bool) -> None:
    run = run_of(f"<{tag}>語</{tag}>", MarkLook(bold=bold, underline=False, color=""))
    assert bool(run.bold) == bold


@pytest.mark.parametrize("tag", ["mark", "del"])
def test_a_mark_takes_underline_and_colour_from_its_character_style(tag: str) -> None:
    font = run_of(f"<{tag}>語</{tag}>", MarkLook(bold=False, underline=True, color="#C00000")).style.font
    assert font.underline
    assert str(font.color.rgb) == "C00000"


def test_a_character_style_is_never_bold_lest_it_take_the_bold_of_a_heading_away() -> None:
    styles = word(CONTRACT).styles.element.findall(f"{W}style[@{W}type='character']")
    assert not [style for style in styles if style.find(f".//{W}b") is not None]


def test_a_dropped_word_is_no_tracked_deletion() -> None:
    assert not find(CONTRACT, ".//w:del | .//w:ins")


def test_strong_words_are_bold_and_new_ones_plain() -> None:
    runs = (
        word(sheet('<p class="body"><strong>太</strong><span class="new">（新）</span></p>'))
        .paragraphs[0]
        .runs
    )
    assert [(run.text, run.bold) for run in runs] == [("太", True), ("（新）", None)]


def test_a_mark_within_strong_words_stays_bold() -> None:
    runs = word(sheet('<p class="body"><strong>a<del>b</del></strong></p>')).paragraphs[0].runs
    assert [run.bold for run in runs] == [True, True]


def test_a_line_break_is_one() -> None:
    assert text(find(CONTRACT, './/w:p[w:pPr/w:pStyle/@w:val="Heading1"]')[0]).count("\n") == 1


def test_a_paragraph_lies_between_the_ends_of_its_bookmark() -> None:
    (paragraph,) = find(sheet('<p class="body" data-ref="plan:b77">次の<mark>事業</mark></p>'), "./w:p")
    tags = [child.tag.removeprefix(W) for child in paragraph]
    assert tags == ["pPr", "bookmarkStart", "r", "r", "bookmarkEnd"]
    assert attribute(paragraph[1], "name") == "plan_b77"


def test_bookmarks_have_names_and_ids_of_their_own() -> None:
    starts = find(CONTRACT, ".//w:bookmarkStart")
    ends = find(CONTRACT, ".//w:bookmarkEnd")
    said = [found for found in find(CONTRACT, ".//w:p") if text(found).strip()]
    assert len({attribute(start, "name") for start in starts}) == len(starts) == len(said) + 1
    assert [attribute(start, "id") for start in starts] == [attribute(end, "id") for end in ends]
    assert len({attribute(start, "id") for start in starts}) == len(starts)


def test_a_reference_that_is_none_stops_the_build() -> None:
    with pytest.raises(UnknownMarkup, match="is not a ref"):
        word(sheet('<p class="body" data-ref="Plan 1">あ</p>'))


def test_a_role_that_is_none_stops_the_build() -> None:
    with pytest.raises(UnknownMarkup, match="data-role"):
        word(sheet('<p class="body" data-role="mine">あ</p>'))


def test_a_paragraph_inside_a_paragraph_is_unknown() -> None:
    with pytest.raises(UnknownMarkup, match="cannot stand inside a paragraph"):
        word(sheet('<p class="body"><p class="note">あ</p></p>'))


def test_a_badge_has_a_frame_and_characters_in_its_colour() -> None:
    html = sheet('<p class="badge">インセンティブ関連</p>')
    color = LOOK.colors.badge.removeprefix("#").upper()
    assert {attribute(side, "color") for side in find(html, ".//w:pBdr/*")} == {color}
    assert [attribute(found, "val") for found in find(html, ".//w:r/w:rPr/w:color")] == [color]


CONTENTS = (
    '<p class="contents"><a href="#kpis">一覧</a><span class="leader"></span>'
    '<span class="page-of{}" data-to="#kpis">Ｐ</span></p>'
)


def contents(width: str = "", after: str = "") -> etree._Element:
    (found,) = find(sheet(CONTENTS.format(width) + after), './w:p[w:pPr/w:pStyle/@w:val="contents"]')
    return found


def test_a_link_leads_to_the_bookmark_of_its_place() -> None:
    link = contents().find(W + "hyperlink")
    assert (attribute(link, "anchor"), text(link)) == ("_kpis", "一覧")
    place = sheet('<h2 class="sheet-title" id="kpis">一覧</h2>')
    assert find(place, ".//w:bookmarkStart[@w:name='_kpis']")


@pytest.mark.parametrize(
    ("width", "code", "shown"),
    [("", r"PAGEREF _kpis \h", "Ｐ1"), ("-wide", r"PAGEREF _kpis \h \* DBCHAR", "Ｐ１")],
)
def test_the_page_of_a_place_is_a_field_behind_its_letter(width: str, code: str, shown: str) -> None:
    found = contents(width)
    assert [(part.text or "").strip() for part in found.iter(W + "instrText")] == [code]
    assert text(found) == f"一覧{shown}"


def test_a_leader_runs_from_a_tab_to_the_right_edge_of_the_paragraph() -> None:
    found = contents()
    tab = found.find(f"{W}pPr/{W}tabs/{W}tab")
    assert (attribute(tab, "val"), attribute(tab, "leader")) == ("right", "dot")
    style = LOOK.styles["contents"]
    edge = LOOK.page.text_width - style.right * (style.size or 0) * 25.4 / 72
    assert int(attribute(tab, "pos") or "") == pytest.approx(edge * 1440 / 25.4, abs=1)
    assert len(list(found.iter(W + "tab"))) == 2


def test_an_indent_at_the_right_is_that_of_the_look() -> None:
    made = word(sheet(CONTENTS.format(""))).styles[LOOK.styles["contents"].name].paragraph_format
    style = LOOK.styles["contents"]
    assert made.right_indent.pt == pytest.approx(style.right * (style.size or 0))


def test_the_title_of_a_part_begins_on_a_new_page() -> None:
    html = sheet('<p class="sheet-title">題</p><h2 class="part-title" data-level="2">部</h2>')
    first, second = find(html, ".//w:pPr")
    assert first.find(f"{W}pageBreakBefore") is None
    assert second.find(f"{W}pageBreakBefore") is not None
