"""見え消し: what somebody struck out in a workbook is left out, and said of each cell."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font

from handouts.excel.reading import WorkbookReading, read_workbook
from tests.unit.excel.books import HEAD, Book, read

STRUCK = Font(strike=True)


def runs(*parts: tuple[str, bool]) -> CellRichText:
    return CellRichText(*(TextBlock(InlineFont(strike=is_struck or None), text) for text, is_struck in parts))


def said(reading: WorkbookReading) -> list[tuple[str, str, str]]:
    return [(finding.severity, finding.place.cell or "", finding.rule.id) for finding in reading.findings]


def strike(sheet: str, row: int, heading: str, value: Any = None) -> Callable[[Book], None]:
    def change(book: Book) -> None:
        cell = book.cell(sheet, row, heading)
        if value is None:
            cell.font = STRUCK
        else:
            cell.value = value

    return change


def test_an_amount_that_is_struck_out_is_not_added_up(tmp_path: Path) -> None:
    reading = read(tmp_path, strike("取組・予算", 1, "予算額（円）"))
    assert said(reading) == [("warning", "取組・予算!D4", "cell.struck")]
    assert reading.dataset is not None
    assert [one.amount for one in reading.dataset.initiatives] == [None, 500_000]
    assert "取り消し線のある「予算額（円）」「2902000」は、消したものとして読みませんでした" in str(
        reading.findings[0]
    )


def test_a_paragraph_that_is_struck_out_is_none(tmp_path: Path) -> None:
    text = "申請を受け付けてから支給するまでの日数を短くする。"

    def change(book: Book) -> None:
        next(cell for cell in book["計画"]["C"] if cell.value == text).font = STRUCK

    reading = read(tmp_path, change)
    assert [(severity, rule) for severity, _, rule in said(reading)] == [("warning", "cell.struck")]
    assert reading.dataset is not None
    assert text not in [paragraph.text for paragraph in reading.dataset.plan.paragraphs]
    assert len(reading.dataset.plan.paragraphs) > 3


def test_of_a_text_only_what_is_struck_out_is_left_out(tmp_path: Path) -> None:
    value = runs(
        ("古い名称", True), ("健診の", False), ("新しい", False), ("お知らせ", True), ("案内", False)
    )
    reading = read(tmp_path, strike("取組・予算", 1, "取組の名称", value))
    assert said(reading) == [("warning", "取組・予算!A4", "cell.struck-part")]
    assert "「古い名称お知らせ」には取り消し線がある" in str(reading.findings[0])
    assert reading.dataset is not None
    assert reading.dataset.initiatives[0].name == "健診の新しい案内"


def test_a_text_of_which_all_runs_are_struck_out_is_struck_out_as_a_whole(tmp_path: Path) -> None:
    reading = read(tmp_path, strike("KPI", 1, "備考", runs(("やめた", True), ("備考", True))))
    assert said(reading) == [("warning", reading.findings[0].place.cell, "cell.struck")]
    assert reading.dataset is not None
    assert reading.dataset.kpis[0].remarks == ""


def test_a_figure_typed_beside_a_struck_one_counts(tmp_path: Path) -> None:
    value = runs(("2,902千円", True), ("\n3,000千円", False))
    reading = read(tmp_path, strike("取組・予算", 1, "予算額（円）", value))
    assert said(reading) == [("warning", "取組・予算!D4", "cell.struck-part")]
    assert reading.dataset is not None
    assert reading.dataset.initiatives[0].amount == 3_000_000


def test_runs_of_other_looks_are_one_text(tmp_path: Path) -> None:
    value = CellRichText(TextBlock(InlineFont(b=True, strike=False), "健診"), "の案内")
    reading = read(tmp_path, strike("取組・予算", 1, "取組の名称", value))
    assert reading.findings == ()
    assert reading.dataset is not None
    assert reading.dataset.initiatives[0].name == "健診の案内"


def test_a_row_that_is_struck_out_is_no_entry_and_each_cell_is_said(tmp_path: Path) -> None:
    def change(book: Book) -> None:
        for cell in book["取組・予算"][HEAD + 2]:
            cell.font = STRUCK

    reading = read(tmp_path, change)
    assert {rule for _, _, rule in said(reading)} == {"cell.struck"}
    assert len(said(reading)) == 4
    assert reading.dataset is not None
    assert [one.id for one in reading.dataset.initiatives] == ["annai"]


def test_a_heading_that_is_struck_out_is_a_fault(tmp_path: Path) -> None:
    def change(book: Book) -> None:
        book["取組・予算"].cell(HEAD, book.column("取組・予算", "執行額（円）")).font = STRUCK

    assert said(read(tmp_path, change)) == [("error", "取組・予算!E3", "sheet.heading-struck")]


def test_computed_cells_and_remarks_beside_a_table_may_be_struck_out(tmp_path: Path) -> None:
    def change(book: Book) -> None:
        book.cell("取組・予算", 1, "執行率 （自動）").font = STRUCK

    assert said(read(tmp_path, change)) == []


def test_a_conditional_format_that_may_strike_out_is_said(tmp_path: Path) -> None:
    def change(book: Book) -> None:
        rule = CellIsRule(operator="equal", formula=["0"], font=STRUCK)
        book["取組・予算"].conditional_formatting.add("F4:G9", rule)
        plain = CellIsRule(operator="equal", formula=["0"], font=Font(b=True))
        book["KPI"].conditional_formatting.add("A4:A9", plain)

    assert said(read(tmp_path, change)) == [("warning", "取組・予算!F4", "sheet.conditional-strike")]


@pytest.mark.parametrize(("attribute", "is_struck"), [("", True), (' val="1"', True), (' val="0"', False)])
def test_the_font_of_a_named_style_counts_where_a_cell_has_no_own(
    tmp_path: Path, attribute: str, is_struck: bool
) -> None:
    book = Book()
    book.cell("取組・予算", 1, "執行額（円）").font = STRUCK
    path = book.save(tmp_path / "x.xlsx")
    again = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(again, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/styles.xml":
                content = in_named_style(content.decode(), attribute).encode()
            new.writestr(name, content)
    path.write_bytes(again.getvalue())
    assert [rule for _, _, rule in said(read_workbook(path))] == ["cell.struck"] * is_struck


def in_named_style(styles: str, attribute: str) -> str:
    """The styles with the struck font in the named style alone, as some programs write."""
    fonts = styles.split("<font>")
    number = next(at for at, font in enumerate(fonts) if "<strike" in font) - 1
    styles = styles.replace('<strike val="1"/>', f"<strike{attribute}/>").replace(
        "<strike/>", f"<strike{attribute}/>"
    )
    before, begin, rest = styles.partition("<cellXfs")
    rest = rest.replace(f' fontId="{number}"', "", 1)
    start = before.index("<cellStyleXfs")
    named = before[start:].replace('fontId="0"', f'fontId="{number}"', 1)
    return f"{before[:start]}{named}{begin}{rest}"
