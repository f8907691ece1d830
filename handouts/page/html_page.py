"""The HTML page of a handout, and the little that it may read beside its own text."""

from __future__ import annotations

import mimetypes
from base64 import b64decode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from handouts.characters import shortened
from handouts.findings import Finding, Place, Rule
from handouts.look.fonts import FontFile

REFUSED_URL = Rule(
    "page.refused-url",
    "「{url}」は読み込みませんでした",
    "資料に入れられるのは、templates フォルダーの中にあるファイルだけです",
    "ファイルを templates フォルダーに入れてその名前を書くか、読み込むところを消してください",
    "warning",
)
_LONGEST_URL = 80  # characters of a URL that a message repeats
_TEXTS = {".html", ".css", ".svg"}


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """The HTML with its fonts, its drawn charts as URLs, and the folders of its templates, whose files it may read."""

    html: str
    fonts: tuple[FontFile, ...] = ()
    pictures: tuple[str, ...] = ()
    templates: tuple[Path, ...] = ()

    @property
    def base_url(self) -> str | None:
        """Where relative URLs begin: the folder whose templates come first."""
        return f"{self.templates[0].resolve().as_uri()}/" if self.templates else None

    def read(self, url: str) -> tuple[bytes, str] | None:
        """What the absolute `url` names and its type; None where the page may not have it, or it is not there."""
        if url in self.pictures:
            return b64decode(url.partition(",")[2]), "image/svg+xml"
        try:
            if path := self._file(url):
                return path.read_bytes(), mimetypes.guess_type(path.name)[0] or ""
        except (OSError, ValueError):  # unreadable, or no URL at all
            pass
        return None

    def _file(self, url: str) -> Path | None:
        parts = urlsplit(url)
        path = Path(url2pathname(parts.path))
        # Looked at twice: what lies outside is not even asked for, and links inside may lead out.
        if (
            (parts.scheme, parts.netloc) != ("file", "")
            or not self._has(path)
            or not self._has(path.resolve())
        ):
            return None
        return path if path.is_file() else None

    def _has(self, path: Path) -> bool:
        files = (font.path for font in self.fonts)
        return any(path.is_relative_to(place.resolve()) for place in (*files, *self.templates))


def refused_findings(urls: Iterable[str], templates: Sequence[Path]) -> tuple[Finding, ...]:
    """An oddity for each URL that a page was not given, with the template that asks for it."""
    return tuple(REFUSED_URL.at(_place(url, templates), url=_shown(unquote(url))) for url in urls)


def _place(url: str, templates: Sequence[Path]) -> Place:
    """The line of the template that names `url`, whole or from a folder on; all templates where none does."""
    parts = unquote(url).split("/")
    forms = [url, *("/".join(parts[start:]) for start in range(len(parts)))]
    texts = list(_texts(templates))
    for form in filter(None, forms):
        for name, text in texts:
            if form in text:
                return Place(name, text.count("\n", 0, text.index(form)) + 1)
    return Place("templates")


def _texts(templates: Sequence[Path]) -> Iterator[tuple[str, str]]:
    for folder in templates:
        for path in sorted(folder.rglob("*")):
            if path.suffix.lower() in _TEXTS:
                name = f"templates/{path.relative_to(folder).as_posix()}"
                yield name, path.read_text(encoding="utf-8", errors="replace")


def _shown(url: str) -> str:
    return shortened(url, _LONGEST_URL)
