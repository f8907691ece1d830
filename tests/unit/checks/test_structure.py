"""Rules on what entries hold: figures that agree, nothing unused or empty."""

from __future__ import annotations

from typing import Any

import pytest

from handouts.checks import check_dataset, structure
from handouts.dataset.budget import Initiative
from handouts.dataset.fiscal import FiscalYear, YearForm
from handouts.dataset.kpis import Kpi, Population
from handouts.dataset.model import Dataset
from handouts.dataset.plan_text import parse_plan
from handouts.dataset.settings import NumberingStyle
from handouts.findings import Finding, Place
from tests.unit.checks.made import dataset as progress_dataset
from tests.unit.checks.made import messages, only, table

PLAN = "Ⅰ．戦略\n１ 健診 {#kenshin}\n・本文\n"


def dataset(plan: str = PLAN, **entries: Any) -> Dataset:
    parsed = parse_plan(plan, NumberingStyle(), "plan.md").plan
    return Dataset("r7", "群馬", FiscalYear(2025), YearForm.ERA, "案", parsed, **entries)


def check_population(eligible: int, rate: str, planned: int) -> tuple[Finding, ...]:
    fields = {"eligible": eligible, "rate": rate, "planned": planned}
    population = Population.model_validate({"id": "kenshin", "group": "被保険者", "item": "健診", **fields})
    return check_dataset(dataset(PLAN + "・{population:kenshin}\n", populations=(population,)), {})


def test_what_the_plan_never_mentions_is_a_warning() -> None:
    kpi = Kpi.model_validate({"id": "rate", "name": "健診実施率", "target": 5})
    population = Population.model_validate(
        {"id": "kenshin", "group": "被保険者", "item": "健診", "eligible": 100, "rate": 60, "planned": 60}
    )
    findings = check_dataset(
        dataset(kpis=(kpi,), populations=(population,)), {"kpi:rate": Place("kpis.yaml", 2)}
    )
    assert {finding.severity for finding in findings} == {"warning"}
    assert sorted(str(finding).split("は計画")[0] for finding in findings) == [
        "kpis.yaml 2行: KPI「健診実施率」",
        "kpis.yaml: 対象者「被保険者 健診」",
    ]
    assert any("{population:kenshin} と書くか" in finding.remedy for finding in findings)


def test_one_field_of_an_entry_is_mention_enough() -> None:
    kpi = Kpi.model_validate({"id": "rate", "name": "健診実施率", "target": 5})
    assert check_dataset(dataset(PLAN + "・{kpi:rate.target}\n", kpis=(kpi,)), {}) == ()


@pytest.mark.parametrize(
    ("eligible", "rate", "planned", "agrees"),
    [
        (262059, "62.2", 163001, True),  # the published figures of 群馬
        (1734, "10.1", 175, True),
        (100000, "60.0", 60000, True),
        (100000, "60.0", 60050, True),  # 60.05 rounds to 60.1, but one person is granted
        (100000, "60.0", 60051, False),
        (100000, "60.0", 59950, True),
        (100000, "60.0", 59949, False),
        (100000, "60", 60500, True),
        (100000, "60", 60501, False),
        (100000, "60.00", 60006, False),
        (10, "62.25", 6, True),
        (10, "62.25", 7, True),
        (10, "62.25", 8, False),
        (0, "60", 0, True),
        (0, "60", 1, False),
        (100, "100", 100, True),
    ],
)
def test_planned_persons_are_eligible_ones_times_the_rate(
    eligible: int, rate: str, planned: int, agrees: bool
) -> None:
    assert (check_population(eligible, rate, planned) == ()) is agrees


def test_planned_persons_that_disagree_are_a_warning_with_both_figures() -> None:
    [finding] = check_population(262059, "62.2", 136001)
    assert finding.severity == "warning"
    assert "見込者数 136,001人が、対象者数×率と合いません" in finding.found
    assert finding.allowed == "262,059人×62.2%は 163,001人です"


def test_a_heading_with_nothing_beneath_is_a_warning() -> None:
    plan = "Ⅰ．戦略\n１ 健診 {#kenshin}\n２ 広報 {#koho}\n・本文\nⅡ．組織 {#soshiki}\n"
    findings = check_dataset(dataset(plan), {"plan:kenshin": Place("plan.md", 2)})
    assert {finding.severity for finding in findings} == {"warning"}
    assert sorted(finding.found for finding in findings) == [
        "見出し「Ⅱ．組織」の下に何もありません",
        "見出し「１ 健診」の下に何もありません",
    ]


def test_a_heading_with_an_initiative_is_not_empty() -> None:
    row = Initiative(id="annai", name="健診案内", topic="健診", amount=1000)
    assert check_dataset(dataset("Ⅰ．戦略\n１ 健診\n２ 広報\n・本文\n", initiatives=(row,)), {}) == ()


def test_findings_come_in_the_order_of_the_files() -> None:
    kpi = Kpi(id="rate", name="健診実施率")
    row = Initiative(id="annai", name="健診案内", topic="広報", amount=1000)
    findings = check_dataset(dataset(PLAN + "２ 契約\n・{kpi:x}\n", kpis=(kpi,), initiatives=(row,)), {})
    assert [finding.place.file for finding in findings] == [
        "plan.md",
        "budget.yaml",
        "kpis.yaml",
        "kpis.yaml",
    ]


@pytest.mark.parametrize(("amount", "count"), [(1_234_000, 0), (1_234_500, 1), (999, 1), (0, 0)])
def test_an_amount_that_is_printed_rounded_is_a_warning(amount: int, count: int) -> None:
    row = Initiative(id="annai", name="健診案内", topic="kenshin", amount=amount)
    findings = check_dataset(dataset(initiatives=(row,)), {})
    assert [finding.severity for finding in findings] == ["warning"] * count


RATE = {"id": "rate", "name": "健診実施率", "target": 5}


@pytest.mark.parametrize(
    "given",
    [
        progress_dataset(kpis=[RATE], entries=[{"plan": "kansho", "kpi": "rate"}]),
        progress_dataset(kpis=[RATE], entries=[{"plan": "kansho", "text": "・{kpi:rate.actual}"}]),
        progress_dataset("results", kpis=[RATE]),  # it stands in the list of KPIs
    ],
)
def test_a_kpi_that_is_printed_in_a_row_a_text_or_a_list_is_used(given: Dataset) -> None:
    assert messages(structure.check_unused_entries, given) == []


def test_a_kpi_that_is_printed_nowhere_is_a_warning() -> None:
    rows = {"kpis": [{**RATE, "listed": False}], "entries": [{"plan": "kenshin", "text": "・甲"}]}
    finding = only(structure.check_unused_entries, progress_dataset("results", **rows))
    assert finding.found == "KPI「健診実施率」は計画にも実施状況にも出てこないので、印刷されません"


def test_a_kpi_without_an_entry_is_said_once() -> None:
    given = progress_dataset(
        kpis=[RATE], entries=[{"plan": "kansho", "mark": "○"}, {"plan": "koho", "mark": "○"}]
    )
    [message] = [str(finding) for finding in check_dataset(given, {})]
    assert "KPI「健診実施率」はどの記録にもないので、印も集計もありません" in message


def test_the_persons_by_whom_a_monthly_table_divides_are_used() -> None:
    persons = {
        "id": "kenshin",
        "group": "被保険者",
        "item": "健診",
        "eligible": 100,
        "rate": 60,
        "planned": 60,
    }
    tables = [table({"population": "kenshin"}, rows=["率"])]
    assert (
        messages(structure.check_unused_entries, progress_dataset(populations=[persons], tables=tables)) == []
    )


@pytest.mark.parametrize(
    "rows",
    [
        {"entries": [{"plan": "koho", "text": "・甲"}]},
        {"fields": [{"id": "keihi", "name": "広報経費", "topic": "koho", "amount": 1}]},
    ],
)
def test_a_heading_with_something_done_or_a_field_of_the_budget_is_not_empty(rows: dict[str, Any]) -> None:
    plan = "Ⅰ．戦略\n１ 広報 {#koho}\n２ 健診\n・本文\n"
    assert messages(structure.check_empty_headings, progress_dataset(plan=plan, **rows)) == []
    assert len(messages(structure.check_empty_headings, progress_dataset(plan=plan))) == 1


@pytest.mark.parametrize(
    ("kind", "count"), [("plan-budget", 1), ("plan", 1), ("", 1), ("progress", 0), ("results", 0)]
)
def test_an_amount_is_rounded_only_where_it_is_printed_in_thousands(kind: str, count: int) -> None:
    row = {"id": "a", "name": "案内", "topic": "kenshin", "amount": 1_623_600}
    assert len(messages(structure.check_amounts, progress_dataset(kind, initiatives=[row]))) == count
