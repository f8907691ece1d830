"""A Word document as it stands, read from its package."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import ParseError

from handouts.findings import DataFaults, Place
from handouts.packages.opening import DAMAGE
from handouts.packages.parts import PackageParts
from handouts.packages.relations import elements, relations_of
from handouts.revisions.comments import comments_of, read_threads
from handouts.revisions.model import ReviewComment, RevisionMark, Story, TrackedDocument
from handouts.revisions.opening import DOCUMENT_FORM, check_document
from handouts.revisions.stories import read_stories
from handouts.revisions.vocabulary import STYLES, Attributes

_NO_PLACE = (OSError, KeyError)
# After the body, in this order.
_OTHERS = ("header", "footer", "footnotes", "endnotes")


def read_document(path: Path) -> TrackedDocument:
    """The Word document at `path`; raises DataFaults where it cannot be read."""
    check_document(path)
    try:
        with zipfile.ZipFile(path) as archive:
            return _DocumentParts(PackageParts(archive, path.name, DOCUMENT_FORM), path.name).read()
    except (*DAMAGE, *_NO_PLACE, ParseError):
        raise DataFaults([DOCUMENT_FORM.broken.at(Place(path.name))]) from None


class _DocumentParts:
    """The parts of a document, as its main part refers to them."""

    def __init__(self, parts: PackageParts, file: str) -> None:
        self._parts, self._file = parts, file
        mains = [part for kind, part in relations_of(parts, "").values() if kind == "officeDocument"]
        self._main = mains[0] if mains else ""  # there is no part of this name
        self._related: dict[str, list[str]] = {}
        for kind, part in self._relations():
            if part in parts and part not in self._related.setdefault(kind, []):
                self._related[kind].append(part)
        self._style_names = dict(self._read_style_names())

    def read(self) -> TrackedDocument:
        """The whole document."""
        stories = [story for story, _ in self._stories(self._main, "")]
        for kind in _OTHERS:
            for number, part in enumerate(sorted(self._related.get(kind, ()), key=_natural), 1):
                stories += [story for story, _ in self._stories(part, str(number))]
        if not stories or stories[0].kind != "body":
            raise KeyError("body")
        return TrackedDocument(
            self._file, _under_their_references(stories), self._comments(), dict(self._custom_parts())
        )

    def _custom_parts(self) -> Iterator[tuple[str, bytes]]:
        for part in self._related.get("customXml", ()):
            with self._parts.open(part) as content:
                yield part, content.read()

    def _relations(self) -> Iterator[tuple[str, str]]:
        folder, name = posixpath.split(self._main)
        if posixpath.join(folder, "_rels", f"{name}.rels") in self._parts:
            yield from relations_of(self._parts, self._main).values()

    def _stories(self, part: str, number: str) -> list[tuple[Story, Mapping[str, str]]]:
        short = posixpath.basename(part).removesuffix(".xml")
        with self._parts.open(part) as content:
            return read_stories(content, short, number, self._style_names, self._file)

    def _comments(self) -> tuple[ReviewComment, ...]:
        threads: dict[str, tuple[str, bool]] = {}
        for part in self._related.get("commentsExtended", ()):
            with self._parts.open(part) as content:
                threads.update(read_threads(content))
        found = (self._stories(part, "") for part in self._related.get("comments", ()))
        return tuple(comment for stories in found for comment in comments_of(stories, threads))

    def _read_style_names(self) -> Iterator[tuple[str, str]]:
        """The name of each style by its id; the usual one of paragraphs also by no id."""
        for part in self._related.get("styles", ()):
            with self._parts.open(part) as content:
                for style in elements(content, STYLES):
                    said = Attributes(style.attrib)
                    named = [one for one in style if one.tag.endswith("}name")]
                    name = Attributes(named[0].attrib).get("val", "") if named else ""
                    yield said.get("styleId", ""), name
                    if said.get("type") == "paragraph" and said.get("default") in ("1", "true", "on"):
                        yield "", name


def _natural(part: str) -> list[tuple[int, str]]:
    return [(int(digits or 0), text) for text, digits in re.findall(r"(\D*)(\d*)", part)]


def _under_their_references(stories: list[Story]) -> tuple[Story, ...]:
    """The stories, with what stands on the reference of each note on the whole of the note too."""
    found: dict[str, tuple[tuple[RevisionMark, ...], tuple[str, int]]] = {}
    for story in stories:
        for paragraph in story.paragraphs:
            for piece in paragraph.pieces:
                if piece.kind == "note":
                    found.setdefault(piece.note, (piece.marks, (story.name, paragraph.index)))
    return tuple(
        replace(story, marks=found[story.name][0], host=found[story.name][1])
        if story.name in found and story.host is None
        else story
        for story in stories
    )
