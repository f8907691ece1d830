"""Which row of a table is which of another state of it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence

from handouts.excel.lines import Line


def matched_to_written(lines: Sequence[Line], written: Sequence[Line]) -> Mapping[int, int]:
    """For the rows of a workbook that came back, by number, the rows as they were written: by what stands beside them.

    A row that somebody copied bears the same; the one that still says the same is the row itself.
    """
    matching = _Matching(lines, written)
    matching.pair(lambda line: (line.origin, _content(line)) if line.origin else None)
    matching.pair(lambda line: line.origin or None)
    return matching.by_what_they_say()


def matched_to_current(
    written: Sequence[Line], returned: Mapping[int, Line], current: Sequence[Line]
) -> Mapping[int, int]:
    """For the rows of a workbook as they were written, by number, the rows as they are now in the dataset.

    `returned` has the same rows as they came back: the dataset may have them so already.
    """
    matching = _Matching(written, current)
    matching.by_what_they_say()
    return matching.by_what_others_say(returned)


class _Matching:
    def __init__(self, lines: Sequence[Line], others: Sequence[Line]) -> None:
        self._lines = lines
        self._others = others
        self._pairs: dict[int, int] = {}
        self._taken: set[int] = set()

    def pair(self, key: Callable[[Line], Hashable | None]) -> None:
        """Pairs the rows that have the same key, in their order; rows without a key stay."""
        waiting: dict[Hashable, list[int]] = {}
        for number, line in enumerate(self._others):
            if number not in self._taken and (name := key(line)) is not None:
                waiting.setdefault(name, []).append(number)
        for number, line in enumerate(self._lines):
            if number not in self._pairs and (found := waiting.get(key(line))):
                self._join(number, found.pop(0))

    def by_what_they_say(self) -> Mapping[int, int]:
        self.pair(lambda line: (line.known_as, _content(line)))
        self.pair(_content)
        self.pair(lambda line: line.known_as or None)
        self._pair_between_neighbours()
        return self._pairs

    def by_what_others_say(self, lines: Mapping[int, Line]) -> Mapping[int, int]:
        """Pairs also by what other lines say, by the numbers of those whose place they take."""
        self._lines = [lines.get(number, line) for number, line in enumerate(self._lines)]
        self.pair(_content)
        self.pair(lambda line: line.name or None)
        return self._pairs

    def _pair_between_neighbours(self) -> None:
        """Rows without a written id, as many between the same two rows as there: their texts were changed."""
        start = 0
        while start < len(self._lines):
            end = start
            while end < len(self._lines) and end not in self._pairs:
                end += 1
            first = self._pairs[start - 1] + 1 if start else 0
            last = self._pairs[end] if end < len(self._lines) else len(self._others)
            run = range(first, last)
            if len(run) == end - start and all(self._may_join(start + n, first + n) for n in range(len(run))):
                for number, other in zip(range(start, end), run, strict=True):
                    self._join(number, other)
            start = end + 1

    def _may_join(self, number: int, other: int) -> bool:
        """Whether the other row is free and neither bears a written id."""
        is_named = ("id",) in self._lines[number].values or ("id",) in self._others[other].values
        return other not in self._taken and not is_named

    def _join(self, number: int, other: int) -> None:
        self._pairs[number] = other
        self._taken.add(other)


def _content(line: Line) -> Hashable:
    return repr(sorted(line.values.items()))
