"""The budget beside an item of the progress: what was budgeted and executed, and for which initiatives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from handouts.compose.page import Printed, PrintedLine, plain_line
from handouts.dataset.budget import BudgetField, Initiative
from handouts.dataset.model import Dataset
from handouts.measures.execution import Execution, execution_of, execution_of_field, total
from handouts.measures.placeholders import resolve_topic
from handouts.measures.wording import execution_rate_text, yen_text
from handouts.origin import joined_refs


def compose_expenses(dataset: Dataset) -> Mapping[str, tuple[PrintedLine, ...]]:
    """The lines of each item's budget by the id of its heading.

    An initiative stands under its field where that names a heading, else under the heading that it names itself.
    """
    lines: dict[str, list[PrintedLine]] = {}
    headings = {field.id: heading for field in dataset.fields if (heading := _heading(field.topic, dataset))}
    for field in dataset.fields:
        if field.id in headings:
            members = [initiative for initiative in dataset.initiatives if initiative.field == field.id]
            block = _block(field, execution_of_field(field, members), members)
            lines.setdefault(headings[field.id], []).extend(block)
    alone: dict[str, list[Initiative]] = {}
    for initiative in dataset.initiatives:
        if initiative.field not in headings and (heading := _heading(initiative.topic, dataset)):
            alone.setdefault(heading, []).append(initiative)
    for heading, members in alone.items():
        block = _block(None, total(map(execution_of, members)), members)
        lines.setdefault(heading, []).extend(block)
    return {heading: tuple(found) for heading, found in lines.items()}


def _heading(topic: str, dataset: Dataset) -> str | None:
    heading = resolve_topic(topic, dataset.plan)
    return heading.id if heading else None


def _block(
    field: BudgetField | None, execution: Execution, members: Sequence[Initiative]
) -> Iterator[PrintedLine]:
    """Budgeted and executed yen with the rate, then the names, as 群馬支部 令和3年度上期 prints them."""
    if field:
        yield plain_line(f"field:{field.id}.name", "expense-name", f"【{field.name}】")
    budgeted, executed = (amount_of(field, members, key) for key in ("amount", "executed"))
    rate_ref = joined_refs((executed.ref, budgeted.ref))
    yield _amount(budgeted, f"予算額 {yen_text(execution.budgeted)}")
    yield _amount(executed, f"執行額 {yen_text(execution.executed)}")
    yield plain_line(rate_ref, "expense", f"執行率 {execution_rate_text(execution.rate)}", role="computed")
    if members:
        yield plain_line("", "expense", "（取組名）", role="generated")
    for member in members:
        yield plain_line(f"budget:{member.id}.name", "expense-item", f"・{member.name}")


def amount_of(field: BudgetField | None, members: Sequence[Initiative], key: str, text: str = "") -> Printed:
    """The budgeted or executed amount of a field (`key` is that of its yen): its own, or the sum of its members'."""
    if field is not None and (getattr(field, key) is not None or not members):
        return Printed(text, f"field:{field.id}.{key}")
    refs = joined_refs(f"budget:{one.id}.{key}" for one in members)
    return Printed(text, refs, "own" if field is None and len(members) == 1 else "computed")


def _amount(source: Printed, text: str) -> PrintedLine:
    return plain_line(source.ref, "expense", text, role=source.role)
