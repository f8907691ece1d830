"""Faults of yaml text in Japanese, each with its line and the way out."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.dataset.yaml_text import YamlText, parse_yaml
from handouts.findings import DataFaults, Finding


def read(text: str) -> YamlText:
    return parse_yaml(text, "budget.yaml")


def faults(text: str) -> list[Finding]:
    with pytest.raises(DataFaults) as caught:
        read(text)
    return list(caught.value.findings)


SYNTAX = [
    ("unit: %", 1, "「%」で始まる値は、そのままでは書けません", '（例 "%"）'),
    ("s: {name}を{target}とする", 1, "「{」で始まる値", '（例 "{name}を{target}とする"）'),
    ("name: 目標: 5", 1, "値の中に「: 」があります", "全角の「：」"),
    ("a:\n\tb: 1", 2, "行の先頭にタブがあります", "半角の空白に直して"),
    ("- a: 1\n　b: 2", 2, "行の先頭に全角の空白があります", "半角の空白に直して"),
    ("- id：a\n  name: b", 1, "「：」が全角です", "半角の「: 」に直して"),
    ("- id: a\n  amount:2902\n- id: b", 2, "「:」の後に空白がありません", "半角の空白を入れて"),
    ("- id: a\n  amount:　2902\n- id: b", 2, "「:」の後に空白がありません", "半角の空白を入れて"),
    ("- a: 1\n-b: 2\n", 2, "先頭の「-」の後に空白がありません", "「- 」のように"),
    ("- a: 1\n－ a: 2\n", 2, "先頭の「-」が全角です", "半角の「-」"),
    ("a: [1, 2\nb: 3", 1, "括弧が閉じていないか", '半角の「"」で囲んで'),
    ("a: [1, , 3]", 1, "「,」の前に値がありません", "null と書きます"),
    ("a: [1, 2,\n    , 3]", 2, "「,」の前に値がありません", "null と書きます"),
    ('a: "健診\nb: 1\n', 1, "終わりにありません", "同じ引用符を付けて"),
    ('a: "健診"の推進\n', 1, "引用符の後に余分な文字", "引用符を全角にして"),
    (r'a: "C:\健診"', 1, "「\\」は", "「'」に替えて"),
    ("- id: a\n  name: b\n - id: c", 3, "字下げが前後の行とそろっていません", "見比べて"),
    ("a: 1\n  b: 2", 2, "字下げが前後の行とそろっていません", "見比べて"),
    ("a: 1\n健診の推進\n", 2, "「キー: 値」の形になっていません", "つないで1行に"),
    ("a: 1\n---\nb: 2\n", 2, "", "「---」の行を消して"),
    ("? [a]\n: b", 1, "キーは id や name", '半角の「"」'),
    ("a: !注意", 1, "「!」で始まる値", '（例 "!注意"）'),
    (r'a: "\UFFFFFFFF"', 1, "YAML の書き方に合っていません", "見比べて"),
]


@pytest.mark.parametrize(("text", "line", "allowed", "remedy"), SYNTAX)
def test_a_syntax_fault_names_the_line_and_the_way_out(
    text: str, line: int, allowed: str, remedy: str
) -> None:
    [finding] = faults(text)
    assert finding.place.line == line
    assert allowed in finding.allowed
    assert remedy in finding.remedy


def test_a_syntax_fault_shows_the_line_as_typed() -> None:
    [finding] = faults("kpis:\n  - unit: %\n")
    assert str(finding) == (
        "budget.yaml 2行11文字目: 「- unit: %」の行が読み取れません。"
        "「%」で始まる値は、そのままでは書けません。"
        '値の全体を半角の「"」で囲んでください（例 "%"）。'
    )


def test_faults_before_a_syntax_fault_are_kept_but_not_its_first_traces() -> None:
    found = faults("a: 1\na: 2\nb: 健診\n  c: 3\n")
    assert [finding.place.line for finding in found] == [2, 4]


@given(st.text(alphabet="ab:- \n\"'[]{}#&*!|>%@`,?\t\\x01：　…~\r<\x00\x85\ufeff健"))
def test_whatever_the_text_only_faults_in_japanese_come_out(text: str) -> None:
    try:
        findings = read(text).findings
    except DataFaults as error:
        findings = error.findings
    for finding in findings:
        words = re.sub(
            "「.*?」の行|「.」|（例 .*）|（コード .*）|1回目は", "", f"{finding.allowed}{finding.remedy}"
        )
        assert not set(re.findall("[A-Za-z]{2,}", words)) - {"id", "name", "null", "YAML"}
