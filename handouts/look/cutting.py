"""Fonts cut to the characters that something prints, so that a file can hold them."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from handouts.look.font_file import as_woff, cut_font
from handouts.look.fonts import FontFace, FontFile, faults_named


@dataclass(frozen=True, slots=True)
class CutFont:
    """A font with some of its characters; without content where it has none of them."""

    file: FontFile
    characters: frozenset[str]
    content: bytes

    def cut(self, characters: Iterable[str]) -> CutFont:
        """The font with those of `characters` that it still has."""
        return _cut(self.file, self.content, self.characters.intersection(characters))

    @property
    def face(self) -> FontFace:
        """The font as a style sheet names it, its URL holding it; without a URL where it has no content."""
        with faults_named(self.file.path):
            url = f"data:font/woff;base64,{b64encode(as_woff(self.content)).decode()}" if self.content else ""
        return FontFace(self.file.family, self.file.weight, url)


def cut_fonts(fonts: Sequence[FontFile], characters: Iterable[str]) -> tuple[CutFont, ...]:
    """The fonts with what they print of `characters`: each family what none before it has in all of its weights.

    Raises HandoutError for a damaged file.
    """
    return tuple(_cut_families(fonts, frozenset(characters)))


def _cut_families(fonts: Sequence[FontFile], missing: frozenset[str]) -> Iterator[CutFont]:
    for family in dict.fromkeys(font.family for font in fonts):
        members = [_cut(font, font.path, missing) for font in fonts if font.family == family]
        missing -= frozenset.intersection(*(member.characters for member in members))
        yield from members


def _cut(font: FontFile, source: Path | bytes, wanted: frozenset[str]) -> CutFont:
    if not wanted:
        return CutFont(font, wanted, b"")
    with faults_named(font.path):
        content, characters = cut_font(source, wanted)
    return CutFont(font, characters, content if characters else b"")
