"""PDF and Word of the sample are twins: the same headings, columns and pages, read by other programs."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pypdf
import pytest
import weasyprint
from openxml_audit import OpenXmlValidator

from tests.builds.built import Built, lines_of, make, paper_of, sample, sample_years, word_of
from tests.builds.paper import HALF, Line, Paper, blankless
from tests.builds.word_file import W, text_of, word_part
from tests.office import HAS_OFFICE, convert
from tests.pages import ROOT, look

TWIPS_PER_MM = 1440 / 25.4
PIXELS_PER_MM = 96 / 25.4
NEAR = 0.1  # mm
needs_office = pytest.mark.skipif(not HAS_OFFICE, reason="LibreOffice (soffice) is not here")


@cache
def page() -> str:
    """The page of the sample that both are made from."""
    return make(ROOT / "data" / "gunma-r7", "plan-budget", "html").files[".html"].decode()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The Word file of the sample as LibreOffice prints it."""
    folder = tmp_path_factory.mktemp("office")
    (folder / "handout.docx").write_bytes(sample().files[".docx"])
    return Built({".pdf": convert(folder / "handout.docx", "pdf", folder).read_bytes()}, ())


def pdf_outline(entries: Iterable[Any], level: int = 1) -> Iterator[tuple[int, str]]:
    """Level and text of each bookmark."""
    for entry in entries:
        if isinstance(entry, list):
            yield from pdf_outline(entry, level + 1)
        else:
            yield level, blankless(entry.title)


def word_outline() -> Iterator[tuple[int, str]]:
    """Level and text of each paragraph in a heading style, a title of two lines in one."""
    for paragraph in word_part(sample().files[".docx"]).iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is not None and style.get(f"{W}val").startswith("Heading"):
            yield int(style.get(f"{W}val").removeprefix("Heading")), blankless(text_of(paragraph))


def test_both_have_the_same_headings_in_the_same_order() -> None:
    outline = list(pdf_outline(pypdf.PdfReader(io.BytesIO(sample().files[".pdf"])).outline))
    assert len(outline) > 50
    assert outline == list(word_outline())


def test_both_have_the_columns_of_the_look() -> None:
    wanted = [look().columns[name] for name in HALF] * 2
    for widths in (*word_columns(), *pdf_columns()):
        assert widths == pytest.approx(wanted, abs=NEAR)


def word_columns() -> Iterator[list[float]]:
    """The column widths in mm of each table that is not in another."""
    for table in word_part(sample().files[".docx"]).findall(f"{W}body/{W}tbl"):
        columns = table.findall(f"{W}tblGrid/{W}gridCol")
        yield [int(column.get(f"{W}w")) / TWIPS_PER_MM for column in columns]


def pdf_columns() -> Iterator[list[float]]:
    """The column widths in mm of each part of a table on each page, as WeasyPrint lays them out."""
    for sheet in weasyprint.HTML(string=page()).render().pages:
        for table in tables_of(sheet._page_box):
            yield [width / PIXELS_PER_MM for width in table.column_widths]


def tables_of(box: Any) -> Iterator[Any]:
    """The table boxes that are not in another."""
    for child in getattr(box, "children", ()):
        if type(child).__name__ == "TableBox":
            yield child
        else:
            yield from tables_of(child)


def test_the_word_file_keeps_to_the_schema_of_office(tmp_path: Path) -> None:
    path = tmp_path / "handout.docx"
    path.write_bytes(sample().files[".docx"])
    assert [error.description for error in OpenXmlValidator().validate(path).errors] == []


@needs_office
def test_both_have_about_the_same_number_of_pages(office: Built) -> None:
    printed, pages = (
        len(pypdf.PdfReader(io.BytesIO(each.files[".pdf"])).pages) for each in (office, sample())
    )
    assert abs(printed - pages) <= 2


@needs_office
@pytest.mark.parametrize("half", [0, 1], ids=["this year", "last year"])
def test_libreoffice_prints_every_line_in_the_column_where_the_pdf_has_it(office: Built, half: int) -> None:
    printed, pdf = paper_of(office, sample_years()), paper_of(sample(), sample_years())
    assert text_of_plan(printed, half) == text_of_plan(pdf, half)
    assert sorted(text_of_plan(printed, half)) == sorted(blankless("".join(lines_of(sample_years()[half]))))


def text_of_plan(paper: Paper, half: int) -> str:
    """All characters of one year's plan."""
    return "".join(line.text for line in paper.plan(half))


@needs_office
@pytest.mark.parametrize("half", [0, 1], ids=["this year", "last year"])
def test_libreoffice_prints_every_amount_at_the_height_of_its_initiative(office: Built, half: int) -> None:
    names, amounts = paper_of(office, sample_years()).budget(half)
    assert [line.text for line in amounts] == [amount for _, amount in word_of(sample())[half].budget]
    assert [line for line in amounts if not any(is_beside(line, name) for name in names)] == []


def is_beside(line: Line, other: Line) -> bool:
    """Whether they stand at the same height of the same page, half a point apart at most."""
    return line.page == other.page and abs(line.top - other.top) < 0.5


@needs_office
def test_libreoffice_repeats_the_head_on_every_page(office: Built) -> None:
    assert set(paper_of(office, sample_years()).first_bands[1:]) == {"pillar"}
