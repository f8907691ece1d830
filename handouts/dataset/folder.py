"""A dataset as a folder of text files: the reading of all of it."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, Generic, TypeVar

from handouts.dataset.entries import EntryType, read_entries
from handouts.dataset.entry import ID_LENGTH, ID_PATTERN
from handouts.dataset.fiscal import parse_fiscal_year
from handouts.dataset.model import Dataset, NumberingStyle, Plan
from handouts.dataset.numbering import check_style
from handouts.dataset.plan_lines import rows_of
from handouts.dataset.plan_text import parse_plan
from handouts.dataset.progress import entry_ids
from handouts.dataset.reading import Reading, entry_refs, in_file_order, place_of
from handouts.dataset.schemas import (
    BUDGET_FILE,
    DATASET_FILE,
    DATASET_FILES,
    KPI_FILE,
    MONTHLY_FILE,
    PLAN_FILE,
    PROGRESS_FILE,
    BudgetFile,
    DatasetFile,
    KpiFile,
    MonthlyFile,
    ProgressFile,
)
from handouts.dataset.suggestion import suggestion
from handouts.dataset.text_file import read_text
from handouts.dataset.yaml_text import KeyPath, YamlText, key_text, parse_yaml
from handouts.errors import DataFaults, Finding, Place

_REQUIRED = (DATASET_FILE, PLAN_FILE)
# The lists of the files, what their entries are called in places, and the key that names an entry.
_ROWS = {
    "initiatives": ("budget", "id"),
    "fields": ("field", "id"),
    "kpis": ("kpi", "id"),
    "populations": ("population", "id"),
    "tables": ("monthly", "id"),
    "items": ("item", "heading"),
    "entries": ("progress", "id"),
}
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Part(Generic[T]):
    """What came of one file: None where it could not be read at all."""

    value: T | None
    findings: tuple[Finding, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)


def read_folder(path: Path) -> Reading:
    """The dataset in the folder `path`, with everything that is wrong or odd in all of its files."""
    if fault := _folder_fault(path):
        return Reading(None, (fault,), {})
    base = _read_entries(path, DATASET_FILE, DatasetFile)
    plan = _read_plan(path, base)
    budget = _read_entries(path, BUDGET_FILE, BudgetFile)
    kpis = _read_entries(path, KPI_FILE, KpiFile)
    monthly = _read_entries(path, MONTHLY_FILE, MonthlyFile)
    progress = _read_entries(path, PROGRESS_FILE, ProgressFile)
    parts: tuple[_Part[Any], ...] = (base, plan, budget, kpis, monthly, progress)
    findings = tuple(finding for part in parts for finding in part.findings)
    places = {ref: place for part in parts for ref, place in part.places.items()}
    dataset = None
    if base.value and plan.value and budget.value and kpis.value and monthly.value and progress.value:
        findings += tuple(_own_name_faults(path, base.value, places))
        dataset = replace(
            _assemble(path, base.value, plan.value, budget.value, kpis.value),
            tables=monthly.value.tables,
            as_of=monthly.value.as_of,
            items=progress.value.items,
            entries=progress.value.entries,
        )
    return Reading(dataset, in_file_order(findings), places)


def _folder_fault(path: Path) -> Finding | None:
    place = Place(str(path))
    # Unlike those of `Path`, these do not raise for a name that is too long or may not be looked at.
    if os.path.isdir(path):
        return None
    if os.path.lexists(path):
        return Finding(place, "これはフォルダーではありません", "", "データのフォルダーを指定してください")
    near = suggestion(path.name, _names(path.parent))
    return Finding(
        place, "このフォルダーはありません", "", near or "フォルダーの場所と名前を確かめてください"
    )


def _read_plan(folder: Path, base: _Part[DatasetFile]) -> _Part[Plan]:
    text = _read_file(folder, PLAN_FILE)
    if text.value is None:
        return _Part(None, text.findings)
    style = base.value.numbering if base.value else NumberingStyle()
    is_sure = base.value is not None and not any(
        (finding.place.key or "").startswith("numbering") for finding in base.findings
    )
    try:
        parsed = parse_plan(text.value, style if is_sure else NumberingStyle(), PLAN_FILE)
    except DataFaults as faults:
        return _Part(None, (*text.findings, *faults.findings))
    refs = entry_refs("plan", (paragraph.id for paragraph in parsed.plan.paragraphs))
    places = {
        ref: Place(PLAN_FILE, paragraph.line or None)
        for ref, paragraph in zip(refs, parsed.plan.paragraphs, strict=True)
    }
    # Without the branch's own numbering, what is odd about labels would mislead.
    return _Part(parsed.plan, (*text.findings, *(parsed.findings if is_sure else ())), places)


def _read_entries(folder: Path, file: str, model: type[EntryType]) -> _Part[EntryType]:
    text = _read_file(folder, file)
    if text.value is None:
        is_missing = file not in _REQUIRED and not any(f.severity == "error" for f in text.findings)
        return _Part(model() if is_missing else None, text.findings)
    try:
        source = parse_yaml(text.value, file)
    except DataFaults as faults:
        return _Part(None, (*text.findings, *faults.findings))
    if file == PROGRESS_FILE:
        source = _with_entry_ids(source)
    entries, findings = read_entries(model, source, file)
    places = _base_places(source) if file == DATASET_FILE else _row_places(source, file)
    if isinstance(entries, DatasetFile):
        findings += tuple(_style_faults(entries.numbering, places))
    return _Part(entries, (*text.findings, *source.findings, *findings), places)


def _read_file(folder: Path, file: str) -> _Part[str]:
    if not os.path.lexists(folder / file):
        return _Part(None, tuple(_missing(folder, file)))
    try:
        return _Part(*read_text(folder / file))
    except DataFaults as faults:
        return _Part(None, faults.findings)


def _missing(folder: Path, file: str) -> Iterator[Finding]:
    names = [name for name in _names(folder) if name not in DATASET_FILES]
    near = [name for name in names if difflib.get_close_matches(name, DATASET_FILES, 1) == [file]]
    rename = f"「{near[0]}」がそれなら、名前を {file} に変えてください" if near else ""
    if file in _REQUIRED:
        yield _fault(file, f"{file} がありません", rename or f"フォルダーに {file} を作ってください")
    elif near:
        yield Finding(Place(file), f"{file} がないので、空として扱います", "", rename, "warning")


def _names(folder: Path) -> list[str]:
    try:
        return sorted(path.name for path in folder.iterdir())
    except OSError:
        return []


def _fault(file: str, found: str, remedy: str) -> Finding:
    return Finding(Place(file), found, "", remedy)


def _base_places(source: YamlText) -> Mapping[str, Place]:
    marks = {**source.values, **source.keys}
    return {
        f"dataset:{key_text(path)}": Place(DATASET_FILE, *mark, key_text(path))
        for path, mark in marks.items()
    }


def _row_places(source: YamlText, file: str) -> Mapping[str, Place]:
    places: dict[str, Place] = {}
    marks = {**source.values, **source.keys}
    for key, (kind, name) in _ROWS.items():
        rows = source.data.get(key) if isinstance(source.data, dict) else None
        named = [
            (number, row)
            for number, row in enumerate(rows if isinstance(rows, list) else [])
            if isinstance(row, dict)
        ]
        ids = [_text(row, name) for _, row in named]
        known = [(number, entry_id) for (number, _), entry_id in zip(named, ids, strict=True) if entry_id]
        refs = dict(
            zip((number for number, _ in known), entry_refs(kind, (i for _, i in known)), strict=True)
        )
        for path in marks:
            if len(path) < 2 or path[0] != key or path[1] not in refs:
                continue
            inner = key_text(path[2:])
            ref = f"{refs[int(path[1])]}{'.' if inner else ''}{inner}"
            places[ref] = _place(file, source, path)
            if path[2:] == ("text",):
                places |= _line_places(ref, source, path, places[ref])
    return places


def _line_places(ref: str, source: YamlText, path: KeyPath, start: Place) -> Mapping[str, Place]:
    """Where each line of a text stands: below its key, or all of them beside it."""
    text = _value_at(source.data, path)
    if not isinstance(text, str) or start.line is None:
        return {}
    first, step = (start.line + 1, 1) if path in source.blocks else (start.line, 0)
    return {
        f"{ref}[{number + 1}]": Place(start.file, first + number * step, key=start.key)
        for number in range(len(rows_of(text)))
    }


def _value_at(data: Any, path: KeyPath) -> Any:
    for part in path:
        data = data[part]
    return data


def _text(row: Mapping[str, Any], key: str) -> str | None:
    """The text at a key as the entry will have it: without blanks around it, a number as it is written."""
    value = row.get(key)
    if isinstance(value, bool) or not isinstance(value, (str, int, Decimal)):
        return None
    return (f"{value:f}" if isinstance(value, Decimal) else str(value)).strip() or None


def _with_entry_ids(source: YamlText) -> YamlText:
    """The text with an id in every entry, given before any is left out, so that a fault changes none of the others."""
    rows = source.data.get("entries") if isinstance(source.data, dict) else None
    if not isinstance(source.data, dict) or not isinstance(rows, list):
        return source
    named = [row for row in rows if isinstance(row, dict)]
    ids = iter(entry_ids((_id(row, "id"), _id(row, "plan")) for row in named))
    given = [_with_id(row, next(ids)) if isinstance(row, dict) else row for row in rows]
    return replace(source, data={**source.data, "entries": given})


def _with_id(row: dict[str, Any], found: str) -> dict[str, Any]:
    return row if row.get("id") is not None else {**row, "id": found}


def _id(row: Mapping[str, Any], key: str) -> str | None:
    text = _text(row, key)
    is_id = text is not None and len(text) <= ID_LENGTH and re.fullmatch(ID_PATTERN, text)
    return text if is_id else None


def _place(file: str, source: YamlText, path: KeyPath) -> Place:
    return Place(file, *source.values[path], key_text(path))


def _style_faults(style: NumberingStyle, places: Mapping[str, Place]) -> Iterator[Finding]:
    for key, reason in check_style(style).items():
        match = re.fullmatch(r"(levels|running)\[(\d+)\]", key)
        path = ("numbering", match[1], int(match[2])) if match else ("numbering", key)
        place = places.get(f"dataset:{key_text(path)}") or place_of("dataset:numbering", places)
        remedy = '最初の番号の形を、後ろの空白まで含めて書いてください（例 "１ "、"① "）'
        if match and match[1] == "running":
            remedy = "levels に並べた階層を、上から1、2、3と数えて書いてください"
        yield Finding(place, reason, "", remedy)


def _own_name_faults(folder: Path, base: DatasetFile, places: Mapping[str, Place]) -> Iterator[Finding]:
    """This folder named as another one; whether another one may be missing is for the caller to say."""
    for key, what, name in (
        ("previous", "前年度", base.previous),
        ("earlier", "審査を受ける前の版", base.earlier),
    ):
        if name == folder.resolve().name:
            found = f"{what}のデータ「{name}」は、このフォルダー自身です"
            place = place_of(f"dataset:{key}", places)
            yield Finding(place, found, "", f"{what}のフォルダーの名前を書いてください")


def _assemble(folder: Path, base: DatasetFile, plan: Plan, budget: BudgetFile, kpis: KpiFile) -> Dataset:
    fiscal_year, form = parse_fiscal_year(base.fiscal_year)
    return Dataset(
        name=folder.resolve().name,
        branch=base.branch,
        fiscal_year=fiscal_year,
        year_form=form,
        edition=base.edition,
        plan=plan,
        initiatives=budget.initiatives,
        fields=budget.fields,
        kpis=kpis.kpis,
        populations=kpis.populations,
        numbering=base.numbering,
        handouts=dict(base.handouts.items()),
        overrides=base.comparison,
        recipients=dict(base.recipients.items()),
        previous=base.previous,
        earlier=base.earlier,
    )
