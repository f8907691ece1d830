"""What earlier builds left: it is mailed as long as it is what would be printed now, and named where it is no more."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest

from handouts.dataset.fiscal import FiscalYear
from handouts.dataset.folder_text import new_dataset_files
from handouts.files import write_files
from handouts.findings import DataFaults
from handouts.mail.attachments import FileSelection, find_handouts
from handouts.runs.build import Built, build_dataset
from handouts.runs.checking import read_checked
from handouts.runs.old_handouts import OLD_HANDOUT
from handouts.runs.settings import read_build_settings

RECIPIENTS = "recipients:\n  本部:\n    - 計画 <keikaku@example.jp>\n"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A new dataset at data/gunma-r7 of a folder with nothing else."""
    folder = tmp_path / "data" / "gunma-r7"
    files = new_dataset_files("群馬", FiscalYear(2025), "gunma-r7")
    write_files(folder, {name: text.encode() for name, text in files.items()})
    return folder


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    os.utime(path, (2e9, 2e9))  # later than any file that is made here


def build(data: Path, formats: Sequence[str] = ("html",), kinds: Sequence[str] = ()) -> Built:
    working = data.parent.parent
    built = build_dataset(data, kinds, formats, read_build_settings(working, working / "output", {}))
    assert built.products
    return built


def mailed(data: Path, formats: tuple[str, ...] = ("docx", "xlsx")) -> list[str]:
    source, working = read_checked(data), data.parent.parent
    assert source.dataset is not None
    selection = FileSelection(formats, (), working / "output")
    settings = partial(read_build_settings, working, working / "output", {})
    found = find_handouts(source, source.dataset, selection, settings)
    return [path.suffix for one in found for path, _ in one.files]


def old_files(built: Built) -> list[str]:
    return [Path(found.place.file).name for found in built.findings if found.rule is OLD_HANDOUT]


# What may be mailed


def test_a_recipient_more_needs_no_new_build(data: Path) -> None:
    build(data, ["docx", "xlsx", "pdf"])
    edit(data / "dataset.yaml", "recipients:\n", RECIPIENTS)
    assert mailed(data, ("pdf", "docx", "xlsx")) == [".pdf", ".docx", ".xlsx"]


def test_what_is_printed_needs_one_unless_it_is_what_it_was_again(data: Path) -> None:
    build(data, ["docx", "xlsx"])
    edit(data / "budget.yaml", "amount: 500000", "amount: 600000")
    with pytest.raises(DataFaults, match=r"budget\.yaml）を直した後に.*--format docx,xlsx"):
        mailed(data)
    edit(data / "budget.yaml", "amount: 600000", "amount: 500000")
    assert len(mailed(data)) == 2


def test_a_format_that_was_not_made_again_is_told_from_those_that_were(data: Path) -> None:
    build(data, ["docx", "xlsx"])
    edit(data / "budget.yaml", "amount: 500000", "amount: 600000")
    build(data, ["xlsx"])
    with pytest.raises(DataFaults, match="--format docx --out"):
        mailed(data)
    assert mailed(data, ("xlsx",)) == [".xlsx"]


# What belongs to no build any more


def test_a_handout_under_its_name_of_before_is_named_and_stays(data: Path) -> None:
    assert old_files(build(data)) == []
    edit(data / "dataset.yaml", "資料1", "資料2-1")
    [product] = (built := build(data)).products
    [old] = old_files(built)
    assert old.startswith("資料1_")
    assert not built.failed
    assert sorted(path.name for path in product.path.parent.glob("*.html")) == sorted(
        [old, product.path.name]
    )
    (product.path.parent / old).unlink()
    assert old_files(build(data)) == []


def test_a_handout_with_a_title_of_its_own_is_known_by_its_author(data: Path) -> None:
    edit(
        data / "dataset.yaml",
        "handouts:\n  plan-budget:\n",
        "handouts:\n  plan-budget:\n    title: 来年度の計画\n",
    )
    build(data, ["xlsx", "docx"])
    edit(data / "dataset.yaml", "来年度の計画", "新年度の計画")
    assert old_files(build(data)) == [f"資料1_来年度の計画.{form}" for form in ("docx", "xlsx")]


def test_other_formats_and_kinds_than_those_asked_for_are_no_old_files(data: Path) -> None:
    edit(data / "dataset.yaml", "handouts:\n", "handouts:\n  plan:\n    material: 資料3\n")
    build(data, ["html", "xlsx"])
    assert old_files(build(data, ["xlsx"])) == []
    assert old_files(build(data, ["html"], ["plan"])) == []
    assert old_files(build(data, ["html"], ["final-report"])) == []
    assert old_files(build(data, ["html"], ["plan"])) == []


def test_a_kind_that_the_dataset_lists_no_more_leaves_old_files(data: Path) -> None:
    edit(data / "dataset.yaml", "handouts:\n", "handouts:\n  plan:\n    material: 資料3\n")
    build(data)
    edit(data / "dataset.yaml", "handouts:\n  plan:\n    material: 資料3\n", "handouts:\n")
    assert [name[:4] for name in old_files(build(data))] == ["資料3_"]


def test_files_of_somebody_else_are_no_handouts_of_ours(data: Path) -> None:
    [product] = build(data).products
    folder = product.path.parent
    for name in (
        "送付状.docx",
        "群馬支部_メモ.docx",
        "~$資料.docx",
        "メール.eml",
        "資料0_令和6年度群馬支部.txt",
    ):
        (folder / name).write_bytes(b"")
    with zipfile.ZipFile(folder / "表.xlsx", "w") as book:
        book.writestr("docProps/core.xml", "<creator>赤城</creator>")
    with zipfile.ZipFile(folder / "大.xlsx", "w") as book:
        book.writestr("docProps/core.xml", ">全国健康保険協会 群馬支部<" + " " * 200_000)
    with zipfile.ZipFile(folder / "空.docx", "w"):
        pass
    assert old_files(build(data)) == []
    (folder / "資料9_令和6年度群馬支部事業計画.pdf").write_bytes(b"")
    assert old_files(build(data)) == ["資料9_令和6年度群馬支部事業計画.pdf"]
