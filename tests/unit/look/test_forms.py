"""Variation sequences: printed in their form where a font has it, in the usual one with a warning where none has."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from handouts.findings import Place
from handouts.look.cutting import cut_fonts
from handouts.look.fitting import text_width
from handouts.look.font_file import open_font
from handouts.look.fonts import FontFile, find_fonts, missing_characters
from handouts.look.forms import lost_form_findings, print_forms, without_usual_forms
from tests.made_fonts import made_font
from tests.pages import fonts

KUZU, USUAL_KUZU, NO_KUZU = "葛\U000e0100", "葛\U000e0101", "葛\U000e0105"


def page(text: str) -> str:
    return f'<title>{text}</title><p data-ref="plan:a" title="{text}">{text}</p>'


@pytest.mark.parametrize("text", [f"{KUZU}城と{USUAL_KUZU}", "神\ufe00", "辻\U000e0100堂"])
def test_a_form_that_the_font_has_stays(text: str) -> None:
    assert print_forms(page(text), fonts()) == (page(text), ())
    assert missing_characters(page(text), fonts()) == ()


def test_a_form_that_no_font_has_is_the_usual_one_and_named_with_its_place() -> None:
    html, lost = print_forms(page(f"{NO_KUZU}城と{KUZU}"), fonts())
    assert html == page(f"葛城と{KUZU}")
    assert lost == ((NO_KUZU, "plan:a"),)
    [finding] = lost_form_findings(lost, {"plan:a": Place("plan.md", 3)}, Place("x"))
    assert finding.severity == "warning"
    assert str(finding).startswith(
        "plan.md 3行: 「葛」に指定された字形（U+E0105）は、使えるフォントのどれにもないので、ふつうの字形の「葛」で"
    )


@pytest.mark.parametrize(
    ("text", "printed"),
    [("\U000e0100城", "城"), ("&amp;\U000e0100", "&amp;"), (f"{KUZU}\U000e0101城", f"{KUZU}城")],
)
def test_a_selector_that_chooses_nothing_is_left_out_and_named(text: str, printed: str) -> None:
    html, lost = print_forms(page(text), fonts())
    assert html == page(printed)
    assert len(lost) == 1
    assert lost_form_findings(lost, {}, Place("x"))


def test_the_usual_form_needs_no_selector_in_a_pdf() -> None:
    assert without_usual_forms(page(f"{USUAL_KUZU}と{KUZU}"), fonts()) == page(f"葛と{KUZU}")


def test_a_later_font_that_has_the_form_is_named(tmp_path: Path) -> None:
    font = added(tmp_path, "葛", {0xE0105: [(ord("葛"), "uni845B")]})
    html, lost = print_forms(page(f"{NO_KUZU}城"), (*fonts(), font))
    assert lost == ()
    shown = f'<span data-font="{font.family}">{NO_KUZU}</span>城'
    assert html == f'<title>{NO_KUZU}城</title><p data-ref="plan:a" title="{NO_KUZU}城">{shown}</p>'


def test_a_cut_font_keeps_the_forms_that_are_printed_and_no_others() -> None:
    for cut in cut_fonts(fonts(), {"葛", "城", KUZU, "\U000e0100"}):
        with open_font(cut.content) as font:
            [table] = [table for table in font["cmap"].tables if table.format == 14]
            assert [code for pairs in table.uvsDict.values() for code, _ in pairs] == [ord("葛")]
        assert cut.characters == {"葛", "城", KUZU}
        with open_font(cut.cut({"城"}).content) as font:
            assert [table for table in font["cmap"].tables if table.format == 14] == []


def test_a_selector_has_no_width() -> None:
    assert text_width(f"{KUZU}城") == text_width("葛城") == 2


def added(folder: Path, characters: str, forms: dict[int, list[tuple[int, str | None]]]) -> FontFile:
    """A font that somebody puts beside the shipped ones, with variation sequences."""
    from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

    path = folder / "extra.ttf"
    path.write_bytes(made_font("Extra", characters))
    with TTFont(path) as font:
        table = CmapSubtable.newSubtable(14)
        table.platformID, table.platEncID, table.language, table.cmap, table.uvsDict = 0, 5, 0, {}, forms
        font["cmap"].tables.append(table)
        font.save(path)
    [found] = find_fonts([folder], "BIZ UDGothic").files
    return found
