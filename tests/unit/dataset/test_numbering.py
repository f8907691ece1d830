"""Numbering: labels printed in the form of a sample, and the number whose turn it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.dataset.labels import recognise
from handouts.dataset.numbering import NoLabel, check_style, family_of, print_label
from handouts.dataset.settings import NumberingStyle
from handouts.findings import Place
from tests.unit.dataset.plans import PILLARS_AND_SECTIONS, labels, levels, parse
from tests.unit.label_forms import ROWS, SAMPLES


@pytest.mark.parametrize("row", [row for _, row in ROWS], ids=SAMPLES)
def test_a_label_is_printed_in_the_form_of_the_sample(row: list[str]) -> None:
    assert [print_label(row[0], number) for number in (1, 2, 3)] == row
    assert print_label(row[2], 1) == row[0]


@pytest.mark.parametrize(
    ("sample", "number", "printed"),
    [
        ("（１）", 12, "（１２）"),
        ("(1) ", 12, "(12) "),
        ("Ⅰ．", 12, "Ⅻ．"),
        ("① ", 36, "㊱ "),
        ("ア ", 46, "ン "),
        ("○ ", 7, "○ "),
    ],
)
def test_large_numbers_keep_the_width_of_the_sample(sample: str, number: int, printed: str) -> None:
    assert print_label(sample, number) == printed


@pytest.mark.parametrize(
    ("sample", "last"), [("①", 50), ("ア ", 46), ("Ａ．", 26), ("Ⅰ．", 12), ("i)", 12), ("１．", 99)]
)
def test_a_number_past_the_last_of_its_family_is_refused(sample: str, last: int) -> None:
    assert print_label(sample, last)
    with pytest.raises(NoLabel) as refused:
        print_label(sample, last + 1)
    assert refused.value.at(Place("plan.md")).found == f"「{sample}」の番号は{last}までです"


@given(sample=st.sampled_from(SAMPLES), number=st.integers(1, 12))
def test_every_printed_label_is_read_back(sample: str, number: int) -> None:
    families = (family_of(sample),)
    label = recognise(f"{print_label(sample, number)}相談", families)
    assert label is not None
    assert (label.family, label.number, label.text) == (families[0], number, print_label(sample, number))


def wrong_of(style: NumberingStyle, file: str = "dataset.yaml") -> dict[str, str]:
    found = check_style(style, lambda path: Place(file, key=".".join(map(str, path))))
    return {finding.place.key or "": finding.sentence for finding in found}


def wrong_level(sample: str, file: str = "dataset.yaml") -> str:
    return wrong_of(NumberingStyle.model_construct(levels=(sample,)), file).get("levels.0", "")


@pytest.mark.parametrize("sample", [*SAMPLES, "○ ", "○"])
def test_a_first_label_is_a_valid_sample(sample: str) -> None:
    assert wrong_level(sample) == ""


@pytest.mark.parametrize(
    "sample", ["", "1", "ア", "A", "柱", "（３）", "② ", "・", "■KPI：", "1\n", "１．柱"]
)
def test_anything_else_is_no_sample(sample: str) -> None:
    assert f"「{sample}」は" in wrong_level(sample)


def test_a_sample_of_another_number_is_answered_with_the_right_one() -> None:
    assert "「（１）」と書きます" in wrong_level("（３）")


def test_what_to_write_is_shown_as_it_stands_in_a_file_or_in_a_cell() -> None:
    assert '（例 "１ "、"① "）' in wrong_level("柱")
    assert "（例 「１ 」、「① 」）" in wrong_level("柱", "r7.xlsx")


def test_a_style_is_checked_sample_by_sample() -> None:
    assert wrong_of(NumberingStyle()) == {}
    wrong = NumberingStyle(levels=("Ⅰ．", "節"), kpi="ア ", kpi_head="KPI", bullet="-")
    assert list(wrong_of(wrong)) == ["levels.1", "kpi", "kpi_head", "bullet"]


def test_labels_number_on_behind_an_inserted_paragraph_and_say_so() -> None:
    parsed = parse("Ⅰ．柱", "① 甲", "② 乙", "② 丙", "③ 丁")
    assert [paragraph.label for paragraph in parsed.plan.paragraphs[1:]] == ["① ", "② ", "③ ", "④ "]
    assert [(finding.place.line, finding.severity) for finding in parsed.findings] == [
        (4, "warning"),
        (5, "warning"),
    ]
    assert "「②」は順番では「③」です" in str(parsed.findings[0])


def test_labels_begin_anew_under_another_heading() -> None:
    assert labels("Ⅰ．柱", "１ 甲", "２ 乙", "Ⅱ．柱", "１ 丙")[1:] == ["１ ", "２ ", "Ⅱ．", "１ "]


def test_labels_begin_anew_where_the_first_number_is_typed() -> None:
    assert labels("Ⅰ．柱", "① 甲", "② 乙", "表", "① 丙")[1:] == ["① ", "② ", "", "① "]


def test_labels_count_on_where_the_first_number_is_typed_for_each() -> None:
    assert labels("① 甲", "① 乙", "① 丙") == ["① ", "② ", "③ "]


def test_a_first_number_below_a_pillar_opens_the_deeper_level() -> None:
    assert levels("１．柱", "１．節", "２．節", style=PILLARS_AND_SECTIONS) == [1, 2, 2]


def test_a_number_that_only_the_outer_list_continues_closes_the_deeper_one() -> None:
    lines = ["１．柱", "１．節", "２．節", "３．節", "２．柱", "１．節", "２．節", "３．柱"]
    assert levels(*lines, style=PILLARS_AND_SECTIONS) == [1, 2, 2, 2, 1, 2, 2, 2]
    # The third pillar would go on with the sections; with a third section in between it does not.
    assert levels(*lines[:-1], "３．節", "３．柱", style=PILLARS_AND_SECTIONS)[-2:] == [2, 1]


def test_the_form_decides_where_both_lists_go_on() -> None:
    style = NumberingStyle(levels=("１．", "1 ", "①"))
    assert levels("１．柱", "1 節", "２．柱", "1 節", "2 節", style=style) == [1, 2, 1, 2, 2]


GROUPED = NumberingStyle(levels=("Ⅰ．", "○", "１ ", "（１）"), running=(3,))
GROUPED_LINES = ("Ⅰ．柱", "○群", "１ 甲", "（１）あ", "○群", "２ 乙", "（１）い", "Ⅱ．柱", "○群", "３ 丙")


def test_a_running_level_numbers_on_through_the_whole_plan() -> None:
    assert labels(*GROUPED_LINES, style=GROUPED) == [
        *("Ⅰ．", "○", "１ ", "（１）", "○", "２ ", "（１）", "Ⅱ．", "○", "３ ")
    ]
    assert parse(*GROUPED_LINES, style=GROUPED).findings == ()


def test_an_item_inserted_at_a_running_level_renumbers_those_of_later_pillars() -> None:
    inserted = (*GROUPED_LINES[:3], "２ 新", *GROUPED_LINES[4:])
    parsed = parse(*inserted, style=GROUPED)
    assert [part.label for part in parsed.plan.paragraphs if part.level == 3] == ["１ ", "２ ", "３ ", "４ "]
    assert [finding.place.line for finding in parsed.findings] == [6, 10]


def test_a_first_number_begins_a_running_level_anew() -> None:
    assert labels("Ⅰ．柱", "１ 甲", "２ 乙", "Ⅱ．柱", "１ 丙", "２ 丁", style=GROUPED) == [
        *("Ⅰ．", "１ ", "２ ", "Ⅱ．", "１ ", "２ ")
    ]


def test_levels_below_a_running_one_begin_anew() -> None:
    lines = ("Ⅰ．柱", "○群", "１ 甲", "（１）あ", "（２）い", "○群", "２ 乙", "（１）う")
    assert labels(*lines, style=GROUPED)[-2:] == ["２ ", "（１）"]


def test_every_level_may_run_on() -> None:
    style = NumberingStyle(levels=("Ⅰ．", "１ ", "（１）"), running=(2, 3))
    lines = ("Ⅰ．柱", "１ 甲", "（１）あ", "Ⅱ．柱", "２ 乙", "（２）い", "（３）う")
    assert labels(*lines, style=style) == ["Ⅰ．", "１ ", "（１）", "Ⅱ．", "２ ", "（２）", "（３）"]


@pytest.mark.parametrize(
    ("running", "key"), [((0,), "running.0"), ((3, 5), "running.1"), ((-1,), "running.0")]
)
def test_a_running_level_is_one_of_the_levels(running: tuple[int, ...], key: str) -> None:
    style = NumberingStyle(levels=("Ⅰ．", "○", "１ ", "（１）"), running=running)
    assert list(wrong_of(style)) == [key]
    assert "という階層はありません（1から4までです）" in wrong_of(style)[key]
