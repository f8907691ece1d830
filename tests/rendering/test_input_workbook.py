"""The input workbook of every sample as the validators of Office files see it: whole, of one group, and marked."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from handouts.dataset.folder import read_folder
from handouts.dataset.model import Dataset
from handouts.excel.groups import select_group
from handouts.excel.marking import mark_cells
from handouts.excel.sheets import SHEETS
from handouts.excel.writing import write_workbook
from handouts.findings import Place, Rule, Severity
from tests.pages import ROOT
from tests.validators import HAS_SDK, faults_by_audit, faults_by_sdk

SAMPLES = sorted(path.parent.name for path in (ROOT / "data").glob("*/dataset.yaml"))
LARGEST = "gunma-r3"
BOOKS = (*SAMPLES, "group", "marked")
pytestmark = pytest.mark.skipif(LARGEST not in SAMPLES, reason="the sample data are not here")


RULES: dict[Severity, Rule] = {
    "error": Rule("cell.wrong", "誤りです", remedy="直します"),
    "warning": Rule("cell.odd", "誤りです", remedy="直します", severity="warning"),
}


def sample(name: str) -> Dataset:
    dataset = read_folder(ROOT / "data" / name).dataset
    assert dataset is not None
    return dataset


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("books")


@cache
def book(name: str, folder: Path) -> bytes:
    """The workbook of a sample, or of one group of the largest, or its copy with marks on all sheets."""
    if name == "group":
        dataset = sample(LARGEST)
        return write_workbook(dataset, select_group(dataset, "保健"))
    if name != "marked":
        return write_workbook(sample(name))
    path = folder / "x.xlsx"
    path.write_bytes(book(LARGEST, folder))
    severities: tuple[Severity, ...] = ("error", "warning")
    places = [
        (Place(path.name, cell=f"{sheet}!{cell}"), severity)
        for sheet in SHEETS
        for cell, severity in zip(("A3", "B12"), severities, strict=True)
    ]
    return mark_cells(path, [RULES[one].at(place) for place, one in places])


@pytest.mark.parametrize("name", BOOKS)
def test_the_input_workbook_is_valid(name: str, folder: Path) -> None:
    assert faults_by_audit(book(name, folder), ".xlsx") == []


@pytest.mark.skipif(not HAS_SDK, reason="Microsoft's validator is not here; make test installs it")
@pytest.mark.parametrize("name", BOOKS)
def test_the_input_workbook_is_valid_to_microsofts_own_validator(name: str, folder: Path) -> None:
    assert faults_by_sdk(book(name, folder), ".xlsx") == []
