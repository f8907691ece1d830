"""A kind of handout that the program does not come with: registered here, and known everywhere."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest
from click.testing import CliRunner, Result

from handouts.commands.main import main
from handouts.compose.annex.cells import AnnexTable, Sheet, TableRow
from handouts.compose.annex.forms import number_cell, text_cell
from handouts.compose.charts import Chart
from handouts.compose.page import Front, PrintedLine, compose_front, compose_runs
from handouts.dataset.folder import read_folder
from handouts.dataset.json_schemas import schema_files
from handouts.dataset.kinds import KINDS, HandoutKind, Prints, register, unregister
from handouts.dataset.model import Datasets
from handouts.findings import Place
from handouts.runs.checking import read_checked

HERE = "tests.builds.test_new_kind"
LETTER = HandoutKind(
    id="letter",
    name="取組のお知らせ（一覧）",
    short_name="お知らせ",
    described="取組のお知らせ",
    cover=("{year} {branch}", "取組のお知らせ"),
    composer=f"{HERE}:compose_letter",
    template="letter.html",
    annex=f"{HERE}:letter_sheets",
    prints=frozenset({Prints.INITIATIVES}),
)
TEMPLATE = """\
{%- from "components/document.html" import head, footer, end -%}
{%- from "components/cover.html" import cover -%}
{%- from "components/line.html" import line -%}
<!DOCTYPE html>
<html lang="ja">
{{ head(handout.front) }}
<body class="letter">
{{ footer() }}
{{ cover(handout.front.cover) }}
<section class="sheet">
{%- for each in handout.lines %}
{{ line(each) }}
{%- endfor %}
{{ end() }}
</section>
</body>
</html>
"""
STEM = "資料9_令和7年度群馬支部取組のお知らせ"
Run = Callable[..., Result]


@dataclass(frozen=True, slots=True)
class Letter:
    """The names of the initiatives."""

    front: Front
    lines: tuple[PrintedLine, ...]
    charts: tuple[Chart, ...] = ()


def compose_letter(datasets: Datasets) -> Letter:
    lines = (
        PrintedLine(f"budget:{one.id}", "body", compose_runs(one.name, (), ""))
        for one in datasets.this.initiatives
    )
    return Letter(compose_front(datasets.this, LETTER), tuple(lines))


def letter_sheets(handout: Letter, datasets: Datasets) -> tuple[Sheet, ...]:
    rows = tuple(
        TableRow((text_cell(line.text), number_cell(number))) for number, line in enumerate(handout.lines, 1)
    )
    return (Sheet("一覧", "一覧", (), (30, 8), (AnnexTable("letter", "", 1, ("取組", "番号"), rows),)),)


@pytest.fixture(autouse=True)
def registered() -> Iterator[None]:
    register(LETTER)
    yield
    unregister(LETTER)
    assert "letter" not in KINDS


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Calls the command line where there is a new dataset that lists the kind, and the template of the kind."""
    monkeypatch.chdir(tmp_path)

    def call(*args: str) -> Result:
        result = CliRunner().invoke(main, args, prog_name="handouts")
        assert result.exit_code == 0, result.output
        return result

    call("new", "gunma-r7", "--branch", "群馬", "--year", "令和7年度")
    file = Path("data/gunma-r7/dataset.yaml")
    text = file.read_text(encoding="utf-8").replace("plan-budget:", "letter:").replace("資料1", "資料9")
    file.write_text(text, encoding="utf-8")
    Path("templates").mkdir()
    Path("templates/letter.html").write_text(TEMPLATE, encoding="utf-8")
    return call


def test_it_is_built_in_every_format(run: Run) -> None:
    run("build", "gunma-r7", "--format", "pdf,docx,xlsx,html")
    pdf, word, annex, page = (
        Path(f"output/gunma-r7/{STEM}.{form}").read_bytes() for form in ("pdf", "docx", "xlsx", "html")
    )
    assert pdf.startswith(b"%PDF")
    paragraphs = [paragraph.text for paragraph in docx.Document(BytesIO(word)).paragraphs]
    assert paragraphs[-3:] == ["健診の受診勧奨（例）", "広報誌の作成（例）", ""]
    rows = list(openpyxl.load_workbook(BytesIO(annex))["一覧"].values)
    assert rows[1:] == [("取組", "番号"), ("健診の受診勧奨（例）", 1), ("広報誌の作成（例）", 2)]
    assert '<body class="letter">' in page.decode()


def test_it_is_checked_by_the_rules_that_what_it_prints_asks_for(run: Run) -> None:
    file = Path("data/gunma-r7/budget.yaml")
    families = {finding.rule.id.partition(".")[0] for finding in read_checked(file.parent).findings}
    assert families == {"example", "meeting"}
    file.write_text(file.read_text(encoding="utf-8").replace("topic: koho", "field: koho"), encoding="utf-8")
    [finding] = [one for one in read_checked(file.parent).findings if one.place.line and "topic" in one.found]
    assert finding.allowed == "お知らせの資料では、取組を見出しの横に載せます"


def test_a_workbook_that_lists_it_goes_both_ways(run: Run) -> None:
    run("workbook", "export", "gunma-r7", "book.xlsx")
    with zipfile.ZipFile("book.xlsx") as book:
        assert any(
            b",\xe3\x81\x8a\xe7\x9f\xa5\xe3\x82\x89\xe3\x81\x9b" in book.read(n) for n in book.namelist()
        )
    run("workbook", "import", "book.xlsx", "gunma-r7-again")
    before, after = (read_folder(Path("data") / name).dataset for name in ("gunma-r7", "gunma-r7-again"))
    assert before is not None
    assert after is not None
    assert before.handouts == after.handouts
    assert list(after.handouts) == ["letter"]


def test_it_is_named_where_kinds_are_named(run: Run, tmp_path: Path) -> None:
    assert "  letter  取組のお知らせ（一覧）\n" in run("list").stdout
    schema = json.loads(schema_files()["dataset.json"])["properties"]["handouts"]
    assert schema["anyOf"][0]["propertyNames"]["enum"][-1] == "letter"
    assert schema["description"].endswith("、letter は取組のお知らせ）")
    file = tmp_path / "data" / "gunma-r7" / "dataset.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("letter:", "lettre:"), encoding="utf-8")
    [finding] = read_folder(file.parent).findings
    assert finding.place == Place("dataset.yaml", finding.place.line, finding.place.column, "handouts.lettre")
    assert finding.found == "「lettre」という種類はありません"
    assert finding.allowed.endswith("、results、letter です")
