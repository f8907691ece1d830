"""What an edit of a printed text means for the dataset."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.dataset.typed_text import bare
from handouts.findings import Place
from handouts.measures.filling import expand, segments
from handouts.measures.placeholders import escaped
from handouts.review.meaning import AS_TEXT, COMPUTED, REPEATED, Meaning, meaning_of
from handouts.review.shares import edits_between, share_out
from handouts.review.taking import with_values
from tests.unit.measures.test_placeholders import dataset, heading


def read(stored: str, new: str, **changes: Any) -> Meaning:
    pieces = segments(stored, replace(dataset(), **changes))
    printed = "".join(piece.text for piece in pieces)
    return meaning_of(stored, pieces, share_out(pieces, edits_between(printed, new)), Place("plan.md"))


@pytest.mark.parametrize(
    ("stored", "new", "changes"),
    [
        ("{kpi:rate}", "健診実施率を63.0%以上とする", [("kpi:rate.target", "63.0")]),
        ("{kpi:rate}", "健診実施率を６３．０%以上とする", [("kpi:rate.target", "63.0")]),
        ("{kpi:rate}", "健診実施率を62.2%とする", [("kpi:rate.bound", "とする")]),
        (
            "{kpi:rate}",
            "健診実施率を62.2%以上を目指す",
            [("kpi:rate.sentence", "{name}を{target}を目指す")],
        ),
        ("{kpi:rate}", "健診実施率を前年度以上とする", [("kpi:rate.target", "前年度以上")]),
        ("目標は{kpi:rate.target}。", "目標は対前年度以上。", [("kpi:rate.target", "対前年度以上")]),
        ("{kpi:rate}", "受診率を62.2%以上とする", [("kpi:rate.name", "受診率")]),
        ("費用{budget:annai}", "費用3,000千円", [("budget:annai.amount", 3_000_000)]),
        ("費用{budget:annai}", "費用1,360万円", [("budget:annai.amount", 13_600_000)]),
        (
            "{population:kenshin}",
            "実施率 62.5%（実施見込者数：164,000人）",
            [("population:kenshin.rate", "62.5"), ("population:kenshin.planned", "164,000")],
        ),
    ],
)
def test_a_figure_that_was_edited_is_another_value_where_it_lives(
    stored: str, new: str, changes: list[tuple[str, Any]]
) -> None:
    found = read(stored, new)
    assert [(one.ref, one.value) for one in found.changes] == changes
    assert (found.stored, found.notes) == (stored, ())


def test_a_bound_written_behind_a_target_without_one_is_its_bound() -> None:
    kpis = (dataset().kpis[0].model_copy(update={"bound": "とする"}),)
    found = read("{kpi:rate}", "健診実施率を62.2%以上とする", kpis=kpis)
    assert [(one.ref, one.value) for one in found.changes] == [("kpi:rate.bound", "以上")]


def test_words_around_a_figure_change_the_text_and_the_figure_stays_one() -> None:
    found = read("経費は{budget:annai}とする。", "経費は約2,902千円とする。")
    assert (found.stored, found.changes) == ("経費は約{budget:annai}とする。", ())


def test_what_is_no_value_becomes_text_and_is_said() -> None:
    found = read("費用{budget:annai}です", "費用未定です")
    assert found.stored == "費用未定です"
    assert [note.rule for note in found.notes] == [AS_TEXT]


def test_a_figure_of_a_sentence_that_was_written_anew_is_about_something_else() -> None:
    for stored in (
        "健診は{kpi:rate.target}に保つ。",
        "手当は、約束の{kpi:rate.target}達成を目指し、広く案内する。",
    ):
        found = read(stored, "地域の集まりに出向き、案内を配る（案649）。")
        assert (found.stored, found.changes) == ("地域の集まりに出向き、案内を配る（案649）。", ())


def test_a_deleted_figure_takes_its_placeholder_with_it() -> None:
    assert read("費用（{budget:annai}）", "費用（）").stored == "費用（）"


def test_a_result_is_computed_and_its_text_stays() -> None:
    kpi = dataset().kpis[0].model_copy(update={"sentence": "{name}を{before}から上げる", "actuals": {}})
    before = {dataset().fiscal_year.previous: "60.1"}
    kpi = type(kpi).model_validate({**kpi.model_dump(), "actuals": before})
    found = read("{kpi:rate}", "健診実施率を61.0%から上げる", kpis=(kpi,))
    assert (found.stored, found.changes, [note.rule for note in found.notes]) == (
        "{kpi:rate}",
        (),
        [COMPUTED],
    )


def test_what_is_printed_again_is_changed_where_it_stands() -> None:
    plan = type(dataset().plan)((heading("moto", "もとの文"),))
    found = read("{plan:moto}", "別の文（再掲）", plan=plan)
    assert (found.stored, [note.rule for note in found.notes]) == ("{plan:moto}", [REPEATED])


_TEXTS = st.text("健診実施率をの62.,%以上下とする千円人（）：{}\\kpi:rate", max_size=24)


@given(
    st.sampled_from(
        ["約{kpi:rate}と{budget:annai}。", "{population:kenshin}", "文だけ", "\\{仮}{kpi:rate.target}"]
    ),
    _TEXTS,
)
def test_what_was_taken_over_is_printed_as_it_was_written(stored: str, new: str) -> None:
    found = read(stored, new)
    printed = expand(found.stored, with_values(dataset(), found.changes))
    assert bare(printed).replace(",", "") == bare(new).replace(",", "")


@given(_TEXTS)
def test_an_escaped_text_is_printed_as_it_is(text: str) -> None:
    assert expand(escaped(text), dataset()) == text
