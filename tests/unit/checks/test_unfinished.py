"""What was left for later: marks for something to come, and the examples of a new dataset."""

from __future__ import annotations

from pathlib import Path

import pytest

from handouts.checks import check_dataset
from handouts.checks.unfinished import check_examples, check_unfinished_texts, unfinished_marks
from handouts.dataset.fiscal import FiscalYear
from handouts.dataset.folder import read_folder
from handouts.dataset.folder_text import new_dataset_files
from handouts.dataset.settings import HandoutSettings
from handouts.findings import Place
from tests.unit.checks.made import PLAN, dataset, messages, months, only, table


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("受診者数は●●人である。", "●●"),
        ("〇〇支部と連携する。", "〇〇"),
        ("○○支部と連携する。", "○○"),
        ("◯◯を行う。", "◯◯"),
        ("××件の見込み", "××"),
        ("実施率＊＊％", "＊＊"),
        ("実施率を**%とする", "**"),
        ("令和○年度に始める。", "令和○"),
        ("第●回の会議", "第●"),
        ("9月●日に開く。", "●日"),
        ("実施率を○％とする。", "○％"),
        ("実績は●である。", "●"),
        ("約×件", "約×"),
        ("ＸＸ％とする。", "ＸＸ"),
        ("（P.○参照）", "P.○"),
        ("（Ｐ．●参照）", "Ｐ．●"),
        ("（p.○）", "p.○"),
        ("詳しくはP.を参照", "P."),
        ("広報誌の作成（例）", "（例）"),
        ("【記入例】", "【記入例】"),
        ("●●を調整中", "調整中"),
        ("日程は調整中。", "調整中"),
        ("数字は要確認", "要確認"),
        ("【要修正】", "【要修正】"),
        ("開催日は未定", "未定"),
        ("率はいくつ？？", "？？"),
        ("率はいくつ??", "??"),
        ("TODO 数字を入れる", "TODO"),
        ("ＴＯＤＯ：数字", "ＴＯＤＯ"),
        ("（仮）健康セミナー", "（仮）"),
        ("受診者は（　　）人", "（　　）"),
        ("令和　年　月　日に開く。", "令和　年"),
        ("第　回評議会", "第　回"),
        ("#REF!", "#REF!"),
        ("####", "####"),
        ("ここに文を入力", "ここに文を入力"),
        ("追記予定", "追記予定"),
    ],
)
def test_what_stands_for_something_to_come_is_found_as_it_is_written(text: str, mark: str) -> None:
    assert mark in unfinished_marks(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "印は◎○△×□で示す。",
        "○健診の受診を勧める。",
        "●被保険者（40歳以上）",
        "結果は○である。",
        "○人を育てる。",
        "◎2件、○3件、△1件",
        "対象者数×率",
        "3×4人の班",
        "二〇〇八年に始まった。",
        "平成二〇年度",
        "（仮称）健康宣言の普及",
        "仮説を立てて分析する。",
        "（例：セミナー、広報誌）",
        "例えば広報誌",
        "必要確認事項を見直す。",
        "概要確認の手順",
        "調整中心の運営",
        "未定着の職員",
        "P.12を参照",
        "ＰＤＣＡを回す。",
        "www.kyoukaikenpo.or.jp/p.html",
        "余白は1px、2px",
        "受診率は何％か？",
        "※健診は4月から。",
        "＊印は新しい取組",
        "支部第1回評議会",
        "10月 日本年金機構と協議する。",
        "実施（未実施を含む）",
    ],
)
def test_what_is_a_mark_label_or_word_of_its_own_is_left_alone(text: str) -> None:
    assert unfinished_marks(text) == ()


def test_every_text_that_is_printed_is_looked_at() -> None:
    given = dataset(
        plan=PLAN + "・受診者●●人\n",
        initiatives=[{"id": "dm", "name": "○○の作成", "topic": "koho", "amount": 5000}],
        fields=[{"id": "koho", "name": "××費", "table": "表（例）"}],
        kpis=[{"id": "rate", "name": "率●●", "target": 5, "remarks": "要確認", "targets": {"R2": "●●%"}}],
        populations=[
            {"id": "hi", "group": "被保険者", "item": "健診（例）", "eligible": 10, "rate": 50, "planned": 5}
        ],
        tables=[table({"values": months(1, 2), "label": "〇〇者数"}, caption="●●の表")],
        items=[{"heading": "kenshin", "badge": "調整中"}],
        entries=[{"plan": "kansho", "text": "よい。\nあと●●件"}],
    )
    settings = HandoutSettings(meeting="第○回評議会", title="●●について", agenda="【議題？？】", note="※未定")
    given = given.__class__(**{**_values(given), "handouts": {"progress": settings}})
    found = list(check_unfinished_texts(given, {}))
    assert {finding.severity for finding in found} == {"warning"}
    refs = {finding.place.ref for finding in found}
    assert refs >= {
        *("budget:dm.name", "field:koho.name", "field:koho.table", "kpi:rate.name", "kpi:rate.remarks"),
        *("kpi:rate.targets", "population:hi.item", "monthly:checkup.caption", "item:kenshin.badge"),
        *("monthly:checkup.series[1].label", "progress:kansho.text[2]"),
        *(f"dataset:handouts.progress.{name}" for name in ("meeting", "title", "agenda", "note")),
    }
    assert any(ref.startswith("plan:") for ref in refs)


def _values(given: object) -> dict[str, object]:
    return {name: getattr(given, name) for name in given.__class__.__dataclass_fields__}


def test_a_branch_that_nobody_named_is_found() -> None:
    given = dataset()
    given = given.__class__(**{**_values(given), "branch": "○○"})
    assert only(check_unfinished_texts, given).place.ref == "dataset:branch"


def test_a_finding_says_what_was_found_and_what_stands_around_it() -> None:
    given = dataset(
        plan=PLAN + "・これから先の長い文の中ほどに●●を調整中という語がある場合の表示を確かめる。\n"
    )
    finding = only(check_unfinished_texts, given, {})
    assert "「●●、調整中」" in finding.found
    assert "（…先の長い文の中ほどに●●を調整中" in finding.found


def test_what_a_new_dataset_begins_with_is_found_until_it_is_changed(tmp_path: Path) -> None:
    for name, text in new_dataset_files("群馬", FiscalYear(2026), "r8").items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    reading = read_folder(tmp_path)
    assert reading.dataset is not None
    found = check_dataset(reading.dataset, reading.places)
    assert (
        sorted(finding.rule.id for finding in found) == ["example.line-left"] * 4 + ["example.row-left"] * 4
    )


def test_a_row_of_the_template_counts_under_another_id_and_a_changed_one_does_not() -> None:
    row = {"id": "a", "name": "広報誌の作成（例）", "topic": "koho", "amount": 500_000}
    assert only(check_examples, dataset(initiatives=[row])).place.ref == "budget:a"
    assert not messages(check_unfinished_texts, dataset(initiatives=[row]))
    changed = dataset(initiatives=[{**row, "amount": 600_000}])
    assert not messages(check_examples, changed)
    assert "「（例）」" in only(check_unfinished_texts, changed).found


def test_places_are_those_of_the_lines() -> None:
    given = dataset(entries=[{"plan": "kansho", "text": "よい。\nあと●●件"}])
    places = {"progress:kansho.text[2]": Place("progress.yaml", 9)}
    assert only(check_unfinished_texts, given, places).place.line == 9
