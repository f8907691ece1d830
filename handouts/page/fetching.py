"""What WeasyPrint is given when a page asks for a file; loaded only where WeasyPrint is."""

from __future__ import annotations

from collections.abc import Mapping

from weasyprint.urls import URLFetcher, URLFetcherResponse

from handouts.page.html_page import HtmlPage


class PageFetcher(URLFetcher):  # type: ignore[misc]  # no type information is published
    """Gives what the page may read, from this computer alone, and keeps in mind what it refused."""

    def __init__(self, page: HtmlPage) -> None:
        super().__init__()
        self.refused: list[str] = []
        self._page = page

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """What `url` names; raises ValueError, which WeasyPrint catches, for what the page may not have."""
        found = self._page.read(url)
        if found is None:
            self.refused.append(url)
            raise ValueError("not for this page")
        content, kind = found
        return URLFetcherResponse(url, content, {"Content-Type": kind})
