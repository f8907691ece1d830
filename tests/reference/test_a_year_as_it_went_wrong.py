"""What a year's work once let pass in silence: wrong entries of a clerk, and a copy that undid newer data."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.calling import Run, call
from tests.reference.folder import CASES, needs_cases

CLERK, DATA = CASES / "clerk", CASES / "data"

pytestmark = needs_cases


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the data in an empty working folder, with last year's workbook."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").mkdir()
    shutil.copy(CLERK / "nagano-r7.xlsx", tmp_path / "data")
    return tmp_path / "data"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("09unknown-group", "保険"),
        ("35lastyear-date", "開催日が令和7年1月20日です"),
        ("36sen1000", "予算額 13,000円は、前年度の 12,400,000円と桁が違います"),
        ("62brace2", "「{budget:kanmatsu である。"),
        ("62brace2", "書きかけの印「P.○、●●、調整中」"),
    ],
)
def test_a_wrong_entry_is_said(data: Path, name: str, said: str) -> None:
    shutil.copy(CLERK / f"{name}.xlsx", data / "nagano-r8.xlsx")
    result = call("check", "nagano-r8")
    assert result.exit_code == 1
    assert said in result.stdout


def test_a_reworded_paragraph_keeps_its_record(data: Path) -> None:
    shutil.copy(CLERK / "20para-edited.xlsx", data / "nagano-r8.xlsx")
    assert "誤り" not in call("check", "nagano-r8").stdout
    assert call("build", "nagano-r8", "--format", "xlsx").exit_code == 0
    assert call("workbook", "import", data / "nagano-r8.xlsx", "again").exit_code == 0
    assert (data / "again" / "plan.md").read_text(encoding="utf-8").count("{#p489a8bf6}") == 1


def set_target(path: Path, value: object) -> None:
    """Writes another target for the KPI whose target is 1,850."""
    book = load_workbook(path)
    sheet = book["KPI"]
    heads = {cell.value: cell.column for cell in sheet[3]}
    row = next(row for row in range(4, sheet.max_row) if sheet.cell(row, heads["目標"]).value == 1850)
    sheet.cell(row, heads["目標"]).value = value
    book.save(path)


def test_an_older_copy_does_not_undo_newer_data(data: Path, run: Run) -> None:
    """Two copies of a workbook: 1,900 came in by the one, the other says something else, or nothing of it."""
    shutil.copytree(CLERK / "06-lost-update" / "nagano-r8", data / "nagano-r8")
    run("workbook", "export", "nagano-r8", "A.xlsx")
    for name in ("B.xlsx", "C.xlsx"):
        shutil.copy("A.xlsx", name)
    set_target(Path("A.xlsx"), 1900)
    set_target(Path("B.xlsx"), 1910)
    assert "1,850 → 1,900" in run("workbook", "import", "A.xlsx", "nagano-r8").stdout
    conflict = run("workbook", "import", "B.xlsx", "nagano-r8")
    assert conflict.exit_code == 1
    assert "ブックは「1910」、今のデータは「1900」です（書き出したときは「1850」）" in conflict.output
    assert "変わったところはありません" in run("workbook", "import", "C.xlsx", "nagano-r8").stdout
    assert "1900" in (data / "nagano-r8" / "kpis.yaml").read_text(encoding="utf-8")


def test_a_workbook_of_before_undoes_nothing_without_a_yes(data: Path, run: Run) -> None:
    shutil.copytree(CLERK / "06-lost-update" / "nagano-r8", data / "nagano-r8")
    kpis = data / "nagano-r8" / "kpis.yaml"
    kpis.write_text(kpis.read_text(encoding="utf-8").replace("1850", "1900"), encoding="utf-8")
    result = run("workbook", "import", CLERK / "06-lost-update" / "A.xlsx", "nagano-r8")
    assert result.exit_code == 1
    assert "--allow-removal" in result.output
    assert "1900" in kpis.read_text(encoding="utf-8")


def test_what_is_no_placeholder_is_a_fault(data: Path) -> None:
    shutil.copytree(DATA / "bad-placeholder", data / "bad")
    result = call("check", "bad")
    assert "誤り bad/plan.md" in result.stdout
    assert "{kpi.checkup-rate}" in result.stdout


def test_sentences_on_kpis_without_kpis_are_said_and_no_page_has_only_a_title(data: Path) -> None:
    shutil.copytree(DATA / "empty-kpi" / "fukushima-r7", data / "fukushima-r7")
    assert "計画に KPI の文が19件ありますが" in call("check", "fukushima-r7").stdout
    result = call("build", "fukushima-r7", "--format", "html")
    assert result.exit_code == 0
    [page] = Path("output/fukushima-r7").glob("*.html")
    assert "事業計画の最終報告" in page.read_text(encoding="utf-8")
    assert "（重要業績評価指標）一覧" not in page.read_text(encoding="utf-8")
