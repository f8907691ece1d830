"""What is said of （新） against last year's budget."""

from __future__ import annotations

from handouts.checks import check_previous
from handouts.dataset.budget import Initiative
from handouts.findings import Finding, Place
from tests.samples import plan_dataset

PLAN = "Ⅰ．柱\n１ 健診 {#kenshin}\n・文。"


def initiative(entry_id: str, name: str, new: bool | None = None) -> Initiative:
    return Initiative(id=entry_id, name=name, topic="kenshin", amount=1000, new=new)


def found(this: list[Initiative], last: list[Initiative], place: str = "budget.yaml") -> list[Finding]:
    places = {
        f"budget:{one.id}": Place(place, cell="取組・予算!B4" if ".xlsx" in place else None) for one in this
    }
    return list(check_previous(plan_dataset(PLAN, this), plan_dataset(PLAN, last, year=2024), places))


def test_what_goes_on_from_last_year_is_not_new() -> None:
    last = [initiative("x", "健診の案内"), initiative("b", "広報誌")]
    this = [initiative("a", "健診の案内", new=True), initiative("b", "広報紙", new=True)]
    findings = found(this, last)
    assert [(one.rule.id, one.place.ref, one.severity) for one in findings] == [
        ("budget.new-continued", "budget:a.new", "warning"),
        ("budget.new-continued", "budget:b.new", "warning"),
    ]
    assert findings[0].found == "「健診の案内」には（新）が付きますが、前年度の「健診の案内」の続きです"
    (said,) = found(this[:1], last, "gunma-r7.xlsx")
    assert "id" not in said.sentence


def test_what_the_branch_says_is_not_new_may_have_been_a_part_of_another_one() -> None:
    assert (
        found([initiative("a", "健康講座", new=False)], [initiative("x", "健康講座と広報誌と掲示板")]) == []
    )


def test_names_that_are_only_alike_are_one_question() -> None:
    this = [initiative("a", "健診の案内（8年度）"), initiative("b", "広報誌の作成と送付")]
    last = [initiative("x", "健診の案内（7年度）"), initiative("y", "広報誌の作成、送付")]
    (question,) = found(this, last)
    assert question.rule.id == "budget.maybe-continued"
    assert "「健診の案内（8年度）」は前年度の「健診の案内（7年度）」の続きですか" in question.found
    assert "「広報誌の作成と送付」は前年度の「広報誌の作成、送付」の続きですか" in question.found
    (question,) = found(this, last, "gunma-r7.xlsx")
    assert question.remedy == (
        "シート「取組・予算」の「（新）を付ける」に、続きなら いいえ、新しい取組なら はい を選んでください"
    )
    assert (
        found([initiative("a", this[0].name, new=True), initiative("b", this[1].name, new=False)], last) == []
    )
