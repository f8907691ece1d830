"""The command that reads a returned Word file: its list, what it takes over, its exit codes, the way back."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner

from handouts.commands.main import main
from handouts.revisions import Side, read_document, view_of
from handouts.runs import reviewing
from handouts.runs.review_records import changed_record
from tests.calling import Run
from tests.office import HAS_OFFICE, convert
from tests.pages import ROOT
from tests.validators import faults_by_audit

MARK = 'w:author="本部" w:date="2026-12-01T10:00:00Z"'
Returned = Callable[..., Path]


@pytest.fixture
def returned(run: Run, tmp_path: Path) -> Returned:
    """Makes the Word file of a sample come back with words replaced, each with its tracked change."""
    shutil.copytree(ROOT / "data" / "gunma-r6", tmp_path / "data" / "gunma-r6")
    assert run("build", "gunma-r6", "--format", "docx").exit_code == 0
    [sent] = Path("output/gunma-r6").glob("*.docx")

    def made(*edits: tuple[str, str], name: str = "返却.docx", is_tracked: bool = True) -> Path:
        with ZipFile(sent) as package:
            parts = {part: package.read(part) for part in package.namelist()}
        body = parts["word/document.xml"].decode()
        for number, (old, new) in enumerate(edits, 1):
            body = replaced(body, old, new, number) if is_tracked else body.replace(old, new, 1)
        with ZipFile(name, "w") as package:
            for part, content in {**parts, "word/document.xml": body.encode()}.items():
                package.writestr(part, content)
        return Path(name)

    return made


def replaced(body: str, old: str, new: str, number: int) -> str:
    """The body with a run in which `old` stands once cut into what stays, what is deleted and what is inserted."""
    found = re.search(
        rf"<w:r>((?:<w:rPr>.*?</w:rPr>)?)<w:t[^>]*>([^<]*?){re.escape(old)}([^<]*)</w:t></w:r>", body
    )
    assert found, old
    look, before, behind = found.groups()

    def run_of(text: str, tag: str = "t") -> str:
        return f'<w:r>{look}<w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>' if text else ""

    changed = (
        run_of(before)
        + f'<w:del w:id="{9000 + number}" {MARK}>{run_of(old, "delText")}</w:del>'
        + f'<w:ins w:id="{9500 + number}" {MARK}>{run_of(new)}</w:ins>'
        + run_of(behind)
    )
    return body[: found.start()] + changed + body[found.end() :]


def text_of(path: str) -> str:
    return Path("data/gunma-r6", path).read_text(encoding="utf-8")


EDITS = (("2,446", "2,500"), ("支部評議会", "評議会"))


def test_the_list_shows_each_change_with_its_place_and_author_and_writes_nothing(
    run: Run, returned: Returned
) -> None:
    returned(*EDITS)
    before = text_of("plan.md"), text_of("budget.yaml")
    result = run("review", "返却.docx")
    assert result.exit_code == 0
    assert "［－2,446－］千円" in result.stdout
    assert "［＋2,500＋］千円" in result.stdout
    assert "変更 2 件（取り込める 2）。変更履歴とコメントは、これですべてです。" in result.stdout
    assert (text_of("plan.md"), text_of("budget.yaml")) == before


def test_the_same_as_json(run: Run, returned: Returned) -> None:
    returned(*EDITS)
    [file] = json.loads(run("review", "返却.docx", "--format", "json").stdout)
    assert {one["state"] for one in file["proposals"]} == {"open"}
    assert [one["ref"] for row in file["proposals"] for one in row["changes"]] == [
        "dataset:handouts.plan-budget.meeting",
        "budget:kenshin-pamphlet.amount",
    ]


def test_what_was_decided_is_on_record_beside_the_data_and_in_the_table(run: Run, returned: Returned) -> None:
    returned(*EDITS)
    result = run("review", "返却.docx", "--apply", "1", "--refuse", "2", "--by", "佐藤", "-o", "表.html")
    assert "1 件を取り込みました。1 件を、採らないと記録しました。" in result.stdout
    record = text_of("review.yaml")
    assert record.count("decided_by: 佐藤") == 2
    assert "対応：取り込んだ 1件、採らない 1件" in Path("表.html").read_text(encoding="utf-8")
    answered = record.replace(
        "decision: 採らない\n", "decision: 採らない\n    answer: 次の年度に。  # 課長と相談\n"
    )
    Path("data/gunma-r6/review.yaml").write_text(answered, encoding="utf-8")
    assert "答え: 次の年度に。" in run("review", "返却.docx", "--apply", "all").stdout
    assert text_of("review.yaml") == answered
    assert run("check", "gunma-r6").exit_code == 0


def test_the_record_is_taken_back_with_what_was_taken_over(run: Run, returned: Returned) -> None:
    returned(*EDITS)
    assert run("review", "返却.docx", "--apply", "all").exit_code == 0
    assert "review.yaml" in run("undo", "gunma-r6").stdout
    assert not Path("data/gunma-r6/review.yaml").exists()


def test_the_record_of_a_workbook_stands_beside_it(run: Run, returned: Returned) -> None:
    returned(*EDITS)
    assert run("workbook", "export", "gunma-r6", "gunma-r6.xlsx").exit_code == 0
    shutil.rmtree("data/gunma-r6")
    shutil.move("gunma-r6.xlsx", "data/gunma-r6.xlsx")
    before = Path("data/gunma-r6.xlsx").read_bytes()
    assert run("review", "返却.docx", "--refuse", "1").exit_code == 0
    assert "採らない" in Path("data/gunma-r6.review.yaml").read_text(encoding="utf-8")
    assert Path("data/gunma-r6.xlsx").read_bytes() == before
    assert run("review", "返却.docx", "--apply", "2").exit_code == 0
    assert "取り込んだ" in Path("data/gunma-r6.review.yaml").read_text(encoding="utf-8")
    assert run("undo", "gunma-r6").exit_code == 0
    assert (
        "取り込んだ"
        not in Path("data/gunma-r6.review.yaml").read_text(encoding="utf-8").partition("changes:")[2]
    )
    assert run("list").stdout.count("gunma-r6") == 1


def test_a_fault_in_the_record_is_said_with_its_line_and_nothing_is_written(
    run: Run, returned: Returned
) -> None:
    returned(*EDITS)
    assert run("review", "返却.docx", "--refuse", "1").exit_code == 0
    path = Path("data/gunma-r6/review.yaml")
    broken = text_of("review.yaml").replace("decision: 採らない", "decision: やめる")
    path.write_text(broken, encoding="utf-8")
    result = run("review", "返却.docx", "--apply", "all")
    assert (result.exit_code, "gunma-r6/review.yaml" in result.stderr, "採らない" in result.stderr) == (
        1,
        True,
        True,
    )
    assert text_of("review.yaml") == broken


def test_what_somebody_writes_into_the_record_meanwhile_is_not_lost(
    run: Run, returned: Returned, monkeypatch: pytest.MonkeyPatch
) -> None:
    returned(*EDITS)
    assert run("review", "返却.docx", "--refuse", "1").exit_code == 0
    path = Path("data/gunma-r6/review.yaml")
    written = text_of("review.yaml").replace(
        "decision: 採らない\n", "decision: 採らない\n    answer: 次に。\n"
    )

    def changed(*args: object) -> object:
        path.write_text(written, encoding="utf-8")
        return changed_record(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(reviewing, "changed_record", changed)
    result = run("review", "返却.docx", "--refuse", "2")
    assert (result.exit_code, "gunma-r6/review.yaml" in result.stderr) == (1, True)
    assert text_of("review.yaml") == written


def test_who_is_asked_one_by_one_takes_over_and_refuses_and_leaves_the_rest(
    run: Run, returned: Returned
) -> None:
    returned(*EDITS)
    asked = CliRunner().invoke(
        main, ["review", "返却.docx", "--apply", "ask", "--by", "佐藤"], input="y\nb\nn\nq\n"
    )
    assert "1 件を、採らないと記録しました。ほかの 1 件は、そのままです。" in asked.output
    record = text_of("review.yaml")
    assert re.findall(r"^    decision: (.*)$", record, re.MULTILINE) == ["採らない", "未定"]
    again = CliRunner().invoke(main, ["review", "返却.docx", "--apply", "ask"], input="y\n")
    assert "1 件を取り込みました。" in again.output


def test_one_change_is_not_both_taken_over_and_refused(run: Run, returned: Returned) -> None:
    returned(*EDITS)
    assert "両方にあります" in run("review", "返却.docx", "--apply", "1", "--refuse", "1,2").stderr
    assert not Path("data/gunma-r6/review.yaml").exists()


def test_the_file_is_given_back_with_what_was_decided(
    run: Run, returned: Returned, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = returned(*EDITS)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764579600")
    assert run("review", "返却.docx", "--apply", "1", "--refuse", "2", "--answer", "回答.docx").exit_code == 0
    before, after = read_document(path), read_document(Path("回答.docx"))
    assert [(one.author, one.date, one.text) for one in after.comments] == [
        ("群馬支部", "2025-12-01T09:00:00Z", "反映しました。"),
        ("群馬支部", "2025-12-01T09:00:00Z", "反映しないこととしました。"),
    ]
    assert after.marks() == before.marks()
    assert faults_by_audit(Path("回答.docx").read_bytes(), ".docx") == faults_by_audit(
        path.read_bytes(), ".docx"
    )
    again = run("review", "回答.docx")
    assert "採らない" in again.stdout
    assert again.exit_code == 0
    record = text_of("review.yaml")
    assert run("review", "回答.docx", "--apply", "all", "--answer", "再回答.docx").exit_code == 0
    assert len(read_document(Path("再回答.docx")).comments) == len(EDITS)
    assert text_of("review.yaml") == record


def test_an_answer_replaces_nothing_unless_it_may(run: Run, returned: Returned) -> None:
    path = returned(*EDITS)
    content = path.read_bytes()
    assert run("review", "返却.docx", "--answer", "返却.docx").exit_code == 1
    assert path.read_bytes() == content
    assert run("review", "返却.docx", "--answer", "回答.doc").exit_code == 1
    shutil.copy(path, "二.docx")
    assert "一つだけ" in run("review", "返却.docx", "二.docx", "--answer", "回答.docx").stderr


@pytest.mark.skipif(not HAS_OFFICE, reason="LibreOffice is not here")
def test_libreoffice_opens_the_answers_and_keeps_changes_and_comments(
    run: Run, returned: Returned, tmp_path: Path
) -> None:
    path = returned(*EDITS)
    assert run("review", "返却.docx", "--answer", "回答.docx").exit_code == 0
    files = []
    for file in (path, Path("回答.docx")):
        (folder := tmp_path / file.stem).mkdir()
        files.append(read_document(convert(file, "docx", folder)))
    given, answered = files
    sides: tuple[Side, ...] = ("before", "after")
    for side in sides:
        texts = [[one.text for one in view_of(file.body, side)] for file in files]
        assert texts[0] == texts[1]
    assert (len(given.comments), len(answered.comments)) == (0, len(EDITS))


def test_what_is_taken_over_is_written_once_and_can_be_undone(run: Run, returned: Returned) -> None:
    returned(*EDITS)
    before = text_of("budget.yaml")
    result = run("review", "返却.docx", "--apply", "all")
    assert "2 件を取り込みました。" in result.stdout
    assert "2500000" in text_of("budget.yaml")
    assert "取り込み済み 2" in run("review", "返却.docx", "--apply", "all").stdout
    assert run("undo", "gunma-r6").exit_code == 0
    assert text_of("budget.yaml") == before


def test_changes_are_chosen_by_their_numbers(run: Run, returned: Returned) -> None:
    returned(*EDITS)
    listed = json.loads(run("review", "返却.docx", "--format", "json").stdout)[0]["proposals"]
    number = next(one["number"] for one in listed if one["changes"][0]["ref"].startswith("dataset:"))
    before = text_of("budget.yaml")
    assert run("review", "返却.docx", "--apply", str(number)).exit_code == 0
    assert text_of("budget.yaml") == before
    for wrong in ("99", "0", "x", "1-", ""):
        result = run("review", "返却.docx", "--apply", wrong)
        assert result.exit_code in (1, 2)
        assert text_of("budget.yaml") == before


def test_what_was_changed_without_tracking_is_read_too(run: Run, returned: Returned) -> None:
    returned(("2,446", "2,500"), is_tracked=False)
    assert "変更 1 件（取り込める 1）" in run("review", "返却.docx").stdout


def test_of_two_files_that_want_different_things_neither_is_taken_by_itself(
    run: Run, returned: Returned
) -> None:
    returned(("2,446", "2,500"), name="a.docx")
    returned(("2,446", "2,600"), name="b.docx")
    before = text_of("budget.yaml")
    result = run("review", "a.docx", "b.docx", "--apply", "all")
    assert "別の案があるもの" in result.stdout
    assert text_of("budget.yaml") == before
    assert run("review", "a.docx", "b.docx", "--apply", "2").exit_code == 0
    assert "2600000" in text_of("budget.yaml")


def test_what_the_file_was_not_made_of_is_refused(run: Run, returned: Returned) -> None:
    path = returned(*EDITS)
    shutil.copytree("data/gunma-r6", "data/gunma-r7")
    assert "「gunma-r6」（令和6年度）から作ったもの" in run("review", str(path), "gunma-r7").stderr
    with ZipFile(path) as package:
        parts = {part: package.read(part) for part in package.namelist() if not part.startswith("customXml/")}
    parts["word/_rels/document.xml.rels"] = re.sub(
        rb"<Relationship [^>]*customXml[^>]*/>", b"", parts["word/_rels/document.xml.rels"]
    )
    with ZipFile("ほか.docx", "w") as package:
        for part, content in parts.items():
            package.writestr(part, content)
    result = run("review", "ほか.docx")
    assert (result.exit_code, "handouts compare ほか.docx で見られます" in result.stderr) == (1, True)
