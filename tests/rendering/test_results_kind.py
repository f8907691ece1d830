"""年度実施状況 as PDF and Word: every figure in its column and row, both columns of the sections in order."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate, groupby, pairwise
from pathlib import Path
from typing import Any

import pypdf
import pytest
import weasyprint
from lxml import etree

from handouts.compose.done import SmallTable
from handouts.compose.kpi_tables import KpiResultRow
from handouts.compose.page import Box, PrintedLine
from handouts.compose.results import Results, compose_results
from handouts.dataset.folder import read_folder
from handouts.dataset.model import Datasets
from handouts.look.values import Look
from tests.builds.paper import MM, Word, blankless, read_words
from tests.builds.word_file import W, text_of, word_part
from tests.office import HAS_OFFICE, convert
from tests.pages import ROOT, look
from tests.rendering.test_every_kind import made

SAMPLE = ("tochigi-r5", "results")
KPI_COLUMNS = (
    *("result-number", "result-group", "result-kpi", "result", "result", "result-target"),
    *("result", "result-mark", "result", "result-target", "result-remark"),
)
EXECUTION_COLUMNS = (
    "execution-field",
    "execution-name",
    "execution-amount",
    "execution-amount",
    "execution-rate",
)
TABLES = (KPI_COLUMNS, ("half", "half"), EXECUTION_COLUMNS)
FIGURES = slice(3, 9)  # the columns that always have one line; the targets of the next year may be a list
SAME_LINE = 1.0  # points
PIXELS_PER_MM = 96 / 25.4
TWIPS_PER_MM = 1440 / 25.4
needs_office = pytest.mark.skipif(not HAS_OFFICE, reason="LibreOffice (soffice) is not here")


@cache
def handout() -> Results:
    dataset = read_folder(ROOT / "data" / SAMPLE[0]).dataset
    assert dataset is not None
    return compose_results(Datasets(dataset))


@cache
def sizes() -> Look:
    return look().of_kind("results")


def kpi_rows() -> list[KpiResultRow]:
    assert handout().kpis is not None
    return [row for table in handout().kpis.tables for row in table.rows]


def kpi_texts(row: KpiResultRow) -> list[str]:
    """What each of the eleven cells says."""
    columns = [(row.group,), row.sentence, *row.cells]
    return [row.number, *("".join(line.text for line in lines) for lines in columns)]


def texts(blocks: Sequence[Any]) -> Iterator[str]:
    """Every paragraph of a cell."""
    for block in blocks:
        if isinstance(block, Box):
            yield from texts(block.lines)
        elif isinstance(block, SmallTable):
            yield from (cell.text for row in (block.head, *block.rows) for cell in row)
        else:
            assert isinstance(block, PrintedLine)
            yield block.text


def side(name: str) -> str:
    """All that stands in one column of the sections."""
    rows = (row for table in handout().sections for section in table.sections for row in section)
    return blankless("".join(text for row in rows for text in texts(getattr(row, name))))


# Word


def word_tables() -> list[etree._Element]:
    return word_part(made(*SAMPLE).files[".docx"]).findall(f"{W}body/{W}tbl")


def body_rows(columns: int) -> list[list[str]]:
    """The rows of all tables of so many columns, without their heads; the charts' has none and does not count."""
    return [
        [text_of(cell) for cell in row.findall(f"{W}tc")]
        for table in word_tables()
        if len(table.findall(f"{W}tblGrid/{W}gridCol")) == columns and table.find(f".//{W}drawing") is None
        for row in table.findall(f"{W}tr")
        if row.find(f"{W}trPr/{W}tblHeader") is None
    ]


def test_every_cell_of_every_kpi_stands_in_its_column_in_word() -> None:
    assert body_rows(len(KPI_COLUMNS)) == [kpi_texts(row) for row in kpi_rows()]


def test_every_amount_stands_in_the_row_of_its_name_in_word() -> None:
    rows = [[text for text in row if text] for row in body_rows(len(EXECUTION_COLUMNS))]
    assert rows == execution_rows()


def execution_rows() -> list[list[str]]:
    rows = [row for table in handout().execution for row in table.rows]
    return [[str(each) for each in (row.name.text, row.budgeted, row.executed, row.rate)] for row in rows]


@pytest.mark.parametrize(("column", "name"), [(0, "plan"), (1, "done")])
def test_both_columns_of_the_sections_are_in_order_in_word(column: int, name: str) -> None:
    assert blankless("".join(row[column] for row in body_rows(2))) == side(name)


# PDF


@cache
def words() -> tuple[Word, ...]:
    return read_words(made(*SAMPLE).files[".pdf"])[1]


def edges(columns: Sequence[str]) -> list[float]:
    """The edges of the columns in points."""
    widths = [sizes().columns[name] for name in columns]
    return [mm * MM for mm in accumulate(widths, initial=sizes().page.margin_left)]


def cells_beside(number: Word, found: Sequence[Word]) -> list[str]:
    """What stands at the height of a word in each column of the KPIs."""
    row = [each for each in found if each.page == number.page and abs(each.top - number.top) < SAME_LINE]
    return [
        "".join(each.text for each in row if left - 1 <= each.left and each.right <= right + 1)
        for left, right in pairwise(edges(KPI_COLUMNS))
    ]


def figures_on_paper(found: Sequence[Word]) -> list[list[str]]:
    left, right = edges(KPI_COLUMNS)[:2]
    last = found_page(found, handout().sections_title)
    numbers = [
        word
        for word in found
        if word.page < last and left < word.left and word.right < right and word.text.startswith("（")
    ]
    numbers.sort(key=lambda word: (word.page, word.top))
    return [cells_beside(word, found)[FIGURES] for word in numbers]


def found_page(found: Sequence[Word], title: str) -> int:
    """The page on which a part begins."""
    for page, members in groupby(found, key=lambda word: word.page):
        if blankless(title) in "".join(word.text for word in members):
            return page
    raise AssertionError(title)


def wanted_figures() -> list[list[str]]:
    return [kpi_texts(row)[FIGURES] for row in kpi_rows()]


def test_every_figure_of_every_kpi_stands_under_its_head_in_the_pdf() -> None:
    assert figures_on_paper(words()) == wanted_figures()


def test_no_kpi_is_split_over_two_pages() -> None:
    pages = [
        "".join(word.text for word in group) for _, group in groupby(words(), key=lambda word: word.page)
    ]
    for row in kpi_rows():
        parts = [blankless(line.text)[-8:] for line in row.sentence]
        assert any(row.number in page and all(part in page for part in parts) for page in pages), row.number


def test_every_amount_stands_at_the_height_of_its_name_in_the_pdf() -> None:
    first = found_page(words(), handout().execution_title)
    lines = [
        "".join(word.text for word in sorted(row, key=lambda word: word.left))
        for row in lines_of([word for word in words() if word.page >= first])
    ]
    for row in execution_rows():
        assert blankless("".join(row)) in lines


def lines_of(found: Sequence[Word]) -> Iterator[list[Word]]:
    line: list[Word] = []
    for word in sorted(found, key=lambda word: (word.page, word.top)):
        if line and (word.page != line[0].page or word.top - line[0].top > SAME_LINE):
            yield line
            line = []
        line.append(word)
    if line:
        yield line


def plan_pages(found: Sequence[Word]) -> list[list[str]]:
    """The lines of the plan's column on each page of the sections, below its heads."""
    middle = edges(("half", "half"))[1]
    start, end = (found_page(found, title) for title in (handout().sections_title, handout().execution_title))
    foot = (sizes().page.height - sizes().page.margin_bottom) * MM
    left = [word for word in found if start <= word.page < end and word.right <= middle and word.top < foot]
    pillars = {blankless(table.heading.text) for table in handout().sections if table.heading}
    heads = {blankless(handout().sections_title), "具体的施策等", *pillars}
    lines = [
        (line[0].page, "".join(word.text for word in sorted(line, key=lambda word: word.left)))
        for line in lines_of(left)
    ]
    return [
        [text for _, text in members if text not in heads]
        for _, members in groupby(lines, key=lambda line: line[0])
    ]


def test_the_plan_is_in_order_in_the_pdf() -> None:
    assert "".join(line for page in plan_pages(words()) for line in page) == side("plan")


def test_no_heading_of_the_plan_stands_alone_at_the_foot_of_a_page() -> None:
    rows = (row for table in handout().sections for section in table.sections for row in section)
    blocks = [block for row in rows for block in row.plan if isinstance(block, PrintedLine)]
    kept = {blankless(line.text) for line in blocks if sizes().styles[line.style].keep}
    assert len(kept) > 30
    assert [page[-1] for page in plan_pages(words()) if page and page[-1] in kept] == []


def test_the_pillar_stands_at_the_top_of_every_page_of_its_sections() -> None:
    start, end = (
        found_page(words(), title) for title in (handout().sections_title, handout().execution_title)
    )
    pillars = [blankless(table.heading.text) for table in handout().sections if table.heading]
    assert len(pillars) == 3
    for page in range(start, end):
        lines = lines_of([word for word in words() if word.page == page])
        top = ["".join(word.text for word in line) for line, _ in zip(lines, range(3), strict=False)]
        assert any(pillar in top for pillar in pillars), page


def test_bookmarks_lead_to_parts_pillars_and_sections() -> None:
    def titles(entries: Sequence[Any], level: int = 1) -> Iterator[tuple[int, str]]:
        for entry in entries:
            if isinstance(entry, list):
                yield from titles(entry, level + 1)
            else:
                yield level, blankless(entry.title)

    outline = list(titles(pypdf.PdfReader(io.BytesIO(made(*SAMPLE).files[".pdf"])).outline))
    parts = (handout().kpis_title, handout().sections_title, handout().execution_title, "グラフ")
    assert [title for level, title in outline if level == 2] == [blankless(title) for title in parts]
    assert [title for level, title in outline if level == 3][:6] == [
        "Ⅰ基盤的保険者機能関係",
        "Ⅱ戦略的保険者機能関係",
        "Ⅲ組織体制関係",
    ] * 2
    assert (4, "２．サービス水準の向上") in outline
    assert (5, "（３）重症化予防対策の推進") in outline


# Twins


def test_both_have_the_columns_of_the_look() -> None:
    wanted = [[sizes().columns[name] for name in names] for names in TABLES]
    for widths in (*word_columns(), *pdf_columns()):
        assert any(widths == pytest.approx(each, abs=0.1) for each in wanted)


def word_columns() -> Iterator[list[float]]:
    for table in word_tables():
        yield [int(column.get(f"{W}w")) / TWIPS_PER_MM for column in table.findall(f"{W}tblGrid/{W}gridCol")]


def pdf_columns() -> Iterator[list[float]]:
    html = made(*SAMPLE).files[".html"].decode()
    for sheet in weasyprint.HTML(string=html).render().pages:
        for table in outer_tables(sheet._page_box):
            yield [width / PIXELS_PER_MM for width in table.column_widths]


def outer_tables(box: Any) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        if type(child).__name__ == "TableBox":
            yield child
        else:
            yield from outer_tables(child)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> tuple[Word, ...]:
    """The words of the Word file as LibreOffice prints it."""
    folder: Path = tmp_path_factory.mktemp("office")
    (folder / "handout.docx").write_bytes(made(*SAMPLE).files[".docx"])
    return read_words(convert(folder / "handout.docx", "pdf", folder).read_bytes())[1]


@needs_office
def test_libreoffice_prints_as_many_pages(office: tuple[Word, ...]) -> None:
    assert abs(office[-1].page - words()[-1].page) <= 1


@needs_office
def test_libreoffice_prints_every_figure_under_its_head(office: tuple[Word, ...]) -> None:
    assert figures_on_paper(office) == wanted_figures()


@needs_office
def test_libreoffice_prints_the_plan_in_order_and_no_heading_of_a_section_alone(
    office: tuple[Word, ...],
) -> None:
    pages = plan_pages(office)
    assert "".join(line for page in pages for line in page) == side("plan")
    headings = {
        blankless(section[0].plan[0].text)
        for table in handout().sections
        for section in table.sections
        if isinstance(section[0].plan[0], PrintedLine)
    }
    assert [page[-1] for page in pages if page and page[-1] in headings | {"【具体的取組】"}] == []
