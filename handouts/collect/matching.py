"""Which row of a table is which of another state of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import TypeAlias

from handouts.dataset.plan_matching import likeness
from handouts.excel.rows import DatasetRow
from handouts.excel.sheets import PLAN

_ALIKE = 0.6  # how much of two texts is the same where one was made of the other

Naming: TypeAlias = Callable[[DatasetRow], Hashable | None]


def matched_to_written(lines: Sequence[DatasetRow], written: Sequence[DatasetRow]) -> Mapping[int, int]:
    """For the rows of a workbook that came back, by number, the rows as they were written: by what stands beside them.

    A row that somebody copied bears the same; the one that still says the same is the row itself.
    """
    matching = _Matching(lines, written)
    matching.pair(lambda line: (line.origin, _content(line)) if line.origin else None)
    matching.pair(lambda line: line.origin or None)
    return matching.by_what_they_say()


def matched_to_current(
    written: Sequence[DatasetRow], returned: Mapping[int, DatasetRow], current: Sequence[DatasetRow]
) -> Mapping[int, int]:
    """For the rows of a workbook as they were written, by number, the rows as they are now in the dataset.

    `returned` has the same rows as they came back: the dataset may have them so already.
    """
    matching = _Matching(written, current)
    matching.by_what_they_say()
    return matching.by_what_others_say(returned)


def are_alike(line: DatasetRow, other: DatasetRow) -> bool:
    """Whether the text of one row was made of that of the other."""
    text, again = (str(one.values.get(("text",), "")) for one in (line, other))
    return bool(text and again) and likeness(text, again) >= _ALIKE


class _Matching:
    def __init__(self, lines: Sequence[DatasetRow], others: Sequence[DatasetRow]) -> None:
        self._lines = lines
        self._others = others
        self._pairs: dict[int, int] = {}
        self._taken: set[int] = set()

    def pair(self, name: Naming) -> None:
        """Pairs the rows that have the same name, in their order; rows without a name stay."""
        self._pair_among(name, range(len(self._lines)), range(len(self._others)))

    def by_what_they_say(self) -> Mapping[int, int]:
        """Pairs rows by their content and their names; what stands many times, as 【重要度：高】, by its neighbours."""
        self.pair(lambda line: (line.name, _content(line)) if line.name else None)
        self._pair_single(_content)
        self._pair_beside()
        self._pair_in_gaps(_content)
        self.pair(lambda line: line.name or None)
        self._pair_single(_content_without_id)
        self._pair_single(_words_of_plan)
        self._pair_in_gaps(lambda line: line.known_as or None)
        self._pair_changed()
        return self._pairs

    def by_what_others_say(self, lines: Mapping[int, DatasetRow]) -> Mapping[int, int]:
        """Pairs also by what other lines say, by the numbers of those whose place they take."""
        self._lines = [lines.get(number, line) for number, line in enumerate(self._lines)]
        self._pair_single(_content)
        self._pair_in_gaps(_content)
        self.pair(lambda line: line.name or None)
        return self._pairs

    def _pair_among(self, name: Naming, numbers: Sequence[int], others: Sequence[int]) -> None:
        waiting: dict[Hashable, list[int]] = {}
        for other in others:
            if other not in self._taken and (known := name(self._others[other])) is not None:
                waiting.setdefault(known, []).append(other)
        for number in numbers:
            if number not in self._pairs and (found := waiting.get(name(self._lines[number]))):
                self._join(number, found.pop(0))

    def _pair_single(self, name: Naming) -> None:
        """Pairs the rows whose name no other row has on either side."""
        counts = [Counter(map(name, rows)) for rows in (self._lines, self._others)]

        def single(line: DatasetRow) -> Hashable | None:
            known = name(line)
            return known if all(count[known] == 1 for count in counts) else None

        self.pair(single)

    def _pair_beside(self) -> None:
        """Pairs rows of the same content that stand next to a pair."""
        for step in (1, -1):
            for number in range(len(self._lines))[::step]:
                beside, other = number - step, self._pairs.get(number - step, -step) + step
                if number in self._pairs or beside not in self._pairs or other in self._taken:
                    continue
                if 0 <= other < len(self._others):
                    same = _content(self._lines[number]) == _content(self._others[other])
                    self._join(number, other) if same else None

    def _pair_in_gaps(self, name: Naming) -> None:
        """Pairs the rows of the same name that stand between the same two pairs."""
        for numbers, others in self._gaps():
            self._pair_among(name, numbers, others)

    def _pair_changed(self) -> None:
        """Pairs rows without a written id whose texts were changed: as many as there, or alike ones in the same order."""
        for numbers, gap in self._gaps():
            others = list(gap)
            if len(others) == len(numbers) and all(map(self._may_join, numbers, others)):
                for number, other in zip(numbers, others, strict=True):
                    self._join(number, other)
                continue
            for number in numbers:
                alike = (other for other in others if self._is_alike(number, other))
                if (found := next(alike, None)) is not None:
                    self._join(number, found)
                    others = [other for other in others if other > found]

    def _gaps(self) -> Iterator[tuple[Sequence[int], Sequence[int]]]:
        """The rows between two pairs that have no partner yet, and the rows between their partners."""
        start = 0
        while start < len(self._lines):
            end = start
            while end < len(self._lines) and end not in self._pairs:
                end += 1
            first = self._pairs[start - 1] + 1 if start else 0
            last = self._pairs[end] if end < len(self._lines) else len(self._others)
            if end > start:
                yield range(start, end), range(first, last)
            start = end + 1

    def _may_join(self, number: int, other: int) -> bool:
        """Whether the other row is free and neither bears a written id; one that the program gave it is none."""
        is_named = self._lines[number].shown(("id",)) or self._others[other].shown(("id",))
        return other not in self._taken and not is_named

    def _is_alike(self, number: int, other: int) -> bool:
        return self._may_join(number, other) and are_alike(self._lines[number], self._others[other])

    def _join(self, number: int, other: int) -> None:
        self._pairs[number] = other
        self._taken.add(other)


def _content(line: DatasetRow) -> Hashable:
    return repr(sorted(line.values.items()))


def _words_of_plan(line: DatasetRow) -> Hashable:
    """The text of a paragraph, whose kind nobody need choose and whose id somebody may have written since."""
    return line.values.get(("text",)) if line.table is PLAN else None


def _content_without_id(line: DatasetRow) -> Hashable:
    return repr(sorted((key, value) for key, value in line.values.items() if key != ("id",)))
