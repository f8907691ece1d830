"""A dataset written into a workbook and read from there is the same dataset."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from handouts.dataset.fields import Entry
from handouts.dataset.folder import read_folder
from handouts.dataset.folder_text import dataset_files
from handouts.dataset.model import Dataset
from handouts.dataset.settings import NumberingStyle
from handouts.excel.book import book_of
from handouts.excel.dataset_rows import rows_of_dataset
from handouts.excel.reading import read_book, read_sheets, read_workbook
from handouts.excel.row_places import Key
from handouts.excel.rows import DatasetRow, numbered
from handouts.excel.source import Findings
from handouts.excel.writing import write_workbook
from handouts.findings import HandoutError
from tests.unit.dataset.folders import write
from tests.unit.dataset.strategies import datasets
from tests.unit.excel.books import Book, dataset, read

SAMPLES = sorted(path.parent for path in (Path(__file__).parents[3] / "data").glob("*/dataset.yaml"))


def through_excel(source: Dataset, folder: Path) -> tuple[Dataset | None, list[str]]:
    path = folder / f"{source.name}.xlsx"
    path.write_bytes(write_workbook(source))
    reading = read_workbook(path)
    return reading.dataset, [str(finding) for finding in reading.findings]


def decimals(value: Any) -> Iterator[str]:
    """All figures as they are printed."""
    if isinstance(value, Decimal):
        yield str(value)
    elif isinstance(value, dict):
        for _, part in sorted(value.items(), key=lambda item: str(item[0])):
            yield from decimals(part)
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from decimals(part)
    elif isinstance(value, Entry):
        yield from decimals([getattr(value, name) for name in type(value).model_fields])


def figures(source: Dataset) -> list[str]:
    return list(decimals([source.kpis, source.populations, source.tables]))


def test_every_sheet_is_read_back(tmp_path: Path) -> None:
    reading = read(tmp_path)
    assert reading.findings == ()
    assert reading.dataset == dataset()


@pytest.mark.skipif(not SAMPLES, reason="the sample data are not here")
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_sample_comes_back_the_same_by_way_of_excel_and_a_folder(tmp_path: Path, path: Path) -> None:
    source = read_folder(path).dataset
    assert source is not None
    again, found = through_excel(source, tmp_path)
    assert found == []
    assert repr(again) == repr(source)
    assert again is not None
    folder = read_folder(write(tmp_path / source.name, dataset_files(again)))
    assert repr(folder.dataset) == repr(source)


def has_different_ids(source: Dataset) -> bool:
    """Whether no two entries of a list have the same id: a fault, and in a sheet the second is a copy that gets another."""
    lists = (source.tables, source.kpis, source.populations, source.fields, source.initiatives)
    return all(len({one.id for one in entries}) == len(entries) for entries in lists)


@settings(
    max_examples=80,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(datasets().filter(has_different_ids))
def test_whatever_is_written_is_read_back_the_same_and_row_by_row(source: Dataset) -> None:
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "x.xlsx"
        path.write_bytes(write_workbook(source))
        book = book_of(Findings(path.name), read_sheets(path))
    reading = read_book(book, source.name)
    assert reading.dataset == source, reading.findings
    assert figures(reading.dataset) == figures(source)
    assert said(book.rows) == said(rows_of_dataset(source))


@settings(
    max_examples=30,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(datasets().filter(has_different_ids), datasets())
def test_paragraphs_of_last_year_are_read_back_by_their_names(source: Dataset, previous: Dataset) -> None:
    pairs = {f"x{number}": one.id for number, one in enumerate(previous.plan.paragraphs)}
    overrides = source.overrides.model_copy(update={"pairs": {**source.overrides.pairs, **pairs}})
    source = replace(source, overrides=overrides)
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / f"{source.name}.xlsx"
        path.write_bytes(write_workbook(source, previous=previous))
        reading = read_workbook(path)
    assert reading.dataset == source, reading.findings


def said(rows: Mapping[str, Sequence[DatasetRow]]) -> dict[str, list[Any]]:
    """What collecting knows of rows: what they say and show, what they are known by, and where they stand."""
    return {
        name: [(one.name, one.origin, one.values, shown(one), one.line) for one in numbered(each)]
        for name, each in rows.items()
    }


def shown(row: DatasetRow) -> dict[Key, str]:
    return {key: row.shown(key) for key in row.cells if row.cells[key].value is not None}


@pytest.mark.parametrize(
    "text",
    [
        "=1+2",
        "+甲",
        "-甲",
        "@SUM(A1)",
        "'甲",
        "true",
        "1",
        "１，２",
        "_x0041_",
        "_x005F_",
        "R7.1",
        "4月1日",
        " {#x}甲",
    ],
)
def test_text_stays_text(tmp_path: Path, text: str) -> None:
    source = dataset()
    first, *others = source.initiatives
    source = replace(source, initiatives=(first.model_copy(update={"name": text.strip()}), *others))
    again, found = through_excel(source, tmp_path)
    assert found == []
    assert again == source


def test_a_number_with_more_digits_than_excel_keeps_stays_whole(tmp_path: Path) -> None:
    source = dataset()
    first, *others = source.kpis
    exact = first.model_copy(update={"unit": "円", "target": Decimal("123456789012345.678901")})
    again, _ = through_excel(replace(source, kpis=(exact, *others)), tmp_path)
    assert again is not None
    assert again.kpis[0].target == exact.target


def test_a_text_that_no_cell_can_hold_is_refused() -> None:
    source = dataset()
    kpi = source.kpis[0].model_copy(update={"remarks": "あ" * 32_768})
    with pytest.raises(HandoutError, match=r"シート「KPI」の「備考」に入る文が32,768文字あり"):
        write_workbook(replace(source, kpis=(kpi,)))


def test_more_levels_than_the_sheet_has_are_refused() -> None:
    style = NumberingStyle(
        levels=("Ⅰ．", "１ ", "（１）", "① ", "ア ", "1)", "（ア）", "Ａ．", "i)", "○", "1．")
    )
    with pytest.raises(HandoutError, match="階層が10より多い"):
        write_workbook(replace(dataset(), numbering=style))


def test_the_same_dataset_gives_the_same_bytes() -> None:
    assert write_workbook(dataset()) == write_workbook(dataset())


def test_groups_come_back_and_a_workbook_of_before_has_no_row_for_them(tmp_path: Path) -> None:
    stated = replace(dataset(), groups=("業務", "保健"))
    back, found = through_excel(stated, tmp_path)
    assert (back, found) == (stated, [])

    def without_row(book: Book) -> None:
        sheet, row = book["会議"], book.item("支部のグループ").row
        sheet.cell(row, 1).value = sheet.cell(row, 3).value = None

    reading = read(tmp_path, without_row)
    assert reading.findings == ()
    assert reading.dataset == dataset()
