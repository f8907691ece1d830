"""The input workbook as a run: a dataset written into one, and one written into the folder of a dataset.

What only one of the two needs is imported there, since the Excel libraries take a while.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from handouts.collect.returned import FilledBook, Returned, read_filled
from handouts.dataset.folder_text import dataset_files
from handouts.dataset.stored import DATASET_FILE, DATASET_FILES, WORKBOOK_SUFFIX, dataset_name
from handouts.files import Occasion, Step, write_files
from handouts.findings import DataFaults, Finding, HandoutError, Place, Rule, errors_of
from handouts.runs.checking import checked, last_year_of, read_stored
from handouts.runs.merging import Merge, Wishes, merge_workbooks
from handouts.runs.put_in import as_returned, records_of
from handouts.runs.snapshots import take_snapshot
from handouts.runs.updating import Update, read_for_update
from handouts.xlsx.opening import check_not_open

PART_IMPORTED = Rule(
    "collect.part-imported",
    "このブックには「{group}」の分の行しかありません",
    "取り込めるのは、すべての行があるブックです",
    "handouts workbook collect {file} データ で集めてください",
)


def export_workbook(
    path: Path, file: Path, group: str = "", may_replace: bool = False
) -> tuple[Finding, ...]:
    """Writes the dataset at `path`, or the rows of one group of it, into the workbook `file`.

    A workbook that is there already is kept unless `may_replace`, and also then where something in it would be lost that
    was not put into the dataset. Returns what is odd in the dataset.
    """
    if file.resolve() == path.resolve():
        raise HandoutError(f"「{file}」は、書き出すデータそのものです。別の名前にしてください。")
    check_target = partial(_check_target, file, may_replace)
    check_target()
    reading = read_stored(path)
    if reading.dataset is None or errors_of(reading.findings):
        raise DataFaults(errors_of(reading.findings))
    if os.path.lexists(file):
        _check_put_in(file, path)
    from handouts.excel.groups import select_group
    from handouts.excel.writing import write_workbook

    selection = select_group(reading.dataset, group) if group else None
    content = write_workbook(reading.dataset, selection, last_year_of(path, reading.dataset))
    write_files(file.parent, {file.name: content}, check=check_target)
    return reading.findings


def _check_target(file: Path, may_replace: bool) -> None:
    if file.suffix.lower() != WORKBOOK_SUFFIX:
        raise HandoutError(f"「{file}」はブックの名前になりません。末尾を {WORKBOOK_SUFFIX} にしてください。")
    check_not_open(file)
    if os.path.lexists(file) and not may_replace:
        raise HandoutError(
            f"{file} がすでにあります。別の名前にするか、書き換えてよければ --replace を付けてください。"
        )


def _check_put_in(file: Path, path: Path) -> None:
    """Raises HandoutError where a workbook that is to be replaced has something that the dataset at `path` has not."""
    read = read_filled(file)
    if read.reading.book is None:
        raise HandoutError(f"{file} は入力ブックではないので、書き換えません。別の名前にしてください。")
    returned = as_returned(read, path)
    if returned is None or (not returned.is_unchanged and _brings_something(returned, path)):
        command = "collect" if read.reading.group else "import"
        raise HandoutError(
            f"{file} には、データ「{dataset_name(path)}」に取り込んでいない書き込みがあるので、書き換えません。"
            f"先に handouts workbook {command} で取り込むか、書き出すブックを別の名前にしてください。"
        )


def _brings_something(returned: Returned, path: Path) -> bool:
    """Whether something would change, or nobody knows, if a workbook were put into the dataset at `path`."""
    try:
        merge = merge_workbooks(read_for_update(path), [returned], Wishes())
    except DataFaults:
        return True
    return bool(merge.removals or sum(merge.taken.values()))


def write_marked(file: Path, findings: Sequence[Finding], copy: Path) -> bool:
    """Writes the workbook `file` as `copy`, with a mark on each cell that a finding is about; False where none is."""
    _check_target(copy, may_replace=True)
    if copy.resolve() == file.resolve():
        raise HandoutError("--marked には、元のブックとは別の場所を書いてください。")
    if not any(finding.place.cell for finding in findings):
        return False
    from handouts.excel.marking import is_marked_copy, mark_cells

    if os.path.lexists(copy) and not is_marked_copy(copy):
        raise HandoutError(
            f"{copy} は、前に作ったままの写しではありません。--marked には別の場所を書いてください。"
        )
    write_files(copy.parent, {copy.name: mark_cells(file, findings)})
    return True


def import_workbook(file: Path, folder: Path, wishes: Wishes) -> Merge:
    """What comes of a workbook in the folder of a dataset, which is to be made where there is none; raises DataFaults.

    What the dataset has that is newer than the workbook stays.
    """
    read = read_filled(file, lambda: read_stored(folder).dataset)
    if group := read.reading.group:
        raise DataFaults([PART_IMPORTED.at(Place(file.name), group=group, file=file.name)])
    if not os.path.lexists(folder / DATASET_FILE):
        return _new_dataset(folder, read)
    stored = read_for_update(folder)
    returned = as_returned(read, folder)
    if returned is None:
        raise DataFaults(checked(read.reading)[0])
    return replace(merge_workbooks(stored, [returned], wishes, found=read.findings), taken={})


def _new_dataset(folder: Path, read: FilledBook) -> Merge:
    reading = read.reading
    findings = checked(reading)[0]
    if reading.dataset is None or errors_of(findings):
        raise DataFaults(findings)
    dataset = replace(reading.dataset, name=dataset_name(folder))
    snapshot = take_snapshot(folder)
    if there := [name for name in DATASET_FILES if os.path.lexists(folder / name)]:
        raise HandoutError(
            f"{folder} に {DATASET_FILE} がないのに {'、'.join(there)} があります。別の名前に取り込むか、"
            "そのファイルをほかの場所へ移してください。"
        )
    files = {f"{folder.name}/{name}": text.encode() for name, text in dataset_files(dataset).items()}

    returned = as_returned(read, folder)

    def write(occasion: Occasion) -> Update:
        step = Step(occasion, dataset.name)
        records = records_of(folder, [returned] if returned else [])
        written = write_files(folder.parent, {**files, **records}, check=snapshot.check, step=step)
        return Update(written[: len(files)], is_new=True)

    return Merge(write, findings)
