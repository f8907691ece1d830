"""What a reviewer did to a Word file, one thing at a time, as it must be found again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

EditKind = Literal[
    "word-replaced",
    "word-inserted",
    "word-deleted",
    "figure-replaced",
    "mark-replaced",
    "paragraph-rewritten",
    "paragraph-deleted",
    "paragraph-inserted",
    "paragraph-split",
    "paragraphs-merged",
    "paragraph-moved",
    "row-deleted",
    "row-inserted",
    "comment",
]


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit: where (the bookmark of the paragraph), what stood there and what stands there now; of a comment its text.

    Its marks are the only ones with its date. `role` is that of the entry.
    """

    kind: EditKind
    bookmark: str
    role: str
    before: str
    after: str
    author: str
    date: str

    def __str__(self) -> str:
        return f"{self.date} {self.author} {self.kind} {self.bookmark} ({self.role}): {self.before!r} → {self.after!r}"
