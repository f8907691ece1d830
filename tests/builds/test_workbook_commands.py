"""The commands of the input workbook as a clerk calls them."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import Workbook, load_workbook

from handouts.commands import workbook
from handouts.commands.main import main
from handouts.dataset.columns import ID_HEADING
from handouts.dataset.folder import read_folder
from tests.calling import Run
from tests.pages import ROOT


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Sample datasets in ./data of the working folder."""
    for name in ("gunma-r3", "gunma-r6", "gunma-r7"):
        shutil.copytree(ROOT / "data" / name, tmp_path / "data" / name)
    return tmp_path / "data"


def files(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


def change(file: str, sheet: str, cell: str, value: object) -> None:
    book = load_workbook(file)
    book[sheet][cell] = value
    book.save(file)


def test_a_dataset_goes_into_excel_and_back_without_a_change(run: Run, data: Path) -> None:
    before = files(data / "gunma-r3")
    assert run("workbook", "export", "gunma-r3", "book.xlsx").exit_code == 0
    result = run("workbook", "import", "book.xlsx", "gunma-r3")
    assert (result.exit_code, result.stdout) == (0, "変わったところはありません。\n")
    assert files(data / "gunma-r3") == before


def test_a_changed_value_changes_one_line_and_is_shown(run: Run, data: Path) -> None:
    before = files(data / "gunma-r7")
    run("workbook", "export", "gunma-r7", "book.xlsx")
    change("book.xlsx", "取組・予算", "D4", 14_000_000)
    result = run("workbook", "import", "book.xlsx", "gunma-r7")
    assert result.exit_code == 0
    assert "予算額（円）: " in result.stdout.splitlines()[0]
    assert result.stdout.splitlines()[0].endswith(" → 14,000,000")
    assert result.stdout.splitlines()[1:] == ["data/gunma-r7/budget.yaml", "1 件の変更を取り込みました。"]
    after = files(data / "gunma-r7")
    assert {name for name in before if before[name] != after[name]} == {"budget.yaml"}
    pairs = zip(before["budget.yaml"].splitlines(), after["budget.yaml"].splitlines(), strict=True)
    assert [new.strip() for old, new in pairs if old != new] == ["amount: 14000000"]


def test_a_workbook_becomes_a_new_dataset(run: Run, data: Path) -> None:
    run("workbook", "export", "gunma-r3", "book.xlsx")
    result = run("workbook", "import", "book.xlsx", "gunma-r3-new")
    assert result.exit_code == 0
    assert result.stdout.endswith("新しいデータにしました。\n")
    made, source = read_folder(data / "gunma-r3-new").dataset, read_folder(data / "gunma-r3").dataset
    assert made is not None
    assert source is not None
    assert made.entries == source.entries
    assert made.plan == source.plan


def test_faults_stop_the_import_and_are_marked_in_a_copy(run: Run, data: Path) -> None:
    before = files(data / "gunma-r3")
    run("workbook", "export", "gunma-r3", "book.xlsx")
    change("book.xlsx", "月次", "D4", "たくさん")
    change("book.xlsx", "進捗", "D5", "nai")
    result = run("workbook", "import", "book.xlsx", "gunma-r3", "--marked", "marked.xlsx")
    assert result.exit_code == 1
    assert "誤り book.xlsx 月次!D4（4月）: 「4月」「たくさん」は数として読めません" in result.stderr
    assert "印を付けた写し: marked.xlsx" in result.stderr
    assert files(data / "gunma-r3") == before
    assert load_workbook("marked.xlsx")["月次"]["D4"].comment is not None
    change("book.xlsx", "月次", "D4", 1)
    result = run("workbook", "import", "book.xlsx", "gunma-r3")
    assert result.exit_code == 1
    assert "誤り book.xlsx 進捗!D5（KPI）: 「nai」" in result.stderr
    assert files(data / "gunma-r3") == before


@pytest.mark.parametrize(
    ("sheet", "cell", "value"),
    [
        ("会議", "C31", "令和3年12月32日"),
        ("会議", "A31", "上期実施状況"),
        ("会議", "F31", "あり"),
        ("KPI", "C4", "およそ6割"),
        ("取組・予算", "D4", "未定"),
    ],
)
def test_a_fault_of_one_cell_is_one_fault(run: Run, data: Path, sheet: str, cell: str, value: str) -> None:
    run("workbook", "export", "gunma-r3", "book.xlsx")
    change("book.xlsx", sheet, cell, value)
    for command in (("workbook", "import", "book.xlsx", "gunma-r3"), ("check", "book.xlsx")):
        result = run(*command)
        assert result.exit_code == 1
        faults = [line for line in result.output.splitlines() if line.startswith("誤り")]
        assert len(faults) == 1, faults
        assert faults[0].startswith(f"誤り book.xlsx {sheet}!{cell}")


def test_only_a_marked_copy_is_written_anew_by_another(run: Run, data: Path) -> None:
    run("workbook", "export", "gunma-r3", "book.xlsx")
    run("workbook", "export", "gunma-r3", "other.xlsx")
    change("book.xlsx", "月次", "D4", "たくさん")
    other = Path("other.xlsx").read_bytes()
    result = run("workbook", "import", "book.xlsx", "gunma-r3", "--marked", "other.xlsx")
    assert result.exit_code == 1
    assert "other.xlsx は、前に作ったままの写しではありません" in result.stderr
    assert Path("other.xlsx").read_bytes() == other
    for _ in range(2):
        marked = run("workbook", "import", "book.xlsx", "gunma-r3", "--marked", "marked.xlsx")
        assert "印を付けた写し: marked.xlsx" in marked.stderr
    book = load_workbook("marked.xlsx")
    book.properties.lastModifiedBy = "群馬 太郎"  # as Excel puts whoever saved it
    book.save("marked.xlsx")
    again = run("workbook", "import", "book.xlsx", "gunma-r3", "--marked", "marked.xlsx")
    assert "marked.xlsx は、前に作ったままの写しではありません" in again.stderr


def test_a_workbook_that_is_there_is_kept(run: Run, data: Path) -> None:
    assert run("workbook", "export", "gunma-r3", "book.xlsx").exit_code == 0
    first = Path("book.xlsx").read_bytes()
    result = run("workbook", "export", "gunma-r7", "book.xlsx")
    assert result.exit_code == 1
    assert "book.xlsx がすでにあります" in result.stderr
    assert Path("book.xlsx").read_bytes() == first
    assert run("workbook", "export", "gunma-r7", "book.xlsx", "--replace").exit_code == 0
    assert Path("book.xlsx").read_bytes() != first


def test_a_row_that_was_put_in_without_an_id_may_be_renamed_in_the_same_workbook(
    run: Run, data: Path
) -> None:
    run("workbook", "export", "gunma-r7", "book.xlsx")
    sheet = load_workbook("book.xlsx")["取組・予算"]
    row = next(number for number in range(4, 200) if not sheet.cell(number, 1).value)
    for column, value in (("A", "新しい取組"), ("B", sheet["B4"].value), ("D", 100_000)):
        change("book.xlsx", "取組・予算", f"{column}{row}", value)
    assert run("workbook", "import", "book.xlsx", "gunma-r7").exit_code == 0
    before = files(data / "gunma-r7")["budget.yaml"]
    change("book.xlsx", "取組・予算", f"A{row}", "もっと新しい取組")
    result = run("workbook", "import", "book.xlsx", "gunma-r7")
    assert result.exit_code == 0
    after = files(data / "gunma-r7")["budget.yaml"]
    assert re.sub("id: b[0-9a-f]{8}", "", after) == re.sub(
        "id: b[0-9a-f]{8}", "", before.replace("name: 新しい取組", "name: もっと新しい取組")
    )


def test_a_paragraph_that_was_put_in_without_an_id_may_be_reworded_again_and_again(
    run: Run, data: Path
) -> None:
    run("workbook", "export", "gunma-r7", "book.xlsx")
    before = files(data / "gunma-r7")["plan.md"].splitlines()
    book = load_workbook("book.xlsx")
    book["計画"].insert_rows(20)
    book.save("book.xlsx")
    for text in (
        "被保険者に届く広報を新たに行う。",
        "加入者に届く広報を、新たに毎月行う。",
        "全く別の話になった。",
        "また別のことをする。",
    ):
        change("book.xlsx", "計画", "C20", text)
        result = run("workbook", "import", "book.xlsx", "gunma-r7", "--allow-removal")
        assert result.exit_code == 0, result.stderr
        new = [line for line in files(data / "gunma-r7")["plan.md"].splitlines() if line not in before]
        assert [line.partition(" {#")[0] for line in new] == [text]


def test_a_new_row_that_was_put_in_and_is_gone_again_is_named_without_a_column(run: Run, data: Path) -> None:
    run("workbook", "export", "gunma-r7", "book.xlsx")
    shutil.copy("book.xlsx", "first.xlsx")
    sheet = load_workbook("book.xlsx")["取組・予算"]
    row = next(number for number in range(4, 200) if not sheet.cell(number, 1).value)
    for column, value in (("A", "新しい取組"), ("B", sheet["B4"].value), ("D", 100_000)):
        change("book.xlsx", "取組・予算", f"{column}{row}", value)
    assert run("workbook", "import", "book.xlsx", "gunma-r7").exit_code == 0
    shutil.copy("first.xlsx", "book.xlsx")
    result = run("workbook", "import", "book.xlsx", "gunma-r7")
    assert result.exit_code == 1
    assert "book.xlsx 取組・予算: ブックは書き出したときのままの「（行なし）」ですが" in result.stderr


def test_what_was_not_put_in_yet_is_not_written_over(run: Run, data: Path) -> None:
    run("workbook", "export", "gunma-r7", "book.xlsx")
    assert run("workbook", "export", "gunma-r7", "book.xlsx", "--replace").exit_code == 0
    change("book.xlsx", "取組・予算", "D4", 14_000_000)
    filled = Path("book.xlsx").read_bytes()
    for name in ("gunma-r7", "gunma-r3"):
        result = run("workbook", "export", name, "book.xlsx", "--replace")
        assert result.exit_code == 1
        assert f"データ「{name}」に取り込んでいない書き込みがある" in result.stderr
    change("book.xlsx", "取組・予算", "D4", "たくさん")  # of what cannot be read nobody knows
    assert run("workbook", "export", "gunma-r7", "book.xlsx", "--replace").exit_code == 1
    Path("book.xlsx").write_bytes(filled)
    assert run("workbook", "import", "book.xlsx", "gunma-r7").exit_code == 0
    assert run("workbook", "export", "gunma-r7", "book.xlsx", "--replace").exit_code == 0


def test_a_workbook_that_became_a_new_dataset_may_be_written_over(run: Run, data: Path) -> None:
    run("workbook", "export", "gunma-r7", "book.xlsx")
    change("book.xlsx", "取組・予算", "D4", 14_000_000)
    assert run("workbook", "import", "book.xlsx", "gunma-new").exit_code == 0
    budget = data / "gunma-new" / "budget.yaml"
    budget.write_text(budget.read_text(encoding="utf-8").replace("14000000", "15000000"), encoding="utf-8")
    assert run("workbook", "export", "gunma-new", "book.xlsx", "--replace").exit_code == 0


def test_what_is_no_input_workbook_is_not_written_over(run: Run, data: Path) -> None:
    Workbook().save("memo.xlsx")
    result = run("workbook", "export", "gunma-r3", "memo.xlsx", "--replace")
    assert result.exit_code == 1
    assert "memo.xlsx は入力ブックではないので、書き換えません" in result.stderr


def test_an_old_copy_does_not_win_over_newer_data(run: Run, data: Path) -> None:
    run("workbook", "export", "gunma-r7", "a.xlsx")
    shutil.copy("a.xlsx", "b.xlsx")
    cell, other = cell_of("a.xlsx", "予算額（円）"), cell_of("a.xlsx", "予算額（円）", 2)
    change("a.xlsx", "取組・予算", cell, 14_000_000)
    change("b.xlsx", "取組・予算", other, 15_000_000)
    for file in ("a.xlsx", "b.xlsx"):
        result = run("workbook", "import", file, "gunma-r7")
        assert "1 件の変更を取り込みました" in result.stdout
        if file == "b.xlsx":
            assert "「a.xlsx」から取り込んだ値が 1 か所あり" in result.stderr
    after = (data / "gunma-r7" / "budget.yaml").read_text(encoding="utf-8")
    assert "14000000" in after
    assert "15000000" in after
    shutil.copy("b.xlsx", "c.xlsx")
    change("c.xlsx", "取組・予算", cell, 13_000_000)
    before = files(data / "gunma-r7")
    refused = run("workbook", "import", "c.xlsx", "gunma-r7")
    assert refused.exit_code == 1
    assert "ブックは「13000000」、今のデータは「14000000」です（書き出したときは" in refused.stderr
    assert "--take に書いて（「ブック」か「データ」）" in refused.stderr
    assert files(data / "gunma-r7") == before
    assert run("workbook", "import", "c.xlsx", "gunma-r7", "--take", "データ").exit_code == 0
    assert files(data / "gunma-r7") == before
    assert run("workbook", "import", "c.xlsx", "gunma-r7", "--take", "ブック").exit_code == 0
    assert "13000000" in files(data / "gunma-r7")["budget.yaml"]


def cell_of(file: str, heading: str, row: int = 1) -> str:
    """The cell below a heading of 取組・予算."""
    sheet = load_workbook(file)["取組・予算"]
    [column] = (cell.column_letter for cell in sheet[3] if cell.value == heading)
    return f"{column}{3 + row}"


def test_a_workbook_is_imported_again_and_again(run: Run, data: Path) -> None:
    run("workbook", "export", "gunma-r7", "book.xlsx")
    cell = cell_of("book.xlsx", "予算額（円）")
    for amount in (14_000_000, 15_000_000, 16_000_000):
        change("book.xlsx", "取組・予算", cell, amount)
        result = run("workbook", "import", "book.xlsx", "gunma-r7")
        assert result.exit_code == 0, result.stderr
        assert f"{amount:,}" in result.stdout
        assert ".handouts" not in result.stdout
    again = run("workbook", "import", "book.xlsx", "gunma-r7")
    assert again.stdout == "変わったところはありません。\n"
    run("undo", "gunma-r7")
    assert "15000000" in files(data / "gunma-r7")["budget.yaml"]
    once_more = run("workbook", "import", "book.xlsx", "gunma-r7")
    assert "15,000,000 → 16,000,000" in once_more.stdout


def test_what_a_workbook_brought_to_one_dataset_says_nothing_of_another(run: Run, data: Path) -> None:
    """A draft is often a copy of the folder."""
    run("workbook", "export", "gunma-r7", "book.xlsx")
    shutil.copytree(data / "gunma-r7", data / "draft")
    for amount in (2_903_000, 2_904_000):
        change("book.xlsx", "取組・予算", "D4", amount)
        for name in ("gunma-r7", "draft"):
            assert "1 件の変更を取り込みました" in run("workbook", "import", "book.xlsx", name).stdout


def test_an_older_copy_of_the_same_name_and_data_that_were_put_back_are_asked_for(
    run: Run, data: Path
) -> None:
    run("workbook", "export", "gunma-r7", "book.xlsx")
    shutil.copy("book.xlsx", "older.xlsx")
    before = files(data / "gunma-r7")
    change("book.xlsx", "取組・予算", cell_of("book.xlsx", "予算額（円）"), 14_000_000)
    run("workbook", "import", "book.xlsx", "gunma-r7")
    after = files(data / "gunma-r7")
    shutil.copy("book.xlsx", "newer.xlsx")
    shutil.copy("older.xlsx", "book.xlsx")
    stale = run("workbook", "import", "book.xlsx", "gunma-r7")
    assert stale.exit_code == 1
    assert "前に同じ名前のブックから「14000000」を取り込んでいます。古い写しかもしれません" in stale.stderr
    assert run("workbook", "import", "book.xlsx", "gunma-r7", "--take", "データ").exit_code == 0
    assert files(data / "gunma-r7") == after
    (data / "gunma-r7" / "budget.yaml").write_text(before["budget.yaml"], encoding="utf-8")
    lost = run("workbook", "import", "newer.xlsx", "gunma-r7")
    assert lost.exit_code == 1
    assert "「14000000」は前に取り込みましたが、今のデータは書き出したときの" in lost.stderr
    assert run("workbook", "import", "newer.xlsx", "gunma-r7", "--take", "ブック").exit_code == 0
    assert files(data / "gunma-r7") == after


def test_what_an_import_takes_away_is_listed_and_needs_a_yes(
    run: Run, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("workbook", "export", "gunma-r7", "book.xlsx")
    change("book.xlsx", "KPI", "A1", "KPI の表")
    book = load_workbook("book.xlsx")
    book["取組・予算"].delete_rows(4)
    book.save("book.xlsx")
    before = files(data / "gunma-r7")
    refused = run("workbook", "import", "book.xlsx", "gunma-r7")
    assert refused.exit_code == 1
    assert "注意 book.xlsx 取組・予算: 行「" in refused.stderr
    assert "--allow-removal を付けて" in refused.stderr
    monkeypatch.setattr(workbook, "_can_be_asked", lambda: True)
    asked = CliRunner().invoke(main, ["workbook", "import", "book.xlsx", "gunma-r7"], "いいえ\n")
    assert asked.exit_code == 1
    assert "取り込みませんでした" in asked.stderr
    assert files(data / "gunma-r7") == before
    assert CliRunner().invoke(main, ["workbook", "import", "book.xlsx", "gunma-r7"], "はい\n").exit_code == 0
    assert files(data / "gunma-r7") != before
    run("undo", "gunma-r7")
    assert run("workbook", "import", "book.xlsx", "gunma-r7", "--allow-removal").exit_code == 0


def test_a_workbook_without_what_was_written_needs_a_yes_for_each_value_that_it_changes(
    run: Run, data: Path
) -> None:
    run("workbook", "export", "gunma-r7", "book.xlsx")
    book = load_workbook("book.xlsx")
    del book["控え"]
    book.save("book.xlsx")
    assert run("workbook", "import", "book.xlsx", "gunma-r7").stdout == "変わったところはありません。\n"
    change("book.xlsx", "取組・予算", cell_of("book.xlsx", "予算額（円）"), 14_000_000)
    before = files(data / "gunma-r7")
    refused = run("workbook", "import", "book.xlsx", "gunma-r7")
    assert refused.exit_code == 1
    assert (
        "が「14,000,000」になります（控えのないブックなので、どちらが新しいか分かりません）" in refused.stderr
    )
    assert files(data / "gunma-r7") == before
    assert run("workbook", "import", "book.xlsx", "gunma-r7", "--allow-removal").exit_code == 0


def test_all_changes_are_shown_where_that_is_asked_for(run: Run, data: Path) -> None:
    run("workbook", "export", "gunma-r3", "book.xlsx")
    book = load_workbook("book.xlsx")
    for row in range(4, 60):
        if isinstance(book["月次"].cell(row, 5).value, (int, float)):
            book["月次"].cell(row, 5).value += 1
    book.save("book.xlsx")
    some = run("workbook", "import", "book.xlsx", "gunma-r3")
    assert some.exit_code == 0, some.stderr
    assert "件（--all-changes ですべて）" in some.stdout
    run("undo", "gunma-r3")
    every = run("workbook", "import", "book.xlsx", "gunma-r3", "--all-changes")
    assert len(every.stdout.splitlines()) > 43
    assert "ほか" not in every.stdout


def test_the_workbooks_without_fault_and_conflict_can_be_collected_alone(run: Run, parts: Path) -> None:
    for group in ("レセプト", "企画総務"):
        run("workbook", "export", "gunma-r3", f"{group}.xlsx", "--group", group)
    change("保健.xlsx", "月次", "E4", 4_321)
    change("業務.xlsx", "KPI", "C4", "たくさん")
    names = ("保健.xlsx", "業務.xlsx", "レセプト.xlsx", "企画総務.xlsx")
    for name, month in (("レセプト.xlsx", "10月"), ("企画総務.xlsx", "11月")):
        book = load_workbook(name)
        [cell] = (cell for cell in book["会議"]["A"] if cell.value == "月別の数の時点")
        book["会議"].cell(cell.row, 2).value = month
        book.save(name)
    before = files(parts)
    assert run("workbook", "collect", *names, "gunma-r3").exit_code == 1
    assert files(parts) == before
    some = run("workbook", "collect", *names, "gunma-r3", "--partial")
    assert some.exit_code == 1
    for name in names[1:]:
        assert f"{name}: このブックは入れませんでした" in some.stderr
    assert "4321" in files(parts)["monthly.yaml"]
    assert "1 件の変更を取り込みました。" in some.stdout


def test_a_workbook_of_another_year_is_refused(run: Run, data: Path) -> None:
    run("workbook", "export", "gunma-r7", "book.xlsx")
    result = run("workbook", "import", "book.xlsx", "gunma-r6")
    assert result.exit_code == 1
    assert "群馬支部 令和6年度のデータですが、ブックは群馬支部 令和7年度のものです" in result.stderr


def test_a_folder_that_is_no_dataset_is_not_written_over(run: Run, data: Path) -> None:
    run("workbook", "export", "gunma-r7", "book.xlsx")
    (data / "gunma-r6" / "dataset.yaml").unlink()
    before = files(data / "gunma-r6")
    result = run("workbook", "import", "book.xlsx", "gunma-r6")
    assert result.exit_code == 1
    assert "dataset.yaml がないのに plan.md、budget.yaml、kpis.yaml があります" in result.stderr
    assert files(data / "gunma-r6") == before


def test_a_folder_with_faults_is_not_written_over(run: Run, data: Path) -> None:
    run("workbook", "export", "gunma-r7", "book.xlsx")
    path = data / "gunma-r7" / "kpis.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("target:", "target: x", 1), encoding="utf-8")
    before = files(data / "gunma-r7")
    result = run("workbook", "import", "book.xlsx", "gunma-r7")
    assert result.exit_code == 1
    assert "今のデータに誤りがあり、どこが変わったのか分かりません" in result.stderr
    assert "誤り gunma-r7/kpis.yaml" in result.stderr
    assert files(data / "gunma-r7") == before


def test_a_workbook_is_not_imported_into_a_workbook(run: Run, data: Path) -> None:
    run("workbook", "export", "gunma-r7", "book.xlsx")
    result = run("workbook", "import", "book.xlsx", "other.xlsx")
    assert result.exit_code == 2
    assert "入れる先のデータの名前を書いてください" in result.stderr


def test_the_part_of_a_group_has_its_rows_and_is_no_dataset(run: Run, data: Path) -> None:
    before = files(data / "gunma-r3")
    assert run("workbook", "export", "gunma-r3", "part.xlsx", "--group", "レセプト").exit_code == 0
    sheet = load_workbook("part.xlsx")["KPI"]
    (ids,) = (cell.column_letter for cell in sheet[3] if cell.value == ID_HEADING)
    assert {cell.value for cell in sheet[ids][3:] if cell.value} == {
        "assessment-rate",
        "assessment-amount",
        "card-return",
        "claim-recovery",
        "single-bid-rate",  # of a heading of all groups
    }
    for command in (
        ("workbook", "import", "part.xlsx", "gunma-r3"),
        ("build", "part.xlsx"),
        ("check", "part.xlsx"),
    ):
        result = run(*command)
        assert result.exit_code == 1
        assert "「レセプトグループ」の分の行しかありません" in result.output
    assert files(data / "gunma-r3") == before


@pytest.fixture
def parts(run: Run, data: Path) -> Path:
    """The workbooks of two groups of gunma-r3 in the working folder."""
    for group in ("保健", "業務"):
        assert run("workbook", "export", "gunma-r3", f"{group}.xlsx", "--group", group).exit_code == 0
    return data / "gunma-r3"


def test_what_groups_changed_is_collected_and_the_rest_of_the_files_stays(run: Run, parts: Path) -> None:
    before = files(parts)
    change("保健.xlsx", "月次", "D4", 4_321)
    change("業務.xlsx", "計画", "C7", "窓口を改める。")
    result = run("workbook", "collect", "保健.xlsx", "業務.xlsx", "gunma-r3")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.splitlines()[:2] == [
        "保健.xlsx（保健グループ）: 1 か所",
        "業務.xlsx（業務グループ）: 1 か所",
    ]
    assert result.stdout.splitlines()[-1] == "2 件の変更を取り込みました。"
    after = files(parts)
    assert {name for name in before if before[name] != after[name]} == {"plan.md", "monthly.yaml"}
    for name in ("plan.md", "monthly.yaml"):
        pairs = zip(before[name].splitlines(), after[name].splitlines(), strict=True)
        assert sum(old != new for old, new in pairs) == 1
    again = run("workbook", "collect", "保健.xlsx", "業務.xlsx", "gunma-r3")
    assert again.stdout.splitlines()[-1] == "変わったところはありません。"


def test_a_year_whose_column_is_gone_stops_the_import_and_the_collection(run: Run, parts: Path) -> None:
    before = files(parts)
    run("workbook", "export", "gunma-r3", "book.xlsx")
    for file, command in (("book.xlsx", "import"), ("保健.xlsx", "collect")):
        book = load_workbook(file)
        head = {str(cell.value).replace("\n", " "): cell.column for cell in book["KPI"][3]}
        book["KPI"].delete_cols(head["実績 令和3年度"])
        book.save(file)
        result = run("workbook", command, file, "gunma-r3")
        assert result.exit_code == 1
        assert f"{file} KPI: 列「実績 令和3年度」がありません" in result.stderr
    assert files(parts) == before


def test_figures_of_a_year_without_a_heading_stop_the_import(run: Run, data: Path) -> None:
    before = files(data / "gunma-r3")
    run("workbook", "export", "gunma-r3", "book.xlsx")
    book = load_workbook("book.xlsx")
    [cell] = (cell for cell in book["KPI"][3] if cell.value == "実績\n令和3年度")
    change("book.xlsx", "KPI", cell.coordinate, "実績（前年度）")
    result = run("workbook", "import", "book.xlsx", "gunma-r3")
    assert (result.exit_code, files(data / "gunma-r3")) == (1, before)
    assert "列「実績（前年度）」は読み込まれませんが、その下に数があります" in result.stderr


def test_conflicts_are_all_listed_and_nothing_is_written_until_somebody_decides(
    run: Run, parts: Path
) -> None:
    change("保健.xlsx", "月次", "D4", 4_321)
    change("業務.xlsx", "会議", "B25", "10月")
    other = files(parts)["monthly.yaml"].replace("as_of: 9", "as_of: 11", 1)
    (parts / "monthly.yaml").write_text(other, encoding="utf-8")
    before = files(parts)
    result = run("workbook", "collect", "保健.xlsx", "業務.xlsx", "gunma-r3")
    assert result.exit_code == 1
    assert (
        "業務.xlsx 会議!B25（月別の数の時点）: 業務グループは「10月」、今のデータは「11月」です"
        in result.stderr
    )
    assert "食い違いが 1 か所あるので、何も書き換えていません" in result.stderr
    assert files(parts) == before
    marked = run("workbook", "collect", "業務.xlsx", "gunma-r3", "--marked", "marked")
    assert marked.exit_code == 1
    assert "注意 marked/業務.xlsx: 色と説明を付けた写しを書きました" in marked.stderr
    comment = load_workbook("marked/業務.xlsx")["会議"]["B25"].comment
    assert "今のデータは「11月」です" in comment.text
    wrong = run("workbook", "collect", "業務.xlsx", "gunma-r3", "--take", "レセプト")
    assert wrong.exit_code == 1
    assert "書けるのは 業務.xlsx、データ です" in wrong.stderr
    taken = run("workbook", "collect", "保健.xlsx", "業務.xlsx", "gunma-r3", "--take", "業務")
    assert taken.exit_code == 0, taken.stderr
    assert "注意 業務.xlsx 会議!B25（月別の数の時点）: 業務グループは「10月」" in taken.stderr
    assert "業務グループのほうを採りました" in taken.stderr
    assert "as_of: 10" in files(parts)["monthly.yaml"]


def test_a_workbook_of_another_dataset_is_noted(run: Run, parts: Path) -> None:
    shutil.copytree(parts, parts.with_name("gunma-r3-an"))
    assert run("workbook", "collect", "保健.xlsx", "gunma-r3").stderr == ""
    other = run("workbook", "collect", "保健.xlsx", "gunma-r3-an")
    assert other.exit_code == 0
    assert "データ「gunma-r3」から書き出したもので、集める先は「gunma-r3-an」です" in other.stderr


def test_of_two_workbooks_of_the_group_that_was_asked_for_neither_is_right(run: Run, parts: Path) -> None:
    shutil.copy("保健.xlsx", "保健2.xlsx")
    change("保健.xlsx", "会議", "B25", "10月")
    change("保健2.xlsx", "会議", "B25", "11月")
    files_of_group = ("保健.xlsx", "保健2.xlsx")
    result = run("workbook", "collect", *files_of_group, "gunma-r3", "--take", "保健")
    assert result.exit_code == 1
    assert "食い違いが 1 か所あるので、何も書き換えていません" in result.stderr
    assert run("workbook", "collect", *files_of_group, "gunma-r3", "--take", "保健2").exit_code == 0
    assert "as_of: 11月" in files(parts)["monthly.yaml"]


def test_the_same_comes_of_the_workbooks_in_whatever_order_they_are_named(run: Run, parts: Path) -> None:
    run("workbook", "export", "gunma-r3", "企画総務.xlsx", "--group", "企画総務")
    for file, value in (("保健.xlsx", "10月"), ("業務.xlsx", "11月"), ("企画総務.xlsx", "12月")):
        change(file, "会議", "B25", value)
    before = files(parts)
    results = []
    for order in (("保健", "業務", "企画総務"), ("企画総務", "業務", "保健")):
        shutil.rmtree(parts.parent / ".handouts", ignore_errors=True)
        for name, text in before.items():
            (parts / name).write_text(text, encoding="utf-8")
        names = [f"{name}.xlsx" for name in order]
        result = run("workbook", "collect", *names, "gunma-r3", "--take", "業務")
        assert result.exit_code == 0, result.stderr
        results.append(files(parts))
    assert results[0] == results[1]
    assert "as_of: 11月" in results[0]["monthly.yaml"]


def test_faults_of_all_workbooks_are_found_in_one_run(run: Run, parts: Path) -> None:
    before = files(parts)
    change("保健.xlsx", "月次", "D4", "たくさん")
    change("業務.xlsx", "KPI", "C4", "たくさん")
    result = run("workbook", "collect", "保健.xlsx", "業務.xlsx", "nai.xlsx", "gunma-r3")
    assert result.exit_code == 1
    for place in ("保健.xlsx 月次!D4", "業務.xlsx KPI!C4", "nai.xlsx: このファイルはありません"):
        assert place in result.stderr
    assert files(parts) == before


def test_what_does_not_fit_the_whole_says_the_cell_that_it_came_from(run: Run, parts: Path) -> None:
    before = files(parts)
    change("保健.xlsx", "進捗", "D4", "nai")
    result = run("workbook", "collect", "保健.xlsx", "gunma-r3")
    assert result.exit_code == 1
    assert "保健.xlsx 進捗!D4（KPI）: 「nai」" in result.stderr
    assert files(parts) == before


def test_a_workbook_with_all_rows_is_collected_into_as_well_and_kept_as_it_was(run: Run, parts: Path) -> None:
    run("workbook", "export", "gunma-r3", "data/all.xlsx")
    change("data/all.xlsx", "KPI", "Z2", "覚え書き")
    before = Path("data/all.xlsx").read_bytes()
    run("workbook", "export", "data/all.xlsx", "part.xlsx", "--group", "保健")
    change("part.xlsx", "月次", "D4", 4_321)
    result = run("workbook", "collect", "part.xlsx", "all")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.splitlines()[-3:] == [
        "data/all.xlsx",
        "1 件の変更を取り込みました。",
        "書き換える前のブックは data/集める前/all.xlsx に残しました（表の外の覚え書きと書式は、そちらにあります）。",
    ]
    assert Path("data/集める前/all.xlsx").read_bytes() == before
    assert run("check", "data/all.xlsx").exit_code == 0
    new, old = (load_workbook(path)["月次"] for path in ("data/all.xlsx", "data/集める前/all.xlsx"))
    changed = [
        cell.coordinate for row in new.iter_rows() for cell in row if cell.value != old[cell.coordinate].value
    ]
    assert [new[name].value for name in changed] == [4_321]
    again = run("workbook", "collect", "part.xlsx", "data/all.xlsx")
    assert again.stdout.splitlines()[-1] == "変わったところはありません。"
    change("part.xlsx", "月次", "D4", 1)
    run("workbook", "collect", "part.xlsx", "all", "--take", "保健")
    assert sorted(path.name for path in Path("data/集める前").iterdir()) == ["all-2.xlsx", "all.xlsx"]


def test_workbooks_are_collected_only_into_the_whole_that_they_are_of(run: Run, parts: Path) -> None:
    other = run("workbook", "collect", "保健.xlsx", "gunma-r7")
    assert other.exit_code == 1
    assert (
        "保健.xlsx: data/gunma-r7 は群馬支部 令和7年度のデータですが、ブックは群馬支部 令和3年度のものです"
        in other.stderr
    )
    forgotten = run("workbook", "collect", "保健.xlsx", "業務.xlsx")
    assert forgotten.exit_code == 1
    assert "集める先は、すべての行があるデータです。全体のデータの名前を最後に" in forgotten.stderr
    lone = run("workbook", "collect", "保健.xlsx")
    assert lone.exit_code == 2
    assert "最後に集める先のデータの名前を書いてください" in lone.stderr
    twice = run("workbook", "collect", "保健.xlsx", "保健.xlsx", "gunma-r3")
    assert "「保健.xlsx」という名前のブックが二つあります" in twice.stderr


@pytest.mark.parametrize(
    ("name", "said"),
    [("book.xls", "末尾を .xlsx にしてください"), ("book", "末尾を .xlsx にしてください")],
)
def test_a_name_that_is_no_workbook_is_refused(run: Run, data: Path, name: str, said: str) -> None:
    result = run("workbook", "export", "gunma-r3", name)
    assert (result.exit_code, Path(name).exists()) == (1, False)
    assert said in result.stderr


def test_a_workbook_that_is_open_is_neither_read_nor_written(run: Run, data: Path) -> None:
    run("workbook", "export", "gunma-r3", "book.xlsx")
    Path("~$book.xlsx").touch()
    for command in (("import", "book.xlsx", "gunma-r3"), ("export", "gunma-r3", "book.xlsx", "--replace")):
        result = run("workbook", *command)
        assert result.exit_code == 1
        assert "いま Excel などで開かれています" in result.stderr


def test_every_command_takes_the_workbook_itself(run: Run, data: Path) -> None:
    run("workbook", "export", "gunma-r7", "data/next.xlsx")
    run("workbook", "export", "gunma-r6", "data/last.xlsx")
    change("data/next.xlsx", "会議", "B9", "last")
    assert run("check", "next").stdout == "next: 誤りはありません。\n"
    built = run("build", "data/next.xlsx", "--format", "html")
    assert built.exit_code == 0, built.stderr
    [page] = Path("output/next").iterdir()
    assert run("build", "gunma-r7", "--format", "html").exit_code == 0
    [same] = Path("output/gunma-r7").iterdir()
    assert page.read_text(encoding="utf-8") == same.read_text(encoding="utf-8").replace(
        "gunma-r7 案", "next 案"
    )
    assert run("compare", "gunma-r6", "data/next.xlsx").exit_code == 0
    assert "next  群馬支部 令和7年度 案" in run("list").stdout
    again = run("workbook", "export", "data/next.xlsx", "again.xlsx")
    assert again.exit_code == 0


def test_a_check_of_a_workbook_says_the_cell(run: Run, data: Path) -> None:
    run("workbook", "export", "gunma-r3", "book.xlsx")
    change("book.xlsx", "経費の区分", "C4", "nai")
    result = run("check", "book.xlsx")
    assert result.exit_code == 1
    assert result.stdout.startswith("誤り book.xlsx 経費の区分!C4（計画の見出し）: ")
    found = run("check", "book.xlsx", "--format", "json")
    [place] = (one["place"] for one in json.loads(found.stdout))
    assert (place["sheet"], place["cell"], place["key"]) == ("経費の区分", "C4", "計画の見出し")


def test_a_missing_workbook_is_wrong_usage(run: Run, data: Path) -> None:
    assert run("check", "nai.xlsx").exit_code == 2
    result = run("workbook", "import", "nai.xlsx", "gunma-r3")
    assert result.exit_code == 1
    assert "このファイルはありません" in result.stderr


def test_the_help_is_japanese(run: Run) -> None:
    for command in ((), ("export",), ("import",), ("collect",)):
        result = run("workbook", *command, "--help")
        assert result.exit_code == 0
        assert "使い方: handouts workbook" in result.stdout
        assert "この説明を表示して終わる" in result.stdout


def drop_origins(book: Workbook) -> None:
    sheet = book["計画"]
    sheet.delete_cols(next(cell.column for cell in sheet[3] if cell.value == "元のid（自動）"))


@pytest.mark.parametrize("has_origins", [True, False])
def test_a_reworded_paragraph_keeps_its_id_as_a_written_one(run: Run, data: Path, has_origins: bool) -> None:
    before = (data / "gunma-r7" / "plan.md").read_text(encoding="utf-8").splitlines()
    plan = read_folder(data / "gunma-r7").dataset.plan  # type: ignore[union-attr]
    paragraph = next(one for one in plan.paragraphs if one.label == "・" and len(one.text) > 60)
    run("workbook", "export", "gunma-r7", "book.xlsx")
    book = load_workbook("book.xlsx")
    row = next(cell.row for cell in book["計画"]["C"] if cell.value == paragraph.text)
    book["計画"].cell(row, 3).value = f"書き換えた文では、{paragraph.text[20:]}"
    if not has_origins:
        drop_origins(book)
    book.save("book.xlsx")
    result = run("workbook", "import", "book.xlsx", "gunma-r7")
    assert (result.exit_code, result.stdout.splitlines()[1:]) == (
        0,
        ["data/gunma-r7/plan.md", "1 件の変更を取り込みました。"],
    )
    assert paragraph.id not in result.stdout
    after = (data / "gunma-r7" / "plan.md").read_text(encoding="utf-8").splitlines()
    changed = [new for old, new in zip(before, after, strict=True) if old != new]
    assert changed == [f"・書き換えた文では、{paragraph.text[20:]} {{#{paragraph.id}}}"]
