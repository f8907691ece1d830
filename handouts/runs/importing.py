"""New datasets: from a pasted text, or from scratch with a few examples."""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from handouts.dataset.fiscal import FiscalYear, YearForm, parse_fiscal_year
from handouts.dataset.folder import read_folder
from handouts.dataset.folder_text import dataset_files, new_dataset_files
from handouts.dataset.kinds import USUAL_KIND
from handouts.dataset.model import Dataset
from handouts.dataset.plan import Kind
from handouts.dataset.plan_import import ImportedPlan, import_plan
from handouts.dataset.plan_text import print_plan
from handouts.dataset.schemas import DATASET
from handouts.dataset.settings import HandoutSettings
from handouts.dataset.stored import DATASET_FILE, PLAN_FILE, shadows_of
from handouts.dataset.text_file import read_text
from handouts.dataset.yaml_edit import with_value
from handouts.files import Occasion, Step, write_files
from handouts.findings import Finding, HandoutError, Place, Rule
from handouts.runs.snapshots import Snapshot, take_snapshot

_NO_BRANCH = "○○"
BRANCH_UNKNOWN = Rule(
    "file.branch-unknown",
    "支部名が分かりません",
    remedy="{branch} に支部名を書いてください",
    severity="warning",
    branch=DATASET("branch"),
)
YEAR_GUESSED = Rule(
    "file.year-guessed",
    "年度を{year}としました",
    remedy="違っていれば {fiscal_year} を直してください",
    severity="warning",
    fiscal_year=DATASET("fiscal_year"),
)


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import wrote, and what to look at; `levels` are the labels of the headings, none where it has no heading."""

    written: tuple[Path, ...]
    paragraphs: int
    levels: tuple[str, ...]
    findings: tuple[Finding, ...]


def import_text(text: Path, folder: Path, branch: str, year: str, occasion: Occasion) -> Imported:
    """Writes the plan in the file `text` to the dataset at `folder`, which is made where there is none.

    A plan that is there already is never overwritten.
    """
    snapshot = take_snapshot(folder)
    if os.path.lexists(folder / PLAN_FILE):
        raise HandoutError(
            f"{folder / PLAN_FILE} がすでにあります。取り込み直すには、先にこのファイルの名前を変えるか、別の場所へ移してください。"
        )
    changes: tuple[str, ...] = ()
    _check_no_book(folder)
    content, findings = read_text(text)
    imported = import_plan(content, text.name)
    if os.path.lexists(folder / DATASET_FILE):
        files = _into_existing(folder, imported)
        changes = (f"計画: {len(imported.plan.paragraphs)}段落",)
    else:
        files, guessed = _as_new(folder, imported, branch, year, occasion.when.date())
        findings += guessed
    written = _write(folder, files, snapshot, Step(occasion, folder.name, changes))
    has_headings = any(paragraph.kind is Kind.HEADING for paragraph in imported.plan.paragraphs)
    levels = tuple(level.strip() for level in imported.style.levels) if has_headings else ()
    return Imported(written, len(imported.plan.paragraphs), levels, findings + imported.findings)


def _into_existing(folder: Path, imported: ImportedPlan) -> Mapping[str, str]:
    """The plan, and dataset.yaml with the numbering of the text; its other lines and comments stay."""
    base, _ = read_text(folder / DATASET_FILE)
    style = imported.style
    return {
        PLAN_FILE: print_plan(imported.plan, style),
        DATASET_FILE: with_value(base, "numbering", style.model_dump()),
    }


def _as_new(
    folder: Path, imported: ImportedPlan, branch: str, year: str, today: datetime.date
) -> tuple[Mapping[str, str], tuple[Finding, ...]]:
    fiscal_year, form = _parse_year(year) if year else (_guess_year(folder.name, today), YearForm.ERA)
    name = _branch(branch) or _NO_BRANCH
    dataset = Dataset(
        name=folder.name,
        branch=name,
        fiscal_year=fiscal_year,
        year_form=form,
        edition="案",
        plan=imported.plan,
        numbering=imported.style,
        handouts={USUAL_KIND.id: HandoutSettings()},
        previous=_previous(folder, name, fiscal_year),
    )
    return dataset_files(dataset), _guesses(folder, dataset, bool(branch), bool(year))


def _guesses(folder: Path, dataset: Dataset, has_branch: bool, has_year: bool) -> tuple[Finding, ...]:
    place = Place(str(folder / DATASET_FILE))
    found = []
    if not has_branch:
        found.append(BRANCH_UNKNOWN.at(place))
    if not has_year:
        found.append(YEAR_GUESSED.at(place, year=dataset.fiscal_year.text()))
    return tuple(found)


def create_dataset(folder: Path, branch: str, year: str, occasion: Occasion) -> tuple[Path, ...]:
    """Writes a new dataset with a few examples; a folder that is there already is never touched."""
    snapshot = take_snapshot(folder)
    if os.path.lexists(folder):
        raise HandoutError(f"{folder} はすでにあります。別の名前を付けてください。")
    _check_no_book(folder)
    fiscal_year, form = _parse_year(year)
    name = _branch(branch)
    if not name:
        raise HandoutError("--branch に支部名を書いてください（例 群馬）。")
    previous = _previous(folder, name, fiscal_year)
    files = new_dataset_files(name, fiscal_year, folder.name, form, previous)
    return _write(folder, files, snapshot, Step(occasion, folder.name))


def _check_no_book(folder: Path) -> None:
    """Raises HandoutError where a workbook has the name already that the folder is to have."""
    for other in shadows_of(folder):
        raise HandoutError(
            f"同じ名前のブック（{other}）がすでにあります。別の名前を付けるか、ブックを別の場所へ移してください。"
        )


def _write(folder: Path, files: Mapping[str, str], snapshot: Snapshot, step: Step) -> tuple[Path, ...]:
    contents = {f"{folder.name}/{name}": text.encode() for name, text in files.items()}
    return write_files(folder.parent, contents, check=snapshot.check, step=step)


def _parse_year(text: str) -> tuple[FiscalYear, YearForm]:
    """The year and how the branch will print it; R8 is short for the command line, not for a title."""
    try:
        year, form = parse_fiscal_year(text)
        return year, YearForm.ERA if form is YearForm.LETTER else form
    except ValueError:
        raise HandoutError(
            f"--year の「{text}」は年度として読めません。令和8年度、R8、2026 のように書いてください。"
        ) from None


def _guess_year(name: str, today: datetime.date) -> FiscalYear:
    """The year that the dataset's name ends with, as in gunma-r7; else the one that begins next."""
    match = re.search(r"(?:^|[-_])(r0?[1-9]|r[1-9]\d|20\d\d)$", name.lower())
    if match:
        return parse_fiscal_year(match[1])[0]
    return FiscalYear(today.year if today.month <= 3 else today.year + 1)


def _branch(text: str) -> str:
    return text.strip().removesuffix("支部")


def _previous(folder: Path, branch: str, year: FiscalYear) -> str | None:
    """The name of a dataset beside `folder` that holds the same branch's year before."""
    for base in sorted(folder.parent.glob(f"[!.]*/{DATASET_FILE}")):
        dataset = read_folder(base.parent).dataset
        if dataset is not None and (dataset.branch, dataset.fiscal_year) == (branch, year.previous):
            return dataset.name
    return None
