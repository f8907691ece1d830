"""The program as a process: stopped at any time, without a place to write to, in odd surroundings, with a fault of ours."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.pages import ROOT

PROGRAM = [sys.executable, "-m", "handouts"]
STOPPED = "\n中止しました。\n"
LOADED = ("handouts.commands.main", "handouts.runs.checking")
CODES = {"SIGINT": 130, "SIGTERM": 143}
# Stands in for the process that makes PDFs: where the page comes in, it stops the one who asked for it.
STOPPER = (
    "import handouts.page.pdf_process as p\n"
    "p._SERVE = 'import os, signal, handouts.page.pdf_process as p; p.load_weasyprint = int; '"
    "'p.write_pdf = lambda html, send: [os.kill(os.getppid(), signal.SIGTERM), *iter(int, 0)]; p.serve()'"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A working folder with a sample."""
    shutil.copytree(ROOT / "data" / "yamaguchi-r8", tmp_path / "data" / "yamaguchi-r8")
    return tmp_path


def outcomes(
    folder: Path, cases: Sequence[Mapping[str, Any]], loaded: Sequence[str] = (), **environ: str
) -> list[tuple[int, str]]:
    """The exit code and the standard error of each case; all have the modules `loaded` from the beginning."""
    run = subprocess.run(
        [sys.executable, ROOT / "tests" / "builds" / "troubles.py", *loaded],
        cwd=folder,
        input=json.dumps(cases),
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environ},
    )
    assert run.stderr == ""
    return [(made["code"], made["said"]) for made in map(json.loads, run.stdout.splitlines())]


def test_a_signal_ends_the_program_with_one_sentence_wherever_it_is(folder: Path) -> None:
    points = {1: "SIGINT", 3: "SIGINT", 60: "SIGTERM", 200: "SIGINT", 380: "SIGTERM"}
    cases = [{"args": ["check"], "event": point, "signal": name} for point, name in points.items()]
    cases.append({"args": ["build", "--format", "pdf"], "first": STOPPER})
    codes = [CODES[case.get("signal", "SIGTERM")] for case in cases]
    made = outcomes(folder, cases)
    assert [code for code, _ in made] == codes
    # In its first milliseconds, before there is any word of ours, it ends in silence.
    assert {said for _, said in made[:2]} <= {"", STOPPED}
    assert {said for _, said in made[2:]} == {STOPPED}
    assert not (folder / "output").exists()


def test_files_that_are_being_written_are_written_first(folder: Path) -> None:
    new = {
        "args": ["new", "x-r8", "--branch", "群馬", "--year", "R8"],
        "event": "os.rename",
        "signal": "SIGINT",
    }
    assert outcomes(folder, [new]) == [(130, STOPPED)]
    made = folder / "data" / "x-r8"
    assert {path.name for path in made.iterdir()} == {"dataset.yaml", "plan.md", "budget.yaml", "kpis.yaml"}


def test_output_that_nobody_takes_gives_an_exit_code_and_at_most_one_sentence(folder: Path) -> None:
    commands = (["--help"], ["check"])
    full = "誤り 表示を書き出せません。書き出す先の空き容量と設定を確かめてください。\n"
    wanted = {"full": (1, full), "pipe": (1, ""), "closed": (0, "")}
    cases = [{"args": args, "output": output} for output in wanted for args in commands]
    assert outcomes(folder, cases, LOADED) == [each for each in wanted.values() for _ in commands]


def test_a_working_folder_that_is_gone_and_a_lack_of_memory_are_explained(folder: Path) -> None:
    gone = "import os; os.mkdir('gone'); os.chdir('gone'); os.rmdir('../gone')"
    memory = "import handouts.runs.choosing as m; m.known_datasets = lambda: [0] * 2**60"
    cases = [{"args": ["check"], "first": gone}, {"args": ["check"], "first": memory}]
    (first, why), (second, what) = outcomes(folder, cases, LOADED)
    assert (first, second) == (1, 1)
    assert why.startswith("誤り 作業しているフォルダーがなくなっています。")
    assert what.startswith("誤り メモリーが足りません。")


def test_a_fault_of_ours_is_one_sentence_and_a_record_for_programmers(folder: Path) -> None:
    fault = "import handouts.runs.choosing as m; m.known_datasets = lambda: 1 / 0"
    nowhere = f"{fault}; import tempfile; tempfile.tempdir = '.'"
    (folder / "records").mkdir()
    cases = [{"args": ["check"], "first": first} for first in (fault, nowhere)]
    (code, said), unwritten = outcomes(folder, cases, LOADED, TMPDIR=str(folder / "records"))
    [record] = (folder / "records").iterdir()
    assert (code, said.count("\n")) == (70, 1)
    assert said.startswith(
        f"誤り プログラムの誤りで止まりました（ZeroDivisionError）。記録を {record} に書きました。"
    )
    text = record.read_text(encoding="utf-8")
    assert " check\nhandouts 0." in text
    assert text.endswith("ZeroDivisionError: division by zero\n")
    assert unwritten[0] == 70
    assert "その記録も書けませんでした" in unwritten[1]


def test_the_installed_script_begins_where_python_m_does() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["scripts"] == {"handouts": "handouts.__main__:main"}


def test_without_a_language_that_has_japanese_everything_is_japanese_all_the_same(folder: Path) -> None:
    bare = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONPATH": str(ROOT)}
    new = [*PROGRAM, "new", "データ", "--branch", "群馬", "--year", "R8"]
    made = subprocess.run(new, cwd=folder, env={**os.environ, **bare}, capture_output=True, check=True)
    assert (folder / "data" / "データ" / "dataset.yaml").exists()
    assert made.stdout.decode().splitlines()[0] == "data/データ/dataset.yaml"
    assert made.stderr == b""
