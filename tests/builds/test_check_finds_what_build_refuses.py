"""Whatever stops a build is found by check too, at the same place, without a PDF and without writing anything."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from handouts.commands.main import main
from handouts.shipped import shipped_folder

FILES = {
    "dataset.yaml": "branch: 群馬\nfiscal_year: 令和7年度\nedition: 案\n"
    "handouts:\n  plan:\n    date: 2025-01-17\n    material: 資料2-1\n    meeting: 第3回群馬支部評議会\n",
    "plan.md": "Ⅰ．基盤\n１ 財政 {#zaisei}\n（１）窓口を明るくする。\n",
    "budget.yaml": "initiatives:\n  - id: chirashi\n    name: チラシ\n    topic: zaisei\n    amount: 2902000\n",
}
MISSING = "𠮷"  # a form of 吉 that the fonts do not have


def handouts(*args: str) -> Result:
    result = CliRunner().invoke(main, args, prog_name="handouts")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    return result


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "data" / "gunma-r7"
    folder.mkdir(parents=True)
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def lines_of(result: Result) -> set[str]:
    """What was found, without the last line, which says what became of the dataset."""
    return {line for line in result.output.splitlines() if line.startswith(("誤り", "注意"))}


def assert_both_find(*words: str) -> None:
    checked = handouts("check", "gunma-r7")
    built = handouts("build", "gunma-r7", "--format", "docx")
    assert (checked.exit_code, built.exit_code) == (1, 1)
    assert [word for word in words if word not in checked.output] == []
    assert lines_of(built) <= lines_of(checked)
    assert not Path("output").exists()


def test_a_sound_dataset_is_in_order_and_nothing_is_written(data: Path) -> None:
    before = set(data.parent.parent.rglob("*"))
    assert handouts("check", "gunma-r7").exit_code == 0
    assert set(data.parent.parent.rglob("*")) == before


def test_a_character_that_no_font_has_is_found_at_every_place(data: Path) -> None:
    change(data / "plan.md", "窓口を", f"窓口と{MISSING}田を")
    with (data / "plan.md").open("a", encoding="utf-8") as plan:
        plan.write(f"（２）{MISSING}野と\ue000を\n")
    change(data / "budget.yaml", "チラシ", f"チラシ{MISSING}")
    change(data / "dataset.yaml", "第3回", f"第3回{MISSING}")
    assert_both_find(
        f"plan.md 3行: 文字「{MISSING}」（U+20BB7）",
        f"plan.md 4行: 文字「{MISSING}」（U+20BB7）",
        "plan.md 4行: 外字「\ue000」（U+E000）",
        f"（handouts.plan.meeting）: 文字「{MISSING}」",
    )


def test_in_a_workbook_it_is_found_in_its_cell(data: Path) -> None:
    change(data / "budget.yaml", "チラシ", f"チラシ{MISSING}")
    change(data / "plan.md", "窓口を", f"窓口と{MISSING}田を")
    assert handouts("workbook", "export", "gunma-r7", "book.xlsx").exit_code == 0
    checked = handouts("check", "book.xlsx")
    assert f"book.xlsx 計画!C6（文）: 文字「{MISSING}」" in checked.output
    assert "book.xlsx 取組・予算!" in checked.output


def test_characters_are_found_beside_other_faults(data: Path) -> None:
    change(data / "plan.md", "窓口を", f"窓口と{MISSING}田を")
    change(data / "budget.yaml", "2902000", "x")
    checked = handouts("check", "gunma-r7").output
    assert f"plan.md 3行: 文字「{MISSING}」" in checked
    assert "「x」は数として読めません" in checked


def test_two_handouts_with_one_file_name_are_found(data: Path) -> None:
    text = (data / "dataset.yaml").read_text(encoding="utf-8")
    rest = "    date: 2025-01-17\n    material: 資料2-1\n    meeting: 第3回群馬支部評議会\n"
    (data / "dataset.yaml").write_text(
        text.partition("handouts:")[0]
        + f"handouts:\n  plan:\n    title: 計画\n{rest}  plan-budget:\n    title: 計画\n{rest}",
        encoding="utf-8",
    )
    found = {line for line in lines_of(handouts("check", "gunma-r7")) if "同じ名前" in line}
    assert len(found) == 1
    assert found <= lines_of(handouts("build", "gunma-r7", "--format", "docx"))


def test_a_broken_template_is_found_with_its_line(data: Path) -> None:
    Path("templates").mkdir()
    Path("templates/plan.html").write_text("<p>\n{% if %}", encoding="utf-8")
    checked = handouts("check", "gunma-r7")
    assert checked.exit_code == 1
    assert "templates: このままでは資料を作れません。テンプレート plan.html 2行" in checked.output


def test_markup_that_word_does_not_know_is_found(data: Path) -> None:
    Path("templates").mkdir()
    text = (shipped_folder("templates") / "plan.html").read_text(encoding="utf-8")
    Path("templates/plan.html").write_text(
        text.replace("</body>", "<p class='x'>甲</p></body>"), encoding="utf-8"
    )
    checked = handouts("check", "gunma-r7")
    assert checked.exit_code == 1
    assert "このままでは資料を作れません。" in checked.output


def test_a_fault_of_the_look_is_found(data: Path) -> None:
    Path("templates").mkdir()
    text = (shipped_folder("templates") / "look.toml").read_text(encoding="utf-8")
    Path("templates/look.toml").write_text(text.replace("[page]", "[page]\ncolour = 1"), encoding="utf-8")
    checked = handouts("check", "gunma-r7")
    assert checked.exit_code == 1
    assert "colour" in checked.output


def test_an_unusable_font_is_found(data: Path) -> None:
    Path("fonts").mkdir()
    Path("fonts/own.ttf").write_bytes(b"no font")
    checked = handouts("check", "gunma-r7")
    assert "fonts/own.ttf: フォントとして使えません" in checked.output
