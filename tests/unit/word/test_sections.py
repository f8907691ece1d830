"""Word sections: the cover without a number, then pages that count from 1."""

from __future__ import annotations

import pytest
from docx.enum.section import WD_ORIENT

from handouts.word import UnknownMarkup
from handouts.word.ooxml import POINTS_PER_MM
from tests.unit.word.pages import CONTRACT, LOOK, W, attribute, find, page, sheet, text, word

COVER = '<section class="cover"><h1 class="cover-title">{}</h1></section>'


@pytest.mark.parametrize("index", [0, 1])
def test_every_page_has_the_paper_and_margins_of_the_look(index: int) -> None:
    section, look = word(CONTRACT).sections[index], LOOK.page
    assert section.orientation == WD_ORIENT.LANDSCAPE
    lengths = (section.page_width, section.page_height, section.left_margin, section.footer_distance)
    expected = (look.width, look.height, look.margin_left, look.footer)
    assert [length.mm for length in lengths] == pytest.approx(expected, abs=0.02)


def test_the_cover_has_no_footer_and_the_sheets_have_one() -> None:
    cover, sheets = word(CONTRACT).sections
    assert cover.footer.is_linked_to_previous
    assert not sheets.footer.is_linked_to_previous


def test_the_sheets_start_on_a_page_numbered_1() -> None:
    cover, sheets = find(CONTRACT, ".//w:sectPr")
    assert cover.find(W + "pgNumType") is None
    assert attribute(sheets.find(W + "pgNumType"), "start") == "1"
    assert attribute(sheets.find(W + "type"), "val") == "nextPage"


def test_the_footer_counts_the_pages_of_its_section() -> None:
    footer = word(CONTRACT).sections[1].footer.part.element
    codes = [(code.text or "").strip() for code in footer.iter(W + "instrText")]
    assert codes == ["PAGE", "SECTIONPAGES", "PAGEREF _end"]
    assert text(footer) == "1／1"
    assert find(CONTRACT, ".//w:bookmarkStart[@w:name='_end']")


def test_a_field_begins_has_a_result_and_ends() -> None:
    footer = word(CONTRACT).sections[1].footer.part.element
    kinds = [attribute(found, "fldCharType") for found in footer.iter(W + "fldChar")]
    one = ["begin", "separate", "end"]
    assert kinds == [*one, *one[:2], *one, "end"]


def test_a_cover_in_the_middle_does_not_inherit_the_footer() -> None:
    footer = '<footer class="page-footer"><p class="page-footer">頁</p></footer>'
    one = '<section class="sheet"><p class="body">文</p></section>'
    sections = word(page(footer + one + COVER.format("題"))).sections
    assert [section.footer.paragraphs[0].text for section in sections] == ["頁", ""]


def test_a_page_without_a_cover_is_one_section() -> None:
    assert len(word(sheet('<p class="body">文</p>')).sections) == 1


def test_no_grid_moves_the_lines() -> None:
    assert not find(CONTRACT, ".//w:docGrid")


def test_the_material_number_stands_in_a_box_at_the_top_right() -> None:
    (frame,) = find(CONTRACT, ".//w:p[w:pPr/w:pStyle/@w:val='material']/w:pPr/w:framePr")
    assert (attribute(frame, "xAlign"), attribute(frame, "vAnchor")) == ("right", "margin")
    assert len(find(CONTRACT, ".//w:pBdr/*")) == 4


def space_above(title: str) -> float:
    (found,) = find(page(COVER.format(title)), ".//w:spacing")
    return int(attribute(found, "before") or "") / 20


@pytest.mark.parametrize(("title", "lines"), [("題", 1), ("題<br>名", 2), ("長" * 40, 2), ("", 1)])
def test_the_title_stands_in_the_middle_of_the_page(title: str, lines: int) -> None:
    look = LOOK.styles["cover-title"]
    height = lines * (look.size or 0) * (look.line_height or 0)
    middle = LOOK.page.margin_top * POINTS_PER_MM + space_above(title) + height / 2
    assert middle == pytest.approx(LOOK.page.height * POINTS_PER_MM / 2, abs=0.1)


def test_a_title_too_long_for_the_page_starts_at_its_top() -> None:
    assert space_above("長<br>" * 40) == 0


TWO_SHEETS = page(
    '<section class="cover"><p class="contents"><span class="page-of" data-to="#second">P</span></p></section>'
    '<section class="sheet"><p class="sheet-title" id="first">一</p></section>'
    '<section class="sheet"><p class="sheet-title" id="second">二</p><p class="body">文</p></section>'
)


def test_every_section_begins_on_a_page_of_its_own_but_the_pages_run_on() -> None:
    broken = find(TWO_SHEETS, ".//w:p[w:pPr/w:pageBreakBefore]")
    assert [text(found) for found in broken] == ["二"]
    assert len(find(TWO_SHEETS, ".//w:sectPr")) == 2


def test_the_page_of_a_section_is_guessed_as_if_every_section_had_one() -> None:
    (contents,) = find(TWO_SHEETS, ".//w:p[w:pPr/w:pStyle/@w:val='contents']")
    assert text(contents) == "P2"


def test_a_later_section_cannot_begin_with_a_table() -> None:
    table = '<table class="box"><colgroup><col class="box"></colgroup><tbody></tbody></table>'
    first = '<section class="sheet"><p class="body">文</p></section>'
    with pytest.raises(UnknownMarkup, match="begins with a paragraph"):
        word(page(f'{first}<section class="sheet">{table}</section>'))
