"""Which dataset a name or a path means, and what is said of files and folders that are none."""

from __future__ import annotations

import shutil
import unicodedata
import zipfile
from pathlib import Path

import pytest

from tests.builds.test_workbook_commands import data
from tests.calling import Run

__all__ = ["data"]


def test_a_folder_and_a_workbook_of_one_name_are_said_and_neither_is_chosen(run: Run, data: Path) -> None:
    exported = run("workbook", "export", "gunma-r3", "data/gunma-r3.xlsx")
    assert "注意 data/gunma-r3.xlsx: 同じ名前の data/gunma-r3 もあります" in exported.stderr
    said = "「gunma-r3」という名前の、フォルダーとブックの両方があります"
    assert "gunma-r3  data/gunma-r3とdata/gunma-r3.xlsx の両方があります" in run("list").stdout
    for command in (
        ["build", "gunma-r3"],
        ["mail", "gunma-r3", "--to", "本部"],
        ["workbook", "export", "gunma-r3", "other.xlsx"],
    ):
        result = run(*command)
        assert (result.exit_code, said in result.stderr) == (1, True)
    assert run("check", "gunma-r3").exit_code == 1
    assert not Path("output").exists()


def test_the_others_are_built_beside_a_dataset_in_two_forms(run: Run, data: Path) -> None:
    run("workbook", "export", "gunma-r7", "data/gunma-r7.xlsx")
    result = run("build", "--format", "docx")
    assert result.exit_code == 1
    assert "誤り data: 「gunma-r7」という名前の" in result.stderr
    assert {folder.name for folder in Path("output").iterdir()} == {"gunma-r3", "gunma-r6"}
    assert "gunma-r7.xlsx" in run("check").stdout


def test_by_its_path_one_of_two_forms_is_used_with_a_warning(run: Run, data: Path) -> None:
    run("workbook", "export", "gunma-r3", "data/gunma-r3.xlsx")
    for path in ("data/gunma-r3", "data/gunma-r3.xlsx"):
        result = run("build", path, "--format", "docx")
        assert result.exit_code == 0
        assert f"注意 {path}: 同じ名前の" in result.stderr
    assert run("build", "data/gunma-r3", "--format", "docx", "--strict", "--out", "strict").exit_code == 1
    assert not Path("strict").exists()


def test_no_folder_is_made_that_has_the_name_of_a_workbook(run: Run, data: Path) -> None:
    run("workbook", "export", "gunma-r3", "data/gunma-r9.xlsx")
    Path("a.txt").write_text("Ⅰ．基盤\n", encoding="utf-8")
    for command in (["new", "gunma-r9", "--branch", "群馬", "--year", "R9"], ["import", "a.txt", "gunma-r9"]):
        result = run(*command)
        assert (result.exit_code, "同じ名前のブック（data/gunma-r9.xlsx）" in result.stderr) == (1, True)
    assert not (data / "gunma-r9").exists()


def test_last_year_is_found_in_data_from_a_workbook_elsewhere(run: Run, data: Path) -> None:
    Path("desktop").mkdir()
    run("workbook", "export", "gunma-r7", "desktop/gunma-r7.xlsx")
    assert run("check", "desktop/gunma-r7.xlsx").exit_code == run("check", "gunma-r7").exit_code == 0
    shutil.rmtree(data / "gunma-r6")
    result = run("check", "desktop/gunma-r7.xlsx")
    assert "「gunma-r6」が desktop にも data にもありません" in result.stdout


def test_what_stands_beside_a_dataset_goes_before_data_and_two_forms_are_said(run: Run, data: Path) -> None:
    shutil.copytree(data / "gunma-r7", "desktop/gunma-r7")
    shutil.copytree(data / "gunma-r6", "desktop/gunma-r6")
    (data / "gunma-r6" / "plan.md").unlink()
    assert run("check", "desktop/gunma-r7").exit_code == 0
    run("workbook", "export", "desktop/gunma-r6", "desktop/gunma-r6.xlsx")
    said = "比べるデータ「gunma-r6」には、フォルダー（desktop/gunma-r6）とブック（desktop/gunma-r6.xlsx）の両方があります"
    assert said in run("check", "desktop/gunma-r7").stdout


def test_names_that_macos_took_apart_are_found(run: Run, data: Path) -> None:
    apart = unicodedata.normalize("NFD", "ぐんま-r6")
    (data / "gunma-r6").rename(data / apart)
    settings = data / "gunma-r7" / "dataset.yaml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("previous: gunma-r6", "previous: ぐんま-r6"),
        encoding="utf-8",
    )
    for name in ("gunma-r7", "ぐんま-r6", apart, f"data/{apart}", "data/ぐんま-r6"):
        assert run("check", name).exit_code == 0
    run("build", apart, "--format", "docx")
    assert [folder.name for folder in Path("output").iterdir()] == ["ぐんま-r6"]


def a_docx(path: str) -> None:
    with zipfile.ZipFile(path, "w") as package:
        types = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
        package.writestr(
            "[Content_Types].xml", f'<Types><Override PartName="/a" ContentType="{types}"/></Types>'
        )


@pytest.mark.parametrize("name", ["plan.docx", "plan.xlsx", "plan.txt", "plan"])
def test_a_word_file_is_called_one_whatever_its_name_says(run: Run, data: Path, name: str) -> None:
    a_docx(name)
    for command in (
        ["build", name],
        ["check", name],
        ["mail", name, "--to", "本部"],
        ["compare", name, "gunma-r7"],
        ["import", name, "gunma-r9"],
        ["workbook", "import", name, "gunma-r9"],
        ["workbook", "export", name, "x.xlsx"],
        ["workbook", "collect", name, "gunma-r7"],
    ):
        result = run(*command)
        assert (command[0], result.exit_code) == (command[0], 1)
        assert f"{name}: これは、Word の文書（.docx）です" in result.output
        assert "handouts import テキスト 名前 で取り込んでください" in result.output


@pytest.mark.parametrize("command", [["new", "--branch", "群馬", "--year", "R9"], ["import", "a.txt"]])
def test_a_file_is_no_name_for_data(run: Run, data: Path, command: list[str]) -> None:
    Path("a.txt").write_text("Ⅰ．基盤\n", encoding="utf-8")
    a_docx("plan.docx")
    result = run(*command, "plan.docx")
    assert result.exit_code == 1
    assert "plan.docx: これは、Word の文書（.docx）です。ここに書くのは、データの名前か" in result.stderr


def test_a_folder_without_data_is_told_what_stands_in_it(run: Run, data: Path) -> None:
    for folder, said in (
        ("data", "中のデータ（data/gunma-r3、data/gunma-r6、data/gunma-r7）を指定してください"),
        ("empty", "新しいデータは handouts new で作れます"),
        ("texts", "handouts import texts/a.txt 名前 で取り込んでください"),
    ):
        Path(folder).mkdir(exist_ok=True)
        if folder == "texts":
            Path("texts/a.txt").touch()
        result = run("build", folder)
        assert result.exit_code == 1
        assert (
            f"{folder}: これはフォルダーですが、データのファイル（dataset.yaml など）がありません"
            in result.stderr
        )
        assert said in result.stderr


def test_a_file_of_a_dataset_leads_to_its_folder(run: Run, data: Path) -> None:
    result = run("build", "data/gunma-r7/plan.md")
    assert "データのフォルダーの中の1つのファイルです" in result.stderr
    assert "それが入っているフォルダーを指定してください" in result.stderr


def test_the_annex_is_called_by_its_name(run: Run, data: Path) -> None:
    for name in ("gunma-r3", "gunma-r7"):
        run("build", name, "--format", "xlsx")
    for annex in Path("output").rglob("*.xlsx"):
        for command in (["check", annex], ["workbook", "import", annex, "gunma-r9"]):
            result = run(*command)
            assert result.exit_code == 1
            assert f"{annex.name}: これは、資料に付ける Excel の別紙です" in result.output


def test_one_that_cannot_be_used_does_not_stop_the_others(run: Run, data: Path) -> None:
    a_docx("plan.docx")
    result = run("build", "plan.docx", "gunma-r3", "--format", "docx")
    assert result.exit_code == 1
    assert [folder.name for folder in Path("output").iterdir()] == ["gunma-r3"]


@pytest.mark.parametrize("name", ["Gunma-R7", "gunma－r7", "gunma -r7"])
def test_a_name_that_is_nearly_that_of_data_makes_no_new_ones(run: Run, data: Path, name: str) -> None:
    run("workbook", "export", "gunma-r7", "book.xlsx")
    Path("a.txt").write_text("Ⅰ．基盤\n", encoding="utf-8")
    for command in (
        ["workbook", "import", "book.xlsx", name],
        ["import", "a.txt", name],
        ["new", name, "--branch", "群馬", "--year", "R7"],
    ):
        result = run(*command)
        assert result.exit_code == 1
        assert f"「{name}」というデータはありませんが、よく似た名前の「gunma-r7」があります" in result.stderr
    assert not (data / name).exists()


def test_a_name_is_more_than_blanks_and_those_around_it_are_none_of_it(run: Run, data: Path) -> None:
    run("workbook", "export", "gunma-r7", "book.xlsx")
    for name in ("", " ", "　"):
        result = run("workbook", "import", "book.xlsx", name)
        assert (result.exit_code, "データの名前を書いてください" in result.stderr) == (2, True)
    assert not Path("dataset.yaml").exists()
    assert run("workbook", "import", "book.xlsx", " gunma-r7　").stdout == "変わったところはありません。\n"


@pytest.mark.parametrize("command", ["undo", "redo", "history", "check", "build"])
def test_an_empty_name_is_no_order_for_all_data(run: Run, data: Path, command: str) -> None:
    run("new", "gunma-r9", "--branch", "群馬", "--year", "R9")
    result = run(command, "")
    assert (result.exit_code, "データの名前を書いてください" in result.stderr) == (2, True)
    assert (data / "gunma-r9").exists()


@pytest.mark.parametrize("name", ["gunma-r77", "ＧＵＮＭＡ－Ｒ７", "gunma-r7.xlsx"])
def test_a_name_that_is_nearly_that_of_data_gets_the_nearest(run: Run, data: Path, name: str) -> None:
    result = run("check", name)
    assert result.exit_code == 2
    assert f"データ「{name}」が見つかりません。gunma-r7" in result.stderr


def test_a_folder_of_handouts_does_not_hide_the_data_of_its_name(run: Run, data: Path) -> None:
    assert run("build", "gunma-r6", "--format", "docx", "--out", ".").exit_code == 0
    assert Path("gunma-r6").is_dir()
    assert run("check", "gunma-r6").exit_code == 0


def test_data_named_before_the_workbooks_are_told_where_they_belong(run: Run, data: Path) -> None:
    run("workbook", "export", "gunma-r7", "book.xlsx")
    for name in ("gunma-r7", "data/gunma-r7"):
        result = run("workbook", "collect", name, "book.xlsx")
        assert (result.exit_code, f"「{name}」はデータです" in result.stderr) == (2, True)
        assert "集める先のデータは、最後に書いてください" in result.stderr


def test_a_folder_of_workbooks_is_named_with_what_to_do(run: Run, data: Path) -> None:
    Path("返却").mkdir()
    for name in (".", "返却"):
        result = run("workbook", "collect", name, "gunma-r7")
        assert result.exit_code == 1
        assert result.stderr.startswith(f"誤り {name}: これはフォルダーです")
        assert "中のブックのファイルを、名前で指定してください" in result.stderr


def test_a_workbook_is_not_exported_onto_itself(run: Run, data: Path) -> None:
    run("workbook", "export", "gunma-r7", "book.xlsx")
    before = Path("book.xlsx").read_bytes()
    result = run("workbook", "export", "book.xlsx", "./book.xlsx", "--replace")
    assert (result.exit_code, "書き出すデータそのもの" in result.stderr) == (1, True)
    assert Path("book.xlsx").read_bytes() == before
