"""What was computed of frozen values is remembered: it is computed once, whoever asks for it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

_Given = ParamSpec("_Given")
_Found = TypeVar("_Found")


def remembered(most: int) -> Callable[[Callable[_Given, _Found]], Callable[_Given, _Found]]:
    """What makes a function remember what it found for the last so many arguments.

    They are told by identity, since most of what we have cannot be hashed; nobody may change arguments or results.
    """

    def of(compute: Callable[_Given, _Found]) -> Callable[_Given, _Found]:
        # The arguments are kept with what was found: while they are, nothing else has their ids.
        known: OrderedDict[tuple[object, ...], tuple[tuple[object, ...], _Found]] = OrderedDict()

        @wraps(compute)
        def recall(*args: _Given.args, **kwargs: _Given.kwargs) -> _Found:
            given = (*args, *kwargs.values())
            key = (*kwargs, *map(id, given))
            if (entry := known.get(key)) is None:
                entry = known[key] = given, compute(*args, **kwargs)
                if len(known) > most:
                    known.popitem(last=False)
            return entry[1]

        return recall

    return of
