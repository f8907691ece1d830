"""The annex as a workbook: read again by other programs, it says what the handout prints, and calculates."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from lxml import etree
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet
from openxml_audit import OpenXmlValidator

from handouts.annex.writing import write_annex
from handouts.compose.annex.cells import Annex, AnnexCell, AnnexTable, Sheet, TableRow
from handouts.compose.annex.forms import text_cell
from handouts.dataset.kinds import KINDS
from handouts.findings import HandoutError
from tests.annexes import CREATED, SAMPLES, cells_of, sample, sample_file, shown, write
from tests.office import HAS_OFFICE, recalculated, sheets_as_shown
from tests.pages import look

every_sample = pytest.mark.parametrize(("name", "kind"), SAMPLES, ids=[f"{n}-{k}" for n, k in SAMPLES])
with_office = pytest.mark.skipif(not HAS_OFFICE, reason="LibreOffice is not installed")
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
FUNCTIONS = {"SUM", "IF", "IFERROR", "ROUND", "SUMIFS", "AVERAGE"}


def opened(content: bytes, with_results: bool = False) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content), data_only=with_results)


def parts(content: bytes, pattern: str) -> list[bytes]:
    """The parts of the package whose names match."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return [package.read(name) for name in sorted(package.namelist()) if re.fullmatch(pattern, name)]


def small(*cells: AnnexCell, name: str = "表", title: str = "題") -> Annex:
    """A workbook of one row."""
    table = AnnexTable("t", "", 1, tuple(f"欄{number}" for number in range(len(cells))), (TableRow(cells),))
    sheet = Sheet(name, title, (), (12,) * len(cells), (table,))
    return Annex("別紙", "群馬支部", "資料1", "gunma-r7 案", "資料1", (sheet,))


def test_every_kind_of_handout_that_has_an_annex_has_a_sample_here() -> None:
    assert {kind.id for kind in KINDS.values() if kind.annex} == {kind for _, kind in SAMPLES}


@pytest.mark.parametrize(
    ("name", "kind", "sheets"),
    [
        ("gunma-r7", "plan-budget", ["KPI一覧", "取組と予算", "変更箇所"]),
        ("yamaguchi-r8", "plan", ["KPI一覧"]),
        ("fukushima-r7", "final-report", ["KPI一覧", "変更箇所"]),
        ("gunma-r3", "progress", ["KPI一覧", "月次", "月次グラフ", "予算執行", "執行グラフ"]),
        ("tochigi-r5", "results", ["KPI一覧", "予算執行", "執行グラフ"]),
    ],
)
def test_a_workbook_has_the_sheets_that_its_data_fill(name: str, kind: str, sheets: list[str]) -> None:
    assert opened(sample_file(name, kind)).sheetnames == sheets


# Figures


@every_sample
def test_every_cell_is_a_number_a_text_or_a_formula_with_its_result(name: str, kind: str) -> None:
    formulas, results = opened(sample_file(name, kind)), opened(sample_file(name, kind), with_results=True)
    for sheet in sample(name, kind).sheets:
        for place, cell in cells_of(sheet):
            stored = results[sheet.name][place].value
            if isinstance(cell.value, Decimal):
                assert isinstance(stored, (int, float)), place
                assert stored == float(cell.value), place
            else:
                assert stored == cell.value, place
            written = formulas[sheet.name][place]
            assert (written.data_type == "f") == bool(cell.formula), place
            if cell.formula:
                assert written.value == f"={cell.formula}"


@every_sample
def test_formulas_use_only_what_every_excel_has(name: str, kind: str) -> None:
    cells = [cell for sheet in sample(name, kind).sheets for _, cell in cells_of(sheet) if cell.formula]
    used = {function for cell in cells for function in re.findall(r"([A-Z.]+)\(", cell.formula)}
    assert used <= FUNCTIONS
    assert not any("[" in cell.formula or "#" in cell.formula for cell in cells)


@with_office
@every_sample
def test_libreoffice_computes_the_results_that_are_stored(name: str, kind: str, tmp_path: Path) -> None:
    path = write(sample(name, kind), tmp_path)
    fresh = openpyxl.load_workbook(recalculated(path, tmp_path / "out"), data_only=True)
    for sheet in sample(name, kind).sheets:
        for place, cell in cells_of(sheet):
            value = float(cell.value) if isinstance(cell.value, Decimal) else cell.value
            assert fresh[sheet.name][place].value == value, f"{sheet.name}!{place} {cell.formula}"


@with_office
@every_sample
def test_libreoffice_shows_what_the_handout_prints(name: str, kind: str, tmp_path: Path) -> None:
    pages = sheets_as_shown(write(sample(name, kind), tmp_path), tmp_path)
    for sheet in sample(name, kind).sheets:
        page = pages[sheet.name]
        for table in sheet.tables:
            assert page[table.first_row][: len(table.heads)] == list(table.heads)
            for row, line in enumerate(table.rows, table.first_row + 1):
                assert page[row][: len(line.cells)] == [shown(cell) for cell in line.cells]


# Tables, charts, names


@every_sample
def test_the_heads_of_a_table_are_those_in_its_cells(name: str, kind: str) -> None:
    for page in opened(sample_file(name, kind)).worksheets:
        for table in page.tables.values():
            left, top, right, _ = range_boundaries(table.ref)
            heads = [page.cell(top, column).value for column in range(left, right + 1)]
            assert [column.name for column in table.tableColumns] == heads
            assert all(heads)
            assert len({head.lower() for head in heads}) == len(heads)


@every_sample
def test_no_name_is_given_twice(name: str, kind: str) -> None:
    book = opened(sample_file(name, kind))
    names = [table.lower() for page in book.worksheets for table in page.tables]
    assert len(set(names)) == len(names) > 0
    assert not set(names) & {defined.lower() for defined in book.defined_names}
    printed = [page.print_title_rows for page in book.worksheets]
    assert len(printed) == len(book.sheetnames)


def chart_series(content: bytes) -> Iterator[tuple[str, list[str], list[str | None]]]:
    """The areas of each series of all charts, and the figures that the file brings along for them."""
    for part in parts(content, r"xl/charts/chart\d+\.xml"):
        for reference in etree.fromstring(part).iter(f"{C}numRef", f"{C}strRef"):
            formula = reference.findtext(f"{C}f") or ""
            count = int(reference.find(f"*/{C}ptCount").get("val"))  # type: ignore[union-attr, arg-type]
            known: list[str | None] = [None] * count
            for point in reference.iter(f"{C}pt"):
                known[int(point.get("idx", ""))] = point.findtext(f"{C}v")
            yield formula, formula.strip("()").split(","), known


@pytest.mark.parametrize(("name", "kind"), [("gunma-r3", "progress"), ("tochigi-r5", "results")])
def test_charts_show_cells_that_are_there(name: str, kind: str) -> None:
    content = sample_file(name, kind)
    book = opened(content, with_results=True)
    checked = 0
    for formula, areas, known in chart_series(content):
        cells = [cell for area in areas for cell in area_cells(book, area)]
        assert [None if value is None else str(value) for value in known] == [
            text_of(cell, value) for cell, value in zip(cells, known, strict=True)
        ], formula
        checked += 1
    assert checked == sum(
        2 * len(chart.series) for sheet in sample(name, kind).sheets for chart in sheet.charts
    )


def area_cells(book: openpyxl.Workbook, area: str) -> list[Any]:
    """The values of a range such as '月次'!$B$3:$M$3."""
    sheet, _, cells = area.rpartition("!")
    page: Worksheet = book[sheet.strip("'")]
    left, top, right, bottom = range_boundaries(cells.replace("$", ""))
    rows = page.iter_rows(top, bottom, left, right, values_only=True)
    return [value for row in rows for value in row]


def text_of(value: Any, known: str | None) -> str | None:
    """A cell as the chart's own copy has it."""
    if isinstance(value, (int, float)) and known is not None and float(known) == value:
        return known
    return value if value is None else str(value)


def test_months_stand_at_the_foot_of_a_chart_though_lines_go_below_zero() -> None:
    charts = [
        etree.fromstring(part)
        for part in parts(sample_file("gunma-r3", "progress"), r"xl/charts/chart\d+\.xml")
    ]
    lines = [chart for chart in charts if chart.find(f".//{C}lineChart") is not None]
    assert lines
    assert all(chart.find(f".//{C}catAx/{C}tickLblPos").get("val") == "low" for chart in lines)


@pytest.mark.parametrize(("name", "kind"), [("gunma-r3", "progress"), ("tochigi-r5", "results")])
def test_every_chart_has_the_alternative_text_of_the_handouts_chart(name: str, kind: str) -> None:
    drawn = [chart.alt for sheet in sample(name, kind).sheets for chart in sheet.charts]
    described = [
        node.get("descr")
        for part in parts(sample_file(name, kind), r"xl/drawings/drawing\d+\.xml")
        for node in etree.fromstring(part).iter("{*}cNvPr")
    ]
    assert described == drawn
    assert len(drawn) == {"gunma-r3": 24, "tochigi-r5": 1}[name]


@every_sample
def test_nothing_leads_out_of_the_workbook_and_nothing_runs(name: str, kind: str) -> None:
    content = sample_file(name, kind)
    assert parts(content, r".*(external|vba|macro|connection|activeX).*") == []
    assert not any(b"TargetMode" in part for part in parts(content, r".*\.rels"))


@every_sample
def test_the_workbook_is_valid(name: str, kind: str, tmp_path: Path) -> None:
    result = OpenXmlValidator().validate(str(write(sample(name, kind), tmp_path)))
    assert result.is_valid, [str(error) for error in result.errors]


# How it looks and prints


@every_sample
def test_it_prints_as_the_handouts_do(name: str, kind: str) -> None:
    for page in opened(sample_file(name, kind)).worksheets:
        assert (page.page_setup.orientation, int(page.page_setup.paperSize)) == ("landscape", 9)
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) in ((None, 0), (1, 0))
        assert page.oddFooter.center.text.strip() == "&P／&N"
        assert page.oddHeader.right.text.strip() == sample(name, kind).material
        assert page.oddHeader.left.text.strip() == sample(name, kind).title
        assert page.HeaderFooter.scaleWithDoc is False  # of one size on all sheets
        assert page.freeze_panes is not None or page.title.endswith("グラフ")


@every_sample
def test_the_heads_of_a_long_table_stand_on_every_page(name: str, kind: str) -> None:
    book = opened(sample_file(name, kind))
    for sheet in sample(name, kind).sheets:
        if len(sheet.tables) == 1 and not sheet.charts:
            head = sheet.tables[0].first_row + 1
            assert book[sheet.name].print_title_rows == f"${head}:${head}"


@every_sample
def test_everything_is_in_the_font_of_the_handouts(name: str, kind: str) -> None:
    [styles] = parts(sample_file(name, kind), r"xl/styles\.xml")
    fonts = etree.fromstring(styles).findall("{*}fonts/{*}font")
    assert {font.find("{*}name").get("val") for font in fonts} == {"BIZ UDゴシック"}  # type: ignore[union-attr]
    for part in parts(sample_file(name, kind), r"xl/charts/chart\d+\.xml"):
        assert set(re.findall(r'latin typeface="([^"]*)"', part.decode())) == {"BIZ UDゴシック"}


@every_sample
def test_the_properties_are_those_of_the_handout(name: str, kind: str) -> None:
    properties = opened(sample_file(name, kind)).properties
    annex = sample(name, kind)
    assert (properties.title, properties.creator, properties.subject) == (
        annex.title,
        annex.author,
        annex.subject,
    )
    assert properties.created == properties.modified == CREATED.replace(tzinfo=None)


@pytest.mark.parametrize(
    "text", ["=1+1", "+A1", "-5%の削減", "@SUM(A1)", '=HYPERLINK("http://x")', "http://example.jp"]
)
def test_a_text_that_looks_like_something_else_stays_a_text(text: str, tmp_path: Path) -> None:
    page = openpyxl.load_workbook(write(small(text_cell(text), title=text), tmp_path)).worksheets[0]
    for place in ("A1", "A3"):
        assert (page[place].value, page[place].data_type, page[place].hyperlink) == (text, "s", None)
    assert page["A3"].quotePrefix == (not text.startswith("http"))


def test_what_has_a_meaning_in_headers_is_written_as_it_is() -> None:
    annex = small(text_cell("1"))
    content = write_annex(Annex("2026（令和8）年度 A&B", "", "", "", "1&2", annex.sheets), look(), CREATED)
    [sheet] = parts(content, r"xl/worksheets/sheet1\.xml")
    font = '&"BIZ UDゴシック,Regular"&9 '
    assert etree.fromstring(sheet).findtext("{*}headerFooter/{*}oddHeader") == (
        f"&L{font}2026（令和8）年度 A&&B&R{font}1&&2"
    )


def test_marked_characters_are_bold_and_underlined(tmp_path: Path) -> None:
    content = sample_file("fukushima-r7", "final-report")
    book = openpyxl.load_workbook(io.BytesIO(content), rich_text=True)
    text = book["変更箇所"]["F4"].value
    marked = "".join(block.text for block in text if block.font.b and block.font.u)
    assert marked == "広報紙や窓口で繰り返し"


def test_a_text_that_no_cell_takes_is_explained() -> None:
    with pytest.raises(HandoutError, match=r"シート「表」の 3行 1列.*32,767"):
        write_annex(small(text_cell("あ" * 40_000)), look(), CREATED)


def test_the_same_annex_gives_the_same_bytes() -> None:
    assert write_annex(sample("gunma-r3", "progress"), look(), CREATED) == sample_file("gunma-r3", "progress")


@pytest.mark.parametrize("row", range(3))
def test_no_block_is_parted_by_the_end_of_a_page(row: int) -> None:
    names: Sequence[tuple[str, str]] = [
        ("gunma-r3", "progress"),
        ("gunma-r7", "plan-budget"),
        ("tochigi-r5", "results"),
    ]
    name, kind = names[row]
    book = opened(sample_file(name, kind))
    for sheet in sample(name, kind).sheets:
        ends = [each.id for each in book[sheet.name].row_breaks.brk]
        assert all(not first < end <= last for end in ends for first, last in sheet.blocks)
