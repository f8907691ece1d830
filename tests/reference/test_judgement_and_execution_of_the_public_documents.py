"""The marks, rates and sums that the public documents print, where they are at hand."""

from __future__ import annotations

import json
import os
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from handouts.dataset.kpis import Kpi
from handouts.measures.execution import Execution, total
from handouts.measures.judgement import judge, tally

_ROOT = Path(__file__).resolve().parents[2]
_FIGURES = _ROOT / os.environ.get("HANDOUTS_REFERENCE", "../shared") / "figures"

_WRONG_TOTAL = "医療費適正化等予算の執行実績"

pytestmark = pytest.mark.skipif(not _FIGURES.exists(), reason=f"no reference folder at {_FIGURES}")


def test_the_rule_gives_the_19_printed_marks_of_tochigi_r5() -> None:
    rows = _read("tochigi_r5_kpi.json")["kpis"]
    assert len(rows) == 19
    found = [
        judge(_target(row["kpi"], row["r5_target"]), _result(row["r5_actual"]), _number(row["r4_actual"]))
        for row in rows
    ]
    assert found == [_plain(row["status"]) for row in rows]


def test_the_tally_of_tochigi_r5_is_counted() -> None:
    rows = _read("tochigi_r5_kpi.json")["kpis"]
    counted = tally(
        judge(_target(row["kpi"], row["r5_target"]), _result(row["r5_actual"]), _number(row["r4_actual"]))
        for row in rows
    )
    assert dict(counted) == {"◎": 5, "○": 8, "△": 6, "×": 0, "□": 0}


def test_rates_subtotals_and_totals_are_those_of_tochigi_r5() -> None:
    for table in _read("tochigi_r5_budget.json")["tables"]:
        fields = {
            field["field"]: total(_execution(item) for item in field["items"]) for field in table["fields"]
        }
        for field in table["fields"]:
            assert _printed(fields[field["field"]]) == _expected(field["printed"])
            assert [_rate(_execution(item)) for item in field["items"]] == [
                item["rate_raw"] for item in field["items"]
            ]
        if table["title"] != _WRONG_TOTAL:
            assert _printed(total(fields.values())) == _expected(table["grand_total"]["printed"])


def test_the_printed_total_of_tochigi_r5_is_1000_yen_below_the_sum_of_its_own_subtotals() -> None:
    [table] = [table for table in _read("tochigi_r5_budget.json")["tables"] if table["title"] == _WRONG_TOTAL]
    found = total(_execution(item) for field in table["fields"] for item in field["items"])
    assert found.budgeted == sum(field["printed"]["budget"] for field in table["fields"]) == 12_586_000
    assert table["grand_total"]["printed"]["budget"] == found.budgeted - 1000
    assert _rate(found) == table["grand_total"]["printed"]["rate_raw"]


def test_rates_are_those_of_gunma_r3_but_for_a_zero_printed_without_decimal() -> None:
    blocks = _read("gunma_r3_budget.json")["blocks"]
    found = [_rate(Execution(block["budget_yen"], block["executed_yen"])) for block in blocks]
    assert found == ["0.0%" if block["rate_raw"] == "0%" else block["rate_raw"] for block in blocks]


def _read(name: str) -> Any:
    return json.loads((_FIGURES / name).read_text(encoding="utf-8"))


def _target(name: str, printed: dict[str, Any]) -> Kpi:
    value = None if printed["value"] is None else str(printed["value"])
    relative = printed["comparison"] if value is None else None
    bound = printed["comparison"] if value is not None and printed["comparison"] else "とする"
    return Kpi.model_validate({"id": "k", "name": name, "target": value or relative, "bound": bound})


def _result(printed: dict[str, Any]) -> Decimal | str:
    return printed["raw"] if printed["value"] is None else Decimal(str(printed["value"]))


def _number(printed: dict[str, Any]) -> Decimal | None:
    return None if printed["value"] is None else Decimal(str(printed["value"]))


def _plain(mark: str) -> str:
    return mark.replace("〇", "○")  # the table has the numeral U+3007


def _execution(item: dict[str, Any]) -> Execution:
    return Execution(item["budget"], item["executed"])


def _rate(execution: Execution) -> str:
    return f"{execution.rate}%"


def _printed(execution: Execution) -> tuple[int, int, str]:
    return execution.budgeted, execution.executed, _rate(execution)


def _expected(printed: dict[str, Any]) -> tuple[int, int, str]:
    return printed["budget"], printed["executed"], printed["rate_raw"]
