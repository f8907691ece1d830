"""The workbooks of the groups as a run: read, put together with the dataset, and marked where something is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from handouts.collect.outstanding import groups_not_there, left_empty
from handouts.collect.returned import FilledBook, Returned, read_filled
from handouts.dataset.model import Dataset
from handouts.findings import DataFaults, Finding, HandoutError, Place, Rule
from handouts.runs.merging import LEFT_OUT, Merge, Wishes, known_findings, merge_workbooks
from handouts.runs.put_in import as_returned
from handouts.runs.updating import StoredDataset, read_for_update
from handouts.runs.workbooks import write_marked

FROM_ANOTHER = Rule(
    "collect.from-another",
    "このブックはデータ「{source}」から書き出したもので、集める先は「{target}」です",
    remedy="集める先を確かめてください。データの名前を変えただけなら、そのままで構いません",
    severity="warning",
)
MARKED = Rule("collect.marked", "色と説明を付けた写しを書きました", severity="warning")


def collect_workbooks(files: Sequence[Path], path: Path, wishes: Wishes, marked: Path | None = None) -> Merge:
    """What comes of the groups' workbooks in the dataset at `path`, a folder or a workbook; nothing is written there yet.

    With `marked`, copies of the workbooks with marks on faults and conflicts are written there. Raises DataFaults.
    """
    _check_names(files)
    stored = read_for_update(path)
    try:
        merge = _merged(stored, [read_filled(file) for file in files], wishes)
    except DataFaults as faults:
        raise DataFaults((*faults.findings, *_mark(files, faults.findings, marked))) from None
    return replace(merge, left_out=(*merge.left_out, *_mark(files, merge.left_out, marked)))


def _merged(stored: StoredDataset, read: Sequence[FilledBook], wishes: Wishes) -> Merge:
    returned = [(one, as_returned(one, stored.path)) for one in read]
    sound = [put for _, put in returned if put is not None]
    faulty = [one for one, put in returned if put is None]
    if faulty and not (wishes.is_partial and sound):
        raise DataFaults(finding for one in read for finding in one.findings)
    left_out = [finding for one in faulty for finding in (*one.findings, LEFT_OUT.at(Place(one.file)))]
    try:
        merge = merge_workbooks(stored, sound, wishes, known_findings(stored.reading))
    except DataFaults as faults:
        raise DataFaults((*left_out, *faults.findings)) from None
    found = [finding for one in read if one not in faulty for finding in one.findings]
    found += [
        _from_another(one, stored.dataset) for one in sound if one.source not in ("", stored.dataset.name)
    ]
    return replace(
        merge,
        findings=(*found, *merge.findings),
        left_out=(*left_out, *merge.left_out),
        groups_not_there=groups_not_there(stored.dataset, sound),
        left_empty=tuple(
            finding for one in sound if one.group for finding in left_empty(one, stored.dataset)
        ),
    )


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


def _mark(files: Sequence[Path], findings: Sequence[Finding], marked: Path | None) -> Iterator[Finding]:
    """Writes the copies with marks, and says where each of them is."""
    for file in filter(Path.is_file, files if marked else ()):
        assert marked is not None
        own = tuple(finding for finding in findings if finding.place.file == file.name)
        if write_marked(file, own, marked / file.name):
            yield MARKED.at(Place(str(marked / file.name)))
