"""Paragraphs: marks, breaks, fields, bookmarks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handouts.look import MarkLook
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
    assert (
        len({attribute(start, "name") for start in starts}) == len(starts) == CONTRACT.count("data-ref") + 1
    )
    assert [attribute(start, "id") for start in starts] == [attribute(end, "id") for end in ends]
    assert len({attribute(start, "id") for start in starts}) == len(starts)


def test_a_reference_that_is_none_stops_the_build() -> None:
    with pytest.raises(ValueError, match="is not a reference"):
        word(sheet('<p class="body" data-ref="Plan 1">あ</p>'))


def test_a_paragraph_inside_a_paragraph_is_unknown() -> None:
    with pytest.raises(UnknownMarkup, match="cannot stand inside a paragraph"):
        word(sheet('<p class="body"><p class="note">あ</p></p>'))


def test_a_badge_has_a_frame_and_characters_in_its_colour() -> None:
    html = sheet('<p class="badge">インセンティブ関連</p>')
    color = LOOK.colors.badge.removeprefix("#").upper()
    assert {attribute(side, "color") for side in find(html, ".//w:pBdr/*")} == {color}
    assert [attribute(found, "val") for found in find(html, ".//w:r/w:rPr/w:color")] == [color]
