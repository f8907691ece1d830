"""Initiatives of two years: the same by their id, by their name, or perhaps."""

from __future__ import annotations

from handouts.dataset.budget import Initiative
from handouts.measures.continued import ContinuedInitiatives, continued_initiatives
from tests.samples import plan_dataset

PLAN = "Ⅰ．柱\n１ 健診 {#kenshin}\n・文。\n２ 広報 {#koho}\n・文。"


def initiative(name: str, entry_id: str = "", topic: str = "kenshin", new: bool | None = None) -> Initiative:
    return Initiative(
        id=entry_id or f"n-{abs(hash(name)) % 10**6}", name=name, topic=topic, amount=1, new=new
    )


def continued(this: list[Initiative], last: list[Initiative]) -> ContinuedInitiatives:
    years = plan_dataset(PLAN, this), plan_dataset(PLAN.replace("#", "#r6-"), last)
    return continued_initiatives(*years)


def partners(this: list[Initiative], last: list[Initiative]) -> dict[str, str]:
    return {name: other.id for name, other in continued(this, last).partners.items()}


def near(this: list[Initiative], last: list[Initiative]) -> list[tuple[str, str]]:
    return [(one.name, other.name) for one, other in continued(this, last).near]


def test_the_id_comes_first_then_the_name_in_any_width() -> None:
    this = [initiative("健診の案内", "a"), initiative("ＤＸ の推進", "b"), initiative("新しい取組", "c")]
    last = [initiative("DXの推進", "x"), initiative("以前の名称", "a"), initiative("健診の案内", "y")]
    assert partners(this, last) == {"a": "a", "b": "x"}


def test_of_one_name_in_two_topics_the_topic_decides() -> None:
    this = [initiative("広報", "a", "koho"), initiative("広報", "b", "kenshin")]
    last = [initiative("広報", "x", "r6-kenshin"), initiative("広報", "y", "r6-koho")]
    assert partners(this, last) == {"a": "y", "b": "x"}


def test_one_name_of_which_nothing_else_tells_is_a_question() -> None:
    this = [initiative("広報", "a", "koho"), initiative("広報", "b", "koho")]
    last = [initiative("広報", "x", "r6-kenshin")]
    assert partners(this, last) == {}
    assert near(this, last) == [("広報", "広報")]


def test_a_name_that_moved_to_another_topic_is_the_same() -> None:
    assert partners([initiative("広報", "a", "koho")], [initiative("広報", "x", "r6-kenshin")]) == {"a": "x"}


def test_names_that_are_alike_are_asked_for_each_with_its_nearest() -> None:
    this = [initiative("特定健診の受診勧奨（令和8年度）"), initiative("特定保健指導の研修会")]
    last = [
        initiative("特定健診の受診勧奨（令和7年度）"),
        initiative("特定健診の受診の勧奨"),
        initiative("広報誌の作成"),
    ]
    assert near(this, last) == [("特定健診の受診勧奨（令和8年度）", "特定健診の受診勧奨（令和7年度）")]


def test_an_answer_ends_the_question() -> None:
    last = [initiative("特定健診の受診勧奨（令和7年度）", "x")]
    for new, expected in ((True, {}), (False, {"a": "x"})):
        this = [initiative("特定健診の受診勧奨（令和8年度）", "a", new=new)]
        assert near(this, last) == []
        assert partners(this, last) == expected
