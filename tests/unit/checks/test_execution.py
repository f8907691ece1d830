"""Rules on the budget: amounts, what was executed, and where it is printed."""

from __future__ import annotations

from typing import Any

import pytest

from handouts.checks import execution
from handouts.findings import Edit, Place
from tests.unit.checks.made import Row, dataset, in_workbook, messages, only

FIELD: Row = {"id": "keihi", "name": "健診経費", "topic": "kenshin", "table": "保健事業予算"}
WHOLE: Row = {**FIELD, "amount": 1000, "executed": 500}


def row(**fields: Any) -> Row:
    return {"id": "annai", "name": "案内", **fields}


def of(*initiatives: Row, field: Row | None = None, kind: str = "progress") -> Any:
    return dataset(kind, initiatives=list(initiatives), fields=[field] if field else [])


IN_FIELD = row(field="keihi")


# Amounts that are not there


@pytest.mark.parametrize(
    "given",
    [
        of(row(topic="kenshin", amount=0)),
        of(row(topic="kenshin", amount=1000, executed=0)),
        of(IN_FIELD, field=WHOLE),
        of(row(field="keihi", amount=1000), field=FIELD),
        of(row(field="keihi", executed=5), field={**FIELD, "amount": 1000}),
        of(row(field="somewhere")),  # another rule names the field
    ],
)
def test_an_amount_of_its_own_or_of_its_field_is_enough(given: Any) -> None:
    assert messages(execution.check_missing_amounts, given) == []


@pytest.mark.parametrize(
    "given",
    [
        of(row(topic="kenshin")),
        of(IN_FIELD, field=FIELD),
        of(row(field="keihi", topic="kenshin"), field=WHOLE, kind="plan-budget"),
        of(row(field="keihi", topic="kenshin"), field=WHOLE, kind=""),
    ],
)
def test_an_initiative_with_nothing_budgeted_is_a_fault(given: Any) -> None:
    places = {"budget:annai": Place("budget.yaml", 2, 5, "initiatives[1]")}
    finding = only(execution.check_missing_amounts, given, places)
    assert str(finding).startswith(
        "budget.yaml 2行5文字目（initiatives[1]）: 取組「案内」の予算額（amount）がありません。"
    )
    assert finding.severity == "error"


def test_what_was_executed_without_a_budget_is_a_fault() -> None:
    finding = only(execution.check_missing_amounts, of(row(topic="kenshin", executed=1045072)))
    assert finding.found == "取組「案内」に執行額 1,045,072円がありますが、予算額（amount）がありません"


def test_a_field_executed_without_a_budget_is_a_fault() -> None:
    finding = only(execution.check_missing_amounts, of(field={**FIELD, "executed": 500}))
    assert finding.found == "区分「健診経費」に執行額 500円がありますが、予算額（amount）がありません"
    assert (
        messages(
            execution.check_missing_amounts,
            of(row(field="keihi", amount=1), field={**FIELD, "executed": 500}),
        )
        == []
    )


# Amounts that are there twice


@pytest.mark.parametrize(("key", "what"), [("amount", "予算額"), ("executed", "執行額")])
def test_an_amount_of_a_field_and_of_its_initiatives_is_a_fault(key: str, what: str) -> None:
    given = of(row(field="keihi", **{key: 900}), field={**FIELD, key: 1000})
    finding = only(execution.check_double_amounts, given, {f"field:keihi.{key}": Place("budget.yaml", 9)})
    assert finding.found == f"区分「健診経費」にも、その中の取組「案内」にも{what}（{key}）があります"
    assert (finding.severity, finding.place.line) == ("error", 9)


def test_an_amount_that_is_the_sum_of_its_initiatives_is_certain_to_go() -> None:
    def mend(*amounts: int | None) -> Edit | None:
        rows = [row(id=f"a{n}", field="keihi", amount=amount) for n, amount in enumerate(amounts)]
        return only(execution.check_double_amounts, of(*rows, field={**FIELD, "amount": 1000})).mend

    assert mend(900, 100) == Edit("field:keihi", "amount", None)
    assert mend(900, 101) is None
    assert mend(900, 100, None) is None


def test_the_budget_may_be_of_the_field_and_the_execution_of_its_initiatives() -> None:
    given = of(row(field="keihi", executed=900), field={**FIELD, "amount": 1000})
    assert messages(execution.check_double_amounts, given) == []


# What was executed


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (
            of(row(topic="kenshin", amount=1000)),
            "取組「案内」の執行額（executed）がないので、0円として計算されます",
        ),
        (
            of(field={**FIELD, "amount": 1000}),
            "区分「健診経費」の執行額（executed）がないので、0円として計算されます",
        ),
    ],
)
def test_a_budget_of_which_nothing_is_said_to_be_executed_is_a_warning(given: Any, found: str) -> None:
    finding = only(execution.check_missing_executed, given)
    assert found in finding.found
    assert finding.severity == "warning"


@pytest.mark.parametrize(
    "given",
    [
        of(row(topic="kenshin", amount=1000, executed=0)),
        of(row(field="keihi", amount=1000), field={**FIELD, "executed": 5}),
        of(row(field="keihi", executed=1000), field={**FIELD, "amount": 5}),
        of(row(topic="kenshin", amount=1000), kind="plan-budget"),
    ],
)
def test_what_was_executed_may_stand_elsewhere_and_a_plan_has_none(given: Any) -> None:
    assert messages(execution.check_missing_executed, given) == []


@pytest.mark.parametrize(
    ("amount", "executed", "rate"), [(1000, 2001, "200.1%"), (1000, 20000, "2,000.0%"), (0, 1, "－")]
)
def test_an_execution_of_more_than_twice_the_budget_is_a_warning(
    amount: int, executed: int, rate: str
) -> None:
    for given in (
        of(row(topic="kenshin", amount=amount, executed=executed)),
        of(field={**FIELD, "amount": amount, "executed": executed}),
    ):
        finding = only(execution.check_over_execution, given)
        assert f"（執行率 {rate}）" in finding.found
        assert finding.severity == "warning"


@pytest.mark.parametrize(("amount", "executed"), [(5000000, 5511000), (1000, 2000), (0, 0), (1000, 0)])
def test_an_execution_somewhat_above_the_budget_is_in_order(amount: int, executed: int) -> None:
    assert messages(execution.check_over_execution, of(row(amount=amount, executed=executed))) == []


# Where it is printed


def test_an_initiative_that_belongs_nowhere_is_a_fault() -> None:
    finding = only(execution.check_homeless_initiatives, of(row(amount=1)))
    assert finding.found == "取組「案内」に、計画の見出し（topic）も区分（field）もありません"
    assert finding.severity == "error"


@pytest.mark.parametrize("kind", ["plan-budget", ""])
def test_beside_the_plan_an_initiative_needs_its_heading(kind: str) -> None:
    finding = only(execution.check_homeless_initiatives, of(IN_FIELD, field=WHOLE, kind=kind))
    assert finding.found == "取組「案内」に、計画の見出し（topic）がありません"
    assert finding.severity == "error"


@pytest.mark.parametrize(
    ("initiative", "kind"),
    [
        (row(topic="kenshin"), "plan-budget"),
        (IN_FIELD, "progress"),
        (IN_FIELD, "results"),
        (row(topic="kenshin"), "progress"),
        (row(topic="kenshin"), "plan"),
        (row(topic="kenshin"), "results"),  # in a group of its own
    ],
)
def test_an_initiative_that_is_printed_somewhere_is_in_order(initiative: Row, kind: str) -> None:
    assert messages(execution.check_homeless_initiatives, of(initiative, field=WHOLE, kind=kind)) == []


def test_a_field_beside_no_heading_is_a_warning_where_it_is_printed_beside_one() -> None:
    finding = only(execution.check_homeless_fields, of(field={**WHOLE, "topic": ""}))
    assert finding.found == "区分「健診経費」は、どの見出しの横にも印刷されません"
    assert finding.severity == "warning"


@pytest.mark.parametrize("missing", ["topic", "table"])
def test_the_tables_of_execution_have_every_field(missing: str) -> None:
    assert messages(execution.check_homeless_fields, of(field={**WHOLE, missing: ""}, kind="results")) == []


def test_a_field_with_nothing_in_it_is_a_warning() -> None:
    finding = only(execution.check_homeless_fields, of(field=FIELD))
    assert finding.found == "区分「健診経費」に、取組も予算額もありません"
    assert finding.severity == "warning"
    assert messages(execution.check_homeless_fields, of(IN_FIELD, field=FIELD)) == []
    at_fault = {"budget:annai": Place("budget.yaml", 2)}
    assert messages(execution.check_homeless_fields, of(field=FIELD), at_fault) == []


# In a workbook


@pytest.mark.parametrize(
    ("rule", "given", "said"),
    [
        (
            execution.check_missing_amounts,
            of(row(topic="kenshin", executed=5)),
            "取組「案内」に執行額 5円がありますが、予算額がありません。「予算額（円）」の欄に円で書いてください。"
            "区分の予算額しかなければ、シート「経費の区分」に「予算額（円）」を書きます。",
        ),
        (
            execution.check_double_amounts,
            of(row(field="keihi", amount=900), field={**FIELD, "amount": 1000}),
            "区分「健診経費」にも、その中の取組「案内」にも「予算額（円）」があります。"
            "区分の「予算額（円）」は取組の「予算額（円）」を足して計算します。取組に書かないときだけ区分に書きます。"
            "どちらかを消してください。",
        ),
        (
            execution.check_homeless_initiatives,
            of(row(amount=1)),
            "取組「案内」に、計画の見出しも区分もありません。「計画の見出し」で、見出しを一覧から選んでください"
            "（区分があれば「区分」で区分を）。",
        ),
        (
            execution.check_homeless_fields,
            of(field=FIELD),
            "区分「健診経費」に、取組も予算額もありません。"
            "シート「取組・予算」の「区分」でこの区分を選ぶか、要らなければ消してください。",
        ),
    ],
)
def test_in_a_workbook_sheets_and_columns_are_named(rule: Any, given: Any, said: str) -> None:
    assert in_workbook(only(rule, given)) == said
