"""Refs of printed texts: places in a dataset, as findings name them, with a letter for another year or edition.

`plan:ID`, `kpi:ID.target`, `monthly:ID.series[2].values[4]`, `progress:ID.text[3][1]` (line, cell of its row),
`dataset:handouts.plan.date`; all counted from 1. `oplan:ID` is last year's, `ekpi:ID` that of the earlier edition.
What is computed of several places has them all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

_AND = " + "
# An entry may be named by words of the plan, and these may have anything in them.
_BETWEEN = re.compile(r" \+ (?=[a-z]+:)")
_REF = re.compile(r"(?P<of>[oe]?)(?P<kind>plan|budget|field|kpi|population|monthly|item|progress|dataset):")
_EDITIONS: dict[str, Literal["this", "previous", "earlier"]] = {
    "": "this",
    "o": "previous",
    "e": "earlier",
}


def joined_refs(refs: Iterable[str]) -> str:
    """Several refs as one text; what has none adds nothing."""
    return _AND.join(dict.fromkeys(filter(None, refs)))


def split_refs(refs: str) -> tuple[str, ...]:
    """The refs in a text that was joined of them; raises ValueError where one of them is none."""
    if not refs:
        return ()
    found = tuple(_BETWEEN.split(refs)) if _AND in refs else (refs,)
    for ref in found:
        if not _REF.match(ref):
            raise ValueError(f"{ref!r} is not a ref such as plan:gyomu-taisei or budget:pamphlet.amount")
    return found


@lru_cache(maxsize=8192)
def edition_of_ref(ref: str) -> Literal["this", "previous", "earlier"]:
    """Whose the ref is: this dataset's, last year's, or that of the earlier edition."""
    match = _REF.match(ref)
    return _EDITIONS[match["of"] if match else ""]


def own_ref(ref: str) -> str:
    """The ref as the dataset itself has it, whichever dataset it is of."""
    return ref if edition_of_ref(ref) == "this" else ref[1:]
