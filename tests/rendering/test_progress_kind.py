"""The progress of 群馬支部 令和3年度: its headline figures as printed, and the pillar on every page."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from functools import cache

import pypdf
import pytest

from handouts.compose.done import MonthRow, MonthTable
from handouts.compose.page import Printed, PrintedLine
from handouts.compose.progress import Item, ProgressReport, compose_progress
from handouts.dataset.folder import read_folder
from handouts.dataset.model import Datasets
from tests.pages import ROOT
from tests.rendering.test_every_kind import made

SAMPLE = ("gunma-r3", "progress")


@cache
def handout() -> ProgressReport:
    dataset = read_folder(ROOT / "data" / SAMPLE[0]).dataset
    assert dataset is not None
    return compose_progress(Datasets(dataset))


def items() -> list[Item]:
    return [item for pillar in handout().pillars for group in pillar.groups for item in group.items]


def tables() -> dict[str, MonthTable]:
    blocks = (block for item in items() for row in item.rows for block in row.done)
    return {block.caption: block for block in blocks if isinstance(block, MonthTable)}


def texts(cells: Sequence[Printed]) -> tuple[str, ...]:
    return tuple(cell.text for cell in cells)


def rows(caption: str) -> list[MonthRow]:
    return [row for section in tables()[caption].sections for row in section.rows]


def test_the_24_items_are_numbered_through() -> None:
    assert [item.number for item in items()] == [str(number) for number in range(1, 25)]


def test_the_tally_is_that_of_the_document() -> None:
    counts = {row.mark: (str(row.all), str(row.kpis)) for row in handout().tally}
    assert counts == {"◎": ("1", "1"), "○": ("44", "5"), "△": ("14", "12"), "×": ("0", "0"), "□": ("16", "1")}
    assert (str(handout().tally_total.all), str(handout().tally_total.kpis)) == ("75", "19")


def test_single_months_sums_and_rates_of_check_ups_are_those_of_the_document() -> None:
    single, reached, rate = rows("生活習慣病予防健診受診率")[-3:]
    assert texts(single.cells) == ("10,038", "11,000", "14,147", "14,350", "12,174", "13,403", *[""] * 6)
    assert texts(single.closing) == ("75,112",)
    assert reached.cells[5].text == "75,112"
    assert texts(rate.cells[:6]) == ("3.9%", "8.1%", "13.5%", "19.1%", "23.8%", "28.9%")


def test_the_rate_beside_the_sum_is_that_of_the_document() -> None:
    assert [texts(row.closing) for row in rows("被保険者特定保健指導実施率")[::2]] == [
        ("4,875", "14.3%"),
        ("3,904", "10.6%"),
        ("2,115", "5.4%"),
    ]


def test_the_mean_of_the_months_is_that_of_the_document() -> None:
    assert [texts(row.closing) for row in rows("超過勤務状況")] == [("7.8",), ("6.4",)]


def test_the_document_prints_65_new_registrations_where_its_months_add_up_to_63() -> None:
    single = rows("メールマガジンの新規登録と累計")[1]
    assert texts(single.cells[:6]) == ("24", "12", "7", "9", "13", "△2")
    assert texts(single.closing) == ("63",)


def test_the_document_prints_0_for_months_to_come_of_receipts_where_nothing_is_printed_here() -> None:
    assert texts(rows("基金と合算したレセプト点検の査定率")[1].cells) == (
        *("0.230%", "0.220%", "0.210%", "0.223%", "0.222%", "0.220%"),
        *[""] * 6,
    )


def test_receipts_run_from_march_to_february() -> None:
    table = tables()["基金と合算したレセプト点検の査定率"]
    assert (table.months[0], table.months[-1]) == ("3月", "2月")


@pytest.mark.parametrize(
    ("item", "amounts"),
    [
        (12, ["予算額 40,786,000円", "執行額 1,045,072円", "執行率 2.6%"]),
        (13, ["予算額 6,524,000円", "執行額 821,203円", "執行率 12.6%"]),
        (21, ["予算額 11,942,000円", "執行額 1,056,388円", "執行率 8.8%"]),
    ],
)
def test_the_budget_beside_an_item_is_that_of_the_document(item: int, amounts: list[str]) -> None:
    assert [line.text for line in items()[item - 1].budget][1:4] == amounts


def test_nothing_executed_is_printed_as_such() -> None:
    lines = [line.text for line in items()[15].budget]
    at = lines.index("【その他の経費】")
    assert lines[at + 1 : at + 4] == ["予算額 4,021,000円", "執行額 0円", "執行率 0.0%"]


def test_marks_ranks_and_badges_are_those_of_the_document() -> None:
    receipts = [(str(row.mark), str(row.rank)) for row in items()[7].rows]
    assert receipts == [("", ""), ("○", "43位"), ("○", "47位"), ("○", ""), ("△", "")]
    badged = [item.number for item in items() if item.badge]
    assert badged == ["13", "14", "17"]


def test_what_is_printed_twice_is_said_to_be_so() -> None:
    lines = [block.text for block in items()[10].rows[0].done if isinstance(block, PrintedLine)]
    assert sum(line.endswith("（再掲）") for line in lines) == 2


def test_the_pillar_stands_on_every_page_that_it_runs_over() -> None:
    pages = pypdf.PdfReader(io.BytesIO(made(*SAMPLE).files[".pdf"])).pages
    texts = [re.sub(r"\s", "", page.extract_text()) for page in pages]
    measured = [text for text in texts if "支部保険者機能強化予算" in text]
    assert len(measured) > 10
    assert all(re.search("予算(Ⅰ．基盤的|Ⅱ．戦略的|Ⅲ．組織)", text) for text in measured)
