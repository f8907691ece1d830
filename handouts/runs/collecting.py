"""The workbooks of the groups as a run: collected, put together, checked, written into the dataset."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from handouts.collect.collection import Collection
from handouts.collect.conflicts import DATASET, Conflicts
from handouts.collect.returned import Returned, read_returned
from handouts.dataset.columns import plain
from handouts.dataset.model import Dataset
from handouts.dataset.reading import Reading
from handouts.excel.losses import lost_years, year_columns
from handouts.files import Occasion
from handouts.findings import DataFaults, Finding, HandoutError, Place, Rule, errors_of
from handouts.runs.checking import checked
from handouts.runs.updating import Update, check_same_year, read_for_update, update
from handouts.runs.workbooks import write_marked

FROM_ANOTHER = Rule(
    "collect.from-another",
    "このブックはデータ「{source}」から書き出したもので、集める先は「{target}」です",
    remedy="集める先を確かめてください。データの名前を変えただけなら、そのままで構いません",
    severity="warning",
)
UNDECIDED = Rule(
    "collect.undecided",
    "食い違いが {count} か所あるので、何も書き換えていません",
    remedy="セルかデータを正しい値に直すか、正しいほうを --take に書いて（ブックの名前、グループ、または「データ」）、"
    "もう一度集めてください",
)
MARKED = Rule("collect.marked", "色と説明を付けた写しを書きました", severity="warning")


@dataclass(frozen=True, slots=True)
class Collected:
    """What was written, how many places each workbook brought, and what is odd."""

    update: Update
    taken: Mapping[str, int]
    findings: tuple[Finding, ...]


def collect_workbooks(
    files: Sequence[Path],
    path: Path,
    occasion: Occasion,
    take: Sequence[str] = (),
    marked: Path | None = None,
) -> Collected:
    """Puts what the groups changed in their workbooks into the dataset at `path`, a folder or a workbook.

    `take` says who is right where two sides differ: files, groups, or DATASET. With `marked`, copies of the workbooks
    with marks on faults and conflicts are written there. Raises DataFaults where there are any, and changes nothing.
    """
    _check_names(files)
    stored = read_for_update(path)
    old = stored.dataset
    read = [read_returned(file) for file in files]
    returned = [one for one, _ in read if one is not None]
    findings = [finding for _, found in read for finding in found]
    findings += [_from_another(one, old) for one in returned if one.source not in ("", old.name)]
    try:
        if len(returned) < len(read):
            raise DataFaults(findings)
        for one in returned:
            check_same_year(stored, one.dataset, one.file)
        conflicts = Conflicts(_preferred(take, returned))
        collection = Collection(old, stored.reading.places, conflicts)
        for one in sorted(returned, key=lambda one: _turn(one, conflicts.preferred)):
            collection.add(one)
        lost = [finding for one in returned for finding in _lost(one, old)]
        if conflicts.found or lost:
            raise DataFaults((*lost, *conflicts.found, *_undecided(path, len(conflicts.found))))
        new, found = _checked(collection.reading(), stored.reading)
    except DataFaults as faults:
        raise DataFaults((*faults.findings, *_mark(files, faults.findings, marked))) from None
    taken = {one.who: collection.taken[one.file] for one in returned}
    return Collected(update(stored, new, occasion), taken, (*findings, *conflicts.decided, *found))


def _from_another(returned: Returned, old: Dataset) -> Finding:
    return FROM_ANOTHER.at(Place(returned.file), source=returned.source, target=old.name)


def _check_names(files: Sequence[Path]) -> None:
    """Messages and answers name a workbook by its file name alone."""
    names = [file.name for file in files]
    for name in dict.fromkeys(names):
        if names.count(name) > 1:
            raise HandoutError(
                f"「{name}」という名前のブックが二つあります。同じものなら一つにし、別のものなら名前を変えてください。"
            )


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
    group = returned.group
    names = (returned.file, Path(returned.file).stem, group, group.removesuffix("グループ"))
    return set(map(plain, names))


def _lost(returned: Returned, old: Dataset) -> Iterator[Finding]:
    """The years that the group's workbook had and has no more; the figures stay, but nobody knows what was meant."""
    there, written = year_columns(returned.book), year_columns(returned.written)
    return lost_years(returned.file, old, returned.dataset, there, written)


def _undecided(path: Path, count: int) -> Iterator[Finding]:
    if count:
        yield UNDECIDED.at(Place(str(path)), count=count)


def _checked(merged: Reading, reading: Reading) -> tuple[Dataset, tuple[Finding, ...]]:
    """The dataset that came of it, and what is odd in it now that was not before; raises DataFaults."""
    if merged.dataset is None or merged.findings:
        raise DataFaults(merged.findings)
    known = {(finding.rule, finding.values) for finding in checked(reading)[0]}
    found = tuple(
        finding
        for finding in checked(merged)[0]
        if finding.severity == "error" or (finding.rule, finding.values) not in known
    )
    if errors_of(found):
        raise DataFaults(found)
    return merged.dataset, found


def _mark(files: Sequence[Path], findings: Sequence[Finding], marked: Path | None) -> Iterator[Finding]:
    """Writes the copies with marks, and says where each of them is."""
    for file in filter(Path.is_file, files if marked else ()):
        assert marked is not None
        own = tuple(finding for finding in findings if finding.place.file == file.name)
        if write_marked(file, own, marked / file.name):
            yield MARKED.at(Place(str(marked / file.name)))
