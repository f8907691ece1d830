"""Returned files by the hundred: `python -m tests.reviewing [FILES]`, or one of them alone by its name in quotes.

A name is what the list of failures says, such as "progress 7 Word" or "plan 3 LibreOffice real".
"""

from __future__ import annotations

import sys
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from tests.reviewing.edits import Edit
from tests.reviewing.office_reviewer import OfficeReviewer, has_uno
from tests.reviewing.round_trip import RoundTrip, reviewed_in_word, round_trip
from tests.reviewing.sent import SAMPLES, has_real, sent

_FILES = 300
_EDITS = (1, 3, 8, 15, 25)


@dataclass(frozen=True, slots=True)
class _Task:
    """One file: of which kind, by which seed, made in LibreOffice or as Word writes it, of a real dataset or a sample."""

    kind: str
    seed: int
    in_office: bool = False
    is_real: bool = False

    @property
    def name(self) -> str:
        return f"{self.kind} {self.seed} {'LibreOffice' if self.in_office else 'Word'}{' real' if self.is_real else ''}"


def _tasks(count: int) -> Iterator[_Task]:
    """The kinds in turn; every fifth file of a kind is made in LibreOffice, every third of a real dataset."""
    for number in range(count):
        kind, seed = list(SAMPLES)[number % len(SAMPLES)], number // len(SAMPLES)
        yield _Task(kind, seed, seed % 5 == 4, has_real(kind) and seed % 3 == 2)


def _named(name: str) -> _Task:
    kind, seed, *more = name.split()
    return _Task(kind, int(seed), "LibreOffice" in more, "real" in more)


def _trip(task: _Task, office: OfficeReviewer | None) -> RoundTrip:
    edits: Sequence[Edit] = ()
    count = _EDITS[task.seed % len(_EDITS)]
    try:
        one = sent(task.kind, task.is_real)
        if task.in_office:
            assert office, "Debian's libreoffice-writer and python3-uno are needed"
            content, edits = office.review(one, task.seed, count)
        else:
            content, edits = reviewed_in_word(one, task.seed, count)
        return round_trip(task.name, one, content, edits)
    except Exception:  # one file that fails does not keep the others from being tried
        return RoundTrip(task.name, edits, failures=[traceback.format_exc()])


def main(arguments: Sequence[str]) -> int:
    """Tries the files and counts what came of them; 1 where something failed."""
    first = arguments[0] if arguments else str(_FILES)
    tasks = list(_tasks(int(first))) if first.isdecimal() else [_named(first)]
    outcomes: Counter[str] = Counter()
    differences: Counter[str] = Counter()
    trips: Counter[str] = Counter()
    with ExitStack() as open_:
        wanted = has_uno() and any(task.in_office for task in tasks)
        office = open_.enter_context(OfficeReviewer()) if wanted else None
        for task in tasks:
            trip = _trip(task, office)
            outcomes.update(f"{edit.kind}: {outcome}" for edit, outcome in trip.outcomes)
            differences.update(one.reason for one in trip.differences)
            trips.update(
                ["failed"] * bool(trip.failures) + ["built"] * trip.is_built + ["equal"] * trip.is_equal
            )
            if len(tasks) == 1:
                print(trip)
            elif trip.failures:
                print(trip.short(), flush=True)
    print(
        f"{len(tasks)} files with {outcomes.total()} edits: {trips['failed']} failed; {trips['built']} were built",
        end=" ",
    )
    print(f"again, {trips['equal']} of them with every paragraph as it came back")
    for title, counted in (("edits", outcomes), ("paragraphs that differ", differences)):
        print(f"{title}:")
        for what, number in sorted(counted.items(), key=lambda one: (one[0].partition(":")[0], -one[1])):
            print(f"  {number:5} {what}")
    return 1 if trips["failed"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
