"""A workbook with all rows is put into the dataset as it is now; what it would take away is known before it is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.collect.collection import Collection
from handouts.collect.conflicts import DATASET, Conflicts
from handouts.collect.returned import FilledBook, read_filled
from handouts.dataset.model import Dataset
from handouts.excel.book import book_of
from handouts.excel.dataset_rows import rows_of_dataset
from handouts.excel.reading import read_book, read_sheets
from handouts.excel.source import Findings
from handouts.xlsx.grid import Cell
from tests.unit.collect.test_collecting import SELECTED, put, put_together, returned_of, source, with_amount
from tests.unit.dataset.strategies import datasets
from tests.unit.excel import books
from tests.unit.excel.test_round_trip import has_different_ids

Change = Callable[[books.Book], None]


class Imported:
    """What comes of a workbook of all rows: the dataset, the conflicts and removals as messages."""

    def __init__(self, path: Path, now: Dataset, take: Sequence[str] = ()) -> None:
        returned = read_filled(path, lambda: now).returned({})
        assert returned is not None
        conflicts = Conflicts([[name] for name in take])
        collection = Collection(now.name, rows_of_dataset(now), {}, conflicts)
        collection.add(returned)
        reading = collection.reading()
        assert reading.dataset is not None
        self.dataset = reading.dataset
        self.taken = collection.taken["全.xlsx"]
        self.conflicts = [str(finding) for finding in conflicts.found]
        self.removals = [str(finding).removeprefix("全.xlsx ") for finding in collection.removals]
        self.places = reading.places


def imported(
    folder: Path, change: Change, now: Dataset | None = None, take: Sequence[str] = (), has_kept: bool = True
) -> Imported:
    book = books.Book(source())
    change(book)
    if not has_kept:
        del book.book["控え"]
    return Imported(book.save(folder / "全.xlsx"), now or source(), take)


def nothing(book: books.Book) -> None:
    """A workbook that comes back as it went out."""


def both(*changes: Change) -> Change:
    def change(book: books.Book) -> None:
        for one in changes:
            one(book)

    return change


AMOUNT = "予算額（円）"


@pytest.mark.parametrize("has_kept", [True, False])
def test_a_workbook_without_a_change_changes_nothing(tmp_path: Path, has_kept: bool) -> None:
    found = imported(tmp_path, nothing, has_kept=has_kept)
    assert (found.dataset, found.taken, found.conflicts, found.removals) == (source(), 0, [], [])


def test_what_the_dataset_changed_meanwhile_stays_beside_what_the_workbook_changed(tmp_path: Path) -> None:
    now = with_amount(source(), 0, 999_000)
    found = imported(tmp_path, put("取組・予算", 2, AMOUNT, 250_000), now)
    assert found.dataset == with_amount(now, 1, 250_000)
    assert (found.conflicts, found.removals) == ([], [])


def test_what_both_changed_is_a_conflict_with_all_three_values(tmp_path: Path) -> None:
    now = with_amount(source(), 0, 120_000)
    change = put("取組・予算", 1, AMOUNT, 150_000)
    assert imported(tmp_path, change, now).conflicts == [
        "全.xlsx 取組・予算!D4（予算額（円））: ブックは「150000」、今のデータは「120000」です（書き出したときは「100000」）。"
    ]
    for side, amount in (("全.xlsx", 150_000), (DATASET, 120_000)):
        assert imported(tmp_path, change, now, [side]).dataset.initiatives[0].amount == amount


def test_an_emptied_cell_is_known_with_its_figure(tmp_path: Path) -> None:
    found = imported(tmp_path, put("取組・予算", 1, AMOUNT, None))
    assert found.removals == [
        "取組・予算!D4（予算額（円））: 「取組 madoguchi」: 今のデータの「100,000」がなくなります。"
    ]
    assert found.dataset == with_amount(source(), 0, None)


def test_a_row_that_is_gone_is_known_with_all_of_its_figures(tmp_path: Path) -> None:
    found = imported(tmp_path, lambda book: book["KPI"].delete_rows(books.HEAD + 2))
    [removal] = found.removals
    assert removal.startswith("KPI: 行「受診率」がなくなります（")
    assert "目標 61.0%" in removal
    assert "実績 R3 55.0%" in removal
    assert [kpi.id for kpi in found.dataset.kpis] == ["days"]


def test_a_month_and_a_text_that_are_gone_are_known(tmp_path: Path) -> None:
    change = both(put("月次", 1, "4月", None), put("進捗", 1, "実施状況の文", None))
    removals = "\n".join(imported(tmp_path, change).removals)
    assert "今のデータの「10」がなくなります" in removals
    assert "今のデータの「窓口を開いた。」がなくなります" in removals


def test_a_choice_that_goes_back_to_what_it_is_without_one_takes_nothing_away(tmp_path: Path) -> None:
    found = imported(tmp_path, put("KPI", 1, "向き", None))
    assert (found.dataset, found.removals) == (source(), [])


def test_what_is_gone_on_both_sides_takes_nothing_away(tmp_path: Path) -> None:
    now = with_amount(source(), 0, None)
    assert imported(tmp_path, put("取組・予算", 1, AMOUNT, None), now).removals == []


def test_a_reworded_paragraph_is_not_taken_away(tmp_path: Path) -> None:
    found = imported(tmp_path, put("計画", 4, "文", "もっと早く支給する。"))
    assert found.removals == []
    assert found.dataset.plan.paragraphs[2].text == "もっと早く支給する。"


def test_an_empty_row_between_paragraphs_is_taken(tmp_path: Path) -> None:
    found = imported(tmp_path, lambda book: book["計画"].insert_rows(books.HEAD + 5))
    lines, before = ([one.line for one in each.plan.paragraphs] for each in (found.dataset, source()))
    assert lines == [line + (line >= 5) for line in before]


def test_without_what_was_written_every_value_that_would_be_another_is_known(tmp_path: Path) -> None:
    now = with_amount(source(), 0, 999_000)
    found = imported(tmp_path, put("取組・予算", 2, AMOUNT, 250_000), now, has_kept=False)
    assert [
        removal.partition("（控え")[0].partition(": ")[2].partition(": ")[2] for removal in found.removals
    ] == [
        "今のデータの「999,000」が「100,000」になります",
        "今のデータの「200,000」が「250,000」になります",
    ]


def test_without_what_was_written_what_is_only_more_goes_in(tmp_path: Path) -> None:
    def add(book: books.Book) -> None:
        book.cell("月次", 1, "6月").value = 30
        for heading, value in {"id": "calls", "KPIの名称": "電話", "目標": 3, "単位": "件"}.items():
            book.cell("KPI", 3, heading).value = value

    found = imported(tmp_path, add, has_kept=False)
    assert found.removals == []
    assert [kpi.id for kpi in found.dataset.kpis] == ["days", "rate", "calls"]
    assert found.dataset.tables[0].series[0].values[6] == Decimal(30)


def test_without_what_was_written_a_row_that_only_the_dataset_has_is_known(tmp_path: Path) -> None:
    first, *others = source().kpis
    now = replace(source(), kpis=(first, first.model_copy(update={"id": "more", "name": "先"}), *others))
    [removal] = imported(tmp_path, nothing, now, has_kept=False).removals
    assert "行「先」がなくなります" in removal


@pytest.mark.parametrize("has_kept", [True, False])
def test_an_item_that_a_workbook_of_before_has_no_row_for_stays(tmp_path: Path, has_kept: bool) -> None:
    def leave_out_groups(book: books.Book) -> None:
        book["会議"].delete_rows(book.item("支部のグループ").row)

    now = replace(source(), groups=("保健", "業務"))
    found = imported(tmp_path, leave_out_groups, now, has_kept=has_kept)
    assert (found.dataset, found.removals) == (now, [])


def test_what_was_kept_and_is_damaged_is_said_and_counts_as_absent(tmp_path: Path) -> None:
    book = books.Book(source())
    cell = book["控え"]["B4"]
    cell.value = cell.value[:60]
    path = book.save(tmp_path / "全.xlsx")
    filled = read_filled(path, source)
    assert [finding.rule.id for finding in filled.findings] == ["collect.kept-damaged"]
    assert Imported(path, with_amount(source(), 0, 1)).removals != []


def test_what_is_said_of_a_row_points_into_the_workbook_where_that_shows_it(tmp_path: Path) -> None:
    now = with_amount(source(), 0, 999_000)
    places = imported(tmp_path, put("取組・予算", 2, AMOUNT, 250_000), now).places
    assert places["budget:annai.amount"].cell == "取組・予算!D5"
    assert places["kpi:rate.target"].cell == "KPI!C5"
    assert places["budget:madoguchi.amount"].cell is None


@SELECTED
@given(datasets().filter(has_different_ids), datasets().filter(has_different_ids))
def test_a_workbook_that_is_put_in_again_is_compared_with_itself_and_changes_nothing(
    written: Dataset, returned: Dataset
) -> None:
    once = put_together(written, [replace(returned_of(returned, written), group="")]).dataset
    again = put_together(once, [replace(returned_of(returned, returned), group="")])
    assert again.conflicts == []
    assert again.dataset == once


CELLS = st.sampled_from([(number, name) for number in range(3) for name in ("name", "amount", "executed")])
EDITS = st.dictionaries(CELLS, st.integers(1, 10**9), max_size=9)


def edited(dataset: Dataset, edits: dict[tuple[int, str], int]) -> Dataset:
    rows = list(dataset.initiatives)
    for (number, name), value in edits.items():
        said = f"取組{value}" if name == "name" else value
        rows[number] = rows[number].model_copy(update={name: said})
    return replace(dataset, initiatives=tuple(rows))


@SELECTED
@given(EDITS, EDITS)
def test_edits_of_different_cells_on_both_sides_all_survive(
    mine: dict[tuple[int, str], int], theirs: dict[tuple[int, str], int]
) -> None:
    theirs = {cell: value for cell, value in theirs.items() if cell not in mine}
    workbook = replace(returned_of(edited(source(), mine), source()), group="")
    merged = put_together(edited(source(), theirs), [workbook])
    assert merged.conflicts == []
    assert merged.dataset == edited(source(), mine | theirs)


def test_a_formula_that_somebody_typed_is_a_change_and_those_of_computed_columns_are_none(
    tmp_path: Path,
) -> None:
    book = books.Book(source())
    path = book.save(tmp_path / "全.xlsx")
    at = book.column("取組・予算", "執行額（円）")
    cell = Cell(4, at, 5000, "number", "#,##0", is_formula=True)
    grids = []
    for grid in read_sheets(path):
        row = {**grid.rows[4], at: cell} if grid.name == "取組・予算" else grid.rows.get(4)
        grids.append(replace(grid, rows={**grid.rows, 4: row} if row else grid.rows))
    sheets = book_of(Findings(path.name), grids)
    reading = replace(read_book(sheets, "全"), book=sheets, grids=grids)
    returned = FilledBook(path.name, reading).returned({})
    assert returned is not None
    assert "取組・予算" not in returned.same
    assert returned.same >= {"計画", "KPI", "月次", "進捗"}
    assert put_together(source(), [returned]).dataset.initiatives[0].executed == 5000
