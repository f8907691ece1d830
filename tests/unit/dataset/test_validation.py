"""Entries of the yaml files: what is read, and what is left out where it is at fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from handouts.checks import check_dataset
from tests.unit.dataset.folders import changed, read


@pytest.mark.parametrize(
    ("typed", "branch"), [("群馬", "群馬"), ("群馬支部", "群馬"), (" 群馬支部 ", "群馬")]
)
def test_the_branch_may_be_written_with_its_suffix(tmp_path: Path, typed: str, branch: str) -> None:
    reading = read(tmp_path, dataset=f"branch: {typed}\nfiscal_year: 2025\nedition: 最終\n")
    assert reading.dataset is not None
    assert reading.dataset.branch == branch


def test_a_key_without_a_value_counts_as_not_written(tmp_path: Path) -> None:
    reading = read(tmp_path, kpis=changed("kpis.yaml", 'unit: "%"', "unit:\n    bound:\n    sentence:"))
    assert reading.findings == ()
    assert reading.dataset is not None
    assert reading.dataset.kpis[0].unit == ""


def test_a_number_where_text_belongs_is_text(tmp_path: Path) -> None:
    reading = read(tmp_path, dataset=changed("dataset.yaml", "material: 資料1", "material: 2.10"))
    assert reading.dataset is not None
    assert reading.dataset.handouts["plan-budget"].material == "2.10"


def test_rows_at_fault_are_left_out_but_keep_their_place(tmp_path: Path) -> None:
    reading = read(tmp_path, budget=changed("budget.yaml", "500000", "x"))
    assert reading.dataset is not None
    assert [initiative.id for initiative in reading.dataset.initiatives] == ["kenshin-annai"]
    assert "budget:koho-shi" in reading.places
    found = check_dataset(reading.dataset, reading.places)
    assert {finding.rule.id for finding in found} == {"example.row-left", "example.line-left"}


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


def test_a_fault_beside_the_rows_leaves_them_all(tmp_path: Path) -> None:
    monthly = "as_of: 13月\ntables:\n  - id: t\n    caption: 表\n    series:\n      - year: R7\n"
    reading = read(tmp_path, monthly=monthly)
    assert len(reading.findings) == 1
    assert reading.dataset is not None
    assert [table.id for table in reading.dataset.tables] == ["t"]
    assert reading.dataset.as_of is None


def test_a_row_of_months_at_fault_leaves_out_its_table_and_says_so_once(tmp_path: Path) -> None:
    series = "      - year: R7\n        values: [1]\n"
    monthly = f"tables:\n  - id: a\n    caption: 表\n    series:\n{series}  - id: b\n    caption: 表\n    series:\n      - year: R7\n"
    reading = read(tmp_path, monthly=monthly)
    assert [finding.place.key for finding in reading.findings] == ["tables[1].series[1].values"]
    assert reading.dataset is not None
    assert [table.id for table in reading.dataset.tables] == ["b"]
    assert "monthly:a" in reading.places
