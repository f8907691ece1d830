"""Rules on placeholders in the plan and in what was done."""

from __future__ import annotations

from typing import Any

import pytest

from handouts.checks import placeholders
from handouts.findings import Place
from tests.unit.checks.made import PLAN, Row, dataset, in_workbook, messages, months, only, table

RATE: Row = {"id": "rate", "name": "受診率", "target": 60, "unit": "%"}
ANNAI: Row = {"id": "annai", "name": "案内", "topic": "kenshin", "amount": 1000}
PLACES = {
    "plan:kansho": Place("plan.md", 3),
    "progress:kansho.text": Place("progress.yaml", 3),
    **{f"progress:kansho.text[{number}]": Place("progress.yaml", 3 + number) for number in range(1, 8)},
}


def of_plan(text: str, **rows: Any) -> Any:
    return dataset(plan=PLAN.replace("受診を勧める。", text), **rows)


def of_text(*lines: str, **rows: Any) -> Any:
    return dataset(entries=[{"plan": "kansho", "text": "\n".join(lines)}, *rows.pop("more", [])], **rows)


# What names nothing


def test_a_placeholder_that_names_nothing_is_a_fault_at_its_paragraph() -> None:
    found = messages(placeholders.check_placeholders, of_plan("{kpi:rate}と{population:x}と{plan:y}"), PLACES)
    assert [message.split(" の")[0] for message in found] == [
        "plan.md 3行: {kpi:rate}",
        "plan.md 3行: {population:x}",
        "plan.md 3行: {plan:y}",
    ]


@pytest.mark.parametrize(
    ("text", "line", "found", "remedy"),
    [
        (
            "・{kpi:rat.actual}",
            5,
            "{kpi:rat.actual} の「rat」という id は、kpis.yaml の kpis にありません",
            "「rate」",
        ),
        ("・{kpi:rate.result}", 5, "{kpi:rate.result} の「.result」は使えません", ""),
        (
            "・{progress:kou2}",
            5,
            "「kou2」という id は、progress.yaml の文 にありません",
            "「kou」の書き間違い",
        ),
        ("・{plan:shudann}", 5, "「shudann」という id は、plan.md にありません", "「shudan」の書き間違い"),
        ("```\n率 | 数\n甲 | {kpi:rat}\n```", 7, "「rat」という id は", ""),
    ],
)
def test_a_placeholder_in_a_text_that_names_nothing_is_a_fault_at_its_line(
    text: str, line: int, found: str, remedy: str
) -> None:
    finding = only(placeholders.check_placeholders, of_text("・甲 {#kou}", text, kpis=[RATE]), PLACES)
    assert (finding.place.line, finding.severity) == (line, "error")
    assert found in finding.found
    assert remedy in finding.remedy


def test_what_is_there_may_be_named() -> None:
    given = of_text(
        "・甲 {#kou}", "・{progress:kou}{plan:shudan}{kpi:rate}{kpi:rate.actual}{kpi:rate.name}", kpis=[RATE]
    )
    assert messages(placeholders.check_placeholders, given) == []


def test_an_entry_that_is_at_fault_itself_is_not_reported_as_missing() -> None:
    places = {"kpi:rate": Place("kpis.yaml", 2), "kpi:rate.name": Place("kpis.yaml", 3)}
    assert messages(placeholders.check_placeholders, of_plan("{kpi:rate}"), places) == []
    assert len(messages(placeholders.check_placeholders, of_plan("{kpi:rate}{kpi:name}"), places)) == 1


def test_the_lines_of_an_entry_at_fault_are_not_reported_as_missing() -> None:
    places = {"progress:shudan": Place("progress.yaml", 9)}
    assert messages(placeholders.check_placeholders, of_text("・{progress:kou}"), places) == []


# What only looks like a placeholder


@pytest.mark.parametrize("given", [of_plan("｛kpi：rate｝"), of_text("・甲", "｛kpi：rate｝")])
def test_a_placeholder_in_full_width_is_a_warning(given: Any) -> None:
    finding = only(placeholders.check_look_alikes, given)
    assert finding.severity == "warning"
    assert finding.found == "「｛kpi：rate｝」は置き換えられず、このまま印刷されます"


# Texts that are printed again


@pytest.mark.parametrize(
    ("given", "line", "found"),
    [
        (
            of_text("・甲 {#kou}", "・{progress:otsu} {#otsu}"),
            5,
            "{progress:otsu} は、自分自身の文を指しています",
        ),
        (
            of_text("・{progress:otsu}", "・{progress:hei} {#otsu}", "・丙 {#hei}"),
            4,
            "{progress:otsu} の先の文にも、再掲の印が",
        ),
        (
            of_text("・{progress:otsu}", "・{plan:shudan} {#otsu}"),
            4,
            "{progress:otsu} の先の文にも、再掲の印があります",
        ),
        (of_plan("{plan:kansho}"), 3, "{plan:kansho} は、自分自身の文を指しています"),
        (of_plan("{plan:shudan}など"), None, ""),
    ],
)
def test_a_text_printed_again_that_is_itself_or_made_of_others_is_a_fault(
    given: Any, line: int | None, found: str
) -> None:
    findings = list(placeholders.check_repeats(given, PLACES))
    assert [finding.place.line for finding in findings] == ([line] if line else [])
    assert all(found in finding.found and finding.severity == "error" for finding in findings)


def test_two_lines_that_stand_for_each_other_are_two_faults() -> None:
    given = of_text("・{progress:b} {#a}", "・{progress:a} {#b}")
    assert len(messages(placeholders.check_repeats, given)) == 2


def test_a_text_with_figures_may_be_printed_again() -> None:
    given = of_text("・{kpi:rate.actual} {#kou}", "・{progress:kou}", kpis=[RATE])
    assert messages(placeholders.check_repeats, given) == []


# What would be printed as nothing


def test_a_result_that_nobody_knows_yet_is_a_warning() -> None:
    finding = only(
        placeholders.check_empty_placeholders,
        of_text("・甲", "・{kpi:rate.actual}だった。", kpis=[RATE]),
        PLACES,
    )
    assert finding.found == "{kpi:rate.actual} には今年度の実績がないので、何も印刷されません"
    assert (finding.severity, finding.place.line) == ("warning", 5)


@pytest.mark.parametrize(
    "rows",
    [
        {"kpis": [{**RATE, "actuals": {"R3": 61}}]},
        {"kpis": [RATE], "tables": [table({"values": months(61)}, unit="%", kpi="rate")]},
    ],
)
def test_a_result_that_is_known_is_in_order(rows: Row) -> None:
    assert messages(placeholders.check_empty_placeholders, of_text("・{kpi:rate.actual}", **rows)) == []


def test_a_budget_without_an_amount_is_a_fault() -> None:
    bare = {key: value for key, value in ANNAI.items() if key != "amount"}
    finding = only(
        placeholders.check_empty_placeholders, of_plan("{budget:annai}", initiatives=[bare]), PLACES
    )
    assert finding.found == "{budget:annai} には予算額（amount）がないので、何も印刷されません"
    assert finding.severity == "error"
    assert (
        messages(placeholders.check_empty_placeholders, of_plan("{budget:annai}", initiatives=[ANNAI])) == []
    )


@pytest.mark.parametrize(
    ("rule", "text", "said"),
    [
        (placeholders.check_placeholders, "{kpi:x}", "が、シート「KPI」にありません。"),
        (placeholders.check_placeholders, "{budget:x}", "が、シート「取組・予算」にありません。"),
        (placeholders.check_placeholders, "{population:x}", "が、シート「対象者」にありません。そこにはまだ"),
        (placeholders.check_placeholders, "{plan:x}", "が、シート「計画」にありません。名称を"),
        (placeholders.check_placeholders, "{progress:x}", "が、シート「進捗」の文にありません。"),
        (
            placeholders.check_empty_placeholders,
            "{kpi:rate.actual}",
            "実績をシート「KPI」か「月次」に書くか、",
        ),
        (placeholders.check_empty_placeholders, "{budget:annai}", "{budget:annai} には予算額がないので、"),
    ],
)
def test_in_a_workbook_its_sheets_are_named(rule: Any, text: str, said: str) -> None:
    given = of_plan(text, kpis=[RATE], initiatives=[{**ANNAI, "amount": None}])
    assert said in in_workbook(only(rule, given))
