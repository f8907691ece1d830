"""Budget execution: what was budgeted and executed in yen, and the rate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from handouts.dataset.budget import BudgetField, Initiative
from handouts.dataset.figures import round_half_up

_PLACES = 1


@dataclass(frozen=True, slots=True)
class Execution:
    """Budgeted and executed amounts in whole yen, of one initiative or of many."""

    budgeted: int
    executed: int

    @property
    def rate(self) -> Decimal | None:
        """The execution rate in % to one decimal, also above 100; None where nothing was budgeted.

        From 執行額 and 予算額 as 栃木支部 令和5年度 prints it.
        """
        if self.budgeted == 0:
            return None
        return round_half_up(Decimal(self.executed) * 100 / self.budgeted, _PLACES)


def total(executions: Iterable[Execution]) -> Execution:
    """The sum of both amounts; its rate is that of the sums, not the mean of the rates."""
    found = tuple(executions)
    return Execution(
        budgeted=sum(execution.budgeted for execution in found),
        executed=sum(execution.executed for execution in found),
    )


def execution_of(initiative: Initiative) -> Execution:
    """What was budgeted and executed of one initiative; nothing where no amount is entered."""
    return Execution(initiative.amount or 0, initiative.executed or 0)


def execution_of_field(field: BudgetField, initiatives: Iterable[Initiative]) -> Execution:
    """What was budgeted and executed of a field: its own amounts, else the sums of those of `initiatives` in it."""
    sums = total(execution_of(initiative) for initiative in initiatives if initiative.field == field.id)
    return Execution(
        budgeted=sums.budgeted if field.amount is None else field.amount,
        executed=sums.executed if field.executed is None else field.executed,
    )
