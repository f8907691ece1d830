"""A workbook that a group filled in and returned, with what it held when it was written for the group."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from handouts.dataset.model import Dataset
from handouts.excel.book import Book, book_of
from handouts.excel.kept import KEPT_SHEET, read_kept
from handouts.excel.reading import group_of, read_book, read_sheets
from handouts.excel.sheets import TABLES_IN_ORDER
from handouts.excel.source import Findings
from handouts.findings import DataFaults, Finding, Place, Rule

WHOLE_BOOK = Rule(
    "collect.whole-workbook",
    "これは全体のブックです",
    "集められるのは、handouts workbook export --group グループ で書き出したブックです",
    "全体のブックは handouts workbook import {file} データ で取り込んでください",
)
WITHOUT_KEPT = Rule(
    "collect.kept-missing",
    f"書き出したときの値の控え（隠れたシート「{KEPT_SHEET}」）がありません",
    "どこが書き換えられたかは、控えと比べて調べます",
    "--group で書き出し直したブックに、書き換えたところを写してください",
)


@dataclass(frozen=True, slots=True)
class Returned:
    """A workbook that came back: whose it is, what it says as a dataset, its rows as they are and as they were written.

    `source` is the name of the dataset that it was written from.
    """

    file: str
    group: str
    source: str
    dataset: Dataset
    book: Book
    written: Book

    @property
    def who(self) -> str:
        """What messages call it."""
        return f"{self.file}（{self.group}）"


def read_returned(path: Path) -> tuple[Returned | None, tuple[Finding, ...]]:
    """The workbook at `path`, None where it cannot be put together with others, and what is wrong or odd in it."""
    try:
        grids = read_sheets(path)
    except DataFaults as faults:
        return None, faults.findings
    book = book_of(Findings(path.name), grids)
    read = read_book(book, path.stem)
    dataset, findings = read.dataset, read.findings
    group = group_of(read, grids)
    if not group:
        return None, (WHOLE_BOOK.at(Place(path.name), file=path.name), *findings)
    kept = read_kept(grids)
    written = book_of(Findings(path.name), (kept.grids if kept else None) or ())
    if any(table.name not in written.rows for table in TABLES_IN_ORDER):
        return None, (WITHOUT_KEPT.at(Place(path.name)), *findings)
    if dataset is None or any(finding.severity == "error" for finding in findings):
        return None, findings
    return Returned(path.name, group, read.name, dataset, book, written), findings
