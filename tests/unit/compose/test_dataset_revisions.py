"""Two datasets as revisions: the plan, and what stands in its lists."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from handouts.compose.changes import compare_datasets, compare_editions
from handouts.compose.dataset_revisions import revisions_of_datasets
from handouts.compose.revision_table import Revision, RevisionPart
from handouts.dataset.budget import BudgetField
from handouts.dataset.kpis import Kpi, Population
from handouts.dataset.model import Dataset
from handouts.dataset.settings import Overrides
from tests.samples import initiative, plan_dataset

OLD = """Ⅰ．基盤
１ 窓口
（１）待ち時間を短くし、番号札で案内する。
（２）花を飾り、季節の掲示を替える。
２ 電話
・折り返しの連絡を当日中に行う。
Ⅱ．健康
１ 健診
（１）受診を呼びかける。
"""


def parts(old: Dataset, new: Dataset) -> tuple[RevisionPart, ...]:
    return revisions_of_datasets(old, new, compare_editions(old, new))


def changed(old: str, new: str, **more: Any) -> list[Revision]:
    found = parts(plan_dataset(old, **more), plan_dataset(new, **more))
    return [one for part in found for one in part.revisions if one.remark]


def rows(old: Dataset, new: Dataset, title: str) -> list[tuple[str, str, str, str, str]]:
    [part] = [part for part in parts(old, new) if part.title == title]
    return [(one.remark, one.place, one.old_place, one.old_text, one.new_text) for one in part.revisions]


def test_the_plan_is_parted_at_the_pillars_of_the_new_one() -> None:
    dataset = plan_dataset(OLD)
    found = parts(dataset, dataset)
    assert [(part.title, len(part.revisions)) for part in found] == [("Ⅰ．基盤", 6), ("Ⅱ．健康", 3)]
    assert not any(one.remark for part in found for one in part.revisions)


def test_a_changed_paragraph_stands_at_its_printed_place() -> None:
    [one] = changed(OLD, OLD.replace("番号札で", "画面で"))
    assert (one.remark, one.place, one.old_place) == ("変更", "Ⅰ-1-(1)", "Ⅰ-1-(1)")
    assert (one.old_text[slice(*one.old_marks[0])], one.new_text[slice(*one.new_marks[0])]) == (
        "番号札",
        "画面",
    )


def test_what_has_a_number_of_its_own_is_newly_made_other_text_is_added() -> None:
    [first, second] = changed(OLD, OLD.replace("２ 電話\n", "（３）椅子を置く。\n２ 電話\n・録音を残す。\n"))
    assert [(one.remark, one.place) for one in (first, second)] == [("新設", "Ⅰ-1-(3)"), ("追加", "Ⅰ-2")]


def test_a_dropped_paragraph_has_its_old_place_and_those_behind_it_are_not_changed() -> None:
    [one] = changed(OLD, OLD.replace("（１）待ち時間を短くし、番号札で案内する。\n（２）", "（１）"))
    assert (one.remark, one.place, one.old_place) == ("削除", "", "Ⅰ-1-(1)")


def test_a_paragraph_that_stands_elsewhere_is_moved() -> None:
    line = "・折り返しの連絡を当日中に行う。\n"
    [one] = changed(OLD, OLD.replace(line, "").replace("（１）受診を", f"{line}（１）受診を"))
    assert (one.remark, one.place, one.old_place) == ("移動", "Ⅱ-1", "Ⅰ-2")
    assert not one.old_marks


def test_the_smallest_edit_is_a_change() -> None:
    for old, new in (("花を飾り、", "花も飾り、"), ("花を飾り、", "花を飾り"), ("花を飾り", "花を飾りたり")):
        [one] = changed(OLD, OLD.replace(old, new, 1))
        assert one.remark == "変更"
        assert one.old_marks or one.new_marks


def test_another_level_is_a_change() -> None:
    [one] = changed(OLD, OLD.replace("・折り返し", "（１）折り返し"))
    assert (one.remark, one.old_text[:1], one.new_marks[0]) == ("変更", "・", (0, 3))


def test_text_below_a_heading_that_is_gone_is_not_changed() -> None:
    old = OLD.replace("・折り返し", "（１）取り次ぎ\n・折り返し")
    [one] = changed(old, OLD)
    assert (one.remark, one.old_text) == ("削除", "（１）取り次ぎ")


@given(
    st.text("花を飾る季節。、ア1", min_size=1, max_size=12),
    st.text("花を飾る季節。、ア1", min_size=1, max_size=12),
)
def test_two_plans_have_a_change_exactly_where_a_text_differs(old: str, new: str) -> None:
    found = changed(f"Ⅰ．柱\n１ 節\n・文{old}。\n", f"Ⅰ．柱\n１ 節\n・文{new}。\n")
    assert bool(found) == (old != new)


def test_what_the_branch_decided_about_last_year_is_not_asked_of_editions() -> None:
    text = OLD.replace("・折り返し", "・折り返し").replace("当日中に行う。", "当日中に行う。{#denwa}")
    decided = Overrides(pairs={"denwa": None}, marks={"denwa": ("連絡",)})
    dataset = plan_dataset(text, overrides=decided)
    assert any(change.new is None for change in compare_datasets(dataset, dataset))
    assert not changed(text, text, overrides=decided)


def test_a_paragraph_with_a_written_id_is_the_same_however_it_is_worded() -> None:
    text = OLD.replace("当日中に行う。", "当日中に行う。{#denwa}")
    [one] = changed(text, text.replace("折り返しの連絡を当日中に行う。", "応答の記録を残して見直す。"))
    assert one.remark == "変更"


def test_amounts_stand_at_the_place_of_their_heading() -> None:
    plan = OLD.replace("１ 健診", "１ 健診{#kenshin}")
    before = plan_dataset(plan, [initiative("a", "kenshin", 900_000), initiative("b", "kenshin")])
    after = plan_dataset(plan, [initiative("a", "kenshin", 2_902_000), initiative("c", "kenshin")])
    assert rows(before, after, "取組と予算額") == [
        ("変更", "Ⅱ-1", "Ⅱ-1", "取組 a　900千円", "取組 a　2,902千円"),
        ("削除", "", "Ⅱ-1", "取組 b　1,000千円", ""),
        ("新設", "Ⅱ-1", "", "", "取組 c　1,000千円"),
    ]


def test_fields_with_amounts_of_their_own_are_listed() -> None:
    before, after = (
        plan_dataset(OLD, fields=(BudgetField(id="f", name="広報", amount=amount),))
        for amount in (1000, 2000)
    )
    assert rows(before, after, "取組と予算額") == [("変更", "", "", "広報　1千円", "広報　2千円")]


def test_targets_and_names_of_kpis_are_listed() -> None:
    plan = OLD.replace("（１）受診を", "■KPI：1) {kpi:a}\n（１）受診を")
    before = plan_dataset(
        plan,
        kpis=(
            Kpi(id="a", name="受診率", target="62.2", unit="%"),
            Kpi(id="b", name="件数", target="対前年度以上"),
        ),
    )
    after = plan_dataset(
        plan, kpis=(Kpi(id="a", name="受診率", list_name="健診受診率", target="63.0", unit="%"),)
    )
    assert rows(before, after, "KPI") == [
        ("変更", "Ⅱ-1", "Ⅱ-1", "受診率：62.2%", "健診受診率（受診率）：63.0%"),
        ("削除", "", "", "件数：対前年度以上", ""),
    ]


def test_populations_are_listed_with_all_of_their_figures() -> None:
    one = Population(id="p", group="被保険者", item="健診", eligible=1000, rate="62.2", planned=622)
    other = one.model_copy(update={"planned": 630})
    found = rows(plan_dataset(OLD, populations=(one,)), plan_dataset(OLD, populations=(other,)), "対象者")
    assert [row[0] for row in found] == ["変更"]
    assert "630人" in found[0][4]


def test_lists_without_entries_are_no_part() -> None:
    assert {part.title for part in parts(plan_dataset(OLD), plan_dataset(OLD))} == {"Ⅰ．基盤", "Ⅱ．健康"}
