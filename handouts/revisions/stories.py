"""A part of a document read from beginning to end in one pass, without a tree: linear in time, bounded by what is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, Any
from xml.etree.ElementTree import XMLParser

from handouts.packages.relations import CHUNK
from handouts.revisions import mark_elements, text_elements
from handouts.revisions.model import Story
from handouts.revisions.open_part import OpenPart
from handouts.revisions.vocabulary import Beginning, LocalNames

_BEGINNINGS: Mapping[str, Beginning[OpenPart]] = {**text_elements.BEGINNINGS, **mark_elements.BEGINNINGS}
_ENDS = text_elements.ENDS


def read_stories(
    content: IO[bytes], part: str, number: str, style_names: Mapping[str, str], file: str
) -> list[tuple[Story, Mapping[str, str]]]:
    """The stories of a part, each before those that it holds, with what the element of each says of itself.

    `part` is a short name of the part, `number` tells the header from others. Raises ParseError, DataFaults.
    """
    open_part = OpenPart(part, number, style_names, file)
    parser: Any = XMLParser(target=PartElements(open_part))
    while chunk := content.read(CHUNK):
        parser.feed(chunk)
    parser.close()
    return [found for found in open_part.found if found]


class PartElements:
    """Takes in the elements of a part as they come."""

    def __init__(self, part: OpenPart) -> None:
        self._part = part
        self._names = LocalNames()

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        part = self._part
        if part.skipped:
            part.skipped += 1
            return
        local = self._names[tag]
        if handler := _BEGINNINGS.get(local):
            handler(part, local, attributes)
        if not part.skipped:
            part.path.append(local)

    def end(self, tag: str) -> None:
        """An element ends."""
        part = self._part
        if part.skipped:
            part.skipped -= 1
            return
        if handler := _ENDS.get(part.path.pop()):
            handler(part)
        part.close_marks()

    def data(self, text: str) -> None:
        """Characters."""
        if self._part.text is not None and not self._part.skipped:
            self._part.text.append(text)

    def close(self) -> None:
        """Nothing is left to do at the end of the part."""
