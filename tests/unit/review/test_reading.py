"""What a returned file proposes, and what comes of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handouts.dataset.model import Dataset
from handouts.dataset.progress_text import read_progress_text
from handouts.findings import DataFaults
from handouts.measures.filling import expand
from handouts.origin import OriginEntry
from handouts.review.reading import FileReview
from handouts.revisions import RevisionMark, SourceCell
from tests.unit.review.files import Returned, returned, returned_text


def rows(data: Dataset) -> list[str]:
    return [one.label + one.text for one in data.plan.paragraphs]


def states(review: FileReview) -> list[str]:
    return [proposal.state for proposal in review.proposals]


def test_a_file_that_came_back_untouched_proposes_nothing() -> None:
    sent = returned()
    review = sent.review(*sent.sent)
    assert (review.proposals, review.missed) == ((), ())


def test_words_that_were_changed_are_one_proposal_with_its_place_and_author() -> None:
    sent = returned()
    review = sent.review(*sent.with_row(2, "（１）評議会で収支を［-説明し-］［+示し+］、議論を深める。"))
    (proposal,) = review.proposals
    assert (proposal.place, proposal.change.authors, proposal.state) == ("Ⅰ-1-(1)", ("本部",), "open")
    assert rows(sent.applied(review).dataset)[2] == "（１）評議会で収支を示し、議論を深める。"


def test_of_two_edits_of_a_paragraph_one_can_be_taken_and_the_other_refused() -> None:
    sent = returned()
    review = sent.review(
        *sent.with_row(2, "（１）評議会で［-収支-］［+決算+］を［-説明し-］［+示し+］、議論を深める。")
    )
    assert rows(sent.applied(review, 2).dataset)[2] == "（１）評議会で収支を示し、議論を深める。"
    assert rows(sent.applied(review).dataset)[2] == "（１）評議会で決算を示し、議論を深める。"


def test_a_figure_of_a_sentence_is_changed_in_its_kpi_and_the_sentence_follows() -> None:
    sent = returned()
    found = sent.applied(
        sent.review(*sent.with_row(3, "（２）健診実施率を［-62.2%以上-］［+63.0%以上+］とする"))
    )
    assert str(found.dataset.kpis[0].target) == "63.0"
    assert found.dataset.plan == sent.data.plan


def test_what_else_says_the_old_figure_is_named() -> None:
    sent = returned()
    review = sent.review(*sent.with_row(3, "（２）健診実施率を［-62.2%以上-］［+63.0%以上+］とする"))
    assert [note.rule.id for note in review.proposals[0].notes] == ["review.other-rate"]


def test_an_amount_is_changed_where_it_was_entered() -> None:
    sent = returned()
    found = sent.applied(sent.review(*sent.with_row(4, "（３）案内は［-2,902千円-］［+3,000千円+］で作る。")))
    assert found.dataset.initiatives[0].amount == 3_000_000


def test_a_new_paragraph_stands_behind_the_one_above_it_and_is_numbered() -> None:
    sent = returned()
    found = sent.applied(sent.review(*sent.sent[:3], "［+（２）研修を行う。+］¶+", *sent.sent[3:]))
    assert rows(found.dataset)[3:5] == ["（２）研修を行う。", "（３）{kpi:rate}"]


def test_several_new_paragraphs_keep_their_order() -> None:
    sent = returned()
    found = sent.applied(sent.review(*sent.sent[:6], "［+・一+］¶+", "［+・二+］¶+", *sent.sent[6:]))
    assert rows(found.dataset)[5:8] == ["・広報誌に載せる", "・一", "・二"]


def test_a_deleted_paragraph_goes() -> None:
    sent = returned()
    review = sent.review(*sent.with_row(2, "［-（１）評議会で収支を説明し、議論を深める。-］¶-"))
    assert rows(sent.applied(review).dataset)[2] == "（１）{kpi:rate}"


def test_a_paragraph_that_an_initiative_belongs_to_is_not_deleted_before_that_is_decided() -> None:
    sent = returned("１ 案内 {#kenshin}\n（１）送る。\n（２）届ける。\n")
    review = sent.review("［-１ 案内-］¶-", *sent.sent[1:])
    assert [(one.state, one.notes[0].rule.id) for one in review.proposals] == [
        ("answered", "review.left-behind")
    ]


def test_a_split_paragraph_is_two_and_the_first_keeps_its_id() -> None:
    sent = returned()
    review = sent.review(*sent.sent[:2], "（１）評議会で収支を説明し、¶+", "議論を深める。", *sent.sent[3:])
    found = sent.applied(review).dataset
    assert rows(found)[2:4] == ["（１）評議会で収支を説明し、", "議論を深める。"]
    assert found.plan.paragraphs[2].id == sent.data.plan.paragraphs[2].id


def test_joined_paragraphs_are_one() -> None:
    sent = returned()
    review = sent.review(
        *sent.sent[:4], "（３）案内は2,902千円で作る。¶-", "［-・-］広報誌に載せる", *sent.sent[6:]
    )
    assert rows(sent.applied(review).dataset)[4] == "（３）案内は{budget:annai}で作る。広報誌に載せる"


def test_a_paragraph_that_was_deleted_here_and_put_in_there_was_moved_and_keeps_its_id() -> None:
    sent = returned()
    review = sent.review(
        *sent.sent[:2],
        "［+（１）案内は2,902千円で作る。+］¶+",
        *sent.sent[2:4],
        "［-（３）案内は2,902千円で作る。-］¶-",
        *sent.sent[5:],
    )
    found = sent.applied(review).dataset
    assert [change.change.kind for change in review.proposals] == ["moved"]
    assert found.plan.paragraphs[2].id == "tsukuru"


def test_what_was_taken_over_is_done_when_the_file_is_read_again() -> None:
    sent = returned()
    edited = [
        *sent.sent[:2],
        "（１）評議会で収支を説明し、¶+",
        "議論を［-深める-］［+尽くす+］。",
        "（２）健診実施率を［-62.2%-］［+63.0%+］以上とする",
        "（３）案内は［-2,902-］［+3,000+］千円で作る。",
        "・広報誌に載せる",
        "［+・動画を作る+］¶+",
        sent.sent[6],
    ]
    again = Returned(sent.applied(sent.review(*edited)).dataset, sent.entries)
    assert set(states(again.review(*edited))) == {"done"}


def test_what_somebody_else_wrote_meanwhile_is_a_conflict() -> None:
    sent = returned()
    mine = sent.applied(
        sent.review(*sent.with_row(2, "（１）評議会で収支を［-説明し-］［+報告し+］、議論を深める。"))
    )
    theirs = Returned(mine.dataset, sent.entries)
    review = theirs.review(*sent.with_row(2, "（１）評議会で収支を［-説明し-］［+示し+］、議論を深める。"))
    assert states(review) == ["conflict"]


def test_what_is_of_last_year_is_answered() -> None:
    sent = returned()
    sent.entries[2] = OriginEntry("oplan_a", ("oplan:a",), "last-year", sent.entries[2].text, None, "（１）")
    review = sent.review(*sent.with_row(2, "（１）評議会で収支を［-説明し-］［+示し+］、議論を深める。"))
    assert [(one.state, one.notes[0].rule.id) for one in review.proposals] == [
        ("answered", "review.other-side")
    ]


def test_what_is_computed_is_answered_with_what_would_have_to_change() -> None:
    sent = returned()
    sent.entries.append(OriginEntry("x_1", ("budget:annai.amount",), "computed", "2,902千円"))
    review = sent.review(*sent.with_row(7, "［-2,902千円-］［+3,000千円+］"))
    assert [(one.state, one.notes[0].rule.id) for one in review.proposals] == [
        ("answered", "review.computed")
    ]


def test_what_was_put_in_without_a_mark_is_new() -> None:
    sent = returned()
    review = sent.review(*sent.sent[:6], "・動画を作る", sent.sent[6])
    assert [(one.change.kind, one.state, one.change.marks) for one in review.proposals] == [
        ("inserted", "open", ())
    ]
    assert rows(sent.applied(review).dataset)[6] == "・動画を作る"


def test_what_was_put_in_where_the_data_have_no_place_is_answered() -> None:
    sent = returned()
    sent.entries[:] = [OriginEntry(one.bookmark, (), "generated", one.text) for one in sent.entries]
    review = sent.review("見知らぬ文", *sent.sent)
    assert [(one.state, one.notes[0].rule.id) for one in review.proposals] == [
        ("answered", "review.no-place")
    ]


def test_what_stands_next_to_nothing_that_was_sent_is_not_passed_over() -> None:
    sent = returned()
    sent.entries.clear()
    assert states(sent.review("見知らぬ文")) == ["unplaced"]


def test_what_is_gone_without_a_mark_is_named() -> None:
    sent = returned()
    review = sent.review(*sent.sent[:3], *sent.sent[4:])
    assert [finding.rule.id for finding in review.missed] == ["review.lost"]


def test_changes_that_were_accepted_already_are_what_differs_from_what_was_sent() -> None:
    sent = returned()
    review = sent.review(*sent.with_row(2, "（１）評議会で収支を示し、議論を深める。"), names={2: 2})
    assert [(one.state, one.change.marks) for one in review.proposals] == [("open", ())]
    assert rows(sent.applied(review).dataset)[2] == "（１）評議会で収支を示し、議論を深める。"


def test_two_that_say_different_things_of_one_figure_are_not_taken_together() -> None:
    sent = returned("１．目標\n（１）{kpi:rate}\n（２）再び{kpi:rate.target}\n")
    review = sent.review(
        sent.sent[0],
        "（１）健診実施率を［-62.2-］［+63.0+］%以上とする",
        "（２）再び［-62.2-］［+64.0+］%以上",
    )
    with pytest.raises(DataFaults):
        sent.applied(review)


def test_what_somebody_typed_in_another_width_is_no_change() -> None:
    sent = returned()
    assert sent.review(*sent.with_row(4, "（３）案内は２,９０２千円で作る。 "), names={4: 4}).proposals == ()


def test_a_sentence_of_a_kpi_that_was_rewritten_is_its_own_and_said() -> None:
    sent = returned()
    review = sent.review(*sent.with_row(3, "（２）［-健診実施率を62.2%以上とする-］［+健診を広める+］"))
    found = sent.applied(review)
    assert [note.rule.id for note in review.proposals[0].notes] == ["review.own-sentence"]
    assert (found.dataset.kpis[0].sentence, rows(found.dataset)[3]) == ("健診を広める", "（２）{kpi:rate}")


def test_a_sentence_of_a_kpi_that_was_split_becomes_text() -> None:
    sent = returned()
    review = sent.review(*sent.sent[:3], "（２）健診実施率を¶+", "62.2%以上とする", *sent.sent[4:])
    assert rows(sent.applied(review).dataset)[3:5] == ["（２）健診実施率を", "62.2%以上とする"]


def test_a_label_that_was_written_anew_with_its_words_is_left_to_the_order() -> None:
    sent = returned()
    review = sent.review(
        *sent.with_row(2, "［-（１）評議会で収支を説明し-］［+① 会議で示し+］、議論を深める。")
    )
    assert rows(sent.applied(review).dataset)[2] == "（１）会議で示し、議論を深める。"


def test_a_label_alone_is_answered() -> None:
    sent = returned()
    review = sent.review(*sent.with_row(2, "（［-１-］［+２+］）評議会で収支を説明し、議論を深める。"))
    assert [(one.state, one.notes[0].rule.id) for one in review.proposals] == [("answered", "review.label")]


def test_what_is_printed_again_elsewhere_is_not_deleted() -> None:
    sent = returned("１ 目標\n（１）説明する。 {#moto}\n（２）{plan:moto}\n")
    review = sent.review(sent.sent[0], "［-（１）説明する。-］¶-", sent.sent[2])
    assert [(one.state, one.notes[0].rule.id) for one in review.proposals] == [
        ("answered", "review.still-repeated")
    ]


LINES = "① 広報誌に載せた\n・説明会を開いた\n・電話で勧めた"


@pytest.mark.parametrize(
    ("edited", "text"),
    [
        (["① 広報誌に［-載せた-］［+出した+］"], "① 広報誌に出した\n・説明会を開いた\n・電話で勧めた"),
        (["① 広報誌に¶+", "載せた"], "① 広報誌に\n載せた\n・説明会を開いた\n・電話で勧めた"),
        (
            ["［-① 広報誌に載せた-］［+① 動画を作り直し、配った+］"],
            "① 動画を作り直し、配った\n・説明会を開いた\n・電話で勧めた",
        ),
        (
            ["［+・一つ目+］¶+", "① 広報誌に載せた"],
            "・一つ目\n① 広報誌に載せた\n・説明会を開いた\n・電話で勧めた",
        ),
    ],
)
def test_lines_of_what_was_done_are_changed_like_paragraphs_and_then_done(
    edited: list[str], text: str
) -> None:
    sent = returned_text(LINES)
    back = [*edited, *sent.sent[1:]]
    found = sent.applied(sent.review(*back)).dataset
    assert found.entries[0].text == text
    assert set(states(Returned(found, sent.entries).review(*back))) == {"done"}


def test_lines_that_were_joined_are_one_and_one_that_was_moved_stands_there() -> None:
    sent = returned_text(LINES)
    joined = [sent.sent[0], "・説明会を開いた¶-", "［-・-］電話で勧めた"]
    found = sent.applied(sent.review(*joined)).dataset
    assert found.entries[0].text == "① 広報誌に載せた\n・説明会を開いた電話で勧めた"
    assert states(Returned(found, sent.entries).review(*joined)) == ["done"]
    moved = ["［+・電話で勧めた+］¶+", *sent.sent[:2], "［-・電話で勧めた-］¶-"]
    found = sent.applied(sent.review(*moved)).dataset
    assert found.entries[0].text == "・電話で勧めた\n① 広報誌に載せた\n・説明会を開いた"
    assert states(Returned(found, sent.entries).review(*moved)) == ["done"]


def test_a_caption_that_stands_many_times_is_moved_with_its_words() -> None:
    sent = returned(
        "１ 目標\n（１）説明する。\n【困難度：高】\n理由一。\n（２）届ける。\n【困難度：高】\n理由二。\n"
    )
    back = [sent.sent[0], "［+【困難度：高】+］¶+", sent.sent[1], "［-【困難度：高】-］¶-", *sent.sent[3:]]
    found = sent.applied(sent.review(*back)).dataset
    assert [one.label for one in found.plan.paragraphs][1] == "【困難度：高】"
    assert len(found.plan.paragraphs) == len(sent.entries)


def test_an_initiative_that_a_text_prints_is_not_deleted_before_that_is_decided() -> None:
    sent = returned()
    row = SourceCell(0, 0, 0, (RevisionMark("r", "deleted", "本部", ""),))
    sent.entries.append(OriginEntry("budget_annai", ("budget:annai.name",), "own", "健診案内"))
    document = sent.document(*sent.sent[:-1], "［-健診案内-］¶-")
    last = replace(document.body.paragraphs[-1], cell=row)
    story = replace(document.body, paragraphs=(*document.body.paragraphs[:-1], last))
    review = sent.review_of(replace(document, stories=(story,)))
    assert [(one.state, one.notes[0].rule.id) for one in review.proposals] == [
        ("answered", "review.still-repeated")
    ]


def test_a_dataset_in_which_a_placeholder_names_nothing_can_be_read() -> None:
    sent = returned()
    broken = Returned(replace(sent.data, initiatives=()), sent.entries)
    review = broken.review(*sent.with_row(2, "（１）評議会で収支を［-説明し-］［+示し+］、議論を深める。"))
    assert states(review) == ["open"]


def test_paragraphs_of_nothing_but_blanks_say_nothing() -> None:
    sent = returned()
    review = sent.review(*sent.sent[:3], "\n", "［+ +］¶+", *sent.sent[3:])
    assert (review.proposals, review.missed) == ((), ())


def test_changes_that_the_branch_itself_had_tracked_are_what_was_sent() -> None:
    sent = returned()
    document = sent.document(
        *sent.with_row(2, "［-前の文-］（１）評議会で収支を［-説明し-］［+示し+］、議論を深める。")
    )
    pieces = list(document.body.paragraphs[2].pieces)
    pieces[0] = replace(pieces[0], marks=(replace(pieces[0].marks[0], author="群馬支部"),))
    paragraphs = list(document.body.paragraphs)
    paragraphs[2] = replace(paragraphs[2], pieces=tuple(pieces))
    review = sent.review_of(
        replace(document, stories=(replace(document.body, paragraphs=tuple(paragraphs)),))
    )
    assert [(one.change.edits[0].text, one.state) for one in review.proposals] == [("示し", "open")]


@pytest.mark.parametrize(
    "words", ["仮 {#kari}", "{kpi:rate} のこと", "\\{仮}", "Ａ．案", "■KPI：仮", "```", "a | b"]
)
def test_words_that_mean_something_in_the_data_are_words_where_somebody_wrote_them(words: str) -> None:
    sent = returned()
    found = sent.applied(sent.review(*sent.sent[:6], f"［+・{words}+］¶+", *sent.sent[6:])).dataset
    one = found.plan.paragraphs[6]
    assert one.label + expand(one.text, found) == f"・{words}"
    lines = returned_text(LINES)
    review = lines.review(*lines.sent, f"［+・{words}+］¶+")
    if states(review) == ["open"]:
        found = lines.applied(review).dataset
        last = read_progress_text(found.entries[0].text).lines[-1]
        assert (last.label + expand(last.text, found), last.id) == (f"・{words}", None)


def test_an_amount_in_another_unit_is_done_once_it_is_taken_over() -> None:
    sent = returned()
    sent.entries.append(OriginEntry("budget_annai", ("budget:annai.amount",), "own", "2,902千円"))
    back = sent.with_row(7, "［-2,902千円-］［+290万円+］")
    found = sent.applied(sent.review(*back)).dataset
    assert found.initiatives[0].amount == 2_900_000
    assert states(Returned(found, sent.entries).review(*back)) == ["done"]
