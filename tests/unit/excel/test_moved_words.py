"""Words of the sheet 計画 that somebody moved without their row: the written ids go with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from handouts.excel.moved_words import ids_with_their_words
from handouts.excel.rows import DatasetRow, RowValue
from handouts.excel.sheets import PLAN
from tests.unit.excel.books import Book, read_workbook


def row(name: str, text: str) -> DatasetRow:
    said = {"id": name, "text": text}
    cells = {(key,): RowValue(PLAN.column(key), value, value) for key, value in said.items() if value}
    return replace(DatasetRow(PLAN), cells=cells)


WRITTEN = [row("a", "甲をする。"), row("b", "乙をする。"), row("", "丙をする。"), row("d", "丁をする。")]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ([("a", "甲をする。"), ("b", "乙をする。")], "a b"),
        ([("a", "乙をする。"), ("b", "甲をする。")], "b a"),  # swapped
        ([("a", "新しいこと。"), ("b", "甲をする。"), ("", "乙をする。")], "- a b"),  # moved down by one
        ([("a", "乙を続ける。"), ("b", "甲を続ける。")], "a b"),  # reworded
        ([("a", "乙をする。"), ("b", "乙をする。")], "a b"),  # copied
        ([("a", "乙をする。")], "a"),  # what was it is gone with its row
        ([("new", "乙をする。"), ("b", "甲をする。")], "new b"),  # somebody gave it an id of its own
        ([("a", "丙をする。"), ("b", "甲をする。")], "- a"),
    ],
)
def test_an_id_goes_with_its_words(said: Sequence[tuple[str, str]], expected: str) -> None:
    found = ids_with_their_words([row(*one) for one in said], lambda: WRITTEN)
    assert " ".join(one.id or "-" for one in found) == expected


def test_words_that_were_swapped_keep_their_ids(tmp_path: Path) -> None:
    book = Book()
    texts = {cell.value: cell for cell in book["計画"]["C"]}
    one, other = texts["サービス水準の向上"], texts["特定健診実施率の向上"]
    one.value, other.value = other.value, one.value
    dataset = read_workbook(book.save(tmp_path / "x.xlsx")).dataset
    assert dataset is not None
    ids = {paragraph.text: paragraph.id for paragraph in dataset.plan.paragraphs}
    assert (ids["サービス水準の向上"], ids["特定健診実施率の向上"]) == ("service", "kenshin")
