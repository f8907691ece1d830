"""Charts in PDF and Word: real text and alternative texts, two to a row, the same in both."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import docx
import page as page_validation
import pypdf
import pytest
from openxml_audit import OpenXmlValidator

from handouts.charts import draw
from handouts.compose.charts import Chart
from handouts.compose.plan import compose_plan
from handouts.dataset.model import Datasets
from handouts.look.fonts import missing_characters
from handouts.look.pictures import Drawing
from handouts.look.vocabulary import VOCABULARY
from handouts.page.pdf import Pdf
from handouts.page.rendering import render_page
from handouts.word import write_word
from tests.charts import bars, checkup, months
from tests.office import HAS_OFFICE, convert
from tests.pages import TEMPLATES, fonts, look, write_pdf
from tests.samples import plan_dataset

PLAN = "Ⅰ．基盤\n１ 案内 {#annai}\n（１）窓口を明るくする。\n"
CHARTS: tuple[Chart, ...] = (*(checkup(identifier=f"checkup-{number}") for number in range(1, 8)), *bars())


@cache
def drawings() -> dict[str, Drawing]:
    return {chart.id: draw(chart, look(), fonts()) for chart in CHARTS}


def page_of(charts: tuple[Chart, ...]) -> str:
    handout = replace(compose_plan(Datasets(plan_dataset(PLAN))), charts=charts)
    drawn = {chart.id: drawings().get(chart.id) or draw(chart, look(), fonts()) for chart in charts}
    return render_page("plan.html", handout, look(), fonts(), [TEMPLATES], drawn).html


@cache
def html() -> str:
    return page_of(CHARTS)


@cache
def pdf() -> Pdf:
    return write_pdf(html())


@cache
def word() -> bytes:
    template = (TEMPLATES / "template.docx").read_bytes()
    return write_word(
        html(), look(), template, datetime.datetime(2025, 1, 17, tzinfo=datetime.UTC), drawings()
    )


def reader() -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf().content))


def sheets(content: bytes) -> list[str]:
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return [re.sub(r"\s", "", sheet.extract_text()) for sheet in pages]


def figures(element: Any) -> Iterator[str]:
    """The alternative texts of the figures below an element of the PDF's structure, in reading order."""
    if isinstance(element, pypdf.generic.DictionaryObject):
        if element.get("/S") == "/Figure":
            yield str(element["/Alt"])
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            yield from figures(kid.get_object())


def test_the_text_of_a_chart_is_text_in_the_pdf() -> None:
    text = "".join(sheets(pdf().content))
    for words in (
        "グラフ",
        "令和3年度28.9%",
        "目標61.0%以上",
        "目標以下・以内をめざすもの",
        "15,251千円",
        "執行率",
    ):
        assert words in text


def test_every_chart_is_a_figure_with_its_alternative_text() -> None:
    assert list(figures(reader().root_object["/StructTreeRoot"])) == [chart.alt for chart in CHARTS]


def test_it_passes_pdf_ua_and_nothing_leaves_its_cell(tmp_path: Path) -> None:
    path = tmp_path / "charts.pdf"
    path.write_bytes(pdf().content)
    assert "Result: no failures" in str(page_validation.validate_pdf(str(path)))
    assert (pdf().complaints, pdf().overflows) == ((), ())


def test_charts_bring_no_other_font_into_the_pdf() -> None:
    fonts_of_page = [sheet["/Resources"].get_object().get("/Font", {}) for sheet in reader().pages]
    names = [str(font["/BaseFont"]) for found in fonts_of_page for font in found.get_object().values()]
    assert all("BIZ-UDGothic" in name for name in names)


def test_charts_begin_where_there_is_room_and_stand_in_twos_under_their_heading() -> None:
    titles = [sheet.count("生活習慣病予防健診受診率") for sheet in sheets(pdf().content)]
    assert titles == [0, 4, 3, 0]
    assert "グラフ" in sheets(pdf().content)[1]


def test_no_charts_no_page_of_charts() -> None:
    assert "グラフ" not in page_of(()).split("</style>")[1]


def test_the_page_keeps_to_the_vocabulary() -> None:
    found = re.findall(r'<([a-z0-9]+)(?: class="([a-z0-9 -]*)")?', html().split("</style>")[1])
    assert {(tag, name) for tag, names in found for name in names.split()} >= {
        ("figure", "chart"),
        ("img", "chart"),
    }
    found.remove(("body", "plan"))
    assert all(set(names.split()) <= VOCABULARY[tag] for tag, names in found)


def test_a_picture_that_is_too_large_is_reported() -> None:
    (name, drawn), *_ = drawings().items()
    enlarged = drawn.svg.replace("height=", 'height="900pt" data-height=', 1)
    page = render_page(
        "plan.html",
        replace(compose_plan(Datasets(plan_dataset(PLAN))), charts=CHARTS[:1]),
        look(),
        fonts(),
        [TEMPLATES],
        {name: replace(drawn, svg=enlarged)},
    )
    (reported,) = write_pdf(page.html).overflows
    assert "「生活習慣病予防健診受診率" in reported


def test_a_character_that_no_font_has_is_found_in_a_chart_too() -> None:
    chart = months("受診率", {"令和3年度🌸": ["1", "2"]}, ref="monthly:checkup")
    assert missing_characters(page_of((chart,)), fonts()) == (("🌸", "monthly:checkup"),)


def test_word_has_the_same_charts_with_the_same_texts_in_the_same_size() -> None:
    document = docx.Document(io.BytesIO(word()))
    pictures = list(document.element.body.iter("{*}docPr"))
    assert [picture.get("descr") for picture in pictures] == [chart.alt for chart in CHARTS]
    sizes = [(shape.width.mm, shape.height.mm) for shape in document.inline_shapes]
    drawn = [(each.width, each.height) for each in drawings().values()]
    assert [value for size in sizes for value in size] == pytest.approx(
        [v for size in drawn for v in size], abs=0.01
    )


def test_the_word_file_keeps_to_the_schema_of_office(tmp_path: Path) -> None:
    path = tmp_path / "charts.docx"
    path.write_bytes(word())
    assert [error.description for error in OpenXmlValidator().validate(path).errors] == []


@pytest.mark.skipif(not HAS_OFFICE, reason="LibreOffice (soffice) is not here")
def test_libreoffice_sets_the_charts_on_the_same_pages(tmp_path: Path) -> None:
    (tmp_path / "charts.docx").write_bytes(word())
    printed = sheets(convert(tmp_path / "charts.docx", "pdf", tmp_path).read_bytes())
    assert len(printed) == pdf().pages
    for words in ("生活習慣病予防健診受診率", "KPIの達成状況", "予算の執行状況"):
        counts = [[sheet.count(words) > 0 for sheet in pages] for pages in (printed, sheets(pdf().content))]
        assert counts[0] == counts[1]
