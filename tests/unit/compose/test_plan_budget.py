"""資料2-1 as a value: rows, marks, amounts, sums."""

from __future__ import annotations

from handouts.compose.plan_budget import PlanBudget, compose_plan_budget
from handouts.dataset.model import Datasets
from handouts.dataset.settings import HandoutSettings, Overrides
from tests.samples import initiative, plan_dataset

OLD = """Ⅰ．事業の基盤
１ 窓口の案内 {#madoguchi}
（１）待ち時間を短くする。
２ 電話の応対 {#denwa}
（１）折り返しの連絡を当日中に行う。
"""
NEW = """Ⅰ．事業の基盤
１ 窓口の案内 {#madoguchi}
（１）待ち時間を半分に短くする。
２ 電話の応対 {#denwa}
（１）折り返しの連絡を当日中に行う。
３ 訪問の相談 {#houmon}
（１）希望する事業所を訪ねる。
"""


def compose(new: str = NEW, old: str | None = OLD, **more: object) -> PlanBudget:
    previous = None if old is None else plan_dataset(old, more.pop("old_budget", ()), year=2024)
    return compose_plan_budget(Datasets(plan_dataset(new, more.pop("budget", ()), **more), previous))


def texts(cell: object) -> list[str]:
    return [line.text for line in cell.lines]


def test_a_topic_stands_beside_the_same_topic_of_last_year() -> None:
    first = compose().pillars[0].rows[0]
    assert texts(first.this_year) == ["１ 窓口の案内", "（１）待ち時間を半分に短くする。"]
    assert texts(first.last_year) == ["１ 窓口の案内", "（１）待ち時間を短くする。"]


def test_a_changed_word_is_marked_and_nothing_else() -> None:
    line = compose().pillars[0].rows[0].this_year.lines[1]
    assert "".join(run.text for run in line.runs if run.emphasis == "changed") == "半分に"


def test_a_new_topic_has_an_empty_cell_beside_it() -> None:
    row = compose().pillars[0].rows[2]
    assert texts(row.this_year)[0] == "３ 訪問の相談"
    assert texts(row.last_year) == []


def test_a_dropped_topic_keeps_its_row_after_the_one_that_it_followed() -> None:
    old = OLD.replace("２ 電話", "２ 訪問の相談\n（１）希望する事業所を訪ねる。\n３ 電話")
    rows = compose(new=OLD, old=old).pillars[0].rows
    assert [texts(row.last_year)[0] for row in rows] == ["１ 窓口の案内", "２ 訪問の相談", "３ 電話の応対"]
    assert [bool(row.this_year.lines) for row in rows] == [True, False, True]


def test_every_paragraph_of_both_years_is_printed_once() -> None:
    handout = compose()
    pillar = handout.pillars[0]
    for side, plan in (("this_year", NEW), ("last_year", OLD)):
        printed = [getattr(pillar, side).text]
        printed += [text for row in pillar.rows for text in texts(getattr(row, side))]
        assert printed == [line.split(" {#")[0] for line in plan.splitlines()]


def test_a_heading_with_nothing_beneath_it_shares_the_row_of_the_next() -> None:
    plan = "Ⅰ．基盤\n１ 案内\n（１）窓口\n明るく応対する。\n（２）電話\n早く出る。\n"
    rows = compose(new=plan, old=None).pillars[0].rows
    assert [texts(row.this_year)[:2] for row in rows] == [
        ["１ 案内", "（１）窓口"],
        ["（２）電話", "早く出る。"],
    ]


def test_an_amount_stands_beside_its_initiative_and_its_topic() -> None:
    row = compose(budget=[initiative("chirashi", "denwa", 2_902_000, name="案内のちらし")]).pillars[0].rows[1]
    line = row.this_year.budget.lines[0]
    assert (line.name[0].text + line.name[1].text, line.amount, line.ref) == (
        "案内のちらし",
        "2,902千円",
        "budget:chirashi",
    )


def test_an_initiative_that_last_year_did_not_have_is_new() -> None:
    budget = [initiative("old-one", "denwa"), initiative("new-one", "denwa")]
    row = compose(budget=budget, old_budget=[initiative("old-one", "denwa")]).pillars[0].rows[1]
    assert [line.is_new for line in row.this_year.budget.lines] == [False, True]
    assert [line.is_new for line in row.last_year.budget.lines] == [False]


def test_the_branch_can_say_itself_what_is_new() -> None:
    budget = [initiative("renamed", "denwa", new=False), initiative("kept", "denwa", new=True)]
    row = compose(budget=budget, old_budget=[initiative("kept", "denwa")]).pillars[0].rows[1]
    assert [line.is_new for line in row.this_year.budget.lines] == [False, True]


def test_a_deeper_heading_with_a_budget_of_its_own_gets_a_row() -> None:
    plan = "Ⅰ．健康\n１ 健診\n（１）重症化予防\n① 受診の案内\n手紙を送る。\n② 面談 {#mendan}\n面談する。\n"
    rows = compose(new=plan, old=None, budget=[initiative("men", "mendan")]).pillars[0].rows
    assert [texts(row.this_year)[0] for row in rows] == ["１ 健診", "② 面談"]
    assert rows[1].this_year.budget.lines[0].ref == "budget:men"


def test_sums_are_printed_only_where_they_are_asked_for() -> None:
    budget = [initiative("a", "denwa", 1_500_000), initiative("b", "denwa", 2_500_000)]
    without = compose(budget=budget).pillars[0]
    assert without.sums == ()
    assert all(row.this_year.budget.sums == () for row in without.rows)


def test_sums_of_topic_pillar_and_document_are_computed_with_the_difference() -> None:
    budget = [initiative("a", "denwa", 1_500_000), initiative("b", "denwa", 2_500_000)]
    pillar = compose(
        budget=budget, old_budget=[initiative("a", "denwa", 5_000_000)], settings=HandoutSettings(totals=True)
    ).pillars[0]
    topic = pillar.rows[1].this_year.budget.sums
    assert [(each.name, each.amount) for each in topic] == [("小計", "4,000千円"), ("増減", "△1,000千円")]
    assert [(new.name, new.amount, old.amount) for new, old in pillar.sums] == [
        ("分野の計（増減 △1,000千円）", "4,000千円", "5,000千円"),
        ("予算の合計（増減 △1,000千円）", "4,000千円", "5,000千円"),
    ]


def test_without_last_year_there_is_one_half_a_note_and_no_mark() -> None:
    handout = compose(old=None, budget=[initiative("a", "denwa")])
    assert handout.last_year is None
    assert "令和6年度" in handout.note
    lines = [line for row in handout.pillars[0].rows for line in row.this_year.lines]
    assert all(run.emphasis == "" for line in lines for run in line.runs)
    assert not handout.pillars[0].rows[1].this_year.budget.lines[0].is_new


def test_the_branch_can_set_the_marks_of_a_paragraph_itself() -> None:
    plan = NEW.replace("半分に短くする。", "半分に短くする。 {#machi}")
    row = compose(new=plan, overrides=Overrides(marks={"machi": ("待ち時間",)})).pillars[0].rows[0]
    assert [run.text for run in row.this_year.lines[1].runs if run.emphasis] == ["待ち時間"]


def test_the_branch_can_pair_paragraphs_itself() -> None:
    old = "Ⅰ．基盤\n１ 案内\n（１）赤い花を飾る。 {#hana}\n"
    new = "Ⅰ．基盤\n１ 案内\n（１）応接の机を磨く。 {#tsukue}\n"
    rows = compose(new=new, old=old, overrides=Overrides(pairs={"tsukue": None})).pillars[0].rows
    line = rows[0].this_year.lines[1]
    assert "".join(run.text for run in line.runs if run.emphasis) == "応接の机を磨く。"


def test_a_pillar_that_was_dropped_keeps_a_table_with_an_empty_left_half() -> None:
    old = OLD + "Ⅱ．廃止する分野\n１ 終わる事業\n（１）今年で終える。\n"
    pillar = compose(old=old).pillars[-1]
    assert pillar.this_year is None
    assert pillar.last_year is not None
    assert texts(pillar.rows[0].last_year) == ["１ 終わる事業", "（１）今年で終える。"]


def test_text_before_the_first_pillar_is_printed() -> None:
    handout = compose(new="計画の前書きを書く。\n" + NEW, old=None)
    assert texts(handout.pillars[0].rows[0].this_year) == ["計画の前書きを書く。"]


def test_the_title_names_year_branch_and_draft() -> None:
    handout = compose()
    assert handout.front.title == "令和7年度 群馬支部事業計画（案）及び支部保険者機能強化予算（案）"
    assert handout.front.cover.title[0] == "令和7年度 群馬支部"
