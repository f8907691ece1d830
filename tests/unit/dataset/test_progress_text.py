"""The text of a progress entry: labelled lines with ids, and small tables between two fences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.dataset.labels import Family
from handouts.dataset.progress_text import ProgressText, TextTable, read_progress_text


def read(*lines: str) -> ProgressText:
    return read_progress_text("\n".join(lines), "progress.yaml")


def tables(*lines: str) -> list[tuple[tuple[str, ...], ...]]:
    text = read(*lines)
    assert text.findings == ()
    return [block.rows for block in text.blocks if isinstance(block, TextTable)]


def faults(*lines: str) -> list[tuple[int | None, str]]:
    return [(finding.place.line, finding.found) for finding in read(*lines).findings]


def test_each_line_is_a_paragraph_with_its_label_and_its_place() -> None:
    lines = read("・会議を開いた。", "", "①案内を送った。", "【主な発言】", "※6月から", "続けた。").lines
    assert [(line.label, line.text, line.family, line.number) for line in lines] == [
        ("・", "会議を開いた。", Family.BULLET, 1),
        ("①", "案内を送った。", Family.CIRCLED, 3),
        ("【主な発言】", "", Family.CAPTION, 4),
        ("※", "6月から", Family.NOTE, 5),
        ("", "続けた。", None, 6),
    ]


def test_labels_are_kept_as_typed_and_never_counted() -> None:
    assert [line.label for line in read("③甲", "③乙", "（５）丙", "■ KPI：①丁").lines] == [
        "③",
        "③",
        "（５）",
        "■ KPI：①",
    ]


def test_a_line_may_bear_an_id_at_its_end() -> None:
    [line] = read("⑥教材を配った。 {#kyozai}").lines
    assert (line.text, line.id) == ("教材を配った。", "kyozai")


@pytest.mark.parametrize("name", ["Kyozai", "教材", "a" * 25, ""])
def test_an_id_that_cannot_be_used_is_a_fault_at_its_line(name: str) -> None:
    assert faults("・甲", f"・乙 {{#{name}}}") == [(2, f"id「{name}」は使えません")]


def test_a_table_stands_between_two_fences_at_the_place_of_the_first() -> None:
    text = read("・甲", "```", "期間 | 媒体｜結果", "", "6月 | ホームページ | 1,200件", "```", "・乙")
    assert [type(block).__name__ for block in text.blocks] == ["TextLine", "TextTable", "TextLine"]
    table = text.blocks[1]
    assert isinstance(table, TextTable)
    assert table.rows == (("期間", "媒体", "結果"), ("6月", "ホームページ", "1,200件"))
    assert table.number == 2


@pytest.mark.parametrize(
    ("head", "row", "cells"),
    [
        ("期間 | 結果", "6月 | 5件", ("6月", "5件")),
        ("| 期間 | 結果 |", "| 6月 | 5件 |", ("6月", "5件")),
        ("| 期間 | 結果 |", "6月 | 5件", ("6月", "5件")),
        ("期間 | 結果", "| 6月 | 5件 |", ("6月", "5件")),
        ("期間 | 結果", "6月 |", ("6月", "")),
        ("期間 | 結果", "| 5件", ("", "5件")),
        ("期間 | 結果", "|", ("", "")),
        ("| 期間 | 結果 |", "| 6月 | |", ("6月", "")),
        ("| 期間 | 結果 |", "| | |", ("", "")),
        ("期間 | 媒体 | 結果", "| HP |", ("", "HP", "")),
        ("期間", "6月", ("6月",)),
    ],
)
def test_a_cell_may_be_empty_and_rows_may_be_framed(head: str, row: str, cells: tuple[str, ...]) -> None:
    assert tables("```", head, row, "```") == [(tables("```", head, head, "```")[0][0], cells)]


@pytest.mark.parametrize(
    ("row", "found"),
    [("6月", "表のこの行は1欄です"), ("6月 | HP | 5件 | 計", "表のこの行は4欄です"), ("6月 | HP", "2欄")],
)
def test_a_row_with_a_missing_or_an_odd_cell_is_a_fault_at_its_line(row: str, found: str) -> None:
    text = read("・甲", "```", "期間 | 媒体 | 結果", "5月 | HP | 3件", row, "```")
    [finding] = text.findings
    assert (finding.place.line, finding.allowed) == (5, "見出しの行に合わせて、どの行も3欄です")
    assert found in finding.found
    table = text.blocks[1]
    assert isinstance(table, TextTable)
    assert len(table.rows) == 2  # the row is left out


@pytest.mark.parametrize("rows", [(), ("期間 | 結果",), ("", "期間 | 結果", "")])
def test_a_table_without_a_row_below_its_head_is_a_fault(rows: tuple[str, ...]) -> None:
    assert faults("```", *rows, "```") == [(1, "表に行が足りません")]


def test_a_fence_that_is_not_closed_is_a_fault_at_its_line() -> None:
    lines = ("・甲", "```", "期間 | 結果", "6月 | 5件", "```", "```", "期間 | 結果")
    assert faults(*lines) == [(6, "表の始まりの「```」に、終わりの「```」がありません")]


@pytest.mark.parametrize("row", ["```表", "｀｀｀", "````"])
def test_a_row_that_looks_like_a_fence_is_a_fault(row: str) -> None:
    assert faults("・甲", row) == [(2, f"「{row}」は表の区切りになりません")]


def test_control_characters_are_faults_at_their_line() -> None:
    assert [line for line, _ in faults("・甲", "・乙\u2028丙")] == [2]


def test_all_faults_come_in_the_order_of_the_lines() -> None:
    found = faults("・甲 {#A}", "```", "a | b", "c", "```", "・乙 {#B}", "```")
    assert [line for line, _ in found] == [1, 4, 6, 7]


@given(st.text(alphabet="・①【】a|｜`\n {#}※１（）甲 \u3000"))
def test_whatever_is_typed_is_read_without_an_exception_and_no_line_is_lost(text: str) -> None:
    read = read_progress_text(text)
    numbers = [block.number for block in read.blocks]
    assert numbers == sorted(numbers)
    if "`" not in text and "{" not in text:
        typed = "".join(text.split())
        assert "".join("".join((line.label + line.text).split()) for line in read.lines) == typed
