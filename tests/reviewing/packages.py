"""Word files as parts: the body of one that we sent, and the file that comes back with another body and comments."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree

from tests.reviewing.document import Comment
from tests.reviewing.pen import Author, node, text_run

BODY = "word/document.xml"
_COMMENTS = "word/comments.xml"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"


def parts_of(docx: bytes) -> dict[str, bytes]:
    """The parts of a package by name."""
    with ZipFile(io.BytesIO(docx)) as package:
        return {name: package.read(name) for name in package.namelist()}


def returned(parts: Mapping[str, bytes], body: etree._Element, comments: Sequence[Comment]) -> bytes:
    """The file with this body and these comments, as it comes back."""
    made = {**parts, BODY: etree.tostring(body, xml_declaration=True, encoding="UTF-8", standalone=True)}
    if comments:
        made[_COMMENTS] = _comments(comments)
        types, relations = "[Content_Types].xml", "word/_rels/document.xml.rels"
        override = f'<Override PartName="/{_COMMENTS}" ContentType="{_TYPE}"/></Types>'
        made[types] = made[types].replace(b"</Types>", override.encode())
        link = f'<Relationship Id="rIdComments" Type="{_RELATION}" Target="comments.xml"/></Relationships>'
        made[relations] = made[relations].replace(b"</Relationships>", link.encode())
    content = io.BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as package:
        for name, part in made.items():
            package.writestr(name, part)
    return content.getvalue()


def _comments(comments: Sequence[Comment]) -> bytes:
    root = node("comments")
    for comment in comments:
        edit = comment.edit
        one = node(
            "comment", id=str(comment.number), author=edit.author, date=edit.date, initials=edit.author[:2]
        )
        for line in edit.after.split("\n"):
            paragraph = node("p")
            paragraph.append(text_run(line, None, Author("", "00A10001")))
            one.append(paragraph)
        root.append(one)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
