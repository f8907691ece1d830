"""PDFs made in a process of their own, which loads WeasyPrint while the data are still being read.

The two talk through its standard input and output. It ends where its input does, and so whenever who asked for the PDF
is gone, also in the middle of a page.
"""

from __future__ import annotations

import gc
import os
import pickle
import subprocess
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread
from types import TracebackType

from handouts.findings import HandoutError
from handouts.page.html_page import HtmlPage
from handouts.page.pdf import Pdf, load_weasyprint, write_pdf

_SERVE = "from handouts.page.pdf_process import serve; serve()"
_STOPPED = "PDF を作る途中で止まりました。メモリーが足りないのかもしれません。ほかのソフトを閉じて、もう一度作ってください。"


class PdfProcess:
    """A process that makes PDFs, one after the other; use it as a context."""

    def __init__(self, progress: Callable[[str], None]) -> None:
        self._progress = progress
        self._process = subprocess.Popen(
            # The modules are looked for where this process finds them, and nowhere else.
            [sys.executable, "-c", f"import sys; sys.path[:] = {sys.path!r}; {_SERVE}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # what the libraries in C say there is English, and comes before they give up
            # Ctrl-C in a terminal is meant for this process, which then lets go of the other one.
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )

    def __enter__(self) -> PdfProcess:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        with suppress(OSError):  # what it did not take any more
            self._process.__exit__(kind, error, trace)

    def start(self, page: HtmlPage) -> None:
        """Begins the PDF of a page; what goes wrong is said when it is waited for."""
        assert self._process.stdin is not None
        with suppress(OSError):
            pickle.dump(page, self._process.stdin)
            self._process.stdin.flush()

    def wait(self) -> Pdf:
        """The PDF of the page that was begun, when it is done; raises PdfUnavailable where Pango is not installed."""
        while not isinstance(answer := self._answer(), Pdf):
            if isinstance(answer, Exception):
                raise answer
            self._progress(answer)
        return answer

    def _answer(self) -> Pdf | Exception | str:
        """A PDF, what went wrong, or a step on the way."""
        assert self._process.stdout is not None
        try:
            answer: Pdf | Exception | str = pickle.load(self._process.stdout)
        except (EOFError, OSError, pickle.UnpicklingError):
            raise HandoutError(_STOPPED) from None
        return answer


def serve() -> None:
    """Makes a PDF of each page that comes in, as the process that was started for it; never returns."""
    answers, sys.stdout = sys.stdout.buffer, sys.stderr  # what a library prints must not come between
    pages: SimpleQueue[HtmlPage] = SimpleQueue()
    Thread(target=_receive, args=(pages,), daemon=True).start()

    def send(answer: Pdf | Exception | str) -> None:
        try:
            pickle.dump(answer, answers)
            answers.flush()
        except OSError:  # nobody listens any more
            os._exit(0)

    # A page makes a great many objects and drops few before it is done: looking through them takes a tenth of the time.
    gc.disable()
    with suppress(Exception):  # the first page says what is missing
        load_weasyprint()
    while True:
        send(_made(pages.get(), send))
        gc.collect()


def _receive(pages: SimpleQueue[HtmlPage]) -> None:
    """Puts what comes in into `pages`; ends the process where the input ends, whatever is being made then."""
    try:
        while True:
            pages.put(pickle.load(sys.stdin.buffer))
    finally:
        os._exit(0)


def _made(page: HtmlPage, send: Callable[[str], None]) -> Pdf | Exception:
    try:
        return write_pdf(page, send)
    except HandoutError as error:
        return error
    except MemoryError:
        os._exit(1)
    except Exception:
        return RuntimeError(traceback.format_exc())
