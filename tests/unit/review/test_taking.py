"""A dataset with the changes of a review in it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.dataset.monthly import MonthlyTable
from handouts.dataset.progress import ProgressEntry
from handouts.dataset.progress_text import read_progress_text
from handouts.review.taking import NotTaken, SourceChange, with_values
from handouts.review.text_lines import with_cell, with_line
from tests.unit.measures.test_placeholders import dataset

TEXT = """① 広報誌に載せた {#koho}
・説明会を開いた

```
期間 | 媒体 | 結果
4月 | 新聞 | 3件
5月 | ラジオ | 2件
```
※ 詳しくは別紙"""
TABLE = {
    "id": "kensu",
    "caption": "件数",
    "months": "3月始まり",
    "series": [{"year": "R7", "values": [1, 2, 3, *[None] * 9]}],
}


def with_value(ref: str, value: Any) -> Any:
    found = replace(
        dataset(),
        tables=(MonthlyTable.model_validate(TABLE),),
        entries=(ProgressEntry.model_validate({"id": "koho", "text": TEXT}),),
    )
    return with_values(found, [SourceChange(ref, "", "", value)])


def test_a_value_is_changed_at_its_place_and_nowhere_else() -> None:
    found = with_value("kpi:rate.target", "63.0")
    assert str(found.kpis[0].target) == "63.0"
    assert found.initiatives == dataset().initiatives


def test_a_month_is_counted_as_the_table_prints_it() -> None:
    table = with_value("monthly:kensu.series[1].values[4]", "１０").tables[0]
    assert table.values_of(table.series[0])[:5] == (1, 2, 3, 10, None)


def test_a_result_of_a_year_is_changed_under_its_year() -> None:
    found = with_value("kpi:rate.actuals.R6", "61.0")
    assert {year.text(): str(value) for year, value in found.kpis[0].actuals.items()} == {"令和6年度": "61.0"}


def test_a_setting_of_a_handout_is_changed() -> None:
    found = replace(dataset(), handouts={"plan": dataset().settings("plan")})
    changed = with_values(found, [SourceChange("dataset:handouts.plan.meeting", "", "", "第4回評議会")])
    assert changed.settings("plan").meeting == "第4回評議会"


@pytest.mark.parametrize(
    ("ref", "value"),
    [
        ("kpi:rate.target", "多め"),
        ("kpi:rate.nothing", "1"),
        ("kpi:nobody.target", "1"),
        ("population:kenshin.rate", "120"),
        ("monthly:kensu.series[1].values[1]", "十"),
        ("monthly:kensu.series[2].values[1]", "1"),
        ("progress:koho.text[5][9]", "x"),
        ("dataset:nothing", "x"),
    ],
)
def test_what_cannot_stand_at_a_place_is_not_taken(ref: str, value: str) -> None:
    with pytest.raises(NotTaken):
        with_value(ref, value)


def test_a_line_keeps_its_label_and_its_id() -> None:
    assert with_value("progress:koho.text[1]", "広報紙に載せた").entries[0].text == TEXT.replace(
        "広報誌", "広報紙"
    )


def test_a_cell_of_a_small_table_is_changed_alone() -> None:
    assert with_value("progress:koho.text[6][3]", "4件").entries[0].text == TEXT.replace("3件", "4件")


def test_words_that_look_like_a_label_are_words() -> None:
    made = with_line(TEXT, 9, "① 別紙")
    assert made is not None
    assert [(line.label, line.text) for line in read_progress_text(made).lines][-1] == ("※ ", "① 別紙")


_WORDS = st.text("①（１）・※ 広報|｜`\\{#a}", max_size=6)


@given(_WORDS)
def test_a_line_says_just_the_words_or_is_not_changed(words: str) -> None:
    made = with_line(TEXT, 2, words)
    if made is not None:
        before, after = read_progress_text(TEXT), read_progress_text(made)
        assert [line.text for line in after.lines][1] == words
        assert len(after.blocks) == len(before.blocks)


@given(_WORDS)
def test_a_cell_says_just_the_words_or_is_not_changed(words: str) -> None:
    made = with_cell(TEXT, 6, 2, words)
    if made is not None:
        assert read_progress_text(made).findings == ()
        assert words.strip() in made
