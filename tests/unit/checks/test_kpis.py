"""Rules on KPIs: contents, sentences, results over the years, marks."""

from __future__ import annotations

from typing import Any

import pytest

from handouts.checks import kpis
from handouts.findings import Finding, Place
from tests.unit.checks.made import Row, dataset, messages, months, only, read_in_workbook, table


def of(kind: str = "progress", tables: list[Row] | None = None, **fields: Any) -> Any:
    return dataset(kind, kpis=[{"id": "rate", "name": "実施率", **fields}], tables=tables or [])


def rate_by_month(year: str, *figures: Any) -> Row:
    return table({"year": year, "values": months(*figures)}, unit="%", kpi="rate", id=f"rate-{year.lower()}")


ACTUALS = {"actuals": {"R2": 61.0, "R3": 62.2}}


def found(**fields: Any) -> list[Finding]:
    rules = (kpis.check_kpi_contents, kpis.check_sentences)
    return [finding for rule in rules for finding in rule(of("plan", **fields), {})]


# Contents and sentences


@pytest.mark.parametrize(
    "fields",
    [
        {"target": 5},
        {"target": "対前年度以上"},
        {"sentence": "毎月届ける"},
        {"target": 5, "sentence": "{name}は{target}"},
        {"target": 5, "sentence": "目標は{target}"},
    ],
)
def test_a_kpi_that_says_something_is_in_order(fields: Row) -> None:
    assert found(**fields) == []


def test_a_kpi_with_neither_target_nor_sentence_is_a_fault() -> None:
    [finding] = found()
    assert finding.severity == "error"
    assert finding.found == "KPI「実施率」に、目標（target）も文（sentence）もありません"


@pytest.mark.parametrize(
    ("sentence", "part", "remedy"),
    [
        ("{nmae}を{target}とする", "{nmae}", "「{name}」の書き間違い"),
        ("{値}とする", "{値}", "消すか"),
        ("｛target｝とする", "｛target｝", "{target}"),
        ("{ target }とする", "{ target }", "{target}"),
        ("{budget:annai}とする", "{budget:annai}", ""),
        ("{}とする", "{}", ""),
    ],
)
def test_a_part_of_a_sentence_that_is_not_filled_in_is_a_fault(sentence: str, part: str, remedy: str) -> None:
    [finding] = found(target=5, sentence=sentence)
    assert finding.found == f"文の「{part}」は置き換えられません"
    assert finding.allowed == "使えるのは {name}、{target}、{before} です"
    assert remedy in finding.remedy


def test_a_sentence_with_a_target_that_there_is_not_is_a_fault() -> None:
    [finding] = found(sentence="{target}とする")
    assert finding.found == "文に {target} がありますが、目標（target）がありません"


@pytest.mark.parametrize("known", [{"actuals": {"R2": 0.215}}, {"tables": [rate_by_month("R2", 0.215)]}])
def test_a_sentence_may_have_the_result_of_the_year_before(known: Row) -> None:
    given = of(target="対前年度以上", sentence="{name}を{target}（{before}）とする", **known)
    assert messages(kpis.check_sentences, given) == []


@pytest.mark.parametrize("actuals", [{}, {"R3": 62.2, "R1": 60.0}, {"R2": "実施"}])
def test_a_sentence_with_a_result_that_nobody_knows_is_a_fault(actuals: Row) -> None:
    places = {"kpi:rate.sentence": Place("kpis.yaml", 5, 15, "kpis[1].sentence")}
    finding = only(kpis.check_sentences, of(sentence="{name}を{before}以上とする", actuals=actuals), places)
    assert str(finding) == (
        "kpis.yaml 5行15文字目（kpis[1].sentence）: 文に {before} がありますが、前年度の実績（数）がありません。"
        "actuals か月別の表に、令和2年度の数を書いてください。"
    )
    assert finding.severity == "error"


# Years


def test_a_result_of_a_year_to_come_is_a_fault_at_that_year_however_it_is_typed() -> None:
    places = {"kpi:rate.actuals.令和4年度": Place("kpis.yaml", 7)}
    finding = only(kpis.check_years, of(actuals={"令和4年度": 62.2}), places)
    assert "KPI「実施率」に、まだ来ていない令和4年度の実績があります" in finding.found
    assert (finding.severity, finding.place.line) == ("error", 7)
    assert "令和5年度の全国平均があります" in only(kpis.check_years, of(averages={"R5": 1})).found


def test_a_target_of_this_year_among_those_of_others_is_a_warning() -> None:
    finding = only(kpis.check_years, of(targets={"R3": "60%以上", "R4": "61%以上"}))
    assert finding.found == "KPI「実施率」の今年度の目標が targets にあります"
    assert finding.severity == "warning"


# Results


@pytest.mark.parametrize("key", ["actuals", "averages"])
def test_a_rate_above_100_is_a_warning(key: str) -> None:
    finding = only(kpis.check_results_above_100, of(unit="%", **{key: {"R2": 100, "R3": 100.1}}))
    assert "100.1%は100%を超えています" in finding.found
    assert finding.severity == "warning"


def test_a_count_may_be_above_100() -> None:
    assert messages(kpis.check_results_above_100, of(unit="事業所", actuals={"R3": 1529})) == []


@pytest.mark.parametrize(
    ("target", "shown"),
    [
        ({"target": 62.2, "unit": "%", "bound": "以上"}, "62.2%以上"),
        ({"target": "対前年度以上"}, "対前年度以上"),
    ],
)
def test_a_result_in_words_for_a_target_in_numbers_is_a_fault(target: Row, shown: str) -> None:
    finding = only(kpis.check_result_kinds, of(actuals={"R3": "実施"}, **target))
    assert finding.found == f"KPI「実施率」の目標は {shown} ですが、今年度の実績が「実施」です"
    assert finding.severity == "error"


def test_a_result_in_words_of_a_year_with_another_target_is_in_order() -> None:
    assert messages(kpis.check_result_kinds, of(target=62.2, actuals={"R2": "実施", "R3": 60})) == []
    assert messages(kpis.check_result_kinds, of(sentence="届ける", actuals={"R3": "未実施"})) == []


def test_a_result_that_the_monthly_table_says_otherwise_is_a_warning() -> None:
    given = of(target=62.2, unit="%", actuals={"R3": 28.9}, tables=[rate_by_month("R3", 10, 28.8)])
    finding = only(kpis.check_double_results, given)
    assert finding.found == "KPI「実施率」の今年度の実績 28.9%が、月別の表の 28.8%と合いません"
    assert finding.severity == "warning"


def test_one_result_in_two_places_that_agree_is_in_order() -> None:
    given = of(target=62.2, unit="%", actuals={"R3": 28.8}, tables=[rate_by_month("R3", 10, 28.80)])
    assert messages(kpis.check_double_results, given) == []


TARGET_AND_RESULT = table(
    {"label": "目標", "values": months(9)}, {"label": "実績", "values": months(8)}, kpi="rate"
)


def test_a_table_whose_first_row_may_not_be_the_result_is_a_warning() -> None:
    finding = only(kpis.check_result_rows, of(target=5, tables=[TARGET_AND_RESULT]))
    assert (
        finding.found
        == "表「健診の受診者数」には今年度の行が2つあり、KPI の実績に最初の行「目標」の数を使います"
    )
    assert finding.severity == "warning"


@pytest.mark.parametrize(
    "given",
    [
        of(target=5, tables=[TARGET_AND_RESULT], actuals={"R3": 8}),
        of(target=5, tables=[table({"year": "R2"}, {}, kpi="rate")]),
        of(target=5, tables=[{**TARGET_AND_RESULT, "kpi": None}]),
        of(
            target=5,
            tables=[
                table(
                    {"id": "a"},
                    {"id": "b", "label": "乙"},
                    {"part": "b", "whole": "a", "label": "割合"},
                    kpi="rate",
                )
            ],
        ),
    ],
)
def test_a_table_with_one_row_of_the_year_or_a_ratio_is_in_order(given: Any) -> None:
    assert messages(kpis.check_result_rows, given) == []


def test_a_rank_without_a_result_is_a_warning() -> None:
    finding = only(kpis.check_ranks, of(rank=43, actuals={"R2": 60}))
    assert finding.found == "KPI「実施率」に全国順位がありますが、今年度の実績がありません"
    assert finding.severity == "warning"
    assert messages(kpis.check_ranks, of(rank=43, tables=[rate_by_month("R3", 60)])) == []


# Marks


@pytest.mark.parametrize(
    "fields",
    [
        {"target": 62.2, **ACTUALS},
        {"target": 62.2},  # nothing yet: □
        {"target": "対前年度以上", **ACTUALS},
        {"target": "対前年度以上", "actuals": {"R2": 61.0}},
        {"target": "対前年度以上", "mark": "□"},
        {"target": "対前年度以上", "actuals": {"R3": 61.0}, "mark": "△", "mark_reason": "算出方法の変更"},
        {"sentence": "届ける", "actuals": {"R3": "実施"}},
        {"sentence": "届ける"},
        {"sentence": "届ける", "actuals": {"R3": 5}, "mark": "△"},
        {"target": 62.2, "mark": "◎", **ACTUALS, "actuals": {"R3": 63}},
        {"target": 20, "bound": "以下", "actuals": {"R3": 0.0}, "mark": "○", "mark_reason": "年度の途中"},
    ],
)
def test_a_mark_that_follows_or_has_a_reason_is_in_order(fields: Row) -> None:
    assert messages(kpis.check_kpi_marks, of(**fields)) == []


@pytest.mark.parametrize("actuals", [{}, {"R3": 61.0}])
def test_a_target_against_an_unknown_year_without_a_mark_is_a_fault(actuals: Row) -> None:
    places = {"kpi:rate": Place("kpis.yaml", 2, 5, "kpis[1]")}
    finding = only(kpis.check_kpi_marks, of(target="対前年度以上", actuals=actuals), places)
    assert str(finding) == (
        "kpis.yaml 2行5文字目（kpis[1]）: KPI「実施率」の目標は対前年度以上ですが、前年度の実績がないので、印が決まりません。"
        "actuals か月別の表に、令和2年度の数を書いてください。分からなければ mark に印を書きます。"
    )
    assert finding.severity == "error"


def test_a_plan_does_not_need_to_know_the_year_before() -> None:
    for kind in ("", "plan", "plan-budget", "final-report"):
        assert messages(kpis.check_kpi_marks, of(kind, target="対前年度以上")) == []
    assert len(messages(kpis.check_kpi_marks, of("results", target="対前年度以上"))) == 1


def test_a_figure_for_a_target_in_words_has_no_mark_by_the_rule() -> None:
    finding = only(kpis.check_kpi_marks, of(sentence="実施率を高める", unit="%", actuals={"R3": 5.4}))
    assert finding.found == "KPI「実施率」の実績は 5.4%ですが、数の目標がないので、印が決まりません"
    assert finding.severity == "error"


def test_a_mark_against_the_rule_without_a_reason_is_a_warning() -> None:
    finding = only(kpis.check_kpi_marks, of(target=20, bound="以下", actuals={"R3": 0.0}, mark="〇"))
    assert finding.found == "KPI「実施率」の印 ○ が、目標と実績から決まる ◎ と違います"
    assert finding.severity == "warning"


def test_a_reason_without_a_mark_is_a_warning() -> None:
    finding = only(kpis.check_kpi_marks, of(target=20, mark_reason="年度の途中"))
    assert finding.found == "印の理由（mark_reason）がありますが、印（mark）がありません"
    assert finding.severity == "warning"


# In a workbook


@pytest.mark.parametrize(
    ("rule", "fields", "said"),
    [
        (
            kpis.check_kpi_contents,
            {},
            "に、目標も文もありません。数値の目標なら「目標」を、文だけの目標なら「印刷する文」を書いてください。",
        ),
        (
            kpis.check_sentences,
            {"sentence": "{target}とする"},
            "文に {target} がありますが、目標がありません。「目標」を書くか、文から {target} を消してください。",
        ),
        (
            kpis.check_years,
            {"targets": {"R3": "60%以上"}},
            "の今年度の目標が、年度の付いた「目標」の列にあります。年度の付いた「目標」の列には、ほかの年度の目標を書きます。"
            "今年度の目標は、年度の付かない「目標」と「向き」に書いてください。",
        ),
        (kpis.check_ranks, {"rank": 43}, "実績をシート「KPI」か「月次」に書くか、順位を消してください。"),
        (
            kpis.check_kpi_marks,
            {"target": "対前年度以上"},
            "シート「KPI」か「月次」に、令和2年度の数を書いてください。分からなければ「実施状況」に印を書きます。",
        ),
        (
            kpis.check_kpi_marks,
            {"target": 20, "mark_reason": "年度の途中"},
            "印の理由がありますが、印がありません。「実施状況」を書くか、理由を消してください。",
        ),
    ],
)
def test_in_a_workbook_its_headings_are_named(rule: Any, fields: Row, said: str) -> None:
    assert read_in_workbook(only(rule, of(**fields))).endswith(said)
