"""Texts of the progress that are higher than a row go on in the rows below, and come back as they were."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from handouts.checks import check_dataset
from handouts.dataset.model import Dataset
from handouts.dataset.progress import ProgressEntry
from handouts.excel.book import book_of
from handouts.excel.cutting import cut_rows
from handouts.excel.dataset_rows import rows_of_dataset
from handouts.excel.heights import MOST_LINES, lines_of
from handouts.excel.reading import WorkbookReading, read_sheets, read_workbook
from handouts.excel.sheets import CONTINUED, CONTINUED_SENTENCE, ENTRIES
from handouts.excel.source import Findings
from tests.unit.excel.books import HEAD, Book, dataset

LINES = [f"・{number}行目に書いたこと。" for number in range(1, 66)]
PLAN, TEXT = "計画の段落", "実施状況の文"
WIDTH = ENTRIES.column("text").width


def with_text(text: str) -> Dataset:
    first, *others = dataset().entries
    return replace(dataset(), entries=(ProgressEntry(**{**first.model_dump(), "text": text}), *others))


def pieces(text: str) -> list[tuple[str, str]]:
    rows = cut_rows(rows_of_dataset(with_text(text))[ENTRIES.name][:1])
    return [(row.shown(("plan",)), row.shown(("text",))) for row in rows]


def read(tmp_path: Path, book: Book) -> WorkbookReading:
    return read_workbook(book.save(tmp_path / "gunma-r3.xlsx"))


def text_of(reading: WorkbookReading) -> list[str]:
    assert reading.dataset
    assert [str(finding) for finding in reading.findings] == []
    return reading.dataset.entries[0].text.split("\n")


def test_a_text_is_cut_between_its_lines() -> None:
    found = pieces("\n".join(LINES))
    assert [len(text.split("\n")) for _, text in found] == [30, 30, 5]
    assert [sign for sign, _ in found[1:]] == [CONTINUED, CONTINUED]


def test_a_line_that_is_too_high_is_cut_behind_a_sentence() -> None:
    sentence = f"{'あ' * 99}。"
    found = pieces(f"・前の行。\n{sentence * 25}\n・後の行。")
    assert found[1][0] == CONTINUED_SENTENCE or found[2][0] == CONTINUED_SENTENCE
    assert all(text.endswith("。") for _, text in found)


@given(
    st.lists(
        st.one_of(
            st.just(""),
            st.text(st.sampled_from("あ。ab 　"), max_size=90),
            st.integers(1, 3000).map(lambda count: "健診を勧める。" * (count // 7 + 1)),
        ),
        max_size=120,
    )
)
def test_no_row_is_too_high_or_empty_and_nothing_is_lost(lines: Sequence[str]) -> None:
    text = ProgressEntry(id="x", text="\n".join(lines)).text
    found = pieces(text)
    joined = "".join(("\n" if sign == CONTINUED else "") + piece for sign, piece in found[1:])
    assert found[0][1] + joined == text
    for _, piece in found[1:]:
        assert piece.strip()
    if all(map(str.strip, text.split("\n"))):  # blank lines stay with those beside them
        assert all(lines_of(piece, WIDTH) <= MOST_LINES for _, piece in found)


def test_it_is_read_back_with_the_rows_of_the_others(tmp_path: Path) -> None:
    source = with_text("\n".join(LINES))
    book = Book(source)
    assert [book.cell("進捗", row, PLAN).value for row in (1, 2, 3)] == [
        "Ⅰ-1-(1) 申請を受け付けてから支給するまでの日数を短くする…",
        CONTINUED,
        CONTINUED,
    ]
    assert all(book["進捗"].row_dimensions[HEAD + row].height <= 409 for row in (1, 2, 3))
    path = book.save(tmp_path / "gunma-r3.xlsx")
    rows = book_of(Findings(path.name), read_sheets(path)).rows[ENTRIES.name]
    assert [(row.values, row.line) for row in rows] == [
        (row.values, row.line) for row in rows_of_dataset(source)[ENTRIES.name]
    ]
    reading = read(tmp_path, book)
    assert reading.dataset == source
    assert reading.findings == ()


def test_a_row_that_goes_on_may_be_edited_emptied_and_added(tmp_path: Path) -> None:
    book = Book(with_text("\n".join(LINES)))
    book.cell("進捗", 2, TEXT).value = "・直した。\n・足した。"
    assert text_of(read(tmp_path, book)) == [*LINES[:30], "・直した。", "・足した。", *LINES[60:]]
    book.cell("進捗", 2, TEXT).value = None
    assert text_of(read(tmp_path, book)) == [*LINES[:30], *LINES[60:]]
    book["進捗"].delete_rows(HEAD + 2)
    assert text_of(read(tmp_path, book)) == [*LINES[:30], *LINES[60:]]
    book["進捗"].insert_rows(HEAD + 3)
    book.cell("進捗", 3, PLAN).value = "〃"
    book.cell("進捗", 3, TEXT).value = "・しめくくり。"
    assert text_of(read(tmp_path, book)) == [*LINES[:30], *LINES[60:], "・しめくくり。"]


def test_a_row_that_goes_on_belongs_below_its_own_record(tmp_path: Path) -> None:
    book = Book(with_text("\n".join(LINES)))
    for heading in (PLAN, TEXT, "元の行（自動）"):
        book.cell("進捗", 6, heading).value = book.cell("進捗", 3, heading).value
        book.cell("進捗", 3, heading).value = None
    (finding,) = read(tmp_path, book).findings
    assert finding.rule.id == "sheet.continued-nowhere"
    assert finding.place.cell == f"進捗!A{HEAD + 6}"
    book["進捗"].delete_rows(HEAD + 1)
    found = read(tmp_path, book).findings
    assert (found[0].rule.id, found[0].place.cell) == ("sheet.continued-nowhere", f"進捗!A{HEAD + 1}")


def test_only_text_stands_in_a_row_that_goes_on(tmp_path: Path) -> None:
    book = Book(with_text("\n".join(LINES)))
    book.cell("進捗", 2, "実施状況").value = "◎"
    (finding,) = read(tmp_path, book).findings
    assert (finding.rule.id, finding.place.cell) == ("sheet.continued-cell", f"進捗!B{HEAD + 2}")


def test_what_is_wrong_with_a_line_is_found_in_its_row(tmp_path: Path) -> None:
    book = Book(with_text("\n".join([*LINES, "・{kpi:nothing}"])))
    assert place_of_fault(tmp_path, book) == f"進捗!C{HEAD + 3}"
    book.cell("進捗", 3, TEXT).value = "・よい。"
    book.cell("進捗", 2, TEXT).value = "#REF!"
    book.cell("進捗", 2, TEXT).data_type = "e"
    (finding,) = read(tmp_path, book).findings
    assert finding.place.cell == f"進捗!C{HEAD + 2}"


def place_of_fault(tmp_path: Path, book: Book) -> str | None:
    reading = read(tmp_path, book)
    assert reading.dataset
    found = check_dataset(reading.dataset, reading.places)
    return next(one.place.cell for one in found if "nothing" in str(one))
