"""Reading yaml: values, their places, and what is refused."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest

from handouts.dataset.yaml_text import YamlText, key_text, parse_yaml
from handouts.findings import DataFaults


def read(text: str) -> YamlText:
    return parse_yaml(text, "budget.yaml")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: 5", 5),
        ("a: -5", -5),
        ("a: 2.50", Decimal("2.50")),
        ("a: 100.0", Decimal("100.0")),
        ("a: 007", "007"),
        ("a: 2,902", "2,902"),
        ("a: 1e5", "1e5"),
        ("a: 1_000", "1_000"),
        ("a: 0x1F", "0x1F"),
        ("a: .inf", ".inf"),
        ("a: 2025-01-17", "2025-01-17"),
        ("a: 12:30", "12:30"),
        ("a: yes", "yes"),
        ("a: true", True),
        ("a: False", False),
        ("a:", None),
        ("a: ~", None),
        ("a: null", None),
        ("a: '5'", "5"),
        ('a: "true"', "true"),
        ("a: ２５", "２５"),
        ("a: 健診 の推進 # 覚え書き", "健診 の推進"),
        ("a: 健診#1", "健診#1"),
        ("a: |\n  一行目\n", "一行目\n"),
        ("a: []", []),
        ("a: {}", {}),
    ],
)
def test_a_value_is_read_as_what_it_looks_like(text: str, value: object) -> None:
    data = read(text).data
    assert isinstance(data, dict)
    assert data["a"] == value
    assert type(data["a"]) is type(value)


def test_a_decimal_keeps_its_digits_and_is_never_a_float() -> None:
    assert str(read("62.20").data) == "62.20"


def test_a_number_of_absurd_length_stays_text() -> None:
    assert read("1" * 5000).data == "1" * 5000


@pytest.mark.parametrize("text", ["", "\n\n", "# 覚え書きだけ\n", "---\n"])
def test_a_file_without_values_is_nothing(text: str) -> None:
    assert read(text).data is None


def test_every_key_and_value_has_its_place_counted_from_one() -> None:
    text = read("# 覚え書き\nkpis:\n  - id: a\n    marks: [x, 効果的に]\n")
    assert text.keys[("kpis",)] == (2, 1)
    assert text.values[("kpis", 0)] == (3, 5)
    assert text.keys[("kpis", 0, "id")] == (3, 5)
    assert text.values[("kpis", 0, "id")] == (3, 9)
    assert text.values[("kpis", 0, "marks", 1)] == (4, 16)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_places_do_not_depend_on_the_line_ends(newline: str) -> None:
    assert read(f"a: 1{newline}b: 2{newline}").keys[("b",)] == (2, 1)


def test_a_key_path_counts_rows_from_one() -> None:
    assert key_text(("initiatives", 2, "amount")) == "initiatives[3].amount"


def test_a_key_given_twice_is_a_fault_with_both_lines() -> None:
    text = read("a: 1\nb: 2\na: 3\n")
    [finding] = text.findings
    assert text.data == {"a": 1, "b": 2}
    assert str(finding) == (
        "budget.yaml 3行1文字目（a）: 「a」が2回書かれています（1回目は1行）。"
        "同じキーは1つのまとまりに1回だけ書けます。どちらかを消してください。"
    )


@pytest.mark.parametrize("value", ["&x 健診", "!x 健診", "!!str 5", "*x"])
def test_signs_with_a_meaning_in_yaml_are_refused(value: str) -> None:
    [finding] = read(f"a: {value}\n").findings
    assert finding.severity == "error"
    assert f"「{value[0]}」で始まる値は、そのままでは書けません" in finding.found


def test_aliases_are_refused_before_they_can_grow() -> None:
    bomb = "a: &a [x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{'*' + chr(97 + n) + ','}]\n" for n in range(20)
    )
    started = time.process_time()
    assert all(finding.severity == "error" for finding in read(bomb).findings)
    assert time.process_time() - started < 1


@pytest.mark.parametrize("text", ["[" * 100_000, "{a: " * 1000, "- " * 1000 + "x"])
def test_deep_nesting_is_refused(text: str) -> None:
    with pytest.raises(DataFaults, match="段より深く"):
        read(text)


def test_a_control_character_is_a_fault_at_its_place() -> None:
    [finding] = read("a: 1\nname: 健診\x0b推進\n").findings
    assert (finding.place.line, finding.place.column) == (2, 9)
    assert "000B" in finding.found


@pytest.mark.parametrize("escape", [r"\x07", r"\ud800", r"\ufffe", r"\u2028"])
def test_an_escaped_control_character_is_a_fault_too(escape: str) -> None:
    [finding] = read(f'a: "x{escape}"\n').findings
    assert finding.place.key == "a"
    assert "制御文字" in finding.found


def test_a_value_over_several_lines_is_a_warning() -> None:
    text = read("name: 健診の\n  推進\n")
    [finding] = text.findings
    assert text.data == {"name": "健診の 推進"}
    assert finding.severity == "warning"
    assert finding.found == "1行から2行までが1つの値になり、行の境目に空白が入ります"


def test_a_whole_budget_is_read_quickly() -> None:
    row = "  - id: item-{0}\n    name: 健診の受診勧奨（第{0}回）\n    topic: 特定健診\n    amount: 2902000\n"
    text = "initiatives:\n" + "".join(row.format(number) for number in range(70))
    times = []
    for _ in range(5):
        started = time.process_time()
        read(text)
        times.append(time.process_time() - started)
    assert min(times) < 0.2  # 20 ms where this was written; a tenfold loss should not go unseen


def test_a_value_left_empty_stands_where_its_key_does() -> None:
    parsed = parse_yaml("name: 甲\namount:\n\n# 終わり\n", "budget.yaml")
    assert parsed.data == {"name": "甲", "amount": None}
    assert parsed.values[("amount",)] == (2, 1)
