"""The same dataset gives the same bytes, whenever and wherever it is built."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner

from handouts.commands.main import main
from tests.builds.built import make
from tests.pages import ROOT

SAMPLE = ROOT / "data" / "gunma-r7"
MEETING = datetime(2025, 1, 17, tzinfo=UTC)
EPOCH = datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)


def word(epoch: str | None = None) -> bytes:
    """The Word file of the sample."""
    environ = {} if epoch is None else {"SOURCE_DATE_EPOCH": epoch}
    return make(SAMPLE, "plan-budget", "docx", environ=environ).files[".docx"]


def files(out: Path) -> dict[str, bytes]:
    """The built files by their suffix."""
    return {path.suffix: path.read_bytes() for path in out.rglob("*") if path.is_file()}


def created(file: bytes) -> set[datetime | None]:
    """The dates in the properties of a Word file."""
    properties = docx.Document(BytesIO(file)).core_properties
    return {properties.created, properties.modified}


def test_two_processes_in_two_places_write_the_same_bytes_one_after_the_other(tmp_path: Path) -> None:
    surroundings = [
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "2", "TZ": "America/New_York", "LC_ALL": "C.UTF-8"},
    ]
    for number, environ in enumerate(surroundings):
        place = tmp_path / str(number)
        place.mkdir()
        args = ["build", str(SAMPLE), "--format", "pdf,docx,xlsx,html", "--out", f"out-{number}"]
        environ = {**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": "", **environ}
        subprocess.run([sys.executable, "-m", "handouts", *args], cwd=place, env=environ, check=True)
    first, second = (files(tmp_path / str(number)) for number in range(len(surroundings)))
    assert set(first) == {".pdf", ".docx", ".xlsx", ".html"}
    assert first == second


@pytest.mark.parametrize("epoch", [None, ""], ids=["not set", "empty"])
def test_the_files_bear_the_day_of_the_meeting(epoch: str | None) -> None:
    assert created(word(epoch)) == {MEETING}


def test_the_files_bear_the_time_of_source_date_epoch() -> None:
    once, twice = (word(str(int(EPOCH.timestamp()))) for _ in range(2))
    assert created(once) == {EPOCH}
    assert once == twice


@pytest.mark.parametrize("epoch", ["昨日", "2025-01-17", "1.5", "9" * 30, "253402300800", "-99999999999999"])
def test_a_wrong_source_date_epoch_is_explained_and_nothing_written(tmp_path: Path, epoch: str) -> None:
    args = ["build", str(SAMPLE), "--format", "docx,html", "--out", str(tmp_path)]
    result = CliRunner().invoke(main, args, env={"SOURCE_DATE_EPOCH": epoch})
    assert (result.exit_code, type(result.exception)) == (1, SystemExit)
    assert "SOURCE_DATE_EPOCH" in result.stderr
    assert epoch in result.stderr
    assert "読めません" in result.stderr
    assert files(tmp_path) == {}


def test_a_workbook_gives_the_same_word_file_as_its_folder(tmp_path: Path) -> None:
    folder = ROOT / "data" / "gunma-r3"  # has no last year that would have to stand beside the workbook
    command = [sys.executable, "-m", "handouts"]
    book = tmp_path / "gunma-r3.xlsx"
    subprocess.run([*command, "workbook", "export", str(folder), str(book)], check=True, cwd=ROOT)
    for source in (folder, book):
        out = ["--format", "docx", "--out", str(tmp_path / source.suffix.strip("."))]
        subprocess.run([*command, "build", str(source), *out], check=True, cwd=ROOT, capture_output=True)
    of_folder, of_book = (files(tmp_path / name / "gunma-r3")[".docx"] for name in ("", "xlsx"))
    assert of_folder == of_book
