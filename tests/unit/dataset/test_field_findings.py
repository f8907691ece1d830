"""Faults of entries in Japanese, whatever pydantic makes of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from handouts.dataset.budget import BudgetField, Initiative
from handouts.dataset.fields import Entry
from handouts.dataset.kinds import KINDS
from handouts.dataset.kpis import Kpi, Population
from handouts.dataset.monthly import MonthlySeries, MonthlyTable
from handouts.dataset.progress import ProgressEntry, ProgressItem
from handouts.dataset.schemas import ENTRY_FILES
from handouts.dataset.settings import HandoutSettings, NumberingStyle, Overrides, Silence
from handouts.dataset.validation import read_entries
from handouts.dataset.yaml_text import parse_yaml
from handouts.findings import Finding
from tests.unit.dataset.folders import budget, changed, messages, read

MESSAGES = [
    (
        budget("amount: 2,902.5555千円"),
        "budget.yaml 5行13文字目（initiatives[1].amount）: 予算額「2,902.5555千円」は円未満の端数があります。"
        "円の整数で書いてください（例 2902000、または 2,902千円）。",
    ),
    (budget("amount: 約290万円"), "予算額「約290万円」は数として読めません"),
    (budget("amount: -5"), "予算額「-5」は0より小さい数です"),
    (budget("amount: " + "9" * 40), "は桁が多すぎます"),
    (budget("amount: [1]"), "予算額は整数ではありません"),
    (
        budget("amout: 1"),
        "「amout」というキーはありません。使えるのは id、name、topic、amount、executed、field、new です。「amount」の書き",
    ),
    (
        budget("予算額: 1"),
        "「予算額」というキーはありません。使えるのは id、name、topic、amount、executed、field、new です。「amount」と書いて",
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
        (
            "plan-budget:",
            "plans:",
            f"「plans」という種類はありません。書けるのは {'、'.join(KINDS)} です",
        ),
        ("totals: true", "date: 2026-13-01", "会議の日「2026-13-01」は暦にない日付です。2025-01-17 や"),
        ("totals: true", "date: 20260113", "会議の日「20260113」は日付として読めません"),
        ("previous:", "previous: ../r6", "はフォルダーの名前ではなく、場所を表しています"),
        ("previous:", "previous: r7", "このデータ自身です"),
        ('"① "', '"② "', "numbering.levels[4]）: 「② 」は最初の番号ではありません"),
        (
            "comparison:",
            "comparison: {marks: {kenshin: 効果的に}}",
            "「kenshin」の値「効果的に」は一覧の形では",
        ),
        (
            "recipients:",
            "recipients: {理事会: [a@example.jp]}",
            "「理事会」という種類はありません。書けるのは 評議会委員、本部、支部内 です",
        ),
        (
            "recipients:",
            "recipients: {本部: [a@example.jp, 本部の方]}",
            "（recipients.本部[2]）: 2番目のメールの宛先「本部の方」はメールアドレスの形ではありません。"
            "「- 氏名 <アドレス>」の行を並べてください（例 ",
        ),
        ("recipients:", "recipients: {本部: {a: b}}", "「本部」の値は一覧の形ではありません"),
        ("comparison:", "comparison: なし", "前年度との比べ方の直し「なし」は「キー: 値」の形ではありません"),
        ("comparison:", "comparison: {pairs: {kenshin: [a]}}", "「kenshin」の値は文字ではありません"),
    ],
)
def test_a_fault_in_the_base_is_explained(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert any(
        message in line for line in messages(read(tmp_path, dataset=changed("dataset.yaml", old, new)))
    )


SERIES = "tables:\n  - id: checkup\n    caption: 受診率\n    series:\n      - year: R7\n        {}\n"
ENTRY = "entries:\n  - plan: kenshin\n    {}\n"


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        (
            "monthly",
            SERIES.format("values: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]"),
            "monthly.yaml 6行17文字目（tables[1].series[1].values）: 月ごとの数は11か月分です。12か月分を表の月の順に",
        ),
        ("monthly", SERIES.format("values: [9,957, 13,008]"), "は4か月分です。12か月分を表の月の順に並べ、これからの月は null、数えない月は - と書いてください。桁区切りの「,」は書けません"),
        (
            "monthly",
            SERIES.format('values: {4月: "1,2a4"}'),
            "monthly.yaml 6行22文字目（tables[1].series[1].values.4月）: 「4月」の値「1,2a4」は数として読めません。数を書いて",
        ),
        ("monthly", SERIES.format("values: {13月: 5}"), "（tables[1].series[1].values.13月）: 「13月」は月ではありません。1月から12月までの月と数を"),
        ("monthly", SERIES.format("values: {4月: 1, 4: 2}"), "月ごとの数は同じ月や年度を2回書いています"),
        ("monthly", SERIES.format("rows: [月]"), "1番目の印刷する行「月」は選べません。単月、累計、率のうち、"),
        ("monthly", SERIES.replace("checkup", "a" * 19).format("label: 甲"), "は長すぎます（18文字までです）"),
        ("monthly", "as_of: 13月\n", "時点の月「13月」は月ではありません。9月 のように"),
        ("progress", ENTRY.format("mark: ◉"), "progress.yaml 3行11文字目（entries[1].mark）: 実施状況の印「◉」は使えません。◎、○、△、×、□ のどれか"),
        ("progress", ENTRY.format("rank: 48"), "全国順位「48」は47より大きい数です"),
        ("progress", ENTRY.format("monthly: checkup"), "は一覧の形ではありません。月別の表の id を [ ] に並べてください"),
        ("progress", ENTRY.format("kpi: 受診率"), "KPI の id「受診率」に、id に使えない文字があります"),
        ("progress", "entries:\n  - plan: 健診\n", "に、id に使えない文字があります。計画の行の終わりに {#名前} のように"),
        ("kpis", "kpis:\n  - id: a\n    name: 甲\n    actuals: {R3: 良好}\n", "「R3」の値「良好」は数として読めません。数（例 93.9）か"),
        ("kpis", "kpis:\n  - id: a\n    name: 甲\n    actuals: {3年: 1}\n", "「3年」は年度として読めません。年度を R3 や"),
        ("budget", "fields:\n  - id: a\n    name: 甲\n    executed: 未定\n", "執行額「未定」は数として読めません。円の整数で"),
    ],
)  # fmt: skip
def test_a_fault_in_figures_and_progress_is_explained_once(
    tmp_path: Path, file: str, text: str, message: str
) -> None:
    [line] = messages(read(tmp_path, **{file: text}))
    assert message in line


# Every kind of value in every field: whatever pydantic makes of it, the user reads Japanese.
VALUES = [
    *("", '""', "null", "true", "1", "-1", "2.5", "1e400", "1" * 20, "健診", '"\\n"', "a" * 30, "2025-13-01"),
    *("[]", "[1]", "[null]", "[[]]", "[{id: 1}]", "{}", "{a: 1}", '{"": null}', "{a: [1]}", "{a: {b: c}}"),
    "{plan-budget: 1}",
]
KNOWN_WORDS = re.compile(
    r"[「（][^」）]*[」）]|https?|yaml|md|true|false|null|id|KPI|UTF|Word|Excel|unit|bound|kenshin|annai|gunma|fukushima|budget|"
    + "|".join(sorted(KINDS, reverse=True))
)


def foreign_words(finding: Finding, keys: set[str]) -> set[str]:
    text = KNOWN_WORDS.sub("", f"{finding.found}。{finding.allowed}。{finding.remedy}")
    return set(re.findall("[A-Za-z_]{3,}", text)) - keys


def all_keys() -> set[str]:
    models = Entry.__subclasses__()
    return {key for model in models for key in model.model_fields}


def odd_texts(file: str, model: type[Entry]) -> list[str]:
    rows: dict[str, list[tuple[str, type[Entry]]]] = {
        "budget.yaml": [("initiatives:\n  - ", Initiative), ("fields:\n  - ", BudgetField)],
        "monthly.yaml": [
            ("tables:\n  - ", MonthlyTable),
            ("tables:\n  - id: a\n    caption: b\n    series:\n    - ", MonthlySeries),
        ],
        "progress.yaml": [("items:\n  - ", ProgressItem), ("entries:\n  - ", ProgressEntry)],
        "kpis.yaml": [("kpis:\n  - ", Kpi), ("populations:\n  - ", Population)],
        "dataset.yaml": [
            ("numbering:\n    ", NumberingStyle),
            ("comparison:\n    ", Overrides),
            ("handouts:\n  plan-budget:\n    ", HandoutSettings),
            ("silenced:\n  - ", Silence),
        ],
    }
    texts = [f"{key}: {value}\n" for key in model.model_fields for value in VALUES]
    texts += [
        f"{head}{key}: {value}\n"
        for head, row in rows.get(file, [])
        for key in row.model_fields
        for value in VALUES
    ]
    return texts


@pytest.mark.parametrize("file", ENTRY_FILES)
def test_no_fault_of_any_value_in_any_field_speaks_english(file: str) -> None:
    keys = all_keys()
    for text in odd_texts(file, ENTRY_FILES[file]):
        _, findings = read_entries(ENTRY_FILES[file], parse_yaml(text, file))
        for finding in findings:
            assert not foreign_words(finding, keys), (text, str(finding))
            assert "見本の書き方" not in finding.remedy, (text, str(finding))
            assert finding.found
            assert finding.remedy


def test_a_kind_of_error_that_nobody_foresaw_still_has_a_sentence() -> None:
    class Odd(Entry):
        size: complex = 0

    _, [finding] = read_entries(Odd, parse_yaml("size: 健診\n", "odd.yaml"))
    assert str(finding) == (
        "odd.yaml 1行7文字目（size）: size「健診」は使えません。見本の書き方と見比べて、書き直してください。"
    )
