"""HTML to PDF: the only import of WeasyPrint."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from typing import Any

from handouts.findings import HandoutError
from handouts.look.forms import without_usual_forms
from handouts.page.html_page import HtmlPage

_VARIANT = "pdf/ua-1"
_TOLERANCE = 0.75  # CSS pixels, about 0.2 mm: the width of a rule
# Where rows that must stay together leave no room for the head of their table, WeasyPrint leaves out the head;
# then less must stay together, step by step.
_LOOSER = (
    "",
    "tr { break-before: auto !important }",
    "tr { break-before: auto !important; break-inside: auto !important }",
)
_MISSING = """PDF を作る部品（Pango）が見つかりません。Word と HTML は作れます。
・Debian / Ubuntu: sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
・macOS: brew install pango
・Windows: MSYS2 を入れて pacman -S mingw-w64-x86_64-pango を実行し、環境変数 WEASYPRINT_DLL_DIRECTORIES にその bin フォルダーを書く
PDF なしで作るには --format docx,html を付けてください。"""


class PdfUnavailable(HandoutError):
    """Pango is not installed; the text says how to install it."""


@dataclass(frozen=True, slots=True)
class Pdf:
    """A PDF file with its number of pages, and what is odd about it.

    That is: the library's complaints, texts that leave their cell, and URLs that the page asked for in vain.
    """

    content: bytes
    pages: int
    complaints: tuple[str, ...]
    overflows: tuple[str, ...]
    refused: tuple[str, ...]


def write_pdf(page: HtmlPage, progress: Callable[[str], None] = lambda step: None) -> Pdf:
    """The page as a tagged PDF/UA-1 file; raises PdfUnavailable where Pango is not installed.

    Raises HandoutError for a URL in it that is none.
    """
    load_weasyprint()
    from handouts.page.fetching import PageFetcher

    fetcher = PageFetcher(page)
    with _logged(progress) as complaints:
        for rules in _LOOSER:
            complaints.clear()
            document = _laid_out(page, fetcher, rules)
            if not any(_lacks_a_head(sheet._page_box) for sheet in document.pages):
                break
        for sheet in document.pages:
            close_tables(sheet._page_box)
        content = document.write_pdf(pdf_variant=_VARIANT, pdf_tags=True)
    return Pdf(
        content,
        len(document.pages),
        # Of what was refused we say it ourselves.
        tuple(said for said in complaints if not any(url in said for url in fetcher.refused)),
        tuple(text for number, sheet in enumerate(document.pages, 1) for text in _overflows(sheet, number)),
        tuple(dict.fromkeys(fetcher.refused)),
    )


def _laid_out(page: HtmlPage, fetcher: Any, rules: str) -> Any:
    weasyprint = load_weasyprint()
    try:
        text = without_usual_forms(page.html, page.fonts)
        html = weasyprint.HTML(string=text, base_url=page.base_url, url_fetcher=fetcher)
        return html.render(stylesheets=[weasyprint.CSS(string=rules)], pdf_variant=_VARIANT, pdf_tags=True)
    except ValueError as error:  # what it raises for a URL that is none
        raise HandoutError(
            f"PDF を作る部品が、テンプレートにあるファイルの場所を読めませんでした（{error}）。"
            "templates フォルダーのファイルの url( )、src、href を見直してください。"
        ) from None


def load_weasyprint() -> Any:
    """The library; raises PdfUnavailable where Pango is not installed."""
    try:
        # Where Pango is missing it prints advice of its own, in English.
        with redirect_stdout(io.StringIO()):
            import weasyprint
    except OSError:  # what cffi raises where the shared libraries are missing
        raise PdfUnavailable(_MISSING) from None
    return weasyprint


@contextmanager
def _logged(progress: Callable[[str], None]) -> Iterator[list[str]]:
    """The list that collects WeasyPrint's warnings; its steps go to `progress`."""
    complaints: list[str] = []
    handlers = [
        (logging.getLogger("weasyprint"), _Handler(complaints.append), logging.WARNING),
        (
            logging.getLogger("weasyprint.progress"),
            _Handler(lambda step: _show_page(step, progress)),
            logging.INFO,
        ),
    ]
    for logger, handler, level in handlers:
        handler.setLevel(level)
        logger.addHandler(handler)
        logger.setLevel(level)
        logger.propagate = False
    try:
        yield complaints
    finally:
        for logger, handler, _ in handlers:
            logger.removeHandler(handler)


def _show_page(step: str, progress: Callable[[str], None]) -> None:
    """Passes on the number of the page that is being laid out; the other steps take no time to speak of."""
    if match := re.search(r"Page (\d+)", step):
        progress(f"PDF の {match[1]} ページ目を組んでいます")


class _Handler(logging.Handler):
    def __init__(self, receive: Callable[[str], None]) -> None:
        super().__init__()
        self.receive = receive

    def emit(self, record: logging.LogRecord) -> None:
        self.receive(record.getMessage())


def _lacks_a_head(box: Any) -> bool:
    """Whether a table in `box` goes on without the head that it began with."""
    if type(box).__name__ == "TableBox" and box.element.find("thead") is not None:
        return not (box.children and box.children[0].is_header)
    return any(_lacks_a_head(child) for child in getattr(box, "children", ()))


def close_tables(box: Any) -> None:
    """Ends each part of a table below its last row.

    Where rows that must not be parted from the next one go to the next page, WeasyPrint leaves the room that they
    had taken, and draws the rules of the table around it.
    """
    if type(box).__name__ == "TableBox" and box.children:
        for group in box.children:
            group.height = sum(row.height for row in group.children)
        bottom = max(group.position_y + group.height for group in box.children)
        box.height = min(box.height, bottom - box.content_box_y())
    for child in getattr(box, "children", ()):
        close_tables(child)


def _overflows(page: Any, number: int) -> Iterator[str]:
    """The texts and pictures of a laid-out page that reach beyond their table cell or beyond the page."""
    foot = page._page_box.content_box_y() + page._page_box.height
    for box, right in _texts_and_pictures(page._page_box, page.width):
        is_picture = hasattr(box, "replacement")
        is_too_wide = box.position_x < -_TOLERANCE or box.position_x + box.width > right + _TOLERANCE
        if is_too_wide or (is_picture and box.position_y + box.height > foot + _TOLERANCE):
            what = box.element.get("alt", "") if is_picture else box.text
            yield f"{number}ページ「{what[:20]}」"


def _texts_and_pictures(box: Any, right: float) -> Iterable[tuple[Any, float]]:
    """Each text or picture with the right edge that it must keep within."""
    if hasattr(box, "text") or hasattr(box, "replacement"):
        yield box, right
        return
    if type(box).__name__ == "TableCellBox":
        right = box.position_x + box.border_width()
    for child in getattr(box, "children", ()):
        yield from _texts_and_pictures(child, right)
