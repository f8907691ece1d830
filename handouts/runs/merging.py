"""Workbooks put into a stored dataset as a run: conflicts, what would be taken away, what comes of it; then it is written.

An import is the same with one workbook of all rows as a collection is with those of the groups.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from handouts.collect.collection import Collection
from handouts.collect.conflicts import DATASET, Conflicts
from handouts.collect.returned import WHOLE, Returned
from handouts.dataset.columns import plain
from handouts.dataset.model import Dataset
from handouts.dataset.reading import Reading
from handouts.excel.losses import lost_years, year_columns
from handouts.files import Occasion
from handouts.findings import DataFaults, Finding, HandoutError, Place, Rule, errors_of
from handouts.runs.checking import checked
from handouts.runs.put_in import records_of
from handouts.runs.updating import StoredDataset, Update, other_year, update

UNDECIDED = Rule(
    "collect.undecided",
    "食い違いが {count} か所あるので、何も書き換えていません",
    remedy="セルかデータを正しい値に直すか、正しいほうを --take に書いて（{sides}）、もう一度実行してください",
)
LEFT_OUT = Rule(
    "collect.left-out",
    "このブックは入れませんでした（上の誤りか食い違いがあるため）",
    remedy="直してもらってから、もう一度集めてください",
)

NEWER_STAYS = Rule(
    "collect.newer-stays",
    "このブックを書き出したあとで「{file}」から取り込んだ値が {count} か所あり、このブックには入っていません。"
    "今のデータのまま残しました",
    remedy="続きは、書き出し直したブックに書くと、新しい値が入っています",
    severity="warning",
)


@dataclass(frozen=True, slots=True)
class Merge:
    """What comes of workbooks, not written yet: what is odd, and what would be taken away, to which somebody has to say yes.

    `taken` counts by workbook the places that it brought. `left_out` says which workbooks are not in it, and why;
    `groups_not_there` have given none, and `left_empty` is what those that have were to fill in.
    """

    write: Callable[[Occasion], Update]
    findings: tuple[Finding, ...]
    removals: tuple[Finding, ...] = ()
    taken: Mapping[str, int] = field(default_factory=dict)
    left_out: tuple[Finding, ...] = ()
    groups_not_there: tuple[str, ...] = ()
    left_empty: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user wants of a merge: who is right where two sides differ, and whether workbooks at fault are left out."""

    take: Sequence[str] = ()
    is_partial: bool = False


def merge_workbooks(
    stored: StoredDataset,
    returned: Sequence[Returned],
    wishes: Wishes,
    known: Container[object] = (),
    found: Sequence[Finding] = (),
) -> Merge:
    """What the workbooks changed since they were written, put into a dataset; raises DataFaults.

    Oddities of what comes of it that are `known`, by their rules and values, are not said again; those that were
    `found` in the workbooks are.
    """
    attempt, left_out = _attempted(stored, returned, wishes, known, found)
    new = attempt.dataset
    assert new is not None
    records = partial(records_of, stored.path, attempt.returned)
    return Merge(
        lambda occasion: update(stored, new, occasion, records),
        (*_newer(attempt.returned), *attempt.conflicts.decided, *attempt.found),
        tuple(attempt.collection.removals),
        {one.who: attempt.collection.taken[one.file] for one in attempt.returned},
        left_out,
    )


def _attempted(
    stored: StoredDataset,
    returned: Sequence[Returned],
    wishes: Wishes,
    known: Container[object],
    found: Sequence[Finding],
) -> tuple[_Attempt, tuple[Finding, ...]]:
    """The attempt that has no faults, and what was said of the workbooks that had to be left out for it."""
    preferred = _preferred(wishes.take, returned)
    left_out: list[Finding] = []
    while (attempt := _Attempt(stored, returned, preferred, known, found)).faults:
        returned = [one for one in returned if one.file not in attempt.blamed]
        if not (wishes.is_partial and attempt.blamed and returned):
            raise DataFaults((*left_out, *attempt.faults, *attempt.undecided()))
        left_out += attempt.faults
        left_out += [LEFT_OUT.at(Place(file)) for file in sorted(attempt.blamed)]
    return attempt, tuple(left_out)


def _newer(returned: Iterable[Returned]) -> Iterator[Finding]:
    for one in returned:
        for file, count in (one.lineage.newer if one.lineage else {}).items():
            yield NEWER_STAYS.at(Place(one.file), file=file, count=count)


class _Attempt:
    """Workbooks put together: the dataset that comes of them, None where there are faults, and who is to blame for those."""

    def __init__(
        self,
        stored: StoredDataset,
        returned: Sequence[Returned],
        preferred: Sequence[tuple[str, ...]],
        known: Container[object],
        found: Sequence[Finding],
    ) -> None:
        self._stored = stored
        self.returned = returned
        self.conflicts = Conflicts(preferred)
        self.collection = Collection(stored.dataset.name, stored.rows, stored.reading.places, self.conflicts)
        self.dataset: Dataset | None = None
        self.found: tuple[Finding, ...] = ()
        self.faults = tuple(self._faults_of_workbooks())
        if not self.faults:
            for one in sorted(returned, key=lambda one: _turn(one, preferred)):
                self.collection.add(one)
            self.faults = tuple(self.conflicts.found)
        if not self.faults:
            self._check(self.collection.reading(), known, found)

    @property
    def blamed(self) -> frozenset[str]:
        """The files without which there would not be those faults."""
        files = frozenset(one.file for one in self.returned)
        return files & (self.conflicts.blamed | {finding.place.file for finding in self.faults})

    def undecided(self) -> Iterator[Finding]:
        """How many conflicts nobody decided, and how that is done."""
        if count := len(self.conflicts.found):
            is_whole = not any(one.group for one in self.returned)
            sides = (
                f"「{WHOLE}」か「{DATASET}」" if is_whole else f"ブックの名前、グループ、または「{DATASET}」"
            )
            yield UNDECIDED.at(Place(str(self._stored.path)), count=count, sides=sides)

    def _faults_of_workbooks(self) -> Iterator[Finding]:
        for one in self.returned:
            yield from other_year(self._stored, one.dataset, one.file)
            there = year_columns(one.book)
            written = year_columns(one.lineage.base) if one.lineage else None
            yield from lost_years(one.file, self._stored.dataset, one.dataset, there, written)

    def _check(self, merged: Reading, known: Container[object], found: Sequence[Finding]) -> None:
        self.faults = merged.findings
        if merged.dataset is None or self.faults:
            return
        found = checked(merged, tuple(found))[0]
        self.faults = errors_of(found)
        self.found = tuple(one for one in found if (one.rule, one.values) not in known)
        self.dataset = merged.dataset


def known_findings(reading: Reading) -> frozenset[object]:
    """What is odd in a dataset already."""
    return frozenset((finding.rule, finding.values) for finding in checked(reading)[0])


def _preferred(take: Sequence[str], returned: Sequence[Returned]) -> tuple[tuple[str, ...], ...]:
    """For each name in `take` the files that it means, or DATASET."""
    preferred: list[tuple[str, ...]] = []
    for name in take:
        files = tuple(one.file for one in returned if plain(name) in _names(one))
        if not files and plain(name) != plain(DATASET):
            known = "、".join((*(one.file for one in returned), DATASET))
            raise HandoutError(
                f"--take の「{name}」は、集めるブックの中にありません。書けるのは {known} です。"
            )
        preferred.append(files or (DATASET,))
    return tuple(preferred)


def _turn(returned: Returned, preferred: Sequence[Container[str]]) -> tuple[int, str]:
    """What sorts the workbooks, so that the same comes of them in whatever order they were named.

    Those that are right come first: what loses against them is no conflict with the rest.
    """
    file = returned.file
    turn = next((number for number, files in enumerate(preferred) if file in files), len(preferred))
    return turn, file


def _names(returned: Returned) -> set[str]:
    name = returned.name
    return set(map(plain, (returned.file, Path(returned.file).stem, name, name.removesuffix("グループ"))))
