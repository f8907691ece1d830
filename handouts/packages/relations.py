"""What the parts of a package refer to; what lies outside of it is never looked at."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator, Mapping
from typing import IO, Any
from xml.etree.ElementTree import Element, XMLPullParser

from handouts.packages.opening import part_name
from handouts.packages.parts import PackageParts

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
CHUNK = 4 * 1024**2
"""How much a parser gets at once: with small ones it begins a long tag again and again."""


def elements(content: IO[bytes], tags: Collection[str]) -> Iterator[Element]:
    """The elements with these tags, each when it is complete; what was in them is gone when the next one comes."""
    parser: Any = XMLPullParser(("end",))
    is_open = True
    while is_open:
        if chunk := content.read(CHUNK):
            parser.feed(chunk)
        else:
            parser.close()
            is_open = False
        for _, element in parser.read_events():
            if element.tag in tags:
                yield element
                element.clear()


def relations_of(parts: PackageParts, part: str) -> Mapping[str, tuple[str, str]]:
    """What `part` refers to, the whole package where it is empty: by id the last word of the kind, and the part."""
    folder, name = posixpath.split(part)
    relations: dict[str, tuple[str, str]] = {}
    with parts.open(posixpath.join(folder, "_rels", f"{name}.rels")) as content:
        for one in elements(content, (_RELATION,)):
            target = posixpath.join("/", folder, part_name(one.get("Target", "")))
            if one.get("TargetMode") != "External":
                relations[one.get("Id", "")] = (
                    one.get("Type", "").rpartition("/")[2],
                    posixpath.normpath(target).lstrip("/"),
                )
    return relations
