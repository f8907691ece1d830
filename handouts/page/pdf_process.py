"""PDFs made in a process of its own, which loads WeasyPrint while the data are still being read."""

from __future__ import annotations

import gc
import multiprocessing
import signal
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.queues import SimpleQueue
from types import TracebackType

from handouts.findings import HandoutError
from handouts.page.html_page import Page
from handouts.page.pdf import Pdf, load_weasyprint, write_pdf

# Where the process that makes the PDFs tells its progress.
_steps: SimpleQueue[str] | None = None
_PATIENCE = 0.1  # seconds between looks at the progress; a finished PDF is noticed at once


class Press:
    """One process that makes PDFs in the order in which they are asked for; use it as a context."""

    def __init__(self, progress: Callable[[str], None]) -> None:
        # Spawned, not forked: the same on Windows, and nothing of this process is copied.
        context = multiprocessing.get_context("spawn")
        self._progress = progress
        self._steps: SimpleQueue[str] = context.SimpleQueue()
        self._pool = ProcessPoolExecutor(1, context, _start, (self._steps,))
        self._pool.submit(_warm_up)

    def __enter__(self) -> Press:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(cancel_futures=True)

    def start(self, page: Page) -> Future[Pdf]:
        """Begins the PDF of a page."""
        return self._pool.submit(_write, page)

    def wait(self, pdf: Future[Pdf]) -> Pdf:
        """The PDF when it is done; raises PdfUnavailable where Pango is not installed."""
        while True:
            try:
                return pdf.result(timeout=_PATIENCE)
            except TimeoutError:
                while not self._steps.empty():
                    self._progress(self._steps.get())
            except BrokenProcessPool:
                raise HandoutError(
                    "PDF を作る途中で止まりました。メモリーが足りないのかもしれません。ほかのソフトを閉じて、もう一度作ってください。"
                ) from None


def _start(steps: SimpleQueue[str]) -> None:
    # Only the process that asked for the PDF says that it was stopped.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    global _steps
    _steps = steps


def _warm_up() -> None:
    # A page makes a great many objects and drops few before it is done: looking through them takes a tenth of the time.
    gc.disable()
    load_weasyprint()


def _write(page: Page) -> Pdf:
    try:
        return write_pdf(page, _steps.put if _steps else lambda step: None)
    finally:
        gc.collect()
