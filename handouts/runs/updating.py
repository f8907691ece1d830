"""A stored dataset brought up to other values. Of a folder what changed is written, comments and layout stay."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import count
from pathlib import Path

from handouts.dataset.fields import Entry
from handouts.dataset.folder_text import entry_files
from handouts.dataset.model import Dataset
from handouts.dataset.plan import Plan
from handouts.dataset.plan_edit import edited_plan
from handouts.dataset.plan_ids import keep_plan_ids, write_ids
from handouts.dataset.plan_text import parse_plan, print_plan
from handouts.dataset.reading import Reading
from handouts.dataset.stored import PLAN_FILE, dataset_name, is_workbook
from handouts.dataset.text_file import read_text
from handouts.dataset.validation import read_entries
from handouts.dataset.yaml_edit import edited
from handouts.dataset.yaml_text import parse_yaml
from handouts.dataset.yaml_writing import entry_text, plain_entries
from handouts.excel.changes import SheetChange, changes_between
from handouts.excel.dataset_rows import rows_of_dataset
from handouts.excel.rows import DatasetRow
from handouts.files import Occasion, Step, write_files
from handouts.findings import DataFaults, Finding, Place, Rule, errors_of
from handouts.measures.paragraph_references import referred_paragraphs
from handouts.runs.checking import last_year_of, read_stored
from handouts.runs.editions import check_not_saved
from handouts.runs.snapshots import Snapshot, take_snapshot
from handouts.xlsx.opening import check_not_open

_KEPT_FOLDER = "集める前"


PART_UPDATED = Rule(
    "collect.part-updated",
    "このブックには「{group}」の分の行しかありません",
    "集める先は、すべての行があるデータです",
    "全体のデータの名前を最後に書いてください",
)
UNREADABLE = Rule(
    "collect.unreadable-dataset",
    "今のデータに誤りがあり、どこが変わったのか分かりません",
    "取り込みは、値の変わったところだけを書き換えます",
    "次の誤りを直すか、別の名前に取り込んでください",
)


OTHER_YEAR = Rule(
    "collect.other-year",
    "{stored} は{theirs}のデータですが、ブックは{mine}のものです",
    remedy="取り込む先の名前を確かめてください",
)


@dataclass(frozen=True)
class StoredDataset:
    """A stored dataset that is to be brought up to other values: where it is, what it says, how it was read and when."""

    path: Path
    dataset: Dataset
    reading: Reading
    snapshot: Snapshot

    @cached_property
    def rows(self) -> Mapping[str, Sequence[DatasetRow]]:
        """Its rows by table, each with the places where it was entered."""
        return rows_of_dataset(
            self.dataset, places=self.reading.places, previous=self.previous_named_by(self.dataset)
        )

    def previous_named_by(self, dataset: Dataset) -> Dataset | None:
        """Last year's dataset, for what it calls the paragraphs that a dataset names; None where that names none."""
        return self._previous if any(dataset.overrides.pairs.values()) else None

    @cached_property
    def _previous(self) -> Dataset | None:
        return last_year_of(self.path, self.dataset)


@dataclass(frozen=True, slots=True)
class Update:
    """What was written and what it changed; `kept` is the copy of a workbook as it was before, `beside` what is no data."""

    written: tuple[Path, ...]
    changes: tuple[SheetChange, ...] = ()
    is_new: bool = False
    kept: Path | None = None
    beside: tuple[Path, ...] = ()


def read_for_update(path: Path) -> StoredDataset:
    """The dataset at `path`; raises DataFaults where it has faults of its own."""
    check_not_saved(path)
    snapshot = take_snapshot(path)
    reading = read_stored(path, PART_UPDATED)
    faults = errors_of(reading.findings)
    if reading.dataset is None or faults:
        raise DataFaults(faults if reading.group else (UNREADABLE.at(Place(str(path))), *faults))
    return StoredDataset(path, reading.dataset, reading, snapshot)


def other_year(stored: StoredDataset, new: Dataset, book: str) -> Iterator[Finding]:
    """A finding where the values are those of another branch or fiscal year than those that are stored."""
    old = stored.dataset
    if (old.branch, old.fiscal_year) != (new.branch, new.fiscal_year):
        yield OTHER_YEAR.at(
            Place(book),
            stored=str(stored.path),
            theirs=f"{old.branch}支部 {old.fiscal_year.text()}",
            mine=f"{new.branch}支部 {new.fiscal_year.text()}",
        )


@dataclass(frozen=True, slots=True)
class Beside:
    """Files of people's with the data, which are written in the same step: contents by name below the folder of the data.

    `change` says it in the history. They are written where no data change too.
    """

    contents: Mapping[str, bytes] = field(default_factory=dict)
    change: str = ""


NOTHING_BESIDE = Beside()


def update(
    stored: StoredDataset,
    new: Dataset,
    occasion: Occasion,
    records: Callable[[], Mapping[str, bytes]],
    beside: Beside = NOTHING_BESIDE,
) -> Update:
    """Writes into a stored dataset what is other in `new`; raises DataChanged where somebody has saved it meanwhile.

    A paragraph in other words keeps its id. `records` gives files of our own, beside the data, which are written only with
    them, so that who takes the step back can put the same in again.
    """
    new = replace(new, plan=keep_plan_ids(new.plan, stored.dataset.plan))
    write = _update_workbook if is_workbook(stored.path) else _update_folder
    return write(stored, new, occasion, records, beside)


def _changes(
    stored: StoredDataset, new: Dataset, occasion: Occasion, beside: Beside
) -> tuple[tuple[SheetChange, ...], Step]:
    """What differs, and the step that writes it."""
    changes = changes_between(stored.dataset, new, stored.rows, stored.previous_named_by(new))
    lines = (*map(str, changes), *((beside.change,) if beside.contents else ()))
    return changes, Step(occasion, dataset_name(stored.path), lines)


def _write_beside(stored: StoredDataset, occasion: Occasion, beside: Beside) -> Update:
    """What is no data alone."""
    if not beside.contents:
        return Update(())
    step = Step(occasion, dataset_name(stored.path), (beside.change,))
    return Update(
        (), beside=write_files(stored.path.parent, beside.contents, None, stored.snapshot.check, step)
    )


def _update_folder(
    stored: StoredDataset,
    new: Dataset,
    occasion: Occasion,
    records: Callable[[], Mapping[str, bytes]],
    beside: Beside,
) -> Update:
    folder, old = stored.path, stored.dataset
    texts = {
        name: read_text(folder / name)[0]
        for name in (*entry_files(old), PLAN_FILE)
        if (folder / name).exists()
    }
    files = {name: text for name, text in _edited_files(texts, old, new).items() if text != texts.get(name)}
    if not files:
        return _write_beside(stored, occasion, beside)
    changes, step = _changes(stored, new, occasion, beside)
    contents = {f"{folder.name}/{name}": text.encode() for name, text in files.items()}
    group = {**contents, **beside.contents, **records()}
    written = write_files(folder.parent, group, check=stored.snapshot.check, step=step)
    return Update(
        written[: len(contents)],
        changes,
        beside=written[len(contents) : len(contents) + len(beside.contents)],
    )


def _update_workbook(
    stored: StoredDataset,
    new: Dataset,
    occasion: Occasion,
    records: Callable[[], Mapping[str, bytes]],
    beside: Beside,
) -> Update:
    """What was there is kept in a folder beside it, under a name that is free."""
    from handouts.excel.writing import write_workbook

    changes, step = _changes(stored, new, occasion, beside)
    if not changes:
        return _write_beside(stored, occasion, beside)
    path = stored.path
    ends = (f"-{number}" if number > 1 else "" for number in count(1))
    names = (f"{_KEPT_FOLDER}/{path.stem}{end}{path.suffix}" for end in ends)
    kept_name = next(name for name in names if not os.path.lexists(path.parent / name))
    contents = {kept_name: path.read_bytes(), path.name: write_workbook(new, None, last_year_of(path, new))}
    mode = stat.S_IMODE(path.stat().st_mode)

    def check() -> None:
        stored.snapshot.check()
        check_not_open(path)

    group = {**contents, **beside.contents, **records()}
    kept, written, *others = write_files(path.parent, group, mode, check, step)
    return Update((written,), changes, kept=kept, beside=tuple(others[: len(beside.contents)]))


def _edited_files(texts: Mapping[str, str], old: Dataset, new: Dataset) -> Mapping[str, str]:
    """The text of each file with the values of `new`; comments and layout stay where that can be done."""
    olds, news = entry_files(old), entry_files(new)
    files = {PLAN_FILE: _edited_plan(texts[PLAN_FILE], old, new)}
    if files[PLAN_FILE] != texts[PLAN_FILE]:
        named = replace(new, plan=write_ids(new.plan, referred_paragraphs(new)))
        files[PLAN_FILE] = _edited_plan(texts[PLAN_FILE], old, named)
    for name in {**olds, **news}:
        before, after = olds.get(name), news.get(name)
        if after is None and before is not None:
            after = type(before)()
        assert after is not None
        if name in texts or plain_entries(after):
            files[name] = edited_entries(texts.get(name), before, after, name)
    return files


def edited_entries(text: str | None, old: Entry | None, new: Entry, file: str) -> str:
    """The text of a file, which says `old`, when it says `new`; its comments and layout stay where that can be done."""
    if text is None:
        return entry_text(new)
    if old == new and repr(old) == repr(new):
        return text
    changed = edited(text, plain_entries(old or type(new)()), plain_entries(new))
    try:
        again, findings = read_entries(type(new), parse_yaml(changed, file))
    except DataFaults:
        return entry_text(new)
    is_read_back = again is not None and not findings and plain_entries(again) == plain_entries(new)
    return changed if is_read_back else entry_text(new)


def _edited_plan(text: str, old: Dataset, new: Dataset) -> str:
    changed = edited_plan(text, old.plan, new.plan, new.numbering)
    try:
        again = parse_plan(changed, new.numbering, PLAN_FILE).plan
    except DataFaults:
        return print_plan(new.plan, new.numbering)
    return (
        changed if _without_lines(again) == _without_lines(new.plan) else print_plan(new.plan, new.numbering)
    )


def _without_lines(plan: Plan) -> Plan:
    return Plan(tuple(replace(paragraph, line=0) for paragraph in plan.paragraphs))
