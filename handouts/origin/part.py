"""The custom XML part that holds an origin: written byte for byte the same, read with every fault said."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import astuple, fields
from typing import cast
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

from handouts.findings import HandoutError
from handouts.origin.entries import ROLES, Origin, OriginEntry, OriginHead, Role
from handouts.origin.names import ref_of_bookmark
from handouts.origin.refs import joined_refs, split_refs

NAMESPACE = "urn:council-handouts:origin"
"""By this the part is found again: editors give it another name."""
VERSION = 1
_ROOT, _ENTRY, _STORED = (f"{{{NAMESPACE}}}{name}" for name in ("origin", "p", "stored"))
_HEAD = tuple(field.name for field in fields(OriginHead))
# Nobody but an attacker declares anything in such a part.
_DECLARATION = b"<!DOCTYPE"
_OPENING = re.compile(rb"<(?:\w+:)?origin\s")
_LARGEST = 64 * 1024 * 1024
_AGAIN = "もう一度 handouts build で資料を作って送り、そのファイルを使ってください"


def write_origin(origin: Origin) -> bytes:
    """The part as bytes, the same for the same origin."""
    head = "".join(
        f" {name}={quoteattr(str(value))}" for name, value in zip(_HEAD, astuple(origin.head), strict=True)
    )
    lines = [
        '<?xml version="1.0" encoding="UTF-8" standalone="no"?>',
        f'<origin xmlns="{NAMESPACE}" version="{VERSION}"{head} digest="{origin.digest}">',
        *map(_entry, origin.entries),
        "</origin>",
    ]
    return "\n".join(lines).encode()


def find_origin(parts: Mapping[str, bytes]) -> Origin | None:
    """The origin among the parts of a package, by name; None where none of them is one.

    Raises HandoutError for one that cannot be used.
    """
    for name in sorted(parts):
        # The properties beside the part name the namespace too.
        if NAMESPACE.encode() in parts[name] and _OPENING.search(parts[name]):
            return read_origin(parts[name])
    return None


def read_origin(xml: bytes) -> Origin:
    """What the part says; raises HandoutError where it is damaged or of a newer version of the program."""
    if _DECLARATION in xml or len(xml) > _LARGEST:
        raise _damaged("書けない宣言があるか、大きすぎます")
    try:
        root = ElementTree.fromstring(xml)
    except (ElementTree.ParseError, ValueError):
        raise _damaged("XML として読めません") from None
    if root.tag != _ROOT:
        raise _damaged("出どころの記録ではありません")
    _check_version(root.get("version", ""))
    try:
        origin = Origin(_head(root), tuple(map(_read_entry, root.iter(_ENTRY))))
    except (KeyError, ValueError):
        raise _damaged("欠けているものがあります") from None
    if origin.digest != root.get("digest"):
        raise _damaged("印刷した文の控えが、書き換えられています")
    return origin


def _entry(entry: OriginEntry) -> str:
    known = {
        "bookmark": entry.bookmark,
        "ref": "" if entry.refs == _named(entry.bookmark) else joined_refs(entry.refs),
        "role": entry.role,
        "label": entry.label,
        "style": entry.style,
    }
    attributes = "".join(f" {name}={quoteattr(value)}" for name, value in known.items() if value)
    stored = "" if entry.stored is None else f"<stored>{escape(entry.stored)}</stored>"
    return f"<p{attributes}>{escape(entry.text)}{stored}</p>"


def _check_version(version: str) -> None:
    if not version.isdecimal():
        raise _damaged("版がありません")
    if int(version) > VERSION:
        raise HandoutError(
            "この Word ファイルは、もっと新しい handouts で作られたので、どこから来た文かを読めません。"
            "handouts を新しくしてから、もう一度読んでください。"
        )


def _head(root: ElementTree.Element) -> OriginHead:
    values = {name: root.attrib[name] for name in _HEAD}
    return OriginHead(**{**values, "fiscal_year": int(values["fiscal_year"])})  # type: ignore[arg-type]


def _read_entry(element: ElementTree.Element) -> OriginEntry:
    role = element.attrib["role"]
    if role not in ROLES:
        raise ValueError(role)
    return OriginEntry(
        bookmark=element.attrib["bookmark"],
        refs=split_refs(element.attrib["ref"])
        if "ref" in element.attrib
        else _named(element.attrib["bookmark"]),
        role=cast("Role", role),
        text=element.text or "",
        stored=None if (stored := element.find(_STORED)) is None else stored.text or "",
        label=element.get("label", ""),
        style=element.get("style", ""),
    )


def _named(bookmark: str) -> tuple[str, ...]:
    """The refs that the name of a bookmark says, which need not be written beside it."""
    ref = ref_of_bookmark(bookmark)
    return (ref,) if ref else ()


def _damaged(what: str) -> HandoutError:
    return HandoutError(
        f"Word ファイルの中の、どの文がどこから来たかの記録が壊れています（{what}）。{_AGAIN}。"
    )
