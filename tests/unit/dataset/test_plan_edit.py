"""The text of a plan changed, with the lines of paragraphs that stay as they were typed."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handouts.dataset.plan import Plan
from handouts.dataset.plan_edit import edited_plan
from handouts.dataset.plan_text import parse_plan, print_plan
from handouts.dataset.settings import NumberingStyle
from tests.unit.dataset.strategies import plans

STYLE = NumberingStyle()
TEXT = """\
I. 基盤

1.  サービス {#service}
(1)短くする。
■KPI：
1) {kpi:a}
2) {kpi:b}


・箇条書き
"""


def parse(text: str) -> Plan:
    return parse_plan(text, STYLE, "plan.md").plan


def changed(new: str) -> str:
    return edited_plan(TEXT, parse(TEXT), parse(new), STYLE)


def test_nothing_changed_leaves_the_text_as_it_is() -> None:
    assert changed(TEXT) == TEXT


def test_only_changed_lines_are_written_anew() -> None:
    assert changed(TEXT.replace("短くする", "長くする")) == TEXT.replace("(1)短くする。", "（１）長くする。")
    assert changed(TEXT.replace("{#service}", "{#new}")) == TEXT.replace(
        "1.  サービス {#service}", "１ サービス {#new}"
    )


def test_lines_come_and_go_with_the_empty_lines_of_the_new_plan() -> None:
    new = TEXT.replace("(1)短くする。", "(1)先に入れる。\n(2)短くする。")
    assert changed(new) == TEXT.replace("(1)短くする。", "（１）先に入れる。\n（２）短くする。")
    assert changed(TEXT.replace("2) {kpi:b}\n", "")) == TEXT.replace("2) {kpi:b}\n", "")
    assert changed(TEXT.replace("\n\n\n・", "\n・")) == TEXT.replace("\n\n\n・", "\n・")


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plans(STYLE), plans(STYLE), st.booleans())
def test_any_plan_can_come_from_any_other(old: Plan, new: Plan, is_joined: bool) -> None:
    text = print_plan(old, STYLE)
    assert edited_plan(text, old, old, STYLE) == text
    if is_joined:
        new = parse(
            print_plan(Plan(old.paragraphs[:3]), STYLE) + print_plan(new, STYLE).replace("{#kiban}", "")
        )
    result = edited_plan(text, old, new, STYLE)
    assert [one.text for one in parse(result).paragraphs] == [one.text for one in new.paragraphs]
