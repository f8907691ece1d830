"""The table from the vocabulary to Word, and the styles made of the look values."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handouts.look.vocabulary import PARAGRAPH_CLASSES, PART_CLASSES, VOCABULARY
from handouts.word import UnknownMarkup, write_word
from handouts.word.style_sheet import StyleLedger
from handouts.word.styles import FORMATS, CellFormat, TableFormat, format_of, inline_format
from tests.unit.word.pages import CONTRACT, CREATED, LOOK, TEMPLATE, W, attribute, docx_of, sheet, word

STRUCTURE = {"html", "head", "meta", "title", "style", "body", "footer", "colgroup", "col", "thead", "tbody"}
KEYS = [
    (tag, name)
    for tag, names in VOCABULARY.items()
    if tag not in STRUCTURE
    for name in sorted(names) or ("",)
]


@pytest.mark.parametrize("key", KEYS, ids=lambda key: ".".join(key))
def test_every_word_of_the_vocabulary_has_a_format(key: tuple[str, str]) -> None:
    assert key in FORMATS


@pytest.mark.parametrize("name", sorted(PARAGRAPH_CLASSES))
def test_every_paragraph_class_has_a_look(name: str) -> None:
    assert name in LOOK.styles


@pytest.mark.parametrize("name", sorted(VOCABULARY["col"] - PART_CLASSES))
def test_every_column_has_a_width(name: str) -> None:
    assert name in LOOK.columns


def test_a_key_without_a_format_of_that_kind_is_unknown() -> None:
    with pytest.raises(UnknownMarkup, match='<td class="plan"> has no TableFormat'):
        format_of(("td", "plan"), TableFormat)
    with pytest.raises(UnknownMarkup, match='<td class="new-one"> has no CellFormat'):
        format_of(("td", "new-one"), CellFormat)


def test_a_table_does_not_stand_inside_a_paragraph() -> None:
    with pytest.raises(UnknownMarkup, match="cannot stand inside a paragraph"):
        inline_format(("table", "comparison"))


def style(name: str, html: str = CONTRACT) -> object:
    return word(html).styles[name]


@pytest.mark.parametrize("name", ["topic", "cover-title", "head", "importance"])
def test_a_style_has_the_size_weight_and_line_pitch_of_its_look(name: str) -> None:
    look = LOOK.styles[name]
    made = style(look.name)
    size = look.size or LOOK.font.size
    assert made.font.size.pt == size
    assert bool(made.font.bold) == look.bold
    assert made.paragraph_format.line_spacing.pt == pytest.approx(
        size * (look.line_height or LOOK.font.line_height), abs=0.03
    )
    assert made.paragraph_format.space_before.pt == pytest.approx(look.before)


def test_a_hanging_indent_starts_the_first_line_at_the_left_indent() -> None:
    made, look = style(LOOK.styles["item"].name).paragraph_format, LOOK.styles["item"]
    assert made.first_line_indent.pt == pytest.approx(-look.hanging * LOOK.font.size)
    start = made.left_indent.pt + made.first_line_indent.pt
    assert start == pytest.approx(look.left * LOOK.font.size, abs=0.05)


def test_all_scripts_are_set_in_the_font_of_the_look() -> None:
    fonts = word(CONTRACT).styles.element.find(f"{W}docDefaults//{W}rFonts")
    assert {attribute(fonts, script) for script in ("ascii", "hAnsi", "eastAsia", "cs")} == {LOOK.font.word}


def test_the_text_is_japanese() -> None:
    language = word(CONTRACT).styles.element.find(f"{W}docDefaults//{W}lang")
    assert attribute(language, "eastAsia") == "ja-JP"


def test_lines_do_not_snap_to_a_grid_and_break_as_in_the_pdf() -> None:
    properties = style("Normal").element.pPr
    off = {found.tag.removeprefix(W) for found in properties if attribute(found, "val") == "0"}
    assert off == {"overflowPunct", "autoSpaceDE", "autoSpaceDN", "snapToGrid"}
    assert properties.find(W + "kinsoku") is not None


@pytest.mark.parametrize(("level", "name"), [(1, "cover-title"), (2, "pillar"), (3, "topic"), (4, "section")])
def test_a_heading_is_the_built_in_one_with_the_look_of_its_class(level: int, name: str) -> None:
    made = style(f"Heading {level}")
    assert made.builtin
    assert made.base_style.name == LOOK.styles[name].name
    assert attribute(made.element.find(f".//{W}outlineLvl"), "val") == str(level - 1)


def test_a_second_look_at_a_heading_level_keeps_the_level() -> None:
    ledger = StyleLedger(LOOK)
    assert [ledger.style_id(name, 3) for name in ("topic", "caption", "topic")] == [
        "Heading3",
        "Heading3-caption",
        "Heading3",
    ]
    document = word(sheet('<h3 class="topic">一</h3><h3 class="caption">二</h3>'))
    second = document.paragraphs[1].style
    assert second.base_style.name == LOOK.styles["caption"].name
    assert attribute(second.element.find(f".//{W}outlineLvl"), "val") == "2"


def test_a_class_without_a_look_is_unknown() -> None:
    poor = replace(LOOK, styles={})
    with pytest.raises(UnknownMarkup, match=r"\[styles.topic\]"):
        StyleLedger(poor).style_id("topic", 0)


def test_another_look_makes_other_styles_on_the_same_template() -> None:
    larger = replace(LOOK, font=replace(LOOK.font, size=12))
    made = docx_of(write_word(CONTRACT, larger, TEMPLATE, CREATED)).styles[LOOK.styles["item"].name]
    assert made.font.size.pt == 12
