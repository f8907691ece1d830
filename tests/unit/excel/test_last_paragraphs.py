"""The sheet 比べ方 names the paragraphs of last year by printed place and words, and reads them however they are typed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from handouts.dataset.model import Dataset
from handouts.dataset.settings import NEW_PARAGRAPH, Overrides
from handouts.excel.changes import changes_between
from handouts.excel.reading import WorkbookReading, read_workbook
from tests.samples import plan_dataset
from tests.unit.excel.books import HEAD, Book, dataset

LAST_PLAN = """\
Ⅰ．基盤的保険者機能の盤石化

１ サービスの向上
（１）申請を受け付けてから支給するまでの日数をさらに短くする。
（２）相談に応じる。 {#sodan}

Ⅱ．戦略的保険者機能

１ 健診実施率の向上 {#kenshin-before}
・健診の案内を送る。
"""
LONG = "Ⅰ-1-(1) 申請を受け付けてから支給するまでの日数をさらに短…"


def last_year() -> Dataset:
    return plan_dataset(LAST_PLAN, [], year=2020)


def id_of(words: str) -> str:
    return next(one.id for one in last_year().plan.paragraphs if one.text.startswith(words))


def paired(partner: str | None) -> Dataset:
    return replace(dataset(), overrides=Overrides(pairs={"kenshin": partner}))


def book_of_pair(partner: str | None, previous: Dataset | None = None) -> Book:
    return Book(paired(partner), previous=previous or last_year())


def shown(book: Book) -> object:
    return book.cell("比べ方", 1, "前年度の段落").value


def read_back(book: Book, folder: Path) -> WorkbookReading:
    return read_workbook(book.save(folder / "gunma-r3.xlsx"))


def partner_of(reading: WorkbookReading) -> str | None:
    assert reading.dataset is not None, reading.findings
    return reading.dataset.overrides.pairs["kenshin"]


@pytest.mark.parametrize(
    ("partner", "name"),
    [
        (id_of("申請"), LONG),
        ("kenshin-before", "Ⅱ-1 健診実施率の向上"),
        ("nobody", "nobody"),
        ("だれでもない", "だれでもない"),
        (None, NEW_PARAGRAPH),
    ],
)
def test_a_paragraph_of_last_year_is_shown_and_read_by_its_name(
    tmp_path: Path, partner: str | None, name: str
) -> None:
    book = book_of_pair(partner)
    assert shown(book) == name
    reading = read_back(book, tmp_path)
    assert (reading.dataset, reading.findings) == (paired(partner), ())


@pytest.mark.parametrize("partner", [id_of("申請"), "kenshin-before", None])
def test_without_last_year_the_id_stays_as_it_is(tmp_path: Path, partner: str | None) -> None:
    book = Book(paired(partner))
    assert shown(book) == (partner or NEW_PARAGRAPH)
    assert read_back(book, tmp_path).dataset == paired(partner)


def test_without_last_year_what_is_typed_is_left_to_the_checks(tmp_path: Path) -> None:
    book = Book(paired(None))
    book.cell("比べ方", 1, "前年度の段落").value = "健診実施率の向上"
    reading = read_back(book, tmp_path)
    assert (partner_of(reading), reading.findings) == ("健診実施率の向上", ())


@pytest.mark.parametrize(
    ("typed", "partner"),
    [
        (LONG, id_of("申請")),
        ("Ⅰ－１－（１）　申請を受け付けてから支給するまでの日数をさらに短…", id_of("申請")),
        ("申請を受け付けてから支給するまでの日数をさらに短くする。", id_of("申請")),
        ("（１）申請を受け付けてから支給するまでの日数をさらに短くする。", id_of("申請")),
        (id_of("申請"), id_of("申請")),
        ("相談に応じる。", "sodan"),
        ("（２）相談に応じる。", "sodan"),
        ("Ⅰ-1-(2)", "sodan"),
        ("Ⅱ-1", "kenshin-before"),
        ("健診実施率の向上", "kenshin-before"),
        ("（新しい段落）", None),
        ("(新しい段落)", None),
    ],
)
def test_it_may_be_typed_in_many_ways(tmp_path: Path, typed: str, partner: str | None) -> None:
    book = book_of_pair("nobody")
    book.cell("比べ方", 1, "前年度の段落").value = typed
    reading = read_back(book, tmp_path)
    assert (partner_of(reading), reading.findings) == (partner, ())


def test_what_names_none_of_them_is_a_fault_with_those_that_are_like_it(tmp_path: Path) -> None:
    book = book_of_pair(None)
    book.cell("比べ方", 1, "前年度の段落").value = "健診を勧める"
    (found,) = read_back(book, tmp_path).findings
    assert found.rule.id == "reference.name-unknown"
    assert "「前年度の段落」の「健診を勧める」に当たるものが、前年度の計画にありません" in str(found)
    assert "「Ⅱ-1 健診の案内を送る。」" in str(found)


def test_a_list_offers_them(tmp_path: Path) -> None:
    book = book_of_pair("nobody")
    column = book.column("比べ方", "前年度の段落")
    (source,) = (
        one.formula1
        for one in book["比べ方"].data_validations.dataValidation
        if book["比べ方"].cell(HEAD + 1, column).coordinate in one.sqref
    )
    sheet, _, area = source.partition("!")
    offered = [cell.value for (cell,) in book[sheet.strip("'")][area.replace("$", "")]]
    assert offered[0] == NEW_PARAGRAPH
    assert LONG in offered
    assert len(offered) == len(last_year().plan.paragraphs) + 1


def test_the_comment_speaks_of_names() -> None:
    book = book_of_pair(None)
    comment = book["比べ方"].cell(HEAD, book.column("比べ方", "前年度の段落")).comment
    assert comment is not None
    assert "id" not in comment.text
    assert NEW_PARAGRAPH in comment.text


def test_what_differs_is_said_by_names() -> None:
    (change,) = changes_between(paired("sodan"), paired("kenshin-before"), previous=last_year())
    assert str(change) == (
        "比べ方 Ⅱ-1 特定健診実施率の向上 前年度の段落: Ⅰ-1-(2) 相談に応じる。 → Ⅱ-1 健診実施率の向上"
    )


def test_a_workbook_that_was_written_before_with_ids_is_read(tmp_path: Path) -> None:
    book = Book(paired("kenshin-before"))
    book.keep_as_before()
    assert partner_of(read_back(book, tmp_path)) == "kenshin-before"
