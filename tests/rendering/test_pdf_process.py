"""PDFs made in a process of their own: the same file, the same errors, progress, and nothing left behind."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from select import select

import pytest

from handouts.findings import HandoutError
from handouts.page.html_page import HtmlPage
from handouts.page.pdf import PdfUnavailable, write_pdf
from handouts.page.pdf_process import PdfProcess
from tests.pages import ROOT, fonts, plan_budget_page
from tests.samples import plan_dataset

PAGE = HtmlPage(plan_budget_page(plan_dataset("Ⅰ．基盤\n１ 案内\n（１）窓口を明るくする。\n")), fonts())
# What stands in for WeasyPrint in the other process.
SERVE = (
    "from handouts.page import pdf, pdf_process as p; p.load_weasyprint = int; p.write_pdf = {}; p.serve()"
)
UNAVAILABLE = "lambda html, send: (_ for _ in ()).throw(pdf.PdfUnavailable('Pango がありません'))"
BROKEN = "lambda html, send: 1 / 0"
WITHOUT_MEMORY = "lambda html, send: [0] * 2**60"
DEAD = "lambda html, send: p.os._exit(1)"
COMPUTING = "lambda html, send: [send(html), exec('while True: pass')]"
TALKING = "lambda html, send: [send(html) for _ in iter(int, 1)]"


def test_two_pages_come_out_in_turn_the_same_as_here_and_tell_their_progress() -> None:
    steps: list[str] = []
    with PdfProcess(steps.append) as process:
        made = []
        for page in (PAGE, replace(PAGE, html=PAGE.html.replace("窓口", "電話"))):
            process.start(page)
            made.append(process.wait())
    assert made[0].content == write_pdf(PAGE).content != made[1].content
    assert steps
    assert all("ページ目を組んでいます" in step for step in steps)


@pytest.mark.parametrize(
    ("work", "error", "message"),
    [
        (UNAVAILABLE, PdfUnavailable, "Pango がありません"),
        (BROKEN, RuntimeError, "ZeroDivisionError: division by zero"),
        (WITHOUT_MEMORY, HandoutError, "途中で止まりました"),
        (DEAD, HandoutError, "途中で止まりました"),
    ],
)
def test_what_goes_wrong_in_the_process_reaches_who_asked(
    monkeypatch: pytest.MonkeyPatch, work: str, error: type[Exception], message: str
) -> None:
    monkeypatch.setattr("handouts.page.pdf_process._SERVE", SERVE.format(work))
    with PdfProcess(lambda step: None) as process:
        process.start(PAGE)
        with pytest.raises(error, match=message):
            process.wait()


@pytest.mark.parametrize("work", [COMPUTING, TALKING])
def test_the_process_ends_with_the_one_who_asked_also_in_the_middle_of_a_page(
    tmp_path: Path, work: str
) -> None:
    os.mkfifo(tmp_path / "life")
    life = os.open(tmp_path / "life", os.O_RDONLY | os.O_NONBLOCK)
    code = (
        "import sys; from handouts.page import pdf_process\n"
        "pdf_process._SERVE = sys.argv[1]\n"
        "process = pdf_process.PdfProcess(lambda step: print(step, flush=True))\n"
        "process.start('begun'); process.wait()"
    )
    serve = f"life = open('{tmp_path / 'life'}', 'w'); {SERVE.format(work)}"
    with subprocess.Popen([sys.executable, "-c", code, serve], cwd=ROOT, stdout=subprocess.PIPE) as asker:
        assert asker.stdout is not None
        assert asker.stdout.readline() == b"begun\n"
        assert select([life], [], [], 0) == ([], [], [])
        asker.kill()
        assert select([life], [], [], 20) == ([life], [], [])
    os.close(life)


def test_nothing_that_the_process_says_comes_to_the_screen(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    work = "lambda html, send: [print('English'), p.os.write(2, b'English'), p.os._exit(1)]"
    monkeypatch.setattr("handouts.page.pdf_process._SERVE", SERVE.format(work))
    with PdfProcess(lambda step: None) as process:
        process.start(PAGE)
        with pytest.raises(HandoutError):
            process.wait()
    assert capfd.readouterr() == ("", "")
