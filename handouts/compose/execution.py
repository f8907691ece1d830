"""The execution of the budget in tables: every initiative under its field, with the rate and all sums computed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Literal

from handouts.compose.expenses import amount_of
from handouts.compose.page import Printed, PrintedLine, plain_line
from handouts.compose.year_plan import TABLE_HEADING
from handouts.dataset.budget import BudgetField, Initiative
from handouts.dataset.model import Dataset
from handouts.dataset.numbering import print_label
from handouts.measures.execution import Execution, execution_of, execution_of_field, total
from handouts.measures.wording import execution_rate_text, number_text
from handouts.origin import joined_refs

TABLE_NAME = "保険者機能強化予算の執行実績"  # of fields that name no table


@dataclass(frozen=True, slots=True)
class ExecutionRow:
    """A field with its sums above its initiatives, an initiative, or the total; amounts in yen."""

    kind: Literal["field", "item", "total"]
    name: PrintedLine
    budgeted: Printed
    executed: Printed
    rate: Printed


@dataclass(frozen=True, slots=True)
class ExecutionTable:
    """One table: its name and its rows."""

    name: PrintedLine
    rows: tuple[ExecutionRow, ...]


@dataclass(frozen=True, slots=True)
class FieldMembers:
    """The initiatives of a field, or of none."""

    field: BudgetField | None
    initiatives: tuple[Initiative, ...]

    @property
    def execution(self) -> Execution:
        """The amounts of all of them."""
        if self.field is None:
            return total(map(execution_of, self.initiatives))
        return execution_of_field(self.field, self.initiatives)


def compose_execution(dataset: Dataset) -> tuple[ExecutionTable, ...]:
    """The fields with their initiatives, those of the same table name together.

    Where there are several tables, the sum of all is the last row of the last one.
    """
    tables = execution_tables(dataset)
    made = [_table(name, groups) for name, groups in tables]
    if len(made) < 2:
        return tuple(made)
    everything = total(members.execution for _, groups in tables for members in groups)
    closing = _row(
        "total", _sum_name("全体の合計"), everything, [one for _, groups in tables for one in groups]
    )
    return (*made[:-1], replace(made[-1], rows=(*made[-1].rows, closing)))


def execution_tables(dataset: Dataset) -> tuple[tuple[str, tuple[FieldMembers, ...]], ...]:
    """The names of the tables, numbered where there are several, and the fields in each."""
    by_table: dict[str, list[FieldMembers]] = {}
    for members in initiatives_by_field(dataset):
        name = (members.field and members.field.table) or TABLE_NAME
        by_table.setdefault(name, []).append(members)
    labels = [print_label("１．", number) for number in range(1, len(by_table) + 1)]
    return tuple(
        ((label if len(by_table) > 1 else "") + name, tuple(groups))
        for label, (name, groups) in zip(labels, by_table.items(), strict=True)
    )


def _table(name: str, groups: Sequence[FieldMembers]) -> ExecutionTable:
    fields = (members.field for members in groups)
    named = next((f"field:{field.id}.table" for field in fields if field and field.table), "")
    line = plain_line(named, "pillar", name, TABLE_HEADING, role="own" if named else "generated")
    return ExecutionTable(line, tuple(_rows(groups)))


def initiatives_by_field(dataset: Dataset) -> Iterator[FieldMembers]:
    """The fields in their order, then the initiatives that belong to none."""
    known = {field.id for field in dataset.fields}
    for field in dataset.fields:
        yield FieldMembers(field, tuple(one for one in dataset.initiatives if one.field == field.id))
    if others := tuple(one for one in dataset.initiatives if one.field not in known):
        yield FieldMembers(None, others)


def _rows(groups: Sequence[FieldMembers]) -> Iterator[ExecutionRow]:
    numbers = count(1)
    for members in groups:
        if members.field is not None:
            name = plain_line(f"field:{members.field.id}.name", "field-name", members.field.name)
            yield _row("field", name, members.execution, [members])
        for initiative in members.initiatives:
            name = plain_line(f"budget:{initiative.id}.name", "item", f"({next(numbers)}) {initiative.name}")
            yield _item(name, initiative)
    yield _row("total", _sum_name("総計"), total(members.execution for members in groups), groups)


def _sum_name(name: str) -> PrintedLine:
    return plain_line("", "sum", name, role="generated")


def _row(
    kind: Literal["field", "total"], name: PrintedLine, execution: Execution, groups: Sequence[FieldMembers]
) -> ExecutionRow:
    budgeted = _sum_of("amount", number_text(execution.budgeted), groups)
    executed = _sum_of("executed", number_text(execution.executed), groups)
    return ExecutionRow(kind, name, budgeted, executed, _rate(execution, budgeted, executed))


def _sum_of(key: str, text: str, groups: Sequence[FieldMembers]) -> Printed:
    amounts = [amount_of(members.field, members.initiatives, key, text) for members in groups]
    return (
        amounts[0]
        if len(amounts) == 1
        else Printed(text, joined_refs(one.ref for one in amounts), "computed")
    )


def _rate(execution: Execution, budgeted: Printed, executed: Printed) -> Printed:
    refs = joined_refs((executed.ref, budgeted.ref))
    return Printed(execution_rate_text(execution.rate), refs, "computed")


def _item(name: PrintedLine, initiative: Initiative) -> ExecutionRow:
    """An initiative; an amount that only its field has stays empty, and so does the rate."""
    budgeted, executed = (
        Printed("" if yen is None else number_text(yen), f"budget:{initiative.id}.{key}")
        for key, yen in (("amount", initiative.amount), ("executed", initiative.executed))
    )
    rate = _rate(execution_of(initiative), budgeted, executed)
    if not (budgeted.text and executed.text):
        rate = replace(rate, text="")
    return ExecutionRow("item", name, budgeted, executed, rate)
