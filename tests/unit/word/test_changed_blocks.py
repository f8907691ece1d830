"""Two Word files made one: all changes accepted it is the new one, all rejected the old one."""

from __future__ import annotations

import io
import re
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.revisions import read_document, views_of
from handouts.word.changed_blocks import with_changes_since
from tests.office import HAS_OFFICE, resolved
from tests.unit.revisions.documents import p, package, t, tbl, tc, tr
from tests.validators import faults_by_audit

WHEN = datetime(2026, 12, 1)
WORDS = st.text("花を飾る月間1。", max_size=8)
PARAGRAPHS = st.lists(WORDS.map(lambda text: p(t(text) if text else "")), min_size=1, max_size=3)
CELLS = PARAGRAPHS.map(lambda blocks: tc("".join(blocks)))
# A table in a cell is followed by a paragraph, as Word demands.
NESTED = st.tuples(st.lists(CELLS, min_size=1, max_size=2), WORDS).map(
    lambda found: tc("".join(tbl(*map(tr, found[0])) + p(t(found[1]))))
)
ROWS = st.tuples(CELLS, st.one_of(CELLS, NESTED)).map(lambda cells: tr(*cells))
TABLES = st.lists(ROWS, min_size=1, max_size=3).map(lambda rows: tbl(*rows) + p())
BODIES = st.lists(st.one_of(PARAGRAPHS.map("".join), TABLES), min_size=1, max_size=3).map(
    lambda blocks: "".join([*blocks, p(t("終わり"))])
)


def merged(old: str, new: str) -> bytes:
    return with_changes_since(package(old), package(new), "群馬支部", WHEN)


def sides(content: bytes) -> tuple[list[str], list[str]]:
    """The paragraphs with all changes rejected, and with all accepted."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.docx"
        path.write_bytes(content)
        views = [views_of(story) for story in read_document(path).stories]
    return [one.text for view in views for one in view.before], [
        one.text for view in views for one in view.after
    ]


def texts(body: str) -> list[str]:
    return sides(package(body))[1]


def document(content: bytes) -> str:
    import zipfile

    return zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()


@given(BODIES, BODIES)
@settings(max_examples=150)
def test_both_files_come_out_of_the_one_that_is_made_of_them(old: str, new: str) -> None:
    before, after = sides(merged(old, new))
    assert (without_empty(before), without_empty(after)) == (
        without_empty(texts(old)),
        without_empty(texts(new)),
    )


def without_empty(found: Sequence[str]) -> list[str]:
    """Where a table at the end of a cell comes or goes, an empty paragraph stays behind it."""
    return [text for text in found if text]


def test_the_same_file_has_no_change() -> None:
    body = p(t("甲")) + tbl(tr(tc(p(t("乙"))))) + p()
    assert "w:author" not in document(merged(body, body))


def test_only_the_words_that_changed_are_marked() -> None:
    made = document(merged(p(t("毎週の初めに開く。")), p(t("毎月の初めに開く。"))))
    assert re.findall(r"<w:delText[^>]*>([^<]*)", made) == ["週"]
    assert re.findall(r"<w:ins [^>]*><w:r><w:t[^>]*>([^<]*)", made) == ["月"]
    assert set(re.findall('w:author="([^"]*)" w:date="([^"]*)"', made)) == {
        ("群馬支部", "2026-12-01T00:00:00Z")
    }


def test_a_paragraph_that_comes_or_goes_takes_its_end_with_it() -> None:
    one, two, three = (p(t(text)) for text in ("一つ目の文。", "まったく別のこと。", "終わり。"))
    for old, new in ((one + three, one + two + three), (one + two + three, one + three), (one, one + two)):
        before, after = sides(merged(old, new))
        assert (before, after) == (texts(old), texts(new))


def test_a_row_that_comes_or_goes_is_one_change() -> None:
    row, other = tr(tc(p(t("取組の名前"))), tc(p(t("100千円")))), tr(tc(p(t("別のもの"))), tc(p(t("7"))))
    made = document(merged(tbl(row) + p(), tbl(row, other) + p()))
    assert re.search(r"<w:trPr><w:cantSplit [^>]*/><w:ins ", made)
    made = document(merged(tbl(row, other) + p(), tbl(row) + p()))
    assert re.search(r"<w:trPr><w:cantSplit [^>]*/><w:del ", made)


def test_every_mark_has_an_id_of_its_own() -> None:
    ids = re.findall(
        r'<w:(?:ins|del) w:id="(\d+)"', document(merged(p(t("甲乙")) + p(t("丙")), p(t("丁戊"))))
    )
    assert len(ids) == len(set(ids)) > 1


@given(BODIES, BODIES)
@settings(max_examples=5)
def test_the_validator_finds_nothing_that_was_not_there(old: str, new: str) -> None:
    faults = faults_by_audit(merged(old, new), ".docx")
    assert set(faults) <= set(faults_by_audit(package(new), ".docx"))


@pytest.mark.skipif(not HAS_OFFICE, reason="LibreOffice is not installed")
def test_libreoffice_makes_the_same_of_it(tmp_path: Path) -> None:
    """Texts of all kinds that come, go and change, in the body and in cells."""
    row = tr(tc(p(t("取組の名前"))), tc(p(t("2,902千円"))))
    rows = tbl(row, tr(tc(p(t("止める取組"))), tc(p(t("500千円"))))) + p()
    others = tbl(row.replace("2,902", "3,002"), tr(tc(p(t("新しいもの")) + p(t("二行目"))), tc(p()))) + p()
    cases = {
        "paragraphs.docx": (
            p(t("毎週開く。")) + p(t("止める。")),
            p(t("毎月開く。")) + p(t("これから始めること。")),
        ),
        "rows.docx": (p(t("題")) + rows, p(t("題")) + others),
        "added.docx": (p(t("一つ目の文。")), p(t("一つ目の文。")) + p(t("加えた。")) + p(t("さらに。"))),
        "gone.docx": (p(t("一つ目の文。")) + p(t("加えた。")) + p(t("さらに。")), p(t("一つ目の文。"))),
    }
    files = []
    for name, (old, new) in cases.items():
        files.append(tmp_path / name)
        files[-1].write_bytes(merged(old, new))
    work = tmp_path / "work"
    work.mkdir()
    for name, (rejected, accepted) in resolved(files, work).items():
        old, new = cases[name]
        assert sides(rejected.read_bytes())[1] == texts(old), name
        assert sides(accepted.read_bytes())[1] == texts(new), name
