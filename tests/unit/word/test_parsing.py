"""HTML page to nodes."""

from __future__ import annotations

import pytest

from handouts.word import UnknownMarkup
from handouts.word.nodes import Panels, ParagraphNode, Row, Span, Table, Text
from handouts.word.parsing import parse_page
from tests.unit.word.pages import CONTRACT, page, sheet


def paragraph(html: str) -> ParagraphNode:
    block = parse_page(sheet(html)).sections[0].blocks[0]
    assert isinstance(block, ParagraphNode)
    return block


def rows(html: str) -> tuple[Row, ...]:
    columns = '<colgroup><col class="plan"><col class="amount"></colgroup>'
    table = parse_page(sheet(f'<table class="comparison">{columns}{html}</table>')).sections[0].blocks[0]
    assert isinstance(table, Table)
    return table.rows


def test_a_paragraph_keeps_element_class_text_and_reference() -> None:
    read = paragraph('<h3 class="topic" data-ref="plan:a">２ 健康づくり</h3>')
    assert read == ParagraphNode(("h3", "topic"), (Text("２ 健康づくり"),), ("plan:a",), level=3)


@pytest.mark.parametrize(
    ("html", "level"),
    [
        ('<p class="body">文</p>', 0),
        ('<h2 class="topic">節</h2>', 2),
        ('<h2 class="topic" data-level="3">節</h2>', 3),
        ('<p class="pillar" data-level="2">分野</p>', 2),
    ],
)
def test_a_paragraph_has_the_heading_level_of_its_element_unless_it_says_otherwise(
    html: str, level: int
) -> None:
    assert paragraph(html).level == level


@pytest.mark.parametrize("level", ["", "-1", "10", "two", "２"])
def test_a_heading_level_is_a_digit(level: str) -> None:
    with pytest.raises(UnknownMarkup, match="is not a heading level"):
        paragraph(f'<p class="pillar" data-level="{level}">分野</p>')


def test_marks_stand_inside_one_another() -> None:
    read = paragraph('<p class="body">a<mark>b<strong>c</strong></mark></p>')
    inner = Span(("strong", ""), (Text("c"),))
    assert read.content == (Text("a"), Span(("mark", ""), (Text("b"), inner)))


def test_line_breaks_of_the_template_are_not_text() -> None:
    assert paragraph('<p class="body">\n  前\n  後\n</p>').content == (Text("前 後"),)


@pytest.mark.parametrize("text", ["  a  b  ", "　全角の空白　", "\u00a0a", "a\tb"])
def test_blanks_of_the_text_are_kept(text: str) -> None:
    assert paragraph(f'<p class="body">{text}</p>').content == (Text(text),)


def test_character_references_are_characters() -> None:
    assert paragraph('<p class="body">&lt;/w:t&gt; &amp;amp; &#x2460;</p>').content == (
        Text("</w:t> &amp; ①"),
    )


def test_only_rows_of_the_head_are_head_rows() -> None:
    cell = '<tr><td class="plan" colspan="2"></td></tr>'
    assert [row.is_head for row in rows(f"<thead>{cell}</thead><tbody>{cell}</tbody>")] == [True, False]


def test_a_cell_keeps_all_its_classes() -> None:
    row = '<tr><td class="plan last-year" colspan="2"></td></tr>'
    assert rows(f"<tbody>{row}</tbody>")[0].cells[0].keys == (("td", "plan"), ("td", "last-year"))


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("stray text", "text outside a paragraph: 'stray text'"),
        ("　", "text outside a paragraph"),
        ("<p>あ</p>", "a paragraph needs a class"),
        ('<p class="body topic">あ</p>', "only cells may have several classes"),
        ("<mark>あ</mark>", "a paragraph, heading or table is expected"),
        ('<table class="comparison"><p class="body">あ</p></table>', "only colgroup, thead and tbody"),
        (
            '<table class="comparison"><tbody><tr><td class="plan"></td></tr></tbody></table>',
            "1 of 0 columns",
        ),
    ],
)
def test_what_stands_in_the_wrong_place_is_named(html: str, words: str) -> None:
    with pytest.raises(UnknownMarkup) as caught:
        parse_page(sheet(html))
    assert words in str(caught.value)


@pytest.mark.parametrize("span", ["0", "-1", "two", ""])
def test_a_cell_spans_at_least_one_column(span: str) -> None:
    with pytest.raises(UnknownMarkup, match="one or more columns"):
        rows(f'<tbody><tr><td class="plan" colspan="{span}"></td></tr></tbody>')


def test_nothing_but_sections_and_the_footer_stands_in_the_body() -> None:
    with pytest.raises(UnknownMarkup, match="only sections and the footer"):
        parse_page(page('<p class="body">あ</p>'))


def test_the_contract_is_read_with_title_properties_footer_and_sections() -> None:
    read = parse_page(CONTRACT)
    assert (read.title, read.language) == ("令和7年度 群馬支部事業計画（案）", "ja")
    assert read.meta["dcterms.identifier"] == "gunma-r7 案"
    assert [section.key[1] for section in read.sections] == ["cover", "sheet"]
    assert [paragraph.key for paragraph in read.footer] == [("p", "page-footer")]


def test_a_link_and_the_page_of_a_place_keep_the_name_of_the_place() -> None:
    read = paragraph(
        '<p class="contents"><a href="#kpis">一覧</a><span class="page-of" data-to="#kpis">Ｐ</span></p>'
    )
    assert read.content == (
        Span(("a", ""), (Text("一覧"),), "kpis"),
        Span(("span", "page-of"), (Text("Ｐ"),), "kpis"),
    )


def test_a_place_that_is_referred_to_has_a_name() -> None:
    assert paragraph('<h2 class="sheet-title" id="kpis">一覧</h2>').anchor == "kpis"
    assert paragraph('<p class="body">文</p>').anchor == ""


def test_panels_hold_blocks_side_by_side() -> None:
    panel = '<section class="panel"><p class="body">{}</p></section>'
    html = f'<section class="panels">{panel.format("左")}{panel.format("右")}</section>'
    [panels] = parse_page(sheet(html)).sections[0].blocks
    assert isinstance(panels, Panels)
    assert [[block.content for block in blocks] for blocks in panels.panels] == [  # type: ignore[union-attr]
        [(Text("左"),)],
        [(Text("右"),)],
    ]


def test_only_panels_stand_side_by_side() -> None:
    with pytest.raises(UnknownMarkup, match="only panels stand side by side"):
        parse_page(sheet('<section class="panels"><p class="body">文</p></section>'))
