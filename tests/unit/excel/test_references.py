"""Cells that refer to others: by what people call them, however they type it, and found again when that changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from handouts.dataset.columns import CALLED
from handouts.dataset.model import Dataset
from handouts.excel.reading import WorkbookReading
from tests.unit.excel.books import Book, dataset, messages, read, same

SERVICE = "Ⅰ-1-(1) 申請を受け付けてから支給するまでの日数を短くする…"


def first_plan(reading: WorkbookReading) -> str | None:
    assert reading.dataset is not None
    return reading.dataset.entries[0].plan


@pytest.mark.parametrize(
    ("sheet", "row", "heading", "typed"),
    [
        ("進捗", 1, "計画の段落", "service-hyojun"),
        ("進捗", 1, "計画の段落", "Ⅰ－１－（１）申請を受け付けてから支給するまでの日数を短くする…"),
        ("進捗", 1, "計画の段落", "申請を受け付けてから支給するまでの日数を短くする。"),
        ("進捗", 1, "計画の段落", "（１）申請を受け付けてから支給するまでの日数を短くする。"),
        ("進捗", 1, "計画の段落", "Ⅰ-1-(1)"),
        ("進捗", 2, "KPI", "service-standard"),
        ("進捗", 2, "KPI", "サービススタンダード の達成率"),
        ("進捗", 2, "月別の表", "達成率"),
        ("進捗", 2, "月別の表", "rate"),
        ("取組・予算", 1, "計画の見出し", "Ⅱ-1"),
        ("取組・予算", 1, "計画の見出し", "kenshin"),
        ("月次", 1, "表", "受診者数"),
        ("月次", 1, "表", "checkup"),
        ("月次", 2, "対象者", "健診(被保険者)"),
        ("月次", 2, "対象者", "kenshin"),
        ("月次表", 1, "KPI", "受診率"),
        ("比べ方", 1, "今年度の段落", "Ⅱ-1 特定健診実施率の向上"),
    ],
)
def test_a_reference_may_be_typed_in_many_ways(
    tmp_path: Path, sheet: str, row: int, heading: str, typed: str
) -> None:
    def change(book: Book) -> None:
        book.cell(sheet, row, heading).value = typed

    same(tmp_path, change)


def test_words_of_a_heading_stay_words_where_they_may_stand(tmp_path: Path) -> None:
    def change(book: Book) -> None:
        book.cell("取組・予算", 1, "計画の見出し").value = "特定健診実施率の向上"

    found = read(tmp_path, change).dataset
    assert found is not None
    assert found.initiatives[0].topic == "特定健診実施率の向上"


def test_several_tables_stand_one_below_the_other_or_with_a_sign_between_them(tmp_path: Path) -> None:
    for typed in ("受診者数\n達成率", "受診者数、達成率", "checkup 達成率"):

        def change(book: Book, typed: str = typed) -> None:
            book.cell("進捗", 3, "月別の表").value = typed

        found = read(tmp_path, change).dataset
        assert found is not None
        assert found.entries[2].monthly == ("checkup", "rate")


def test_a_reference_finds_what_was_called_otherwise_when_the_workbook_was_written(tmp_path: Path) -> None:
    def rename(book: Book) -> None:
        book.cell("KPI", 1, "KPIの名称").value = "まったく別の名称"
        book.cell("月次表", 2, "表の名称").value = "別の表"

    found = read(tmp_path, rename)
    assert found.findings == ()
    assert found.dataset is not None
    assert [one.kpi for one in found.dataset.tables] == ["checkup-rate", "service-standard"]
    assert found.dataset.entries[1].monthly == ("rate",)


def test_a_new_paragraph_is_referred_to_by_its_words(tmp_path: Path) -> None:
    def add(book: Book) -> None:
        sheet = book["計画"]
        row = sheet.max_row - 5
        sheet.cell(row, 1).value, sheet.cell(row, 3).value = "階層3", "新しい取組を始める。"
        book.cell("進捗", 3, "計画の段落").value = "新しい取組を始める。"

    found = read(tmp_path, add)
    assert found.findings == ()
    assert found.dataset is not None
    assert found.dataset.entries[2].plan == found.dataset.plan.paragraphs[-1].id


def test_what_is_clearly_meant_is_taken_and_said(tmp_path: Path) -> None:
    def misspell(book: Book) -> None:
        book.cell("進捗", 2, "KPI").value = "サービススタンタードの達成率"

    reading = read(tmp_path, misspell)
    assert reading.dataset == dataset()
    (found,) = reading.findings
    assert found.severity == "warning"
    assert (
        "「サービススタンタードの達成率」を、シート「KPI」の「サービススタンダードの達成率」のことと読みました"
        in str(found)
    )


@pytest.mark.parametrize("typed", ["Ⅰ-1-(2) 申請を受け付けてから支給するまでの日数を短くする…", "何かの段落"])
def test_another_number_or_other_words_are_a_fault_that_lists_what_is_there(
    tmp_path: Path, typed: str
) -> None:
    def misspell(book: Book) -> None:
        book.cell("進捗", 1, "計画の段落").value = typed

    (found,) = messages(tmp_path, misspell)
    assert found.startswith(
        f"進捗!A4（計画の段落）: 「計画の段落」の「{typed}」に当たるものが、シート「計画」にありません。"
    )
    assert "service-hyojun" not in found


def test_where_no_names_are_left_the_words_behind_a_place_tell_what_is_meant(tmp_path: Path) -> None:
    """A program that stores no results of formulas leaves nothing of the names but where they are referred to."""

    def lose_names(book: Book) -> None:
        assert book.cell("進捗", 1, "計画の段落").value == SERVICE
        column = book.column("計画", CALLED)
        for row in range(book.head("計画") + 1, book["計画"].max_row + 1):
            book["計画"].cell(row, column).value = None
        del book.book["控え"]

    assert first_plan(read(tmp_path, lose_names)) == "service-hyojun"


def test_words_that_two_paragraphs_have_are_a_fault_that_names_both(tmp_path: Path) -> None:
    def double(book: Book) -> None:
        sheet = book["計画"]
        row = sheet.max_row - 5
        sheet.cell(row, 1).value, sheet.cell(row, 3).value = "階層2", "サービス水準の向上"
        book.cell("進捗", 1, "計画の段落").value = "サービス水準の向上"

    (found,) = messages(tmp_path, double)
    assert "に当たるものが、シート「計画」に2つあります" in found


def test_a_remark_where_a_reference_belongs_is_no_entry(tmp_path: Path) -> None:
    def write(book: Book) -> None:
        book["月次"].cell(book.head("月次") + 9, 1).value = "※5月末の数"

    (found,) = messages(tmp_path, write)
    assert found.startswith("月次!A12: 表の外の書き込み「※5月末の数」は、読み飛ばしました")


def test_workbooks_of_before_have_ids_and_the_words_beside_them(tmp_path: Path) -> None:
    def as_before(book: Book) -> None:
        for sheet, heading, names in (
            ("取組・予算", "計画の見出し", ("kenshin", "service")),
            ("経費の区分", "計画の見出し", ("kenshin",)),
            ("月次", "表", ("checkup", "checkup", "rate")),
            ("月次表", "KPI", ("checkup-rate", "service-standard")),
            ("進捗", "計画の段落", ("service-hyojun", None, "kenshin")),
            ("進捗", "月別の表", (None, "rate", "checkup")),
            ("事業", "計画の見出し", ("kenshin",)),
            ("比べ方", "今年度の段落", ("kenshin", "service")),
        ):
            for row, name in enumerate(names, 1):
                book.cell(sheet, row, heading).value = name
        for sheet in ("計画", "取組・予算", "KPI", "月次表", "対象者", "経費の区分", "進捗"):
            book[sheet].cell(book.head(sheet), book.column(sheet, "id")).value = "id"
        book["進捗"].cell(book.head("進捗"), 15).value = "段落の文（自動）"
        book["進捗"].cell(book.head("進捗") + 1, 15).value = "申請を受け付けてから支給するまで"
        del book.book["控え"]

    same(tmp_path, as_before)


def test_names_of_a_list_that_are_the_same_have_a_number_behind_them() -> None:
    source = dataset()
    twins = tuple(one.model_copy(update={"name": "達成率"}) for one in source.kpis)
    book = Book(with_kpis(source, twins))
    assert book.cell("月次表", 2, "KPI").value == "達成率"
    assert book.cell("月次表", 1, "KPI").value == "達成率（2）"
    assert book.cell("KPI", 2, CALLED).value == '=IF(A5="","",A5&"（2）")'


def with_kpis(source: Dataset, kpis: tuple[object, ...]) -> Dataset:
    return replace(source, kpis=kpis)  # type: ignore[arg-type]


def test_placeholders_stand_with_names_and_beside_them_what_they_print(tmp_path: Path) -> None:
    book = Book()
    texts = [str(book.cell("計画", row, "文").value) for row in range(1, 15)]
    assert "{kpi:サービススタンダードの達成率}" in texts
    assert "健診の案内を送る。対象者は{population:健診（被保険者）.eligible}である。" in texts
    row = texts.index("{kpi:サービススタンダードの達成率}") + 1
    assert book.cell("計画", row, "印刷される文（自動）").value == "サービススタンダードの達成率を100%とする"
    same(tmp_path, lambda book: None)


@pytest.mark.parametrize(
    "typed",
    [
        "{kpi:受診率}",
        "{kpi:受診率.target}",
        "{kpi:checkup-rate}",
        "{budget:健診の案内}",
        "{kpi: 受診率 .target}",
    ],
)
def test_a_placeholder_may_name_what_it_means(tmp_path: Path, typed: str) -> None:
    def write(book: Book) -> None:
        book.cell("進捗", 1, "実施状況の文").value = f"{typed}とした。"

    found = read(tmp_path, write)
    assert found.findings == ()
    assert found.dataset is not None
    ids = {"受診率": "checkup-rate", "健診の案内": "annai"}
    expected = typed.replace(" ", "")
    for name, one in ids.items():
        expected = expected.replace(name, one)
    assert found.dataset.entries[0].text == f"{expected}とした。"


def test_rows_without_an_id_get_one_of_their_name(tmp_path: Path) -> None:
    def add(book: Book) -> None:
        book.cell("KPI", 3, "KPIの名称").value = "新しいKPI"
        book.cell("KPI", 3, "目標").value = 5
        book.cell("KPI", 2, "id").value = None
        book.cell("取組・予算", 3, "取組の名称").value = "新しい取組"
        book.cell("取組・予算", 3, "計画の見出し").value = "Ⅱ-1"
        book.cell("進捗", 3, "KPI").value = "新しいKPI"

    first, again = read(tmp_path, add), read(tmp_path, add)
    assert first.findings == ()
    assert first.dataset is not None
    assert first.dataset == again.dataset
    _, rate, new = first.dataset.kpis
    assert first.dataset.entries[2].kpi == new.id
    assert first.dataset.tables[0].kpi == rate.id
    assert rate.id == "checkup-rate"
    assert new.id.startswith("k")
    assert first.dataset.initiatives[2].id.startswith("b")


def test_a_copied_row_with_another_name_is_a_new_one_and_is_said(tmp_path: Path) -> None:
    def copy(book: Book) -> None:
        for cell in book["取組・予算"][book.head("取組・予算") + 1]:
            book["取組・予算"].cell(book.head("取組・予算") + 3, cell.column).value = cell.value
        book.cell("取組・予算", 3, "取組の名称").value = "健診の案内（二回目）"

    reading = read(tmp_path, copy)
    assert reading.dataset is not None
    assert [one.id for one in reading.dataset.initiatives][:2] == ["annai", "koho"]
    assert reading.dataset.initiatives[2].id.startswith("b")
    (found,) = reading.findings
    assert found.severity == "warning"
    assert "「健診の案内（二回目）」の行は「健診の案内」の行の写しなので" in str(found)


def test_a_name_in_a_placeholder_that_two_have_is_said_to_be_of_two(tmp_path: Path) -> None:
    def change(book: Book) -> None:
        for number in (3, 4):
            book.cell("KPI", number, "KPIの名称").value = "新しい指標"
            book.cell("KPI", number, "目標").value = "対前年度以上"
        book.cell("計画", 1, "文").value = "{kpi:新しい指標}"

    [said] = [one for one in messages(tmp_path, change) if one.startswith("計画!")]
    assert "「新しい指標」に当たるものが、シート「KPI」に2つあるので" in said
