"""Words that somebody may have meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from handouts.findings import ByForm


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word nearest to `word`; empty where none is near."""
    return next(iter(difflib.get_close_matches(word, list(known), 1)), "")


def near_named(name: str, names: Iterable[tuple[str, str]]) -> ByForm | str:
    """The entry whose id, or whose name, is nearly `name`, of ids with names; empty where there is none."""
    known = dict(names)
    near = nearest(name, known)
    called = known.get(near) or nearest(name, known.values())
    return ByForm(near, called) if near or called else ""
