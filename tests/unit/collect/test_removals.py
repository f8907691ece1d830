"""What a workbook would take away is said so that the difference can be seen."""

from __future__ import annotations

from dataclasses import replace

from handouts.collect.removals import removed_row, replaced_cell
from handouts.dataset.progress import ProgressEntry
from handouts.excel.dataset_rows import rows_of_dataset
from handouts.excel.rows import DatasetRow
from handouts.excel.sheets import ENTRIES, KPIS, PROGRESS_ITEMS
from handouts.findings import Place
from tests.unit.excel.books import dataset


def row_with(text: str) -> DatasetRow:
    first, *others = dataset().entries
    entries = (ProgressEntry(**{**first.model_dump(), "text": text}), *others)
    return rows_of_dataset(replace(dataset(), entries=entries))[ENTRIES.name][0]


def test_of_long_texts_the_part_that_differs_is_shown() -> None:
    same = "・" + "同じことを書いた文。" * 10
    said = str(
        replaced_cell(Place("a.xlsx"), row_with(f"{same}新しい。"), row_with(f"{same}古い。"), ("text",))
    )
    assert "新しい。」が「…" in said
    assert "古い。」になります" in said


def test_rows_are_called_as_people_call_them_and_never_by_ids() -> None:
    rows = rows_of_dataset(dataset())
    for table in (ENTRIES, KPIS, PROGRESS_ITEMS):
        said = str(removed_row(Place("a.xlsx"), rows[table.name][0]))
        assert not any(one in said for one in ("service-hyojun", "service-standard", "kenshin")), said
