"""What the styles of a workbook say of its cells: number formats, and which of them strike their text out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from handouts.xlsx.notation import MAIN

PARTS = tuple(f"{MAIN}{name}" for name in ("numFmts", "fonts", "cellStyleXfs", "cellXfs", "dxfs"))
_OFF = ("0", "false")


@dataclass(frozen=True, slots=True)
class Styles:
    """For each style of cells its number format and whether it strikes out, and the conditional formats that do.

    `formats` are codes of formats, or the number of one that every Excel has.
    """

    formats: Sequence[int | str] = ()
    struck: frozenset[int] = frozenset()
    struck_conditional: frozenset[int] = frozenset()


def styles_of(parts: Iterable[Element]) -> Styles:
    """What the `PARTS` of the styles say, each read before the next one comes."""
    codes: dict[int, str] = {}
    fonts: list[bool] = []
    named: list[int] = []  # the font of each named style
    cells: list[tuple[int, int]] = []  # number format and font of each style of cells
    conditional: list[bool] = []
    for part in parts:
        name = part.tag.removeprefix(MAIN)
        if name == "numFmts":
            codes = {_number(one, "numFmtId"): one.get("formatCode", "General") for one in part}
        elif name == "fonts":
            fonts = [is_struck(font) for font in part]
        elif name == "cellStyleXfs":
            named = [_number(style, "fontId") for style in part]
        elif name == "cellXfs":
            cells = [(_number(style, "numFmtId"), _font(style, named)) for style in part]
        else:
            conditional = [is_struck(one.find(f"{MAIN}font")) for one in part]
    return Styles(
        tuple(codes.get(number, number) for number, _ in cells),
        frozenset(at for at, (_, font) in enumerate(cells) if font < len(fonts) and fonts[font]),
        frozenset(at for at, struck in enumerate(conditional) if struck),
    )


def is_struck(font: Element | None) -> bool:
    """Whether a font, or the properties of a run, strike out."""
    strike = None if font is None else font.find(f"{MAIN}strike")
    return strike is not None and strike.get("val") not in _OFF


def _font(style: Element, named: Sequence[int]) -> int:
    """The font of a style of cells, that of its named style where it says none itself."""
    name = _number(style, "xfId")
    is_own = style.get("fontId") is not None or name >= len(named)
    return _number(style, "fontId") if is_own else named[name]


def _number(element: Element, name: str) -> int:
    return int(element.get(name, "0"))
