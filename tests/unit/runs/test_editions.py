"""An edition of a dataset is saved beside it as it is, and is no dataset of its own."""

from __future__ import annotations

import datetime
import stat
from pathlib import Path

import pytest

from handouts.dataset.editions import is_saved_edition, saved_edition, saved_editions
from handouts.excel.writing import write_workbook
from handouts.files import Occasion, read_steps, redo_step, undo_step
from handouts.findings import DataFaults, HandoutError
from handouts.runs.checking import read_checked, read_stored
from handouts.runs.choosing import known_datasets
from handouts.runs.editions import (
    check_edition_name,
    check_not_saved,
    differences_by_sheet,
    is_saved_as_now,
    list_editions,
    read_edition,
    save_edition,
)
from handouts.runs.updating import read_for_update
from tests.unit.dataset.folders import GOOD, changed, read, write
from tests.unit.disk import quick_disk, standing

__all__ = ["quick_disk"]

SAVED = Occasion("edition save", datetime.datetime(2026, 12, 1, 9, 30))
FINAL = {**GOOD, "dataset.yaml": changed("dataset.yaml", "edition: 案", "edition: 最終")}


@pytest.fixture
def r7(tmp_path: Path) -> Path:
    return write(tmp_path / "r7", GOOD)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The dataset r8 in a workbook."""
    dataset = read(tmp_path).dataset
    assert dataset
    path = tmp_path / "r8.xlsx"
    path.write_bytes(write_workbook(dataset))
    return path


def test_an_edition_of_a_folder_holds_its_files_as_they_are(r7: Path) -> None:
    written, odd = save_edition(r7, "案", SAVED)
    assert not odd
    assert [file.relative_to(r7.parent).as_posix() for file in written] == [
        f"版/r7/案/{name}" for name in ("dataset.yaml", "plan.md", "budget.yaml", "kpis.yaml")
    ]
    assert standing(r7.parent / "版/r7/案") == standing(r7)
    assert {stat.S_IMODE(file.stat().st_mode) for file in written} == {0o444}


def test_an_edition_of_a_workbook_is_a_copy_of_it(book: Path) -> None:
    written, _ = save_edition(book, "案", SAVED)
    assert written == (book.parent / "版/r8/案.xlsx",)
    assert written[0].read_bytes() == book.read_bytes()
    assert read_edition(book, "案").initiatives == read_stored(book).dataset.initiatives  # type: ignore[union-attr]


def test_what_is_changed_later_does_not_change_the_edition(r7: Path) -> None:
    save_edition(r7, "案", SAVED)
    write(r7, FINAL)
    assert read_edition(r7, "案").edition == "案"
    assert not is_saved_as_now(r7, "案")


def test_an_edition_is_no_dataset_of_the_folder_and_is_found_by_no_name(
    r7: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(r7.parent / "data", {})
    r7 = r7.rename(r7.parent / "data" / "r7")
    save_edition(r7, "案", SAVED)
    monkeypatch.chdir(r7.parent.parent)
    assert list(known_datasets()) == ["r7"]
    assert is_saved_edition(Path("data/版/r7/案"))
    assert not is_saved_edition(Path("data/r7"))


def test_an_edition_is_read_under_the_name_of_its_dataset(r7: Path) -> None:
    save_edition(r7, "案", SAVED)
    assert read_edition(r7, "案").name == "r7"
    assert not differences_by_sheet(read_edition(r7, "案"), read_stored(r7).dataset)  # type: ignore[arg-type]


def test_saving_can_be_taken_back_and_done_again(r7: Path) -> None:
    before = standing(r7.parent)
    save_edition(r7, "案", SAVED)
    after = standing(r7.parent)
    [step] = read_steps(r7.parent)
    assert (step.step.dataset, step.step.changes, step.is_new_dataset) == ("r7", ("版「案」を残した",), False)
    undo_step(r7.parent, "r7")
    assert standing(r7.parent) == before
    assert not (r7.parent / "版").exists()
    redo_step(r7.parent, "r7")
    assert standing(r7.parent) == after


def test_what_stands_there_already_is_not_written_again(r7: Path) -> None:
    save_edition(r7, "案", SAVED)
    assert save_edition(r7, "案", SAVED) == ((), ())
    assert len(read_steps(r7.parent)) == 1


def test_an_edition_that_is_replaced_loses_the_files_that_are_gone_and_comes_back(r7: Path) -> None:
    (r7 / "monthly.yaml").write_text("as_of: 9月\ntables: []\n", encoding="utf-8")
    save_edition(r7, "案", SAVED)
    old = standing(r7.parent / "版")
    (r7 / "monthly.yaml").unlink()
    save_edition(r7, "案", SAVED)
    assert "monthly.yaml" not in standing(r7.parent / "版/r7/案")
    undo_step(r7.parent, "r7")
    assert standing(r7.parent / "版") == old


def test_a_dataset_that_became_a_folder_replaces_the_edition_of_its_workbook(book: Path) -> None:
    save_edition(book, "案", SAVED)
    book.unlink()
    folder = write(book.with_suffix(""), GOOD)
    save_edition(folder, "案", SAVED)
    assert list(saved_editions(folder).values()) == [folder.parent / "版/r8/案"]


def test_a_dataset_with_faults_is_not_saved(r7: Path) -> None:
    write(r7, {"kpis.yaml": "kpis: 1\n"})
    with pytest.raises(DataFaults) as raised:
        save_edition(r7, "案", SAVED)
    assert "版として残せません" in str(raised.value.findings[0])
    assert saved_edition(r7, "案") is None


@pytest.mark.parametrize("name", ["", "案 2", "案/2", "..", ".案", "案.xlsx", "案?"])
def test_a_name_that_is_none_of_a_file_is_refused(r7: Path, name: str) -> None:
    with pytest.raises(HandoutError, match="使えません"):
        check_edition_name(r7, name)


def test_a_name_that_only_differs_in_width_from_another_is_refused(r7: Path) -> None:
    save_edition(r7, "案2", SAVED)
    with pytest.raises(HandoutError, match="よく似た名前の版「案2」"):
        check_edition_name(r7, "案２")
    check_edition_name(r7, "案2")


@pytest.mark.parametrize(
    ("name", "is_said"),
    [("案", False), ("案2", False), ("最終", True), ("本部提出2", True), ("会議前", False)],
)
def test_a_name_that_says_another_edition_than_the_dataset_is_said(
    r7: Path, name: str, is_said: bool
) -> None:
    _, odd = save_edition(r7, name, SAVED)
    assert [finding.rule.id for finding in odd] == ["edition.other-name"] * is_said


def test_the_list_says_when_and_in_how_many_places_the_data_differ_from_each(r7: Path) -> None:
    save_edition(r7, "本部提出前", SAVED)
    write(r7, {"budget.yaml": changed("budget.yaml", "amount: 1000000", "amount: 1200000")})
    later = Occasion("edition save", datetime.datetime(2026, 12, 2))
    save_edition(r7, "会議後", later)
    found = list_editions(r7, read_stored(r7).dataset)
    assert [(one.name, one.when, one.differences, one.is_touched) for one in found] == [
        ("本部提出前", SAVED.when, {"取組・予算": 1}, False),
        ("会議後", later.when, {}, False),
    ]


def test_the_list_says_which_edition_somebody_has_changed_or_damaged(r7: Path) -> None:
    save_edition(r7, "案", SAVED)
    plan = r7.parent / "版/r7/案/plan.md"
    plan.chmod(0o644)
    plan.write_text("Ⅰ．変えた\n", encoding="utf-8")
    (r7.parent / "版/r7/案/dataset.yaml").unlink()
    [found] = list_editions(r7, read_stored(r7).dataset)
    assert found.is_touched
    assert found.differences is None


def test_the_list_goes_without_the_record_of_the_time(r7: Path) -> None:
    save_edition(r7, "案", SAVED)
    (r7.parent / ".handouts/editions/r7/案.json").unlink()
    [found] = list_editions(r7, read_stored(r7).dataset)
    assert (found.when, found.is_touched) == (None, False)


def test_nobody_writes_into_an_edition(r7: Path) -> None:
    save_edition(r7, "案", SAVED)
    for path in (r7.parent / "版/r7/案", r7.parent / "版/r7/新"):
        with pytest.raises(HandoutError, match="残した版"):
            check_not_saved(path)
    with pytest.raises(HandoutError, match="残した版"):
        read_for_update(r7.parent / "版/r7/案")


def test_an_edition_that_is_not_there_is_said_with_those_that_are(r7: Path) -> None:
    with pytest.raises(HandoutError, match="まだありません"):
        read_edition(r7, "案")
    save_edition(r7, "案", SAVED)
    with pytest.raises(HandoutError, match="残してあるのは 案 です"):
        read_edition(r7, "最終")


# The final report


def reporting(earlier: str) -> dict[str, str]:
    base = FINAL["dataset.yaml"].replace("plan-budget:", "final-report:")
    return {**FINAL, "dataset.yaml": base.replace("earlier:", f"earlier: {earlier}", 1)}


def ids(path: Path) -> list[str]:
    return [finding.rule.id for finding in read_checked(path).findings]


def test_the_edition_before_the_review_is_a_saved_one_of_the_same_dataset(r7: Path) -> None:
    save_edition(r7, "本部提出前", SAVED)
    write(r7, reporting("本部提出前"))
    source = read_checked(r7)
    assert source.earlier is not None
    assert source.earlier.edition == "案"
    assert not {"comparison.earlier-missing", "comparison.earlier-not-named"} & set(ids(r7))
    assert r7.parent / "版/r7/本部提出前/kpis.yaml" in source.snapshot.files


def test_oddities_of_a_saved_edition_are_not_said_again(r7: Path) -> None:
    write(r7, {"kpis.yaml": changed("kpis.yaml", "rate: ", "rate: 1")})
    save_edition(r7, "前", SAVED)
    write(r7, reporting("前"))
    assert not [one for one in read_checked(r7).findings if one.place.file.startswith("前/")]


def test_a_report_that_names_no_edition_is_told_of_those_that_are_saved(r7: Path) -> None:
    write(r7, reporting(""))
    assert "comparison.earlier-not-named" not in ids(r7)
    write(r7, GOOD)
    save_edition(r7, "案", SAVED)
    write(r7, reporting(""))
    assert "comparison.earlier-not-named" in ids(r7)


def test_an_edition_and_a_dataset_of_one_name_are_said(r7: Path) -> None:
    write(r7.parent / "前", GOOD)
    save_edition(r7, "前", SAVED)
    write(r7, reporting("前"))
    assert "comparison.edition-and-dataset" in ids(r7)
