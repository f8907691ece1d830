"""Rules on the budget: every amount is there once, what was executed has a budget, and everything is printed somewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from handouts.checks.entered import ids_at_fault, kinds_with, with_refs
from handouts.dataset.budget import BudgetField, Initiative
from handouts.dataset.declared import terms_of
from handouts.dataset.kinds import Prints
from handouts.dataset.model import Dataset
from handouts.dataset.reading import place_of
from handouts.findings import ByForm, Edit, Finding, Place, Rule
from handouts.measures.execution import Execution, execution_of, execution_of_field
from handouts.measures.wording import execution_rate_text, yen_text

_TOO_MUCH = 200  # percent
_FIELD, _INITIATIVE = terms_of(BudgetField), terms_of(Initiative)
_WITHOUT_AMOUNT = "{what}「{name}」に執行額 {executed}がありますが、予算額{amount:bracket}がありません"
_WRITE_AMOUNT = "{amount:row}に円で書いてください。区分の予算額しかなければ、{fields}に {amount} を書きます"
_FIELDS = ByForm("区分（fields）", _FIELD.list.said("workbook", ""))
AMOUNT_MISSING = Rule(
    "budget.amount-missing",
    "取組「{name}」の予算額{amount:bracket}がありません",
    remedy=_WRITE_AMOUNT,
    amount=_INITIATIVE("amount"),
    fields=_FIELDS,
)
EXECUTED_WITHOUT_AMOUNT = Rule(
    "budget.executed-without-amount",
    _WITHOUT_AMOUNT,
    remedy=_WRITE_AMOUNT,
    amount=_INITIATIVE("amount"),
    fields=_FIELDS,
)
FIELD_EXECUTED_WITHOUT_AMOUNT = Rule(
    "budget.field-executed-without-amount",
    _WITHOUT_AMOUNT,
    remedy="区分か、その中の取組に {amount} を書いてください",
    amount=_FIELD("amount"),
)
AMOUNT_TWICE = Rule(
    "budget.amount-twice",
    "区分「{name}」にも、その中の取組「{initiative}」にも{amount:noun}{amount:bracket}があります",
    "区分の{amount:noun}は取組の{amount:noun}を足して計算します。取組に書かないときだけ区分に書きます",
    "どちらかを消してください",
)
EXECUTED_MISSING = Rule(
    "budget.executed-missing",
    "{what}「{name}」の執行額{executed:bracket}がないので、0円として計算されます",
    "",
    "{executed:row}に円で書いてください。まだ執行していなければ 0 と書きます",
    "warning",
    executed=_INITIATIVE("executed"),
)
TOO_MUCH_EXECUTED = Rule(
    "budget.too-much-executed",
    "{what}「{name}」の執行額 {executed}が、予算額 {budgeted}を大きく上回ります（執行率 {rate}）",
    "",
    "桁と単位（円）を確かめてください",
    "warning",
)
HOMELESS_INITIATIVE = Rule(
    "budget.initiative-homeless",
    "取組「{name}」に、計画の見出し{topic:bracket}も区分{field:bracket}もありません",
    "",
    ByForm(
        "{topic:row}に見出しの id を書いてください（区分があれば{field:row}に区分の id）",
        "{topic}で、見出しを一覧から選んでください（区分があれば{field}で区分を）",
    ),
    topic=_INITIATIVE("topic"),
    field=_INITIATIVE("field"),
)
TOPIC_MISSING = Rule(
    "budget.topic-missing",
    "取組「{name}」に、計画の見出し{topic:bracket}がありません",
    "{handout}の資料では、取組を見出しの横に載せます",
    ByForm("{topic:row}に見出しの id を書いてください", "{topic}で、見出しを一覧から選んでください"),
    topic=_INITIATIVE("topic"),
)
UNPRINTED_FIELD = Rule(
    "budget.field-unprinted",
    "区分「{name}」は、どの見出しの横にも印刷されません",
    "",
    ByForm("{topic} に計画の見出しの id を書いてください", "{topic}で、計画の見出しを一覧から選んでください"),
    "warning",
    topic=_FIELD("topic"),
)
EMPTY_FIELD = Rule(
    "budget.field-empty",
    "区分「{name}」に、取組も予算額もありません",
    "",
    ByForm(
        "{field} にこの区分の id を書くか、要らなければ消してください",
        "{field}でこの区分を選ぶか、要らなければ消してください",
    ),
    "warning",
    field=_INITIATIVE.on_its_sheet("field", "取組の field"),
)


def check_missing_amounts(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """An initiative or a field with nothing budgeted; what was executed of it would have no rate."""
    fields = {field.id: field for field in dataset.fields}
    needs_each = bool(kinds_with(Prints.INITIATIVES, dataset))
    for initiative, ref in with_refs("budget", dataset.initiatives):
        field = fields.get(initiative.field)
        is_unsure = initiative.field != "" and field is None
        has_budget = field is not None and field.amount is not None and not needs_each
        if initiative.amount is None and not is_unsure and not has_budget:
            place, name = place_of(ref, places), initiative.name
            if initiative.executed is None:
                yield AMOUNT_MISSING.at(place, name=name)
            else:
                executed = yen_text(initiative.executed)
                yield EXECUTED_WITHOUT_AMOUNT.at(place, what="取組", name=name, executed=executed)
    for field, ref in with_refs("field", dataset.fields):
        members = _members(field, dataset)
        if field.executed is not None and field.amount is None and not _given(members, "amount"):
            place, executed = place_of(f"{ref}.executed", places), yen_text(field.executed)
            yield FIELD_EXECUTED_WITHOUT_AMOUNT.at(place, what="区分", name=field.name, executed=executed)


def check_double_amounts(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """An amount of a field that its initiatives have too."""
    for field, ref in with_refs("field", dataset.fields):
        members = _members(field, dataset)
        for key in ("amount", "executed"):
            given, amount = _given(members, key), getattr(field, key)
            if amount is not None and given:
                is_sum = given == members and amount == sum(getattr(member, key) for member in given)
                yield AMOUNT_TWICE.at(
                    place_of(f"{ref}.{key}", places),
                    mend=Edit(ref, key, None) if is_sum else None,
                    name=field.name,
                    initiative=given[0].name,
                    amount=_FIELD(key),
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
            yield EXECUTED_MISSING.at(place_of(ref, places), what="取組", name=initiative.name)
    for field, ref in with_refs("field", dataset.fields):
        is_of_members = bool(_given(_members(field, dataset), "executed"))
        if field.amount is not None and field.executed is None and not is_of_members:
            yield EXECUTED_MISSING.at(place_of(ref, places), what="区分", name=field.name)


def check_over_execution(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """An execution that is more than twice the budget, or has no budget at all; somewhat above 100% is usual."""
    for ref, what, name, execution in _executions(dataset):
        is_without = execution.budgeted == 0 and execution.executed > 0
        if is_without or (execution.rate is not None and execution.rate > _TOO_MUCH):
            yield TOO_MUCH_EXECUTED.at(
                place_of(f"{ref}.executed", places),
                what=what,
                name=name,
                executed=yen_text(execution.executed),
                budgeted=yen_text(execution.budgeted),
                rate=execution_rate_text(execution.rate),
            )


def check_homeless_initiatives(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """An initiative that belongs nowhere, or not to a heading where the handout prints it beside one."""
    beside_headings = kinds_with(Prints.INITIATIVES, dataset)
    for initiative, ref in with_refs("budget", dataset.initiatives):
        if not initiative.topic and not initiative.field:
            yield HOMELESS_INITIATIVE.at(place_of(ref, places), name=initiative.name)
        elif not initiative.topic and beside_headings:
            handout = beside_headings[0].short_name
            yield TOPIC_MISSING.at(place_of(ref, places), name=initiative.name, handout=handout)


def check_homeless_fields(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A field that no handout prints, or with nothing in it."""
    is_sure = not ids_at_fault("budget", dataset, places)
    only_beside_headings = kinds_with(Prints.MEASURES, dataset) and not kinds_with(Prints.EXECUTION, dataset)
    for field, ref in with_refs("field", dataset.fields):
        if only_beside_headings and not field.topic:
            yield UNPRINTED_FIELD.at(place_of(ref, places), name=field.name)
        if is_sure and field.amount is None and not _members(field, dataset):
            yield EMPTY_FIELD.at(place_of(ref, places), name=field.name)


def _members(field: BudgetField, dataset: Dataset) -> list[Initiative]:
    return [initiative for initiative in dataset.initiatives if initiative.field == field.id]


def _given(initiatives: list[Initiative], key: str) -> list[Initiative]:
    """Those of the initiatives that have the amount."""
    return [initiative for initiative in initiatives if getattr(initiative, key) is not None]


def _executions(dataset: Dataset) -> Iterator[tuple[str, str, str, Execution]]:
    """What was budgeted and executed, where both are entered, with the ref of its place, what it is, and its name."""
    for initiative, ref in with_refs("budget", dataset.initiatives):
        if initiative.amount is not None and initiative.executed is not None:
            yield ref, "取組", initiative.name, execution_of(initiative)
    for field, ref in with_refs("field", dataset.fields):
        if field.amount is not None:
            yield ref, "区分", field.name, execution_of_field(field, dataset.initiatives)
