"""Strict reading of HTML: a tree of elements, each one known to the closed vocabulary."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from handouts.findings import HandoutError
from handouts.look.vocabulary import VOCABULARY

VOID = frozenset({"meta", "col", "br", "img"})
LEVELS: Mapping[str, int] = {"p": 0, "h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5}
"""The elements that hold text, with the heading level of each; data-level says otherwise."""

ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "html": frozenset({"lang"}),
    "meta": frozenset({"charset", "name", "content"}),
    "td": frozenset({"colspan"}),
    "th": frozenset({"colspan", "scope"}),
    "img": frozenset({"src", "alt", "data-chart"}),
    "a": frozenset({"href"}),
    "span": frozenset({"data-to", "data-font"}),
    **{name: frozenset({"data-ref", "data-role", "data-level"}) for name in LEVELS},
}
EVERYWHERE = frozenset({"class", "id"})

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class UnknownMarkup(Exception):
    """A template wrote HTML that the Word step has no answer for: a bug of ours, not of the data."""


@dataclass(slots=True)
class Element:
    """An element of the page with its classes in order, its attributes and its children."""

    tag: str
    line: int
    classes: tuple[str, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    def elements(self) -> Iterator[Element]:
        """The children, where only elements may stand; raises UnknownMarkup at any other text."""
        for child in self.children:
            if isinstance(child, Element):
                yield child
            elif child.strip(" \t\n\f"):
                raise self.fault(f"text outside a paragraph: {child.strip()[:40]!r}")

    def fault(self, what: str) -> UnknownMarkup:
        """The exception that says `what` is wrong here."""
        return UnknownMarkup(f"<{self.tag}> in line {self.line}: {what}")


def read_markup(html: str) -> Element:
    """The <html> element of `html`; raises UnknownMarkup for what the vocabulary does not list."""
    text = html.replace("\r\n", "\n").replace("\r", "\n")
    _refuse_forbidden_characters(text)
    builder = _TreeBuilder()
    builder.feed(text)
    builder.close()
    return builder.root()


def _refuse_forbidden_characters(text: str) -> None:
    """XML has no way to write control characters, so Word could not open the file."""
    if found := _FORBIDDEN.search(text):
        around = _FORBIDDEN.sub("□", text[max(0, found.start() - 20) : found.end() + 20])
        raise HandoutError(
            f"Word に書けない文字 U+{ord(found.group()):04X} があります（「{around}」の□）。"
            "データからこの文字を消してください。"
        )


class _TreeBuilder(HTMLParser):
    """Builds the tree and checks every tag; HTML's own forgiving repairs are left out on purpose."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._document = Element("#document", 0)
        self._open = [self._document]

    def root(self) -> Element:
        if len(self._open) > 1:
            raise self._open[-1].fault("is never closed")
        roots = list(self._document.elements())
        if [root.tag for root in roots] != ["html"]:
            raise self._document.fault("a page is one <html> element")
        return roots[0]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        classes = tuple(attributes.pop("class", "").split())
        element = Element(tag, self.getpos()[0], classes, attributes)
        _check(element)
        self._open[-1].children.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if self._open[-1].tag != tag:
            raise self._open[-1].fault(f"</{tag}> in line {self.getpos()[0]} closes another element")
        self._open.pop()

    def handle_data(self, data: str) -> None:
        children = self._open[-1].children
        if children and isinstance(children[-1], str):
            children[-1] += data
        else:
            children.append(data)


def _check(element: Element) -> None:
    if element.tag not in VOCABULARY:
        raise element.fault("this element is not in handouts/vocabulary.py")
    for name in element.classes:
        # What a column may be called, look.toml says, where its width is.
        if name not in VOCABULARY[element.tag] and element.tag not in ("body", "col"):
            raise element.fault(f'class "{name}" is not in handouts/vocabulary.py for this element')
    for name in element.attributes:
        if name not in EVERYWHERE and name not in ATTRIBUTES.get(element.tag, frozenset()):
            raise element.fault(f'attribute "{name}" is not in handouts/word/markup.py for this element')
