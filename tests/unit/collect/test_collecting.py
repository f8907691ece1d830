"""What groups changed in their workbooks goes into the dataset, and nothing else does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from handouts.collect.collection import Collection
from handouts.collect.conflicts import DATASET, Conflicts
from handouts.collect.lineage import Lineage
from handouts.collect.outstanding import groups_not_there, left_empty
from handouts.collect.returned import Returned, read_filled
from handouts.dataset.budget import BudgetField
from handouts.dataset.fiscal import FiscalYear
from handouts.dataset.kpis import Kpi
from handouts.dataset.model import Dataset
from handouts.dataset.monthly import MonthlySeries, MonthlyTable
from handouts.dataset.plan import Plan
from handouts.dataset.progress import ProgressEntry
from handouts.dataset.settings import HandoutSettings
from handouts.excel.book import Book
from handouts.excel.dataset_rows import rows_of_dataset
from handouts.excel.heads import heads_of
from handouts.excel.reading import read_book, read_workbook
from handouts.excel.sheets import TABLES_IN_ORDER
from handouts.excel.source import Findings
from handouts.findings import Place
from tests.samples import initiative, plan_dataset
from tests.unit.dataset.strategies import datasets
from tests.unit.excel import books
from tests.unit.excel.test_round_trip import has_different_ids

PLAN = """\
Ⅰ．基盤的保険者機能関係

１ サービス（業務グループ） {#service}
（１）早く支給する。
（２）相談に応じる。

２ 健診（保健グループ） {#kenshin}
（１）案内する。
（２）受診を勧める。 {#susume}
（３）結果を伝える。

３ 広報（業務・保健グループ） {#koho}
（１）知らせる。
"""
R3, R4 = FiscalYear(2021), FiscalYear(2022)
Change = Callable[[books.Book], None]


def source() -> Dataset:
    """A dataset with two groups, 業務 and 保健, that share one heading."""
    return plan_dataset(
        PLAN,
        [
            initiative("madoguchi", "service", amount=100_000),
            initiative("annai", "kenshin", amount=200_000),
            initiative("koho", "koho", amount=300_000),
        ],
        year=2021,
        kpis=(
            Kpi(id="days", name="日数", target=Decimal(10), unit="日", group="業務"),
            Kpi(
                id="rate",
                name="受診率",
                target=Decimal("61.0"),
                unit="%",
                group="保健",
                actuals={R3: Decimal("55.0")},
            ),
        ),
        tables=(
            MonthlyTable(
                id="checkup",
                caption="受診者数",
                kpi="rate",
                unit="人",
                series=(
                    MonthlySeries(year=R3, label="本人", values={4: Decimal(10), 5: Decimal(20)}),
                    MonthlySeries(year=R3, label="家族", values={4: Decimal(30)}),
                ),
            ),
        ),
        entries=(
            ProgressEntry(id="service", plan="service", text="窓口を開いた。"),
            ProgressEntry(id="susume", plan="susume", text="はがきを送った。"),
            ProgressEntry(id="susume-2", text="電話をかけた。"),
        ),
    )


class Collected:
    """What comes of workbooks put into a dataset: the dataset, and the conflicts as messages."""

    def __init__(self, now: Dataset, collection: Collection, conflicts: Conflicts) -> None:
        reading = collection.reading()
        assert reading.findings == ()
        assert reading.dataset is not None
        self.dataset = replace(reading.dataset, name=source().name)
        self.conflicts = [str(finding) for finding in conflicts.found]
        self.taken = collection.taken
        self.places = reading.places

    def plan(self) -> list[str]:
        return [paragraph.label + paragraph.text for paragraph in self.dataset.plan.paragraphs]


def came_back(path: Path) -> Returned:
    read = read_filled(path)
    returned = read.returned({})
    assert returned is not None, read.findings
    return returned


class Desk:
    """The planning team's desk: workbooks go out to groups and come back changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.returned: list[Returned] = []

    def send(self, group: str, change: Change, name: str = "") -> Desk:
        """A workbook of the dataset for a group, which comes back with a change."""
        book = books.Book(source(), group)
        change(book)
        path = book.save(self.folder / f"{name or group}.xlsx")
        returned = came_back(path)
        self.returned.append(returned)
        return self

    def collect(self, now: Dataset | None = None, take: Sequence[str] = ()) -> Collected:
        return put_together(now or source(), self.returned, take)


def put_together(now: Dataset, returned: Sequence[Returned], take: Sequence[str] = ()) -> Collected:
    conflicts = Conflicts([[name] for name in take])
    collection = Collection(now.name, rows_of_dataset(now), {}, conflicts)
    for one in returned:
        collection.add(one)
    return Collected(now, collection, conflicts)


def book_with(dataset: Dataset) -> Book:
    """What a workbook of the dataset holds when it is read."""
    places = {table.name: Place("r7", cell=table.sheet) for table in TABLES_IN_ORDER}
    heads = {table.name: heads_of(table, dataset) for table in TABLES_IN_ORDER}
    return Book(Findings("r7"), rows_of_dataset(dataset), places, heads)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def put(sheet: str, row: int, heading: str, value: Any) -> Change:
    def change(book: books.Book) -> None:
        book.cell(sheet, row, heading).value = value

    return change


def nothing(book: books.Book) -> None:
    """A workbook that comes back as it went out."""


def with_amount(dataset: Dataset, number: int, amount: int | None) -> Dataset:
    changed = list(dataset.initiatives)
    changed[number] = changed[number].model_copy(update={"amount": amount})
    return replace(dataset, initiatives=tuple(changed))


def test_workbooks_without_a_change_leave_the_dataset_as_it_is(desk: Desk) -> None:
    collected = desk.send("業務", nothing).send("保健", nothing).collect()
    assert collected.dataset == source()
    assert (collected.conflicts, collected.taken) == ([], {"業務.xlsx": 0, "保健.xlsx": 0})


def test_what_each_group_changed_goes_in(desk: Desk) -> None:
    desk.send("業務", put("取組・予算", 1, "予算額（円）", 150_000))
    desk.send("保健", put("取組・予算", 1, "予算額（円）", "250千円"))
    collected = desk.collect()
    assert collected.dataset == with_amount(with_amount(source(), 0, 150_000), 1, 250_000)
    assert collected.taken == {"業務.xlsx": 1, "保健.xlsx": 1}


def test_what_the_dataset_changed_meanwhile_stays(desk: Desk) -> None:
    now = with_amount(source(), 0, 999_000)
    collected = desk.send("業務", put("取組・予算", 1, "取組の名称", "窓口の改善")).collect(now)
    assert collected.conflicts == []
    assert collected.dataset.initiatives[0].amount == 999_000
    assert collected.dataset.initiatives[0].name == "窓口の改善"


def test_an_emptied_cell_is_a_change(desk: Desk) -> None:
    collected = desk.send("業務", put("取組・予算", 1, "予算額（円）", None)).collect()
    assert collected.dataset == with_amount(source(), 0, None)


@pytest.mark.parametrize(
    ("figure", "shape", "target"), [(10, "General", "10.0"), (11, "General", "11"), (10, "0", "10")]
)
def test_decimals_survive_a_cell_that_does_not_state_them(
    tmp_path: Path, figure: int, shape: str, target: str
) -> None:
    first, *others = source().kpis
    now = replace(source(), kpis=(first.model_copy(update={"target": Decimal("10.0")}), *others))
    book = books.Book(now, "業務")
    book.cell("KPI", 1, "目標").value, book.cell("KPI", 1, "目標").number_format = figure, shape
    collected = put_together(now, [came_back(book.save(tmp_path / "業務.xlsx"))])
    assert str(collected.dataset.kpis[0].target) == target
    assert collected.taken == {"業務.xlsx": int(target != "10.0")}


def test_the_same_change_on_both_sides_is_no_conflict(desk: Desk) -> None:
    now = with_amount(source(), 2, 350_000)
    desk.send("業務", put("取組・予算", 2, "予算額（円）", 350_000))
    desk.send("保健", put("取組・予算", 2, "予算額（円）", "350,000円"))
    collected = desk.collect(now)
    assert (collected.dataset, collected.conflicts) == (now, [])


def test_a_conflict_with_the_dataset_names_the_cell_and_the_values_and_changes_nothing(desk: Desk) -> None:
    now = with_amount(source(), 0, 120_000)
    collected = desk.send("業務", put("取組・予算", 1, "予算額（円）", 150_000)).collect(now)
    assert collected.conflicts == [
        "業務.xlsx 取組・予算!D4（予算額（円））: 業務グループは「150000」、今のデータは「120000」です"
        "（書き出したときは「100000」）。"
    ]
    assert collected.dataset == now


def test_a_conflict_between_groups_names_both(desk: Desk) -> None:
    desk.send("業務", put("取組・予算", 2, "予算額（円）", 350_000))
    desk.send("保健", put("取組・予算", 2, "予算額（円）", 400_000))
    assert desk.collect().conflicts == [
        "保健.xlsx 取組・予算!D5（予算額（円））: 保健グループは「400000」、業務グループ（業務.xlsx）は「350000」です"
        "（書き出したときは「300000」）。"
    ]


def test_all_conflicts_are_found_in_one_run(desk: Desk) -> None:
    def change(book: books.Book) -> None:
        put("取組・予算", 1, "予算額（円）", 1)(book)
        put("取組・予算", 1, "取組の名称", "甲")(book)
        put("KPI", 1, "目標", 5)(book)

    first, *others = with_amount(source(), 0, 2).initiatives
    now = replace(
        source(),
        initiatives=(first.model_copy(update={"name": "乙"}), *others),
        kpis=(source().kpis[0].model_copy(update={"target": Decimal(6)}), source().kpis[1]),
    )
    assert len(desk.send("業務", change).collect(now).conflicts) == 3


@pytest.mark.parametrize(("take", "amount"), [(["業務.xlsx"], 150_000), ([DATASET], 120_000)])
def test_a_conflict_goes_the_way_that_was_asked_for(desk: Desk, take: list[str], amount: int) -> None:
    now = with_amount(source(), 0, 120_000)
    collected = desk.send("業務", put("取組・予算", 1, "予算額（円）", 150_000)).collect(now, take)
    assert collected.conflicts == []
    assert collected.dataset.initiatives[0].amount == amount


@pytest.mark.parametrize(
    ("take", "amount"), [(["業務.xlsx", "保健.xlsx"], 350_000), (["保健.xlsx", "業務.xlsx"], 400_000)]
)
def test_of_two_that_were_asked_for_the_first_is_right(desk: Desk, take: list[str], amount: int) -> None:
    desk.send("業務", put("取組・予算", 2, "予算額（円）", 350_000))
    desk.send("保健", put("取組・予算", 2, "予算額（円）", 400_000))
    assert desk.collect(take=take).dataset.initiatives[2].amount == amount


def test_which_groups_are_not_there_and_what_the_others_left_empty_is_known(desk: Desk) -> None:
    def change(book: books.Book) -> None:
        put("取組・予算", 1, "予算額（円）", None)(book)
        put("進捗", 1, "実施状況の文", None)(book)

    (returned,) = desk.send("業務", change).returned
    assert groups_not_there(source(), [returned]) == ("保健",)
    assert [str(finding).partition(": ")[2] for finding in left_empty(returned, source())] == [
        "「取組 madoguchi」の予算額が空です。",
        "「サービス（業務グループ）」の実施状況の文が空です。",
    ]
    (of_health,) = Desk(desk.folder).send("保健", put("月次", 2, "4月", None)).returned
    dated = replace(of_health, dataset=replace(of_health.dataset, as_of=5))
    assert [str(finding) for finding in left_empty(dated, source())] == [
        "保健.xlsx 月次!A5: 「受診者数 家族」の4月、5月が空です。"
    ]


def test_an_initiative_whose_field_is_budgeted_as_one_needs_no_amount_of_its_own(desk: Desk) -> None:
    (returned,) = desk.send("業務", put("取組・予算", 1, "予算額（円）", None)).returned
    [madoguchi, *others] = returned.dataset.initiatives
    part = replace(returned.dataset, initiatives=(madoguchi.model_copy(update={"field": "keihi"}), *others))
    field = BudgetField(id="keihi", name="経費", amount=1)
    for kind, count in (("progress", 0), ("plan-budget", 1)):
        whole = replace(source(), fields=(field,), handouts={kind: HandoutSettings()})
        assert len(left_empty(replace(returned, dataset=part), whole)) == count


def test_of_long_texts_a_conflict_shows_where_they_differ(desk: Desk) -> None:
    long = "窓口を開いた。" + "あ" * 100
    before = source().entries[0].model_copy(update={"text": f"{long}先{long}"})
    now = replace(source(), entries=(before, *source().entries[1:]))
    desk.send("業務", put("進捗", 1, "実施状況の文", f"{long}後{long}"))
    (conflict,) = desk.collect(now).conflicts
    assert "業務グループは「…ああああああああ後窓口を開いた" in conflict
    assert "今のデータは「…ああああああああ先窓口を開いた" in conflict


def test_a_new_row_stands_below_the_one_that_it_was_put_below(desk: Desk) -> None:
    def change(book: books.Book) -> None:
        book["KPI"].insert_rows(books.HEAD + 2)
        for heading, value in {"id": "calls", "KPIの名称": "電話", "目標": 3, "単位": "件"}.items():
            book.cell("KPI", 2, heading).value = value

    collected = desk.send("業務", change).collect()
    assert [kpi.id for kpi in collected.dataset.kpis] == ["days", "calls", "rate"]
    assert collected.places["kpi:calls"].cell == "KPI!A5"


def test_a_new_row_above_all_others_of_the_group_stands_above_them(desk: Desk) -> None:
    def change(book: books.Book) -> None:
        book["KPI"].insert_rows(books.HEAD + 1)
        for heading, value in {"id": "calls", "KPIの名称": "電話", "目標": 3, "単位": "件"}.items():
            book.cell("KPI", 1, heading).value = value

    collected = desk.send("保健", change).collect()
    assert [kpi.id for kpi in collected.dataset.kpis] == ["days", "calls", "rate"]


def test_a_row_that_two_groups_added_is_one_row(desk: Desk) -> None:
    def add(target: int) -> Change:
        def change(book: books.Book) -> None:
            for heading, value in {"id": "calls", "KPIの名称": "電話", "目標": target, "単位": "件"}.items():
                book.cell("KPI", 3, heading).value = value

        return change

    collected = desk.send("業務", add(3)).send("保健", add(3)).collect()
    assert [kpi.id for kpi in collected.dataset.kpis] == ["days", "calls", "rate"]
    assert collected.conflicts == []
    desk.returned.pop()
    (conflict,) = desk.send("保健", add(4)).collect().conflicts
    assert (
        "保健グループは「4」、業務グループ（業務.xlsx）は「3」です（書き出したときは「（空）」）" in conflict
    )


def drop_row(sheet: str, row: int) -> Change:
    return lambda book: book[sheet].delete_rows(books.HEAD + row)


def test_a_row_that_the_group_deleted_goes(desk: Desk) -> None:
    collected = desk.send("保健", drop_row("取組・予算", 1)).collect()
    assert [one.id for one in collected.dataset.initiatives] == ["madoguchi", "koho"]
    assert collected.taken == {"保健.xlsx": 1}


def test_a_deleted_row_that_the_dataset_changed_is_a_conflict(desk: Desk) -> None:
    now = with_amount(source(), 1, 220_000)
    desk.send("保健", drop_row("取組・予算", 1))
    assert desk.collect(now).conflicts == [
        "保健.xlsx 取組・予算（予算額（円））: 保健グループが消した行（取組 annai）を、今のデータでは「200000」から「220000」に"
        "書き換えています。"
    ]
    assert desk.collect(now).dataset == now
    assert len(desk.collect(now, ["保健.xlsx"]).dataset.initiatives) == 2


def test_a_changed_row_that_the_dataset_dropped_is_a_conflict(desk: Desk) -> None:
    first, _, last = source().initiatives
    now = replace(source(), initiatives=(first, last))
    desk.send("保健", put("取組・予算", 1, "予算額（円）", 220_000))
    assert desk.collect(now).conflicts == [
        "保健.xlsx 取組・予算!D4（予算額（円））: 保健グループが「200000」から「220000」に書き換えた行を、今のデータでは"
        "消したか、すっかり書き換えています。"
    ]
    taken = desk.collect(now, ["保健.xlsx"]).dataset.initiatives
    assert [(one.id, one.amount) for one in taken] == [
        ("madoguchi", 100_000),
        ("annai", 220_000),
        ("koho", 300_000),
    ]


def test_a_row_that_one_group_deleted_and_another_changed_is_a_conflict(desk: Desk) -> None:
    desk.send("業務", drop_row("取組・予算", 2))
    (conflict,) = desk.send("保健", put("取組・予算", 2, "予算額（円）", 1)).collect().conflicts
    assert "「300000」から「1」に書き換えた行を、業務グループ（業務.xlsx）では消しています" in conflict


def test_a_row_that_the_dataset_dropped_and_nobody_changed_stays_dropped(desk: Desk) -> None:
    now = replace(source(), initiatives=source().initiatives[:1])
    assert desk.send("保健", nothing).collect(now).dataset == now


def test_a_text_of_the_plan_is_found_again_without_an_id(desk: Desk) -> None:
    collected = desk.send("保健", put("計画", 2, "文", "はがきで案内する。")).collect()
    assert "（１）はがきで案内する。" in collected.plan()
    assert len(collected.plan()) == len(source().plan.paragraphs)


def test_a_paragraph_that_both_sides_changed_is_a_conflict(desk: Desk) -> None:
    now = replace(source(), plan=plan_dataset(PLAN.replace("案内する", "電話で案内する"), []).plan)
    (conflict,) = desk.send("保健", put("計画", 2, "文", "はがきで案内する。")).collect(now).conflicts
    assert "保健グループは「はがきで案内する。」、今のデータは「電話で案内する。」です" in conflict


def test_lines_that_two_groups_add_to_one_text_are_both_taken(desk: Desk) -> None:
    text = source().entries[0].text
    now = replace(
        source(),
        entries=(
            source().entries[0].model_copy(update={"text": f"{text}\n・先の行。"}),
            *source().entries[1:],
        ),
    )
    collected = desk.send("業務", put("進捗", 1, "実施状況の文", f"{text}\n・後の行。")).collect(now)
    assert collected.conflicts == []
    assert collected.dataset.entries[0].text == f"{text}\n・先の行。\n・後の行。"
    again = put_together(collected.dataset, desk.returned)
    assert (again.dataset, again.conflicts, again.taken) == (collected.dataset, [], {"業務.xlsx": 0})


def test_tables_that_two_sides_add_to_one_entry_are_both_taken(desk: Desk) -> None:
    def with_tables(*names: str) -> Dataset:
        first, *others = source().entries
        table = source().tables[0]
        tables = tuple(
            table.model_copy(update={"id": f"t{number}", "caption": f"表{number}"}) for number in range(3)
        )
        entries = (first.model_copy(update={"monthly": names}), *others)
        return replace(source(), tables=tables, entries=entries)

    book = books.Book(with_tables("t0"))
    book.cell("進捗", 1, "月別の表").value = "表0\n表2"
    collected = put_together(with_tables("t0", "t1"), [came_back(book.save(desk.folder / "r3.xlsx"))])
    assert (collected.dataset, collected.conflicts) == (with_tables("t0", "t1", "t2"), [])


def test_a_text_with_placeholders_is_put_together_with_what_they_refer_to(desk: Desk) -> None:
    def with_text(text: str) -> Dataset:
        first, *others = source().entries
        return replace(source(), entries=(first.model_copy(update={"text": text}), *others))

    text = source().entries[0].text
    now = with_text(f"{text}\n目標は{{kpi:rate}}")
    collected = desk.send("業務", put("進捗", 1, "実施状況の文", f"{text}\n・{{kpi:日数}}")).collect(now)
    assert collected.conflicts == []
    assert collected.dataset.entries[0].text == f"{text}\n目標は{{kpi:rate}}\n・{{kpi:days}}"


def test_a_paragraph_that_stands_many_times_is_found_again_by_its_neighbours(desk: Desk) -> None:
    def with_captions(*headings: str) -> Dataset:
        plan = PLAN
        for heading in headings:
            plan = plan.replace(heading, f"{heading}\n【具体的取組】", 1)
        return replace(source(), plan=plan_dataset(plan, []).plan)

    captions = ("{#service}", "{#kenshin}", "{#koho}")
    book = books.Book(with_captions(*captions), "保健")
    book.cell("計画", 2, "文").value = "【具体的な取組】"
    book["計画"].insert_rows(books.HEAD + 7 + 1)
    book.cell("計画", 8, "種類").value = "本文"
    book.cell("計画", 8, "文").value = "広報の下に足した。"
    assert book.cell("計画", 7, "文").value == "３ 広報（業務・保健グループ）".removeprefix("３ ")
    returned = came_back(book.save(desk.folder / "保健.xlsx"))
    now = with_captions("Ⅰ．基盤的保険者機能関係\n", "（２）相談に応じる。", *captions)
    collected = put_together(now, [returned])
    assert collected.conflicts == []
    plan = collected.plan()
    assert plan[plan.index("２ 健診（保健グループ）") + 1] == "【具体的な取組】"
    assert plan[plan.index("３ 広報（業務・保健グループ）") + 1] == "広報の下に足した。"
    assert plan.count("【具体的取組】") == 4
    assert put_together(collected.dataset, [returned]).dataset == collected.dataset


@pytest.mark.parametrize(
    "now",
    [
        PLAN.replace("案内する。", "案内する。 {#annai-suru}"),
        PLAN.replace("（１）案内する。", "（１）先に足した。\n（２）案内する。").replace(
            "（２）受", "（３）受"
        ),
    ],
)
def test_a_text_is_found_again_though_it_has_an_id_now_or_others_stand_around_it(
    desk: Desk, now: str
) -> None:
    dataset = replace(source(), plan=plan_dataset(now, []).plan)
    collected = desk.send("保健", put("計画", 2, "文", "はがきで知らせる。")).collect(dataset)
    assert collected.conflicts == []
    assert len(collected.plan()) == len(dataset.plan.paragraphs)
    assert any("はがきで知らせる。" in text for text in collected.plan())


def test_of_a_paragraph_with_a_new_one_beside_it_a_conflict_has_both_texts(desk: Desk) -> None:
    changed = "（１）先に足した。\n（２）対象の人に案内する。"
    plan = PLAN.replace("（１）案内する。", changed).replace("（２）受", "（３）受")
    now = replace(
        source(), plan=plan_dataset(plan.replace("結果を伝える。", "結果を書面で伝える。"), []).plan
    )
    (conflict,) = desk.send("保健", put("計画", 4, "文", "結果を話す。")).collect(now).conflicts
    assert "保健グループは「結果を話す。」、今のデータは「結果を書面で伝える。」です" in conflict


def test_a_new_paragraph_takes_its_place_and_the_rest_are_renumbered(desk: Desk) -> None:
    def change(book: books.Book) -> None:
        book["計画"].insert_rows(books.HEAD + 3)
        book.cell("計画", 3, "種類").value = book.cell("計画", 2, "種類").value
        book.cell("計画", 3, "文").value = "もう一度案内する。"

    collected = desk.send("保健", change).collect()
    assert collected.conflicts == []
    start = collected.plan().index("２ 健診（保健グループ）")
    assert collected.plan()[start + 1 : start + 5] == [
        "（１）案内する。",
        "（２）もう一度案内する。",
        "（３）受診を勧める。",
        "（４）結果を伝える。",
    ]


def test_a_new_paragraph_that_was_reworded_since_it_was_collected_is_not_added_again(desk: Desk) -> None:
    def change(book: books.Book) -> None:
        book["計画"].insert_rows(books.HEAD + 3)
        book.cell("計画", 3, "種類").value = book.cell("計画", 2, "種類").value
        book.cell("計画", 3, "文").value = "受診していない加入者にもう一度案内する。"

    collected = desk.send("保健", change).collect()
    words = [paragraph.text for paragraph in collected.dataset.plan.paragraphs]
    assert "受診していない加入者にもう一度案内する。" in words
    text = PLAN.replace(
        "（１）案内する。\n", "（１）案内する。\n（２）まだ受診していない加入者に、もう一度案内する。\n"
    )
    now = replace(source(), plan=plan_dataset(text, []).plan)
    again = desk.collect(now)
    assert again.dataset.plan == now.plan
    assert len(again.conflicts) == 1
    assert "今のデータは「まだ受診していない加入者に、もう一度案内する。」です" in again.conflicts[0]


def test_new_paragraphs_of_two_groups_at_the_same_place_are_both_there(desk: Desk) -> None:
    def add(*texts: str) -> Change:
        def change(book: books.Book) -> None:
            last = max(
                number for number in range(1, 20) if book.cell("計画", number, "文").value == "知らせる。"
            )
            for number, text in enumerate(texts, last + 1):
                book.cell("計画", number, "種類").value = book.cell("計画", last, "種類").value
                book.cell("計画", number, "文").value = text

        return change

    collected = desk.send("業務", add("両方。", "甲。")).send("保健", add("両方。", "乙。")).collect()
    assert collected.plan()[-4:] == ["（１）知らせる。", "（２）両方。", "（３）甲。", "（４）乙。"]


def test_a_deleted_paragraph_that_the_dataset_changed_is_named_by_its_text(desk: Desk) -> None:
    now = replace(source(), plan=plan_dataset(PLAN.replace("受診を勧める", "受診を促す"), []).plan)
    (conflict,) = desk.send("保健", drop_row("計画", 3)).collect(now).conflicts
    assert "消した行（受診を勧める。）を、今のデータでは「受診を勧める。」から「受診を促す。」に" in conflict


def all_new(book: books.Book) -> None:
    """New paragraphs and records of every sort at the beginning, in the middle and at the end, and new names for old ones."""
    sheet = book["計画"]
    copied = [cell.value for cell in sheet[books.HEAD + 2]]
    for number, value in enumerate(copied, 1):
        sheet.insert_rows(books.HEAD + 3) if number == 1 else None
        sheet.cell(books.HEAD + 3, number).value = value
    book.cell("計画", 3, "文").value = "写して書き換えた。"
    sheet.insert_rows(books.HEAD + 4)
    book.cell("計画", 4, "文").value = "（５）番号を打ち込んだ。"
    sheet.insert_rows(books.HEAD + 1)
    book.cell("計画", 1, "種類").value = "本文"
    book.cell("計画", 1, "文").value = "先頭に足した。"
    last = next(number for number in range(1, 30) if book.cell("計画", number, "文").value == "知らせる。")
    book.cell("計画", last, "文").value = "（１）番号ごと書き直した。"
    book.cell("計画", last + 1, "文").value = "・末尾に足した。"
    book.cell("計画", last + 2, "文").value = "・その下にも足した。"
    book.cell("計画", 3, "id").value = "annai-suru"
    book.cell("進捗", 1, "id").value = "susume-kiroku"
    book["進捗"].insert_rows(books.HEAD + 3)
    book.cell("進捗", 3, "実施状況の文").value = "訪ねた。"


def test_a_workbook_that_was_collected_already_brings_nothing_again(desk: Desk) -> None:
    first = desk.send("保健", all_new).collect()
    assert first.conflicts == []
    assert first.plan()[4:] == [
        "先頭に足した。",
        "２ 健診（保健グループ）",
        "（１）案内する。",
        "（２）写して書き換えた。",
        "（３）番号を打ち込んだ。",
        "（４）受診を勧める。",
        "（５）結果を伝える。",
        "３ 広報（業務・保健グループ）",
        "（１）番号ごと書き直した。",
        "・末尾に足した。",
        "・その下にも足した。",
    ]
    again = desk.collect(first.dataset)
    assert again.conflicts == []
    assert again.taken == {"保健.xlsx": 0}
    assert again.dataset == first.dataset


def test_a_paragraph_of_which_only_the_kind_is_left_is_gone_and_one_to_come_is_none(desk: Desk) -> None:
    def change(book: books.Book) -> None:
        book.cell("計画", 2, "文").value = None
        book.cell("計画", 2, "種類").value = "本文"
        book["計画"].insert_rows(books.HEAD + 4)
        book.cell("計画", 4, "種類").value = "本文"

    collected = desk.send("保健", change).collect()
    assert collected.taken == {"保健.xlsx": 1}
    assert "（１）受診を勧める。" in collected.plan()
    assert desk.collect(collected.dataset).taken == {"保健.xlsx": 0}


def test_sorted_rows_stand_as_they_were_sorted(desk: Desk) -> None:
    kpis = source().kpis
    more = [kpis[1].model_copy(update={"id": f"rate-{letter}"}) for letter in "abcdef"]
    now = replace(source(), kpis=(kpis[0], *more, kpis[1]))

    def change(book: books.Book) -> None:
        ids = ["rate-f", "rate-e", "rate-a", "rate", "rate-b", "rate-d", "rate-c"]
        for number, name in enumerate(ids, 1):
            book.cell("KPI", number, "id").value = name

    book = books.Book(now, "保健")
    change(book)
    returned = came_back(book.save(desk.folder / "保健.xlsx"))
    collected = put_together(now, [returned])
    assert [kpi.id[-1] for kpi in collected.dataset.kpis] == ["s", "f", "e", "a", "e", "b", "d", "c"]
    assert put_together(collected.dataset, [returned]).conflicts == []


def test_empty_cells_of_a_new_row_have_their_places_in_the_workbook(desk: Desk) -> None:
    def change(book: books.Book) -> None:
        book["月次"].insert_rows(books.HEAD + 1)
        for heading, value in {"表": "checkup", "年度": "R2", "4月": 5}.items():
            book.cell("月次", 1, heading).value = value

    old = {"monthly:checkup.series[1].values.4月": Place("monthly.yaml", 7)}
    conflicts = Conflicts()
    collection = Collection("r7", rows_of_dataset(source(), places=old), old, conflicts)
    collection.add(desk.send("保健", change).returned[0])
    places = collection.reading().places
    assert places["monthly:checkup.series[1].values.4月"].cell == "月次!D4"
    assert str(places["monthly:checkup.series[2].values.4月"]) == "monthly.yaml 7行"


def test_what_nobody_changed_has_its_places_as_before_lines_of_texts_and_empty_months_too() -> None:
    refs = ("progress:susume.text", "progress:susume.text[1]", "monthly:checkup.series[2].values")
    months = (f"monthly:checkup.series[2].values.{month}月" for month in (4, 6))
    old = {ref: Place("x.yaml", line) for line, ref in enumerate((*refs, *months), 1)}
    places = Collection("r7", rows_of_dataset(source(), places=old), old, Conflicts()).reading().places
    assert {ref: places.get(ref) for ref in old} == old


def test_a_row_that_was_copied_is_a_new_one(desk: Desk) -> None:
    def change(book: books.Book) -> None:
        book["月次"].insert_rows(books.HEAD + 1)
        for column in range(1, 25):
            book["月次"].cell(books.HEAD + 1, column).value = book["月次"].cell(books.HEAD + 2, column).value
        book.cell("月次", 1, "行の名前").value = "写し"

    (table,) = desk.send("保健", change).collect().dataset.tables
    assert [series.label for series in table.series] == ["写し", "本人", "家族"]
    assert table.series[1:] == source().tables[0].series


def test_months_go_into_the_row_that_they_are_of_though_rows_came_before_it(desk: Desk) -> None:
    (table,) = source().tables
    more = MonthlySeries(year=R3, label="先", values={4: Decimal(1)})
    now = replace(source(), tables=(table.model_copy(update={"series": (more, *table.series)}),))
    (table,) = desk.send("保健", put("月次", 2, "5月", 40)).collect(now).dataset.tables
    assert [(series.label, series.values.get(5)) for series in table.series] == [
        ("先", None),
        ("本人", 20),
        ("家族", 40),
    ]


def test_a_record_is_found_again_though_another_came_before_it(desk: Desk) -> None:
    first, second, third = source().entries
    new = ProgressEntry(id="susume-2", text="間に入った。")
    now = replace(source(), entries=(first, second, new, third.model_copy(update={"id": "susume-3"})))
    collected = desk.send("保健", put("進捗", 2, "実施状況の文", "電話を二度かけた。")).collect(now)
    assert [entry.text for entry in collected.dataset.entries] == [
        "窓口を開いた。",
        "はがきを送った。",
        "間に入った。",
        "電話を二度かけた。",
    ]


def test_moved_rows_move(desk: Desk) -> None:
    def change(book: books.Book) -> None:
        for column in range(1, book["月次"].max_column + 1):
            cells = [book["月次"].cell(books.HEAD + number, column) for number in (1, 2)]
            cells[0].value, cells[1].value = cells[1].value, cells[0].value

    collected = desk.send("保健", change).collect()
    assert [series.label for series in collected.dataset.tables[0].series] == ["家族", "本人"]
    assert collected.taken == {"保健.xlsx": 1}


def test_a_column_of_another_year_goes_in(desk: Desk) -> None:
    def change(book: books.Book) -> None:
        last = book["KPI"].max_column + 1
        book["KPI"].cell(books.HEAD, last).value = "実績 令和4年度"
        book["KPI"].cell(books.HEAD + 1, last).value = 0.5
        book["KPI"].cell(books.HEAD + 1, last).number_format = "0.0%"

    collected = desk.send("保健", change).collect()
    assert collected.dataset.kpis[1].actuals == {R3: Decimal("55.0"), R4: Decimal("50.0")}
    assert collected.places["kpi:rate.actuals.R4"].cell is not None


def test_a_column_of_a_year_that_the_group_took_away_takes_nothing_away(desk: Desk) -> None:
    def change(book: books.Book) -> None:
        book["KPI"].delete_cols(book.column("KPI", "実績 令和3年度"))

    assert desk.send("保健", change).collect().dataset == source()


def test_more_decimals_are_a_change(desk: Desk) -> None:
    def change(book: books.Book) -> None:
        book.cell("KPI", 1, "実績 令和3年度").number_format = "0.00%"

    collected = desk.send("保健", change).collect()
    assert str(collected.dataset.kpis[1].actuals[R3]) == "55.00"


def test_a_figure_stays_though_its_unit_is_another_one(desk: Desk) -> None:
    def change(book: books.Book) -> None:
        book.cell("KPI", 1, "単位").value = "%"
        book.cell("KPI", 1, "目標").number_format = "0%"
        book.cell("KPI", 1, "目標").value = 0.1

    collected = desk.send("業務", change).collect()
    kpi = next(kpi for kpi in collected.dataset.kpis if kpi.unit == "%" and kpi.target == 10)
    assert kpi.id == "days"


def test_an_item_of_the_sheet_of_the_meeting_can_be_changed(desk: Desk) -> None:
    def change(book: books.Book) -> None:
        book.item("月別の数の時点").value = "5月"

    collected = desk.send("保健", change).collect()
    assert collected.dataset == replace(source(), as_of=5)


def messages(path: Path) -> list[str]:
    read = read_filled(path)
    assert read.returned({}) is None
    return [str(finding) for finding in read.findings]


def test_a_workbook_that_lost_what_was_written_is_refused(tmp_path: Path) -> None:
    book = books.Book(source(), "保健")
    del book.book["控え"]
    message, *_ = messages(book.save(tmp_path / "保健.xlsx"))
    assert "隠れたシート「控え」）がありません" in message


def test_a_part_stays_a_part_though_somebody_emptied_the_cell_that_says_so(tmp_path: Path) -> None:
    book = books.Book(source(), "保健")
    book.item("このブックの範囲").value = None
    path = book.save(tmp_path / "保健.xlsx")
    returned = came_back(path)
    assert returned.group == "保健グループ"
    assert read_workbook(path).group == "保健グループ"


def test_the_faults_of_a_workbook_are_all_found(tmp_path: Path) -> None:
    book = books.Book(source(), "保健")
    book.cell("KPI", 1, "目標").value = "およそ6割"
    book.cell("取組・予算", 1, "予算額（円）").value = "未定"
    assert [message.split("（")[0] for message in messages(book.save(tmp_path / "保健.xlsx"))] == [
        "保健.xlsx 取組・予算!D4",
        "保健.xlsx KPI!C4",
    ]


def test_what_was_written_is_out_of_sight_and_is_not_read_as_a_sheet(tmp_path: Path) -> None:
    book = books.Book(source(), "保健")
    assert book["控え"].sheet_state == "veryHidden"
    assert read_filled(book.save(tmp_path / "保健.xlsx")).findings == ()


def test_a_workbook_of_before_with_what_was_written_cell_by_cell_is_collected(tmp_path: Path) -> None:
    book = books.Book(source(), "保健")
    book.keep_as_before()
    book.item("このブックの範囲").value = None
    book.cell("取組・予算", 1, "予算額（円）").value = 250_000
    returned = came_back(book.save(tmp_path / "保健.xlsx"))
    assert returned.group == "保健グループ"
    collected = put_together(with_amount(source(), 0, 999_000), [returned])
    assert collected.dataset == with_amount(with_amount(source(), 0, 999_000), 1, 250_000)
    assert (collected.conflicts, collected.taken) == ([], {"保健.xlsx": 1})


SELECTED = settings(
    max_examples=60,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def returned_of(returned: Dataset, written: Dataset) -> Returned:
    """A workbook that was written with all rows of one dataset and came back with those of another."""
    book = book_with(returned)
    read = read_book(book, "甲").dataset
    assert read is not None
    return Returned("甲.xlsx", "甲グループ", "r7", read, book, Lineage(book_with(written)))


@SELECTED
@given(datasets().filter(has_different_ids), datasets().filter(has_different_ids))
def test_whatever_a_group_did_not_change_stays_as_the_dataset_has_it(written: Dataset, now: Dataset) -> None:
    collected = put_together(now, [returned_of(written, written)])
    assert collected.dataset == replace(now, name=source().name)


def bare(dataset: Dataset, years: Dataset) -> Dataset:
    """A dataset with the years of its KPIs that `years` has.

    Without the blank lines of its plan, and the ids that `years` has not written: a reworded paragraph keeps its own.
    """
    written = {paragraph.id for paragraph in years.plan.paragraphs if paragraph.has_written_id}
    plan = Plan(
        tuple(
            replace(
                paragraph, line=0, id=paragraph.id if paragraph.id in written else "", has_written_id=False
            )
            for paragraph in dataset.plan.paragraphs
        )
    )
    known = {
        key: {year for kpi in years.kpis for year in getattr(kpi, key)}
        for key in ("actuals", "averages", "targets")
    }
    kpis = tuple(
        kpi.model_copy(
            update={
                key: {year: value for year, value in getattr(kpi, key).items() if year in of_key}
                for key, of_key in known.items()
            }
        )
        for kpi in dataset.kpis
    )
    return replace(dataset, name="", plan=plan, kpis=kpis)


@SELECTED
@given(datasets().filter(has_different_ids), datasets().filter(has_different_ids))
def test_whatever_a_group_makes_of_its_rows_comes_out_where_nobody_else_changed_them(
    written: Dataset, returned: Dataset
) -> None:
    collected = put_together(written, [returned_of(returned, written)])
    assert collected.conflicts == []
    assert bare(collected.dataset, returned) == bare(returned, returned)
