"""The fonts of a handout: their files, families and weights, and the characters that they have."""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from handouts.findings import Finding, HandoutError, Place, unruled

_SUFFIXES = {".ttf", ".otf"}
_BOLD_FROM = 600  # usWeightClass of SemiBold
# Characters that set nothing, so that no font needs them.
_UNSEEN = frozenset("\n\r\t\u200b\u200c\u200d\u2060\ufeff")


@dataclass(frozen=True)
class FontFile:
    """One font file with the names that a style sheet needs."""

    path: Path
    family: str
    weight: str

    @property
    def url(self) -> str:
        """The file as a URL for a style sheet."""
        return self.path.resolve().as_uri()

    @cached_property
    def characters(self) -> frozenset[int]:
        """The code points that the font has a glyph for."""
        with _open(self.path) as font:
            return frozenset(font.getBestCmap())


def find_fonts(folders: Iterable[Path]) -> tuple[FontFile, ...]:
    """The font files in `folders`, in order; raises HandoutError for one that is no font."""
    paths = (path for folder in folders if folder.is_dir() for path in sorted(folder.iterdir()))
    return tuple(_read(path) for path in paths if path.suffix.lower() in _SUFFIXES)


def families(fonts: Sequence[FontFile], first: str) -> tuple[str, ...]:
    """The family names, `first` leading, each once."""
    return tuple(dict.fromkeys([first, *(font.family for font in fonts)]))


def _read(path: Path) -> FontFile:
    with _open(path) as font:
        weight = "bold" if font["OS/2"].usWeightClass >= _BOLD_FROM else "normal"
        return FontFile(path, str(font["name"].getBestFamilyName()), weight)


@contextmanager
def _open(path: Path) -> Iterator[Any]:
    """The opened font; raises HandoutError where the file is none."""
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with path.open("rb") as file:
            yield TTFont(file, lazy=True)
    except (TTLibError, OSError, struct.error):
        raise HandoutError(
            f"{path}: フォントとして読めません。壊れていないフォント（.ttf または .otf）に替えてください。"
        ) from None


def missing_characters(html: str, fonts: Sequence[FontFile]) -> tuple[tuple[str, str], ...]:
    """Each character of the page that no font has, with the data-ref of where it stands first."""
    wanted = {character for character in set(html) if character not in _UNSEEN}
    for font in fonts:
        wanted = {character for character in wanted if ord(character) not in font.characters}
        if not wanted:
            return ()
    return _Locator(wanted).places(html)


class _Locator(HTMLParser):
    """Finds the first place of each wanted character; only run where one is missing."""

    def __init__(self, wanted: set[str]) -> None:
        super().__init__()
        self.wanted = wanted
        self.ref = ""
        self.unseen = False
        self.found: dict[str, str] = {}

    def places(self, html: str) -> tuple[tuple[str, str], ...]:
        self.feed(html)
        return tuple(self.found.items())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.unseen = tag == "style"
        self.ref = next((value for name, value in attrs if name == "data-ref" and value), self.ref)
        # What a chart shows is in its picture; its alternative text says the same.
        self.handle_data(next((value for name, value in attrs if name == "alt" and value), ""))

    def handle_data(self, data: str) -> None:
        for character in data:
            if character in self.wanted and not self.unseen:
                self.found.setdefault(character, self.ref)


def missing_findings(
    missing: Sequence[tuple[str, str]], places: Mapping[str, Place], fallback: Place
) -> tuple[Finding, ...]:
    """A fault for each character that cannot be printed, where it was entered."""
    return tuple(
        unruled(
            place=_place(ref.split(".")[0], places) or fallback,
            found=f"{_described(character)}は、使えるフォントのどれにもありません",
            allowed="",
            remedy="その前後を打ち直してください"
            if _is_invisible(character)
            else "別の字に替えるか、この字のあるフォントのファイルを fonts フォルダーに入れてください",
        )
        for character, ref in missing
    )


def _place(ref: str, places: Mapping[str, Place]) -> Place | None:
    """Where the entry of a ref stands; a row of a monthly table has the year behind the id of its table."""
    while ref not in places and "-" in ref:
        ref = ref.rpartition("-")[0]
    return places.get(ref)


def _described(character: str) -> str:
    code = f"U+{ord(character):04X}"
    if _is_invisible(character):
        return f"目に見えない文字（{code}。異体字や文字の向きの指定など）"
    return f"{'外字' if unicodedata.category(character) == 'Co' else '文字'}「{character}」（{code}）"


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) == "Cf" or "VARIATION SELECTOR" in unicodedata.name(character, "")
