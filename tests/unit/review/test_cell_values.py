"""What an edited cell says that its value is."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from handouts.dataset.fields import Mark
from handouts.review.cell_values import printed_value, value_said


@pytest.mark.parametrize(
    ("ref", "value", "words", "new", "said"),
    [
        ("budget:annai.amount", 2_902_000, "2,902千円", "3,000千円", 3_000_000),
        ("budget:annai.amount", 2_902_000, "2,902千円", "3,000", 3_000_000),
        ("budget:annai.amount", 2_902_000, "2,902千円", "300万円", 3_000_000),
        ("budget:annai.amount", 1_910_000, "1,910,000", "1,900,000", 1_900_000),
        ("field:kenshin.amount", 40_786_000, "予算額 40,786,000円", "予算額 40,000,000円", 40_000_000),
        ("kpi:rate.rank", 43, "43位", "42位", "42"),
        ("kpi:rate.rank", 43, "43位", "42", "42"),
        ("kpi:rate.actuals.R5", Decimal("93.9"), "93.9%", "94.1%", "94.1"),
        ("kpi:rate.actuals.R5", Decimal("93.9"), "93.9%", "94.1", "94.1"),
        ("monthly:a.series[1].values[4]", None, "", "120", "120"),
        ("monthly:a.series[1].values[4]", Decimal(9957), "9,957", "9,958", "9,958"),
        ("field:kenshin.name", "健診経費", "【健診経費】", "【健診の経費】", "健診の経費"),
        ("progress:a.mark", Mark.MET, "○", "△", "△"),
        ("kpi:rate.mark", None, "", "△", "△"),
        ("dataset:handouts.plan.meeting", "第3回評議会", "第3回評議会", "第4回評議会", "第4回評議会"),
    ],
)
def test_a_cell_says_its_value_without_the_words_around_it(
    ref: str, value: Any, words: str, new: str, said: Any
) -> None:
    printed = printed_value(ref, value, words)
    assert printed is not None
    assert printed.text == words
    assert value_said(ref, printed, new) == said


@pytest.mark.parametrize(
    ("ref", "value", "words", "new"),
    [
        ("field:kenshin.amount", 40_786_000, "予算額 40,786,000円", "予定額 40,786,000円"),
        ("field:kenshin.name", "健診経費", "【健診経費】", "健診経費"),
        ("budget:annai.amount", 2_902_000, "2,902千円", "未定"),
    ],
)
def test_other_words_than_those_of_the_value_say_nothing(ref: str, value: Any, words: str, new: str) -> None:
    printed = printed_value(ref, value, words)
    assert printed is not None
    assert value_said(ref, printed, new) is None


def test_a_text_that_is_empty_now_shows_nothing() -> None:
    printed = printed_value("kpi:rate.remarks", "", "備考")
    assert printed is not None
    assert printed.text == ""


def test_a_value_that_is_another_now_is_shown_in_the_same_words() -> None:
    printed = printed_value("budget:annai.amount", 3_100_000, "2,902千円")
    assert printed is not None
    assert printed.text == "3,100千円"
