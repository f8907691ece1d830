"""What people do to a workbook: it is read all the same, or each fault has its sheet and cell."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from handouts.excel.reading import read_workbook
from tests.unit.excel.books import HEAD, R3, Book, dataset, messages, read, same


def test_rows_may_stand_in_another_order(tmp_path: Path) -> None:
    def move(book: Book) -> None:
        sheet = book["取組・予算"]
        for column in range(1, 9):
            first, second = sheet.cell(HEAD + 1, column), sheet.cell(HEAD + 2, column)
            first.value, second.value = second.value, first.value

    reading = read(tmp_path, move)
    assert reading.findings == ()
    assert reading.dataset is not None
    assert reading.dataset.initiatives == dataset().initiatives[::-1]


@pytest.mark.parametrize("sheet", ["取組・予算", "KPI", "月次", "進捗", "比べ方"])
def test_blank_rows_may_stand_between(tmp_path: Path, sheet: str) -> None:
    same(tmp_path, lambda book: book[sheet].insert_rows(HEAD + 1, 2))


def test_rows_may_stand_above_the_head(tmp_path: Path) -> None:
    same(tmp_path, lambda book: book["KPI"].insert_rows(1, 3))


def test_hidden_rows_and_columns_are_read(tmp_path: Path) -> None:
    def hide(book: Book) -> None:
        book["取組・予算"].row_dimensions[HEAD + 1].hidden = True
        book["取組・予算"].column_dimensions["B"].hidden = True
        book["対象者"].sheet_state = "hidden"

    same(tmp_path, hide)


def test_sheets_may_stand_in_another_order_and_bear_blanks(tmp_path: Path) -> None:
    def shuffle(book: Book) -> None:
        book.book.move_sheet("月次", -4)
        book["月次"].title = " 月次　"
        book["取組・予算"].title = "取組･予算 "

    same(tmp_path, shuffle)


def test_columns_may_stand_in_another_order(tmp_path: Path) -> None:
    def move(book: Book) -> None:
        for row in book["対象者"].iter_rows(min_row=HEAD, max_row=HEAD + 1):
            row[0].value, row[2].value = row[2].value, row[0].value
            row[0].number_format = "General"

    same(tmp_path, move)


@pytest.mark.parametrize("heading", ["予算額\n（円）", " 予算額（円） ", "予算額(円)", "予算額"])
def test_a_heading_is_found_whatever_its_blanks_breaks_and_width(tmp_path: Path, heading: str) -> None:
    def rename(book: Book) -> None:
        book["取組・予算"].cell(HEAD, book.column("取組・予算", "予算額（円）")).value = heading

    same(tmp_path, rename)


def test_amounts_in_another_unit_are_not_mistaken(tmp_path: Path) -> None:
    def rename(book: Book) -> None:
        book["取組・予算"].cell(HEAD, book.column("取組・予算", "予算額（円）")).value = "予算額（千円）"

    found = messages(tmp_path, rename)
    assert any("取組・予算!D3: 列「予算額（千円）」は読み込まれません" in one for one in found)
    assert any("列「予算額（円）」がありません" in one for one in found)


def test_a_year_may_be_added_as_a_column(tmp_path: Path) -> None:
    def add(book: Book) -> None:
        sheet = book["KPI"]
        at = sheet.max_column + 1
        sheet.cell(HEAD, at).value = "実績　平成30年度"
        sheet.cell(HEAD + 1, at).value = "96.5%"

    reading = read(tmp_path, add)
    assert reading.findings == ()
    assert reading.dataset is not None
    assert {year.year: str(value) for year, value in reading.dataset.kpis[0].actuals.items()} == {
        2018: "96.5",
        2020: "97.0",
        2021: "98.5",
    }


@pytest.mark.parametrize(
    "heading",
    [
        "令和2年度実績",
        "令和２年度\n実績",
        "R2実績",
        "実績Ｒ２",
        "2020年度実績",
        "実績（令和2年度）",
        "（令和2年度）実績",
        "令和2年度（実績）",
        "令和2年度 の 実績",
        "実績値：2020（令和2）年度",
        "令和2（2020）年度・実績",
        "【R2】実績(%)",
        "R2年度\u3000実績値",
        "実績R2年度",
        "(R2)実績",
        "令和2年度の実績値",
        "令和２年度末実績",
        "R.2 実績",
        "Ｒ０２実績",
        "令２年度実績",
        "令和二年度実績",
        "'20実績",
        "FY2020実績",
        "令和2年度\n（実績）",
        "令和2年度実績（％）",
        "実績（令和2年度末時点）",
    ],
)
def test_the_year_of_a_column_may_stand_before_or_behind_in_any_usual_form(
    tmp_path: Path, heading: str
) -> None:
    def rename(book: Book) -> None:
        book["KPI"].cell(HEAD, book.column("KPI", "実績 令和2年度")).value = heading

    same(tmp_path, rename)


@pytest.mark.parametrize(
    "heading",
    [
        "令和2～3年度実績",
        "令和2年度実績（見込み）",
        "2020（令和3）年度実績",
        "令和2年3月実績",
        "前年度実績",
        "2年度実績",
        "令和2年度",
        "実績",
        2020,
        None,
    ],
)
def test_figures_below_a_heading_that_is_not_understood_are_a_fault(
    tmp_path: Path, heading: str | int | None
) -> None:
    def rename(book: Book) -> None:
        book["KPI"].cell(HEAD, book.column("KPI", "実績 令和2年度")).value = heading

    [found] = messages(tmp_path, rename)
    name = "見出しのない列" if heading is None else f"列「{heading}」"
    assert found.startswith(f"KPI!H3: {name}は読み込まれませんが、その下に数があります。年度の列の見出しは")
    assert f"「{'実績' if '実績' in str(heading) else '目標'} 令和4年度」のように書きます" in found


def test_two_columns_of_one_year_are_a_fault_however_they_are_headed(tmp_path: Path) -> None:
    def rename(book: Book) -> None:
        book["KPI"].cell(HEAD, book.column("KPI", "実績 令和2年度")).value = "R3実績"

    assert messages(tmp_path, rename)[0].startswith("KPI!I3: 列「実績 令和3年度」が二つあります")


@pytest.mark.parametrize(
    ("heading", "value", "is_fault"),
    [
        ("見積額", 100, True),
        ("見積額", "１，２００円", True),
        ("見積額", "￥1,200", True),
        ("見積額", "1.2億円", True),
        ("見積額", "（1,200）", True),
        ("目標案", "65.9%以上", True),
        (None, "△3.2", True),
        ("メモ", "3月に直す", False),
        ("確かめた日", datetime.date(2025, 1, 17), False),
        (None, "覚え書き", False),
    ],
)
def test_a_remark_beside_a_table_is_no_fault_but_figures_are(
    tmp_path: Path, heading: str | None, value: object, is_fault: bool
) -> None:
    def add(book: Book) -> None:
        at = book["取組・予算"].max_column + 1
        book["取組・予算"].cell(HEAD, at).value = heading
        book["取組・予算"].cell(HEAD + 1, at).value = value

    reading = read(tmp_path, add)
    assert [finding.severity for finding in reading.findings] == ["error" if is_fault else "warning"]
    assert reading.dataset == dataset()


def test_figures_apart_from_a_table_are_no_fault(tmp_path: Path) -> None:
    """Beyond an empty column, or below the last row, somebody has reckoned something."""

    def reckon(book: Book) -> None:
        sheet = book["取組・予算"]
        sheet.cell(HEAD + 1, sheet.max_column + 2).value = 100
        sheet.cell(HEAD + 9, sheet.max_column + 1).value = 100

    [finding] = read(tmp_path, reckon).findings
    assert (finding.severity, "表の外の書き込み「100」 など2か所" in finding.found) == ("warning", True)


@pytest.mark.parametrize(
    ("heading", "value", "shape", "field", "expected"),
    [
        ("予算額（円）", "２，９０２，０００", None, "amount", 2_902_000),
        ("予算額（円）", "2,902千円", None, "amount", 2_902_000),
        ("予算額（円）", "2902000円", None, "amount", 2_902_000),
        ("予算額（円）", 2902000.0, "#,##0,", "amount", 2_902_000),
        ("（新）を付ける", "はい", None, "new", True),
        ("（新）を付ける", False, None, "new", False),
        ("（新）を付ける", "TRUE", None, "new", True),
        ("取組の名称", "=健診の案内", None, "name", "=健診の案内"),
        ("取組の名称", "@健診", None, "name", "@健診"),
        ("取組の名称", 2025, None, "name", "2025"),
    ],
)
def test_an_initiative_may_be_typed_in_many_ways(
    tmp_path: Path, heading: str, value: Any, shape: str | None, field: str, expected: Any
) -> None:
    def change(book: Book) -> None:
        cell = book.cell("取組・予算", 1, heading)
        cell.value = value
        if isinstance(value, str) and value.startswith("="):
            cell.data_type = "s"
        if shape:
            cell.number_format = shape

    reading = read(tmp_path, change)
    assert [str(one) for one in reading.findings] == []
    assert reading.dataset is not None
    assert getattr(reading.dataset.initiatives[0], field) == expected


@pytest.mark.parametrize(
    ("value", "shape", "expected"),
    [
        ("65.6%", "@", "65.6"),
        (0.656, "0.0%", "65.6"),
        ("65.6", "@", "65.6"),
        (65.6, "General", "65.6"),
        ("△2", "@", "-2"),
    ],
)
def test_a_rate_may_be_typed_in_many_ways(tmp_path: Path, value: Any, shape: str, expected: str) -> None:
    def change(book: Book) -> None:
        cell = book.cell("月次", 3, "4月")
        cell.value, cell.number_format = value, shape

    dataset = read(tmp_path, change).dataset
    assert dataset is not None
    assert str(dataset.tables[1].series[0].values[4]) == expected  # type: ignore[index]


@pytest.mark.parametrize(
    "value",
    [
        datetime.date(2021, 12, 10),
        "令和3年12月10日",
        "2021/12/10",
        "R3.12.10",
        "令和３年１２月１０日（金）",
        44_540,  # as Excel counts days
    ],
)
def test_a_day_may_be_a_date_or_text(tmp_path: Path, value: Any) -> None:
    def change(book: Book) -> None:
        cell = book.cell("会議", 1, "開催日")
        cell.value = value
        cell.number_format = "yyyy/m/d" if isinstance(value, datetime.date) else "General"

    found = read(tmp_path, change).dataset
    assert found is not None
    assert found.handouts["plan-budget"].date == datetime.date(2021, 12, 10)


def test_merged_cells_count_for_every_row_beside_them(tmp_path: Path) -> None:
    def merge(book: Book) -> None:
        book["月次"].merge_cells(start_row=HEAD + 1, end_row=HEAD + 2, start_column=1, end_column=1)

    same(tmp_path, merge)


def test_a_merged_figure_is_not_taken_for_that_of_several_rows(tmp_path: Path) -> None:
    def merge(book: Book) -> None:
        column = book.column("取組・予算", "予算額（円）")
        book["取組・予算"].merge_cells(
            start_row=HEAD + 1, end_row=HEAD + 2, start_column=column, end_column=column
        )

    found = messages(tmp_path, merge)
    assert found[0].startswith("取組・予算!D5（予算額（円））: 「予算額（円）」「2902000」は結合したセルで")


@pytest.mark.parametrize(
    ("sheet", "heading", "is_fault"),
    [
        ("KPI", "備考", True),
        ("KPI", "KPIの名称", True),
        ("KPI", "実施状況", True),
        ("進捗", "実施状況の文", True),
        ("KPI", "担当グループ", False),
        ("取組・予算", "計画の見出し", False),
        ("取組・予算", "区分", False),
    ],
)
def test_a_merged_cell_says_of_each_row_what_it_belongs_to_and_nothing_else(
    tmp_path: Path, sheet: str, heading: str, is_fault: bool
) -> None:
    def merge(book: Book) -> None:
        at = book.column(sheet, heading)
        book.cell(sheet, 1, heading).value = book.cell(sheet, 1, heading).value or "レセプト"
        book[sheet].merge_cells(start_row=HEAD + 1, end_row=HEAD + 2, start_column=at, end_column=at)

    found = [finding for finding in read(tmp_path, merge).findings if finding.rule.id == "cell.merged-figure"]
    assert len(found) == is_fault
    assert all("は結合したセルで、どの行のものか分かりません" in str(finding) for finding in found)


def test_a_figure_merged_across_two_years_is_a_fault(tmp_path: Path) -> None:
    def merge(book: Book) -> None:
        book["KPI"].merge_cells(f"H{HEAD + 1}:I{HEAD + 1}")

    [found] = messages(tmp_path, merge)
    assert found.startswith(
        "KPI!H4: H4:I4 は結合したセルで、「97.0%」が「実績 令和2年度」「実績 令和3年度」のどれのものか分かりません"
    )


def test_all_that_is_merged_across_in_a_row_is_found_at_once(tmp_path: Path) -> None:
    def merge(book: Book) -> None:
        book["KPI"].merge_cells(f"A{HEAD + 1}:B{HEAD + 1}")
        book["KPI"].merge_cells(f"H{HEAD + 1}:I{HEAD + 1}")

    found = [one for one in read(tmp_path, merge).findings if one.rule.id == "sheet.merged-across"]
    assert [one.place.cell for one in found] == ["KPI!A4", "KPI!H4"]


def test_cells_merged_across_what_is_not_read_are_no_fault(tmp_path: Path) -> None:
    def merge(book: Book) -> None:
        sheet = book["取組・予算"]
        sheet.merge_cells(f"E{HEAD + 1}:F{HEAD + 1}")  # how much was executed is computed
        sheet.cell(HEAD + 9, 1).value = "※ 覚え書き"
        sheet.merge_cells(start_row=HEAD + 9, end_row=HEAD + 9, start_column=1, end_column=6)

    assert [finding.severity for finding in read(tmp_path, merge).findings] == ["warning"]


def test_merged_cells_make_no_rows_of_their_own(tmp_path: Path) -> None:
    def merge(book: Book) -> None:
        last = book["計画"].max_row
        row = next(
            cell.row
            for cell in book["計画"]["C"]
            if cell.value == "健診の案内を送る。対象者は{population:健診（被保険者）.eligible}である。"
        )
        assert row < last
        book["計画"].merge_cells(start_row=row - 2, end_row=row - 2, start_column=3, end_column=4)

    reading = read(tmp_path, merge)
    assert reading.dataset is not None
    assert len(reading.dataset.plan.paragraphs) == len(dataset().plan.paragraphs)


def test_a_formula_that_was_never_calculated_is_a_fault(tmp_path: Path) -> None:
    def change(book: Book) -> None:
        book.cell("取組・予算", 1, "予算額（円）").value = "=1000*2902"

    [found] = messages(tmp_path, change)
    assert found == (
        "取組・予算!D4（予算額（円））: 「予算額（円）」の数式に、保存された計算結果がありません。"
        "書けるのは、円の整数（例 2902000、2,902千円）です。Excel で開いて保存し直すか、値を打ち込んでください。"
    )


@pytest.mark.parametrize("error", ["#REF!", "#DIV/0!", "#N/A"])
def test_an_error_value_is_a_fault(tmp_path: Path, error: str) -> None:
    def change(book: Book) -> None:
        cell = book.cell("月次", 1, "5月")
        cell.value, cell.data_type = error, "e"

    [found] = messages(tmp_path, change)
    assert found.startswith(f"月次!E4（5月）: 「5月」にエラー値「{error}」があります。")


def test_remarks_below_and_beside_a_table_are_left_out_and_said(tmp_path: Path) -> None:
    def write(book: Book) -> None:
        book["KPI"].cell(HEAD + 8, 1).value = "※9月末現在"
        book["対象者"].cell(HEAD + 8, 1).value = "担当は山田"
        book["取組・予算"].cell(HEAD + 1, 14).value = "確認ずみ"

    reading = read(tmp_path, write)
    assert reading.dataset == dataset()
    assert [(one.severity, one.place.cell) for one in reading.findings] == [
        ("warning", "取組・予算!N4"),
        ("warning", "KPI!A11"),
        ("warning", "対象者!A11"),
    ]


def test_a_missing_sheet_is_a_fault(tmp_path: Path) -> None:
    found = messages(tmp_path, lambda book: book.book.remove(book["月次"]))
    assert found[0].startswith(": シート「月次」がありません。")


def test_a_workbook_of_something_else_is_one_fault(tmp_path: Path) -> None:
    book = Workbook()
    book["Sheet"]["A1"] = "売上"
    book.save(tmp_path / "x.xlsx")
    [finding] = read_workbook(tmp_path / "x.xlsx").findings
    assert "これは入力ブックではありません" in finding.found


def test_a_missing_column_is_a_fault(tmp_path: Path) -> None:
    def drop(book: Book) -> None:
        book["進捗"].delete_cols(book.column("進捗", "全国順位"))

    assert messages(tmp_path, drop) == [
        "進捗!A3: 列「全国順位」がありません。使わない列も、見出しごと残します。列を挿入して、見出しの行に書き足してください。"
    ]


def test_a_column_that_is_not_read_is_said(tmp_path: Path) -> None:
    def add(book: Book) -> None:
        book["進捗"].cell(HEAD, 15).value = "担当者"
        book["進捗"].cell(HEAD + 1, 15).value = "山田"

    reading = read(tmp_path, add)
    assert reading.dataset == dataset()
    [finding] = reading.findings
    assert (finding.severity, finding.place.cell) == ("warning", "進捗!O3")
    assert "列「担当者」は読み込まれません" in finding.found


def test_a_sheet_that_is_not_read_is_said(tmp_path: Path) -> None:
    def add(book: Book) -> None:
        book.book.create_sheet("メモ")["A1"] = "覚え書き"

    [found] = messages(tmp_path, add)
    assert found.startswith("メモ: シート「メモ」は読み込まれません")


def test_a_head_that_is_gone_is_a_fault(tmp_path: Path) -> None:
    assert messages(tmp_path, lambda book: book["対象者"].delete_rows(HEAD))[0].startswith(
        "対象者: 「健診・保健指導の対象者」の見出しの行が見つかりません。見出しは 区分、項目、"
    )


def test_all_faults_are_named_in_one_run_in_the_order_of_the_sheets(tmp_path: Path) -> None:
    def spoil(book: Book) -> None:
        book.cell("取組・予算", 1, "予算額（円）").value = "1,2a4"
        book.cell("取組・予算", 2, "取組の名称").value = None
        book.cell("KPI", 2, "向き").value = "大きい"
        book.cell("月次", 1, "4月").value = "たくさん"
        book.cell("月次", 3, "表").value = "nai"
        book.cell("進捗", 1, "実施状況").value = "よい"
        book.item("版").value = "あん"

    assert messages(tmp_path, spoil) == [
        "会議!B8（版）: 「版」「あん」は選べません。書けるのは、案、本部提出、最終 のどれかです。書き直してください。",
        "取組・予算!D4（予算額（円））: 「予算額（円）」「1,2a4」は数として読めません。"
        "書けるのは、円の整数（例 2902000、2,902千円）です。書き直してください。",
        "取組・予算!A5（取組の名称）: 「取組の名称」が空です。書き入れてください。",
        "KPI!E5（向き）: 「向き」「大きい」は選べません。書けるのは、とする、以上、以下、以内 のどれかです。書き直してください。",
        "月次!D4（4月）: 「4月」「たくさん」は数として読めません。書けるのは、数（例 93.9）です。書き直してください。",
        "月次!A6（表）: 「nai」という表は、シート「月次表」にありません。書けるのは、シート「月次表」の表の名称です。"
        "書き直すか、シート「月次表」に表の行を足してください。",
        "月次表!A5（表の名称）: この表の行が、シート「月次」に一つもありません。シート「月次」に年度ごとの行を書くか、表を消してください。",
        "進捗!B4（実施状況）: 「実施状況」「よい」は選べません。書けるのは、◎、○、△、×、□ のどれかです。書き直してください。",
    ]


def test_rows_that_name_nothing_or_the_same_again_are_said_once_each(tmp_path: Path) -> None:
    def spoil(book: Book) -> None:
        book.cell("会議", 2, "資料の種類").value = book.cell("会議", 1, "資料の種類").value
        book.cell("会議", 3, "資料番号").value = "資料9"
        book.cell("月次", 4, "年度").value = "R3"
        book.cell("比べ方", 3, "今年度の段落").value = "kenshin"
        book.cell("比べ方", 4, "前年度の段落").value = "kenshin"
        error = book.cell("宛先", 1, "宛先の組")
        error.value, error.data_type = "#REF!", "e"
        book.cell("宛先", 2, "宛先の組").value = "県庁"

    reading = read(tmp_path, spoil)
    assert [(one.place.cell, one.rule.id) for one in reading.findings] == [
        ("会議!A32", "sheet.row-double"),
        ("会議!A33", "cell.empty"),
        ("月次!A7", "cell.empty"),
        ("比べ方!A6", "sheet.row-double"),
        ("比べ方!A7", "cell.empty"),
        ("宛先!A4", "cell.error-value"),
        ("宛先!A5", "sheet.recipients-unknown"),
    ]
    assert "「今年度の段落」が空です。書けるのは、今年度の計画の段落か見出しです。" in str(
        reading.findings[4]
    )


def test_a_percentage_where_persons_are_counted_is_a_fault(tmp_path: Path) -> None:
    def change(book: Book) -> None:
        cell = book.cell("月次", 1, "4月")
        cell.value, cell.number_format = 0.656, "0.0%"

    [found] = messages(tmp_path, change)
    assert found.startswith("月次!D4（4月）: 「65.6%」は「%」の数ですが、この行の単位は「人」です")


@pytest.mark.parametrize("value", [0.61, 1, "0.61", "０．６１"])
def test_shares_that_lost_their_format_are_said(tmp_path: Path, value: object) -> None:
    def change(book: Book) -> None:
        for heading in ("目標", "実績 令和2年度", "実績 令和3年度", "全国平均 令和3年度"):
            cell = book.cell("KPI", 1, heading)
            if cell.value is not None:
                cell.value, cell.number_format = value, "General"

    found = messages(tmp_path, change)
    assert len(found) == 4
    assert all("% と読みました" in message for message in found)


def test_percentages_below_one_beside_larger_ones_are_nothing_to_say(tmp_path: Path) -> None:
    def change(book: Book) -> None:
        for month, value in {"4月": 0.98, "5月": 1.2}.items():
            cell = book.cell("月次", 3, month)
            cell.value, cell.number_format = value, "0.00"

    assert messages(tmp_path, change) == []


@pytest.mark.parametrize(
    ("shape", "value", "read_as"),
    [('#,##0"千円"', 3000, 3_000_000), ("#,##0千円", 3000, 3_000_000), ('#,##0,"千円"', 3000, 3000)],
)
def test_an_amount_that_shows_thousands_is_one_of_thousands(
    tmp_path: Path, shape: str, value: int, read_as: int
) -> None:
    def change(book: Book) -> None:
        cell = book.cell("取組・予算", 1, "予算額（円）")
        cell.value, cell.number_format = value, shape

    found = read(tmp_path, change).dataset
    assert found is not None
    assert found.initiatives[0].amount == read_as


@pytest.mark.parametrize(("unit", "is_fault"), [("人", True), ("千人", False)])
def test_thousands_in_a_row_that_counts_something_else_are_a_fault(
    tmp_path: Path, unit: str, is_fault: bool
) -> None:
    def change(book: Book) -> None:
        book.cell("月次表", 1, "単位").value = unit
        cell = book.cell("月次", 1, "4月")
        cell.value, cell.number_format = 9.9, '0.0"千人"'

    found = [str(one) for one in read(tmp_path, change).findings if one.severity == "error"]
    assert len(found) == is_fault
    assert all("「9.9」は「千人」の数ですが、この行の単位は「人」です" in one for one in found)


@pytest.mark.parametrize(
    ("sheet", "heading", "typed", "shape", "unit", "said"),
    [
        ("KPI", "目標", "5円", "General", "件", "「5円」は「円」の数ですが、この行の単位は「件」です"),
        (
            "KPI",
            "実績 令和3年度",
            "5 人",
            "General",
            "件",
            "「5 人」は「人」の数ですが、この行の単位は「件」です",
        ),
        (
            "KPI",
            "目標",
            "5件以上",
            "General",
            "日",
            "「5件以上」は「件」の数ですが、この行の単位は「日」です",
        ),
        ("KPI", "目標", 5, '0"円"', "件", "「5」は「円」の数ですが、この行の単位は「件」です"),
        ("KPI", "目標", 5, '0"倍"', "件", "「5」は「倍」の数ですが、この行の単位は「件」です"),
        ("KPI", "目標", 5, '0"倍"', "倍", ""),
        ("KPI", "目標", "5％", "General", "件", "「5％」は「%」の数ですが、この行の単位は「件」です"),
        ("KPI", "目標", 0.05, "0%", None, "「5%」は「%」の数ですが、この行には単位が書かれていません"),
        (
            "KPI",
            "目標",
            "5件",
            "General",
            None,
            "「5件」は「件」の数ですが、この行には単位が書かれていません",
        ),
        ("KPI", "目標", "5件", "General", "件", ""),
        ("KPI", "目標", "５％", "General", "％", ""),
        ("KPI", "目標", 5, '0"件"', "件", ""),
        ("月次", "4月", "5件", "General", "人", "「5件」は「件」の数ですが、この行の単位は「人」です"),
        ("月次", "4月", "5人", "General", "人", ""),
    ],
)
def test_a_unit_that_a_cell_says_itself_is_that_of_its_row(
    tmp_path: Path, sheet: str, heading: str, typed: object, shape: str, unit: str | None, said: str
) -> None:
    def change(book: Book) -> None:
        book.cell("月次表" if sheet == "月次" else sheet, 1, "単位").value = unit
        if sheet == "KPI":  # what the row has beside
            for other in ("向き", "目標", "実績 令和2年度", "実績 令和3年度", "全国平均 令和3年度"):
                book.cell(sheet, 1, other).value = None
        cell = book.cell(sheet, 1, heading)
        cell.value, cell.number_format = typed, shape

    found = [one for one in map(str, read(tmp_path, change).findings) if "の数ですが" in one]
    assert len(found) == bool(said)
    assert all(said in one for one in found)


def test_a_lone_fraction_among_percentages_is_said(tmp_path: Path) -> None:
    def change(book: Book) -> None:
        cell = book.cell("月次", 3, "4月")
        cell.value, cell.number_format = 0.656, "General"
        book.cell("月次", 3, "6月").value, book.cell("月次", 3, "6月").number_format = 0.97, "0.0%"

    [found] = messages(tmp_path, change)
    assert found.startswith("月次!D6（4月）: 「0.656」を 0.656% と読みました")


@pytest.mark.parametrize(
    ("value", "shape", "is_said"), [(0.6, "General", True), ("0.6", "@", True), (0.6, "0.0%", False)]
)
def test_a_rate_of_eligible_persons_that_lost_its_format_is_said(
    tmp_path: Path, value: object, shape: str, is_said: bool
) -> None:
    def change(book: Book) -> None:
        cell = book.cell("対象者", 1, "実施率")
        cell.value, cell.number_format = value, shape

    found = [one for one in messages(tmp_path, change) if "「0.6」を 0.6% と読みました" in one]
    assert len(found) == is_said


def test_a_date_that_excel_made_of_text_is_a_fault(tmp_path: Path) -> None:
    def change(book: Book) -> None:
        cell = book.cell("会議", 1, "資料番号")
        cell.value, cell.number_format = datetime.date(2026, 2, 1), "m/d"

    [found] = messages(tmp_path, change)
    assert "会議!D" in found
    assert "Excel が日付や時刻に変えています" in found


def row_of(book: Book, name: str) -> int:
    """The row of the sheet 計画 with this id."""
    column = book["計画"].cell(1, book.column("計画", "id")).column_letter
    return int(next(cell.row for cell in book["計画"][column] if cell.value == name))


def test_a_paragraph_may_be_put_between_others(tmp_path: Path) -> None:
    def insert(book: Book) -> None:
        sheet = book["計画"]
        row = row_of(book, "service-hyojun")
        sheet.insert_rows(row)
        sheet.cell(row, 1).value, sheet.cell(row, 3).value = "階層3", "先に入れた文。"
        sheet.insert_rows(row + 3)
        sheet.cell(row + 3, 3).value = "・記号ごと打った文。"

    reading = read(tmp_path, insert)
    assert [str(one) for one in reading.findings] == []
    assert reading.dataset is not None
    assert [one.label + one.text for one in reading.dataset.plan.paragraphs][2:6] == [
        "（１）先に入れた文。",
        "（２）申請を受け付けてから支給するまでの日数を短くする。",
        "■KPI：{kpi:service-standard}",
        "・記号ごと打った文。",
    ]


def test_a_number_typed_in_front_of_a_numbered_paragraph_counts_once(tmp_path: Path) -> None:
    def change(book: Book) -> None:
        row = row_of(book, "service-hyojun")
        book["計画"].cell(row, 3).value = "（５）申請を受け付けてから支給するまでの日数を短くする。"

    same(tmp_path, change)


def test_a_kind_that_the_text_speaks_against_is_said(tmp_path: Path) -> None:
    def change(book: Book) -> None:
        row = row_of(book, "service-hyojun")
        book["計画"].cell(row, 1).value = "本文"
        book["計画"].cell(row, 3).value = "※注です。"
        book["計画"].cell(row + 1, 1).value = "けーぴーあい"

    found = messages(tmp_path, change)
    assert found[0].startswith("計画!A7（種類）: 種類は「本文」ですが、「注（※）」として読みました")
    assert found[1].startswith("計画!A8（種類）: 「けーぴーあい」という種類はありません。種類は 階層1：Ⅰ．、")


def test_faults_of_the_plan_stand_on_its_cells(tmp_path: Path) -> None:
    def spoil(book: Book) -> None:
        rows = [row_of(book, name) for name in ("service", "kenshin")]
        for row in rows:
            book["計画"].cell(row, book.column("計画", "id")).value = "Kenshin"
        book["計画"].cell(rows[0] + 1, 3).value = None

    found = messages(tmp_path, spoil)
    assert [one.split(":")[0] for one in found] == [
        "計画!G6（id（空のままでよい））",
        "計画!C7（文）",
        "計画!G12（id（空のままでよい））",
    ]
    assert "id の列に1つだけ書いてください" in found[0]


def test_an_unknown_numbering_says_nothing_of_the_plan(tmp_path: Path) -> None:
    def spoil(book: Book) -> None:
        book.item("番号（階層2）").value = "X"
        book.item("通し番号にする階層").value = "12"

    sample, level = messages(tmp_path, spoil)
    assert sample.startswith("会議!B12（番号（階層2））: 「X」は番号の見本になりません")
    assert level.startswith("会議!B24（通し番号にする階層）: 「12」という階層はありません")


def test_an_item_may_be_missing_only_where_it_says_nothing(tmp_path: Path) -> None:
    def drop(book: Book) -> None:
        book["会議"].delete_rows(book.item("番号（階層9）").row)
        book["会議"].delete_rows(book.item("前年度のデータ").row)

    [found] = messages(tmp_path, drop)
    assert found.startswith("会議: 項目「前年度のデータ」の行がありません。")


def test_computed_cells_are_not_read(tmp_path: Path) -> None:
    def change(book: Book) -> None:
        for sheet, heading in (
            ("計画", "番号（自動）"),
            ("計画", "元のid（自動）"),
            ("月次", "元の行（自動）"),
        ):
            book.cell(sheet, 1, heading).value = "書き換えた"

    same(tmp_path, change)


def test_figures_keep_the_decimals_that_are_shown(tmp_path: Path) -> None:
    found = read(tmp_path).dataset
    assert found is not None
    assert str(found.kpis[0].actuals[R3]) == "98.5"
    assert str(found.kpis[0].target) == "100"
    assert found.tables[1].series[0].values == {4: Decimal("65.6"), 5: Decimal("97.0")}
    assert str(found.tables[1].series[0].values[5]) == "97.0"


def test_the_part_of_a_group_is_told(tmp_path: Path) -> None:
    def change(book: Book) -> None:
        book.item("このブックの範囲").value = "保健グループ"

    path = Book()
    change(path)
    reading = read_workbook(path.save(tmp_path / "x.xlsx"))
    assert (reading.group, reading.name) == ("保健グループ", "gunma-r3")


@pytest.mark.parametrize(
    ("typed", "bound", "expected"),
    [
        ("66.5％以上", "以上", ("66.5", "以上")),
        ("66.5以上", None, ("66.5", "以上")),
        ("66.5％ 以下", "以下", ("66.5", "以下")),
        ("１，６４０事業所以上", "以上", ("1640", "以上")),
        ("66.5％", "以上", ("66.5", "以上")),
    ],
)
def test_a_target_may_bear_its_bound(
    tmp_path: Path, typed: str, bound: str | None, expected: tuple[str, str]
) -> None:
    def change(book: Book) -> None:
        book.cell("KPI", 2, "目標").value, book.cell("KPI", 2, "向き").value = typed, bound
        if "事業所" in typed:
            book.cell("KPI", 2, "単位").value = "事業所"

    reading = read(tmp_path, change)
    assert reading.findings == ()
    assert reading.dataset is not None
    kpi = reading.dataset.kpis[1]
    assert (str(kpi.target), kpi.bound) == expected


@pytest.mark.parametrize(
    ("value", "shape"), [(66.5, '0.0"％以上"'), (0.665, '0.0%"以上"'), (66.5, '0.0"以上"')]
)
def test_the_format_of_a_target_may_bear_its_bound(tmp_path: Path, value: float, shape: str) -> None:
    def change(book: Book) -> None:
        book.cell("KPI", 2, "向き").value = None
        cell = book.cell("KPI", 2, "目標")
        cell.value, cell.number_format = value, shape

    reading = read(tmp_path, change)
    assert reading.findings == ()
    assert reading.dataset is not None
    kpi = reading.dataset.kpis[1]
    assert (str(kpi.target), kpi.bound) == ("66.5", "以上")


def test_a_target_with_another_bound_names_the_column(tmp_path: Path) -> None:
    def change(book: Book) -> None:
        book.cell("KPI", 2, "目標").value, book.cell("KPI", 2, "向き").value = "66.5%以下", "以上"

    [found] = messages(tmp_path, change)
    assert "「目標」は「66.5%以下」ですが、「向き」の欄は「以上」です" in found


def test_what_is_no_target_is_said_with_all_that_is_one(tmp_path: Path) -> None:
    def change(book: Book) -> None:
        book.cell("KPI", 2, "目標").value = "前年度実績以上"

    [found] = messages(tmp_path, change)
    assert "対前年度以上、" in found
    assert "「向き」の欄" in found
