"""Budget execution: rates and sums."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.dataset.budget import BudgetField, Initiative
from handouts.measures.execution import Execution, execution_of, execution_of_field, total

executions = st.builds(Execution, st.integers(0, 10**10), st.integers(0, 10**10))


@pytest.mark.parametrize(
    ("budgeted", "executed", "rate"),
    [
        (1910000, 1644044, "86.1"),  # 栃木支部 令和5年度
        (5000000, 5511000, "110.2"),
        (135000, 0, "0.0"),
        (40786000, 1045072, "2.6"),  # 群馬支部 令和3年度上期
        (2000, 1, "0.1"),  # 0.05, rounded half up
    ],
)
def test_a_rate_has_one_decimal_and_may_be_above_100(budgeted: int, executed: int, rate: str) -> None:
    assert str(Execution(budgeted, executed).rate) == rate


def test_there_is_no_rate_of_an_empty_budget() -> None:
    assert Execution(0, 500).rate is None


def test_the_rate_of_a_total_is_that_of_the_sums() -> None:
    assert total([Execution(100, 100), Execution(900, 0)]).rate == Decimal("10.0")


@given(st.lists(executions), st.lists(executions))
def test_totals_of_parts_add_up_to_the_total_of_all(some: list[Execution], others: list[Execution]) -> None:
    assert total([total(some), total(others)]) == total([*some, *others])


def initiative(name: str, field: str = "", **amounts: int) -> Initiative:
    return Initiative.model_validate({"id": name, "name": name, "field": field, **amounts})


MEMBERS = (
    initiative("a", "keihi", amount=1000, executed=400),
    initiative("b", "keihi", amount=500),
    initiative("c", "other", amount=7000, executed=7000),
    initiative("d", amount=7000),
)


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        ({}, Execution(1500, 400)),
        ({"amount": 9000}, Execution(9000, 400)),
        ({"executed": 0}, Execution(1500, 0)),
        ({"amount": 0, "executed": 5}, Execution(0, 5)),
    ],
)
def test_a_field_has_its_own_amounts_else_the_sums_of_its_initiatives(
    amounts: dict[str, int], expected: Execution
) -> None:
    field = BudgetField.model_validate({"id": "keihi", "name": "健診経費", **amounts})
    assert execution_of_field(field, MEMBERS) == expected


def test_an_initiative_without_amounts_counts_as_nothing() -> None:
    assert execution_of(initiative("a")) == Execution(0, 0)
    assert execution_of(MEMBERS[0]) == Execution(1000, 400)
