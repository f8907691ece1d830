"""The workbook as Excel shows it: lists, protection, formats, comments, print set-up; nothing hidden."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from handouts.dataset.budget import BudgetField, Initiative
from handouts.dataset.columns import CALLED, Form
from handouts.dataset.fields import Entry
from handouts.dataset.kpis import Kpi, Population
from handouts.dataset.monthly import MonthlySeries, MonthlyTable
from handouts.dataset.progress import ProgressEntry, ProgressItem
from handouts.dataset.schemas import DatasetFile
from handouts.dataset.settings import HandoutSettings
from handouts.excel.groups import select_group
from handouts.excel.heads import heads_of
from handouts.excel.kept import KEPT_SHEET
from handouts.excel.sheets import (
    ENTRIES,
    FIELDS,
    HANDOUTS,
    INITIATIVES,
    ITEMS,
    KPIS,
    MARCH_SHEET,
    POPULATIONS,
    PROGRESS_ITEMS,
    SERIES,
    SHEETS,
    TABLES,
    TABLES_IN_ORDER,
    SheetTable,
)
from handouts.excel.writing import write_workbook
from handouts.look.fitting import text_width
from tests.unit.excel.books import HEAD, Book, dataset
from tests.validators import HAS_SDK, faults_by_audit, faults_by_sdk

CONTENT = write_workbook(dataset())
BOOK: Workbook = load_workbook(io.BytesIO(CONTENT))
VISIBLE = [sheet for sheet in BOOK if sheet.title != KEPT_SHEET]
MODELS: list[tuple[SheetTable, type[Entry]]] = [
    (HANDOUTS, HandoutSettings),
    (INITIATIVES, Initiative),
    (FIELDS, BudgetField),
    (KPIS, Kpi),
    (POPULATIONS, Population),
    (TABLES, MonthlyTable),
    (SERIES, MonthlySeries),
    (ENTRIES, ProgressEntry),
    (PROGRESS_ITEMS, ProgressItem),
]


@pytest.mark.parametrize(("table", "model"), MODELS, ids=lambda value: getattr(value, "name", ""))
def test_every_field_of_an_entry_has_a_column(table: SheetTable, model: type[Entry]) -> None:
    apart = {"series"} if model is MonthlyTable else set()  # a sheet of its own
    assert set(model.model_fields) - apart <= {column.key[0] for column in table.columns if column.key}


def test_every_key_of_a_dataset_has_a_place() -> None:
    apart = {"handouts", "comparison", "recipients", "silenced"}  # tables of their own
    items = {column.key[0] for _, column in ITEMS if column.key}
    assert set(DatasetFile.model_fields) - apart <= items


def test_headings_of_a_table_are_all_different() -> None:
    for table in TABLES_IN_ORDER:
        headings = [column.heading for column in table.columns if not column.by_year]
        assert len(set(headings)) == len(headings), table.name


def test_the_sheets_are_those_of_the_guide_and_only_what_was_kept_is_hidden() -> None:
    assert tuple(BOOK.sheetnames) == (*(name for name in SHEETS if name != MARCH_SHEET), KEPT_SHEET)
    for sheet in VISIBLE:
        assert sheet.sheet_state == "visible"
        assert not any(row.hidden for row in sheet.row_dimensions.values())
        assert not any(column.hidden for column in sheet.column_dimensions.values())
    guide = "".join(str(cell.value or "") for cell in BOOK["使い方"]["A"])
    assert all(name in guide for name in SHEETS[1:])


def test_every_sheet_is_protected_without_a_password_and_may_be_worked_in() -> None:
    for sheet in VISIBLE:
        assert sheet.protection.sheet
        assert sheet.protection.password is None
        if sheet.title != "使い方":
            assert not any((sheet.protection.insertRows, sheet.protection.sort, sheet.protection.autoFilter))


@pytest.mark.parametrize(
    "table", [table for table in TABLES_IN_ORDER if table.name != "base"], ids=lambda table: table.name
)
def test_what_is_entered_is_open_and_what_is_computed_is_not(table: SheetTable) -> None:
    book = Book()
    head = book.head(table.sheet)
    for cell in book[table.sheet][head]:
        if cell.value is None:
            continue
        below = book[table.sheet].cell(head + 1, cell.column)
        is_computed = "（自動）" in cell.value
        assert below.protection.locked is is_computed
        assert (below.fill.fgColor.rgb == "FFFFFBE6") is not is_computed
        assert cell.comment is not None or table.name == "recipients" or not is_computed


def lists(sheet: str) -> dict[str, tuple[str, bool]]:
    """The lists of a sheet by their first column, each with what it offers and whether it is closed."""
    found = {}
    for one in BOOK[sheet].data_validations.dataValidation:
        first = str(one.sqref).split(":")[0].rstrip("0123456789")
        found[first] = (str(one.formula1), bool(one.showErrorMessage))
    return found


def test_closed_values_are_chosen_from_lists() -> None:
    assert lists("KPI")["E"] == ('"とする,以上,以下,以内"', True)
    assert lists("KPI")["B"] == ('"業務,レセプト,保健,企画総務"', True)
    assert lists("KPI")["D"] == ('"%,％,件,人,円,日,事業所,回"', False)
    assert lists("進捗")["B"] == ('"◎,○,△,×,□"', True)
    called = column_of("KPI", CALLED)
    assert lists("進捗")["D"] == (f"'KPI'!${called}$4:${called}$525", False)
    assert lists("取組・予算")[column_of("取組・予算", "（新）を付ける")] == ('"はい,いいえ"', True)
    assert lists("会議")["B"][0] == '"案,本部提出,最終"'
    kinds = lists("計画")["A"][0]
    assert kinds.startswith('"階層1：Ⅰ．,階層2：１,階層3：（１）,')
    assert all(len(formula) < 258 for name in BOOK.sheetnames for formula, _ in lists(name).values())


def test_the_list_of_groups_has_those_of_the_dataset() -> None:
    content = write_workbook(replace(dataset(), groups=("総務", "審査グループ")))
    sheet = load_workbook(io.BytesIO(content))["KPI"]
    offered = [str(one.formula1) for one in sheet.data_validations.dataValidation]
    assert '"総務,審査"' in offered


@pytest.mark.parametrize(
    ("sheet", "row", "heading", "value", "shape"),
    [
        ("取組・予算", 1, "予算額（円）", 2_902_000, "#,##0"),
        ("KPI", 1, "実績 令和2年度", 0.97, "0.0%"),
        ("KPI", 1, "全国平均 令和3年度", 0.9999, "0.00%"),
        ("KPI", 1, "目標", 1, "0%"),
        ("月次", 1, "4月", 9957, "#,##0"),
        ("月次", 3, "5月", 0.97, "0.0%"),
        ("対象者", 1, "実施率", 0.6, "0.0%"),
        ("進捗", 3, "全国順位", 43, "0"),
    ],
)
def test_a_figure_is_a_number_in_its_format(
    sheet: str, row: int, heading: str, value: Any, shape: str
) -> None:
    cell = Book().cell(sheet, row, heading)
    assert cell.value == value
    assert cell.number_format.split(";")[0] == shape


def test_a_month_to_come_has_the_format_of_its_row() -> None:
    assert Book().cell("月次", 3, "6月").number_format.startswith("0.0%")
    assert Book().cell("月次", 1, "6月").number_format.startswith("#,##0")


def test_short_texts_are_kept_from_becoming_dates_or_formulas() -> None:
    assert Book().cell("会議", 1, "資料番号").number_format == "@"
    assert Book().cell("取組・予算", 1, "id").number_format == "@"
    assert (
        Book().cell("計画", 1, "文").number_format == "General"
    )  # Excel shows no long texts in the other format


def test_heads_stay_in_sight_and_rows_can_be_filtered() -> None:
    for table in TABLES_IN_ORDER:
        if table.sheet == "会議":
            continue
        sheet = BOOK[table.sheet]
        assert str(sheet.freeze_panes).endswith(str(HEAD + 1))
        assert sheet.auto_filter.ref.startswith(f"A{HEAD}:")
        assert sheet.print_title_rows == f"${HEAD}:${HEAD}"


def test_every_sheet_prints_on_landscape_pages_of_full_width() -> None:
    for sheet in VISIBLE:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == (
            "landscape",
            9,
        )
        assert sheet.page_setup.fitToWidth in (None, 1, 2)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.oddFooter.center.text == "&P／&N"


def printed_widths(table: SheetTable) -> list[float]:
    """The pixels that each page wide of a sheet takes, those that print what the first one says again with it."""
    columns = heads_of(table, dataset())
    widths = [head.column.width * 7 + 5 for head in columns]
    titles = BOOK[table.sheet].print_title_cols
    repeated = sum(widths[: ord(titles[-1]) - ord("A") + 1]) if titles else 0
    if BOOK[table.sheet].page_setup.fitToWidth != 2:
        return [sum(widths)]
    cuts = [[sum(widths[:cut]), repeated + sum(widths[cut:])] for cut in range(len(widths))]
    return min(cuts, key=max)


@pytest.mark.parametrize("table", TABLES_IN_ORDER[2:], ids=lambda table: table.name)
def test_no_sheet_is_printed_in_letters_too_small_to_read(table: SheetTable) -> None:
    points = 10 * 1046 / max(printed_widths(table))
    assert points >= 7


def test_a_sheet_of_two_pages_across_has_its_first_columns_on_both() -> None:
    for name in ("KPI", "月次", "進捗"):
        assert BOOK[name].page_setup.fitToWidth == 2
        assert BOOK[name].print_title_cols in ("$A:$A", "$A:$C")
    assert BOOK["計画"].page_setup.fitToWidth in (None, 1)


def column_format(sheet: str, number: int) -> Any:
    """The format of the cells of a column that are not there yet."""
    return next(one for one in BOOK[sheet].column_dimensions.values() if one.min <= number <= one.max)


def test_rows_below_the_prepared_ones_are_printed_and_take_figures_as_those_above() -> None:
    for table in TABLES_IN_ORDER[2:]:
        assert not BOOK[table.sheet].print_area
        for number, head in enumerate(heads_of(table, dataset()), 1):
            cell = BOOK[table.sheet].cell(HEAD + 1, number)
            below = column_format(table.sheet, number)
            if not head.column.is_computed:
                assert not below.protection.locked
                assert below.alignment.wrap_text == cell.alignment.wrap_text
                assert below.alignment.horizontal == cell.alignment.horizontal
                if head.column.form is Form.YEN:
                    assert below.number_format == "#,##0"


def test_the_head_of_a_year_may_be_written_and_others_may_not() -> None:
    heads = {str(cell.value): cell.protection.locked for cell in BOOK["KPI"][HEAD] if cell.value}
    assert not heads["実績\n令和3年度"]
    assert heads["KPIの名称"]


def test_what_does_not_wrap_makes_no_row_higher() -> None:
    source = dataset()
    kpi = source.kpis[0].model_copy(update={"id": "a-name-of-twenty-four-let"[:24], "name": "短い名"})
    book = load_workbook(io.BytesIO(write_workbook(replace(source, kpis=(kpi,)))))
    assert book["KPI"].row_dimensions[HEAD + 1].height is None


def test_a_comment_has_room_for_its_lines() -> None:
    """Its height stands in the drawing beside the comments, which openpyxl does not read."""
    with zipfile.ZipFile(io.BytesIO(write_workbook(dataset()))) as archive:
        for number in range(1, len([name for name in archive.namelist() if "vmlDrawing" in name]) + 1):
            drawing = archive.read(f"xl/drawings/vmlDrawing{number}.vml").decode()
            comments = archive.read(f"xl/comments{number}.xml").decode()
            heights = re.findall(r"height:([0-9.]+)pt", drawing)
            texts = [
                "".join(re.findall("<t[^>]*>([^<]*)</t>", one)) for one in comments.split("<comment ")[1:]
            ]
            for height, text in zip(heights, texts, strict=True):
                lines = sum(max(1, -(-text_width(line) // 20)) for line in text.split("\n"))
                assert float(height) >= 12 * lines, text


def test_what_others_refer_to_stands_there_by_its_number_and_words_and_by_its_name() -> None:
    assert Book().cell("取組・予算", 1, "計画の見出し").value == "Ⅱ-1 特定健診実施率の向上"
    assert (
        Book().cell("進捗", 1, "計画の段落").value
        == "Ⅰ-1-(1) 申請を受け付けてから支給するまでの日数を短くする…"
    )
    assert Book().cell("進捗", 2, "KPI").value == "サービススタンダードの達成率"
    assert Book().cell("月次", 2, "対象者").value == "健診（被保険者）"


def test_the_list_of_paragraphs_offers_what_is_called_so_whole_rows_that_are_typed_later_too() -> None:
    shown = load_workbook(io.BytesIO(CONTENT), data_only=True)["計画"]
    called = [
        str(row[0].value)
        for row in shown[f"{column_of('計画', CALLED)}{HEAD + 1}:{column_of('計画', CALLED)}{HEAD + 5}"]
    ]
    assert called[0] == "Ⅰ 基盤的保険者機能の盤石化"
    assert called[4] == "Ⅰ-1 サービススタンダードの達成率を100%とする"
    spare = BOOK["計画"][f"{column_of('計画', CALLED)}{HEAD + 20}"].value
    assert spare.startswith('=IF(C23="","",IF(LEN(')


def column_of(sheet: str, heading: str) -> str:
    """The letter of a column."""
    return str(BOOK[sheet].cell(1, Book().column(sheet, heading)).column_letter)


def test_the_sum_of_amounts_stands_above_them() -> None:
    shown = load_workbook(io.BytesIO(CONTENT), data_only=True)
    assert shown["取組・予算"]["D2"].value == 3_402_000


def test_the_workbook_says_what_it_is() -> None:
    assert (BOOK.properties.title, BOOK.properties.creator) == (
        "群馬支部 令和3年度 入力ブック",
        "全国健康保険協会 群馬支部",
    )
    names = zipfile.ZipFile(io.BytesIO(CONTENT)).namelist()
    assert not any("vba" in name or "externalLink" in name for name in names)


def part_of_a_group() -> bytes:
    source = dataset()
    kpis = tuple(kpi.model_copy(update={"group": "保健"}) for kpi in source.kpis)
    source = replace(source, kpis=kpis)
    return write_workbook(source, select_group(source, "保健"))


@pytest.mark.parametrize("content", [CONTENT, part_of_a_group()], ids=["whole", "part"])
def test_the_audit_finds_nothing_wrong(content: bytes) -> None:
    assert faults_by_audit(content, ".xlsx") == []


@pytest.mark.skipif(not HAS_SDK, reason="Microsoft's validator is not installed")
@pytest.mark.parametrize("content", [CONTENT, part_of_a_group()], ids=["whole", "part"])
def test_microsofts_validator_finds_nothing_wrong(content: bytes) -> None:
    assert faults_by_sdk(content, ".xlsx") == []
