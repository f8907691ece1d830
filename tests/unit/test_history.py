"""What a command made of the data can be taken back and done again, step by step, and nothing else is touched."""

from __future__ import annotations

import datetime
import errno
import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.files import (
    EditedSince,
    Occasion,
    Step,
    history,
    read_steps,
    recover,
    redo_step,
    undo_step,
    write_files,
)
from handouts.files.steps import read_record
from handouts.findings import HandoutError
from tests.unit.disk import killed_at, open_elsewhere, ours, put, quick_disk, raising, standing, watched

__all__ = ["quick_disk"]

OLD = {"r8/plan.md": b"old plan", "r8/kpis.yaml": b"old kpis"}
NEW = {"r8/plan.md": b"new plan", "r8/kpis.yaml": b"new kpis", "r8/monthly.yaml": b"new months"}
Files = Mapping[str, bytes | None]


def step(name: str = "import", dataset: str = "r8", *changes: str) -> Step:
    return Step(Occasion(name, datetime.datetime(2026, 11, 30, 9, 15)), dataset, changes)


def write(folder: Path, files: Files, name: str = "import", dataset: str = "r8") -> None:
    write_files(folder, files, step=step(name, dataset))


def recorded(folder: Path) -> list[tuple[str, str]]:
    return [(each.step.occasion.command, each.standing) for each in read_steps(folder)]


def modes(folder: Path) -> dict[str, int]:
    return {name: (folder / name).stat().st_mode & 0o7777 for name in standing(folder)}


def folders(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_dir() and path.name != ".handouts")


# The writer removes files too


def test_a_file_without_contents_goes_and_takes_the_folder_that_it_leaves_empty(tmp_path: Path) -> None:
    put(tmp_path, {**OLD, "r7/plan.md": b"last year"})
    write_files(tmp_path, {"r7/plan.md": None, "r8/kpis.yaml": None, "r9/plan.md": None})
    assert standing(tmp_path) == {"r8/plan.md": b"old plan"}
    assert folders(tmp_path) == ["r8"]
    assert ours(tmp_path) == []


def test_a_removal_that_is_stopped_at_any_step_is_undone_or_done() -> None:
    old = {**OLD, "r7/plan.md": b"last year"}
    files: Files = {"r7/plan.md": None, "r8/plan.md": b"new plan"}
    new = {"r8/plan.md": b"new plan", "r8/kpis.yaml": b"old kpis"}
    outcomes: set[bool] = set()
    for number in count(1):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            put(folder, old)
            with killed_at(number):
                write_files(folder, files)
                break
            recover(folder)
            assert standing(folder) in (old, new)
            outcomes.add(standing(folder) == old)
            write_files(folder, {"next": b""})
            assert ours(folder) == []
    assert outcomes == {True, False}


# A step


def test_a_step_is_taken_back_and_done_again(tmp_path: Path) -> None:
    put(tmp_path, OLD)
    write(tmp_path, NEW)
    assert undo_step(tmp_path) is not None
    assert standing(tmp_path) == OLD
    assert undo_step(tmp_path) is None
    assert redo_step(tmp_path) is not None
    assert standing(tmp_path) == NEW
    assert redo_step(tmp_path) is None
    assert ours(tmp_path) == [".handouts"]


def test_several_steps_are_taken_back_one_after_the_other(tmp_path: Path) -> None:
    states = [dict(OLD), {**OLD, "r8/plan.md": b"2"}, {**OLD, "r8/plan.md": b"3"}, dict(OLD)]
    put(tmp_path, OLD)
    for state in states[1:]:
        write(tmp_path, state)
    for state in reversed(states[:-1]):
        undo_step(tmp_path)
        assert standing(tmp_path) == state
    for state in states[1:]:
        redo_step(tmp_path)
        assert standing(tmp_path) == state


def test_a_new_dataset_that_is_taken_back_leaves_no_folder(tmp_path: Path) -> None:
    write(tmp_path, NEW, "new")
    assert read_steps(tmp_path)[0].is_new_dataset
    undo_step(tmp_path)
    assert folders(tmp_path) == []
    redo_step(tmp_path)
    assert standing(tmp_path) == NEW


def test_a_file_of_somebody_elses_stays_in_the_folder_of_a_dataset_that_is_taken_back(tmp_path: Path) -> None:
    write(tmp_path, NEW, "new")
    put(tmp_path, {"r8/覚え書き.txt": b"mine"})
    undo_step(tmp_path)
    assert standing(tmp_path) == {"r8/覚え書き.txt": b"mine"}


def test_each_dataset_has_its_own_last_step(tmp_path: Path) -> None:
    write(tmp_path, {"r7/plan.md": b"1"}, "first", "r7")
    write(tmp_path, {"r8/plan.md": b"2"}, "second", "r8")
    taken = undo_step(tmp_path, "r7")
    assert taken is not None
    assert taken.step.occasion.command == "first"
    assert standing(tmp_path) == {"r8/plan.md": b"2"}
    assert recorded(tmp_path) == [("first", "undone"), ("second", "done")]
    assert redo_step(tmp_path, "r8") is None
    assert undo_step(tmp_path, "r9") is None


def test_what_was_taken_back_before_a_new_step_is_not_done_again_but_stays_on_record(tmp_path: Path) -> None:
    put(tmp_path, OLD)
    write(tmp_path, {"r8/plan.md": b"1"}, "first")
    undo_step(tmp_path)
    write(tmp_path, {"r8/plan.md": b"2"}, "second")
    assert redo_step(tmp_path) is None
    assert undo_step(tmp_path) is not None
    again = redo_step(tmp_path)
    assert again is not None
    assert again.step.occasion.command == "second"
    assert recorded(tmp_path) == [("first", "dropped"), ("second", "done")]


def test_a_step_says_what_it_was_and_when(tmp_path: Path) -> None:
    given_step = step("workbook import r8.xlsx", "r8", "KPI a 目標: 1 → 2", "計画: あ → い")
    write_files(tmp_path, NEW, step=given_step)
    [found] = read_steps(tmp_path)
    assert (found.number, found.step, found.standing) == (1, given_step, "done")


def test_what_is_written_without_a_step_is_not_on_record(tmp_path: Path) -> None:
    write_files(tmp_path, NEW)
    assert read_steps(tmp_path) == ()
    assert ours(tmp_path) == []


NAMES = st.sampled_from(["r8/plan.md", "r8/kpis.yaml", "r8/monthly.yaml", "r8.xlsx"])
STEPS = st.lists(
    st.dictionaries(NAMES, st.none() | st.binary(max_size=3), min_size=1), min_size=1, max_size=4
)
OLDS = st.dictionaries(NAMES, st.tuples(st.binary(max_size=3), st.sampled_from([0o600, 0o640, 0o644])))


@settings(max_examples=60, deadline=None)
@given(OLDS, STEPS)
def test_the_way_back_and_forth_gives_the_same_bytes_and_modes(
    olds: Mapping[str, tuple[bytes, int]], steps: list[Files]
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        put(folder, {file: content for file, (content, _) in olds.items()})
        for file, (_, mode) in olds.items():
            (folder / file).chmod(mode)
        states = [(standing(folder), modes(folder))]
        for files in steps:
            write(folder, files)
            states.append((standing(folder), modes(folder)))
        for state in reversed(states[:-1]):
            undo_step(folder)
            assert (standing(folder), modes(folder)) == state
        for state in states[1:]:
            redo_step(folder)
            assert (standing(folder), modes(folder)) == state


# What somebody has changed since


def test_a_step_is_not_taken_back_where_somebody_has_changed_a_file_since(tmp_path: Path) -> None:
    put(tmp_path, OLD)
    write(tmp_path, NEW)
    put(tmp_path, {"r8/plan.md": b"by hand"})
    (tmp_path / "r8/kpis.yaml").unlink()
    with pytest.raises(EditedSince) as said:
        undo_step(tmp_path)
    assert "plan.md（書き換えられています）" in str(said.value)
    assert "kpis.yaml（なくなっています）" in str(said.value)
    assert "monthly" not in str(said.value)
    assert standing(tmp_path) == {"r8/plan.md": b"by hand", "r8/monthly.yaml": b"new months"}
    assert recorded(tmp_path) == [("import", "done")]


def test_what_was_edited_since_can_be_taken_back_with_the_step_and_comes_again(tmp_path: Path) -> None:
    put(tmp_path, OLD)
    write(tmp_path, NEW)
    put(tmp_path, {"r8/plan.md": b"by hand"})
    undo_step(tmp_path, with_edits=True)
    assert standing(tmp_path) == OLD
    redo_step(tmp_path)
    assert standing(tmp_path) == {**NEW, "r8/plan.md": b"by hand"}


def test_a_step_is_not_done_again_where_somebody_has_changed_a_file_since(tmp_path: Path) -> None:
    put(tmp_path, OLD)
    write(tmp_path, NEW)
    undo_step(tmp_path)
    put(tmp_path, {"r8/plan.md": b"by hand"})
    with pytest.raises(EditedSince):
        redo_step(tmp_path)
    assert standing(tmp_path) == {**OLD, "r8/plan.md": b"by hand"}


def test_a_file_that_somebody_has_put_back_already_does_not_stand_in_the_way(tmp_path: Path) -> None:
    put(tmp_path, OLD)
    write(tmp_path, NEW)
    put(tmp_path, {"r8/plan.md": OLD["r8/plan.md"]})
    undo_step(tmp_path)
    assert standing(tmp_path) == OLD


def test_files_that_the_step_did_not_write_are_as_they_are(tmp_path: Path) -> None:
    put(tmp_path, OLD)
    write(tmp_path, {"r8/plan.md": b"new plan"})
    put(tmp_path, {"r8/kpis.yaml": b"by hand"})
    undo_step(tmp_path)
    assert standing(tmp_path) == {**OLD, "r8/kpis.yaml": b"by hand"}


def test_what_is_kept_for_a_dataset_goes_back_with_it_and_stands_in_nobodys_way(tmp_path: Path) -> None:
    kept = ".handouts/imported/r8"
    write(tmp_path, {"r8/plan.md": b"1", kept: b"state 1"})
    write(tmp_path, {"r8/plan.md": b"2", kept: b"state 2"})
    undo_step(tmp_path)
    assert (tmp_path / kept).read_bytes() == b"state 1"
    (tmp_path / kept).write_bytes(b"another")
    undo_step(tmp_path)
    assert standing(tmp_path) == {}
    assert (tmp_path / kept).read_bytes() == b"another"


# What goes wrong


def test_a_kill_at_any_step_leaves_file_and_record_new_or_neither() -> None:
    outcomes: set[bool] = set()
    for number in count(1):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            put(folder, OLD)
            with killed_at(number):
                write(folder, NEW)
                break
            said = "".join(map(str, recover(folder)))
            assert ".handouts/" not in said
            is_new = standing(folder) == NEW
            assert is_new or standing(folder) == OLD
            assert recorded(folder) == ([("import", "done")] if is_new else [])
            outcomes.add(is_new)
            write(folder, {"r8/plan.md": b"next"})
            undo_step(folder)
            assert standing(folder) == (NEW if is_new else OLD)
    assert outcomes == {True, False}


@pytest.mark.parametrize("turn", [undo_step, redo_step])
@pytest.mark.parametrize("old", [OLD, {}])
def test_a_kill_while_a_step_is_taken_back_or_done_again_leaves_both_ends_of_it(
    turn: object, old: Mapping[str, bytes]
) -> None:
    outcomes: set[bool] = set()
    for number in count(1):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            put(folder, old)
            write(folder, NEW)
            if turn is redo_step:
                undo_step(folder)
            with killed_at(number):
                (undo_step if turn is undo_step else redo_step)(folder)
                break
            recover(folder)
            is_new = standing(folder) == NEW
            assert is_new or standing(folder) == old
            assert recorded(folder) == [("import", "done" if is_new else "undone")]
            assert folders(folder) == (["r8"] if standing(folder) else []) or not is_new
            outcomes.add(is_new)
            (undo_step if is_new else redo_step)(folder)
            assert standing(folder) == (old if is_new else NEW)
    assert outcomes == {True, False}


@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(errno.ENOSPC, "")])
def test_an_error_at_any_step_leaves_file_and_record_new_or_neither(
    tmp_path: Path, error: BaseException
) -> None:
    for number in range(1, 80):
        folder = tmp_path / str(number)
        put(folder, OLD)
        with suppress(KeyboardInterrupt, HandoutError), raising({number}, error):
            write(folder, NEW)
        is_new = standing(folder) == NEW
        assert is_new or standing(folder) == OLD
        assert recorded(folder) == ([("import", "done")] if is_new else [])


def test_a_file_that_is_open_elsewhere_leaves_everything_as_it_is(tmp_path: Path) -> None:
    put(tmp_path, OLD)
    write(tmp_path, NEW)
    for number in (1, 2):
        with open_elsewhere({number}), pytest.raises(HandoutError, match="書き込めません"):
            undo_step(tmp_path)
        assert standing(tmp_path) == NEW
        assert recorded(tmp_path) == [("import", "done")]


def test_what_the_check_says_of_the_users_files_stops_the_way_back(tmp_path: Path) -> None:
    put(tmp_path, {"r8.xlsx": b"old"})
    write(tmp_path, {"r8.xlsx": b"new", ".handouts/imported/r8": b""})
    seen: list[Path] = []

    def check(files: Iterator[Path]) -> None:
        seen.extend(files)
        raise HandoutError("Excel で開いています")

    with pytest.raises(HandoutError, match="Excel"):
        undo_step(tmp_path, check=check)
    assert seen == [tmp_path / "r8.xlsx"]
    assert standing(tmp_path) == {"r8.xlsx": b"new"}


def test_a_file_that_is_saved_at_the_last_moment_stays(tmp_path: Path) -> None:
    put(tmp_path, OLD)
    write(tmp_path, NEW)

    with (
        watched(lambda *args: put(tmp_path, {"r8/plan.md": b"by hand"}), "utime"),
        pytest.raises(EditedSince),
    ):
        undo_step(tmp_path)
    assert standing(tmp_path) == {**NEW, "r8/plan.md": b"by hand"}


def test_without_its_old_contents_a_step_is_not_taken_back(tmp_path: Path) -> None:
    put(tmp_path, OLD)
    write(tmp_path, NEW)
    for path in (tmp_path / ".handouts/history/contents").iterdir():
        path.write_bytes(b"rotten")
    with pytest.raises(HandoutError, match="控えが"):
        undo_step(tmp_path)
    assert standing(tmp_path) == NEW


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"null", b'{"command": "x"}', b"\xff"],
)
def test_a_record_that_is_none_is_left_out(tmp_path: Path, content: bytes) -> None:
    write(tmp_path, NEW)
    (tmp_path / ".handouts/history/steps/000002.json").write_bytes(content)
    (tmp_path / ".handouts/history/steps/~$note.txt").write_bytes(content)
    assert recorded(tmp_path) == [("import", "done")]
    write(tmp_path, {"r8/plan.md": b"next"})
    assert [each.number for each in read_steps(tmp_path)] == [1, 3]


@pytest.mark.parametrize("name", ["../other", "/etc/other", "r8/../../other"])
def test_a_record_that_names_a_file_outside_of_the_folder_is_none(tmp_path: Path, name: str) -> None:
    write(tmp_path, NEW)
    record = json.loads((tmp_path / ".handouts/history/steps/000001.json").read_bytes())
    record["files"][name] = record["files"].pop("r8/plan.md")
    assert read_record(1, json.dumps(record).encode()) is None


def test_there_is_no_history_where_there_is_no_folder(tmp_path: Path) -> None:
    assert undo_step(tmp_path / "data") is None
    assert redo_step(tmp_path / "data") is None
    assert list(tmp_path.iterdir()) == []


# How much of it, and for whom


def test_only_the_last_steps_are_kept_and_the_contents_that_they_need(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "_MOST_STEPS", 3)
    for number in range(6):
        write(tmp_path, {"r8/plan.md": f"{number}".encode()})
    assert [each.number for each in read_steps(tmp_path)] == [4, 5, 6]
    contents = (tmp_path / ".handouts/history/contents").iterdir()
    assert sorted(path.read_bytes() for path in contents) == [b"2", b"3", b"4"]
    while undo_step(tmp_path):
        pass
    assert standing(tmp_path) == {"r8/plan.md": b"2"}
    while redo_step(tmp_path):
        pass
    assert standing(tmp_path) == {"r8/plan.md": b"5"}


@pytest.mark.parametrize(
    ("data_folder", "for_folders", "for_files"),
    [(0o755, 0o700, 0o600), (0o700, 0o700, 0o600), (0o775, 0o770, 0o660)],
)
def test_the_history_is_for_its_owner_and_those_who_may_write_the_data(
    tmp_path: Path, data_folder: int, for_folders: int, for_files: int
) -> None:
    put(tmp_path, OLD)
    tmp_path.chmod(data_folder)
    write(tmp_path, NEW)
    undo_step(tmp_path)
    own = [tmp_path / ".handouts", *(tmp_path / ".handouts").rglob("*")]
    assert {path.stat().st_mode & 0o777 for path in own if path.is_dir()} == {for_folders}
    assert {path.stat().st_mode & 0o777 for path in own if path.is_file()} == {for_files}


def test_a_folder_that_is_taken_elsewhere_without_its_history_is_a_dataset_as_before(tmp_path: Path) -> None:
    write(tmp_path / "data", NEW)
    os.rename(tmp_path / "data/r8", tmp_path / "r8")
    assert undo_step(tmp_path) is None
    write(tmp_path, {"r8/plan.md": b"there"})
    undo_step(tmp_path)
    assert standing(tmp_path / "r8") == {name.removeprefix("r8/"): content for name, content in NEW.items()}
