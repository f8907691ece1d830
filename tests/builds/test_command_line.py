"""The commands as a clerk calls them: what they write, print and return."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from handouts.commands.main import main
from tests.calling import Run
from tests.pages import ROOT
from tests.unit.revisions.documents import dele, ins, p, saved, t

STEM = "資料2-1_令和7年度群馬支部事業計画（案）及び支部保険者機能強化予算（案）"


@pytest.fixture
def samples(tmp_path: Path) -> Path:
    """The sample datasets in ./data of the working folder."""
    for name in ("gunma-r6", "gunma-r7"):
        shutil.copytree(ROOT / "data" / name, tmp_path / "data" / name)
    return tmp_path / "data"


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_build_writes_pdf_word_and_excel_under_the_names_that_the_team_would_give(
    run: Run, samples: Path
) -> None:
    result = run("build", "gunma-r7")
    assert result.exit_code == 0, result.output
    assert sorted(path.name for path in Path("output/gunma-r7").iterdir()) == [
        f"{STEM}.{suffix}" for suffix in ("docx", "pdf", "xlsx")
    ]
    assert "20ページ" in result.stdout


def test_build_makes_only_the_formats_that_were_asked_for_and_where(run: Run, samples: Path) -> None:
    assert run("build", "data/gunma-r7", "--format", "html", "--out", "there").exit_code == 0
    assert [path.name for path in Path("there/gunma-r7").iterdir()] == [f"{STEM}.html"]


def test_handouts_are_not_put_among_the_data(run: Run, samples: Path) -> None:
    before = sorted((samples / "gunma-r6").iterdir())
    result = run("build", "gunma-r6", "--format", "html", "--out", "data")
    assert (result.exit_code, "データのあるフォルダーです" in result.stderr) == (2, True)
    assert sorted((samples / "gunma-r6").iterdir()) == before


def test_a_handout_without_figures_has_no_annex(run: Run, samples: Path) -> None:
    folder = samples / "gunma-r7"
    edit(folder / "dataset.yaml", "previous: gunma-r6", "#")
    for name in ("kpis.yaml", "budget.yaml"):
        (folder / name).unlink()
    (folder / "plan.md").write_text("Ⅰ．基盤\n１ 窓口\n・明るく応対する。\n", encoding="utf-8")
    assert run("build", "gunma-r7", "--format", "html,xlsx").exit_code == 0
    assert [path.suffix for path in Path("output/gunma-r7").iterdir()] == [".html"]
    alone = run("build", "gunma-r7", "--format", "xlsx")
    assert alone.exit_code == 1
    assert "gunma-r7: 資料「事業計画・予算（前年度との対比）」には、Excel の別紙に載せる数字" in alone.stderr


def test_a_dataset_that_lists_no_handout_gives_the_plan_and_budget(run: Run, samples: Path) -> None:
    path = samples / "gunma-r7" / "dataset.yaml"
    path.write_text(path.read_text(encoding="utf-8").split("handouts:")[0], encoding="utf-8")
    assert run("build", "gunma-r7", "--format", "html").exit_code == 0
    [page] = Path("output/gunma-r7").iterdir()
    assert "支部保険者機能強化予算" in page.name


def test_a_kind_can_be_asked_for_that_the_dataset_does_not_list(run: Run, samples: Path) -> None:
    for kind in ("plan", "事業計画", "ＰＬＡＮ"):
        result = run("build", "gunma-r7", "--kind", kind, "--format", "html")
        assert result.exit_code == 0
        assert "資料「事業計画」の資料番号、会議の名称、開催日が書かれていない" in result.stderr
        assert [page.name for page in Path("output/gunma-r7").iterdir()] == [
            "令和7年度群馬支部事業計画（案）.html"
        ]


def test_kinds_can_be_asked_for_in_one_word(run: Run, samples: Path) -> None:
    assert run("build", "gunma-r7", "--kind", "plan、plan-budget", "--format", "docx").exit_code == 0
    assert len(list(Path("output/gunma-r7").iterdir())) == 2


def test_a_kind_that_is_asked_for_is_checked_as_if_it_were_listed(run: Run, samples: Path) -> None:
    result = run("build", "gunma-r7", "--kind", "progress", "--format", "html")
    assert result.exit_code == 1
    assert "前年度の実績がないので、印が決まりません" in result.stderr
    assert not Path("output").exists()


def test_two_datasets_of_one_name_do_not_overwrite_each_other(
    run: Run, samples: Path, tmp_path: Path
) -> None:
    shutil.copytree(samples / "gunma-r6", tmp_path / "copy" / "gunma-r6")
    result = run("build", "gunma-r6", "copy/gunma-r6", "--format", "html")
    assert result.exit_code == 2
    assert "名前が同じ" in result.stderr


def test_build_without_a_dataset_makes_all_of_data(run: Run, samples: Path) -> None:
    assert run("build", "--format", "html").exit_code == 0
    assert sorted(path.name for path in Path("output").iterdir()) == ["gunma-r6", "gunma-r7"]


def test_a_fault_stops_the_build_and_leaves_the_old_files(run: Run, samples: Path) -> None:
    run("build", "gunma-r7", "--format", "html")
    before = next(Path("output/gunma-r7").iterdir()).read_bytes()
    edit(samples / "gunma-r7" / "plan.md", "{kpi:service-standard}", "{kpi:no-such-kpi}")
    result = run("build", "gunma-r7", "--format", "html")
    assert result.exit_code == 1
    assert "no-such-kpi" in result.stderr
    assert [path.read_bytes() for path in Path("output/gunma-r7").iterdir()] == [before]


def test_other_datasets_are_built_where_one_has_a_fault(run: Run, samples: Path) -> None:
    edit(samples / "gunma-r6" / "budget.yaml", "amount: ", "amount: x")
    edit(samples / "gunma-r7" / "dataset.yaml", "previous: gunma-r6", "# previous")
    assert run("build", "--format", "html").exit_code == 1
    assert [path.name for path in Path("output").iterdir()] == ["gunma-r7"]


def test_a_missing_last_year_gives_one_half_and_a_note(run: Run, samples: Path) -> None:
    shutil.rmtree(samples / "gunma-r6")
    result = run("build", "gunma-r7", "--format", "html")
    assert result.exit_code == 0
    assert "gunma-r6" in result.stderr
    page = next(Path("output/gunma-r7").iterdir()).read_text(encoding="utf-8")
    assert "前年度との対比" in page
    assert "plan-alone" in page


def test_strict_builds_nothing_where_anything_is_odd(run: Run, samples: Path) -> None:
    shutil.rmtree(samples / "gunma-r6")
    assert run("build", "gunma-r7", "--format", "html", "--strict").exit_code == 1
    assert not Path("output").exists()


def test_check_finds_nothing_in_the_samples(run: Run, samples: Path) -> None:
    result = run("check")
    assert result.exit_code == 0
    assert "誤りはありません" in result.stdout


def test_check_shows_all_faults_of_all_files_at_once(run: Run, samples: Path) -> None:
    edit(samples / "gunma-r7" / "budget.yaml", "amount: 2902000", "amount: 2902000.5")
    edit(samples / "gunma-r7" / "kpis.yaml", "bound: とする", "bound: くらい")
    edit(samples / "gunma-r7" / "plan.md", "{kpi:service-standard}", "{kpi:servise-standard}")
    result = run("check", "gunma-r7", "--format", "json")
    assert result.exit_code == 1
    files = {finding["place"]["file"].split("/")[-1] for finding in json.loads(result.stdout)}
    assert files == {"budget.yaml", "kpis.yaml", "plan.md"}


def test_compare_prints_rows_with_offsets_into_the_texts(run: Run, tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_text("１ 窓口\n（１）待ち時間を短くする。\n", encoding="utf-8")
    (tmp_path / "new.txt").write_text("１ 窓口\n\n（１）待ち時間を半分に短くする。\n", encoding="utf-8")
    rows = json.loads(run("compare", "old.txt", "new.txt", "--format", "json").stdout)
    assert rows[1] == {
        "old": 1,
        "new": 2,
        "old_text": "（１）待ち時間を短くする。",
        "new_text": "（１）待ち時間を半分に短くする。",
        "old_marks": [],
        "new_marks": [[8, 11]],
    }


def test_a_changed_ending_is_shown_as_one_mark(run: Run, tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_text("（１）窓口の待ち時間を短くする。\n", encoding="utf-8")
    (tmp_path / "new.txt").write_text("（１）窓口の待ち時間を短くし、番号札で案内する。\n", encoding="utf-8")
    shown = run("compare", "old.txt", "new.txt").stdout
    assert shown.count("［＋") == 1
    assert run("compare", "old.txt", "new.txt", "--format", "html").stdout.count("<ins>") == 1


def test_compare_shows_two_datasets_in_a_terminal_and_as_a_page(run: Run, samples: Path) -> None:
    text = run("compare", "gunma-r6", "gunma-r7").stdout
    assert "［＋" in text
    assert "変更" in text.splitlines()[-1]
    page = run("compare", "gunma-r6", "gunma-r7", "--format", "html").stdout
    assert "<ins>" in page
    assert "備考" in page


def test_a_reviewed_word_file_is_shown_before_and_after_its_changes(run: Run, tmp_path: Path) -> None:
    saved(tmp_path, p(t("毎") + dele("週") + ins("月")), name="back.docx")
    result = run("compare", "back.docx")
    assert result.exit_code == 0
    assert "旧   毎［－週－］\n新   毎［＋月＋］\n" in result.stdout
    assert json.loads(run("compare", "back.docx", "--format", "json").stdout)[0]["new_text"] == "毎月"
    assert "<ins>月</ins>" in run("compare", "back.docx", "--format", "html").stdout


def test_two_word_files_are_compared_as_after_their_changes(run: Run, tmp_path: Path) -> None:
    saved(tmp_path, p(t("毎週開く。")) + p() + p(t("同じ。")), name="a.docx")
    saved(tmp_path, p(t("毎") + dele("週") + ins("月") + t("開く。")) + p(t("同じ。")), name="b.docx")
    result = run("compare", "a.docx", "b.docx", "--format", "json")
    rows = [(row["old"], row["new"], row["new_text"]) for row in json.loads(result.stdout)]
    assert rows == [(0, 0, "毎月開く。"), (2, 1, "同じ。")]
    assert "注意 b.docx: この文書には、確定していない変更が2か所あります" in result.stderr
    assert "a.docx" not in result.stderr


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["a.pdf"], "PDF に書き込まれた注釈や線は読めません"),
        (["a.pdf", "b.docx"], "PDF に書き込まれた注釈や線は読めません"),
        (["none.docx"], "このファイルはありません"),
        (["b.docx", "gunma-r7"], "これは、Word の文書（.docx）です"),
        (["a.txt"], "新 を書いてください"),
        (["a.txt", "b.docx"], "これは、Word の文書（.docx）です"),
    ],
)
def test_what_cannot_be_compared_is_told_what_to_do(
    run: Run, samples: Path, tmp_path: Path, args: list[str], said: str
) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "a.txt").write_text("甲", encoding="utf-8")
    saved(tmp_path, p(t("甲")), name="b.docx")
    result = run("compare", *args)
    assert result.exit_code in (1, 2)
    assert said in result.stderr


def test_every_fault_of_a_dataset_that_cannot_be_compared_is_shown(run: Run, samples: Path) -> None:
    edit(samples / "gunma-r7" / "budget.yaml", "amount: 2902000", "amount: 2902000.5")
    edit(samples / "gunma-r7" / "kpis.yaml", "bound: とする", "bound: くらい")
    result = run("compare", "gunma-r6", "gunma-r7")
    assert result.exit_code == 1
    assert result.stderr.count("誤り gunma-r7/") == 2


def test_import_makes_a_dataset_that_builds(run: Run, tmp_path: Path) -> None:
    lines = [
        "1. 基盤の強化",
        "○ 窓口",
        "① 案内の改善",
        "・掲示を大きくする。",
        "② 電話の応対",
        "・折り返しを早くする。",
    ]
    (tmp_path / "plan.txt").write_text("\n".join(lines), encoding="utf-8")
    result = run("import", "plan.txt", "yamaguchi-r8", "--branch", "山口支部", "--year", "2026（令和8）年度")
    assert result.exit_code == 0, result.output
    plan = Path("data/yamaguchi-r8/plan.md").read_text(encoding="utf-8").splitlines()
    assert plan == lines
    assert run("build", "yamaguchi-r8", "--format", "html").exit_code == 0
    assert "2026（令和8）年度 山口支部" in next(Path("output/yamaguchi-r8").iterdir()).read_text(
        encoding="utf-8"
    )


def test_import_says_that_a_text_has_no_headings(run: Run, tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text("番号のない文。\n", encoding="utf-8")
    said = run("import", "plan.txt", "yamaguchi-r8").stdout
    assert "見出しの番号: なし（番号の付いた見出しが見つかりません）" in said
    assert "次に: handouts check yamaguchi-r8" in said


def test_compare_says_which_file_is_not_there(run: Run, samples: Path, tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text("Ⅰ．柱\n", encoding="utf-8")
    for names in (["plan.txt", "none.txt"], ["none.txt", "plan.txt"]):
        result = run("compare", *names)
        assert (result.exit_code, "none.txt というファイルがありません" in result.stderr) == (1, True)
    assert "テキストファイル同士" in run("compare", "plan.txt", "gunma-r7").stderr


def test_import_never_overwrites_a_plan(run: Run, samples: Path, tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text("１ 別の計画\n本文を書く。", encoding="utf-8")
    before = (samples / "gunma-r7" / "plan.md").read_bytes()
    result = run("import", "plan.txt", "gunma-r7")
    assert result.exit_code == 1
    assert "すでにあります" in result.stderr
    assert (samples / "gunma-r7" / "plan.md").read_bytes() == before


def test_import_into_a_dataset_keeps_the_comments_of_its_settings(
    run: Run, samples: Path, tmp_path: Path
) -> None:
    (samples / "gunma-r7" / "plan.md").unlink()
    (tmp_path / "plan.txt").write_text("1. 基盤\n① 窓口\n明るく応対する。", encoding="utf-8")
    assert run("import", "plan.txt", "gunma-r7").exit_code == 0
    settings = (samples / "gunma-r7" / "dataset.yaml").read_text(encoding="utf-8")
    assert "# 会議と資料の基本情報" in settings
    assert '"1. "' in settings or "'1. '" in settings


def test_a_year_that_never_was_in_the_name_of_a_dataset_is_no_year(run: Run, tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text("１ 計画\n本文を書く。", encoding="utf-8")
    result = run("import", "plan.txt", "gunma-r0", "--branch", "群馬")
    assert result.exit_code == 0, result.stderr
    assert "年度を令和" in result.stderr


def test_new_makes_a_dataset_that_builds_at_once(run: Run) -> None:
    made = run("new", "fukushima-r8", "--branch", "福島", "--year", "令和8年度")
    assert "handouts check fukushima-r8 で確かめる" in made.stdout
    result = run("build", "fukushima-r8", "--format", "html")
    assert result.exit_code == 0, result.stderr


def test_what_new_has_made_is_not_handed_out_as_it_is(run: Run) -> None:
    run("new", "fukushima-r8", "--branch", "福島", "--year", "令和8年度")
    result = run("build", "fukushima-r8", "--format", "html", "--strict")
    assert result.exit_code == 1
    assert "ひな形の記入例「広報誌の作成（例）」がそのまま残っています" in result.stderr
    assert "開催日が書かれていない" in result.stderr


def test_a_year_in_short_is_printed_in_full(run: Run) -> None:
    run("new", "fukushima-r8", "--branch", "福島", "--year", "R8")
    assert "fiscal_year: 令和8年度" in Path("data/fukushima-r8/dataset.yaml").read_text(encoding="utf-8")


def test_new_names_the_year_before_where_it_lies_beside_it(run: Run, samples: Path) -> None:
    run("new", "gunma-r8", "--branch", "群馬", "--year", "令和8年度")
    assert "previous: gunma-r7" in Path("data/gunma-r8/dataset.yaml").read_text(encoding="utf-8")


def test_new_never_touches_a_folder_that_is_there(run: Run, samples: Path) -> None:
    assert run("new", "gunma-r7", "--branch", "群馬", "--year", "令和7年度").exit_code == 1


def test_list_shows_datasets_and_kinds(run: Run, samples: Path) -> None:
    shown = run("list").stdout
    assert "gunma-r7  群馬支部 令和7年度 案" in shown
    assert "plan-budget" in shown


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["bild"], "「bild」というコマンドはありません"),
        (["build", "--formt", "pdf"], "「--formt」というオプションはありません"),
        (["build", "--format", "doc"], "pdf、docx、xlsx、html"),
        (["build", "--kind", "plans"], "plan-budget"),
        (["build", "nowhere"], "「nowhere」が見つかりません"),
        (["build"], "データがありません"),
        (["new", "x-r8", "--branch", "群馬"], "--year を書いてください"),
        (["compare", "only-one"], "新 を書いてください"),
        (["check", "--format", "xml"], "text、json"),
        (["list", "too", "many"], "余分な引数"),
        (["build", "--out"], "--out の後に値を書いてください"),
        (["build", "--strict=1"], "--strict の後に値は書けません"),
        (["workbook"], "コマンド:"),
        (["workbook", "collect", "a.xlsx", "b", "--marked", __file__], "はフォルダーではなく、ファイルです"),
        (["new", "\udcff-r8", "--branch", "群馬", "--year", "R8"], "「\ufffd-r8」は、文字として読めません"),
    ],
)
def test_wrong_usage_is_explained_in_japanese_with_exit_code_2(
    run: Run, args: list[str], message: str
) -> None:
    result = run(*args)
    assert result.exit_code == 2
    assert message in result.stderr
    assert "Error" not in result.stderr


LONG = "あ" * 100  # 300 bytes, of which a name may have 255


@pytest.mark.parametrize(
    "args",
    [
        ["build", LONG],
        ["build", "gunma-r6", "--format", "html", "--out", LONG],
        ["check", LONG],
        ["compare", LONG, "gunma-r6"],
        ["mail", LONG, "--to", "支部内"],
        ["mail", "gunma-r6", "--to", "a@example.jp", "--out", LONG],
        ["workbook", "export", LONG, "a.xlsx"],
        ["workbook", "export", "gunma-r6", f"{LONG}.xlsx"],
        ["workbook", "import", f"{LONG}.xlsx", "gunma-r6"],
        ["workbook", "import", "a.xlsx", LONG],
        ["workbook", "collect", f"{LONG}.xlsx", "gunma-r6"],
        ["workbook", "collect", "a.xlsx", LONG],
        ["import", LONG, "new-r8"],
        ["import", "data/gunma-r6/plan.md", LONG],
        ["new", LONG, "--branch", "群馬", "--year", "R8"],
    ],
)
def test_a_name_that_no_file_can_have_is_explained(run: Run, samples: Path, args: list[str]) -> None:
    result = run(*args)
    assert result.exit_code in (1, 2)
    assert isinstance(result.exception, SystemExit)
    assert "誤り" in result.stderr


def test_a_last_year_whose_name_no_file_can_have_is_not_there(run: Run, samples: Path) -> None:
    edit(samples / "gunma-r7" / "dataset.yaml", "previous: gunma-r6", f"previous: {LONG}")
    assert f"データ「{LONG}」が data にありません" in run("check", "gunma-r7").stdout


@pytest.mark.parametrize("command", ["build", "check", "compare", "mail", "import", "new", "list"])
def test_every_command_explains_itself_in_japanese(run: Run, command: str) -> None:
    shown = run(command, "--help").stdout
    assert "使い方" in shown
    assert "この説明を表示して終わる" in shown
    assert not any(word in shown for word in ("Usage", "Options", "Show this", "default", "required"))
    about = shown.split("\n\n", 1)[1].split("オプション:")[0]
    assert not re.search("[ぁ-んァ-ヶ一-龥、。] [ぁ-んァ-ヶ一-龥]", about)
    assert not re.search("^ *[、。）ー]", about, re.MULTILINE)


def test_the_readme_names_every_command() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert all(f"`handouts {name}" in readme for name in main.commands)
