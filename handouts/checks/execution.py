"""Rules on the budget: every amount is there once, what was executed has a budget, and everything is printed somewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from handouts.checks.entered import ids_at_fault, kinds_with, with_refs
from handouts.dataset.kinds import Prints
from handouts.dataset.model import BudgetField, Dataset, Initiative
from handouts.dataset.reading import place_of
from handouts.findings import Finding, Place, unruled
from handouts.measures.execution import Execution, execution_of, execution_of_field
from handouts.measures.wording import execution_rate_text, yen_text

_TOO_MUCH = 200  # percent
_AMOUNTS = (("amount", "予算額"), ("executed", "執行額"))


def check_missing_amounts(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """An initiative or a field with nothing budgeted; what was executed of it would have no rate."""
    fields = {field.id: field for field in dataset.fields}
    needs_each = bool(kinds_with(Prints.INITIATIVES, dataset))
    for initiative, ref in with_refs("budget", dataset.initiatives):
        field = fields.get(initiative.field)
        is_unsure = initiative.field != "" and field is None
        has_budget = field is not None and field.amount is not None and not needs_each
        if initiative.amount is None and not is_unsure and not has_budget:
            remedy = "「amount: 」の行に円で書いてください。区分の予算額しかなければ、区分（fields）に amount を書きます"
            name = f"取組「{initiative.name}」"
            yield unruled(place_of(ref, places), _without_budget(name, initiative.executed), "", remedy)
    for field, ref in with_refs("field", dataset.fields):
        members = _members(field, dataset)
        if field.executed is not None and field.amount is None and not _given(members, "amount"):
            found = _without_budget(f"区分「{field.name}」", field.executed)
            remedy = "区分か、その中の取組に amount を書いてください"
            yield unruled(place_of(f"{ref}.executed", places), found, "", remedy)


def check_double_amounts(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """An amount of a field that its initiatives have too."""
    for field, ref in with_refs("field", dataset.fields):
        for key, what in _AMOUNTS:
            members = _given(_members(field, dataset), key)
            if getattr(field, key) is not None and members:
                yield unruled(
                    place_of(f"{ref}.{key}", places),
                    f"区分「{field.name}」にも、その中の取組「{members[0].name}」にも{what}（{key}）があります",
                    f"区分の{what}は取組の{what}を足して計算します。取組に書かないときだけ区分に書きます",
                    "どちらかを消してください",
                )


def check_missing_executed(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A budget of which nothing is said to be executed, in a handout that counts it as 0."""
    if not kinds_with(Prints.RESULTS, dataset):
        return
    fields = {field.id: field for field in dataset.fields}
    for initiative, ref in with_refs("budget", dataset.initiatives):
        field = fields.get(initiative.field)
        is_of_field = field is not None and field.executed is not None
        if initiative.amount is not None and initiative.executed is None and not is_of_field:
            yield unruled(place_of(ref, places), *_not_executed(f"取組「{initiative.name}」"), "warning")
    for field, ref in with_refs("field", dataset.fields):
        is_of_members = bool(_given(_members(field, dataset), "executed"))
        if field.amount is not None and field.executed is None and not is_of_members:
            yield unruled(place_of(ref, places), *_not_executed(f"区分「{field.name}」"), "warning")


def check_over_execution(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """An execution that is more than twice the budget, or has no budget at all; somewhat above 100% is usual."""
    for ref, name, execution in _executions(dataset):
        is_without = execution.budgeted == 0 and execution.executed > 0
        if is_without or (execution.rate is not None and execution.rate > _TOO_MUCH):
            yield unruled(
                place_of(f"{ref}.executed", places),
                f"{name}の執行額 {yen_text(execution.executed)}が、予算額 {yen_text(execution.budgeted)}を大きく上回ります"
                f"（執行率 {execution_rate_text(execution.rate)}）",
                "",
                "桁と単位（円）を確かめてください",
                "warning",
            )


def check_homeless_initiatives(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """An initiative that belongs nowhere, or not to a heading where the handout prints it beside one."""
    beside_headings = kinds_with(Prints.INITIATIVES, dataset)
    for initiative, ref in with_refs("budget", dataset.initiatives):
        name = f"取組「{initiative.name}」"
        if not initiative.topic and not initiative.field:
            yield unruled(
                place_of(ref, places),
                f"{name}に、計画の見出し（topic）も区分（field）もありません",
                "",
                "「topic: 」の行に見出しの id を書いてください（区分があれば「field: 」の行に区分の id）",
            )
        elif not initiative.topic and beside_headings:
            yield unruled(
                place_of(ref, places),
                f"{name}に、計画の見出し（topic）がありません",
                f"{beside_headings[0].short_name}の資料では、取組を見出しの横に載せます",
                "「topic: 」の行に見出しの id を書いてください",
            )


def check_homeless_fields(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A field that no handout prints, or with nothing in it."""
    is_sure = not ids_at_fault("budget", dataset, places)
    only_beside_headings = kinds_with(Prints.MEASURES, dataset) and not kinds_with(Prints.EXECUTION, dataset)
    for field, ref in with_refs("field", dataset.fields):
        if only_beside_headings and not field.topic:
            found = f"区分「{field.name}」は、どの見出しの横にも印刷されません"
            remedy = "topic に計画の見出しの id を書いてください"
            yield unruled(place_of(ref, places), found, "", remedy, "warning")
        if is_sure and field.amount is None and not _members(field, dataset):
            found = f"区分「{field.name}」に、取組も予算額もありません"
            remedy = "取組の field にこの区分の id を書くか、要らなければ消してください"
            yield unruled(place_of(ref, places), found, "", remedy, "warning")


def _members(field: BudgetField, dataset: Dataset) -> list[Initiative]:
    return [initiative for initiative in dataset.initiatives if initiative.field == field.id]


def _given(initiatives: list[Initiative], key: str) -> list[Initiative]:
    """Those of the initiatives that have the amount."""
    return [initiative for initiative in initiatives if getattr(initiative, key) is not None]


def _executions(dataset: Dataset) -> Iterator[tuple[str, str, Execution]]:
    """What was budgeted and executed, where both are entered, with the ref of its place and its name."""
    for initiative, ref in with_refs("budget", dataset.initiatives):
        if initiative.amount is not None and initiative.executed is not None:
            yield ref, f"取組「{initiative.name}」", execution_of(initiative)
    for field, ref in with_refs("field", dataset.fields):
        if field.amount is not None:
            yield ref, f"区分「{field.name}」", execution_of_field(field, dataset.initiatives)


def _without_budget(name: str, executed: int | None) -> str:
    if executed is None:
        return f"{name}の予算額（amount）がありません"
    return f"{name}に執行額 {yen_text(executed)}がありますが、予算額（amount）がありません"


def _not_executed(name: str) -> tuple[str, str, str]:
    remedy = "「executed: 」の行に円で書いてください。まだ執行していなければ 0 と書きます"
    return f"{name}の執行額（executed）がないので、0円として計算されます", "", remedy
