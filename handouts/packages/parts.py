"""The parts of a package: whatever a parser asks for is looked through first, and what none asks for may be anything."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import IO

from handouts.findings import DataFaults, Place
from handouts.packages.forms import PackageForm
from handouts.packages.opening import part_name

_REFERENCES = 2  # as large as an element; the text that they make is put together when its element ends
_LONGEST_FORMULA = 50_000  # bytes, of the 8192 characters of Excel
# No package of Office needs these, and a few lines of them can stand for gigabytes or for another file.
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_ENCODING = re.compile(rb"""^[^>]*?encoding\s*=\s*["']([^"']*)""")
_DECLARATION = 200  # what stands in <?xml … ?> is shorter
# How a picture begins, and no XML that a parser would take.
_PICTURES = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"BM",
    b"II*\0",
    b"MM\0*",
    b"\xd7\xcd\xc6\x9a",
    b"\x01\0\0\0",
)
_CHUNK = 1024 * 1024
_OVERLAP = 16


class PackageParts:
    """The parts of the package in `archive`, found as Office finds them: in any case, with \\ as with /.

    A part counts each time that it is opened, since a parser takes it in as often. `pieces` are what a parser makes of all
    that was opened: an element, an attribute, or two references to characters.
    """

    def __init__(self, archive: zipfile.ZipFile, file: str, form: PackageForm) -> None:
        self.pieces = 0
        self._form = form
        self._archive = archive
        self._place = Place(file)
        self._unpacked = self._xml = 0
        self._members: dict[str, list[zipfile.ZipInfo]] = {}
        for member in archive.infolist():
            self._members.setdefault(part_name(member.filename), []).append(member)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and part_name(name) in self._members

    def open(self, name: str) -> IO[bytes]:
        """A part to be read; raises KeyError where there is none, DataFaults where reading it could do harm."""
        member, *others = self._members[part_name(name)]
        if others:
            raise DataFaults([self._form.double_part.at(self._place, part=member.filename)])
        with self._archive.open(member) as content:
            pieces = _scan(content, self._form.limits.pieces)
        if pieces is None:
            raise DataFaults([self._form.unsafe_part.at(self._place, part=member.filename)])
        self.pieces += pieces
        self._unpacked += member.file_size
        self._xml += member.file_size if pieces else 0  # without elements it is no XML
        self._check_size()
        return self._archive.open(member)

    def _check_size(self) -> None:
        form, limits = self._form, self._form.limits
        if self._unpacked > limits.unpacked:
            raise DataFaults([form.too_much_unpacked(self._place)])
        if self._xml > limits.xml:
            raise DataFaults([form.too_much_xml(self._place)])
        if self.pieces > limits.pieces:
            raise DataFaults([form.too_large.at(self._place, limit=limits.pieces_said)])


def _scan(content: IO[bytes], limit: int) -> int | None:
    """How many pieces a part has, or at least more than the `limit`; None where it declares what no package of Office does."""
    count = 0
    before = b""
    while chunk := content.read(_CHUNK):
        text = before + chunk
        if not before and chunk.startswith(_PICTURES):
            return 0
        if (not before and _is_odd(text)) or _DECLARED.search(text):
            return None
        count += _pieces(chunk)
        if count > limit:
            break
        before = text[-_OVERLAP:]
    return count


def _pieces(chunk: bytes) -> int:
    """The elements, attributes and references of a chunk: a few more where = stands in a text, and never less."""
    formulas = b"".join(_formulas(chunk))
    elements = chunk.count(b"<") - chunk.count(b"</")
    attributes = chunk.count(b"=") - formulas.count(b"=")
    return elements + attributes + (chunk.count(b"&") - formulas.count(b"&")) // _REFERENCES


def _formulas(chunk: bytes) -> Iterator[bytes]:
    """The texts of formulas, which are full of = and &, or of what else has a name that begins with f.

    There is no attribute in them, wherever they stand: between the < of a tag and its end there is no other <.
    """
    for part in chunk.split(b"<f")[1:]:
        tag, _, rest = part.partition(b">")
        if b"'" not in tag and tag.count(b'"') % 2 == 0:  # else the > may be one of a value
            yield rest.partition(b"<")[0][:_LONGEST_FORMULA]


def _is_odd(begin: bytes) -> bool:
    """Whether a part is not in UTF-8, in which a declaration could hide."""
    if begin[:2] in (b"\xff\xfe", b"\xfe\xff") or (begin[:1] in (b"<", b"\x00") and b"\x00" in begin[:4]):
        return True
    if not begin.lstrip(b"\xef\xbb\xbf").startswith(b"<?xml"):
        return False
    declaration, end, _ = begin[:_DECLARATION].partition(b"?>")
    declared = _ENCODING.match(declaration)
    return not end or (declared is not None and declared[1].lower() not in (b"utf-8", b"us-ascii", b"ascii"))
