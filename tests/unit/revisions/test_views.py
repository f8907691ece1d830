"""What stood before and what stands after, by the marks alone."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from handouts.revisions import RevisionMark, view_of, view_with, views_of
from tests.unit.revisions.documents import (
    BY,
    DEL,
    FROM,
    INS,
    TO,
    both,
    dele,
    gone,
    groups,
    ins,
    p,
    part,
    read,
    t,
    tbl,
    tc,
    tr,
)

MOVED = (
    f'<w:moveFrom w:id="1" {BY}>{t("移す")}</w:moveFrom>',
    f'<w:moveTo w:id="1" {BY}>{t("移す")}</w:moveTo>',
)


@pytest.mark.parametrize(
    ("body", "before", "after"),
    [
        (p(t("毎") + dele("週") + ins("月")), ["毎週"], ["毎月"]),
        (p(f'<w:ins w:id="1" {BY}><w:del w:id="1" {BY}>{gone("x")}</w:del></w:ins>' + t("a")), ["a"], ["a"]),
        (p(t("甲"), INS) + p(t("乙")), ["甲乙"], ["甲", "乙"]),
        (p(t("甲"), DEL) + p(t("乙")), ["甲", "乙"], ["甲乙"]),
        (p(t("甲"), INS + DEL) + p(t("乙")), ["甲乙"], ["甲乙"]),
        (p(t("甲")) + p(ins("乙"), INS) + p(t("丙")), ["甲", "丙"], ["甲", "乙", "丙"]),
        (p(t("甲"), INS) + p(ins("乙")) + p(t("丙")), ["甲", "丙"], ["甲", "乙", "丙"]),
        (p(t("甲"), DEL) + p(dele("乙"), DEL) + p(dele("丙")), ["甲", "乙", "丙"], ["甲"]),
        (p(t("甲")) + p(dele("乙"), DEL), ["甲", "乙"], ["甲"]),
        (p(t("甲")) + p(t("乙"), DEL), ["甲", "乙"], ["甲", "乙"]),
        (p(dele("乙"), DEL), ["乙"], [""]),
        (p() + p("", INS) + p(), ["", ""], ["", "", ""]),
        (
            p(MOVED[0], FROM) + p(t("甲")) + p(MOVED[1], TO) + p(t("乙")),
            ["移す", "甲", "乙"],
            ["甲", "移す", "乙"],
        ),
        (
            p(t("a<w:x/>".replace("<w:x/>", "")) + "<w:r><w:tab/><w:br/><w:cr/><w:noBreakHyphen/></w:r>"),
            ["a\t\n\n‑"],
            ["a\t\n\n‑"],
        ),
        (p('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'), ["\uf0fc"], ["\uf0fc"]),
        (
            p(
                f"<m:oMath><m:r><m:t>a=</m:t></m:r><w:ins w:id='1' {BY}><m:r><m:t>2</m:t></m:r></w:ins></m:oMath>"
            ),
            ["a="],
            ["a=2"],
        ),
        (
            p(f'<w:del w:id="1" {BY}><w:r><w:delInstrText> DATE </w:delInstrText></w:r></w:del>' + t("日")),
            ["日"],
            ["日"],
        ),
        (p("<w:r><w:instrText> PAGE </w:instrText></w:r>" + t("3")), ["3"], ["3"]),
        (
            p(
                "<w:r><w:ruby><w:rt>"
                + t("けんしん")
                + "</w:rt><w:rubyBase>"
                + t("健診")
                + "</w:rubyBase></w:ruby></w:r>"
            ),
            ["健診"],
            ["健診"],
        ),
        (p(t("か\u3099")), ["が"], ["が"]),
    ],
)
def test_a_body_reads_before_and_after(
    tmp_path: Path, body: str, before: list[str], after: list[str]
) -> None:
    assert both(read(tmp_path, body)) == (before, after)


@pytest.mark.parametrize(
    ("body", "before", "after"),
    [
        (tbl(tr(tc(p(t("甲")))), tr(tc(p(ins("乙"))), mark=INS)) + p(), ["甲", ""], ["甲", "乙", ""]),
        (tbl(tr(tc(p(t("甲")))), tr(tc(p(dele("乙"))), mark=DEL)) + p(), ["甲", "乙", ""], ["甲", ""]),
        (
            tbl(tr(tc(p(t("甲"))), tc(p(ins("乙")), f"<w:cellIns w:id='1' {BY}/>"))) + p(),
            ["甲", ""],
            ["甲", "乙", ""],
        ),
        (
            tbl(tr(tc(p(t("甲"))), tc(p(dele("乙")), f"<w:cellDel w:id='1' {BY}/>"))) + p(),
            ["甲", "乙", ""],
            ["甲", ""],
        ),
        (
            tbl(tr(tc(p(t("甲")), f"<w:cellMerge w:id='1' {BY} w:vMerge='rest'/>"))) + p(),
            ["甲", ""],
            ["甲", ""],
        ),
        # The mark at the end of a cell cannot go, and neither can the last paragraph of one.
        (tbl(tr(tc(p(dele("甲"), DEL)))) + p(), ["甲", ""], ["", ""]),
        (tbl(tr(tc(p(t("甲")) + p(dele("乙"), DEL)))) + p(), ["甲", "乙", ""], ["甲", ""]),
        (tbl(tr(tc(p(t("甲")) + tbl(tr(tc(p(t("乙"))))) + p("", DEL)))) + p(), *[["甲", "乙", "", ""]] * 2),
        (tbl(tr(tc(p(t("甲"))))) + p(dele("乙"), DEL), ["甲", "乙"], ["甲", ""]),
        # Before a table an empty paragraph goes, one with text stays.
        (p(dele("甲"), DEL) + tbl(tr(tc(p(t("乙"))))) + p(), ["甲", "乙", ""], ["乙", ""]),
        (p(t("甲"), DEL) + tbl(tr(tc(p(t("乙"))))) + p(), ["甲", "乙", ""], ["甲", "乙", ""]),
        # A table that goes leaves what stood around it side by side.
        (p(t("甲"), DEL) + tbl(tr(tc(p(dele("乙"))), mark=DEL)) + p(t("丙")), ["甲", "乙", "丙"], ["甲丙"]),
        # A table in a cell of a row that goes.
        (
            tbl(tr(tc(tbl(tr(tc(p(t("甲"))))) + p()), mark=DEL), tr(tc(p(t("乙"))))) + p(),
            ["甲", "", "乙", ""],
            ["乙", ""],
        ),
        (
            tbl(tr(tc(tbl(tr(tc(p(t("甲")))), tr(tc(p(ins("乙"))), mark=INS)) + p()))) + p(),
            ["甲", "", ""],
            ["甲", "乙", "", ""],
        ),
    ],
)
def test_tables_read_before_and_after(tmp_path: Path, body: str, before: list[str], after: list[str]) -> None:
    assert both(read(tmp_path, body)) == (before, after)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (p(dele("甲") + ins("乙")), [("kept", (0,), (0,))]),
        (p(t("甲"), INS) + p(t("乙")), [("split", (0,), (0, 1))]),
        (p(t("甲"), DEL) + p(t("乙")), [("merged", (0, 1), (0,))]),
        (p(t("甲"), INS) + p(t("乙"), DEL) + p(t("丙")), [("regrouped", (0, 1), (0, 1))]),
        # A paragraph added behind another one: the mark of the first is the new one.
        (p(t("甲"), INS) + p(ins("乙")), [("kept", (0,), (0,)), ("inserted", (), (1,))]),
        (p(ins("甲"), INS) + p(t("乙")), [("inserted", (), (0,)), ("kept", (0,), (1,))]),
        (p(t("甲"), DEL) + p(dele("乙")), [("kept", (0,), (0,)), ("deleted", (1,), ())]),
        (
            p(dele("甲"), DEL) + p(ins("乙"), INS) + p(t("丙")),
            [("deleted", (0,), ()), ("inserted", (), (0,)), ("kept", (1,), (1,))],
        ),
        (p(t("甲"), INS) + p(), [("kept", (0,), (0,)), ("inserted", (), (1,))]),
        # Two marks changed places; what was put in and taken out again is in neither view.
        (
            p(t("甲"), INS) + p("", DEL) + p(t("乙")),
            [("kept", (0,), (0,)), ("gone", (), ()), ("kept", (1,), (1,))],
        ),
        (p("", INS + DEL) + p(t("乙")), [("gone", (), ()), ("kept", (0,), (0,))]),
        (
            p(MOVED[0], FROM) + p(t("甲")) + p(MOVED[1], TO) + p(),
            [("moved-from", (0,), ()), ("kept", (1,), (0,)), ("moved-to", (), (1,)), ("kept", (2,), (2,))],
        ),
    ],
)
def test_paragraphs_are_paired_by_their_marks(
    tmp_path: Path, body: str, expected: list[tuple[str, tuple[int, ...], tuple[int, ...]]]
) -> None:
    assert groups(read(tmp_path, body)) == expected


def test_both_ends_of_a_move_name_each_other(tmp_path: Path) -> None:
    start = '<w:move{0}RangeStart w:id="{1}" w:name="move7" w:author="本部"/>'
    end = '<w:move{0}RangeEnd w:id="{1}"/>'
    body = (
        start.format("From", 3) + p(MOVED[0], FROM) + end.format("From", 3) + p(t("甲"))
        + start.format("To", 4) + p(MOVED[1], TO) + end.format("To", 4) + p()
    )  # fmt: skip
    document = read(tmp_path, body)
    assert {mark.move for mark in document.marks()} == {"move7"}
    assert [mark.kind for mark in document.marks()] == ["moved-from"] * 2 + ["moved-to"] * 2


def test_a_table_that_moved_as_a_whole_is_at_one_place_in_each_view(tmp_path: Path) -> None:
    """Its rows bear no mark, since there is none for rows that move; the ranges around it say so."""
    ranges = '<w:move{0}RangeStart w:id="{1}" w:name="move7"/>{2}<w:move{0}RangeEnd w:id="{1}"/>'
    tables = (tbl(tr(tc(p(text, mark)))) for text, mark in zip(MOVED, (FROM, TO), strict=True))
    body = (
        p(t("甲"))
        + ranges.format("From", 3, next(tables))
        + p(t("乙"))
        + ranges.format("To", 4, next(tables))
        + p()
    )
    document = read(tmp_path, body)
    assert both(document) == (["甲", "移す", "乙", ""], ["甲", "乙", "移す", ""])
    assert [kind for kind, *_ in groups(document)] == ["kept", "moved-from", "kept", "moved-to", "kept"]


def test_a_range_that_ends_inside_a_table_moves_only_its_words(tmp_path: Path) -> None:
    start, end = '<w:moveFromRangeStart w:id="3" w:name="move7"/>', '<w:moveFromRangeEnd w:id="3"/>'
    body = start + tbl(tr(tc(p(MOVED[0] + end))), tr(tc(p(t("乙"))))) + p()
    assert both(read(tmp_path, body)) == (["移す", "乙", ""], ["", "乙", ""])


@pytest.mark.parametrize(("mark", "expected"), [("ins", (["a="], ["a=12"])), ("del", (["a=12"], ["a="]))])
def test_a_fraction_goes_with_its_sign(
    tmp_path: Path, mark: str, expected: tuple[list[str], list[str]]
) -> None:
    sign = f'<m:fPr><m:ctrlPr><w:{mark} w:id="1" {BY}><w:rPr/></w:{mark}></m:ctrlPr></m:fPr>'
    number = "<m:{0}><m:r><m:t>{1}</m:t></m:r></m:{0}>"
    fraction = f"<m:f>{sign}{number.format('num', 1)}{number.format('den', 2)}</m:f>"
    body = p(f"<m:oMath><m:r><m:t>a=</m:t></m:r>{fraction}</m:oMath>")
    assert both(read(tmp_path, body)) == expected


def test_a_move_into_a_sentence_is_seen_on_its_words(tmp_path: Path) -> None:
    body = p(t("甲") + MOVED[0]) + p(t("乙") + MOVED[1])
    assert both(read(tmp_path, body)) == (["甲移す", "乙"], ["甲", "乙移す"])


WORDS = some.text("あいう甲乙1 ", min_size=1, max_size=4)
STATES = some.sampled_from(["kept", "inserted", "deleted", "both"])
PARAGRAPHS = some.lists(
    some.tuples(some.lists(some.tuples(WORDS, STATES), max_size=4), STATES), min_size=1, max_size=6
)


def written(paragraphs: list[tuple[list[tuple[str, str]], str]]) -> str:
    nested = f'<w:ins w:id="1" {BY}><w:del w:id="1" {BY}>{{}}</w:del></w:ins>'
    runs = {"kept": t, "inserted": ins, "deleted": dele, "both": lambda text: nested.format(gone(text))}
    marks = {"kept": "", "inserted": INS, "deleted": DEL, "both": INS + DEL}
    return "".join(
        p("".join(runs[state](text) for text, state in pieces), marks[mark]) for pieces, mark in paragraphs
    )


def naive(paragraphs: list[tuple[list[tuple[str, str]], str]], absent: set[str]) -> list[str]:
    """As if each paragraph mark were a character: what is absent is left out, then the rest is cut at the marks."""
    text = ""
    for pieces, mark in paragraphs:
        text += "".join(words for words, state in pieces if state not in absent)
        text += "" if mark in absent else "\n"
    lines = text.split("\n")
    return lines[:-1] if len(lines) > 1 and not lines[-1] else lines


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(PARAGRAPHS)
def test_random_marks_read_as_characters_that_are_there_or_not(
    tmp_path: Path, paragraphs: list[tuple[list[tuple[str, str]], str]]
) -> None:
    document = read(tmp_path, written(paragraphs))
    before, after = both(document)
    assert before == naive(paragraphs, {"inserted", "both"})
    assert after == naive(paragraphs, {"deleted", "both"})
    given_groups = groups(document)
    assert sorted(index for one in given_groups for index in one[1]) == list(range(len(before)))
    assert sorted(index for one in given_groups for index in one[2]) == list(range(len(after)))
    sources = [index for one in views_of(document.body).groups for index in one.sources]
    assert sorted(sources) == list(range(len(paragraphs)))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(PARAGRAPHS, some.randoms())
def test_some_marks_may_be_accepted_and_others_rejected(
    tmp_path: Path, paragraphs: list[tuple[list[tuple[str, str]], str]], choice: Random
) -> None:
    """As if the document had been written with the accepted insertions for good and without the others."""
    document = read(tmp_path, written(paragraphs))
    ids = [mark.id for mark in document.marks()]
    accepted = {one for one in ids if choice.random() < 0.5}
    decided = [
        (
            [(piece.text, decision(piece.marks, accepted)) for piece in one.pieces],
            decision(one.marks, accepted),
        )
        for one in document.body.paragraphs
    ]
    assert [one.text for one in view_with(document.body, accepted)] == naive(decided, {"gone"})
    assert view_with(document.body, ()) == view_of(document.body, "before")
    assert view_with(document.body, ids) == view_of(document.body, "after")


def decision(marks: tuple[RevisionMark, ...], accepted: set[str]) -> str:
    return "gone" if any((mark.kind == "deleted") == (mark.id in accepted) for mark in marks) else "kept"


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some.lists(some.text("あ1 \u3042", max_size=5), min_size=1, max_size=5))
def test_a_document_without_marks_is_the_same_before_and_after(tmp_path: Path, texts: list[str]) -> None:
    document = read(tmp_path, "".join(p(t(text)) for text in texts))
    assert both(document) == (texts, texts)
    assert {kind for kind, *_ in groups(document)} == {"kept"}
    assert document.marks() == ()


def test_a_note_whose_reference_is_deleted_goes_with_it(tmp_path: Path) -> None:
    note = f'<w:footnote w:id="2">{p(t("注の文"))}</w:footnote><w:footnote w:type="separator" w:id="0">{p()}</w:footnote>'
    body = p(t("甲") + f'<w:del w:id="1" {BY}><w:r><w:footnoteReference w:id="2"/></w:r></w:del>')
    document = read(tmp_path, body, {"footnotes": part("footnotes", note)})
    assert [story.name for story in document.stories] == ["body", "footnote 2"]
    assert both(document, 1) == (["注の文"], [])
    assert document.stories[1].host == ("body", 0)
