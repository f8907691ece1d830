"""Proposals of one returned file or of several that want different things of one place."""

from __future__ import annotations

from dataclasses import replace

from handouts.review.proposals import Proposal
from handouts.review.together import with_disagreements
from tests.unit.review.files import Returned, returned


def proposals(sent: Returned, *files: list[str]) -> tuple[Proposal, ...]:
    """The proposals of several files, numbered through."""
    found: list[Proposal] = []
    for rows in files:
        for one in sent.review(*rows).proposals:
            found.append(replace(one, change=replace(one.change, number=len(found) + 1)))
    return with_disagreements(found)


def odds(sent: Returned, *files: list[str]) -> list[tuple[int, ...]]:
    return [one.at_odds for one in proposals(sent, *files)]


def test_two_that_reword_the_same_words_differently_are_at_odds() -> None:
    sent = returned()
    one = sent.with_row(2, "（１）評議会で収支を［-説明し-］［+示し+］、議論を深める。")
    other = sent.with_row(2, "（１）評議会で収支を［-説明し-］［+述べ+］、議論を深める。")
    assert odds(sent, one, other) == [(2,), (1,)]


def test_two_that_want_the_same_are_not() -> None:
    sent = returned()
    one = sent.with_row(2, "（１）評議会で収支を［-説明し-］［+示し+］、議論を深める。")
    assert odds(sent, one, one) == [(), ()]


def test_edits_of_other_words_of_the_same_paragraph_go_together() -> None:
    sent = returned()
    one = sent.with_row(2, "（１）評議会で収支を［-説明し-］［+示し+］、議論を深める。")
    other = sent.with_row(2, "（１）［-評議会-］［+会議+］で収支を説明し、議論を深める。")
    assert odds(sent, one, other) == [(), ()]


def test_two_values_of_one_figure_are_at_odds_wherever_they_are_printed() -> None:
    sent = returned("１ 目標\n（１）{kpi:rate}\n（２）再び{kpi:rate.target}\n")
    one = sent.with_row(1, "（１）健診実施率を［-62.2-］［+63.0+］%以上とする")
    other = sent.with_row(2, "（２）再び［-62.2-］［+64.0+］%以上")
    assert odds(sent, one, other) == [(2,), (1,)]


def test_one_that_deletes_what_another_rewords_is_at_odds_with_it() -> None:
    sent = returned()
    one = sent.with_row(5, "・広報誌に［-載せる-］［+書く+］")
    other = sent.with_row(5, "［-・広報誌に載せる-］¶-")
    assert odds(sent, one, other) == [(2,), (1,)]
