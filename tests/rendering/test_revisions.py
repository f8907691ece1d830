"""新旧対照 as PDF, Word, sheet and page: the same rows in each, heads on every page, nothing beyond its cell."""

from __future__ import annotations

import datetime
import io
import os
import re
from functools import cache
from pathlib import Path

import docx
import page as page_validation
import pypdf
import pytest
from openpyxl import load_workbook

from handouts.compose.page import Cover, Front
from handouts.compose.revision_table import Revision, RevisionPart, RevisionTable, compose_revision_table
from handouts.findings import DataFaults, HandoutError, Place
from handouts.runs.revision_files import check_form, made, write_revisions
from handouts.runs.settings import read_build_settings
from tests.pages import ROOT
from tests.validators import faults_by_audit

SENTENCE = "窓口に出向かなくても済むように、郵送と電子申請による手続きを広報紙と窓口で繰り返し案内する。"
FRONT = Front("新旧対照", "支部", "", "r8 案", datetime.date(2026, 4, 1), Cover("", "", "", ("新旧対照",)))


def revisions(count: int, with_people: bool) -> list[Revision]:
    by = {
        "author": "本部 花子（2026-02-01 10:00）",
        "comments": ("数字の出所を確かめてください。",),
        "decisions": ("取り込んだ（佐藤）",),
    }
    changed = Revision(
        SENTENCE, SENTENCE[:-1] + "こととする。", (), ((len(SENTENCE) - 1, len(SENTENCE) + 5),), "変更"
    )
    added = Revision("", SENTENCE * 4, remark="追加", place="Ⅱ-2-(1)③", **(by if with_people else {}))  # type: ignore[arg-type]
    return [changed, added] * count


@cache
def table(with_people: bool = False) -> RevisionTable:
    parts = [RevisionPart(f"{number}．柱", tuple(revisions(6, with_people))) for number in range(1, 4)]
    return compose_revision_table(parts, FRONT, ("案", "最終"), "省く", ("注",))


@cache
def content(form: str, with_people: bool = False) -> bytes:
    settings = read_build_settings(ROOT, Path(), {})
    found, findings = made(table(with_people), form, Place("file"), settings)
    assert findings == ()
    return found


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def cells() -> list[list[str]]:
    """The texts of the rows, as every form is to have them."""
    rows: list[list[str]] = [list(table().heads)]
    for group in table().groups:
        rows.append([group.title])
        for row in group.rows:
            sides = ["".join(run.text for line in side for run in line) for side in (row.new, row.old)]
            rows.append(["".join(row.place), *sides, row.remark])
    return [[bare(text) for text in row] for row in rows]


@pytest.mark.parametrize("with_people", [False, True])
def test_the_pdf_passes_ua_and_has_the_heads_on_every_page(tmp_path: Path, with_people: bool) -> None:
    path = tmp_path / "file.pdf"
    path.write_bytes(content(".pdf", with_people))
    assert "Result: no failures" in str(page_validation.validate_pdf(str(path)))
    pages = [bare(sheet.extract_text()) for sheet in pypdf.PdfReader(path).pages]
    assert len(pages) > 1
    for number, text in enumerate(pages, 1):
        assert "新（最終）" in text
        assert f"{number}／{len(pages)}" in text


def test_the_title_of_a_part_is_never_the_last_of_a_page() -> None:
    pages = [sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(content(".pdf"))).pages]
    for text in pages:
        lines = [line for line in text.splitlines() if line.strip() and "／" not in line]
        assert not re.fullmatch(r"\d．柱", lines[-1].strip())


def test_word_and_sheet_have_the_same_rows() -> None:
    [found] = docx.Document(io.BytesIO(content(".docx"))).tables
    # A cell that runs over several columns is given once for each of them.
    word = [list({cell._tc: cell for cell in row.cells}.values()) for row in found.rows]
    assert [[bare(cell.text) for cell in row] for row in word] == cells()
    sheet = load_workbook(io.BytesIO(content(".xlsx")))["新旧対照"]
    rows = [[bare(str(value)) if value else "" for value in row] for row in sheet.iter_rows(values_only=True)]
    head = rows.index(list(table().heads))
    width = len(table().heads)
    assert rows[head:] == [[*row, *[""] * (width - len(row))] for row in cells()]


@pytest.mark.parametrize("form", [".docx", ".xlsx"])
@pytest.mark.parametrize("with_people", [False, True])
def test_the_validator_finds_nothing(form: str, with_people: bool) -> None:
    assert faults_by_audit(content(form, with_people), form) == []


@pytest.mark.parametrize("form", [".pdf", ".docx", ".xlsx", ".html"])
def test_the_same_table_gives_the_same_bytes(form: str) -> None:
    first = content(form)
    content.cache_clear()
    assert content(form) == first


def test_nothing_changed_is_a_page_that_says_so() -> None:
    empty = compose_revision_table([], FRONT, ("案", "最終"))
    for form in (".pdf", ".docx", ".xlsx", ".html"):
        assert made(empty, form, Place("file"), read_build_settings(ROOT, Path(), {}))[0]


def test_another_end_of_the_name_is_refused() -> None:
    for name in ("a.doc", "a", "a.pdf.txt"):
        with pytest.raises(HandoutError, match="形式が分かりません"):
            check_form(Path(name))
    check_form(Path("a.PDF"))


def test_a_character_that_no_font_has_is_said_and_nothing_is_written(tmp_path: Path) -> None:
    odd = RevisionPart("", (Revision("", "甲\U0001f600", remark="追加"),))
    settings = read_build_settings(ROOT, Path(), os.environ)
    with pytest.raises(DataFaults):
        write_revisions(compose_revision_table([odd], FRONT, ("旧", "新")), tmp_path / "a.pdf", settings)
    assert list(tmp_path.iterdir()) == []
