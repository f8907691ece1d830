"""Comments put into a Word file at the places of its changes and into its threads; all else in it stays byte by byte.

What is new is put in between the bytes that are there, since whatever writes a whole part anew loses prefixes, which other
attributes name in their values.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from handouts.findings import DataFaults, Place
from handouts.packages.opening import DAMAGE, part_name
from handouts.packages.parts import PackageParts
from handouts.packages.relations import relations_of
from handouts.packages.rewriting import with_parts
from handouts.revisions.opening import DOCUMENT_FORM, check_document
from handouts.revisions.positions import BodyPlaces, ByteSpan, ParagraphPlace, body_places

_TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
_W16CID = "http://schemas.microsoft.com/office/word/2016/wordml/cid"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
_RELATION_OF = {
    "comments": "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments",
    "commentsExtended": "http://schemas.microsoft.com/office/2011/relationships/commentsExtended",
}
_COMMENTS = f'<w:comments xmlns:w="{{space}}" xmlns:w14="{_W14}" xmlns:mc="{_MC}" mc:Ignorable="w14"/>'
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PARA_ID = re.compile(rb'paraId\s*=\s*["\']([0-9A-Fa-f]{1,8})["\']')
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class NewComment:
    """A comment of some lines: in the thread of the comment `parent`, else at what the marks are on, else on a paragraph."""

    text: str
    parent: str = ""
    marks: tuple[str, ...] = ()
    paragraph: int = 0


@dataclass(frozen=True, slots=True)
class _OldComment:
    """A comment that is there: where the name of its last paragraph's element ends, and what tells that one."""

    number: str
    at: int
    para_id: str


def with_comments(path: Path, comments: Sequence[NewComment], author: str, date: str) -> bytes:
    """The Word file at `path` with these comments of an author too; raises DataFaults where it cannot be read."""
    check_document(path)
    try:
        with zipfile.ZipFile(path) as archive:
            parts = _Package(archive, path.name).with_comments(comments, author, date)
    except (*DAMAGE, OSError, KeyError, expat.ExpatError):
        raise DataFaults([DOCUMENT_FORM.broken.at(Place(path.name))]) from None
    return with_parts(path, parts)


class _Package:
    """The parts of a document that speak of its comments."""

    def __init__(self, archive: zipfile.ZipFile, file: str) -> None:
        self._archive = archive
        self._parts = PackageParts(archive, file, DOCUMENT_FORM)
        self._names = {part_name(name): name for name in archive.namelist()}
        mains = [part for kind, part in relations_of(self._parts, "").values() if kind == "officeDocument"]
        self._main = self._names[mains[0]]
        self._related = {
            kind: self._names[part]
            for kind, part in relations_of(self._parts, mains[0]).values()
            if part in self._names
        }
        self._new: dict[str, str] = {}  # parts that come with it: kind by name

    def with_comments(self, comments: Sequence[NewComment], author: str, date: str) -> Mapping[str, bytes]:
        """The parts that are others then, by their names."""
        body = self._read(self._main)
        space = _STRICT if _STRICT.encode() in body[:4000] else _TRANSITIONAL
        said = self._part("comments", _COMMENTS.format(space=space))
        threads = self._part("commentsExtended", f'<w15:commentsEx xmlns:w15="{_W15}"/>')
        old = {one.number: one for one in _old_comments(said)}
        numbers = _numbers(old)
        para_ids = _para_ids(body, said, threads)
        part = posixpath.basename(self._main).removesuffix(".xml")
        places = body_places(body, part)
        if any(_place_of(places, comment)[0].is_closed_at_once for comment in comments if places.paragraphs):
            body = _with_ends(body, places)
            places = body_places(body, part)
        puts: list[tuple[int, bytes]] = []
        rows: list[str] = []
        named: dict[str, str] = {}  # what is to tell comments that are there and had nothing
        entries: list[str] = []
        threaded = {found.decode() for found in _PARA_ID.findall(threads)}
        ids: list[str] = []
        for comment in comments:
            number, para_id = next(numbers), next(para_ids)
            rows.append(_comment_xml(space, number, para_id, para_ids, comment.text, author, date))
            ids.append(para_id)
            parent = old.get(comment.parent)
            parent_id = (parent.para_id or named.get(parent.number, "")) if parent and parent.at else ""
            if parent and parent.at and not parent_id:
                parent_id = named[parent.number] = next(para_ids)
            if parent_id and parent_id not in threaded:
                threaded.add(parent_id)
                entries.append(_thread_xml(parent_id))
            entries.append(_thread_xml(para_id, parent_id))
            puts += _anchored(body, places, comment, number, space, parent is not None)
        made: dict[str, bytes] = {
            self._main: _put_in(body, puts),
            self._related["comments"]: _appended(_with_names(said, old, named), "".join(rows)),
            self._related["commentsExtended"]: _appended(threads, "".join(entries)),
        }
        if name := self._related.get("commentsIds"):
            made[name] = _appended(self._read(name), "".join(map(_id_xml, ids)))
        return {**made, **self._registered()}

    def _read(self, name: str) -> bytes:
        with self._parts.open(name) as content:
            return content.read()

    def _part(self, kind: str, empty: str) -> bytes:
        """The part of a kind; where the document has none, an empty one that comes with it."""
        if kind in self._related:
            return self._read(self._related[kind])
        folder = posixpath.dirname(self._main)
        ends = ("", *map(str, range(2, 100)))
        names = (posixpath.join(folder, f"{kind}{end}.xml") for end in ends)
        name = next(name for name in names if part_name(name) not in self._names)
        self._related[kind] = name
        self._new[name] = kind
        return (_HEAD + empty).encode()

    def _registered(self) -> Mapping[str, bytes]:
        """What says that the new parts are there."""
        if not self._new:
            return {}
        types = self._names[part_name("[Content_Types].xml")]
        folder, main = posixpath.split(self._main)
        relations = self._names[part_name(posixpath.join(folder, "_rels", f"{main}.rels"))]
        overrides = (
            f'<Override xmlns="{_TYPES}" PartName="/{name}" ContentType="{_CONTENT_TYPE.format(kind=kind)}"/>'
            for name, kind in self._new.items()
        )
        content = self._read(relations)
        targets = (
            f'<Relationship xmlns="{_RELATIONS}" Id="{_free_id(content, kind)}" Type="{_RELATION_OF[kind]}"'
            f' Target="{posixpath.basename(name)}"/>'
            for name, kind in self._new.items()
        )
        return {
            types: _appended(self._read(types), "".join(overrides)),
            relations: _appended(content, "".join(targets)),
        }


def _free_id(relations: bytes, kind: str) -> str:
    names = (f"rId{kind[:1].upper()}{kind[1:]}{end}" for end in ("", *range(2, 1000)))
    return next(name for name in names if f'"{name}"'.encode() not in relations)


def _numbers(old: Mapping[str, object]) -> Iterator[str]:
    number = max((int(name) for name in old if name.isdecimal()), default=-1)
    while True:
        number += 1
        yield str(number)


def _para_ids(*parts: bytes) -> Iterator[str]:
    """What tells paragraphs, other than those that are there; below 80000000, as Word wants it."""
    taken = {int(found, 16) for part in parts for found in _PARA_ID.findall(part)}
    number = 0x60000000
    while True:
        number += 1
        if number not in taken:
            yield f"{number:08X}"


def _old_comments(part: bytes) -> Iterator[_OldComment]:
    """The comments of their part, in its order."""
    parser: Any = expat.ParserCreate(namespace_separator="}")
    found: list[_OldComment] = []
    number, at, para_id = "", 0, ""

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        nonlocal number, at, para_id
        local = tag.rpartition("}")[2]
        if local == "comment":
            said = {name.rpartition("}")[2]: value for name, value in attributes.items()}
            number, at, para_id = said.get("id", ""), 0, ""
        elif local == "p":
            begin = parser.CurrentByteIndex
            at = begin + len(re.match(rb"<[^\s/>]+", part[begin : begin + 200])[0])  # type: ignore[index]
            para_id = attributes.get(f"{_W14}}}paraId", "")

    def end(tag: str) -> None:
        if tag.rpartition("}")[2] == "comment":
            found.append(_OldComment(number, at, para_id))

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.Parse(part, True)
    yield from found


def _with_names(part: bytes, old: Mapping[str, _OldComment], named: Mapping[str, str]) -> bytes:
    """The part with a name on the last paragraphs of these comments."""
    puts = [
        (old[number].at, f' xmlns:w14="{_W14}" w14:paraId="{para_id}"'.encode())
        for number, para_id in named.items()
    ]
    return _put_in(part, puts)


def _comment_xml(
    space: str, number: str, para_id: str, others: Iterator[str], text: str, author: str, date: str
) -> str:
    """A comment with a paragraph for each line, the last of which is told by `para_id`."""
    lines = _NO_XML.sub("", text).split("\n")
    names = [next(others) for _ in lines[1:]] + [para_id]
    paragraphs = "".join(
        f'<w:p w14:paraId="{name}"><w:r>{"" if place else "<w:annotationRef/>"}'
        f'<w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>'
        for place, (name, line) in enumerate(zip(names, lines, strict=True))
    )
    who = f"w:author={quoteattr(author)} w:date={quoteattr(date)} w:initials={quoteattr(author[:1])}"
    spaces = f'xmlns:w="{space}" xmlns:w14="{_W14}"'
    return f'<w:comment {spaces} w:id="{number}" {who}>{paragraphs}</w:comment>'


def _thread_xml(para_id: str, parent: str = "") -> str:
    answers = f' w15:paraIdParent="{parent}"' if parent else ""
    return f'<w15:commentEx xmlns:w15="{_W15}" w15:paraId="{para_id}"{answers} w15:done="0"/>'


def _id_xml(para_id: str) -> str:
    return (
        f'<w16cid:commentId xmlns:w16cid="{_W16CID}" w16cid:paraId="{para_id}" w16cid:durableId="{para_id}"/>'
    )


def _anchored(
    body: bytes, places: BodyPlaces, comment: NewComment, number: str, space: str, is_answer: bool
) -> list[tuple[int, bytes]]:
    """What is put into the body for a comment, and where."""
    start = f'<w:commentRangeStart xmlns:w="{space}" w:id="{number}"/>'.encode()
    end = f'<w:commentRangeEnd xmlns:w="{space}" w:id="{number}"/>'.encode()
    reference = f'<w:r xmlns:w="{space}"><w:commentReference w:id="{number}"/></w:r>'.encode()
    if is_answer:
        kinds = ("commentRangeStart", "commentRangeEnd", "commentReference")
        begins, ends, refers = (places.comments.get((kind, comment.parent)) for kind in kinds)
        if refers is not None and (begins is None or ends is None):
            return [(refers, reference)]
        if refers is not None and begins is not None and ends is not None:
            return [(begins, start), (max(ends, refers), end + reference)]  # in the order that Word writes
    if not places.paragraphs:
        return []
    _, span = _place_of(places, comment)
    return [(span.start, start), (span.end, end + reference)]


def _with_ends(body: bytes, places: BodyPlaces) -> bytes:
    """The body in which each paragraph has an end of its own, so that something can be put into it."""
    made, at = [], 0
    for one in places.paragraphs:
        if one.is_closed_at_once:
            made += [body[at : one.element.end - 2], f"></{one.tag}>".encode()]
            at = one.element.end
    return b"".join([*made, body[at:]])


def _place_of(places: BodyPlaces, comment: NewComment) -> tuple[ParagraphPlace, ByteSpan]:
    """The first paragraph with one of the marks, and what of it they are on."""
    found = [places.marks[name] for name in comment.marks if name in places.marks]
    index = min((at for at, _ in found), default=min(comment.paragraph, len(places.paragraphs) - 1))
    paragraph = places.paragraphs[index]
    spans = [span for at, span in found if at == index]
    if not spans or None in spans:
        return paragraph, paragraph.content
    known = [span for span in spans if span]
    return paragraph, ByteSpan(min(span.start for span in known), max(span.end for span in known))


def _put_in(part: bytes, puts: Sequence[tuple[int, bytes]]) -> bytes:
    """The part with these bytes at these places; what comes to one place stays in its order."""
    made, at = [], 0
    for place, put in sorted(puts, key=lambda one: one[0]):
        made += [part[at:place], put]
        at = place
    return b"".join([*made, part[at:]])


def _appended(part: bytes, elements: str) -> bytes:
    """The part with elements at the end of its outermost one."""
    end = part.rindex(b"<")
    if part[end : end + 2] == b"</":
        return part[:end] + elements.encode() + part[end:]
    close = part.rindex(b"/>")
    name = re.match(rb"<([^\s/>]+)", part[end:])[1]  # type: ignore[index]
    return part[:close] + b">" + elements.encode() + b"</" + name + b">" + part[close + 2 :]
