"""The way back as a clerk walks it: every command that writes data can be taken back, one step after the other."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.calling import Run
from tests.pages import ROOT
from tests.unit.disk import standing


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A sample dataset in ./data of the working folder."""
    for name in ("gunma-r6", "gunma-r7"):
        shutil.copytree(ROOT / "data" / name, tmp_path / "data" / name)
    return tmp_path / "data"


def change(file: str, sheet: str, cell: str, value: object) -> None:
    book = load_workbook(file)
    book[sheet][cell] = value
    book.save(file)


def change_below(file: str, sheet: str, heading: str, value: object) -> None:
    """Writes another value into the first row below a heading."""
    heads = {cell.value: cell.column_letter for cell in load_workbook(file)[sheet][3]}
    change(file, sheet, f"{heads[heading]}4", value)


def change_amount(file: str, amount: object) -> None:
    change_below(file, "取組・予算", "予算額（円）", amount)


@pytest.fixture
def returned(run: Run, data: Path) -> str:
    """A group's workbook of gunma-r3, changed; the dataset stands in a workbook too, data/whole.xlsx."""
    shutil.copytree(ROOT / "data" / "gunma-r3", data / "gunma-r3")
    run("workbook", "export", "gunma-r3", "data/whole.xlsx")
    run("workbook", "export", "gunma-r3", "保健.xlsx", "--group", "保健")
    change_below("保健.xlsx", "月次", "4月", 4_321)
    return "保健.xlsx"


def import_amount(run: Run, amount: int) -> None:
    run("workbook", "export", "gunma-r7", "book.xlsx", "--replace")
    change_amount("book.xlsx", amount)
    assert run("workbook", "import", "book.xlsx", "gunma-r7").exit_code == 0


def test_an_import_is_listed_taken_back_and_done_again(run: Run, data: Path) -> None:
    old = standing(data)
    import_amount(run, 14_000_000)
    new = standing(data)
    said = run("history").stdout
    assert re.fullmatch(r"1  \d{4}-\d\d-\d\d \d\d:\d\d  gunma-r7  1件  workbook import book.xlsx\n", said), (
        said
    )
    said = run("undo").stdout
    assert said.startswith("取り消しました: 1  ")
    assert said.splitlines()[1] == "data/gunma-r7/budget.yaml"
    assert standing(data) == old
    assert run("history").stdout.endswith("（取り消し済み。redo で戻せます）\n")
    assert run("redo", "gunma-r7").stdout.startswith("もう一度しました: 1  ")
    assert standing(data) == new


def test_the_changes_of_a_dataset_are_shown_as_the_import_showed_them(run: Run, data: Path) -> None:
    import_amount(run, 14_000_000)
    import_amount(run, 15_000_000)
    lines = run("history", "gunma-r7").stdout.splitlines()
    assert [line[0] for line in lines] == ["2", " ", "1", " "]
    assert lines[1].startswith("    取組・予算 ")
    assert lines[1].endswith("予算額（円）: 14,000,000 → 15,000,000")
    assert run("history", "--all").stdout == run("history", "gunma-r7").stdout


def test_many_changes_are_cut_short_unless_all_are_asked_for(
    run: Run, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handouts.commands.parts._SHOWN_CHANGES", 0)
    import_amount(run, 14_000_000)
    assert run("history", "gunma-r7").stdout.endswith("    ほか 1 件（--all ですべて）\n")
    assert "ほか" not in run("history", "gunma-r7", "--all").stdout


def test_a_new_dataset_is_taken_back_whole(run: Run, data: Path) -> None:
    old = standing(data)
    run("new", "gunma-r8", "--branch", "群馬", "--year", "R8")
    assert "gunma-r8  新しいデータ  new gunma-r8" in run("history").stdout
    assert "\ndata/gunma-r8/plan.md  なくなりました\n" in run("undo", "gunma-r8").stdout
    assert standing(data) == old
    assert not (data / "gunma-r8").exists()
    assert run("redo", "data/gunma-r8").exit_code == 0
    assert run("undo", "data/gunma-r8").exit_code == 0
    run("workbook", "export", "gunma-r7", "book.xlsx")
    run("workbook", "import", "book.xlsx", "gunma-r8")
    run("undo", "gunma-r8")
    assert standing(data) == old


def test_a_plan_of_pasted_text_is_taken_back(run: Run, data: Path) -> None:
    Path("text.txt").write_text("Ⅰ．柱\n１ 節\n本文\n", encoding="utf-8")
    (data / "gunma-r7/plan.md").unlink()
    old = standing(data)
    assert run("import", "text.txt", "gunma-r7").exit_code == 0
    assert "計画: 3段落" in run("history", "gunma-r7").stdout
    run("undo")
    assert standing(data) == old
    run("import", "text.txt", "gunma-r8")
    run("undo")
    assert standing(data) == old


def test_what_the_groups_returned_is_taken_back_from_a_folder_and_from_a_workbook(
    run: Run, data: Path, returned: str
) -> None:
    old = standing(data)
    for target in ("gunma-r3", "data/whole.xlsx"):
        assert run("workbook", "collect", returned, target).exit_code == 0
        assert standing(data) != old
        assert run("undo", target).exit_code == 0
        assert standing(data) == old
    assert not (data / "集める前").exists()


def test_a_workbook_that_is_open_in_excel_is_named_and_nothing_is_changed(
    run: Run, data: Path, returned: str
) -> None:
    run("workbook", "collect", returned, "data/whole.xlsx")
    (data / "~$whole.xlsx").write_bytes(b"")
    new = standing(data)
    result = run("undo", "whole")
    assert result.exit_code == 1
    assert "whole.xlsx" in result.stderr
    assert standing(data) == new
    (data / "~$whole.xlsx").unlink()
    assert run("undo", "whole").exit_code == 0


def test_a_file_that_was_edited_since_stays_unless_it_is_said(run: Run, data: Path) -> None:
    old = standing(data)
    import_amount(run, 14_000_000)
    path = data / "gunma-r7/budget.yaml"
    path.write_bytes(path.read_bytes() + "# 覚え書き\n".encode())
    edited = standing(data)
    result = run("undo")
    assert result.exit_code == 1
    assert "data/gunma-r7/budget.yaml（書き換えられています）" in result.stderr
    assert "--with-edits" in result.stderr
    assert standing(data) == edited
    run("undo", "--with-edits")
    assert standing(data) == old
    run("redo")
    assert standing(data) == edited


def test_where_there_is_nothing_it_is_said_and_nothing_is_made(run: Run, tmp_path: Path) -> None:
    for command in ("undo", "redo", "history"):
        result = run(command)
        assert result.exit_code == 1
        assert "がありません。" in result.stderr
    assert list(tmp_path.iterdir()) == []
    run("new", "gunma-r8", "--branch", "群馬", "--year", "R8")
    assert "記録があるデータは gunma-r8 です。" in run("undo", "gunma-r9").stderr


def test_the_workbook_that_was_imported_means_its_dataset(run: Run, data: Path) -> None:
    old = standing(data)
    run("workbook", "export", "gunma-r7", "gunma-r7.xlsx")
    change_amount("gunma-r7.xlsx", 14_000_000)
    run("workbook", "import", "gunma-r7.xlsx", "gunma-r7")
    assert run("undo", "gunma-r7.xlsx").exit_code == 0
    assert standing(data) == old


def test_an_import_that_changes_nothing_and_one_that_is_refused_are_no_steps(run: Run, data: Path) -> None:
    run("workbook", "export", "gunma-r7", "book.xlsx")
    run("workbook", "import", "book.xlsx", "gunma-r7")
    change_amount("book.xlsx", "未定")
    run("workbook", "import", "book.xlsx", "gunma-r7")
    assert run("history").exit_code == 1


def test_nothing_of_the_history_is_a_dataset_or_leaves_with_one(run: Run, data: Path) -> None:
    import_amount(run, 14_000_000)
    listed = run("list").stdout
    assert "history" not in listed
    assert ".handouts" not in listed
    written = sorted(path for path in Path().rglob("*") if "data" not in path.parts and path.is_file())
    assert [path.name for path in written] == ["book.xlsx"]
    run("build", "gunma-r7", "--format", "html")
    written = sorted(path.name for path in Path().rglob("*") if "data" not in path.parts)
    assert all(".handouts" not in name for name in written)


def test_a_dataset_that_is_named_by_a_dot_has_its_history_beside_it(
    run: Run, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = standing(data)
    run("workbook", "export", "gunma-r7", "book.xlsx")
    change_amount("book.xlsx", 14_000_000)
    monkeypatch.chdir(data / "gunma-r7")
    assert run("workbook", "import", "../../book.xlsx", ".").exit_code == 0
    assert (data / ".handouts").is_dir()
    assert run("undo", ".").exit_code == 0
    assert standing(data) == old
