"""Runs: a paragraph cut into what is marked and what is not."""

from __future__ import annotations

from handouts.compose.page import Printed, compose_runs


def test_the_last_characters_are_a_run_that_begins_with_no_selector() -> None:
    runs = compose_runs("協力は葛\U000e0100城", (), "")
    assert [(run.text, run.is_tail) for run in runs] == [("協力は", False), ("葛\U000e0100城", True)]


def test_a_printed_text_is_its_text_to_a_template_that_says_no_more() -> None:
    assert (str(Printed("43位", "progress:a.rank")), bool(Printed("")), bool(Printed("0"))) == (
        "43位",
        False,
        True,
    )
