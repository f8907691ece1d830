"""A dataset as a folder of text files: the reading of all of it."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from handouts.dataset.assembly import Part, Parts, assemble, read_part, read_plan
from handouts.dataset.plan import Plan
from handouts.dataset.reading import Reading, folder_places, in_file_order
from handouts.dataset.schemas import BudgetFile, DatasetFile, KpiFile, MonthlyFile, ProgressFile
from handouts.dataset.stored import (
    BUDGET_FILE,
    DATASET_FILE,
    DATASET_FILES,
    KPI_FILE,
    MONTHLY_FILE,
    PLAN_FILE,
    PROGRESS_FILE,
    dataset_name,
    is_review_record,
)
from handouts.dataset.suggestion import nearest
from handouts.dataset.text_file import read_text
from handouts.dataset.validation import EntryType
from handouts.dataset.yaml_text import parse_yaml
from handouts.findings import DataFaults, Finding, Place, Rule

_REQUIRED = (DATASET_FILE, PLAN_FILE)
NOT_A_FOLDER = Rule(
    "file.not-a-folder", "これはフォルダーではありません", remedy="データのフォルダーを指定してください"
)
NO_FOLDER = Rule(
    "file.no-folder", "このフォルダーはありません", remedy="フォルダーの場所と名前を確かめてください"
)
MISSING = Rule("file.missing", "{file} がありません", remedy="フォルダーに {file} を作ってください")
MISNAMED = Rule(
    "file.misnamed",
    "{file} がありません",
    remedy="「{name}」がそれなら、名前を {file} に変えてください",
)
MISNAMED_SPARE = Rule(
    "file.misnamed-spare",
    "{file} がないので、空として扱います",
    remedy="「{name}」がそれなら、名前を {file} に変えてください",
    severity="warning",
)


def read_folder(path: Path) -> Reading:
    """The dataset in the folder `path`, with everything that is wrong or odd in all of its files."""
    if fault := _folder_fault(path):
        return Reading(None, (fault,), {})
    base = _read_entries(path, DATASET_FILE, DatasetFile)
    parts = Parts(
        base=base,
        plan=_read_plan(path, base),
        budget=_read_entries(path, BUDGET_FILE, BudgetFile),
        kpis=_read_entries(path, KPI_FILE, KpiFile),
        monthly=_read_entries(path, MONTHLY_FILE, MonthlyFile),
        progress=_read_entries(path, PROGRESS_FILE, ProgressFile),
    )
    reading = assemble(dataset_name(path), parts)
    places = {**folder_places(), **reading.places}
    return replace(reading, findings=in_file_order(reading.findings), places=places)


def _folder_fault(path: Path) -> Finding | None:
    place = Place(str(path))
    # Unlike those of `Path`, these do not raise for a name that is too long or may not be looked at.
    if os.path.isdir(path):
        return None
    if os.path.lexists(path):
        return NOT_A_FOLDER.at(place)
    return NO_FOLDER.at(place, near=nearest(path.name, _names(path.parent)))


def _read_plan(folder: Path, base: Part[DatasetFile]) -> Part[Plan]:
    text = _read_file(folder, PLAN_FILE)
    if text.value is None:
        return Part(None, text.findings)
    is_sure = not any((finding.place.key or "").startswith("numbering") for finding in base.findings)
    part = read_plan(text.value, base.value.numbering if base.value and is_sure else None)
    return replace(part, findings=(*text.findings, *part.findings))


def _read_entries(folder: Path, file: str, model: type[EntryType]) -> Part[EntryType]:
    text = _read_file(folder, file)
    if text.value is None:
        is_missing = file not in _REQUIRED and not any(f.severity == "error" for f in text.findings)
        return Part(model() if is_missing else None, text.findings)
    try:
        source = parse_yaml(text.value, file)
    except DataFaults as faults:
        return Part(None, (*text.findings, *faults.findings))
    part = read_part(model, source)
    return replace(part, findings=(*text.findings, *source.findings, *part.findings))


def _read_file(folder: Path, file: str) -> Part[str]:
    if not os.path.lexists(folder / file):
        return Part(None, _missing(folder, file))
    try:
        return Part(*read_text(folder / file))
    except DataFaults as faults:
        return Part(None, faults.findings)


def _missing(folder: Path, file: str) -> tuple[Finding, ...]:
    names = [name for name in _names(folder) if name not in DATASET_FILES and not is_review_record(name)]
    misnamed = next((name for name in names if nearest(name, DATASET_FILES) == file), "")
    if misnamed:
        rule = MISNAMED if file in _REQUIRED else MISNAMED_SPARE
        return (rule.at(Place(file), file=file, name=misnamed),)
    return (MISSING.at(Place(file), file=file),) if file in _REQUIRED else ()


def _names(folder: Path) -> list[str]:
    try:
        return sorted(path.name for path in folder.iterdir())
    except OSError:
        return []
