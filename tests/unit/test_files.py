"""Files are written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.files import file_name, write_files
from handouts.findings import HandoutError


def test_files_are_written_under_their_names(tmp_path: Path) -> None:
    paths = write_files(tmp_path / "new", {"a.txt": b"one", "b.txt": b"two"})
    assert [path.read_bytes() for path in paths] == [b"one", b"two"]


def test_a_failed_run_leaves_the_old_files_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(tmp_path, {"a.txt": b"yesterday"})

    def full(source: str, target: str) -> None:
        raise OSError(28, "No space left on device", target)

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(HandoutError, match="書き込めません"):
        write_files(tmp_path, {"a.txt": b"today", "b.txt": b"today"})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.txt": b"yesterday"}


def test_a_file_in_the_way_of_the_folder_is_explained(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(HandoutError, match="書き込めません"):
        write_files(tmp_path / "out", {"a.txt": b""})


@given(st.text())
def test_any_title_makes_a_file_name_that_windows_takes(title: str) -> None:
    name = file_name(title)
    assert name
    assert not set(name) & set('\\/:*?"<>| \n\t')
    assert not name.startswith(".")
    assert len((name + ".docx").encode("utf-8", "surrogatepass")) <= 255


def test_the_name_keeps_full_width_signs_of_the_title() -> None:
    assert file_name("資料2-1_令和7年度 群馬支部事業計画（案）") == "資料2-1_令和7年度群馬支部事業計画（案）"
