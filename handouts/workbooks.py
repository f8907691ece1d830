"""The input workbook as a run: a dataset written into one, and one written into the folder of a dataset.

What only one of the two needs is imported there, since the Excel libraries take a while.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from handouts.checks import check_dataset
from handouts.dataset.entries import read_entries
from handouts.dataset.entry import Entry
from handouts.dataset.entry_text import entry_text, plain_entries
from handouts.dataset.folder import read_folder
from handouts.dataset.folder_text import dataset_files, entry_files
from handouts.dataset.model import Dataset, Plan
from handouts.dataset.plan_edit import edited_plan
from handouts.dataset.plan_text import parse_plan, print_plan
from handouts.dataset.schemas import DATASET_FILE, DATASET_FILES, PLAN_FILE
from handouts.dataset.stored import WORKBOOK_SUFFIX
from handouts.dataset.text_file import read_text
from handouts.dataset.yaml_edit import edited
from handouts.dataset.yaml_text import parse_yaml
from handouts.errors import DataFaults, Finding, HandoutError, Place
from handouts.excel.changes import Change, changes_between
from handouts.excel.opening import check_not_open
from handouts.excel.reading import in_sheet_order, read_workbook
from handouts.excel.wording import in_words_of_sheets
from handouts.files import write_files
from handouts.sources import read_dataset


@dataclass(frozen=True, slots=True)
class FilledWorkbook:
    """A workbook that somebody filled in: what it says, None where too little can be read, and what is wrong or odd."""

    file: Path
    dataset: Dataset | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Import:
    """What an import wrote and what it changed."""

    written: tuple[Path, ...]
    changes: tuple[Change, ...] = ()
    is_new: bool = False


def export_workbook(
    path: Path, file: Path, group: str = "", may_replace: bool = False
) -> tuple[Finding, ...]:
    """Writes the dataset at `path`, or the rows of one group of it, into the workbook `file`.

    A workbook that is there already is kept unless `may_replace`: somebody may have worked in it. Returns what is
    odd in the dataset.
    """
    _check_target(file, may_replace)
    reading = read_dataset(path)
    if reading.dataset is None or _errors(reading.findings):
        raise DataFaults(_errors(reading.findings))
    from handouts.excel.groups import select_group
    from handouts.excel.writing import write_workbook

    selection = select_group(reading.dataset, group) if group else None
    write_files(file.parent, {file.name: write_workbook(reading.dataset, selection)})
    return reading.findings


def _check_target(file: Path, may_replace: bool) -> None:
    if file.suffix.lower() != WORKBOOK_SUFFIX:
        raise HandoutError(f"「{file}」はブックの名前になりません。末尾を {WORKBOOK_SUFFIX} にしてください。")
    check_not_open(file)
    if file.exists() and not may_replace:
        raise HandoutError(
            f"{file} がすでにあります。別の名前にするか、書き換えてよければ --replace を付けてください。"
        )


def read_filled(file: Path) -> FilledWorkbook:
    """What the workbook `file` says, checked as the dataset in a folder is."""
    workbook = read_workbook(file)
    if workbook.group:
        return FilledWorkbook(file, None, (_partial(file, workbook.group),))
    dataset, findings = workbook.reading.dataset, workbook.reading.findings
    if dataset is not None:
        checked = check_dataset(dataset, workbook.reading.places)
        findings = in_sheet_order((*findings, *in_words_of_sheets(checked, workbook.reading, file.name)))
    return FilledWorkbook(file, dataset, findings)


def write_marked(filled: FilledWorkbook, copy: Path) -> bool:
    """Writes the workbook as `copy`, with a mark on every cell that a finding is about; False where there is none."""
    _check_target(copy, may_replace=True)
    if copy.resolve() == filled.file.resolve():
        raise HandoutError("--marked には、元のブックとは別の名前を書いてください。")
    if not any(finding.place.cell for finding in filled.findings):
        return False
    from handouts.excel.marking import mark_cells

    write_files(copy.parent, {copy.name: mark_cells(filled.file, filled.findings)})
    return True


def import_workbook(filled: FilledWorkbook, folder: Path) -> Import:
    """Writes what a workbook says into the folder of a dataset, which is made where there is none.

    Raises DataFaults where it has a fault, and writes nothing then.
    """
    if filled.dataset is None or _errors(filled.findings):
        raise DataFaults(filled.findings)
    dataset = replace(filled.dataset, name=folder.resolve().name)
    if (folder / DATASET_FILE).exists():
        return _into_existing(folder, dataset)
    if there := [name for name in DATASET_FILES if (folder / name).exists()]:
        raise HandoutError(
            f"{folder} に {DATASET_FILE} がないのに {'、'.join(there)} があります。別の名前に取り込むか、"
            "そのファイルをほかの場所へ移してください。"
        )
    files = {name: text.encode() for name, text in dataset_files(dataset).items()}
    return Import(write_files(folder, files), is_new=True)


def _into_existing(folder: Path, new: Dataset) -> Import:
    reading = read_folder(folder)
    old = reading.dataset
    if old is None or _errors(reading.findings):
        raise DataFaults((_unreadable(folder), *_named(_errors(reading.findings), folder)))
    if (old.branch, old.fiscal_year) != (new.branch, new.fiscal_year):
        raise HandoutError(
            f"{folder} は{old.branch}支部 {old.fiscal_year.text()}のデータですが、ブックは{new.branch}支部 "
            f"{new.fiscal_year.text()}のものです。取り込む先の名前を確かめてください。"
        )
    texts = {
        name: read_text(folder / name)[0]
        for name in (*entry_files(old), PLAN_FILE)
        if (folder / name).exists()
    }
    files = {name: text for name, text in _edited_files(texts, old, new).items() if text != texts.get(name)}
    written = write_files(folder, {name: text.encode() for name, text in files.items()}) if files else ()
    return Import(written, changes_between(old, new))


def _edited_files(texts: Mapping[str, str], old: Dataset, new: Dataset) -> Mapping[str, str]:
    """The text of each file with the values of `new`; comments and layout stay where that can be done."""
    olds, news = entry_files(old), entry_files(new)
    files = {PLAN_FILE: _edited_plan(texts[PLAN_FILE], old, new)}
    for name in {**olds, **news}:
        before, after = olds.get(name), news.get(name)
        if after is None and before is not None:
            after = type(before)()
        assert after is not None
        if name in texts or plain_entries(after):
            files[name] = _edited_entries(texts.get(name), before, after, name)
    return files


def _edited_entries(text: str | None, old: Entry | None, new: Entry, file: str) -> str:
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


def _errors(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(dict.fromkeys(finding for finding in findings if finding.severity == "error"))


def _named(findings: tuple[Finding, ...], folder: Path) -> tuple[Finding, ...]:
    return tuple(
        replace(one, place=replace(one.place, file=f"{folder.name}/{one.place.file}")) for one in findings
    )


def _unreadable(folder: Path) -> Finding:
    return Finding(
        Place(str(folder)),
        "今のデータに誤りがあり、どこが変わったのか分かりません",
        "取り込みは、値の変わったところだけを書き換えます",
        "次の誤りを直すか、別の名前に取り込んでください",
    )


def _partial(file: Path, group: str) -> Finding:
    return Finding(
        Place(file.name),
        f"このブックには「{group}」の分の行しかありません",
        "取り込めるのは、すべての行があるブックです",
        "全体のブックを取り込んでください。このまま取り込むと、ほかのグループの行が消えます",
    )
