"""The results of 栃木支部 令和5年度 print the figures of the public document, each in its column."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from functools import cache
from typing import Any

import pytest

from handouts.compose.execution import ExecutionRow
from handouts.compose.kpi_tables import KpiResultRow
from handouts.compose.results import Results, compose_results
from handouts.dataset.folder import read_folder
from handouts.dataset.model import Datasets
from tests.reference.folder import REFERENCE, ROOT, needs_reference

NUMBERS = range(1, 20)
COLUMNS = {
    "past": "r3_actual",
    "prev": "r4_actual",
    "goal": "r5_target",
    "done": "r5_actual",
    "mark": "status",
    "mean": "national_avg",
    "next": "r6_target",
    "note": "remarks",
}
# What the document has wrong: its list leaves out the 以上 of a target that the sentence beside it has, …
PRINTED_WITHOUT_BOUND = (2, "96.0%", "96.0%以上")
# … and one 総計 is 1,000円 less than the two sums above it.
WRONG_TOTAL = ("医療費適正化等予算の執行実績", 12_585_000, 12_586_000)


# The headlines, known without the document


def test_the_marks_are_five_eight_and_six() -> None:
    marks = Counter(cells(row)["mark"] for row in kpi_rows())
    assert marks == {"◎": 5, "○": 8, "△": 6}
    assert results().kpis is not None
    assert results().kpis.legend == (
        "◎計画を上回る実施状況",
        "○計画どおりの実施状況",
        "△計画を下回る実施状況",
    )


@pytest.mark.parametrize(
    ("number", "printed"),
    [
        (2, ["94.6%", "93.9%", "96.0%以上", "93.9%", "△", "95.6%", "対前年度以上", ""]),
        (4, ["0.370%", "0.371%", "対前年度以上", "0.418%", "○", "0.423%", "対前年度以上", "※基準変更"]),
        (8, ["91.05%", "90.50%", "94.0%以上", "89.60%", "△", "89.12%", "削除", ""]),
        (9, ["68.1%", "71.9%", "71.7%以上", "72.2%", "◎", "57.7%", "65.9%以上", "※算出方法変更"]),
        (
            15,
            [
                "1,177事業所",
                "1,325事業所",
                "1,330事業所以上",
                "1,529事業所",
                "◎",
                "－",
                "1,640事業所以上",
                "",
            ],
        ),
        (18, ["実施", "実施", "実施", "実施", "○", "－", "実施", ""]),
        (19, ["0.0%", "0.0%", "20%以下", "0.0%", "◎", "－", "15%以下", "一般競争入札案件11件"]),
    ],
)
def test_a_row_of_the_kpis_is_as_printed(number: int, printed: list[str]) -> None:
    assert list(cells(kpi_rows()[number - 1]).values()) == printed


def test_the_totals_of_the_three_tables_and_of_all_are_computed() -> None:
    rows = [row for table in results().execution for row in table.rows if row.kind == "total"]
    assert [(row.name.text, *amounts(row)) for row in rows] == [
        ("総計", "12,586,000", "11,591,614", "92.1%"),
        ("総計", "52,644,000", "38,346,941", "72.8%"),
        ("総計", "1,623,600", "1,551,027", "95.5%"),
        ("全体の合計", "66,853,600", "51,489,582", "77.0%"),
    ]


def test_more_may_be_executed_than_budgeted_and_nothing_too() -> None:
    rates = {row.name.text: row.rate.text for table in results().execution for row in table.rows}
    assert rates["(4) 各種メディアを活用したインセンティブ広報"] == "110.2%"
    assert rates["(9) 保健指導対象者に対する健診前の文書支援事業"] == "0.0%"


# The document


@needs_reference
def test_the_19_kpis_are_in_the_printed_tables_in_order() -> None:
    assert results().kpis is not None
    sizes = Counter(row["section"] for row in _rows())
    assert [len(table.rows) for table in results().kpis.tables] == list(sizes.values())
    for row, printed in zip(kpi_rows(), _rows(), strict=True):
        assert plain(row.number) == plain(printed["no_raw"])
        assert plain(row.group.text) == plain(printed["group"])
        # The list leaves out how the sentence of no. 18 begins in the plan.
        assert plain(row.sentence[-1].text).endswith(plain(printed["kpi"]))


@needs_reference
def test_a_heading_stands_above_the_same_kpis_as_printed() -> None:
    printed = [row["heading"] for row in _rows()]
    first = [number == 0 or heading != printed[number - 1] for number, heading in enumerate(printed)]
    assert [len(row.sentence) == 2 for row in kpi_rows()] == first


@needs_reference
@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("column", COLUMNS)
def test_every_figure_of_a_kpi_is_the_printed_one(number: int, column: str) -> None:
    found = cells(kpi_rows()[number - 1])[column]
    printed = _rows()[number - 1][COLUMNS[column]]
    text = plain((printed["raw"] if isinstance(printed, dict) else printed) or "")
    if column == "goal" and number == PRINTED_WITHOUT_BOUND[0]:
        assert (text, found) == PRINTED_WITHOUT_BOUND[1:]
    elif column == "next" and (extra := _rows()[number - 1].get("r6_target_extra")):
        assert found == f"・{text}{extra}"
    else:
        assert plain(found) == text.replace("〇", "○")  # the table has the numeral U+3007


@needs_reference
@pytest.mark.parametrize("number", range(3))
def test_every_amount_and_rate_of_an_execution_table_is_the_printed_one(number: int) -> None:
    table, printed = results().execution[number], _tables()[number]
    assert table.name.text == f"{printed['no']}．{printed['title']}"
    rows = [(row.kind, row.name.text, *amounts(row)) for row in table.rows][: _length(printed)]
    assert rows == [*_printed_rows(printed), _printed_total(printed)]


@cache
def results() -> Results:
    dataset = read_folder(ROOT / "data" / "tochigi-r5").dataset
    assert dataset is not None
    return compose_results(Datasets(dataset))


def kpi_rows() -> list[KpiResultRow]:
    assert results().kpis is not None
    return [row for table in results().kpis.tables for row in table.rows]


def cells(row: KpiResultRow) -> dict[str, str]:
    return {
        name: "".join(line.text for line in lines) for name, lines in zip(COLUMNS, row.cells, strict=True)
    }


def amounts(row: ExecutionRow) -> tuple[str, str, str]:
    return row.budgeted.text, row.executed.text, row.rate.text


def plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


@cache
def _read(name: str) -> Any:
    return json.loads((REFERENCE / "figures" / name).read_text(encoding="utf-8"))


def _rows() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = _read("tochigi_r5_kpi.json")["kpis"]
    return rows


def _tables() -> list[dict[str, Any]]:
    tables: list[dict[str, Any]] = _read("tochigi_r5_budget.json")["tables"]
    return tables


def _printed_rows(table: dict[str, Any]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for field in table["fields"]:
        rows.append(("field", field["field"], *_printed_amounts(field["printed"])))
        rows += [
            ("item", f"({item['no']}) {item['name']}", *_printed_amounts(item)) for item in field["items"]
        ]
    return rows


def _printed_total(table: dict[str, Any]) -> tuple[str, ...]:
    printed = dict(table["grand_total"]["printed"])
    if table["title"] == WRONG_TOTAL[0]:
        assert printed["budget"] == WRONG_TOTAL[1]
        printed["budget"] = WRONG_TOTAL[2]
    return ("total", "総計", *_printed_amounts(printed))


def _printed_amounts(printed: dict[str, Any]) -> tuple[str, str, str]:
    return f"{printed['budget']:,}", f"{printed['executed']:,}", printed["rate_raw"]


def _length(table: dict[str, Any]) -> int:
    return len(_printed_rows(table)) + 1
