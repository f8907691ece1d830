"""Placeholders in the plan, and the headings that initiatives name."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.dataset.budget import Initiative
from handouts.dataset.fiscal import FiscalYear, YearForm
from handouts.dataset.kpis import Kpi, Population
from handouts.dataset.model import Dataset
from handouts.dataset.monthly import MonthlyTable
from handouts.dataset.plan import Kind, Paragraph, Plan
from handouts.dataset.progress import ProgressEntry
from handouts.findings import HandoutError
from handouts.measures.filling import expand, segments
from handouts.measures.placeholders import (
    Reference,
    kpi_paragraphs,
    look_alikes,
    outside_placeholders,
    references,
    resolve_topic,
)


def dataset(**changes: Any) -> Dataset:
    kpi = {"id": "rate", "name": "健診実施率", "target": "62.2", "unit": "%", "bound": "以上"}
    population = {
        "id": "kenshin",
        "group": "被保険者",
        "item": "健診",
        "eligible": 262059,
        "rate": "62.2",
        "planned": 163001,
    }
    initiative = {"id": "annai", "name": "健診案内", "topic": "kenshin", "amount": 2902000}
    entries: dict[str, Any] = {
        "kpis": (Kpi.model_validate(kpi),),
        "populations": (Population.model_validate(population),),
        "initiatives": (Initiative.model_validate(initiative),),
        **changes,
    }
    return Dataset("r7", "群馬", FiscalYear(2025), YearForm.ERA, "案", Plan(), **entries)


def heading(name: str, text: str, label: str = "１ ", kind: Kind = Kind.HEADING) -> Paragraph:
    return Paragraph(id=name, kind=kind, level=2, label=label, text=text)


@pytest.mark.parametrize(
    ("text", "expanded"),
    [
        ("{kpi:rate}", "健診実施率を62.2%以上とする"),
        ("{kpi:rate.target}", "62.2%以上"),
        ("{kpi:rate.name}", "健診実施率"),
        ("{budget:annai}", "2,902千円"),
        ("{budget:annai.name}", "健診案内"),
        ("{population:kenshin}", "実施率 62.2%（実施見込者数：163,001人）"),
        ("{population:kenshin.eligible}", "実施対象者数：262,059人"),
        ("{population:kenshin.planned}", "実施見込者数：163,001人"),
        ("{population:kenshin.rate}", "62.2%"),
        ("{population:kenshin.item}", "健診"),
        ("{population:kenshin.group}", "被保険者"),
        ("経費（{budget:annai}）と{kpi:rate.target}", "経費（2,902千円）と62.2%以上"),
    ],
)
def test_a_placeholder_stands_for_what_is_kept_elsewhere(text: str, expanded: str) -> None:
    assert expand(text, dataset()) == expanded


def test_what_is_printed_says_of_each_piece_which_field_it_shows() -> None:
    text = "約{kpi:rate}。{budget:annai}\\{仮}"
    pieces = [(one.text, one.field, text[one.start : one.end]) for one in segments(text, dataset())]
    assert pieces == [
        ("約", "", "約"),
        ("健診実施率", "name", "{kpi:rate}"),
        ("を", "sentence", "{kpi:rate}"),
        ("62.2", "target", "{kpi:rate}"),
        ("%", "unit", "{kpi:rate}"),
        ("以上", "bound", "{kpi:rate}"),
        ("とする", "sentence", "{kpi:rate}"),
        ("。", "", "。"),
        ("2,902", "amount", "{budget:annai}"),
        ("千円", "", "{budget:annai}"),
        ("{", "", "\\{"),
        ("仮}", "", "仮}"),
    ]


@given(
    st.lists(
        st.sampled_from(["{kpi:rate}", "{population:kenshin}", "{budget:annai.name}", "\\{", "}", "文", "{"])
    )
)
def test_the_pieces_cover_the_text_and_make_what_is_printed(parts: list[str]) -> None:
    text, found = "".join(parts), dataset()
    pieces = segments(text, found)
    assert "".join(piece.text for piece in pieces) == expand(text, found)
    stored = dict.fromkeys((piece.start, piece.end) for piece in pieces)
    assert "".join(text[start:end] for start, end in stored) == text


@pytest.mark.parametrize(
    "text",
    ["{{ x }}", "{% if x %}", "{kpi}", "{foo:bar}", "{#kenshin}", "{}", "{name}", "kpi:rate", "{KPI:rate}"],
)
def test_nothing_else_is_touched(text: str) -> None:
    assert expand(text, dataset()) == text
    assert references(text) == ()


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        (r"\{kpi:rate}", "{kpi:rate}"),
        (r"\{kpi:rate\}", "{kpi:rate}"),
        (r"甲\}", "甲}"),
        (r"\{ {kpi:rate.target} \}", "{ 62.2%以上 }"),
        (r"C:\甲", r"C:\甲"),
    ],
)
def test_a_brace_behind_a_backslash_is_a_brace(text: str, printed: str) -> None:
    assert expand(text, dataset()) == printed


def test_only_what_is_no_placeholder_is_outside() -> None:
    text = r"甲{kpi:rate}乙\{丙｛kpi：rate｝{kpi.x}"
    assert outside_placeholders(text).split() == ["甲", "乙", "丙", "{kpi.x}"]
    assert len(outside_placeholders(text)) == len(text)


def test_what_was_filled_in_is_not_filled_in_again() -> None:
    sly = Kpi.model_validate({"id": "rate", "name": "x", "sentence": "{budget:annai}を使う"})
    assert expand("{kpi:rate}", dataset(kpis=(sly,))) == "{budget:annai}を使う"


def test_references_say_where_they_start_and_what_they_name() -> None:
    assert references("率は{kpi:rate.target}、{budget:annai}") == (
        Reference(2, "kpi", "rate", "target"),
        Reference(20, "budget", "annai", ""),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "{kpi:rat}",
            "{kpi:rat} の「rat」という id は、kpis.yaml の kpis にありません。「rate」の書き間違い",
        ),
        ("{kpi:annai}", "という id は、kpis.yaml の kpis にありません"),
        ("{kpi:}", "という id は"),
        ("{budget: annai}", "「annai」の書き間違い"),
        (
            "{kpi:rate.targt}",
            "{kpi:rate.targt} の「.targt」は使えません。id の後に書けるのは .target、.name、.actual です",
        ),
        ("{population:kenshin.rate.x}", "「.rate.x」は使えません"),
    ],
)
def test_a_placeholder_that_names_nothing_is_a_fault(text: str, message: str) -> None:
    with pytest.raises(HandoutError) as caught:
        expand(text, dataset())
    assert message in str(caught.value)


@pytest.mark.parametrize("text", ["｛kpi：rate｝", "{KPI:rate}", "{kpi：rate}", "｛ｋｐｉ：rate｝"])
def test_a_placeholder_in_full_width_or_capitals_is_noticed(text: str) -> None:
    assert look_alikes(f"率は{text}とする") == (text,)


def test_a_placeholder_in_order_is_no_look_alike() -> None:
    assert look_alikes("率は{kpi:rate}㌫①とする{foo:bar}") == ()


PLAN = Plan(
    (
        heading("kenshin", "特定健診の推進 "),
        heading("koho", "広報"),
        heading("koho-2", "広 報", "２ "),
        heading("text", "本文", "", Kind.BODY),
    )
)


@pytest.mark.parametrize(
    "topic", ["kenshin", "特定健診の推進", "特定 健診の　推進", "１ 特定健診の推進", "1特定健診の推進"]
)
def test_a_topic_names_a_heading_by_id_or_words(topic: str) -> None:
    found = resolve_topic(topic, PLAN)
    assert found is not None
    assert found.id == "kenshin"


@pytest.mark.parametrize("topic", ["特定健診", "広報", "text", "本文", "", "Kenshin"])
def test_a_topic_that_names_no_heading_or_several_names_none(topic: str) -> None:
    assert resolve_topic(topic, PLAN) is None


def test_words_with_their_label_tell_headings_apart() -> None:
    found = resolve_topic("２ 広報", PLAN)
    assert found is not None
    assert found.id == "koho-2"


def test_a_kpi_is_at_home_where_it_is_stated_else_where_it_is_mentioned_first() -> None:
    texts = ["{kpi:a.target}と{kpi:b.name}", "本文", "{kpi:a}", "{kpi:b.target}", "{budget:c}"]
    plan = Plan(tuple(heading(f"p{number}", text) for number, text in enumerate(texts)))
    assert kpi_paragraphs(plan) == {"a": 2, "b": 0}


# Texts that are printed again, and results


def told(*texts: str, **changes: Any) -> Dataset:
    plan = (
        heading("kenshin", "健診"),
        Paragraph("kouhou", Kind.BULLET, 2, "・", "広報誌を{kpi:rate.target}届ける。"),
    )
    entries = tuple(ProgressEntry(id=f"e{number}", text=text) for number, text in enumerate(texts))
    return replace(dataset(**changes), plan=Plan(plan), entries=entries)


@pytest.mark.parametrize(
    ("text", "expanded"),
    [
        ("・{plan:kouhou}", "・広報誌を62.2%以上届ける。（再掲）"),
        ("{plan:kenshin}", "健診（再掲）"),
        ("⑥{progress:kyozai}", "⑥教材を配った。（再掲）"),
        ("{progress:rate}", "実施率は62.2%以上。（再掲）"),
        ("{progress:again}", "済んだ（再掲）"),  # not said twice
        ("{progress:second}と{kpi:rate.target}", "二つ目（再掲）と62.2%以上"),
    ],
)
def test_a_text_is_printed_again_with_its_figures_and_a_note(text: str, expanded: str) -> None:
    texts = (
        "①教材を配った。 {#kyozai}\n・実施率は{kpi:rate.target}。 {#rate}",
        "・済んだ（再掲） {#again}\n```\na | b\nc | d\n```\n・二つ目 {#second}",
    )
    assert expand(text, told(*texts)) == expanded


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{progress:b}", "{progress:b} の先の文に、また {progress:c} のような再掲の印があります"),
        ("{progress:own}", "{progress:own} の先の文に、また {progress:own} のような再掲の印があります"),
        ("{progress:nothing}", "「nothing」という id は、progress.yaml の文 にありません"),
        ("{plan:nothing}", "「nothing」という id は、plan.md にありません"),
        (
            "{plan:kouhou.text}",
            "「.text」は使えません。{plan:kouhou} のように、id だけを書きます。「.text」を消してください。",
        ),
    ],
)
def test_a_text_printed_again_must_be_there_and_be_no_repetition_itself(text: str, message: str) -> None:
    texts = "・{progress:c} {#b}\n・{plan:kouhou} {#c}\n・{progress:own} {#own}"
    with pytest.raises(HandoutError) as caught:
        expand(text, told(texts))
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("changes", "expanded"),
    [
        ({}, ""),
        ({"actuals": {"R7": "62.50"}}, "62.50%"),
        ({"actuals": {"R6": "61.0"}}, ""),
        ({"actuals": {"R7": "1529"}, "unit": "事業所"}, "1,529事業所"),
        ({"actuals": {"R7": "実施"}, "target": None, "sentence": "届ける"}, "実施"),
    ],
)
def test_a_result_is_printed_as_it_was_entered(changes: dict[str, Any], expanded: str) -> None:
    assert expand("{kpi:rate.actual}", dataset(kpis=(rate_kpi(**changes),))) == expanded


def test_a_result_may_come_from_the_monthly_table() -> None:
    series = {"year": "R7", "values": {"4月": "3.9", "5月": "8.10"}}
    table = MonthlyTable.model_validate(
        {"id": "t", "caption": "率", "kpi": "rate", "unit": "%", "entered": "累計", "series": [series]}
    )
    assert expand("{kpi:rate.actual}", dataset(kpis=(rate_kpi(),), tables=(table,))) == "8.10%"


@pytest.mark.parametrize(
    ("actuals", "expanded"),
    [
        ({"R6": "0.215"}, "率を対前年度以上（0.215%）とする"),
        ({}, "率を対前年度以上（）とする"),
        ({"R7": 5}, "率を対前年度以上（）とする"),
    ],
)
def test_a_sentence_may_have_the_result_of_the_year_before(actuals: dict[str, Any], expanded: str) -> None:
    kpi = rate_kpi(
        name="率",
        target="対前年度以上",
        bound="とする",
        sentence="{name}を{target}（{before}）とする",
        actuals=actuals,
    )
    assert expand("{kpi:rate}", dataset(kpis=(kpi,))) == expanded


def rate_kpi(**changes: Any) -> Kpi:
    fields = {"id": "rate", "name": "健診実施率", "target": "62.2", "unit": "%", "bound": "以上", **changes}
    return Kpi.model_validate(fields)
