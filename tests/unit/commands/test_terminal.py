"""What a terminal gets: help and sentences that fit it, colour, examples that work, and the command that was meant."""

from __future__ import annotations

import io
import os
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.commands.guessing import meant_commands
from handouts.commands.japanese import JapaneseGroup, JapaneseHelp
from handouts.commands.main import main
from handouts.commands.terminal import end_progress, lines_of, say, show_progress, width_of
from handouts.dataset.fiscal import FiscalYear
from handouts.dataset.folder_text import new_dataset_files
from handouts.files import write_files
from tests.calling import Run


def commands(group: JapaneseGroup = main, above: str = "") -> Iterator[tuple[str, JapaneseHelp]]:
    """All commands by their paths below the program."""
    for name, command in group.commands.items():
        assert isinstance(command, JapaneseHelp)
        yield f"{above}{name}", command
        if isinstance(command, JapaneseGroup):
            yield from commands(command, f"{above}{name} ")


ROOT = Path(__file__).resolve().parents[3]
ALL = dict(commands())


# Help


@pytest.mark.parametrize("columns", [40, 60, 120])
@pytest.mark.parametrize("path", ["", *ALL])
def test_help_fits_the_terminal(run: Run, monkeypatch: pytest.MonkeyPatch, path: str, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = run(*path.split(), "--help").stdout.splitlines()
    examples = main.examples if not path else ALL[path].examples
    wide = [line for line in lines if width_of(line) > columns and line.strip() not in examples]
    assert wide == []


@pytest.mark.parametrize("path", ALL)
def test_every_command_shows_examples_and_says_what_comes_next(run: Run, path: str) -> None:
    command = ALL[path]
    shown = run(*path.split(), "--help").stdout
    assert command.examples
    assert command.then
    assert f"例:\n  {command.examples[0]}\n" in shown
    assert "\n次に:\n" in shown
    assert all(width_of(example) <= 58 for example in command.examples if ">" not in example)


@pytest.mark.parametrize(
    "example", [example for command in (main, *ALL.values()) for example in command.examples]
)
def test_every_example_is_a_call_that_the_command_takes(example: str) -> None:
    program, *words = shlex.split(example.partition(" > ")[0])
    assert program == "handouts"
    command: click.Command = main
    while isinstance(command, click.Group):
        command = command.commands[words.pop(0)]
    command.make_context(command.name, words)


def test_the_commands_are_listed_in_the_order_of_the_work_here_and_in_the_readme(run: Run) -> None:
    listed = run("--help").stdout.partition("コマンド:")[2].partition("\n\n")[0]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    described = re.findall(r"^\| `handouts (\w+)", readme, re.MULTILINE)
    assert re.findall(r"^  (\w+)", listed, re.MULTILINE) == list(dict.fromkeys(described))


# Which command was meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("biuld", "build"),
        ("bild", "build"),
        ("chekc", "check"),
        ("export", "workbook export"),
        ("exprot", "workbook export"),
        ("collect", "workbook collect"),
        ("colect", "workbook collect"),
        ("workbok", "workbook"),
        ("作る", "build"),
        ("ヘルプ", "--help"),
        ("ﾍﾙﾌﾟ", "--help"),
        ("取り込み", "workbook import"),
        ("元に戻す", "undo"),
        ("prüfen", "check"),
        ("HILFE", "--help"),
    ],
)
def test_a_wrong_command_gets_the_nearest_one(run: Run, typed: str, meant: str) -> None:
    assert meant_commands(typed, main, main)[0] == meant
    result = run(typed)
    assert result.exit_code == 2
    assert f"「{typed}」というコマンドはありません。handouts {meant}" in result.stderr


def test_in_a_group_its_own_commands_come_first(run: Run) -> None:
    assert "handouts workbook import のことですか。" in run("workbook", "imprt").stderr
    assert "handouts build のことですか。" in run("workbook", "build").stderr


def test_what_is_like_no_command_gets_no_guess(run: Run) -> None:
    assert run("ｘｙｚ").stderr.endswith("「ｘｙｚ」というコマンドはありません。\n")


def test_the_width_and_the_case_of_a_command_do_not_matter(run: Run) -> None:
    assert run("ｌｉｓｔ").exit_code == 0
    assert run("List").exit_code == 0
    assert run("ｌｉｓｔ", "－－ｈｅｌｐ").exit_code == 2  # the letters of an option are its own
    for dashes in ("－－", "ーー", "—", "––"):
        assert "使い方: handouts list" in run("list", f"{dashes}help").stdout


def test_a_dataset_or_a_workbook_without_a_command_is_told_what_to_write(run: Run) -> None:
    run("new", "gunma-r8", "--branch", "群馬", "--year", "R8")
    assert "handouts build gunma-r8" in run("gunma-r8").stderr
    Path("a.xlsx").write_bytes(b"")
    assert "handouts workbook import a.xlsx データ" in run("a.xlsx").stderr


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (["build", "-strict"], "「-strict」というオプションはありません。--strict のことですか。"),
        (["build", "--formt=pdf"], "「--formt」というオプションはありません。--format のことですか。"),
        (["-h"], "「-h」というオプションはありません。--help のことですか。"),
        (["history", "--al"], "「--al」というオプションはありません。--all のことですか。"),
        (["list", "--xyz"], "「--xyz」というオプションはありません。使えるのは --help です。"),
    ],
)
def test_a_wrong_option_gets_the_nearest_one_or_all(run: Run, words: list[str], meant: str) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert meant in result.stderr.replace("\n", "")


@pytest.mark.parametrize(
    "words",
    [
        ["workbook", "export", "a", "a.xlsx", "--group", ""],
        ["build", "a", "--out", " "],
        ["mail", "a", "--to", "　"],
    ],
)
def test_an_option_without_a_value_is_said(run: Run, words: list[str]) -> None:
    result = run(*words)
    assert (result.exit_code, f"{words[-2]} の後に値を書いてください" in result.stderr) == (2, True)


# Without a command


def test_without_data_it_is_said_how_to_begin(run: Run) -> None:
    result = run()
    assert result.exit_code == 0
    assert "handouts new gunma-r8 --branch 群馬 --year R8" in result.stdout
    assert len(result.stdout.splitlines()) < 8


def test_what_comes_next_follows_from_data_and_output(run: Run) -> None:
    for name in ("gunma-r7", "gunma-r8"):
        contents = {
            file: text.encode() for file, text in new_dataset_files("群馬", FiscalYear(2025), name).items()
        }
        write_files(Path("data", name), contents)
    assert "gunma-r8: 資料はまだありません\n  次に: handouts check gunma-r8" in run().stdout
    write_files(Path("output/gunma-r8"), {"資料.pdf": b""})
    os.utime("output/gunma-r8/資料.pdf", (2e9, 2e9))
    assert "gunma-r8: 資料は output/gunma-r8 にあります\n  次に: 見て" in run().stdout
    os.utime("data/gunma-r8/plan.md", (2.1e9, 2.1e9))
    said = run().stdout
    assert said.startswith("gunma-r8: データを直したあと")
    assert "gunma-r7: 資料はまだ" in said
    assert "undo" not in said
    run("new", "gunma-r9", "--branch", "群馬", "--year", "R9")
    assert "handouts undo" in run().stdout


def test_many_datasets_are_not_all_listed(run: Run) -> None:
    for number in range(8):
        write_files(Path(f"data/a-r{number}"), {"dataset.yaml": b""})
    assert "ほかに 3 件" in run().stdout


# Sentences


class Terminal(io.StringIO):
    """A stream that somebody looks at."""

    def isatty(self) -> bool:
        return True


def terminal(monkeypatch: pytest.MonkeyPatch, **environ: str) -> Terminal:
    """Makes the standard error a terminal, 60 half widths wide."""
    stream = Terminal()
    monkeypatch.setattr("sys.stderr", stream)
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in {"COLUMNS": "60", "TERM": "xterm", **environ}.items():
        monkeypatch.setenv(name, value)
    return stream


def test_a_terminal_gets_colour_and_lines_that_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = terminal(monkeypatch)
    say("資料を作れません。" * 9, "誤り", "red", err=True)
    first, *others = stream.getvalue().splitlines()
    assert first.startswith("\x1b[31m\x1b[1m誤り\x1b[0m 資料を")
    assert all(line.startswith("  ") and width_of(line) < 60 for line in others)
    assert width_of(click.unstyle(first)) < 60


@given(st.text("a.-、。（）「」のデータ ", max_size=80), st.integers(12, 40))
def test_no_line_begins_with_a_mark_that_belongs_to_what_stands_before(text: str, width: int) -> None:
    _, *others = lines_of(text.lstrip("、。）」"), width)
    marks = "、。）」"
    assert not any(line.startswith(tuple(marks)) for line in others if " " not in text)


def test_the_ending_of_a_file_stays_with_its_name() -> None:
    assert lines_of("取り込む 保健.xlsx", 12) == ["取り込む 保", "健.xlsx"]


@pytest.mark.parametrize(
    "words", [["作るもの"], ["build", "nowhere"], ["mail"], ["check", "--format", "xml"]]
)
def test_what_is_wrong_with_a_call_fits_a_terminal_too(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, words: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    stream = terminal(monkeypatch)
    with pytest.raises(SystemExit):
        main.main([*words], prog_name="handouts")
    shown = click.unstyle(stream.getvalue())
    assert "使い方の誤り: " in shown
    assert all(width_of(line) < 60 for line in shown.splitlines())


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_who_wants_no_colour_gets_none(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    stream = terminal(monkeypatch, **{name: value})
    say("資料です。", "注意", "yellow", err=True)
    assert stream.getvalue() == "注意 資料です。\n"


def test_a_pipe_gets_neither_colour_nor_progress_nor_broken_lines(run: Run) -> None:
    run("new", "gunma-r8", "--branch", "群馬", "--year", "R8")
    Path("data/gunma-r8/plan.md").unlink()
    for command in ("check", "build", "biuld"):
        output = run(command).output
        assert "\x1b" not in output
        assert "\r" not in output
    assert max(map(width_of, run("check").output.splitlines())) > 60


def test_a_step_of_long_work_is_one_line_that_goes_again(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = terminal(monkeypatch)
    show_progress("資料「事業計画（案）・保険者機能強化予算（案）」を組み立てています" * 2)
    shown = stream.getvalue().removeprefix("\r\x1b[K")
    assert "\n" not in shown
    assert width_of(shown) < 60
    end_progress()
    assert stream.getvalue().endswith("\r\x1b[K")


@given(
    st.text(st.sampled_from("あ漢ー。、「」（）ab-. ｱＡ"), max_size=60), st.integers(8, 40), st.integers(0, 4)
)
def test_lines_lose_nothing_and_fit(text: str, width: int, indent: int) -> None:
    lines = lines_of(text, width, indent)
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        is_one_word = len(line.split()) <= 1
        assert width_of(line) <= width or is_one_word or any(mark in line for mark in "、。」）ー「（")
