"""`handouts compare` with editions, and with a file to write."""

from __future__ import annotations

import json
import re
from pathlib import Path

import docx
import pytest

from handouts.revisions import read_document, views_of
from tests.calling import Run
from tests.unit.dataset.folders import GOOD, changed, write
from tests.unit.disk import quick_disk
from tests.unit.revisions.documents import dele, ins, p, saved, t

__all__ = ["quick_disk"]


@pytest.fixture
def r7(run: Run, tmp_path: Path) -> Path:
    """A dataset with the editions 案 and 最終, of which the last has another amount, and changed since."""
    (tmp_path / "data").mkdir()
    folder = write(tmp_path / "data" / "r7", GOOD)
    run("edition", "save", "案")
    write(
        folder,
        {
            "budget.yaml": changed("budget.yaml", "amount: 1000000", "amount: 1200000"),
            "dataset.yaml": changed("dataset.yaml", "edition: 案", "edition: 最終"),
        },
    )
    run("edition", "save", "最終")
    plan = GOOD["plan.md"].rstrip("\n")
    write(folder, {"plan.md": f"{plan}\n・月ごとに見直す。\n"})
    return folder


def test_two_editions_are_compared_with_their_lists(run: Run, r7: Path) -> None:
    said = run("compare", "r7", "--edition", "案", "--edition", "最終").stdout
    assert said.startswith("旧: 案\n新: 最終\n")
    assert "［－1,000－］千円" in said
    assert "［＋1,200＋］千円" in said
    assert "月ごとに見直す" not in said
    count, saved_at, others = said.splitlines()[-3:]
    assert re.fullmatch(r"案 は [-\d: ]{16} に残した版、最終 は [-\d: ]{16} に残した版", saved_at)
    assert [count, others] == [
        "変更箇所：1か所（変更 1）",
        "このほかに、次の入力も違います（この表には載せていません）：会議 1",
    ]


def test_one_edition_is_compared_with_the_data_as_they_are(run: Run, r7: Path) -> None:
    said = run("compare", "--edition", "最終").stdout
    assert "新: 今のデータ" in said
    assert "追加" in said
    assert "千円" not in said


def test_the_places_are_given_as_json(run: Run, r7: Path) -> None:
    rows = json.loads(run("compare", "--edition", "案", "--edition", "最終", "--format", "json").stdout)
    [row] = [row for row in rows if row["remark"]]
    assert (row["part"], row["remark"], row["old_place"]) == ("取組と予算額", "変更", row["place"])


@pytest.mark.parametrize("form", ["pdf", "docx", "xlsx", "html"])
def test_the_comparison_is_written_in_the_form_of_its_name(run: Run, r7: Path, form: str) -> None:
    file = f"out/変更箇所.{form}"
    said = run("compare", "r7", "--edition", "案", "--edition", "最終", "-o", file)
    assert (said.exit_code, said.stdout) == (0, f"{file}\n")
    old = Path(file).read_bytes()
    again = run("compare", "r7", "--edition", "案", "-o", file)
    assert again.exit_code == 1
    assert "--replace" in again.stderr
    assert Path(file).read_bytes() == old
    assert run("compare", "r7", "--edition", "案", "-o", file, "--replace").exit_code == 0
    assert Path(file).read_bytes() != old


def test_the_page_of_editions_is_that_of_the_handout(run: Run, r7: Path) -> None:
    said = run("compare", "r7", "--edition", "案", "--edition", "最終", "--format", "html").stdout
    run("compare", "r7", "--edition", "案", "--edition", "最終", "-o", "a.html")
    assert Path("a.html").read_text(encoding="utf-8") == said


def test_two_datasets_and_two_texts_are_written_too(run: Run, r7: Path) -> None:
    write(r7.parent / "r6", GOOD)
    assert run("compare", "r6", "r7", "-o", "a.docx").exit_code == 0
    Path("旧.txt").write_text("毎週開く。\n", encoding="utf-8")
    Path("新.txt").write_text("毎月開く。\n", encoding="utf-8")
    assert run("compare", "旧.txt", "新.txt", "-o", "b.docx").exit_code == 0
    [table] = docx.Document("b.docx").tables
    assert [cell.text for cell in table.rows[1].cells] == ["1行", "毎月開く。", "毎週開く。", "変更"]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["r7", "r7", "--edition", "案"], "データを一つだけ"),
        (["r7", "--edition", "案", "--edition", "最終", "--edition", "案"], "二つまで"),
        (["r7", "--edition", "なし"], "残してあるのは"),
        (["r7", "--edition", "案", "-o", "a.txt"], "形式が分かりません"),
        ([], "旧 と 新 を書いてください"),
        (["-o", "a.pdf"], "旧 と 新 を書いてください"),
    ],
)
def test_what_cannot_be_compared_is_said(run: Run, r7: Path, args: list[str], said: str) -> None:
    result = run("compare", *args)
    assert result.exit_code in (1, 2)
    assert said in result.stderr


def test_a_reviewed_word_file_is_written_with_who_changed_it_and_the_places(run: Run) -> None:
    saved(Path(), p(t("毎") + dele("週") + ins("月")) + p(dele("花を飾る。")), name="back.docx")
    assert run("compare", "back.docx", "-o", "a.docx").exit_code == 0
    [table] = docx.Document("a.docx").tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0][0::4] == ["箇所", "変更した人"]
    assert rows[1][:4] == ["本文", "毎月", "毎週", "変更"]
    assert rows[2][1:3] == ["（削除）", "花を飾る。"]


def paragraphs(file: Path, side: str) -> list[str]:
    views = [views_of(story) for story in read_document(file).stories]
    return [one.text for view in views for one in getattr(view, side)]


def test_a_build_against_an_edition_has_all_changes_as_revisions(run: Run, r7: Path) -> None:
    write(r7.parent / "before", {**GOOD})
    run("build", "before", "--format", "docx")
    said = run("build", "r7", "--format", "docx", "--track-against", "案")
    assert said.exit_code == 0
    assert "前に作った資料" not in said.stderr
    [plain] = [path for path in Path("output/r7").iterdir() if "からの変更" not in path.name]
    tracked = plain.with_name(f"案からの変更_{plain.name}")
    [before] = Path("output/before").iterdir()
    assert paragraphs(tracked, "after") == paragraphs(plain, "after")
    assert paragraphs(tracked, "before") == paragraphs(before, "after")
    assert paragraphs(tracked, "before") != paragraphs(tracked, "after")
    assert {mark.author for mark in read_document(tracked).marks()} == {"群馬支部"}
    assert not [*read_document(plain).marks()]


def test_a_build_against_an_edition_that_is_not_there_writes_nothing(run: Run, r7: Path) -> None:
    said = run("build", "r7", "--format", "html", "--track-against", "なし")
    assert (said.exit_code, Path("output").exists()) == (1, False)
    assert "残してあるのは" in said.stderr
