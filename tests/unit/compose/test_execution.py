"""The execution tables as values: fields with their sums, initiatives, totals."""

from __future__ import annotations

from typing import Any

from handouts.compose.execution import ExecutionTable, compose_execution
from handouts.dataset.budget import BudgetField, Initiative
from tests.samples import plan_dataset

KOHO = BudgetField(id="koho", name="広報", table="医療費適正化")
KENSHIN = BudgetField(id="kenshin", name="健診", table="保健事業")
FIELDS = (KOHO, KENSHIN, BudgetField(id="taisaku", name="対策", table="医療費適正化"))


def initiative(name: str, field: str, amount: int | None, executed: int | None) -> Initiative:
    return Initiative(id=name, name=f"取組{name}", field=field, amount=amount, executed=executed)


INITIATIVES = (
    initiative("a", "koho", 5_000_000, 5_511_000),
    initiative("b", "kenshin", 1_623_600, 1_551_027),
    initiative("c", "koho", 135_000, 0),
    initiative("d", "taisaku", 1_000, 500),
)


def compose(fields: Any = FIELDS, initiatives: Any = INITIATIVES) -> tuple[ExecutionTable, ...]:
    return compose_execution(plan_dataset("Ⅰ．基盤\n", initiatives, fields=fields))


def printed(table: ExecutionTable) -> list[tuple[str, ...]]:
    return [
        (row.kind, row.name.text, row.budgeted.text, row.executed.text, row.rate.text) for row in table.rows
    ]


def test_fields_of_one_table_name_are_one_table_with_initiatives_numbered_through() -> None:
    first, second = compose()
    assert first.name.text == "１．医療費適正化"
    assert printed(first) == [
        ("field", "広報", "5,135,000", "5,511,000", "107.3%"),
        ("item", "(1) 取組a", "5,000,000", "5,511,000", "110.2%"),
        ("item", "(2) 取組c", "135,000", "0", "0.0%"),
        ("field", "対策", "1,000", "500", "50.0%"),
        ("item", "(3) 取組d", "1,000", "500", "50.0%"),
        ("total", "総計", "5,136,000", "5,511,500", "107.3%"),
    ]
    assert second.name.text == "２．保健事業"
    assert printed(second)[1][1] == "(1) 取組b"


def test_the_sum_of_all_tables_is_the_last_row() -> None:
    assert printed(compose()[-1])[-2:] == [
        ("total", "総計", "1,623,600", "1,551,027", "95.5%"),
        ("total", "全体の合計", "6,759,600", "7,062,527", "104.5%"),
    ]


def test_a_table_alone_has_no_number_and_no_second_sum() -> None:
    [table] = compose(fields=(KENSHIN,), initiatives=INITIATIVES[1:2])
    assert table.name.text == "保健事業"
    assert [row.kind for row in table.rows] == ["field", "item", "total"]


def test_fields_without_a_table_and_initiatives_without_a_field_have_a_table_too() -> None:
    alone = Initiative(id="e", name="単独", topic="基盤", amount=10, executed=10)
    [table] = compose(fields=(BudgetField(id="koho", name="広報"),), initiatives=(*INITIATIVES[:1], alone))
    assert table.name.text == "保険者機能強化予算の執行実績"
    assert [row.name.text for row in table.rows] == ["広報", "(1) 取組a", "(2) 単独", "総計"]


def test_amounts_that_only_the_field_has_are_not_printed_beside_its_initiatives() -> None:
    field = BudgetField(id="koho", name="広報", amount=40_786_000, executed=1_045_072)
    [table] = compose(fields=(field,), initiatives=(initiative("a", "koho", None, None),))
    assert printed(table) == [
        ("field", "広報", "40,786,000", "1,045,072", "2.6%"),
        ("item", "(1) 取組a", "", "", ""),
        ("total", "総計", "40,786,000", "1,045,072", "2.6%"),
    ]


def test_nothing_budgeted_is_no_table() -> None:
    assert compose(fields=(), initiatives=()) == ()
