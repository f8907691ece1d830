"""The text of a cell out of its runs, without readings (ふりがな), and which part of it is struck out (見え消し)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from handouts.xlsx.notation import MAIN
from handouts.xlsx.styles import is_struck

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class RunText:
    """A text without what is struck out in it, and that; where nothing else is left, the text is that too."""

    text: str
    struck: str = ""


def text_of(element: Element) -> RunText:
    """The text in an element, of all its runs."""
    if len(element) == 1 and element[0].tag == f"{MAIN}t":
        return RunText(unescaped(element[0].text or ""))
    runs = tuple(_runs(element))
    struck = unescaped("".join(text for text, is_out in runs if is_out))
    kept = unescaped("".join(text for text, is_out in runs if not is_out))
    return RunText(kept if kept.strip() else struck or kept, struck)


def unescaped(text: str) -> str:
    """`text` with the characters that stand in it as _x000D_."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _runs(element: Element) -> Iterator[tuple[str, bool]]:
    """The text of each run, and whether it is struck out."""
    for part in element:
        if part.tag == f"{MAIN}t":
            yield part.text or "", False
        elif part.tag == f"{MAIN}r":
            text = part.find(f"{MAIN}t")
            if text is not None and text.text:
                yield text.text, bool(text.text.strip()) and is_struck(part.find(f"{MAIN}rPr"))
