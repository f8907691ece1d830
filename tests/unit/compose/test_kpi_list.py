"""The list of KPIs: pillars, numbers, targets before and after the review."""

from __future__ import annotations

from typing import Any

import pytest

from handouts.compose.kpi_list import KpiChange, KpiGroup, KpiList, KpiRow, compose_kpi_list
from handouts.dataset.kpis import Kpi
from handouts.dataset.model import Dataset
from tests.samples import plan_dataset

PLAN = """Ⅰ．基盤
１ 窓口
・待ち時間を{kpi:wait.target}に近づける。
２ 電話
■KPI：1) {kpi:wait}
2) {kpi:phone}
Ⅱ．健康
１ 健診
■KPI：{kpi:checkup}
"""
WAIT = Kpi(id="wait", name="待ち時間", target=5, unit="分", bound="以内")
PHONE = Kpi(id="phone", name="電話の応答", target="対前年度以上")
CHECKUP = Kpi(
    id="checkup", name="健診実施率（※）", list_name="健診受診率", target="65.6", unit="%", bound="以上"
)
KPIS = (CHECKUP, WAIT, PHONE)
NONE, CHANGED, NEW, DROPPED = KpiChange


def edition(*kpis: Kpi, plan: str = PLAN, **more: Any) -> Dataset:
    return plan_dataset(plan, kpis=kpis, **more)


def with_(kpi: Kpi, **changes: Any) -> Kpi:
    return Kpi.model_validate(kpi.model_dump() | changes)


def rows(kpis: KpiList) -> list[KpiRow]:
    return [row for group in kpis.groups for row in group.rows]


def text(row: KpiRow) -> str:
    return "".join(run.text for run in row.name)


def targets(row: KpiRow) -> list[list[str]]:
    return [[line.text for line in target] for target in row.targets]


def marked(row: KpiRow) -> str:
    """The changed characters of the last target."""
    return "".join(run.text for run in row.targets[-1][-1].runs if run.emphasis == "changed")


def compared(before: Kpi, after: Kpi) -> KpiRow:
    """The row of a KPI that was `before` and is `after`."""
    plan = "Ⅰ．基盤\n１ 窓口\n・{kpi:" + after.id + "}\n"
    [row] = rows(compose_kpi_list(edition(after, plan=plan), edition(before, plan=plan)))
    return row


def test_kpis_stand_under_the_pillar_whose_plan_states_them_in_its_order() -> None:
    kpis = compose_kpi_list(edition(*KPIS), None)
    assert [(group.title, [text(row) for row in group.rows]) for group in kpis.groups] == [
        ("Ⅰ．基盤", ["待ち時間", "電話の応答"]),
        ("Ⅱ．健康", ["健診受診率"]),
    ]


def test_numbers_run_on_through_the_pillars() -> None:
    assert [row.number for row in rows(compose_kpi_list(edition(*KPIS), None))] == ["1", "2", "3"]


def test_a_kpi_that_is_mentioned_only_stands_where_it_is_mentioned_first() -> None:
    plan = "Ⅰ．基盤\n１ 窓口\n・本文。\nⅡ．健康\n１ 健診\n・{kpi:wait.target}とする。\n"
    assert [group.title for group in compose_kpi_list(edition(WAIT, plan=plan), None).groups] == ["Ⅱ．健康"]


def test_a_kpi_that_the_plan_does_not_name_comes_last_under_others() -> None:
    stray = Kpi(id="stray", name="迷子", target=1)
    *_, last = compose_kpi_list(edition(stray, *KPIS), None).groups
    assert (last.title, last.ref, [text(row) for row in last.rows]) == ("その他", "", ["迷子"])


def test_a_plan_without_pillars_gives_one_group_without_a_name() -> None:
    kpis = compose_kpi_list(edition(WAIT, plan="本文は{kpi:wait}。\n"), None)
    assert [group.title for group in kpis.groups] == [""]


def test_a_kpi_that_is_not_listed_is_left_out() -> None:
    kpis = compose_kpi_list(edition(with_(WAIT, listed=False), PHONE), None)
    assert [text(row) for row in rows(kpis)] == ["電話の応答"]


def test_without_an_earlier_edition_there_is_one_target_and_nothing_on_changes() -> None:
    kpis = compose_kpi_list(edition(*KPIS), None)
    assert kpis.heads == ("番号", "ＫＰＩ指標", "目標")
    assert [targets(row) for row in rows(kpis)] == [[["5分以内"]], [["対前年度以上"]], [["65.6%以上"]]]
    assert {row.change for row in rows(kpis)} == {""}
    assert kpis.changes is None
    assert kpis.change_count == 0


def test_where_nothing_changed_there_is_no_column_for_targets_after() -> None:
    kpis = compose_kpi_list(edition(*KPIS), edition(*KPIS))
    assert kpis.heads == ("番号", "ＫＰＩ指標", "変更前", "変更有無")
    assert {row.change for row in rows(kpis)} == {"（変更無）"}
    assert kpis.changes == {}


def test_where_one_changed_every_row_has_its_target_after() -> None:
    after = with_(CHECKUP, target="66.1")
    kpis = compose_kpi_list(edition(after, WAIT, PHONE), edition(*KPIS))
    assert kpis.heads == ("番号", "ＫＰＩ指標", "変更前", "変更後", "変更有無")
    assert [targets(row) for row in rows(kpis)] == [
        [["5分以内"], ["5分以内"]],
        [["対前年度以上"], ["対前年度以上"]],
        [["65.6%以上"], ["66.1%以上"]],
    ]
    assert [row.change for row in rows(kpis)] == ["（変更無）", "（変更無）", "（変更有）"]
    assert [marked(row) for row in rows(kpis)] == ["", "", "66.1"]
    assert kpis.changes == {CHANGED: 1}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (WAIT, with_(WAIT, target="5.5")),
        (WAIT, with_(WAIT, unit="時間")),
        (WAIT, with_(WAIT, bound="以下")),
        (PHONE, with_(PHONE, target="対前年度以下")),
        (PHONE, with_(PHONE, target=90)),
        (with_(PHONE, target=90), PHONE),
        (
            Kpi(id="phone", name="電話の応答", sentence="毎月知らせる"),
            Kpi(id="phone", name="電話の応答", sentence="毎週知らせる"),
        ),
    ],
    ids=["number", "unit", "bound", "words", "number for words", "words for number", "sentence"],
)
def test_another_aim_is_a_change_that_is_marked(before: Kpi, after: Kpi) -> None:
    row = compared(before, after)
    assert row.change == "（変更有）"
    assert len(row.targets) == 2
    assert marked(row)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (WAIT, with_(WAIT, target="5.0")),
        (with_(CHECKUP, unit="％"), CHECKUP),
        (WAIT, with_(WAIT, sentence="{name}は{target}とする")),
        (WAIT, with_(WAIT, group="業務", remarks="※")),
    ],
    ids=["decimals", "width", "sentence around the target", "remarks"],
)
def test_another_way_to_say_the_same_is_no_change(before: Kpi, after: Kpi) -> None:
    assert compared(before, after).change == "（変更無）"


def test_a_new_name_is_marked_and_the_old_one_stands_with_the_target_before() -> None:
    row = compared(with_(WAIT, name="窓口の待ち時間"), with_(WAIT, name="電話の待ち時間"))
    assert row.change == "（変更有）"
    assert targets(row) == [["5分以内", "（名称：窓口の待ち時間）"], ["5分以内"]]
    assert "".join(run.text for run in row.name if run.emphasis == "changed") == "電話"
    assert marked(row) == ""


def test_a_new_name_in_the_plan_alone_is_shown_too() -> None:
    row = compared(CHECKUP, with_(CHECKUP, name="健診受診率（※）"))
    assert targets(row)[0] == ["65.6%以上", "（名称：健診実施率（※））"]


def test_a_new_kpi_has_nothing_before() -> None:
    kpis = compose_kpi_list(edition(*KPIS), edition(CHECKUP, WAIT))
    row = rows(kpis)[1]
    assert (text(row), targets(row), row.change) == ("電話の応答", [["－"], ["対前年度以上"]], "新規")
    assert marked(row) == "対前年度以上"


def test_a_dropped_kpi_keeps_a_row_without_a_number_behind_the_one_that_it_followed() -> None:
    plan = PLAN.replace("2) {kpi:phone}\n", "").replace(
        "■KPI：{kpi:checkup}", "・本文。\n■KPI：{kpi:checkup}"
    )
    kpis = compose_kpi_list(edition(WAIT, CHECKUP, plan=plan), edition(*KPIS))
    assert [(row.number, text(row), row.change) for row in rows(kpis)] == [
        ("1", "待ち時間", "（変更無）"),
        ("－", "電話の応答", "削除"),
        ("2", "健診受診率", "（変更無）"),
    ]
    assert targets(rows(kpis)[1]) == [["対前年度以上"], ["－"]]
    assert rows(kpis)[1].ref == "ekpi:phone"


def test_a_kpi_that_was_the_first_of_its_pillar_is_dropped_at_its_head() -> None:
    plan = PLAN.replace("■KPI：1) {kpi:wait}\n2) {kpi:phone}", "■KPI：{kpi:phone}").replace(
        "{kpi:wait.target}", "5分"
    )
    kpis = compose_kpi_list(edition(PHONE, CHECKUP, plan=plan), edition(*KPIS))
    assert [text(row) for row in kpis.groups[0].rows] == ["待ち時間", "電話の応答"]


def test_a_kpi_dropped_with_its_whole_pillar_stands_under_others() -> None:
    plan = PLAN[: PLAN.index("Ⅱ．")]
    kpis = compose_kpi_list(edition(WAIT, PHONE, plan=plan), edition(*KPIS))
    assert [(group.title, [text(row) for row in group.rows]) for group in kpis.groups][-1] == (
        "その他",
        ["健診受診率"],
    )


def test_an_unlisted_kpi_that_changed_is_shown_all_the_same() -> None:
    before, after = with_(WAIT, listed=False), with_(WAIT, listed=False, target=3)
    kpis = compose_kpi_list(edition(after, PHONE), edition(before, PHONE))
    assert [text(row) for row in rows(kpis)] == ["待ち時間", "電話の応答"]
    assert kpis.change_count == 1


def test_changes_are_counted_by_kind() -> None:
    new = Kpi(id="new", name="新しいもの", target=1)
    kpis = compose_kpi_list(edition(with_(WAIT, target=3), CHECKUP, new), edition(*KPIS))
    assert kpis.changes == {CHANGED: 1, NEW: 1, DROPPED: 1}
    assert kpis.change_count == 3


def test_every_row_and_pillar_says_where_it_comes_from() -> None:
    group: KpiGroup = compose_kpi_list(edition(*KPIS), edition(*KPIS)).groups[1]
    assert group.ref.startswith("plan:")
    assert group.rows[0].ref == "kpi:checkup"
    assert [line.ref for target in group.rows[0].targets for line in target] == ["ekpi:checkup.target"]
