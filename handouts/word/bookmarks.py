"""References to the dataset as Word bookmarks: the only marks that survive an editor's work in Word.

Word allows 40 letters, digits and underscores, a letter first. `plan:gyomu-taisei` is written as
`plan_gyomu_taisei`, `budget:pamphlet.yen` as `budget_pamphlet__yen`; where a reference stands a second time,
a number follows: `plan_gyomu_taisei__2`.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import count

LONGEST_NAME = 40
LONGEST_ID = 24

_REF = re.compile(r"(?P<prefix>[a-z]+):(?P<id>[a-z][a-z0-9]*(?:-[a-z0-9]+)*)(?:\.(?P<field>[a-z]{1,4}))?")
_NAME = re.compile(
    r"(?P<prefix>[a-z]+)_(?P<id>[a-z][a-z0-9]*(?:_[a-z0-9]+)*)(?:__(?P<field>[a-z]{1,4})?(?P<place>[2-9]|[1-9][0-9]+)?)?"
)


def bookmark_name(ref: str, place: int = 1) -> str:
    """The bookmark for `ref` where it stands for the `place`-th time; raises ValueError for no such ref."""
    parts = _REF.fullmatch(ref)
    if parts is None or len(parts["id"]) > LONGEST_ID:
        raise ValueError(f"{ref!r} is not a reference such as plan:gyomu-taisei or budget:pamphlet.yen")
    tail = (parts["field"] or "") + (str(place) if place > 1 else "")
    name = f"{parts['prefix']}_{parts['id'].replace('-', '_')}" + (f"__{tail}" if tail else "")
    if len(name) > LONGEST_NAME:
        raise ValueError(f"{ref!r} makes the bookmark {name!r}, longer than Word's {LONGEST_NAME} characters")
    return name


def ref_of_bookmark(name: str) -> str | None:
    """The reference that the bookmark `name` was made from; None for a bookmark that is not ours."""
    parts = _NAME.fullmatch(name)
    if parts is None or len(parts["id"]) > LONGEST_ID or name.endswith("__"):
        return None
    ref = f"{parts['prefix']}:{parts['id'].replace('_', '-')}"
    return f"{ref}.{parts['field']}" if parts["field"] else ref


def anchor_name(anchor: str) -> str:
    """The hidden bookmark of a place that links and page numbers refer to: no reference to the dataset."""
    return f"_{anchor}"


class BookmarkLedger:
    """Hands out the bookmarks of one document: every name and every id only once."""

    def __init__(self) -> None:
        self._ids = count(1)
        self._places: Counter[str] = Counter()

    def name(self, ref: str) -> str:
        """The name of the next bookmark for `ref`."""
        self._places[ref] += 1
        return bookmark_name(ref, self._places[ref])

    def number(self) -> int:
        """The next free id."""
        return next(self._ids)
