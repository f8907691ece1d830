"""The plan after a review."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.dataset.plan import Plan
from handouts.dataset.plan_text import parse_plan, print_plan
from handouts.dataset.settings import NumberingStyle
from handouts.findings import DataFaults
from handouts.review.plan_rows import ReviewedRow, reviewed_plan, rows_of_plan

STYLE = NumberingStyle()
TEXT = """Ⅰ．健全な財政運営

１．意見の発信
（１）評議会で説明する
・広報誌に載せる
（２）研修を行う {#kenshu}
Ⅱ．加入者の健康づくり
"""


def plan() -> Plan:
    return parse_plan(TEXT, STYLE, "plan.md").plan


def labels_and_texts(found: Plan) -> list[str]:
    return [paragraph.label + paragraph.text for paragraph in found.paragraphs]


def test_what_nobody_touched_is_the_same_plan() -> None:
    assert reviewed_plan(plan(), rows_of_plan(plan()), STYLE) == plan()


def test_a_reworded_paragraph_keeps_its_id_and_its_place() -> None:
    rows = list(rows_of_plan(plan()))
    rows[2] = ReviewedRow(rows[2].id, "評議会で丁寧に説明する")
    found = reviewed_plan(plan(), rows, STYLE)
    assert [one.id for one in found.paragraphs] == [one.id for one in plan().paragraphs]
    assert print_plan(found, STYLE).splitlines()[3].startswith("（１）評議会で丁寧に説明する {#")


def test_a_deleted_paragraph_renumbers_those_behind_it_and_their_ids_stay() -> None:
    rows = [row for row in rows_of_plan(plan()) if row.text != "評議会で説明する"]
    found = reviewed_plan(plan(), rows, STYLE)
    assert labels_and_texts(found)[3] == "（１）研修を行う"
    assert found.paragraphs[3].id == "kenshu"


def test_a_new_paragraph_is_numbered_where_it_stands() -> None:
    rows = list(rows_of_plan(plan()))
    rows.insert(4, ReviewedRow("", "（２）動画を作る"))
    assert labels_and_texts(reviewed_plan(plan(), rows, STYLE))[4:6] == [
        "（２）動画を作る",
        "（３）研修を行う",
    ]


def test_blank_lines_stay_where_they_were() -> None:
    rows = list(rows_of_plan(plan()))
    rows[0] = ReviewedRow(rows[0].id, "健全な運営")
    assert print_plan(reviewed_plan(plan(), rows, STYLE), STYLE).splitlines()[1] == ""


def test_a_row_that_is_no_paragraph_is_a_fault() -> None:
    with pytest.raises(DataFaults):
        reviewed_plan(plan(), [*rows_of_plan(plan()), ReviewedRow("", "")], STYLE)


@given(st.permutations(range(6)), st.integers(1, 6))
def test_paragraphs_keep_their_ids_in_any_order(order: list[int], count: int) -> None:
    rows = [rows_of_plan(plan())[place] for place in order[:count]]
    found = reviewed_plan(plan(), rows, STYLE)
    assert [one.id for one in found.paragraphs] == [row.id for row in rows]
    assert parse_plan(print_plan(found, STYLE), STYLE, "plan.md").plan == found
