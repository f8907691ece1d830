"""Which id a paragraph without a written one keeps: that which its row had when the workbook was written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from handouts.dataset.fields import ID_LENGTH, ID_PATTERN
from handouts.dataset.plan import Plan
from handouts.dataset.plan_ids import keep_ids
from handouts.dataset.plan_matching import likeness, same_paragraphs
from handouts.dataset.typed_text import bare
from handouts.excel.rows import DatasetRow, bare_kind

_NUMBER = re.compile(r"-\d+$")  # behind the id of the second of two equal paragraphs


def keep_origins(plan: Plan, rows: Sequence[DatasetRow], written: Callable[[], Sequence[DatasetRow]]) -> Plan:
    """The plan that was read of `rows`, its paragraphs with the ids that their rows had when they were `written`.

    Nothing was written where the workbook does not say with what.
    """
    lines = {row.line: row for row in rows}
    numbers = {number: lines[one.line] for number, one in enumerate(plan.paragraphs) if one.line in lines}
    ids = {number: plan.paragraphs[number].id for number in numbers}
    if all(name in (row.origin, row.name) for name, row in zip(ids.values(), numbers.values(), strict=True)):
        return plan
    return Plan(keep_ids(plan.paragraphs, _Origins(numbers, ids, written()).found()))


class _Origins:
    """Finds the origin of the paragraphs whose row has no written id, by their numbers."""

    def __init__(
        self,
        rows: Mapping[int, DatasetRow],
        derived: Mapping[int, str],
        written: Sequence[DatasetRow],
    ) -> None:
        self._rows = rows
        self._derived = derived
        self._written = {row.known_as: row for row in written if row.known_as}
        self._open = [number for number, row in rows.items() if not row.shown(("id",)).strip()]
        own = {row.shown(("id",)).strip() for row in rows.values()}
        known = set(self._written) or set(map(self._origin, self._open))
        self._free = {name for name in known if name not in own and _is_id(name)}
        self._found: dict[int, str] = {}

    def found(self) -> Mapping[int, str]:
        """The id of each of them that has one."""
        self._keep_said()
        self._keep_moved()
        self._keep_reworded()
        self._keep_without_origin()
        return self._found

    def _keep_said(self) -> None:
        """Rows that still say what they said."""
        for number in self._open:
            if self._says_what(number, self._origin(number)):
                self._keep(number, self._origin(number))

    def _keep_moved(self) -> None:
        """Rows that say what another row said which says something else now: the words were moved and not the row.

        A row whose own origin another one has kept is a copy.
        """
        waiting: dict[str, list[str]] = {}
        for name in sorted(self._free, reverse=True):
            waiting.setdefault(self._said(name), []).append(name)
        moved = [number for number in self._left() if self._origin(number) in self._free]
        for number in moved:
            if names := waiting.get(self._says(number)):
                self._keep(number, names.pop())

    def _keep_reworded(self) -> None:
        """Rows in other words; of those that were copied the one that is most alike to what was written."""
        copies: dict[str, list[int]] = {}
        for number in self._left():
            copies.setdefault(self._origin(number), []).append(number)
        for name in set(copies) & self._free:
            self._keep(max(copies[name], key=lambda number: self._likeness(number, name)), name)

    def _keep_without_origin(self) -> None:
        """Rows that were typed anew, as those of a workbook whose column of origins is gone."""
        names = list(self._written)
        numbers = list(self._rows)
        places = {name: place for place, name in enumerate(names)}
        known = {
            place: places[name]
            for place, number in enumerate(numbers)
            if (name := self._found.get(number) or self._rows[number].shown(("id",)).strip()) in places
        }
        left = set(self._left())
        same = same_paragraphs(
            [_words(row) for row in self._written.values()], list(map(self._text, numbers)), known
        )
        for place, other in same.items():
            if numbers[place] in left and names[other] in self._free and not self._origin(numbers[place]):
                self._keep(numbers[place], names[other])

    def _keep(self, number: int, name: str) -> None:
        if name in self._free:
            self._found[number] = name
            self._free.discard(name)

    def _left(self) -> Iterator[int]:
        return (number for number in self._open if number not in self._found)

    def _origin(self, number: int) -> str:
        return self._rows[number].origin

    def _text(self, number: int) -> str:
        return _words(self._rows[number])

    def _says_what(self, number: int, name: str) -> bool:
        return bool(name) and self._says(number) == self._said(name)

    def _says(self, number: int) -> str:
        """What a row says, in the form in which `_said` has what was written: its words, or the id made of them."""
        return self._text(number) if self._written else _NUMBER.sub("", self._derived[number])

    def _said(self, name: str) -> str:
        """What the row of this id said."""
        return _words(self._written[name]) if name in self._written else _NUMBER.sub("", name)

    def _likeness(self, number: int, name: str) -> float:
        return likeness(self._text(number), _words(self._written[name])) if name in self._written else 0.0


def _words(row: DatasetRow) -> str:
    """What tells a row: its text, or its kind where it has none."""
    return bare(row.shown(("text",))) or bare(bare_kind(row.shown(("kind",))))


def _is_id(name: str) -> bool:
    return len(name) <= ID_LENGTH and bool(re.fullmatch(ID_PATTERN, name))
