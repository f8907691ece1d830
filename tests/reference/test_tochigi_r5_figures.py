"""data/tochigi-r5 has every figure of the public document, in the decimals in which it is printed."""

from __future__ import annotations

import json
import unicodedata
from functools import cache
from typing import Any

import pytest

from handouts.dataset.budget import Initiative
from handouts.dataset.fiscal import FiscalYear
from handouts.dataset.folder import read_folder
from handouts.dataset.kpis import Kpi
from handouts.dataset.model import Dataset
from handouts.dataset.progress_text import TextTable, read_progress_text
from handouts.measures.execution import Execution, total
from handouts.measures.filling import expand
from handouts.measures.kpis import standings
from handouts.measures.wording import number_text, target_text
from tests.reference.folder import REFERENCE, ROOT, needs_reference

pytestmark = needs_reference

R3, R4, R5, R6 = (FiscalYear(year) for year in (2021, 2022, 2023, 2024))
NUMBERS = range(1, 20)
# The list prints the target of the second KPI without the 以上 that the plan has.
WITHOUT_BOUND = 2
# Printed as 12,585,000円 against 2,045,000円 and 10,541,000円 above it.
WRONG_TOTAL = "医療費適正化等予算の執行実績"


def test_all_19_kpis_are_in_the_order_of_the_list() -> None:
    sentences = [_sentence(kpi) for kpi in _dataset().kpis]
    assert len(sentences) == len(NUMBERS)
    for sentence, row in zip(sentences, _rows(), strict=True):
        assert sentence.endswith(_plain(row["kpi"]))  # the list leaves out how the sentence of no. 18 begins


@pytest.mark.parametrize("number", NUMBERS)
def test_the_results_of_three_years_are_as_printed(number: int) -> None:
    kpi, row = _kpi(number)
    assert [_figure(kpi, kpi.actuals[year]) for year in (R3, R4, R5)] == [
        _plain(row[key]["raw"]) for key in ("r3_actual", "r4_actual", "r5_actual")
    ]


@pytest.mark.parametrize("number", NUMBERS)
def test_the_national_average_is_as_printed(number: int) -> None:
    kpi, row = _kpi(number)
    average = _figure(kpi, kpi.averages[R5]) if kpi.averages else "－"
    assert _plain(average) == _plain(row["national_avg"]["raw"])


@pytest.mark.parametrize("number", NUMBERS)
def test_the_target_of_the_year_is_as_printed(number: int) -> None:
    kpi, row = _kpi(number)
    target = target_text(kpi) or "実施"  # a target in words: that it is done
    if number == WITHOUT_BOUND:
        target = target.removesuffix("以上")
    assert target == _plain(row["r5_target"]["raw"])


@pytest.mark.parametrize("number", NUMBERS)
def test_the_target_of_the_next_year_is_as_printed(number: int) -> None:
    kpi, row = _kpi(number)
    first, *more = kpi.targets[R6]
    assert first.removeprefix("・") == _plain(row["r6_target"]["raw"])
    assert more == ([row["r6_target_extra"]] if "r6_target_extra" in row else [])


@pytest.mark.parametrize("number", NUMBERS)
def test_group_and_remarks_are_as_printed(number: int) -> None:
    kpi, row = _kpi(number)
    assert (kpi.group, kpi.remarks) == (_plain(row["group"]), row["remarks"] or "")


def test_the_marks_are_computed_and_are_the_printed_ones() -> None:
    assert not any(kpi.mark for kpi in _dataset().kpis)
    found = [standing.mark for standing in standings(_dataset()).values()]
    assert found == [row["status"].replace("〇", "○") for row in _rows()]  # the numeral U+3007


def test_eligible_persons_rates_and_counts_are_as_printed() -> None:
    found = [
        (_plain(population.group), population.item, population.eligible, population.rate, population.planned)
        for population in _dataset().populations
    ]
    printed = [
        (_plain(row["group"]), row["item"], row["population"], row["rate_value"], row["count"])
        for row in _read("tochigi_r5_kpi.json")["populations"]
    ]
    key = str
    assert sorted(map(_comparable, found), key=key) == sorted(map(_comparable, printed), key=key)


def test_the_small_tables_are_as_printed() -> None:
    tables = [
        block.rows
        for entry in _dataset().entries
        for block in read_progress_text(entry.text).blocks
        if isinstance(block, TextTable)
    ]
    rows = {(row[0], tuple(table[0][1:]), tuple(row[1:])) for table in tables for row in table[1:]}
    for printed in _read("tochigi_r5_kpi.json")["mini_tables"]:
        for name, values in printed["rows"].items():
            plain = tuple(_plain(value).replace(" ", "") for value in values)
            assert (name, tuple(printed["columns"]), plain) in rows


def test_the_17_initiatives_are_in_their_fields_and_tables_with_both_amounts() -> None:
    dataset = _dataset()
    fields = {field.id: field for field in dataset.fields}
    found = [
        (fields[one.field].table, fields[one.field].name, one.name, one.amount, one.executed)
        for one in dataset.initiatives
    ]
    assert found == [
        (table["title"], field["field"], item["name"], item["budget"], item["executed"])
        for table in _tables()
        for field in table["fields"]
        for item in field["items"]
    ]


def test_the_sums_of_the_fields_are_the_printed_ones() -> None:
    found = {field.name: _execution(_of_field(field.id)) for field in _dataset().fields}
    printed = {field["field"]: field["printed"] for table in _tables() for field in table["fields"]}
    assert {name: _printed(execution) for name, execution in found.items()} == {
        name: (sums["budget"], sums["executed"], sums["rate_raw"]) for name, sums in printed.items()
    }


def test_the_totals_are_the_printed_ones_but_for_one_that_is_1000_yen_short() -> None:
    for table in _tables():
        ids = [field.id for field in _dataset().fields if field.table == table["title"]]
        budgeted, executed, rate = _printed(_execution([one for name in ids for one in _of_field(name)]))
        sums = table["grand_total"]["printed"]
        short = 1000 if table["title"] == WRONG_TOTAL else 0
        assert (budgeted - short, executed, rate) == (sums["budget"], sums["executed"], sums["rate_raw"])


@cache
def _dataset() -> Dataset:
    found = read_folder(ROOT / "data" / "tochigi-r5").dataset
    assert found is not None
    return found


@cache
def _read(name: str) -> Any:
    return json.loads((REFERENCE / "figures" / name).read_text(encoding="utf-8"))


def _rows() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = _read("tochigi_r5_kpi.json")["kpis"]
    return rows


def _tables() -> list[dict[str, Any]]:
    tables: list[dict[str, Any]] = _read("tochigi_r5_budget.json")["tables"]
    return tables


def _kpi(number: int) -> tuple[Kpi, dict[str, Any]]:
    return _dataset().kpis[number - 1], _rows()[number - 1]


def _sentence(kpi: Kpi) -> str:
    sentence = expand(f"{{kpi:{kpi.id}}}", _dataset())
    return _plain(sentence.replace(kpi.name, kpi.list_name or kpi.name))


def _figure(kpi: Kpi, value: Any) -> str:
    return value if isinstance(value, str) else f"{number_text(value)}{kpi.unit}"


def _comparable(row: tuple[Any, ...]) -> tuple[str, ...]:
    return tuple(str(value) for value in row)


def _of_field(name: str) -> list[Initiative]:
    return [one for one in _dataset().initiatives if one.field == name]


def _execution(initiatives: list[Initiative]) -> Execution:
    return total(Execution(one.amount or 0, one.executed or 0) for one in initiatives)


def _printed(execution: Execution) -> tuple[int, int, str]:
    return execution.budgeted, execution.executed, f"{execution.rate}%"


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)
