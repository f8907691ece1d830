"""PDFs made in a process of their own: the same file, the same errors, and progress."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest

from handouts.findings import HandoutError
from handouts.page.html_page import Page
from handouts.page.pdf import Pdf, PdfUnavailable, write_pdf
from handouts.page.pdf_process import Press
from tests.pages import fonts, plan_budget_page
from tests.samples import plan_dataset

PAGE = Page(plan_budget_page(plan_dataset("Ⅰ．基盤\n１ 案内\n（１）窓口を明るくする。\n")), fonts())


def test_the_press_makes_the_same_file_and_tells_its_progress() -> None:
    steps: list[str] = []
    with Press(steps.append) as press:
        made = press.wait(press.start(PAGE))
    assert made.content == write_pdf(PAGE).content
    assert all("ページ目を組んでいます" in step for step in steps)


def test_two_pages_come_out_in_turn() -> None:
    with Press(lambda step: None) as press:
        begun = [press.start(PAGE), press.start(replace(PAGE, html=PAGE.html.replace("窓口", "電話")))]
        first, second = (press.wait(each) for each in begun)
    assert first.content != second.content


def unavailable(page: Page) -> Pdf:
    raise PdfUnavailable("Pango がありません")


def dead(page: Page) -> Pdf:
    os._exit(1)


@pytest.mark.parametrize(
    ("work", "error", "message"),
    [(unavailable, PdfUnavailable, "Pango がありません"), (dead, HandoutError, "途中で止まりました")],
)
def test_what_goes_wrong_in_the_press_reaches_who_asked(
    monkeypatch: pytest.MonkeyPatch, work: object, error: type[Exception], message: str
) -> None:
    monkeypatch.setattr("handouts.page.pdf_process._write", work)
    with Press(lambda step: None) as press, pytest.raises(error, match=message):
        press.wait(press.start(PAGE))
