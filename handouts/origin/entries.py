"""What is known of each printed paragraph: where it comes from, in which role, and what it said when it was sent."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Literal, get_args

Role = Literal["own", "last-year", "earlier", "computed", "repeated", "generated", "unknown"]
"""What a printed text is to its source.

own: entered there. last-year, earlier: of last year's dataset, of the edition before the review. computed: a figure,
number or mark that follows from the source. repeated: what is printed elsewhere too. generated: words of the program.
unknown: a template does not say.
"""
ROLES: frozenset[str] = frozenset(get_args(Role))
# What LibreOffice adds to the name in a frame, _Copy_1, cut off where the name gets too long; ours has no such letter.
_COPY = re.compile(r"_(C.*)?$")


@dataclass(frozen=True, slots=True)
class OriginEntry:
    """One printed paragraph by its bookmark.

    `refs` say where it comes from, none for words of the program. `text` is what is printed, a line break as a line
    feed; `label` the typed number or sign that it begins with. `stored` is what the dataset has instead of all but the
    label where that is something else, as with placeholders. `style` is its class in the page.
    """

    bookmark: str
    refs: tuple[str, ...]
    role: Role
    text: str
    stored: str | None = None
    label: str = ""
    style: str = ""

    @property
    def ref(self) -> str:
        """The first of its refs; empty where it has none."""
        return self.refs[0] if self.refs else ""

    @property
    def words(self) -> str:
        """The printed text without its label."""
        return self.text.removeprefix(self.label)

    @property
    def source(self) -> str:
        """What the dataset has in its place, placeholders and all."""
        return self.words if self.stored is None else self.stored


@dataclass(frozen=True, slots=True)
class OriginHead:
    """What the Word file was made of: version of the program, dataset with fiscal year and edition, kind of handout.

    `previous` and `earlier` are the names of the datasets that it was compared with, empty where there were none.
    """

    program: str
    dataset: str
    fiscal_year: int
    edition: str
    kind: str
    previous: str = ""
    earlier: str = ""


@dataclass(frozen=True)
class Origin:
    """All that a Word file says of where it comes from; the entries stand in the order of the document."""

    head: OriginHead
    entries: tuple[OriginEntry, ...] = ()

    @cached_property
    def digest(self) -> str:
        """The hash of what the handout prints."""
        return printed_digest(entry.text for entry in self.entries)

    @cached_property
    def by_bookmark(self) -> dict[str, OriginEntry]:
        """The entries by the names of their bookmarks."""
        return {entry.bookmark: entry for entry in self.entries}

    def entry_of(self, bookmark: str) -> OriginEntry | None:
        """The entry of a bookmark by its name in a file, whatever an editor added to that; None for one of somebody else."""
        return self.by_bookmark.get(bookmark) or self.by_bookmark.get(_COPY.sub("", bookmark))


def printed_digest(texts: Iterable[str]) -> str:
    """The hash of printed paragraphs in their order, in hexadecimal digits."""
    made = sha256()
    for text in texts:
        made.update(text.encode())
        made.update(b"\0")
    return made.hexdigest()
