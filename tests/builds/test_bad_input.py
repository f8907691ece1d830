"""Whatever is entered, the command line makes a right document or says in Japanese what is wrong and where.

Never a traceback, never a file half written, and a fault leaves the output folder as it was.
"""

from __future__ import annotations

import os
import re
import tempfile
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from handouts.commands.main import main
from handouts.dataset.plan_text import parse_plan
from handouts.dataset.settings import NumberingStyle
from handouts.findings import DataFaults
from handouts.word import write_word
from tests.builds.built import lines_of
from tests.builds.paper import Paper, blankless, read_words
from tests.builds.word_file import read_halves, text_of, word_part
from tests.pages import TEMPLATES, look, plan_budget_page
from tests.samples import plan_dataset
from tests.unit.word.pages import CREATED, TEMPLATE

FILES: Mapping[str, str] = {
    "dataset.yaml": "branch: 群馬\nfiscal_year: 令和7年度\nedition: 案\nprevious: gunma-r6\n"
    "handouts:\n  plan-budget:\n    date: 2025-01-17\n    material: 資料2-1\n    meeting: 第3回群馬支部評議会\n",
    "plan.md": "Ⅰ．基盤\n１ 財政 {#zaisei}\n（１）窓口を明るくする。\n",
    "budget.yaml": "initiatives:\n  - id: chirashi\n    name: チラシ\n    topic: zaisei\n    amount: 2902000\n",
    "kpis.yaml": "kpis:\n  - id: rate\n    name: 実施率\n    target: 62.2\n    unit: '%'\n",
}
LAST_YEAR = {
    **FILES,
    "dataset.yaml": FILES["dataset.yaml"]
    .replace("7年度\nedition: 案\nprevious: gunma-r6", "6年度\nedition: 案")
    .replace("2025-01-17", "2024-01-17"),
}
USES_KPI = {"plan.md": FILES["plan.md"] + "■KPI：{kpi:rate}\n"}
Write = Callable[..., Path]


def write_dataset(folder: Path, files: Mapping[str, str | bytes | None]) -> Path:
    """A dataset with these files; None leaves one out."""
    folder.mkdir(parents=True)
    for name, content in files.items():
        if content is not None:
            (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Writes a dataset into ./data of an empty working folder, and last year's beside it."""
    monkeypatch.chdir(tmp_path)
    write_dataset(tmp_path / "data" / "gunma-r6", {**LAST_YEAR, **USES_KPI})
    return lambda name="gunma-r7", **files: write_dataset(
        tmp_path / "data" / name,
        {**FILES, **USES_KPI, **{each.replace("_", "."): files[each] for each in files}},
    )


def handouts(*args: object) -> Result:
    """Calls the command line, which must never end with a traceback."""
    result = CliRunner().invoke(main, [str(arg) for arg in args], prog_name="handouts")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    assert "Traceback" not in result.output
    return result


def build(name: str | Path = "gunma-r7", formats: str = "docx", *more: str) -> Result:
    return handouts("build", name, "--format", formats, *more)


def written(folder: str = "output") -> dict[str, bytes]:
    """What stands in the output folder, by suffix."""
    return {path.suffix: path.read_bytes() for path in Path(folder).rglob("*") if path.is_file()}


def assert_refused(result: Result, *words: str) -> None:
    """Exit code 1, each of these words in the message, and nothing written."""
    assert result.exit_code == 1
    assert [word for word in words if word not in result.stderr] == []
    assert written() == {}


def edited(file: str, old: str, new: str) -> dict[str, str]:
    """The keyword for `write` with one of its files changed."""
    text = {**FILES, **USES_KPI}[file]
    assert old in text
    return {file.replace(".", "_"): text.replace(old, new, 1)}


# Faults in the files of a dataset


def test_the_dataset_that_the_faults_are_put_into_is_itself_without_fault(write: Write) -> None:
    write()
    result = build()
    assert (result.exit_code, result.stderr) == (0, "")
    assert set(written()) == {".docx"}


@pytest.mark.parametrize(
    ("file", "old", "new", "place", "words"),
    [
        ("budget.yaml", "    amount", "\tamount", "budget.yaml 5行", "タブ"),
        ("budget.yaml", "id: chirashi", "id： chirashi", "budget.yaml 2行", "全角"),
        ("budget.yaml", "initiatives:", "initiatives: [", "budget.yaml 2行", "読み取れません"),
        ("budget.yaml", "amount:", "colour: 赤\n    amount:", "budget.yaml 5行", "「colour」というキーはありません"),
        ("budget.yaml", "2902000", "2902000.5", "budget.yaml 5行", "端数"),
        ("budget.yaml", "2902000", "-2902000", "budget.yaml 5行", "0より小さい"),
        ("budget.yaml", "2902000", "たくさん", "budget.yaml 5行", "数として読めません"),
        ("budget.yaml", "2902000", "9" * 30, "budget.yaml 5行", "桁が多すぎます"),
        ("budget.yaml", "2902000", "[1, 2]", "budget.yaml 5行", "予算額"),
        ("budget.yaml", "zaisei", "zaise", "budget.yaml 4行", "「１ 財政」（id: zaisei）"),
        ("budget.yaml", "チラシ", '"a\\0b"', "budget.yaml 3行", "制御文字"),
        ("dataset.yaml", "edition: 案", "edition: 第2版", "dataset.yaml 3行", "案、本部提出、最終"),
        ("dataset.yaml", "令和7年度", "平成99年度の", "dataset.yaml 2行", "年度として読めません"),
        ("dataset.yaml", "2025-01-17", "2025-02-30", "dataset.yaml 7行", "暦にない"),
        ("dataset.yaml", "plan-budget", "plan-bujet", "dataset.yaml 6行", "plan-budget"),
        ("dataset.yaml", "gunma-r6", "../gunma-r6", "dataset.yaml 4行", "フォルダーの名前"),
        ("dataset.yaml", "gunma-r6", "gunma-r7", "dataset.yaml 4行", "自身"),
        ("kpis.yaml", "target: 62.2", "bound: 以上", "kpis.yaml 2行", "目標（target）も文"),
        ("plan.md", "{kpi:rate}", "{kpi:rete}", "plan.md 4行", "「rate」"),
        ("plan.md", "窓口", "窓\a口", "plan.md 3行", "U+0007"),
        ("plan.md", "窓口", "窓\u2028口", "plan.md 3行", "U+2028"),
        ("plan.md", "zaisei", "財政", "plan.md 2行", "id「財政」は使えません"),
    ],
)  # fmt: skip
def test_a_fault_is_explained_with_its_place(
    write: Write, file: str, old: str, new: str, place: str, words: str
) -> None:
    write(**edited(file, old, new))
    assert_refused(build(), f"gunma-r7/{place}", words)
    checked = handouts("check", "gunma-r7")
    assert checked.exit_code == 1
    assert f"gunma-r7/{place}" in checked.stdout


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"plan_md": ""}, "計画の段落がありません"),
        ({"plan_md": "\n \n\u3000\n"}, "計画の段落がありません"),
        ({"plan_md": None}, "plan.md がありません"),
        ({"plan_md": FILES["plan.md"].encode("utf-16-be")}, "文字として読めません"),
        ({"plan_md": FILES["plan.md"].encode().replace("窓".encode(), b"\xff")}, "3行"),
        ({"dataset_yaml": ""}, "「branch」（支部の名前）がありません"),
        ({"dataset_yaml": None}, "dataset.yaml がありません"),
        ({"dataset_yaml": b"\x00\x01\x02"}, "dataset.yaml"),
        ({"budget_yaml": FILES["budget.yaml"] + FILES["budget.yaml"].split("\n", 1)[1]}, "2回使われています"),
        ({"plan_md": "１ 財政 {#zaisei}\n本文。 {#zaisei}\n"}, "id「zaisei」は1行目にもあります"),
    ],
)
def test_a_file_that_is_no_good_as_a_whole_is_explained(
    write: Write, files: dict[str, str | bytes | None], words: str
) -> None:
    write(**files)
    assert_refused(build(), "gunma-r7/", words)
    assert handouts("check", "gunma-r7").exit_code == 1


@pytest.mark.parametrize("amount", ['"2,902千円"', "2,902,000円", "２，９０２千円", "2902000"])
def test_an_amount_may_be_written_as_people_write_it(write: Write, amount: str) -> None:
    write(**edited("budget.yaml", "2902000", amount))
    assert build("gunma-r7", "html").exit_code == 0
    assert "2,902千円" in written()[".html"].decode()


def test_strict_writes_nothing_where_anything_is_odd(write: Write) -> None:
    write(**edited("plan.md", "（１）窓口", "（３）窓口"))
    assert_refused(build("gunma-r7", "docx", "--strict"), "plan.md 3行", "（１）")
    assert build().exit_code == 0


def test_a_fault_leaves_the_files_of_the_run_before(write: Write) -> None:
    folder = write()
    build()
    before = written()
    (folder / "plan.md").write_text("", encoding="utf-8")
    assert build().exit_code == 1
    assert written() == before


# Faults in figures by month, results, execution and progress


REPORT: Mapping[str, str] = {
    "dataset.yaml": "branch: 群馬\nfiscal_year: 令和7年度\nedition: 最終\nhandouts:\n  progress:\n"
    "    date: 2025-12-10\n    material: 資料1\n    meeting: 第2回群馬支部評議会\n",
    "plan.md": "Ⅰ．基盤\n１ 健診 {#kenshin}\n（１）受診を勧める。 {#kansho}\n■KPI：{kpi:rate} {#kansho-kpi}\n",
    "budget.yaml": "fields:\n  - id: keihi\n    name: 健診経費\n    topic: kenshin\n    amount: 9000000\n"
    "    executed: 1045072\ninitiatives:\n  - id: chirashi\n    name: チラシ\n    field: keihi\n",
    "kpis.yaml": "kpis:\n  - id: rate\n    name: 受診率\n    target: 対前年度以上\n    unit: '%'\n    actuals: {R6: 61.0}\n"
    "populations:\n  - id: hito\n    group: 被保険者\n    item: 健診\n    eligible: 1000\n    rate: 61.0\n    planned: 610\n",
    "monthly.yaml": "as_of: 9月\ntables:\n  - id: checkup\n    caption: 受診者数\n    kpi: rate\n    unit: 人\n"
    "    rows: [単月, 累計, 率]\n    series:\n      - year: R7\n        population: hito\n"
    "        values: [10, 20, 30, 40, 50, 60, null, null, null, null, null, null]\n",
    "progress.yaml": "items:\n  - heading: kenshin\n    badge: インセンティブ関連\nentries:\n  - plan: kansho\n    mark: ○\n"
    "    text: |\n      ・案内を送った。\n      ```\n      期間 | 結果\n      6月 | 1,200件\n      ```\n"
    "  - plan: kansho-kpi\n    kpi: rate\n    monthly: [checkup]\n",
}


def report(write: Write, file: str = "", old: str = "", new: str = "") -> None:
    """Writes a dataset that reports progress, with one of its files changed."""
    files = {**REPORT}
    if file:
        assert old in files[file]
        files[file] = files[file].replace(old, new, 1)
    write(**{name.replace(".", "_"): text for name, text in files.items()})


def test_the_report_that_the_faults_are_put_into_is_itself_without_fault(write: Write) -> None:
    report(write)
    result = build("gunma-r7", "docx", "--strict")
    assert (result.exit_code, result.stderr) == (0, "")
    assert set(written()) == {".docx"}


@pytest.mark.parametrize(
    ("file", "old", "new", "place", "words"),
    [
        ("monthly.yaml", "[10, 20, 30, 40, 50, 60,", "[10, 20, 30, 40, 50,", "monthly.yaml 11行17文字目（tables[1].series[1].values）", "11か月分です"),
        ("monthly.yaml", "60, null", "60, null, null", "monthly.yaml 11行17文字目（tables[1].series[1].values）", "13か月分です"),
        ("monthly.yaml", "[10, 20, 30, 40, 50, 60, null, null, null, null, null, null]", "{13月: 5}", "monthly.yaml 11行18文字目（tables[1].series[1].values.13月）", "「13月」は月ではありません"),
        ("monthly.yaml", "as_of: 9月", "as_of: 13月", "monthly.yaml 1行8文字目（as_of）", "「13月」は月ではありません"),
        ("monthly.yaml", "20,", '"1,2a4",', "monthly.yaml 11行22文字目（tables[1].series[1].values[2]）", "「1,2a4」は数として読めません"),
        ("monthly.yaml", "[10, 20,", "[10, , 20,", "monthly.yaml 11行", "null と書きます"),
        ("monthly.yaml", "60, null", "60, 70", "monthly.yaml 11行42文字目（tables[1].series[1].values[7]）", "まだ来ていない10月に 70 が入っています"),
        ("monthly.yaml", "60, null", "60, 0", "monthly.yaml 11行42文字目（tables[1].series[1].values[7]）", "来ていない月は空（null）に"),
        ("monthly.yaml", "population: hito", "label: 受診者", "monthly.yaml 9行9文字目（tables[1].series[1]）", "対象者数がありません"),
        ("monthly.yaml", "population: hito", "population: hitto", "monthly.yaml 10行", "「hito」の書き間違い"),
        ("monthly.yaml", "id: checkup", f"id: {'a' * 19}", "monthly.yaml 3行", "18文字まで"),
        ("kpis.yaml", "rate: 61.0", "rate: 161.0", "kpis.yaml 12行11文字目（populations[1].rate）", "100より大きい数です"),
        ("kpis.yaml", "    actuals: {R6: 61.0}\n", "", "kpis.yaml 2行5文字目（kpis[1]）", "前年度の実績がないので、印が決まりません"),
        ("kpis.yaml", "target: 対前年度以上", "group: 保健", "kpis.yaml 2行", "目標（target）も文"),
        ("kpis.yaml", "{R6: 61.0}", "{R7: 61.0}", "kpis.yaml 2行", "前年度の実績がないので"),
        ("kpis.yaml", "{R6: 61.0}", "{R6: 61.0, R7: 良好}", "kpis.yaml 6行", "「良好」は数として読めません"),
        ("kpis.yaml", "{R6: 61.0}", "{R6: 61.0, R7: 実施}", "kpis.yaml 6行", "今年度の実績が「実施」です"),
        ("kpis.yaml", "{R6: 61.0}", "{R6: 61.0, 令和6年度: 62}", "kpis.yaml 6行", "同じ月や年度を2回"),
        ("kpis.yaml", "unit: '%'", "mark: ◉", "kpis.yaml 5行", "「◉」は使えません。◎、○、△、×、□ のどれか"),
        ("kpis.yaml", "{R6: 61.0}", "{R5: 61.0}\n    mark: ○\n    sentence: '{before}以上'", "kpis.yaml 8行15文字目（kpis[1].sentence）", "文に {before} がありますが、前年度の実績（数）がありません"),
        ("progress.yaml", "mark: ○", "mark: 済", "progress.yaml 6行11文字目（entries[1].mark）", "「済」は使えません。◎、○、△、×、□ のどれか"),
        ("progress.yaml", "plan: kansho\n", "plan: kanshoo\n", "progress.yaml 5行11文字目（entries[1].plan）", "「kansho」の書き間違い"),
        ("progress.yaml", "heading: kenshin", "heading: 健康診断", "progress.yaml 2行", "事業の heading「健康診断」に当たる見出しが計画にありません"),
        ("progress.yaml", "6月 | 1,200件", "6月", "progress.yaml 11行（entries[1].text）", "表のこの行は1欄です"),
        ("progress.yaml", "6月 | 1,200件\n      ```\n", "6月 | 1,200件\n", "progress.yaml 9行（entries[1].text）", "終わりの「```」がありません"),
        ("progress.yaml", "・案内を送った。", "・{kpi:rat.actual}だった。", "progress.yaml 8行（entries[1].text）", "「rate」の書き間違い"),
        ("progress.yaml", "・案内を送った。", "・{progress:own} {#own}", "progress.yaml 8行（entries[1].text）", "自分自身の文を指しています"),
        ("progress.yaml", "[checkup]", "[chekup]", "progress.yaml 15行15文字目（entries[2].monthly[1]）", "「checkup」の書き間違い"),
        ("budget.yaml", "    amount: 9000000\n", "", "budget.yaml 5行", "執行額 1,045,072円がありますが、予算額（amount）がありません"),
        ("budget.yaml", "field: keihi", "field: kehi", "budget.yaml 10行", "「keihi」の書き間違い"),
        ("budget.yaml", "field: keihi", "executed: 5", "budget.yaml 8行", "執行額 5円がありますが、予算額（amount）がありません"),
        ("budget.yaml", "field: keihi", "field: keihi\n    amount: 5", "budget.yaml 5行", "その中の取組「チラシ」にも予算額（amount）があります"),
    ],
)  # fmt: skip
def test_a_fault_in_a_report_is_explained_with_its_place(
    write: Write, file: str, old: str, new: str, place: str, words: str
) -> None:
    report(write, file, old, new)
    assert_refused(build(), f"gunma-r7/{place}", words)
    checked = handouts("check", "gunma-r7")
    assert checked.exit_code == 1
    assert f"gunma-r7/{place}" in checked.stdout


@pytest.mark.parametrize("mark", ["〇", "◯", "○"])
def test_circles_that_look_alike_are_one_mark(write: Write, mark: str) -> None:
    report(write, "progress.yaml", "mark: ○", f"mark: {mark}")
    assert build("gunma-r7", "html", "--strict").exit_code == 0
    assert "〇" not in written()[".html"].decode()
    assert "◯" not in written()[".html"].decode()


@pytest.mark.parametrize(
    ("file", "old", "new", "place", "words"),
    [
        ("monthly.yaml", "[10, 20", "[10, 991", "monthly.yaml 9行9文字目（tables[1].series[1]）", "率 100.1% は100%を超えています"),
        ("monthly.yaml", "20, 30", "20, null", "monthly.yaml 11行26文字目（tables[1].series[1].values[3]）", "6月が空です"),
        ("monthly.yaml", "50, 60", "50, null", "monthly.yaml 3行", "8月までで、9月の数がありません"),
        ("kpis.yaml", "{R6: 61.0}", "{R6: 610}", "kpis.yaml 6行19文字目（kpis[1].actuals.R6）", "610%は100%を超えています"),
        ("budget.yaml", "executed: 1045072", "executed: 90000001", "budget.yaml 6行15文字目（fields[1].executed）", "大きく上回ります"),
        ("progress.yaml", "    kpi: rate\n", "", "progress.yaml 13行5文字目（entries[2]）", "記録「kansho-kpi」に印がありません"),
    ],
)  # fmt: skip
def test_what_is_odd_in_a_report_stops_a_strict_build_alone(
    write: Write, file: str, old: str, new: str, place: str, words: str
) -> None:
    report(write, file, old, new)
    assert_refused(build("gunma-r7", "docx", "--strict"), f"注意 gunma-r7/{place}", words)
    assert handouts("check", "gunma-r7").exit_code == 1
    assert build().exit_code == 0


# Last year


def test_a_missing_last_year_is_noted_and_built_without(write: Write) -> None:
    write(**edited("dataset.yaml", "gunma-r6", "gunma-r5"))
    result = build("gunma-r7", "html")
    assert result.exit_code == 0
    assert "「gunma-r5」が data にありません" in result.stderr
    assert "令和6年度のデータがない" in written()[".html"].decode()


@pytest.mark.parametrize(
    ("file", "content", "words"),
    [
        ("budget.yaml", "initiatives: [\n", "gunma-r6/budget.yaml 1行"),
        ("plan.md", "", "gunma-r6/plan.md"),
        ("plan.md", "■KPI：{kpi:nothing}\n", "gunma-r6/plan.md 1行"),
        ("dataset.yaml", "a: b: c\n", "gunma-r6/dataset.yaml 1行"),
    ],
)
def test_a_fault_of_last_year_stops_this_year_and_names_its_file(
    write: Write, file: str, content: str, words: str
) -> None:
    write()
    (Path("data/gunma-r6") / file).write_text(content, encoding="utf-8")
    assert_refused(build(), words)


def test_a_file_in_the_place_of_last_year_is_explained(write: Write) -> None:
    write(**edited("dataset.yaml", "gunma-r6", "gunma-r5"))
    Path("data/gunma-r5").write_text("x", encoding="utf-8")
    assert_refused(build(), "data/gunma-r5: これはフォルダーではありません")


# Encodings and names


@pytest.mark.parametrize(
    ("encoding", "note"),
    [("utf-8-sig", ""), ("cp932", "Shift_JIS（ANSI） なので、読み替えました"), ("utf-16", "UTF-16 なので")],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_the_encodings_of_windows_give_the_same_document(
    write: Write, encoding: str, note: str, newline: str
) -> None:
    folder = write()
    build()
    before = written()
    for name in FILES:
        text = (folder / name).read_text(encoding="utf-8")
        (folder / name).write_bytes(text.replace("\n", newline).encode(encoding))
    result = build()
    assert result.exit_code == 0
    assert written() == before
    assert (note in result.stderr) if note else (result.stderr == "")


@pytest.mark.parametrize("name", ["群馬 令和7", "gunma　r7", "データ（案）"])
def test_a_folder_may_have_a_blank_or_japanese_name(write: Write, name: str) -> None:
    write(name)
    assert build(name).exit_code == 0
    assert [path.name for path in Path("output").iterdir()] == [name]


def test_the_final_edition_bears_no_mark_of_a_draft(write: Write) -> None:
    write(**edited("dataset.yaml", "edition: 案", "edition: 最終"))
    assert build().exit_code == 0
    assert all("（案）" not in path.name for path in Path("output").rglob("*"))
    assert "（案）" not in "".join(text_of(part) for part in [word_part(written()[".docx"])])


def test_a_title_longer_than_a_file_name_and_a_property_may_be(write: Write) -> None:
    write(**edited("dataset.yaml", "    date:", f"    title: {'表題' * 200}\n    date:"))
    assert build().exit_code == 0
    assert "表題" * 200 in text_of(word_part(written()[".docx"]))


# Characters


@pytest.mark.parametrize(
    ("character", "words"),
    [
        ("🌸", "文字「🌸」（U+1F338）"),
        ("𠮷", "文字「𠮷」（U+20BB7）"),
        ("\ue000", "外字「\ue000」（U+E000）"),
        ("\u202e", "目に見えない文字（U+202E"),
        ("ש", "文字「ש」（U+05E9）"),
        ("م", "文字「م」（U+0645）"),
    ],
)
@pytest.mark.parametrize(("file", "line"), [("plan.md", 3), ("budget.yaml", 3)])
def test_a_character_that_no_font_has_is_named_with_its_place(
    write: Write, character: str, words: str, file: str, line: int
) -> None:
    write(**edited(file, "窓口" if file == "plan.md" else "チラシ", f"字{character}形"))
    assert_refused(build(), f"gunma-r7/{file} {line}行", words)


ODD_TEXTS = {
    "html": "<b>太字</b>と<br>と &amp; と &lt; と \"引用\" と 'これ'",
    "script": "</p></style><script>alert('x')</script>",
    "jinja": "{{ 7 * 7 }} と {% for x in y %} と {# 注 #} です",
    "word": "</w:t></w:r><w:p/> と ]]> と <![CDATA[ と &#xD;",
    "half width": "半角ｶﾞｷﾞ ﾊﾟ",
    "blanks": "全角\u3000空白",
    "braces": "{foo} と {} と ｛KPI｝",
    "backslash": "C:\\data\\n と \\t",
    "percent": "%s と %(x)d と {0}",
    "latin": "a" * 500,
    "url": "https://example.jp/" + "very-long-path/" * 20,
    "old kanji": "髙﨑と辻と祇園と㈱と㍻",
}


@cache
def odd_files() -> Mapping[str, bytes]:
    """The handout of a plan of odd texts beside the plan of last year, and of odd names of initiatives."""
    rows = "".join(f"（{number}）{text}\n" for number, text in enumerate(ODD_TEXTS.values(), 1))
    names = [text.replace('"', "'") for text in ODD_TEXTS.values()] + ["長い名称" * 75]
    budget = "".join(
        f'  - id: i{number}\n    name: "{name}"\n    topic: zaisei\n    amount: {number}000\n'
        for number, name in enumerate((name.replace("\\", "\\\\") for name in names), 1)
    )
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        write_dataset(data / "gunma-r6", LAST_YEAR)
        this_year = {
            "plan.md": f"Ⅰ．基盤\n１ 財政 {{#zaisei}}\n{rows}",
            "budget.yaml": f"initiatives:\n{budget}",
        }
        path = write_dataset(data / "gunma-r7", {**FILES, **this_year})
        result = build(path, "pdf,docx,html", "--out", f"{folder}/output")
        assert result.exit_code == 0, result.stderr
        return written(f"{folder}/output")


def printed_html(page: bytes) -> list[str]:
    """The paragraphs of this year's plan, and the names of its initiatives, in a built page."""
    root = lxml_html.fromstring(page.decode())
    found = root.xpath("//*[starts-with(@data-ref, 'plan:') or starts-with(@data-ref, 'budget:')]")
    return [part.text_content() for part in found]


@pytest.mark.parametrize("text", ODD_TEXTS.values(), ids=ODD_TEXTS)
def test_a_text_is_printed_as_it_stands(text: str) -> None:
    assert any(text in line for line in printed_html(odd_files()[".html"]))
    assert any(text in line for line in read_halves(odd_files()[".docx"])[0].plan)
    assert normal(text) in normal("".join(line.text for line in odd_paper().plan(0)))


@pytest.mark.parametrize("text", ODD_TEXTS.values(), ids=ODD_TEXTS)
def test_a_name_is_printed_as_it_stands(text: str) -> None:
    name = f"（新）{text}".replace('"', "'")
    assert name in printed_html(odd_files()[".html"])
    assert name in [name for name, _ in read_halves(odd_files()[".docx"])[0].budget]
    assert normal(name) in normal("".join(line.text for line in odd_paper().budget(0)[0]))


def normal(text: str) -> str:
    """`text` without blanks, and with composed characters, as poppler gives them."""
    return unicodedata.normalize("NFC", blankless(text))


@cache
def odd_paper() -> Paper:
    return Paper(*read_words(odd_files()[".pdf"]), look(), ("令和7年度", "令和6年度"))


def test_a_name_of_300_characters_has_the_head_above_it_on_every_page() -> None:
    assert normal("（新）" + "長い名称" * 75) in normal(
        "".join(line.text for line in odd_paper().budget(0)[0])
    )
    assert set(odd_paper().first_bands[1:]) == {"pillar"}


def test_nothing_odd_leaves_its_column() -> None:
    for word in odd_paper().body:
        assert any(
            left - 0.5 <= word.left and word.right <= right + 0.5
            for left, right in pairwise(odd_paper().edges)
        )


# Plans of unusual size and shape


def large_paper(write: Write, **files: str) -> tuple[Paper, list[str]]:
    """The PDF of a large plan without last year's, and the paragraphs in its Word file."""
    write(dataset_yaml=FILES["dataset.yaml"].replace("previous: gunma-r6\n", ""), **files)
    result = build("gunma-r7", "pdf,docx")
    assert result.exit_code == 0, result.stderr
    paper = Paper(*read_words(written()[".pdf"]), look(), ("令和7年度",))
    assert set(paper.first_bands[1:]) == {"pillar"}
    return paper, read_halves(written()[".docx"], 1)[0].plan


def test_a_paragraph_of_20000_characters_runs_over_many_pages(write: Write) -> None:
    text = "いろはにほへとちりぬるを、" * 1600
    paper, written = large_paper(write, plan_md=f"Ⅰ．基盤\n１ 財政 {{#zaisei}}\n（１）{text}\n")
    assert len(paper.pages) > 8
    assert "".join(line.text for line in paper.plan(0)) == f"１財政（１）{text}"
    assert written == ["１ 財政", f"（１）{text}"]


def test_a_plan_of_1000_paragraphs_keeps_them_all(write: Write) -> None:
    lines = [f"・{number}番目の段落を書く。" for number in range(1000)]
    paper, written = large_paper(write, plan_md="\n".join(["Ⅰ．基盤", "１ 財政 {#zaisei}", *lines]))
    assert "".join(line.text for line in paper.plan(0)) == "１財政" + "".join(lines)
    assert written == ["１ 財政", *lines]


def test_200_initiatives_of_one_topic_keep_their_amounts(write: Write) -> None:
    rows = [(f"取組の{number}番", f"{number}千円") for number in range(1, 201)]
    budget = "".join(
        f"  - id: i{number}\n    name: {name}\n    topic: zaisei\n    amount: {number}000\n"
        for number, (name, _) in enumerate(rows, 1)
    )
    paper, _ = large_paper(write, budget_yaml=f"initiatives:\n{budget}")
    names, amounts = paper.budget(0)
    assert [(name.text, amount.text) for name, amount in zip(names, amounts, strict=True)] == rows
    assert read_halves(written()[".docx"], 1)[0].budget == rows


@pytest.mark.parametrize(
    ("plan", "printed"),
    [
        ("Ⅰ．基盤\n１ 財政\n（１）見出し\n", ["１ 財政", "（１）見出し"]),
        ("Ⅰ．基盤\nⅡ．戦略\n", []),
        ("Ⅰ．基盤\n① 窓口\n本文を書く。\nア 細かく\n", ["① 窓口", "本文を書く。", "ア 細かく"]),
        (
            "ア 細かく\n本文を書く。\nⅠ．基盤\n（１）後の本文。\n",
            ["ア 細かく", "本文を書く。", "（１）後の本文。"],
        ),
        ("本文だけの計画。\n", ["本文だけの計画。"]),
        ("※ 注だけの計画。\n", ["※ 注だけの計画。"]),
    ],
)
def test_a_plan_of_unusual_shape_is_built(write: Write, plan: str, printed: list[str]) -> None:
    write(plan_md=plan, budget_yaml="", kpis_yaml="")
    result = build()
    assert result.exit_code == 0, result.stderr
    assert read_halves(written()[".docx"])[0].plan == printed


# Templates and look values of the working folder


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("plan-budget.html", "{% for x in %}", "plan-budget.html 1行"),
        ("plan-budget.html", "<html>{{ nothing }}</html>", "ない名前"),
        ("plan-budget.html", "<html>{{ handout.nothing.more }}</html>", "ない名前"),
        ("plan-budget.html", "<html>{{ 1 + 'a' }}</html>", "計算"),
        ("plan-budget.html", "<html>{{ 1 / 0 }}</html>", "0 で割って"),
        ("plan-budget.html", "{% include 'nowhere.html' %}", "nowhere.html"),
        ("plan-budget.html", "<html>表題</html>".encode("cp932"), "UTF-8"),
        ("plan-budget.html", '<html><body class="plan-budget"><div></div></body></html>', "<div>"),
        ("plan-budget.html", '<html><body class="plan-budget"></html>', "<body>"),
        ("components/cover.html", "{% macro kover(x) %}{% endmacro %}", "ない名前"),
        ("handout.css", "{{ look.nothing }}", "ない名前"),
        ("look.toml", "[page\n", "look.toml 1行"),
        ("look.toml", "page = 3\n", "look.toml"),
        ("template.docx", "Word ではない", "template.docx"),
    ],
)  # fmt: skip
def test_a_broken_template_of_the_working_folder_is_explained(
    write: Write, name: str, text: str | bytes, words: str
) -> None:
    write()
    path = Path("templates") / name
    path.parent.mkdir(parents=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    assert_refused(build(), words)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("size = 8.5", 'size = "8.5"', "（font）: size"),
        ("size = 8.5", "size = 0", "0より大きい数"),
        ("size = 8.5", "size = nan", "0より大きい数"),
        ("width = 297", 'width = "A4"', "（page）: width"),
        ("bold = true", 'bold = "yes"', "true か false"),
        ('line = "#404040"', 'line = "darkgrey"', "#404040"),
        ('line = "#404040"', "line = 404040", "#404040"),
        ('align = "center"', 'align = "middle"', '"left"'),
        ("margin_left = 10", "margin_left = 20", "267 mm に合わせてください"),
        ("amount-alone =", "amount-alon =", "「amount-alone」を加えてください。「amount-alon」は書き間違い"),
        ("[styles.item]", "[styles.itme]", "「itme」という項目はありません"),
        ("[colors]", "[colours]", "「colours」という項目はありません"),
        ('family = "BIZ', "family = 'x\"; } BIZ", "（font）: family"),
    ],
)  # fmt: skip
def test_a_wrong_value_in_the_look_of_the_working_folder_is_explained(
    write: Write, old: str, new: str, words: str
) -> None:
    write()
    text = (TEMPLATES / "look.toml").read_text(encoding="utf-8")
    assert old in text
    changed = text.replace(old, new, 1).replace(
        'UDGothic"', "UDGothic'" if "family = '" in new else 'UDGothic"', 1
    )
    Path("templates").mkdir()
    Path("templates/look.toml").write_text(changed, encoding="utf-8")
    assert_refused(build(), "look.toml", words)


def test_templates_that_no_handout_uses_do_no_harm(write: Write) -> None:
    write()
    Path("templates").mkdir()
    Path("templates/own.html").write_text("{% broken", encoding="utf-8")
    assert build().exit_code == 0


@pytest.mark.parametrize("form", ["html", "pdf"])
def test_a_style_sheet_that_asks_for_something_outside_is_told_of(write: Write, form: str) -> None:
    write()
    Path("templates").mkdir()
    sheet = (TEMPLATES / "handout.css").read_text(encoding="utf-8")
    Path("templates/handout.css").write_text(f"{sheet}p {{ background: url(http://127.0.0.1:9/x.png) }}\n")
    said = f"注意 templates/handout.css {sheet.count(chr(10)) + 1}行: 「http://127.0.0.1:9/x.png」は読み込みませんでした"
    assert_refused(build("gunma-r7", form, "--strict"), said)
    result = build("gunma-r7", form)
    assert (result.exit_code, result.stderr.count("注意")) == (0, 1)
    assert said in result.stderr


def test_a_font_that_cannot_be_used_is_told_of_and_done_without(write: Write) -> None:
    write()
    Path("fonts").mkdir()
    Path("fonts/own.ttf").write_text("フォントではない", encoding="utf-8")
    said = "注意 fonts/own.ttf: フォントとして使えません"
    assert_refused(build("gunma-r7", "docx", "--strict"), said)
    result = build()
    assert result.exit_code == 0
    assert said in result.stderr


# Where nothing can be written


@pytest.mark.parametrize("place", ["output", "output/gunma-r7"])
def test_a_file_in_the_place_of_the_output_folder_is_explained_and_kept(write: Write, place: str) -> None:
    write()
    Path(place).parent.mkdir(exist_ok=True)
    Path(place).write_text("大事なメモ", encoding="utf-8")
    result = build()
    assert result.exit_code == 1
    assert "output/gunma-r7: 書き込めません" in result.stderr
    assert Path(place).read_text(encoding="utf-8") == "大事なメモ"


def test_a_folder_in_the_place_of_a_file_stops_all_of_them(write: Write) -> None:
    write()
    build()
    target = next(Path("output").rglob("*.docx"))
    for path in Path("output").rglob("*.*"):
        path.unlink()
    target.mkdir()
    result = build()
    assert result.exit_code == 1
    assert f"{target}: 書き込めません" in result.stderr
    assert written() == {}


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_an_output_folder_that_may_not_be_written_to_is_explained(write: Write) -> None:
    write()
    Path("output").mkdir(mode=0o500)
    assert_refused(build(), "書き込めません", "権限")


# Any plan

CHARACTERS = "あ漢字ABC 09。、・（）①Ⅰ１一※【】■：｛｝-{}#<>&\"'\\%＝　\u00a0ｶﾞ～―"
LABELS = ["Ⅰ．", "１ ", "（１）", "① ", "ア ", "・", "※", "■KPI：", "1) ", "【重要度：高】", "■被保険者", ""]
LINES = st.lists(
    st.tuples(st.sampled_from(LABELS), st.text(CHARACTERS, max_size=40)).map("".join), min_size=1, max_size=12
)


@settings(max_examples=60)
@given(LINES, LINES)
def test_any_plan_is_in_the_page_and_in_the_word_file_with_all_its_text(
    new: list[str], old: list[str]
) -> None:
    for lines in (new, old):
        assume(is_readable("\n".join(lines)))
    years = plan_dataset("\n".join(new)), plan_dataset("\n".join(old), year=2024)
    page = plan_budget_page(*years)
    halves = read_halves(write_word(page, look(), TEMPLATE, CREATED))
    for year, half, prefix in zip(years, halves, ("plan:", "oplan:"), strict=True):
        # A backslash before a brace is not printed.
        paragraphs = [
            paragraph.label + re.sub(r"\\([{}])", r"\1", paragraph.text) for paragraph in year.plan.paragraphs
        ]
        assert sorted(page_lines(page, prefix)) == sorted(paragraphs)
        assert sorted([*half.pillars, *half.plan]) == sorted(paragraphs)
    assert halves[0].plan == lines_of(years[0])


def is_readable(plan: str) -> bool:
    try:
        parsed = parse_plan(plan, NumberingStyle(), "plan.md").plan
    except DataFaults:
        return False
    return bool(parsed.paragraphs)


def page_lines(page: str, prefix: str) -> Iterator[str]:
    """The paragraphs of one year in a page; blanks at their ends do not count in HTML."""
    for part in lxml_html.fromstring(page).xpath(f"//*[starts-with(@data-ref, '{prefix}')]"):
        yield part.text_content()


def test_a_form_that_no_font_has_is_printed_as_usual_and_named_with_its_place(write: Write) -> None:
    write(**edited("plan.md", "窓口", "葛\U000e0105と葛\U000e0100の窓口"))
    result = build()
    assert result.exit_code == 0
    assert "注意 gunma-r7/plan.md 3行: 「葛」に指定された字形（U+E0105）" in result.stderr
    assert any("葛と葛\U000e0100の窓口" in line for line in read_halves(written()[".docx"])[0].plan)
    assert build("gunma-r7", "docx", "--strict", "--out", "strict").exit_code == 1
    assert written("strict") == {}
