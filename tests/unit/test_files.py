"""Files that belong together are all new or all old, whatever becomes of the run that writes them."""

from __future__ import annotations

import errno
import fcntl
import os
import sys
import tempfile
import time
import types
from collections.abc import Callable, Mapping
from contextlib import suppress
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.files import claims, file_name, journal, recover, write_files
from handouts.findings import HandoutError
from tests.unit.disk import (
    Killed,
    killed_at,
    open_elsewhere,
    ours,
    put,
    quick_disk,
    raising,
    standing,
    watched,
)

__all__ = ["quick_disk"]

OLD = {"a.pdf": b"old pdf", "b.docx": b"old docx"}
NEW = {"a.pdf": b"new pdf", "b.docx": b"new docx", "kept/c.xlsx": b"new xlsx"}
SAME = {"d.html": b"the same"}


def test_files_are_written_under_their_names(tmp_path: Path) -> None:
    paths = write_files(tmp_path / "new", {"a.txt": b"one", "b.txt": b"two"})
    assert [path.read_bytes() for path in paths] == [b"one", b"two"]
    assert ours(tmp_path) == []


# A run that is killed


def assert_whole_again(folder: Path, old: Mapping[str, bytes], new: Mapping[str, bytes]) -> tuple[bool, bool]:
    """After a kill each file is old or new; the next run leaves all old or all new, and says what it undid.

    Returns whether all are old after it, and whether it said anything.
    """
    whole = (dict(old), {**old, **new})
    left = standing(folder)
    assert all(content in (old.get(name), new.get(name)) for name, content in left.items())
    said = recover(folder)
    assert standing(folder) in whole
    assert bool(said) == (left not in whole)
    is_old = standing(folder) == old
    write_files(folder, {"next": b""})
    assert ours(folder) == []
    return is_old, bool(said)


def test_a_kill_at_any_step_leaves_all_old_or_all_new_after_the_next_run() -> None:
    outcomes: set[object] = set()
    for step in count(1):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            put(folder, OLD | SAME)
            with killed_at(step):
                write_files(folder, NEW | SAME)
                break
            outcomes.add(assert_whole_again(folder, OLD | SAME, NEW | SAME))
    assert outcomes == {(True, False), (True, True), (False, False)}


@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(errno.EIO, "")])
def test_an_error_or_an_interrupt_at_any_step_leaves_all_old_or_all_new_at_once(
    tmp_path: Path, error: BaseException
) -> None:
    outcomes: set[object] = set()
    for step in range(1, 45):
        folder = tmp_path / str(step)
        put(folder, OLD)
        with suppress(KeyboardInterrupt, HandoutError), raising({step}, error):
            write_files(folder, NEW)
        outcomes.add(standing(folder) == OLD)
        assert standing(folder) in (OLD, NEW)
        assert recover(folder) == ()
    assert outcomes == {True, False}


NAMES = st.sampled_from(["a.pdf", "b.docx", "c.xlsx", "kept/a.pdf"])
CONTENTS = st.dictionaries(NAMES, st.binary(max_size=4), max_size=4)


@settings(max_examples=40, deadline=None)
@given(CONTENTS, CONTENTS.filter(bool), st.integers(1, 45), st.integers(1, 15))
def test_a_kill_while_the_next_run_undoes_does_no_harm_either(
    old: dict[str, bytes], new: dict[str, bytes], step: int, again: int
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        put(folder, old)
        with killed_at(step):
            write_files(folder, new)
        left = standing(folder)
        with killed_at(again):
            recover(folder)
        recover(folder)
        assert standing(folder) in (old, {**old, **new})
        assert left in (old, {**old, **new}) or standing(folder) == old
        write_files(folder, {"next": b""})
        assert ours(folder) == []


def test_everything_is_on_the_disk_before_the_first_file_is_replaced(tmp_path: Path) -> None:
    put(tmp_path, OLD)
    done: list[str] = []
    with watched(lambda number, name, *args: done.append(name), "fsync", "replace", "unlink"):
        write_files(tmp_path, OLD)
    # the journal, two old contents and two new ones, the names in the folder; those again before anything is removed
    assert done[:10] == ["fsync"] * 6 + ["replace"] * 2 + ["fsync", "unlink"]


def left_half_way(folder: Path) -> None:
    """What a run leaves that is killed before it puts the second file in its place."""
    put(folder, OLD)
    before = standing(folder)
    with pytest.raises(Killed), raising(range(2, 99), Killed(), "replace", "unlink", "rmdir"):
        write_files(folder, NEW)
    assert standing(folder) == {**before, "a.pdf": b"new pdf"}


def test_what_was_undone_is_said_and_only_once(tmp_path: Path) -> None:
    left_half_way(tmp_path / "r7")
    [said] = recover(tmp_path)
    assert str(said).startswith(f"{tmp_path / 'r7'}: 前の書き込みが途中で止まっていました")
    assert "元に戻しました（a.pdf）" in said.found
    assert standing(tmp_path / "r7") == OLD
    assert recover(tmp_path) == ()


def test_a_run_that_read_what_was_half_written_writes_nothing(tmp_path: Path) -> None:
    left_half_way(tmp_path)
    with pytest.raises(HandoutError, match="もう一度実行してください"):
        write_files(tmp_path, {"a.pdf": b"newer"})
    assert standing(tmp_path) == OLD
    assert ours(tmp_path) == []


def test_a_file_that_somebody_has_changed_since_is_left_to_them(tmp_path: Path) -> None:
    left_half_way(tmp_path)
    (tmp_path / "a.pdf").write_bytes(b"my own")
    [said] = recover(tmp_path)
    assert "そのままです（a.pdf）" in said.found
    assert standing(tmp_path) == {**OLD, "a.pdf": b"my own"}


def test_the_files_that_were_replaced_are_old_again_though_somebody_has_changed_all_others(
    tmp_path: Path,
) -> None:
    left_half_way(tmp_path)
    theirs = {"b.docx": b"my own", "kept/c.xlsx": b"mine too"}
    put(tmp_path, theirs)
    assert "元に戻しました（a.pdf）" in recover(tmp_path)[0].found
    assert standing(tmp_path) == {"a.pdf": b"old pdf", **theirs}


def test_a_file_of_which_there_is_no_copy_stays_new_and_is_named(tmp_path: Path) -> None:
    left_half_way(tmp_path)
    for path in tmp_path.glob("*.old"):
        path.unlink()
    [said] = recover(tmp_path)
    assert "新しいままです（a.pdf）" in said.found
    assert standing(tmp_path) == {**OLD, "a.pdf": b"new pdf"}


def test_what_cannot_be_undone_now_is_undone_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left_half_way(tmp_path)
    with open_elsewhere({1}), pytest.raises(HandoutError) as said:
        recover(tmp_path)
    assert "新しくなったもの: a.pdf。元のままのもの: b.docx、kept/c.xlsx。" in str(said.value)
    with monkeypatch.context() as patch:
        patch.setattr(claims, "_locked", lambda path: os.open(path / "not a folder", os.O_RDONLY))
        with pytest.raises(HandoutError, match="元に戻せません"):
            recover(tmp_path)
    assert len(recover(tmp_path)) == 1
    assert standing(tmp_path) == OLD


@pytest.mark.parametrize(
    "content", [b"", b'[["a.pdf", ".handouts-', b"\xff", b"[1]", b"{}", b"null", b"[[]]"]
)
def test_a_journal_that_is_not_all_there_is_of_a_run_that_had_begun_nothing(
    tmp_path: Path, content: bytes
) -> None:
    put(tmp_path, {**OLD, journal.JOURNAL: content})
    assert recover(tmp_path) == ()
    assert standing(tmp_path) == OLD
    assert ours(tmp_path) == []


@pytest.mark.parametrize("name", ["../other", "/etc/other", "in/../../other"])
def test_a_journal_touches_nothing_outside_its_folder(tmp_path: Path, name: str) -> None:
    left_half_way(tmp_path / "r7")
    path = tmp_path / "r7" / journal.JOURNAL
    path.write_text(path.read_text().replace("kept/c.xlsx", name))
    recover(tmp_path)
    assert standing(tmp_path / "r7") == {**OLD, "a.pdf": b"new pdf"}


# What is left lying about


def test_the_next_run_removes_what_is_ours_and_nothing_else(tmp_path: Path) -> None:
    left_half_way(tmp_path)
    dead = ".handouts-0123456789abcdef-0.new"
    theirs = {dead: b"of a run that is alive", "plan.md.old": b"", "~$a.docx": b"", ".x.tmp": b""}
    put(tmp_path, theirs)
    recover(tmp_path)
    write_files(tmp_path, OLD)
    assert {path.name for path in tmp_path.iterdir() if path.is_file()} == OLD.keys() | theirs.keys()
    assert list((tmp_path / "kept").iterdir()) == []


@pytest.mark.parametrize(
    ("error", "reason"),
    [(errno.ENOSPC, "空き容量がありません"), (errno.EROFS, "権限"), (errno.EIO, "保存先を確かめて")],
)
def test_a_disk_that_takes_no_more_leaves_the_old_files_and_nothing_else(
    tmp_path: Path, error: int, reason: str
) -> None:
    put(tmp_path, OLD)
    for call in range(1, 7):
        with raising(range(call, 99), OSError(error, ""), "fsync"), pytest.raises(HandoutError) as said:
            write_files(tmp_path, NEW)
        assert reason in str(said.value)
        assert str(said.value).endswith("どのファイルも元のままです。")
        assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == OLD


def test_a_folder_that_was_made_for_nothing_is_gone_again(tmp_path: Path) -> None:
    with open_elsewhere({2}), pytest.raises(HandoutError):
        write_files(tmp_path / "data" / "r8", NEW)
    assert list(tmp_path.iterdir()) == []


# Two runs at the same time


def test_a_run_waits_for_the_one_that_writes_and_undoes_nothing_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left_half_way(tmp_path)
    before = standing(tmp_path)
    monkeypatch.setattr(claims, "_PAUSE", 0)
    with claims.claimed(tmp_path):
        for wait in (lambda: recover(tmp_path), lambda: write_files(tmp_path, {"a.pdf": b"other"})):
            with pytest.raises(HandoutError, match="書き込んでいる最中です"):
                wait()
        assert standing(tmp_path) == before
    assert len(recover(tmp_path)) == 1


def test_a_run_goes_on_as_soon_as_the_other_is_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = claims.claimed(tmp_path)
    other.__enter__()
    monkeypatch.setattr(time, "sleep", lambda seconds: other.__exit__(None, None, None))
    write_files(tmp_path, OLD)
    assert standing(tmp_path) == OLD
    assert ours(tmp_path) == []


def test_a_claim_on_a_lock_that_the_other_has_just_removed_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, lock = claims.claimed(tmp_path), fcntl.flock
    other.__enter__()
    monkeypatch.setattr(claims, "_PAUSE", 0)
    monkeypatch.setattr(
        fcntl,
        "flock",
        lambda *args: (
            monkeypatch.setattr(fcntl, "flock", lock),
            other.__exit__(None, None, None),
            lock(*args),
        ),
    )
    with claims.claimed(tmp_path):
        assert ours(tmp_path) == [".handouts-lock"]


def test_a_file_system_without_locks_is_written_to_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_locks(*args: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", no_locks)
    write_files(tmp_path, OLD)
    assert standing(tmp_path) == OLD


def test_windows_which_removes_no_open_file_keeps_the_others_out_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The Windows half of the module, with the locks of this system and files that cannot be removed while open."""
    opened: list[object] = []

    def locking(handle: int, how: int, size: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        opened.append(handle)

    def unlink(path: Path, do: Callable[[Path], None] = os.unlink) -> None:
        if opened and Path(f"/proc/self/fd/{opened[-1]}").exists():
            raise PermissionError
        do(path)

    windows = types.SimpleNamespace(locking=locking, LK_NBLCK=0)
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setitem(sys.modules, "msvcrt", windows)
    own = types.ModuleType("claims_on_windows")
    exec(Path(claims.__file__).read_text(encoding="utf-8"), own.__dict__)
    monkeypatch.setattr(os, "unlink", unlink)
    monkeypatch.setattr(own, "_PAUSE", 0)
    with own.claimed(tmp_path):
        with pytest.raises(HandoutError, match="書き込んでいる最中です"), own.claimed(tmp_path):
            pass
        assert ours(tmp_path) == [".handouts-lock"]
    assert ours(tmp_path) == []


# What stands in the way


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_file_that_is_open_elsewhere_leaves_all_of_them_old(tmp_path: Path, number: int) -> None:
    put(tmp_path, OLD)
    times = {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    with open_elsewhere({number}), pytest.raises(HandoutError) as said:
        write_files(tmp_path, NEW)
    assert f"{list(NEW)[number - 1]}: 書き込めません。ファイルを Word などで" in str(said.value)
    assert str(said.value).endswith("どのファイルも元のままです。")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == OLD
    assert {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == times


def test_what_cannot_be_put_back_is_named_and_put_back_by_the_next_run(tmp_path: Path) -> None:
    put(tmp_path, OLD)
    with open_elsewhere(range(2, 99)), pytest.raises(HandoutError) as said:
        write_files(tmp_path, NEW)
    assert "b.docx: 書き込めません。" in str(said.value)
    assert str(said.value).endswith("新しくなったもの: a.pdf。元のままのもの: b.docx、kept/c.xlsx。")
    assert standing(tmp_path) == {**OLD, "a.pdf": b"new pdf"}
    assert len(recover(tmp_path)) == 1
    assert standing(tmp_path) == OLD


def test_what_the_check_raises_stops_everything(tmp_path: Path) -> None:
    put(tmp_path, OLD)
    with pytest.raises(KeyboardInterrupt):
        write_files(tmp_path, NEW, check=raise_interrupt)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == OLD


def raise_interrupt() -> None:
    raise KeyboardInterrupt


def test_a_file_in_the_way_of_the_folder_is_explained(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(HandoutError, match="書き込めません"):
        write_files(tmp_path / "out", {"a.txt": b""})


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("あ" * 86, "名前が長すぎます"),
        ("あ" * 86 + "/a.txt", "名前が長すぎます"),
        ("folder", "同じ名前の、別のファイルかフォルダーがあります"),
        ("pipe", "同じ名前の、別のファイルかフォルダーがあります"),
        ("circle", "同じ名前の、別のファイルかフォルダーがあります"),
        ("astray", "保存先を確かめてください"),
    ],
)
def test_a_name_that_is_no_good_leaves_everything_as_it_was(tmp_path: Path, name: str, reason: str) -> None:
    put(tmp_path, OLD)
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "circle").symlink_to("circle")
    (tmp_path / "astray").symlink_to("nowhere/file")
    before = sorted(tmp_path.iterdir())
    with pytest.raises(HandoutError, match=reason):
        write_files(tmp_path, {"a.pdf": b"new", name: b""})
    assert sorted(tmp_path.iterdir()) == before
    assert standing(tmp_path) == OLD


# Modes and links


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o7777


def test_a_file_keeps_its_mode_and_a_new_one_can_be_read_by_all(tmp_path: Path) -> None:
    put(tmp_path, OLD)
    (tmp_path / "a.pdf").chmod(0o600)
    (tmp_path / "b.docx").chmod(0o640)
    write_files(tmp_path, NEW)
    assert [mode(tmp_path / name) for name in NEW] == [0o600, 0o640, 0o644]


def test_a_file_that_may_only_be_read_leaves_nothing_behind_on_windows_either(tmp_path: Path) -> None:
    put(tmp_path, OLD)
    (tmp_path / "a.pdf").chmod(0o400)

    def refuse(number: int, name: str, path: Path) -> None:
        if not mode(path) & 0o200:
            raise PermissionError

    with watched(refuse, "unlink"):
        write_files(tmp_path, OLD)
    assert ours(tmp_path) == []


def test_what_is_private_is_so_from_the_first_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, {"a.eml": b""})
    seen: set[int] = set()
    monkeypatch.setattr(os, "fsync", lambda handle: seen.update(map(mode, tmp_path.glob("*.new"))))
    write_files(tmp_path, {"a.eml": b"to: somebody", "b.eml": b""}, mode=0o600)
    assert seen == {mode(path) for path in tmp_path.iterdir()} == {0o600}


def test_a_link_is_written_where_it_leads_and_so_is_it_undone(tmp_path: Path) -> None:
    put(tmp_path, {"shared/real.pdf": b"old pdf"})
    for folder in ("r7", "r8"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.pdf").symlink_to("../shared/real.pdf")
    write_files(tmp_path / "r7", {"a.pdf": b"newer pdf"})
    assert (tmp_path / "shared/real.pdf").read_bytes() == b"newer pdf"
    assert (tmp_path / "r7/a.pdf").is_symlink()
    (tmp_path / "shared/real.pdf").write_bytes(b"old pdf")
    left_half_way(tmp_path / "r8")
    assert (tmp_path / "shared/real.pdf").read_bytes() == b"new pdf"
    assert len(recover(tmp_path)) == 1
    assert (tmp_path / "shared/real.pdf").read_bytes() == b"old pdf"
    write_files(tmp_path / "r8", OLD)
    assert ours(tmp_path) == []


def test_the_other_name_of_a_file_keeps_what_it_held(tmp_path: Path) -> None:
    put(tmp_path, OLD)
    os.link(tmp_path / "a.pdf", tmp_path / "copy.pdf")
    write_files(tmp_path, NEW)
    assert (tmp_path / "copy.pdf").read_bytes() == b"old pdf"


# Names


@given(st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("😀𠮟/."), max_size=100))
def test_any_title_makes_a_file_name_that_windows_takes(title: str) -> None:
    name = file_name(title)
    assert name
    assert not set(name) & set('\\/:*?"<>| \n\t')
    assert not name.startswith(".")
    assert len((name + ".docx").encode()) <= 255


def test_a_title_of_characters_of_four_bytes_is_not_too_long() -> None:
    assert len(file_name("𠮟" * 100).encode()) == 240


def test_the_name_keeps_full_width_signs_of_the_title() -> None:
    assert file_name("資料2-1_令和7年度 群馬支部事業計画（案）") == "資料2-1_令和7年度群馬支部事業計画（案）"
