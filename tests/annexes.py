"""Annexes of the samples and of small datasets, and what their cells show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

from handouts.annex.writing import write_annex
from handouts.compose import compose_handout
from handouts.compose.annex import compose_annex
from handouts.compose.annex.cells import Annex, AnnexCell, Sheet
from handouts.dataset.kinds import KINDS
from handouts.dataset.model import Datasets
from handouts.runs.checking import read_checked
from handouts.xlsx.notation import relative_name
from tests.pages import ROOT, look

CREATED = datetime(2025, 1, 17, tzinfo=UTC)
# Each sample with the kind of handout whose annex is made of it.
SAMPLES = [
    ("gunma-r7", "plan-budget"),
    ("yamaguchi-r8", "plan"),
    ("fukushima-r7", "final-report"),
    ("gunma-r3", "progress"),
    ("tochigi-r5", "results"),
]
_FORM = re.compile(r'#,##0(?:\.(0+))?(%?)(?:"(.*)")?')


@cache
def datasets(name: str) -> Datasets:
    """A sample with those that it is compared with."""
    source = read_checked(ROOT / "data" / name)
    return source.datasets


@cache
def sample(name: str, kind: str) -> Annex:
    """The annex of a sample."""
    return annex_of(datasets(name), kind)


def annex_of(found: Datasets, kind: str) -> Annex:
    """The annex of these datasets."""
    annex = compose_annex(KINDS[kind], compose_handout(KINDS[kind], found), found)
    assert annex is not None
    return annex


@cache
def sample_file(name: str, kind: str) -> bytes:
    """The workbook of a sample."""
    return write_annex(sample(name, kind), look(), CREATED)


def write(annex: Annex, folder: Path) -> Path:
    """The workbook of an annex as a file."""
    folder.mkdir(exist_ok=True)
    path = folder / "annex.xlsx"
    path.write_bytes(write_annex(annex, look(), CREATED))
    return path


def sheet_named(annex: Annex, name: str) -> Sheet:
    """The sheet of this name."""
    return next(sheet for sheet in annex.sheets if sheet.name == name)


def cells_of(sheet: Sheet) -> Iterator[tuple[str, AnnexCell]]:
    """The cells below the heads of all tables of a sheet, by their names."""
    for table in sheet.tables:
        for row, line in enumerate(table.rows, table.first_row + 1):
            for column, cell in enumerate(line.cells):
                yield relative_name(row, column), cell


def shown(cell: AnnexCell) -> str:
    """What the cell shows: its text, or its number in its format."""
    if not isinstance(cell.value, Decimal):
        return cell.value or ""
    match = _FORM.fullmatch(_first_section(cell.form))
    assert match, cell.form
    decimals, sign, unit = match.groups()
    value = cell.value.scaleb(2) if sign else cell.value
    text = f"{abs(value):,.{len(decimals or '')}f}"
    return ("△" if value < 0 else "") + text + sign + (unit or "").replace('"\\""', '"')


def _first_section(form: str) -> str:
    """The part of a number format for numbers above zero; a ; within quotes does not end it."""
    quoted = False
    for place, character in enumerate(form):
        if character == '"' and form[place - 1] != "\\":
            quoted = not quoted
        if character == ";" and not quoted:
            return form[:place]
    return form
