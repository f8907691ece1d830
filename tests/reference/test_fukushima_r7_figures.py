"""The 最終報告 of 福島支部 令和7年度 prints the list of KPIs of the public document, and states its 19 KPIs."""

from __future__ import annotations

import json
import re
import unicodedata
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from handouts.compose.final_report import FinalReport, compose_final_report
from handouts.compose.kpi_list import KpiRow
from handouts.dataset.model import Dataset, Datasets
from handouts.measures.filling import expand
from handouts.runs.checking import read_checked
from tests.reference.folder import REFERENCE, ROOT, needs_reference

ROWS, KPIS = 15, 19
KPI_NUMBERS = range(KPIS)


# Headline figures of the document, at hand everywhere.


def test_the_15_kpis_are_printed_with_their_targets_and_none_changed() -> None:
    assert [(row.number, target(row), row.change) for row in rows()] == [
        (str(number), printed, "（変更無）")
        for number, printed in enumerate(
            [
                "100%",
                "対前年度以下",
                "対前年度以上",
                "対前年度以上",
                "対前年度以上",
                "65.6%以上",
                "8.0%以上",
                "30.7%以上",
                "31.5%以上",
                "15.1%以上",
                "対前年度以上",
                "2,270事業所以上",
                "54.7%以上",
                "対前年度末以上",
                "15%以下",
            ],
            1,
        )
    ]


def test_the_pillars_have_5_9_and_1_of_them() -> None:
    assert [len(group.rows) for group in report().kpis.groups] == [5, 9, 1]


def test_the_cover_says_that_no_kpi_changed_and_where_the_parts_are() -> None:
    cover = report().front.cover
    assert (cover.material, cover.agenda) == ("資料２－１", "【議題２】報告事項")
    assert cover.title == ("令和７年度 福島支部", "事業計画の最終報告について")
    assert "ＫＰＩに、審査の前から変わったものはありません。" in cover.statements
    assert [part.title for part in cover.contents] == [
        "令和７年度 ＫＰＩ（重要業績評価指標）一覧",
        "令和７年度 福島支部の事業計画",
    ]


def test_the_heads_are_those_of_a_list_in_which_nothing_changed() -> None:
    assert report().kpis.heads == ("番号", "ＫＰＩ指標", "変更前", "変更有無")


# The figures of the document, where they are at hand.


@needs_reference
def test_there_are_as_many_rows_as_printed_and_as_many_changes() -> None:
    printed = read("fukushima_r7_kpi_changes.json")
    assert len(rows()) == printed["row_count"] == ROWS
    assert report().kpis.change_count == printed["changed_count"]
    assert [row.number for row in rows()] == [str(row["no"]) for row in printed["rows"]]


@needs_reference
def test_the_names_are_the_printed_ones() -> None:
    assert [plain(name(row)) for row in rows()] == [plain(row["kpi_name"]) for row in changes()]


@needs_reference
def test_the_heads_of_the_columns_are_the_printed_ones_beside_the_number() -> None:
    assert list(report().kpis.heads[1:]) == read("fukushima_r7_kpi_changes.json")["columns"]


@needs_reference
@pytest.mark.parametrize("number", range(ROWS))
def test_the_target_before_is_the_printed_one(number: int) -> None:
    """The document leaves out 以上 of most targets that its plan has, and has 15.0 in the list for 15 in the plan."""
    row, printed = rows()[number], changes()[number]
    found = plain(target(row)).replace(",", "")
    if printed["before_value"] is None:
        assert found == plain(printed["before_raw"])
    else:
        [value] = re.findall(r"[\d.]+", found)
        assert Decimal(value) == Decimal(str(printed["before_value"]))
        assert found.startswith(value + printed["unit"])
        assert found.endswith(printed["comparison"] or "")


@needs_reference
def test_the_change_marks_are_the_printed_ones() -> None:
    assert [row.change for row in rows()] == [row["change_mark_raw"] for row in changes()]


@needs_reference
def test_each_kpi_stands_under_the_pillar_of_the_document() -> None:
    found = [(group.title, row.number) for group in report().kpis.groups for row in group.rows]
    for (title, number), printed in zip(found, changes(), strict=True):
        words = re.sub(r"^\d\.|関係$", "", plain(printed["section"]))
        assert words[:3] in plain(title) or words[:2] in plain(title), number


@needs_reference
def test_each_row_is_the_kpi_of_the_plan_that_the_document_means() -> None:
    by_id = {kpi.id: kpi for kpi in dataset().kpis}
    for row, printed in zip(rows(), changes(), strict=True):
        assert without_note(by_id[row.ref.removeprefix("kpi:")].name) == without_note(printed["body_kpi"])


@needs_reference
def test_all_19_kpis_of_the_plan_are_there_in_order() -> None:
    printed = read("fukushima_r7_kpi.json")["kpis"]
    assert len(dataset().kpis) == KPIS
    assert [without_note(kpi.name) for kpi in dataset().kpis] == [
        without_note(row["name"]) for row in printed
    ]


@needs_reference
@pytest.mark.parametrize("number", KPI_NUMBERS)
def test_the_plan_states_each_with_its_printed_aim(number: int) -> None:
    kpi, printed = dataset().kpis[number], read("fukushima_r7_kpi.json")["kpis"][number]
    sentence = plain(expand(f"{{kpi:{kpi.id}}}", dataset())).replace(",", "")
    if printed["target_value"] is not None:
        assert f"{printed['target_value']}{printed['unit']}" in sentence
        assert printed["comparison"] in sentence or printed["comparison"] == "以内を維持"
    elif printed["kind"] == "前年度比較":
        assert printed["comparison"] in sentence
    else:
        assert kpi.target is None


@needs_reference
def test_the_persons_are_the_printed_ones() -> None:
    found = [(each.eligible, float(each.rate), each.planned) for each in dataset().populations]
    printed = read("fukushima_r7_kpi.json")["populations"]
    assert found == [(row["population"], row["rate_value"], row["planned_count"]) for row in printed]


@cache
def report() -> FinalReport:
    source = read_checked(ROOT / "data" / "fukushima-r7")
    assert source.findings == ()
    assert source.earlier is not None
    return compose_final_report(Datasets(dataset(), earlier=source.earlier))


@cache
def dataset() -> Dataset:
    found = read_checked(ROOT / "data" / "fukushima-r7").dataset
    assert found is not None
    return found


def rows() -> list[KpiRow]:
    return [row for group in report().kpis.groups for row in group.rows]


def name(row: KpiRow) -> str:
    return "".join(run.text for run in row.name)


def target(row: KpiRow) -> str:
    """The only target of a row."""
    [[line]] = row.targets
    return line.text


@cache
def read(file: str) -> Any:
    return json.loads((REFERENCE / "figures" / file).read_text(encoding="utf-8"))


def changes() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = read("fukushima_r7_kpi_changes.json")["rows"]
    return found


def plain(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def without_note(text: str) -> str:
    """The name of a KPI without the ※ that leads to a note."""
    return plain(text).replace("(※)", "")
