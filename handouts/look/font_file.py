"""One font: opened where it can be used, what it lacks where not, and cut to some characters."""

from __future__ import annotations

import io
import logging
import struct
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_MOST_BYTES = 100 * 1024**2  # no Japanese font is half as large
_KINDS = {
    b"\0\1\0\0": "",
    b"true": "",
    b"OTTO": "",
    b"ttcf": "いくつものフォントをまとめたファイル（.ttc）で、そのままでは使えません",
    b"wOFF": "Web ページ用に圧縮されたフォント（WOFF）で、そのままでは使えません",
    b"wOF2": "Web ページ用に圧縮されたフォント（WOFF2）で、そのままでは使えません",
}
_TABLES = {
    "cmap": "どの字があるかの表（cmap）",
    "name": "名前の表（name）",
    "OS/2": "太さなどの表（OS/2）",
    "head": "全体の表（head）",
    "hhea": "字の幅の表（hhea）",
    "hmtx": "字の幅の表（hmtx）",
    "maxp": "字の数の表（maxp）",
}
_FORMS = 14  # the table of variation sequences in cmap
_SHAPES = ("glyf", "CFF ", "CFF2")
_UNICODE = {(3, 10), (3, 1), *((0, encoding) for encoding in (0, 1, 2, 3, 4, 6))}  # as getBestCmap takes them

# What the library says of a font is English; what matters of it is a fault of ours.
logging.getLogger("fontTools").setLevel(logging.CRITICAL)


class UnusableFont(Exception):
    """The file cannot be used as a font; the text says in Japanese why not."""


@contextmanager
def open_font(source: Path | bytes) -> Iterator[Any]:
    """The opened font; raises UnusableFont where it is none, is damaged, or lacks a part, then or later."""
    from fontTools.ttLib import TTFont

    try:
        with io.BytesIO(source) if isinstance(source, bytes) else source.open("rb") as file:
            size = file.seek(0, io.SEEK_END)
            file.seek(0)
            _check_kind(size, file.read(4))
            font = TTFont(file, lazy=True, recalcTimestamp=False, recalcBBoxes=False)
            _check_tables(font, size)
            yield font
    except UnusableFont:
        raise
    except OSError:
        raise UnusableFont("読めません") from None
    except Exception:  # the library raises whatever a damaged table leads it to
        raise UnusableFont("中身が壊れています") from None


def forms_in(font: Any) -> Mapping[str, bool]:
    """The variation sequences of an opened font, and whether each is printed by another glyph than the usual one."""
    return {
        f"{chr(code)}{chr(selector)}": glyph is not None
        for table in font["cmap"].tables
        if table.format == _FORMS
        for selector, pairs in table.uvsDict.items()
        for code, glyph in pairs
    }


def _cut_forms(font: Any, forms: Collection[str]) -> None:
    """Leaves of the variation sequences of an opened font these alone."""
    for table in font["cmap"].tables:
        if table.format == _FORMS:
            kept = {
                selector: [pair for pair in pairs if f"{chr(pair[0])}{chr(selector)}" in forms]
                for selector, pairs in table.uvsDict.items()
            }
            table.uvsDict = {selector: pairs for selector, pairs in kept.items() if pairs}


def cut_font(source: Path | bytes, characters: Collection[str]) -> tuple[bytes, frozenset[str]]:
    """The font with those of these characters alone that it has, and which they are; its licence is kept.

    The characters may be variation sequences too. Raises UnusableFont as open_font does.
    """
    from fontTools.subset import Options, Subsetter

    subsetter = Subsetter(
        Options(name_IDs=["*"], name_languages=["*"], name_legacy=True, notdef_outline=True)
    )
    subsetter.populate(unicodes=(ord(part) for character in characters for part in character))
    with open_font(source) as font:
        if "glyf" in font:
            # Names that the library would else make up from all characters, and that nobody sees.
            font.setGlyphOrder([f"glyph{number}" for number in range(font["maxp"].numGlyphs)])
        _cut_forms(font, characters)
        subsetter.subset(font)
        return _saved(font), frozenset((*map(chr, font.getBestCmap() or ()), *forms_in(font)))


def as_woff(font: bytes) -> bytes:
    """The font as browsers load it, about two thirds as large."""
    with open_font(font) as opened:
        opened.flavor = "woff"
        return _saved(opened)


def _saved(font: Any) -> bytes:
    file = io.BytesIO()
    font.save(file, reorderTables=False)
    return file.getvalue()


def _check_kind(size: int, kind: bytes) -> None:
    if size == 0:
        raise UnusableFont("空のファイルです")
    if size > _MOST_BYTES:
        raise UnusableFont(f"大きすぎます（{_MOST_BYTES // 1024**2} MB まで）")
    if fault := _KINDS.get(kind, "フォントのファイルではありません"):
        raise UnusableFont(fault)


def _check_tables(font: Any, size: int) -> None:
    tables = font.reader.tables
    if any(table.offset + table.length > size for table in tables.values()):
        raise UnusableFont("途中で切れています")
    if not all(tag.isascii() for tag in tables):
        raise UnusableFont("中身が壊れています")
    missing = [what for tag, what in _TABLES.items() if tag not in tables]
    if not any(tag in tables for tag in _SHAPES):
        missing.append("字の形の表（glyf か CFF）")
    if missing:
        raise UnusableFont(f"{'、'.join(missing)}がありません")
    if _UNICODE.isdisjoint(_encodings(font.reader["cmap"])):
        raise UnusableFont("どの字があるかの表（cmap）に、Unicode の表がありません")


def _encodings(cmap: bytes) -> Iterator[tuple[int, int]]:
    """The platforms and encodings of the tables within; the library would read all characters for them."""
    (count,) = struct.unpack_from(">H", cmap, 2)
    for number in range(count):
        platform, encoding = struct.unpack_from(">HH", cmap, 4 + 8 * number)
        yield platform, encoding
