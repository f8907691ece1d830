"""A row of the sheet 計画 keeps the id that its paragraph had, whatever becomes of its words and its place."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.dataset.model import Dataset
from handouts.dataset.plan import Plan
from handouts.dataset.plan_text import parse_plan, print_plan
from handouts.dataset.progress import ProgressEntry
from handouts.dataset.settings import NumberingStyle
from handouts.excel.dataset_rows import rows_of_dataset
from handouts.excel.plan_origins import keep_origins
from handouts.excel.rows import ORIGINS, DatasetRow, RowValue
from handouts.excel.sheets import PLAN
from tests.samples import plan_dataset
from tests.unit.excel import books

STYLE = NumberingStyle()
LINES = (
    "Ⅰ．基盤的保険者機能の盤石化",
    "１ サービス水準の向上",
    "・支部評議会において医療費の動向を説明する。",
    "・申請書の進捗を毎朝確認し、遅れを防ぐ。",
    "・同じ文を書く。",
    "・同じ文を書く。",
    "・広報誌を年に四回作成する。",
)


def source(*lines: str) -> Dataset:
    return plan_dataset("\n".join(lines or LINES), [])


def rows(dataset: Dataset) -> list[DatasetRow]:
    return list(rows_of_dataset(dataset)[PLAN.name])


def reworded(row: DatasetRow, text: str) -> DatasetRow:
    said = RowValue(PLAN.column("text"), text, text)
    return replace(row, cells={**row.cells, ("text",): said})


def typed(text: str) -> DatasetRow:
    """A row that somebody typed below the others."""
    return reworded(DatasetRow(PLAN), text)


def without_origin(row: DatasetRow) -> DatasetRow:
    return replace(row, computed={})


def read(lines: Sequence[DatasetRow], written: Sequence[DatasetRow] = ()) -> Plan:
    """What becomes of rows one below the other: their paragraphs as they are written and read again."""
    placed = [replace(row, line=line) for line, row in enumerate(lines, 1)]
    text = "".join(f"・{row.shown(('text',))}\n" for row in placed)
    plan = keep_origins(parse_plan(text, STYLE, "plan.md").plan, placed, lambda: written)
    assert parse_plan(print_plan(plan, STYLE), STYLE, "plan.md").plan == plan
    return plan


def ids(dataset: Dataset) -> list[str]:
    return [paragraph.id for paragraph in dataset.plan.paragraphs]


KEPT = pytest.mark.parametrize("is_kept", [True, False])


def found(lines: Sequence[DatasetRow], is_kept: bool) -> list[str]:
    return [one.id for one in read(lines, rows(source()) if is_kept else ()).paragraphs]


@KEPT
def test_rows_that_nobody_changed_get_no_written_ids(is_kept: bool) -> None:
    plan = read(rows(source()), rows(source()) if is_kept else ())
    assert [one.id for one in plan.paragraphs] == ids(source())
    assert not any(one.has_written_id for one in plan.paragraphs)


@KEPT
def test_a_reworded_row_keeps_its_id_whatever_it_says_now(is_kept: bool) -> None:
    lines = rows(source())
    lines[3] = reworded(lines[3], "全く別の言葉で書かれている。")
    assert found(lines, is_kept) == ids(source())


@KEPT
def test_of_copied_rows_the_one_that_still_says_it_keeps_the_id(is_kept: bool) -> None:
    lines = rows(source())
    lines.insert(3, reworded(lines[3], "申請書の進捗を毎夕確認する。"))
    names = found(lines, is_kept)
    assert names[:3] + names[4:] == ids(source())


def test_of_copies_that_were_all_changed_the_most_alike_keeps_the_id() -> None:
    lines = rows(source())
    lines[3:4] = [
        reworded(lines[3], text) for text in ("申請を減らす。", "申請書の進捗を毎夕確認し、遅れを防ぐ。")
    ]
    names = found(lines, is_kept=True)
    assert names[:3] + names[4:] == ids(source())


@KEPT
def test_of_equal_rows_the_second_does_not_inherit_the_id_of_the_first(is_kept: bool) -> None:
    lines = rows(source())
    gone = [*lines[:4], *lines[5:]]
    assert found(gone, is_kept) == [*ids(source())[:4], *ids(source())[5:]]
    lines[4] = reworded(lines[4], "同じでない文を書く。")
    assert found(lines, is_kept) == ids(source())
    copied = [*lines[:5], lines[5], *lines[5:]]
    names = found(copied, is_kept)
    assert names[:6] + names[7:] == ids(source())


@KEPT
def test_words_that_were_moved_without_their_row_take_the_id_along(is_kept: bool) -> None:
    """Somebody inserts a paragraph by moving the cells of the texts down by one."""
    old = source(*LINES[:5], *LINES[6:])
    lines = rows(old)
    texts = [row.shown(("text",)) for row in lines]
    moved = [
        reworded(row, text) for row, text in zip(lines[3:], ["先に入れた文。", *texts[3:]], strict=False)
    ]
    plan = read([*lines[:3], *moved, typed(texts[-1])], lines if is_kept else ())
    names = [one.id for one in plan.paragraphs]
    assert names[:3] + names[4:] == ids(old)


def test_without_the_column_rows_are_known_by_what_was_written() -> None:
    lines = list(map(without_origin, rows(source())))
    lines[3] = reworded(lines[3], "申請書の処理の進捗を毎夕確認し、遅れを防ぐ。")
    lines.insert(2, typed("先に入れた文である。"))
    names = found(lines, is_kept=True)
    assert names[:2] + names[3:] == ids(source())


def test_a_written_id_and_one_that_was_never_written_go_their_way() -> None:
    lines = rows(source())
    name = RowValue(PLAN.column("id"), "own", "own")
    lines[3] = replace(lines[3], cells={**lines[3].cells, ("id",): name})
    origin = {**lines[4].computed, ORIGINS[PLAN.name]: "p00000000"}  # as when Excel fills a column down
    lines.append(replace(typed("最後に足した文。"), computed=origin))
    assert "p00000000" not in found(lines, is_kept=True)


@settings(max_examples=150, deadline=None)
@given(st.data(), st.booleans(), st.booleans())
def test_whatever_is_edited_every_surviving_row_keeps_its_id(
    data: st.DataObject, is_kept: bool, has_column: bool
) -> None:
    """One row is reworded by at most 40%, others are inserted, dropped and moved."""
    words = random.Random(data.draw(st.integers(0, 10**6)))
    lines = [
        "".join(
            words.choices(
                "健診受案内送付広報誌作成電子申請書類確認事業所訪問勧奨実施率向上", k=words.randint(12, 60)
            )
        )
        for _ in range(data.draw(st.integers(3, 15)))
    ]
    old = source("Ⅰ．柱", *(f"・{line}。" for line in lines))
    edited = rows(old)
    names: list[str] = ids(old)
    at = words.randrange(1, len(edited))
    text = list(edited[at].shown(("text",)))
    start = words.randrange(len(text))
    for place in range(start, min(len(text), start + int(len(text) * 0.4))):
        text[place] = words.choice("令和七年度評議会資料")
    edited[at] = reworded(edited[at], "".join(text))
    if not has_column:
        edited, is_kept = list(map(without_origin, edited)), True
    else:
        moved = words.randrange(1, len(edited))
        to = words.randrange(1, len(edited))
        edited.insert(to, edited.pop(moved))
        names.insert(to, names.pop(moved))
    dropped = words.randrange(1, len(edited))
    del edited[dropped], names[dropped]
    new = words.randrange(1, len(edited) + 1)
    edited.insert(new, typed("ホームページを見やすく改める。"))
    names.insert(new, "")
    kept = read(edited, rows(old) if is_kept else ()).paragraphs
    assert [one.id for one, name in zip(kept, names, strict=True) if name] == list(filter(None, names))


def reported() -> Dataset:
    """A dataset whose record names a paragraph without a written id."""
    base = source()
    return replace(base, entries=(ProgressEntry(id="a", plan=ids(base)[3], text="・確認した。"),))


def workbook(tmp_path: Path, change: Callable[[books.Book], None]) -> tuple[Dataset, list[str]]:
    """What is read of its changed workbook, by somebody who has the dataset."""
    book = books.Book(reported())
    change(book)
    reading = books.read_workbook(book.save(tmp_path / "gunma-r3.xlsx"), reported)
    assert reading.dataset is not None
    return reading.dataset, [paragraph.id for paragraph in reading.dataset.plan.paragraphs]


def test_a_record_keeps_its_paragraph_in_a_workbook(tmp_path: Path) -> None:
    def change(book: books.Book) -> None:
        book.cell("計画", 4, "文").value = "申請書の進捗を、朝と夕に確認する。"

    dataset, names = workbook(tmp_path, change)
    assert names == ids(source())
    assert dataset.entries[0].plan == names[3]
    assert [one.has_written_id for one in dataset.plan.paragraphs] == [number == 3 for number in range(7)]


def test_where_a_workbook_no_longer_says_which_was_which_the_dataset_does(tmp_path: Path) -> None:
    def change(book: books.Book) -> None:
        book.cell("計画", 4, "文").value = "申請書の進捗を、朝と夕に確認する。"
        book.cell("進捗", 1, "計画の段落").value = ids(source())[3]
        book["計画"].delete_cols(book.column("計画", "元のid（自動）"))
        del book.book["控え"]

    dataset, names = workbook(tmp_path, change)
    assert names == ids(source())
    assert dataset.entries[0].plan == names[3]
