"""The files of a dataset: written so that they are read back the same, and new ones."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from handouts.dataset.fiscal import FiscalYear, YearForm
from handouts.dataset.folder import read_folder
from handouts.dataset.folder_text import dataset_files, new_dataset_files
from handouts.dataset.model import Dataset
from tests.unit.dataset.folders import GOOD, messages, read, write
from tests.unit.dataset.strategies import datasets

SAMPLES = sorted(path.parent for path in (Path(__file__).parents[3] / "data").glob("*/dataset.yaml"))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(datasets())
def test_a_written_dataset_is_read_back_the_same(dataset: Dataset) -> None:
    with tempfile.TemporaryDirectory() as place:
        reading = read_folder(write(Path(place) / "r7", dataset_files(dataset)))
    assert reading.dataset == dataset, messages(reading)
    # Figures are equal whatever their decimals, but are printed with those they were entered with.
    assert repr(reading.dataset) == repr(dataset)


def test_a_dataset_is_written_with_the_blank_lines_of_its_plan(tmp_path: Path) -> None:
    dataset = read(tmp_path).dataset
    assert dataset is not None
    assert dataset_files(dataset) == GOOD


@pytest.mark.parametrize("form", YearForm)
@pytest.mark.parametrize("year", [2019, 2026])
def test_a_new_dataset_has_the_year_in_the_form_of_the_branch(
    tmp_path: Path, form: YearForm, year: int
) -> None:
    files = new_dataset_files("群馬", FiscalYear(year), "r7", form)
    dataset = read_folder(write(tmp_path / "r7", files)).dataset
    assert dataset is not None
    assert (dataset.fiscal_year, dataset.year_form) == (FiscalYear(year), form)


def test_a_new_dataset_names_last_years(tmp_path: Path) -> None:
    files = new_dataset_files("群馬", FiscalYear(2026), "r8", previous="r7")
    reading = read_folder(write(tmp_path / "r8", files))
    assert reading.findings == ()
    assert reading.dataset is not None
    assert reading.dataset.previous == "r7"


TYPED = """\
entries:
  - plan: service
    mark: ○
    text: |
      ・甲

      ```
      a | b
      ```
  - mark: □
  - id: own
    monthly: [checkup]
"""


def test_what_was_done_is_written_as_people_would_type_it(tmp_path: Path) -> None:
    dataset = read(tmp_path, progress=TYPED).dataset
    assert dataset is not None
    assert [entry.id for entry in dataset.entries] == ["service", "service-2", "own"]
    written = dataset_files(dataset)["progress.yaml"]
    assert written[written.index("entries:") :] == TYPED


@pytest.mark.skipif(not SAMPLES, reason="the sample data are not here")
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_sample_that_is_written_is_read_back_the_same(tmp_path: Path, path: Path) -> None:
    dataset = read_folder(path).dataset
    assert dataset is not None
    again = read_folder(write(tmp_path / path.name, dataset_files(dataset)))
    assert again.findings == ()
    assert repr(again.dataset) == repr(dataset)
