"""What the elements of text do: stories, paragraphs, tables, characters, fields, notes, and where something begins or ends."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from handouts.characters import composed
from handouts.revisions.model import AnchorKind
from handouts.revisions.open_part import OpenPart
from handouts.revisions.paragraphs import OpenStory
from handouts.revisions.vocabulary import (
    CODES,
    NOTES,
    OBJECTS,
    SIGNS,
    SKIPPED,
    STORIES,
    TEXTS,
    W14,
    Attributes,
    Beginning,
)

_ANCHORS: Mapping[str, AnchorKind] = {
    "bookmarkStart": "bookmark-start",
    "bookmarkEnd": "bookmark-end",
    "commentRangeStart": "comment-start",
    "commentRangeEnd": "comment-end",
    "commentReference": "comment-reference",
}
_CODE = re.compile("[0-9A-Fa-f]{1,6}")


def _skip(part: OpenPart, local: str, attributes: dict[str, str]) -> None:
    part.skipped = 1


def _begin_story(part: OpenPart, local: str, attributes: dict[str, str]) -> None:
    said = Attributes(attributes)
    if said.get("type", "normal") != "normal":  # a line between text and notes
        part.skipped = 1
    elif STORIES[local] == "text-box":
        part.boxes += 1
        part.begin_story(OpenStory("text-box", f"{part.name}-{part.boxes}", said, _host(part)))
    else:
        part.begin_story(OpenStory(STORIES[local], said.get("id", part.number), said))


def _host(part: OpenPart) -> tuple[str, int] | None:
    return (part.story.name, len(part.story.paragraphs)) if part.story else None


def _end_story(part: OpenPart) -> None:
    part.end_story()


def _begin_paragraph(part: OpenPart, local: str, attributes: dict[str, str]) -> None:
    if part.story:
        part.story.begin_paragraph(part.under, attributes.get(f"{W14}paraId", ""))


def _end_paragraph(part: OpenPart) -> None:
    if part.story and part.story.open:
        part.story.end_paragraph(part.style_names)


def _set_style(part: OpenPart, local: str, attributes: dict[str, str]) -> None:
    if part.paragraph:
        part.paragraph.style = Attributes(attributes).get("val", "")


def _begin_table(part: OpenPart, local: str, attributes: dict[str, str]) -> None:
    if part.story:
        part.story.begin_table(part.counter.open_ranges())
        part.check_depth(len(part.story.tables))


def _end_table(part: OpenPart) -> None:
    if part.story and part.story.tables:
        part.story.end_table(part.counter)


def _begin_row(part: OpenPart, local: str, attributes: dict[str, str]) -> None:
    if part.table:
        part.table.begin_row()


def _begin_cell(part: OpenPart, local: str, attributes: dict[str, str]) -> None:
    if part.table:
        part.table.begin_cell()


def _begin_text(part: OpenPart, local: str, attributes: dict[str, str]) -> None:
    part.text = []


def _end_text(part: OpenPart) -> None:
    part.add_text(composed(part.taken_text()))


def _add_sign(part: OpenPart, local: str, attributes: dict[str, str]) -> None:
    if part.path[-1:] == ["r"]:  # a tab is also a stop of the paragraph
        part.add_text(SIGNS[local])


def _add_symbol(part: OpenPart, local: str, attributes: dict[str, str]) -> None:
    code = Attributes(attributes).get("char", "")
    if _CODE.fullmatch(code) and int(code, 16) <= 0x10FFFF:
        part.add_text(chr(int(code, 16)))


def _begin_or_end_field(part: OpenPart, local: str, attributes: dict[str, str]) -> None:
    kind = Attributes(attributes).get("fldCharType", "")
    if part.story and kind == "begin":
        part.story.fields.begin()
    elif part.story and kind == "end":
        part.story.fields.end()


def _begin_simple_field(part: OpenPart, local: str, attributes: dict[str, str]) -> None:
    if part.story:
        part.story.fields.begin(Attributes(attributes).get("instr", ""))


def _end_simple_field(part: OpenPart) -> None:
    if part.story:
        part.story.fields.end()


def _end_code(part: OpenPart) -> None:
    code = part.taken_text()
    if part.story:
        part.story.fields.add_code(code)


def _add_note(part: OpenPart, local: str, attributes: dict[str, str]) -> None:
    if part.paragraph:
        note = f"{NOTES[local]} {Attributes(attributes).get('id', '')}"
        part.paragraph.add_other("note", part.under, note)


def _add_object(part: OpenPart, local: str, attributes: dict[str, str]) -> None:
    if part.paragraph:
        part.paragraph.add_other("object", part.under)


def _add_anchor(part: OpenPart, local: str, attributes: dict[str, str]) -> None:
    said = Attributes(attributes)
    if local == "bookmarkStart":
        name = part.bookmarks.begins(said)
    else:
        name = part.bookmarks.ends(said) if local == "bookmarkEnd" else said.get("id", "")
    if part.story and name:
        part.story.add_anchor(_ANCHORS[local], name)


def _begin_alternatives(part: OpenPart, local: str, attributes: dict[str, str]) -> None:
    part.alternatives.append(False)


def _begin_alternative(part: OpenPart, local: str, attributes: dict[str, str]) -> None:
    """Of what is there in several forms for several programs, the first is read."""
    if part.alternatives and part.alternatives[-1]:
        part.skipped = 1
    elif part.alternatives:
        part.alternatives[-1] = True


def _end_alternatives(part: OpenPart) -> None:
    part.alternatives.pop()


BEGINNINGS: Mapping[str, Beginning[OpenPart]] = {
    **dict.fromkeys(SKIPPED, _skip),
    **dict.fromkeys(STORIES, _begin_story),
    "p": _begin_paragraph,
    "pStyle": _set_style,
    "tbl": _begin_table,
    "tr": _begin_row,
    "tc": _begin_cell,
    **dict.fromkeys((*TEXTS, *CODES), _begin_text),
    **dict.fromkeys(SIGNS, _add_sign),
    **dict.fromkeys(("sym", "symEx"), _add_symbol),
    "fldChar": _begin_or_end_field,
    "fldSimple": _begin_simple_field,
    **dict.fromkeys(NOTES, _add_note),
    **dict.fromkeys(OBJECTS, _add_object),
    **dict.fromkeys(_ANCHORS, _add_anchor),
    "AlternateContent": _begin_alternatives,
    "Choice": _begin_alternative,
    "Fallback": _begin_alternative,
}
ENDS: Mapping[str, Callable[[OpenPart], None]] = {
    **dict.fromkeys(STORIES, _end_story),
    "p": _end_paragraph,
    "tbl": _end_table,
    **dict.fromkeys(TEXTS, _end_text),
    **dict.fromkeys(CODES, _end_code),
    "fldSimple": _end_simple_field,
    "AlternateContent": _end_alternatives,
}
