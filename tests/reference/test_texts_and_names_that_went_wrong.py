"""Texts, units and names of data that were once refused, changed or chosen in silence."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from handouts.dataset.text_file import read_text
from handouts.excel.reading import read_workbook
from tests.calling import call
from tests.reference.folder import CASES, needs_cases

pytestmark = needs_cases


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").mkdir()
    return tmp_path / "data"


def test_the_chosen_form_of_an_ideograph_is_printed(data: Path) -> None:
    shutil.copytree(CASES / "data" / "ivs" / "a", data / "a")
    built = call("build", "a", "--kind", "plan", "--format", "pdf")
    assert (built.exit_code, built.stderr) == (0, "")
    [path] = Path("output").rglob("*.pdf")
    text = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, check=True, text=True).stdout
    assert "葛\U000e0100" in text
    assert "辻\U000e0100" in text
    assert "葛城の標準の字形" in text


@pytest.mark.parametrize("name", ["fukushima-r7", "fukushima-r7-an", "raw-r7"])
def test_an_untouched_dataset_comes_back_from_excel_unchanged(data: Path, name: str) -> None:
    for folder in (CASES / "data" / "unit").iterdir():
        shutil.copytree(folder, data / folder.name)
    before = {path: path.read_bytes() for path in (data / name).iterdir()}
    assert call("workbook", "export", name, "book.xlsx").exit_code == 0
    assert "変わったところはありません。" in call("workbook", "import", "book.xlsx", name).stdout
    assert {path: path.read_bytes() for path in before} == before


def test_text_in_the_encoding_of_mails_is_read() -> None:
    text, (first, *lost) = read_text(CASES / "text" / "plan-jis.txt")
    assert text.splitlines()[1] == "１ 広報"
    assert "ISO-2022-JP" in first.found
    assert [finding.place.line for finding in lost] == [1, 3]


def test_a_folder_and_a_workbook_of_one_name_are_said(data: Path) -> None:
    for stored in (CASES / "clerk" / "01-shadow").iterdir():
        (shutil.copytree if stored.is_dir() else shutil.copy)(stored, data / stored.name)
    for names in ([], ["nagano-r8"]):
        result = call("build", *names, "--format", "docx")
        assert result.exit_code == 1
        assert "「nagano-r8」という名前の、フォルダーとブックの両方があります" in result.stderr
        assert not Path("output").exists()


def test_an_untouched_row_of_a_group_is_no_matter_of_levels() -> None:
    reading = read_workbook(CASES / "excel" / "group-false-notice.xlsx")
    assert [str(finding) for finding in reading.findings if finding.place.cell == "計画!A6"] == []


def test_a_word_file_is_called_one(data: Path) -> None:
    result = call("check", CASES / "word" / "back.docx")
    assert result.exit_code == 1
    assert "これは、Word の文書（.docx）です" in result.stdout
