"""A run that reads a file and writes another notices when somebody saves the first one meanwhile.

So it does when a run before it was stopped half way.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from handouts.commands.main import main
from handouts.runs import build, collecting, importing, workbooks
from tests.unit.dataset.folders import GOOD, write
from tests.unit.test_files import left_half_way, mode

Save = Callable[[], object]
LINE = "・窓口の待ち時間を短くする。\n"


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The plan of the dataset r7 in ./data of the working folder; nobody waits for an editor."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(build, "_PAUSE", 0)
    (tmp_path / "data").mkdir()
    return write(tmp_path / "data" / "r7", GOOD) / "plan.md"


def handouts(*args: str) -> Result:
    result = CliRunner().invoke(main, args, prog_name="handouts")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    return result


def build_html() -> Result:
    return handouts("build", "r7", "--format", "html")


def html() -> str:
    [page] = Path("output").rglob("*.html")
    return page.read_text(encoding="utf-8")


def add_line(file: Path) -> None:
    file.write_text(file.read_text(encoding="utf-8") + LINE, encoding="utf-8")


def after(monkeypatch: pytest.MonkeyPatch, module: Any, function: str, *saves: Save) -> list[Save]:
    """Lets each of `saves` happen when a function has been called once more; returns those that are still to come."""
    left, do = list(saves), getattr(module, function)

    def call(*args: object) -> object:
        result = do(*args)
        if left:
            left.pop(0)()
        return result

    monkeypatch.setattr(module, function, call)
    return left


# Builds


def test_data_that_are_saved_while_the_handout_is_made_are_read_again(
    plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = after(monkeypatch, build, "read_checked", *[lambda: add_line(plan)] * 2)
    result = build_html()
    assert (result.exit_code, left) == (0, [])
    assert "誤り" not in result.stderr
    assert html().count("窓口の待ち時間") == 2


def test_data_that_are_saved_again_and_again_stop_the_build_and_are_named(
    plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_html()
    before = html()
    left = after(monkeypatch, build, "read_checked", *[lambda: add_line(plan)] * 4)
    result = build_html()
    assert (result.exit_code, len(left)) == (1, 1)
    assert "誤り r7/plan.md: 読んだあとで、このファイルが変わりました" in result.stderr
    assert html() == before


@pytest.mark.parametrize("file", ["plan.md", "kpis.yaml"])
def test_a_file_that_is_half_saved_is_neither_built_nor_said_to_be_wrong(
    plan: Path, monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    path = plan.with_name(file)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    after(monkeypatch, build, "read_checked", lambda: path.write_bytes(whole))
    result = build_html()
    assert result.exit_code == 0
    assert "誤り" not in result.stderr
    assert "広報誌の作成" in html()


def test_two_handouts_of_one_name_do_not_overwrite_each_other(plan: Path) -> None:
    settings = plan.with_name("dataset.yaml")
    both = "handouts:\n  plan:\n    title: 計画\n  plan-budget:\n    title: 計画\n"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.split("handouts:\n")[0] + both, encoding="utf-8")
    result = build_html()
    assert result.exit_code == 1
    assert "ほかの資料と同じ名前になります" in result.stderr


# Imports and collections


def test_a_plan_that_is_saved_during_an_import_is_not_written_over(
    plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    handouts("workbook", "export", "r7", "book.xlsx")
    change("book.xlsx", "取組・予算", "D4", 14_000_000)
    before = plan.with_name("budget.yaml").read_bytes()
    after(monkeypatch, workbooks, "read_for_update", lambda: add_line(plan))
    result = handouts("workbook", "import", "book.xlsx", "r7")
    assert result.exit_code == 1
    assert "誤り r7/plan.md: 読んだあとで" in result.stderr
    assert plan.read_text(encoding="utf-8").endswith(LINE)
    assert plan.with_name("budget.yaml").read_bytes() == before


def change(file: str, sheet: str, cell: str, value: object) -> None:
    book = load_workbook(file)
    book[sheet][cell] = value
    book.save(file)


@pytest.fixture
def book(plan: Path) -> Path:
    """A workbook that only its owner may read, and a part of it with a change."""
    kpis = GOOD["kpis.yaml"].replace("    target: 100\n", "    target: 100\n    group: 保健\n")
    write(plan.parent, {"kpis.yaml": kpis})
    handouts("workbook", "export", "r7", "data/all.xlsx")
    handouts("workbook", "export", "data/all.xlsx", "part.xlsx", "--group", "保健")
    change("part.xlsx", "KPI", "C4", 0.99)
    path = Path("data/all.xlsx")
    path.chmod(0o600)
    return path


def test_a_workbook_and_what_is_kept_of_it_stay_private(book: Path) -> None:
    result = handouts("workbook", "collect", "part.xlsx", "all")
    assert "1 件の変更を取り込みました" in result.stdout, result.output
    assert [mode(path) for path in (book, Path("data/集める前/all.xlsx"))] == [0o600, 0o600]


@pytest.mark.parametrize("save", ["book", "open"])
def test_a_workbook_that_somebody_works_in_meanwhile_is_not_written_over(
    book: Path, monkeypatch: pytest.MonkeyPatch, save: str
) -> None:
    file = book if save == "book" else book.with_name("~$all.xlsx")
    after(monkeypatch, collecting, "read_for_update", lambda: file.write_bytes(b"theirs"))
    before = {path.name for path in Path("data").iterdir()} | {file.name}
    result = handouts("workbook", "collect", "part.xlsx", "all")
    assert result.exit_code == 1
    assert "誤り all.xlsx: " in result.stderr
    assert file.read_bytes() == b"theirs"
    assert {path.name for path in Path("data").iterdir()} == before


def test_a_workbook_that_comes_while_it_is_exported_is_kept(
    plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    after(monkeypatch, workbooks, "read_stored", lambda: Path("book.xlsx").write_bytes(b"theirs"))
    assert "書き換えません" in handouts("workbook", "export", "r7", "book.xlsx").stderr
    assert Path("book.xlsx").read_bytes() == b"theirs"


def test_a_plan_that_comes_while_another_is_imported_is_kept(
    plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan.rename("text.txt")
    after(monkeypatch, importing, "import_plan", lambda: plan.write_bytes(b"theirs"))
    assert "読んだあとで" in handouts("import", "text.txt", "r7").stderr
    assert plan.read_bytes() == b"theirs"


# After a run that was stopped


@pytest.mark.parametrize(
    "command",
    [
        ["check", "r7"],
        ["list"],
        ["compare", "r7", "r7"],
        ["build", "r7", "--format", "html"],
        ["workbook", "export", "r7", "book.xlsx"],
        ["new", "r8", "--branch", "群馬", "--year", "R8"],
    ],
    ids=lambda command: command[0],
)
def test_what_a_stopped_run_left_half_written_is_undone_before_anything_is_read(
    plan: Path, command: list[str]
) -> None:
    left_half_way(plan.parent)
    result = handouts(*command)
    assert "誤り " not in result.output  # what is left of the template is odd, and no fault
    assert "注意 data/r7: 前の書き込みが途中で止まっていました" in result.output
    assert (plan.parent / "a.pdf").read_bytes() == b"old pdf"


# Names that are too long


def test_a_name_that_is_too_long_is_said_to_be_wherever_it_is_given(plan: Path) -> None:
    Path("text.txt").write_bytes(GOOD["plan.md"].encode())
    handouts("workbook", "export", "r7", "book.xlsx")
    Path("wrong.xlsx").write_bytes(Path("book.xlsx").read_bytes())
    change("wrong.xlsx", "取組・予算", "D4", "未定")
    before = sorted(Path().rglob("*"))
    for command in (
        "new {} --branch 群馬 --year R8",
        "import text.txt {}",
        "build r7 --format html --out {}",
        "workbook export r7 {}.xlsx",
        "workbook export r7 {}/book.xlsx",
        "workbook import book.xlsx {}",
        "workbook import wrong.xlsx r7 --marked {}.xlsx",
    ):
        result = handouts(*command.format("あ" * 86).split())
        assert (command, result.exit_code) == (command, 1)
        assert "名前が長すぎます" in result.stderr
        assert sorted(Path().rglob("*")) == before


def test_a_workbook_may_have_a_name_of_255_bytes(plan: Path) -> None:
    name = "あ" * 83 + "a.xlsx"
    assert handouts("workbook", "export", "r7", name).exit_code == 0
    assert "誤り " not in handouts("check", name).output
