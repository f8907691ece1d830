"""Reading a dataset folder, the faults it reports, and writing its files anew."""

from __future__ import annotations

import dataclasses
import re
import tempfile
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handouts.checks import check_dataset
from handouts.dataset.fiscal import FiscalYear, YearForm
from handouts.dataset.folder import read_folder
from handouts.dataset.folder_text import dataset_files, new_dataset_files
from handouts.dataset.model import (
    Dataset,
    Entry,
    HandoutSettings,
    Initiative,
    Kpi,
    NumberingStyle,
    Overrides,
    Plan,
    Population,
)
from handouts.dataset.plan_text import parse_plan
from handouts.dataset.reading import Reading, entry_refs, in_file_order, read_entries
from handouts.dataset.schemas import ENTRY_FILES
from handouts.dataset.text_file import decode, read_text
from handouts.dataset.yaml_text import parse_yaml
from handouts.errors import DataFaults, Finding, Place

GOOD = new_dataset_files("群馬", FiscalYear(2025), "r7")


def write(folder: Path, files: Mapping[str, str | bytes | None]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        if content is not None:
            (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def read(tmp_path: Path, **changes: str | bytes | None) -> Reading:
    """The good dataset with some files changed, e.g. `budget="…"`, or left out."""
    names = {"dataset": "dataset.yaml", "plan": "plan.md", "budget": "budget.yaml", "kpis": "kpis.yaml"}
    return read_folder(
        write(tmp_path / "r7", {**GOOD, **{names[key]: text for key, text in changes.items()}})
    )


def changed(file: str, old: str, new: str) -> str:
    assert old in GOOD[file]
    return GOOD[file].replace(old, new, 1)


def messages(reading: Reading) -> list[str]:
    return [str(finding) for finding in reading.findings]


def budget(row: str) -> str:
    return f"initiatives:\n  - id: annai\n    name: 健診案内\n    topic: kenshin\n    {row}\n"


def test_a_new_dataset_is_read_at_once_without_a_word(tmp_path: Path) -> None:
    reading = read(tmp_path)
    assert reading.findings == ()
    assert reading.dataset is not None
    assert check_dataset(reading.dataset, reading.places) == ()
    assert (reading.dataset.name, reading.dataset.branch) == ("r7", "群馬")
    assert reading.dataset.fiscal_year == FiscalYear(2025)
    assert len([part for part in reading.dataset.plan.paragraphs if part.level == 1]) == 3
    assert (len(reading.dataset.initiatives), len(reading.dataset.kpis)) == (2, 1)


def test_places_say_where_everything_was_entered(tmp_path: Path) -> None:
    places = read(tmp_path, budget=budget("amount: 1000")).places
    assert places["budget:annai"] == Place("budget.yaml", 2, 5, "initiatives[1]")
    assert places["budget:annai.amount"] == Place("budget.yaml", 5, 13, "initiatives[1].amount")
    assert places["plan:service"] == Place("plan.md", 3)
    assert {"kpi:service-standard", "population:kenshin.planned", "dataset:branch"} <= set(places)


def test_the_second_entry_of_an_id_has_a_place_of_its_own() -> None:
    assert list(entry_refs("kpi", ["a", "b", "a"])) == ["kpi:a", "kpi:b", "kpi:a#2"]


@pytest.mark.parametrize(
    ("typed", "branch"), [("群馬", "群馬"), ("群馬支部", "群馬"), (" 群馬支部 ", "群馬")]
)
def test_the_branch_may_be_written_with_its_suffix(tmp_path: Path, typed: str, branch: str) -> None:
    reading = read(tmp_path, dataset=f"branch: {typed}\nfiscal_year: 2025\nedition: 最終\n")
    assert reading.dataset is not None
    assert reading.dataset.branch == branch


def test_budget_and_kpis_may_be_missing_or_empty(tmp_path: Path) -> None:
    plan = "Ⅰ．基盤\n１ 運営\n・本文\n"
    for number, content in enumerate((None, "", "initiatives:\n", "# 覚え書き\n")):
        kpis = None if content is None else ""
        (tmp_path / str(number)).mkdir()
        reading = read(tmp_path / str(number), plan=plan, budget=content, kpis=kpis)
        assert reading.findings == ()
        assert reading.dataset is not None
        assert reading.dataset.initiatives == ()


def test_a_key_without_a_value_counts_as_not_written(tmp_path: Path) -> None:
    reading = read(tmp_path, kpis=changed("kpis.yaml", 'unit: "%"', "unit:\n    bound:\n    sentence:"))
    assert reading.findings == ()
    assert reading.dataset is not None
    assert reading.dataset.kpis[0].unit == ""


def test_a_number_where_text_belongs_is_text(tmp_path: Path) -> None:
    reading = read(tmp_path, dataset=changed("dataset.yaml", "material: 資料1", "material: 2.10"))
    assert reading.dataset is not None
    assert reading.dataset.handouts["plan-budget"].material == "2.10"


MESSAGES = [
    (
        budget("amount: 2,902.5555千円"),
        "budget.yaml 5行13文字目（initiatives[1].amount）: 予算額「2,902.5555千円」は円未満の端数があります。"
        "円の整数で書いてください（例 2902000、または 2,902千円）。",
    ),
    (budget("amount: 約290万円"), "予算額「約290万円」は数として読めません"),
    (budget("amount: -5"), "予算額「-5」は0より小さい数です"),
    (budget("amount: " + "9" * 40), "は桁が多すぎます"),
    (budget("amount:"), "予算額の値が書かれていません。円の整数で書いてください"),
    (budget("amount: [1]"), "予算額は整数ではありません"),
    (budget("new: true"), "「amount」（予算額）がありません。円の整数で書いてください"),
    (
        budget("amout: 1"),
        "「amout」というキーはありません。使えるのは id、name、topic、amount、new です。「amount」の書き",
    ),
    (
        budget("予算額: 1"),
        "「予算額」というキーはありません。使えるのは id、name、topic、amount、new です。「amount」と書いて",
    ),
    (budget("　amount: 1"), "「amount」の前後にある全角の空白を消してください"),
    (budget("edition: 案"), "「edition」は dataset.yaml に書いてください"),
    (budget("amount: 1\n    new: はい"), "「はい」は true でも false でもありません"),
    (budget("amount: 1").replace("annai", "Annai_1"), "取組の id「Annai_1」に、id に使えない文字があります"),
    (budget("amount: 1").replace("annai", "a" * 25), "は長すぎます"),
    (budget("amount: 1").replace("健診案内", '""'), "取組の名称が空です"),
    (budget("amount: 1").replace("健診案内", "[健診]"), "取組の名称は文字ではありません"),
    (budget("amount: 1").replace("健診案内", '"健診\\n案内"'), "に使えない文字か改行があります"),
    ("initiatives: なし\n", "取組「なし」は一覧の形ではありません。「- 」で始まる行を並べて"),
    ("initiatives:\n  - 健診案内\n", "1番目の取組「健診案内」は「キー: 値」の形ではありません"),
    ("取組はありません\n", "ファイルの内容「取組はありません」は「キー: 値」の形ではありません"),
]


@pytest.mark.parametrize(("text", "message"), MESSAGES)
def test_a_fault_in_the_budget_is_explained(tmp_path: Path, text: str, message: str) -> None:
    assert any(message in line for line in messages(read(tmp_path, budget=text)))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "target: 100",
            "target: 62.2%以上",
            "目標「62.2%以上」は目標になりません。数（例 62.2）か、対前年度以上、",
        ),
        ("target: 100", "target: 100\n    bound: いじょう", "選べるのは とする、以上、以下、以内 です"),
        ("rate: 60.0", "rate: 160", "実施率「160」は100より大きい数です。0から100までの数"),
        ("eligible: 100000", "eligible: 10.5", "対象者数「10.5」は整数ではありません。人数を0以上の整数で"),
        ("planned: 60000", "", "「planned」（見込者数）がありません"),
    ],
)
def test_a_fault_in_the_kpis_is_explained_once(tmp_path: Path, old: str, new: str, message: str) -> None:
    [line] = messages(read(tmp_path, kpis=changed("kpis.yaml", old, new)))
    assert message in line


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("edition: 案", "edition: 素案", "版「素案」は選べません。案、本部提出、最終のどれか"),
        (
            "fiscal_year: 令和7年度",
            "fiscal_year: 2025（令和8）年度",
            "西暦と元号が合いません（2025年度は令和7年度です）。令和7年度、",
        ),
        ("branch: 群馬", "branch: 支部", "支部の名前が空です"),
        ("plan-budget:", "plan:", "「plan」という種類はありません。書けるのは plan-budget です"),
        ("totals: true", "date: 2026-13-01", "会議の日「2026-13-01」は暦にない日付です。2025-01-17 や"),
        ("totals: true", "date: 20260113", "会議の日「20260113」は日付として読めません"),
        ("previous:", "previous: ../r6", "はフォルダーの名前ではなく、場所を表しています"),
        ("previous:", "previous: r7", "このフォルダー自身です"),
        ('"① "', '"② "', "numbering.levels[4]）: 「② 」は最初の番号ではありません"),
        (
            "comparison:",
            "comparison: {marks: {kenshin: 効果的に}}",
            "「kenshin」の値「効果的に」は一覧の形では",
        ),
        ("comparison:", "comparison: なし", "前年度との比べ方の直し「なし」は「キー: 値」の形ではありません"),
        ("comparison:", "comparison: {pairs: {kenshin: [a]}}", "「kenshin」の値は文字ではありません"),
    ],
)
def test_a_fault_in_the_base_is_explained(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert any(
        message in line for line in messages(read(tmp_path, dataset=changed("dataset.yaml", old, new)))
    )


def test_all_faults_of_all_files_come_in_one_run_and_in_order(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        kpis=changed("kpis.yaml", "60000", "x"),
        budget=changed("budget.yaml", "500000", "x").replace("1000000", "y"),
        plan=GOOD["plan.md"] + "・本文 {#Bad}\n",
        dataset=changed("dataset.yaml", "edition: 案", "edition: 素案"),
    )
    files = [finding.place.file for finding in reading.findings]
    assert files == ["dataset.yaml", "plan.md", "budget.yaml", "budget.yaml", "kpis.yaml"]
    assert reading.findings == in_file_order(reversed(reading.findings))


def test_rows_at_fault_are_left_out_but_keep_their_place(tmp_path: Path) -> None:
    reading = read(tmp_path, budget=changed("budget.yaml", "500000", "x"))
    assert reading.dataset is not None
    assert [initiative.id for initiative in reading.dataset.initiatives] == ["kenshin-annai"]
    assert "budget:koho-shi" in reading.places
    assert check_dataset(reading.dataset, reading.places) == ()


@pytest.mark.parametrize(
    "text",
    [
        "initiatives: なし\n",
        "initiative:\n",
        "initiatives:\n  - id: X\n    name: a\n",
        "a: %\n",
        "initiatives: [a]",
    ],
)
def test_where_ids_are_unknown_there_is_no_dataset(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, budget=text).dataset is None


def test_oddities_of_labels_are_not_reported_without_the_numbering_of_the_branch(tmp_path: Path) -> None:
    plan = "Ⅰ．基盤\n（２）運営\n・本文\n"
    assert any(finding.place.file == "plan.md" for finding in read(tmp_path, plan=plan).findings)
    reading = read(tmp_path, plan=plan, dataset=changed("dataset.yaml", '"１ "', "[]"))
    assert {finding.place.file for finding in reading.findings} == {"dataset.yaml"}


def test_missing_files_are_faults_that_name_files_of_nearly_that_name(tmp_path: Path) -> None:
    files = {"plan.txt": GOOD["plan.md"], "budget.yml": GOOD["budget.yaml"]}
    reading = read_folder(write(tmp_path / "r7", files))
    assert reading.dataset is None
    assert messages(reading) == [
        "dataset.yaml: dataset.yaml がありません。フォルダーに dataset.yaml を作ってください。",
        "plan.md: plan.md がありません。「plan.txt」がそれなら、名前を plan.md に変えてください。",
        "budget.yaml: budget.yaml がないので、空として扱います。"
        "「budget.yml」がそれなら、名前を budget.yaml に変えてください。",
    ]


def test_what_is_no_folder_is_a_fault(tmp_path: Path) -> None:
    write(tmp_path / "r7", GOOD)
    [missing] = messages(read_folder(tmp_path / "r77"))
    [file] = messages(read_folder(tmp_path / "r7" / "plan.md"))
    assert "このフォルダーはありません。「r7」の書き間違いではありませんか" in missing
    assert "これはフォルダーではありません" in file
    assert read_folder(Path("a" * 300)).dataset is None
    assert read_folder(Path("a\0b")).dataset is None


def test_a_folder_in_place_of_a_file_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "r7" / "budget.yaml").mkdir(parents=True)
    reading = read_folder(
        write(tmp_path / "r7", {name: text for name, text in GOOD.items() if "budget" not in name})
    )
    assert reading.dataset is None
    assert "budget.yaml というファイルがありません" in reading.findings[0].found


def test_a_file_that_cannot_be_opened_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    reading = read(tmp_path)
    assert reading.findings[0].found == "dataset.yaml を開けません"
    assert not any("denied" in line for line in messages(reading))


def test_a_file_of_more_than_1_mb_is_a_fault(tmp_path: Path) -> None:
    limit = 1024 * 1024
    write(tmp_path, {"a.txt": b"x" * limit, "b.txt": b"x" * (limit + 1)})
    assert len(read_text(tmp_path / "a.txt")[0]) == limit
    with pytest.raises(DataFaults, match="大きすぎます（1MB まで"):
        read_text(tmp_path / "b.txt")


def test_a_single_file_is_read_like_those_of_a_dataset(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "健診", "b.txt": "健診の推進".encode("cp932"), "c.txt": b"\xff"})
    assert read_text(tmp_path / "a.txt") == ("健診", ())
    assert read_text(tmp_path / "b.txt")[1][0].place == Place("b.txt")
    for name in ("c.txt", "d.txt"):
        with pytest.raises(DataFaults):
            read_text(tmp_path / name)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf8_is_read_with_or_without_a_byte_order_mark(encoding: str) -> None:
    assert decode("健診の推進".encode(encoding), "plan.md") == ("健診の推進", ())


@pytest.mark.parametrize(
    ("encoding", "name"), [("cp932", "Shift_JIS"), ("utf-16", "UTF-16"), ("utf-16-be", "UTF-16")]
)
def test_another_encoding_of_windows_is_read_with_a_warning(encoding: str, name: str) -> None:
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    text, [finding] = decode(mark + "①健診の推進㈱～".encode(encoding), "plan.md")
    assert text == "①健診の推進㈱～"
    assert finding.severity == "warning"
    assert name in finding.found
    assert "メモ帳" in finding.remedy


@pytest.mark.parametrize(
    "data",
    [
        "健診の推進を図る".encode("euc-jp"),
        b"PK\x03\x04\xff\x80\x81",
        b"\xff\xfea",
        "健診".encode("iso2022_jp") + b"\xff",
    ],
)
def test_bytes_that_are_no_text_are_a_fault_that_says_how_to_save(data: bytes) -> None:
    text, [finding] = decode(data, "plan.md")
    assert text is None
    assert finding.severity == "error"
    assert "「UTF-8」を選んで" in finding.remedy


def test_a_broken_byte_in_utf8_is_a_fault_at_its_line() -> None:
    text, [finding] = decode("一行目\n二行".encode() + b"\xff" + "目の続き\n".encode(), "plan.md")
    assert text is None
    assert finding.place == Place("plan.md", 2)


def test_an_encoding_of_windows_is_read_to_the_same_dataset(tmp_path: Path) -> None:
    files = {name: text.encode("cp932") for name, text in GOOD.items()}
    reading = read_folder(write(tmp_path / "r7", files))
    assert reading.dataset == read(tmp_path).dataset
    assert [finding.severity for finding in reading.findings] == ["warning"] * 4


# Every kind of value in every field: whatever pydantic makes of it, the user reads Japanese.
VALUES = [
    *("", '""', "null", "true", "1", "-1", "2.5", "1e400", "1" * 20, "健診", '"\\n"', "a" * 30, "2025-13-01"),
    *("[]", "[1]", "[null]", "[[]]", "[{id: 1}]", "{}", "{a: 1}", '{"": null}', "{a: [1]}", "{a: {b: c}}"),
    "{plan-budget: 1}",
]
KNOWN_WORDS = re.compile(
    r"[「（][^」）]*[」）]|https?|yaml|md|true|false|null|id|KPI|UTF|Word|Excel|unit|bound|kenshin|annai|gunma|plan|budget"
)


def foreign_words(finding: Finding, keys: set[str]) -> set[str]:
    text = KNOWN_WORDS.sub("", f"{finding.found}。{finding.allowed}。{finding.remedy}")
    return set(re.findall("[A-Za-z_]{3,}", text)) - keys


def all_keys() -> set[str]:
    models: list[type[Entry]] = [
        *ENTRY_FILES.values(),
        Initiative,
        Kpi,
        Population,
        HandoutSettings,
        Overrides,
        NumberingStyle,
    ]
    return {key for model in models for key in model.model_fields}


def odd_texts(file: str, model: type[Entry]) -> list[str]:
    rows: dict[str, list[tuple[str, type[Entry]]]] = {
        "budget.yaml": [("initiatives:\n  - ", Initiative)],
        "kpis.yaml": [("kpis:\n  - ", Kpi), ("populations:\n  - ", Population)],
        "dataset.yaml": [
            ("numbering:\n    ", NumberingStyle),
            ("comparison:\n    ", Overrides),
            ("handouts:\n  plan-budget:\n    ", HandoutSettings),
        ],
    }
    texts = [f"{key}: {value}\n" for key in model.model_fields for value in VALUES]
    texts += [
        f"{head}{key}: {value}\n" for head, row in rows[file] for key in row.model_fields for value in VALUES
    ]
    return texts


@pytest.mark.parametrize("file", ENTRY_FILES)
def test_no_fault_of_any_value_in_any_field_speaks_english(file: str) -> None:
    keys = all_keys()
    for text in odd_texts(file, ENTRY_FILES[file]):
        _, findings = read_entries(ENTRY_FILES[file], parse_yaml(text, file), file)
        for finding in findings:
            assert not foreign_words(finding, keys), (text, str(finding))
            assert "見本の書き方" not in finding.remedy, (text, str(finding))
            assert finding.found
            assert finding.remedy


def test_a_kind_of_error_that_nobody_foresaw_still_has_a_sentence() -> None:
    class Odd(Entry):
        size: complex = 0

    _, [finding] = read_entries(Odd, parse_yaml("size: 健診\n", "odd.yaml"), "odd.yaml")
    assert str(finding) == (
        "odd.yaml 1行7文字目（size）: size「健診」は使えません。見本の書き方と見比べて、書き直してください。"
    )


PIECES = st.sampled_from(
    [
        *"健診のア１1aZ（）「」、。%：:#{}[]\"'\\,&*!|>@`-?~=　 ①Ⅱ㌫𠮷",
        ": ",
        " #",
        "{name}",
        "true",
        "null",
        "2.5",
    ]
)
LINES = st.lists(PIECES, min_size=1, max_size=8).map("".join).map(str.strip).filter(bool)
IDS = st.from_regex(r"[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,4}){0,2}", fullmatch=True)
COUNTS = st.integers(0, 10**9)
NUMBERS = st.decimals(0, 100, places=2) | st.integers(0, 100).map(Decimal)
TARGETS = st.none() | st.decimals(-(10**6), 10**6, places=1) | st.just("対前年度以上")
KPIS = st.builds(
    Kpi, id=IDS, name=LINES, target=TARGETS, unit=LINES, bound=st.just("以上"), sentence=st.none() | LINES
)
INITIATIVES = st.builds(
    Initiative, id=IDS, name=LINES, topic=LINES, amount=COUNTS, new=st.none() | st.booleans()
)
POPULATIONS = st.builds(
    Population,
    id=IDS,
    group=LINES,
    item=LINES,
    eligible=COUNTS,
    rate=NUMBERS,
    planned=COUNTS,
    rate_label=LINES,
)
SETTINGS = st.builds(
    HandoutSettings,
    material=LINES,
    meeting=LINES,
    date=st.none() | st.dates(),
    title=LINES,
    totals=st.booleans(),
)
OVERRIDES = st.builds(
    Overrides,
    pairs=st.dictionaries(LINES, st.none() | LINES, max_size=3),
    marks=st.dictionaries(IDS, st.lists(LINES, max_size=2).map(tuple), max_size=3),
)
STYLES = st.just(NumberingStyle()) | st.just(
    NumberingStyle(levels=("I. ", "1．", "(1) ", "①", "ｱ "), kpi="（１）", bullet="・ ")
)


@st.composite
def plans(draw: st.DrawFn, style: NumberingStyle) -> Plan:
    labels = st.sampled_from([*style.levels, "", "・", "※", "【重要度：高】", "■KPI：", "\n"])
    rows = draw(st.lists(st.tuples(labels, LINES), min_size=1, max_size=8))
    text = style.levels[0] + "基盤 {#kiban}\n" + "\n".join(label + line for label, line in rows)
    try:
        return parse_plan(text, style, "plan.md").plan
    except DataFaults:
        return parse_plan(style.levels[0] + "基盤\n\n・本文\n", style, "plan.md").plan


@st.composite
def datasets(draw: st.DrawFn) -> Dataset:
    style = draw(STYLES)
    return Dataset(
        name="r7",
        branch=draw(LINES.filter(lambda line: not line.endswith("支部"))),
        fiscal_year=FiscalYear(draw(st.integers(2019, 2099))),
        year_form=draw(st.sampled_from(YearForm)),
        edition=draw(st.sampled_from(("案", "本部提出", "最終"))),
        plan=draw(plans(style)),
        initiatives=tuple(draw(st.lists(INITIATIVES, max_size=2))),
        kpis=tuple(draw(st.lists(KPIS, max_size=2))),
        populations=tuple(draw(st.lists(POPULATIONS, max_size=2))),
        numbering=style,
        handouts=draw(st.fixed_dictionaries({}, optional={"plan-budget": SETTINGS})),
        overrides=draw(OVERRIDES),
        previous=draw(st.none() | IDS),
    )


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(datasets())
def test_a_written_dataset_is_read_back_the_same(dataset: Dataset) -> None:
    with tempfile.TemporaryDirectory() as place:
        reading = read_folder(write(Path(place) / "r7", dataset_files(dataset)))
    assert reading.dataset == dataset, messages(reading)
    assert [str(kpi.target) for kpi in reading.dataset.kpis] == [str(kpi.target) for kpi in dataset.kpis]


def test_a_dataset_is_written_with_the_blank_lines_of_its_plan(tmp_path: Path) -> None:
    dataset = read(tmp_path).dataset
    assert dataset is not None
    assert dataset_files(dataset) == GOOD


@pytest.mark.parametrize("form", YearForm)
@pytest.mark.parametrize("year", [2019, 2026])
def test_a_new_dataset_has_the_year_in_the_form_of_the_branch(
    tmp_path: Path, form: YearForm, year: int
) -> None:
    files = new_dataset_files("群馬", FiscalYear(year), "r7", form)
    dataset = read_folder(write(tmp_path / "r7", files)).dataset
    assert dataset is not None
    assert (dataset.fiscal_year, dataset.year_form) == (FiscalYear(year), form)


def test_a_new_dataset_names_last_years(tmp_path: Path) -> None:
    files = new_dataset_files("群馬", FiscalYear(2026), "r8", previous="r7")
    reading = read_folder(write(tmp_path / "r8", files))
    assert reading.findings == ()
    assert reading.dataset is not None
    assert reading.dataset.previous == "r7"


def test_reading_does_not_hang_on_the_name_of_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read(tmp_path)
    monkeypatch.chdir(tmp_path / "r7")
    reading = read_folder(Path())
    assert reading.dataset is not None
    assert reading.dataset.name == "r7"
    assert dataclasses.replace(reading.dataset, name="x").name == "x"
