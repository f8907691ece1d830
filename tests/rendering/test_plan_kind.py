"""事業計画 as PDF and Word: the pillar on every page, frames whole, the same text in both."""

from __future__ import annotations

import datetime
import io
import re
from functools import cache
from pathlib import Path

import docx
import page as page_validation
import pypdf

from handouts.page.pdf import Pdf
from handouts.runs.checking import read_checked
from handouts.word import write_word
from tests.pages import ROOT, TEMPLATES, look, plan_page, write_pdf


@cache
def html(name: str = "yamaguchi-r8") -> str:
    source = read_checked(ROOT / "data" / name)
    assert source.findings == ()
    assert source.dataset is not None
    return plan_page(source.dataset)


@cache
def made() -> Pdf:
    return write_pdf(html())


def pages() -> list[str]:
    return [
        re.sub(r"\s", "", sheet.extract_text()) for sheet in pypdf.PdfReader(io.BytesIO(made().content)).pages
    ]


def printed() -> list[str]:
    """Every paragraph of the plan as the page prints it."""
    found = re.findall(r'<(?:p|h\d)[^>]*data-ref="plan:[^>]*>(.*?)</(?:p|h\d)>', html())
    return [re.sub(r"\s", "", re.sub("<[^>]+>", "", text)) for text in found]


def test_it_passes_pdf_ua_and_nothing_leaves_its_cell(tmp_path: Path) -> None:
    path = tmp_path / "plan.pdf"
    path.write_bytes(made().content)
    assert "Result: no failures" in str(page_validation.validate_pdf(str(path)))
    assert (made().complaints, made().overflows) == ((), ())


def test_the_pillar_stands_at_the_top_of_every_page_that_it_runs_over() -> None:
    for sheet in pages()[1:]:
        assert re.search(r"分野[1-3]\.(基盤的|戦略的|組織)", sheet)


def test_every_paragraph_is_in_the_pdf_once() -> None:
    text = "".join(pages())
    assert len(printed()) > 150
    for paragraph in printed():
        head = paragraph[:20]
        assert head in text


def test_every_paragraph_is_in_the_word_file_in_order() -> None:
    template = (TEMPLATES / "template.docx").read_bytes()
    created = datetime.datetime(2026, 3, 18, tzinfo=datetime.UTC)
    document = docx.Document(io.BytesIO(write_word(html(), look().of_kind("plan"), template, created)))
    text = re.sub(r"\s", "", "".join(node.text or "" for node in document.element.body.iter("{*}t")))
    at = 0
    for paragraph in printed():
        at = text.index(paragraph, at) + len(paragraph)


def test_a_frame_of_kpis_is_never_split_over_two_pages() -> None:
    for sheet in pages():
        assert sheet.count("1)サービススタンダードの達成状況") == sheet.count("3)現金給付等の申請書類")


def test_another_numbering_gives_a_clean_pdf_too(tmp_path: Path) -> None:
    path = tmp_path / "plan.pdf"
    made = write_pdf(html("fukushima-r7"))
    path.write_bytes(made.content)
    assert "Result: no failures" in str(page_validation.validate_pdf(str(path)))
    assert (made.complaints, made.overflows) == ((), ())
