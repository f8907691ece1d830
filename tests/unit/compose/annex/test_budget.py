"""The initiatives of two years, their sums and differences."""

from __future__ import annotations

from handouts.compose.annex.budget import compose_budget
from handouts.compose.annex.cells import Sheet, TableRow
from handouts.compose.plan_budget import compare_years
from handouts.dataset.budget import Initiative
from handouts.dataset.model import Datasets
from tests.annexes import shown
from tests.samples import initiative, plan_dataset

PLAN = "Ⅰ．健康\n１ 健診 {#kenshin}\n受診を勧める。\n２ 広報 {#koho}\n広く知らせる。\n"


def sheet(new: list[Initiative], old: list[Initiative] | None = None, plan: str = PLAN) -> Sheet:
    previous = None if old is None else plan_dataset(PLAN, old, year=2024)
    datasets = Datasets(plan_dataset(plan, new), previous)
    [found] = compose_budget(datasets, compare_years(datasets))
    return found


def rows(found: Sheet) -> list[TableRow]:
    return list(found.tables[0].rows)


def texts(row: TableRow) -> list[str]:
    return [shown(cell) for cell in row.cells]


def test_an_initiative_stands_once_with_the_amounts_of_both_years() -> None:
    found = sheet([initiative("a", "kenshin", 2_902_400)], [initiative("a", "kenshin", 3_000_000)])
    assert found.tables[0].heads == (
        *("箇所", "項目", "取組", "区分"),
        *("令和7年度 千円", "令和6年度 千円", "増減 千円"),
        *("令和7年度 円", "令和6年度 円", "増減 円"),
    )
    assert texts(rows(found)[1]) == [
        *("Ⅰ-1", "健診", "取組 a", ""),
        *("2,902", "3,000", "△98"),
        *("2,902,400", "3,000,000", "△97,600"),
    ]
    assert [cell.formula for cell in rows(found)[1].cells[4:]] == [
        *("ROUND(H4/1000,0)", "ROUND(I4/1000,0)", "ROUND(J4/1000,0)"),
        *("", "", "H4-I4"),
    ]


def test_an_initiative_of_one_year_says_so_and_leaves_the_other_empty() -> None:
    found = rows(sheet([initiative("a", "kenshin")], [initiative("b", "kenshin", 500)]))
    assert [texts(row)[2:7] for row in found[1:3]] == [
        ["取組 a", "新", "1,000", "", "1,000"],
        ["取組 b", "前年度のみ", "", "1", "△1"],
    ]


def test_an_initiative_that_went_to_another_topic_stands_in_both() -> None:
    found = rows(sheet([initiative("a", "koho")], [initiative("a", "kenshin")]))
    assert [texts(row)[:4] for row in found if row.role == "item"] == [
        ["Ⅰ-1", "健診", "取組 a", "ほかの項目へ"],
        ["Ⅰ-2", "広報", "取組 a", ""],
    ]


def test_topics_with_several_initiatives_pillars_and_the_whole_are_summed() -> None:
    found = rows(sheet([initiative("a", "kenshin"), initiative("b", "kenshin"), initiative("c", "koho")], []))
    assert [(row.role, texts(row)[0]) for row in found] == [
        ("group", "Ⅰ．健康"),
        ("item", "Ⅰ-1"),
        ("item", "Ⅰ-1"),
        ("subtotal", "小計"),
        ("item", "Ⅰ-2"),
        ("subtotal", "分野の計"),
        ("total", "予算の合計"),
    ]
    assert [row.cells[7].formula for row in found if row.role in ("subtotal", "total")] == [
        "SUM(H4:H5)",
        "SUM(H4:H5,H7)",
        "SUM(H4:H5,H7)",
    ]
    assert texts(found[-1])[4:] == ["3,000", "0", "3,000", "3,000,000", "0", "3,000,000"]


def test_sums_are_added_in_yen_and_rounded_last() -> None:
    found = rows(sheet([initiative("a", "kenshin", 400), initiative("b", "kenshin", 400)]))
    assert [texts(row)[4] for row in found[1:4]] == ["0", "0", "1"]


def test_years_of_one_name_have_columns_of_their_own() -> None:
    datasets = Datasets(plan_dataset(PLAN, [initiative("a", "kenshin")]), plan_dataset(PLAN))
    [found] = compose_budget(datasets, compare_years(datasets))
    assert found.tables[0].heads[4:6] == ("令和7年度 千円", "令和7年度 千円（2）")


def test_without_last_year_there_is_one_year() -> None:
    found = sheet([initiative("a", "kenshin")])
    assert found.tables[0].heads[4:] == ("令和7年度 千円", "令和7年度 円")
    assert texts(rows(found)[1])[2:] == ["取組 a", "", "1,000", "1,000,000"]


def test_without_initiatives_there_is_no_sheet() -> None:
    datasets = Datasets(plan_dataset(PLAN), plan_dataset(PLAN, year=2024))
    assert compose_budget(datasets, compare_years(datasets)) == ()
