"""A dataset as a folder of text files: the reading of all of it."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from handouts.dataset.assembly import Part, Parts, assemble, read_part, read_plan
from handouts.dataset.model import Plan
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
)
from handouts.dataset.suggestion import suggestion
from handouts.dataset.text_file import read_text
from handouts.dataset.validation import EntryType
from handouts.dataset.yaml_text import parse_yaml
from handouts.findings import DataFaults, Finding, Place, unruled

_REQUIRED = (DATASET_FILE, PLAN_FILE)


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
    reading = assemble(path.resolve().name, parts)
    places = {**folder_places(), **reading.places}
    return replace(reading, findings=in_file_order(reading.findings), places=places)


def _folder_fault(path: Path) -> Finding | None:
    place = Place(str(path))
    # Unlike those of `Path`, these do not raise for a name that is too long or may not be looked at.
    if os.path.isdir(path):
        return None
    if os.path.lexists(path):
        return unruled(place, "これはフォルダーではありません", "", "データのフォルダーを指定してください")
    near = suggestion(path.name, _names(path.parent))
    return unruled(
        place, "このフォルダーはありません", "", near or "フォルダーの場所と名前を確かめてください"
    )


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
        return Part(None, tuple(_missing(folder, file)))
    try:
        return Part(*read_text(folder / file))
    except DataFaults as faults:
        return Part(None, faults.findings)


def _missing(folder: Path, file: str) -> Iterator[Finding]:
    names = [name for name in _names(folder) if name not in DATASET_FILES]
    near = [name for name in names if difflib.get_close_matches(name, DATASET_FILES, 1) == [file]]
    rename = f"「{near[0]}」がそれなら、名前を {file} に変えてください" if near else ""
    if file in _REQUIRED:
        yield _fault(file, f"{file} がありません", rename or f"フォルダーに {file} を作ってください")
    elif near:
        yield unruled(Place(file), f"{file} がないので、空として扱います", "", rename, "warning")


def _names(folder: Path) -> list[str]:
    try:
        return sorted(path.name for path in folder.iterdir())
    except OSError:
        return []


def _fault(file: str, found: str, remedy: str) -> Finding:
    return unruled(Place(file), found, "", remedy)
