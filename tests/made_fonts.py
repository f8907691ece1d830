"""Tiny fonts for tests, as a font file that somebody puts into the folder may be."""

from __future__ import annotations

import io

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont


def made_font(
    family: str = "Flowers", characters: str = "🌸", without: str = "", bold: bool = False
) -> bytes:
    """A font of squares that has these characters, without the table of that name."""
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for point in ((900, 0), (900, 800), (100, 800)):
        pen.lineTo(point)
    pen.closePath()
    square = pen.glyph()
    names = {f"uni{ord(character):04X}": ord(character) for character in characters}
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", *names])
    builder.setupCharacterMap({code: name for name, code in names.items()})
    builder.setupGlyf(dict.fromkeys([".notdef", *names], square))
    builder.setupHorizontalMetrics(dict.fromkeys([".notdef", *names], (1000, 100)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable(
        {
            "familyName": family,
            "styleName": "Regular",
            "licenseDescription": "free",
            "copyright": "2025 somebody",
        }
    )
    builder.setupOS2(sTypoAscender=880, usWeightClass=700 if bold else 400)
    builder.setupPost()
    file = io.BytesIO()
    builder.save(file)
    if not without:
        return file.getvalue()
    with TTFont(file) as font:
        del font[without]
        less = io.BytesIO()
        font.save(less)
    return less.getvalue()
