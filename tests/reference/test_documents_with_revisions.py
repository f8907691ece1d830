"""Documents with revisions made in Word: before is what rejecting all gave, after what accepting all gave."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from handouts.characters import composed
from handouts.revisions import read_document, views_of
from tests.reference.folder import CASES, REFERENCE, needs_cases

FOLDER = REFERENCE / "word-revisions"
NAMES = sorted(
    path.name.removesuffix("-Accepted.docx") for path in FOLDER.glob("*-Accepted.docx")
)  # empty where the folder is absent
needs_revisions = pytest.mark.skipif(
    not NAMES, reason="the documents with revisions (HANDOUTS_REFERENCE) are not here"
)
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "‑"}


def paragraphs(path: Path) -> list[str]:
    """The paragraphs of a body without revisions, read in the plainest way."""
    with zipfile.ZipFile(path) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))[0]
    return [composed("".join(texts(one))) for one in body.iter("{*}p")]


def texts(paragraph: etree._Element) -> Iterator[str]:
    for one in paragraph.iter("{*}t", "{*}r"):
        name = etree.QName(one).localname
        if name == "t":
            yield one.text or ""
        else:
            yield from (_SIGNS.get(etree.QName(child).localname, "") for child in one if child.tag != one.tag)


@needs_revisions
@pytest.mark.parametrize("name", NAMES or ["none"])
@pytest.mark.parametrize("side", ["before", "after"])
def test_a_document_of_word_reads_as_word_accepts_and_rejects_it(name: str, side: str) -> None:
    views = views_of(read_document(FOLDER / f"{name}.docx").body)
    expected = paragraphs(FOLDER / f"{name}-{'Rejected' if side == 'before' else 'Accepted'}.docx")
    assert [paragraph.text for paragraph in getattr(views, side)] == expected


@needs_revisions
def test_the_results_themselves_have_no_open_text_changes() -> None:
    for path in (*FOLDER.glob("*-Accepted.docx"), *FOLDER.glob("*-Rejected.docx")):
        views = views_of(read_document(path).body)
        assert [one.text for one in views.before] == [one.text for one in views.after]


@needs_cases
def test_every_edit_and_comment_of_the_returned_handout_is_read() -> None:
    document = read_document(CASES / "word" / "back.docx")
    views = views_of(document.body)
    before, after = ([one.text for one in view] for view in (views.before, views.after))
    # The editor left out an empty paragraph that held the end of a section.
    assert list(filter(None, before)) == list(filter(None, paragraphs(CASES / "word" / "sent.docx")))
    changed = [
        ("".join(before[n] for n in group.before), "".join(after[n] for n in group.after))
        for group in views.groups
        if [before[n] for n in group.before] != [after[n] for n in group.after]
    ]
    for old, new in (
        ("隔月で開催する", "毎月開催する"),
        ("34.5%以上", "35.0%以上"),
        ("1,800事業所以上", "1,850事業所以上"),
        ("13,600千円", "13,200千円"),
        ("薬局と連携した受診再開の支援を試行", ""),
        ("", "・健康経営優良法人の認定取得を目指す事業所に対し、申請支援を行う。"),
    ):
        [pair] = [pair for pair in changed if old in pair[0] and new in pair[1] and (old or not pair[0])]
        changed.remove(pair)
    assert changed == []
    assert [comment.author for comment in document.comments] == ["本部"] * 3
