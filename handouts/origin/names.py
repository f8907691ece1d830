"""Names for bookmarks, the only marks that survive an editor's work in Word.

A bookmark has fewer than 40 letters, digits and underscores, a letter first. Where a ref allows it, the name says it:
`plan_gyomu_taisei` for `plan:gyomu-taisei`, `budget_pamphlet__amount` for `budget:pamphlet.amount`,
`progress_kansho__text_5_2` for `progress:kansho.text[5][2]`; where a ref stands a second time, a number follows:
`plan_gyomu_taisei__2`. Everything else has a number alone, and what it is the origin in the file says.
"""

from __future__ import annotations

import re
from functools import lru_cache

LONGEST_NAME = 39

_REF = re.compile(
    r"(?P<kind>[a-z]+):(?P<id>[a-z][a-z0-9]*(?:-[a-z0-9]+)*)"
    r"(?P<path>(?:\.(?:[a-z]+(?:_[a-z]+)*|[RH][0-9]+)(?:\[[0-9]+\])*)*)"
)
_NAME = re.compile(
    r"(?P<kind>[a-z]+)_(?P<id>[a-z][a-z0-9]*(?:_[a-z0-9]+)*)"
    r"(?P<path>(?:__(?:[a-z]+(?:_[a-z]+)*|[RH][0-9]+)(?:_[0-9]+)*)*)"
    r"(?:__(?:[2-9]|[1-9][0-9]+))?"
)
_STEP = re.compile(r"__(?P<key>[a-z]+(?:_[a-z]+)*|[RH][0-9]+)(?P<numbers>(?:_[0-9]+)*)")


def bookmark_name(ref: str, place: int = 1) -> str | None:
    """The bookmark that says `ref`, where it stands for the `place`-th time; None where no name can say it."""
    stem = _stem(ref)
    name = stem if place == 1 or stem is None else f"{stem}__{place}"
    return None if name is None or len(name) > LONGEST_NAME else name


@lru_cache(maxsize=4096)
def _stem(ref: str) -> str | None:
    parts = _REF.fullmatch(ref)
    if parts is None:
        return None
    path = parts["path"].replace(".", "__").replace("[", "_").replace("]", "")
    return f"{parts['kind']}_{parts['id'].replace('-', '_')}{path}"


def ref_of_bookmark(name: str) -> str | None:
    """The ref that the bookmark `name` says; None for one that is not ours, or says none."""
    parts = _NAME.fullmatch(name)
    if parts is None or len(name) > LONGEST_NAME:
        return None
    steps = (
        f".{step['key']}{''.join(f'[{number}]' for number in step['numbers'].split('_')[1:])}"
        for step in _STEP.finditer(parts["path"])
    )
    return f"{parts['kind']}:{parts['id'].replace('_', '-')}{''.join(steps)}"
