"""The Word file as another program sees it: LibreOffice lays it out, and its PDF is read again."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from tests.office import HAS_OFFICE, convert
from tests.unit.word.pages import CONTRACT, word_bytes

pytestmark = pytest.mark.skipif(
    not (HAS_OFFICE and shutil.which("pdftotext")), reason="needs soffice and pdftotext"
)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The text of each page, without blanks."""
    folder = tmp_path_factory.mktemp("libreoffice")
    (folder / "handout.docx").write_bytes(word_bytes(CONTRACT))
    pdf = convert(folder / "handout.docx", "pdf", folder)
    read = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True)
    return ["".join(page.split()) for page in read.stdout.split("\f") if page.strip()]


def test_the_cover_is_a_page_of_its_own_without_a_number(pages: list[str]) -> None:
    assert len(pages) == 2
    assert "第3回群馬支部評議会" in pages[0]
    assert "資料2-1" in pages[0]
    assert "／" not in pages[0]


@pytest.mark.parametrize("words", ["Ⅰ．事業の基盤", "２健康づくり", "2,902千円", "△1,234千円"])
def test_the_table_is_read(pages: list[str], words: str) -> None:
    assert words in pages[1]


def test_the_pages_are_counted_without_the_cover(pages: list[str]) -> None:
    assert pages[1].endswith("1／1")


def test_a_name_stands_in_one_line_with_its_amount(pages: list[str]) -> None:
    assert "（新）健診推進経費13,733千円" in pages[1]
