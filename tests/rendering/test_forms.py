"""Variation sequences on the page: the glyph of the chosen form, and text that can be found."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pypdf
from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTFont

from handouts.look.forms import print_forms
from tests.pages import ROOT, fonts, plan_budget_page, write_pdf
from tests.samples import initiative, plan_dataset

PLAN = "Ⅰ．分野\n１ 節の１\n（１）葛\U000e0100城市と辻\U000e0100堂 {#t}\n① 葛\U000e0101城の広報を葛\U000e0105城の協力を得て行う葛\U000e0100。\n"
OLD = PLAN.replace("葛\U000e0100城市", "葛城市")


def test_the_chosen_form_is_printed_and_the_others_are_the_usual_one(tmp_path: Path) -> None:
    new = plan_dataset(PLAN, [initiative("k", "t", 100_000)])
    html, lost = print_forms(plan_budget_page(new, plan_dataset(OLD, year=2024)), fonts())
    assert {sequence for sequence, _ in lost} == {"葛\U000e0105"}
    made = write_pdf(html)
    assert made.complaints == ()
    (tmp_path / "a.pdf").write_bytes(made.content)
    text = subprocess.run(
        ["pdftotext", "-raw", tmp_path / "a.pdf", "-"], capture_output=True, check=True, text=True
    ).stdout.replace("\n", "")
    assert "葛\U000e0100城市と辻\U000e0100堂" in text
    assert "葛城の広報を葛城の協力" in text
    printed = {outline(font, name) for font in embedded_fonts(made.content) for name in font.getGlyphOrder()}
    for sequence in ("葛\U000e0100", "辻\U000e0100"):
        assert any(outline(font, glyph_of(font, sequence)) in printed for font in shipped_fonts())


def shipped_fonts() -> list[TTFont]:
    return [TTFont(path) for path in (ROOT / "fonts").glob("*.ttf")]


def embedded_fonts(content: bytes) -> list[TTFont]:
    streams = [
        thing["/FontDescriptor"]["/FontFile2"]
        for sheet in pypdf.PdfReader(io.BytesIO(content)).pages
        for font in sheet["/Resources"]["/Font"].values()
        for thing in font["/DescendantFonts"].get_object()
        for thing in [thing.get_object()]
    ]
    return [TTFont(io.BytesIO(stream.get_data())) for stream in streams]


def glyph_of(font: TTFont, sequence: str) -> str:
    [table] = [table for table in font["cmap"].tables if table.format == 14]
    return dict(table.uvsDict[ord(sequence[1])])[ord(sequence[0])]


def outline(font: TTFont, glyph: str) -> str:
    pen = RecordingPen()
    font.getGlyphSet()[glyph].draw(pen)
    return str(pen.value)
