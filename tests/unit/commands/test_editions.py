"""Editions as a clerk saves and lists them."""

from __future__ import annotations

from pathlib import Path

import pytest

from handouts.commands import editions
from tests.calling import Run
from tests.unit.dataset.folders import GOOD, changed, write
from tests.unit.disk import quick_disk, standing

__all__ = ["quick_disk"]


@pytest.fixture
def r7(run: Run, tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    return write(tmp_path / "data" / "r7", GOOD)


def change(r7: Path) -> None:
    write(r7, {"budget.yaml": changed("budget.yaml", "amount: 1000000", "amount: 1200000")})


def test_the_only_dataset_needs_no_name(run: Run, r7: Path) -> None:
    said = run("edition", "save", "案")
    assert said.exit_code == 0
    assert said.stdout.splitlines()[0] == "data/版/r7/案/dataset.yaml"
    assert said.stdout.splitlines()[-1] == "r7 の版「案」を残しました。"


def test_of_several_datasets_one_must_be_named(run: Run, r7: Path) -> None:
    write(r7.parent / "r8", GOOD)
    said = run("edition", "save", "案")
    assert said.exit_code == 2
    assert "（r7、r8）" in said.stderr
    assert run("edition", "save", "案", "r8").exit_code == 0


def test_an_edition_that_is_there_is_not_replaced_in_silence(run: Run, r7: Path) -> None:
    run("edition", "save", "案")
    old = standing(r7.parent)
    assert "同じものが残してあります" in run("edition", "save", "案").stdout
    change(r7)
    said = run("edition", "save", "案")
    assert said.exit_code == 1
    assert "すでに残してあります" in said.stderr
    assert standing(r7.parent / "版") == {
        name.removeprefix("版/"): text for name, text in old.items() if name.startswith("版/")
    }
    assert run("edition", "save", "案", "--replace").exit_code == 0
    assert "今のデータと同じ" in run("edition", "list").stdout


@pytest.mark.parametrize(("answer", "code"), [(True, 0), (False, 1)])
def test_at_a_terminal_somebody_is_asked(
    run: Run, r7: Path, monkeypatch: pytest.MonkeyPatch, answer: bool, code: int
) -> None:
    run("edition", "save", "案")
    change(r7)
    asked: list[str] = []

    def confirmed(question: str) -> bool:
        asked.append(question)
        return answer

    monkeypatch.setattr(editions, "is_confirmed", confirmed)
    monkeypatch.setattr(editions, "_can_be_asked", lambda: True)
    assert run("edition", "save", "案").exit_code == code
    assert "置き換えますか" in asked[0]


def test_the_list_names_the_sheets_that_differ(run: Run, r7: Path) -> None:
    assert "まだありません" in run("edition", "list").stdout
    assert "まだありません" in run("edition", "list", "r7").stdout
    run("edition", "save", "案")
    change(r7)
    title, line = run("edition", "list").stdout.splitlines()
    assert title == "r7"
    assert line.startswith("  案  2")
    assert line.endswith("  今のデータと違うところ: 取組・予算 1")


def test_the_list_of_datasets_names_their_editions_and_has_none_of_them_as_a_dataset(
    run: Run, r7: Path
) -> None:
    assert "残した版" not in run("list").stdout
    run("edition", "save", "案")
    lines = run("list").stdout.splitlines()
    assert lines[1].endswith("  残した版: 案")
    assert lines[2] == "資料の種類"


def test_saving_is_taken_back(run: Run, r7: Path) -> None:
    run("edition", "save", "案")
    assert run("undo", "r7").stdout.splitlines()[1].startswith("data/版/r7/案/dataset.yaml")
    assert not (r7.parent / "版").exists()


def test_no_workbook_is_put_into_an_edition(run: Run, r7: Path) -> None:
    run("edition", "save", "案")
    run("workbook", "export", "r7", "book.xlsx")
    old = standing(r7.parent)
    for order in (("import", "book.xlsx", "data/版/r7/案"), ("import", "book.xlsx", "data/版/r7/新")):
        said = run("workbook", *order)
        assert said.exit_code == 1
        assert "書き換えません" in said.stderr
    assert standing(r7.parent) == old


def test_nothing_of_an_edition_is_in_what_a_build_writes(run: Run, r7: Path) -> None:
    run("edition", "save", "案")
    assert run("build", "--format", "html").exit_code == 0
    assert [path.name for path in (r7.parent.parent / "output").iterdir()] == ["r7"]
