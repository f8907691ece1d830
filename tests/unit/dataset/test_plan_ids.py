"""Ids of paragraphs: written ones are kept, made ones outlast other changes."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.dataset.fields import ID_LENGTH
from handouts.dataset.plan import Paragraph
from handouts.dataset.plan_ids import keep_plan_ids, write_ids
from handouts.dataset.plan_text import parse_plan, print_plan
from tests.unit.dataset.plans import CIRCLES, USUAL, paragraphs, parse


def test_written_ids_are_kept_and_others_made() -> None:
    first, second = paragraphs("Ⅰ．柱 {#pillar-1}", "本文を書く。")
    assert (first.id, first.text, first.has_written_id) == ("pillar-1", "柱", True)
    assert not second.has_written_id
    assert second.id.startswith("p")
    assert len(second.id) <= ID_LENGTH


def test_ids_outlast_changes_of_other_paragraphs() -> None:
    before = {
        paragraph.text: paragraph.id
        for paragraph in paragraphs("Ⅰ．柱", "① 案内", "② 訪問", "【重要度：高】")
    }
    after = {
        paragraph.text: paragraph.id
        for paragraph in paragraphs("Ⅰ．柱", "【困難度：高】", "・新規", "① 訪問", "【重要度：高】")
    }
    assert after["訪問"] == before["訪問"]
    assert after["柱"] == before["柱"]
    assert after[""] == before[""]


def test_ids_do_not_depend_on_width_and_blanks() -> None:
    assert paragraphs("① ＤＸの 推進")[0].id == paragraphs("・DXの推進")[0].id


def test_ids_of_equal_paragraphs_differ() -> None:
    one, two, three = (paragraph.id for paragraph in paragraphs("同じ", "同じ", "同じ"))
    assert (two, three) == (f"{one}-2", f"{one}-3")


def test_made_ids_give_way_to_written_ones() -> None:
    made = paragraphs("同じ")[0].id
    assert [paragraph.id for paragraph in paragraphs("同じ", f"別の行 {{#{made}}}")] == [
        f"{made}-2",
        made,
    ]


def test_ids_of_repeated_marks_belong_to_their_heading() -> None:
    short = paragraphs("○ 乙", "◆ 独自", style=CIRCLES)
    longer = paragraphs("○ 甲", "◆ 独自", "○ 乙", "◆ 独自", style=CIRCLES)
    assert short[1].id == longer[3].id


def edited(old: str, *new: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a plan that was changed, as the writer writes them and they are read again."""
    last, plan = (parse(*lines).plan for lines in (old.split("|"), new))
    kept = keep_plan_ids(plan, last)
    again = parse_plan(print_plan(kept, USUAL), USUAL, "plan.md").plan
    assert [(one.id, one.has_written_id) for one in again.paragraphs] == [
        (one.id, one.has_written_id) for one in kept.paragraphs
    ]
    return kept.paragraphs


def test_a_reworded_paragraph_keeps_its_id_as_a_written_one() -> None:
    old = "Ⅰ．柱|・健診の案内を送る。|・広報誌を作る。"
    ids = [one.id for one in parse(*old.split("|")).plan.paragraphs]
    new = edited(old, "Ⅰ．柱", "・先に入れた文。", "・健診の案内を早めに送る。", "・広報誌を作る。")
    assert [one.id for one in (new[0], *new[2:])] == ids
    assert [one.has_written_id for one in new] == [False, False, True, False]


def test_a_reworded_heading_needs_no_ids_at_the_marks_below_it() -> None:
    new = edited("Ⅰ．柱|１ 健診の推進|【重要度：高】", "Ⅰ．柱", "１ 健診等の推進", "【重要度：高】")
    assert [one.has_written_id for one in new] == [False, True, False]


def test_of_equal_paragraphs_none_inherits_the_id_of_the_other() -> None:
    old = "Ⅰ．柱|・同じ文を書く。|・同じ文を書く。|・終わりの文。"
    ids = [one.id for one in parse(*old.split("|")).plan.paragraphs]
    new = edited(old, "Ⅰ．柱", "・同じ文を詳しく書く。", "・同じ文を書く。", "・終わりの文。")
    assert [one.id for one in new] == ids
    assert [one.has_written_id for one in new] == [False, True, False, False]
    copied = edited(old, "Ⅰ．柱", "・別の文である。", "・同じ文を書く。", "・終わりの文。")
    assert copied[2].id == ids[2] == f"{ids[1]}-2"
    assert copied[2].has_written_id


def test_an_id_that_somebody_wrote_or_took_away_is_theirs() -> None:
    assert edited("甲と乙と丙|終わり", "甲と乙と丁 {#own}", "終わり")[0].id == "own"
    assert edited("甲と乙 {#own}|終わり", "甲と乙", "終わり")[0].has_written_id is False


def test_an_id_that_is_referred_to_can_be_written() -> None:
    plan = parse("甲", "乙").plan
    written = write_ids(plan, {plan.paragraphs[1].id})
    assert [one.has_written_id for one in written.paragraphs] == [False, True]
    assert [one.id for one in written.paragraphs] == [one.id for one in plan.paragraphs]


SENTENCES = st.text(
    "健診受案内送付広報誌作成電子申請書類確認事業所訪問勧奨実施率向上。、", min_size=8, max_size=40
)


@settings(max_examples=150, deadline=None)
@given(st.lists(SENTENCES, min_size=2, max_size=12), st.data())
def test_whatever_is_edited_every_surviving_paragraph_keeps_its_id(
    texts: list[str], data: st.DataObject
) -> None:
    """One is reworded by at most 40%, one inserted, one dropped; the writer knows them by likeness alone."""
    old = parse("Ⅰ．柱", *(f"・{text}{number}" for number, text in enumerate(texts))).plan
    lines = [(one.id, f"{one.label}{one.text}") for one in old.paragraphs]
    at = data.draw(st.integers(1, len(texts)))
    name, text = lines[at]
    cut = data.draw(st.integers(1, max(1, int(len(text) * 0.3))))
    lines[at] = (name, f"・令{text[1 + cut :]}" if cut < len(text) - 2 else text)
    lines.insert(data.draw(st.integers(1, len(lines))), ("", "・ホームページに載せる。"))
    dropped = data.draw(st.integers(1, len(lines) - 1))
    if lines[dropped][0] != name:
        del lines[dropped]
    plan = parse(*(text for _, text in lines)).plan
    kept = keep_plan_ids(plan, old)
    assert [one.id for one, (was, _) in zip(kept.paragraphs, lines, strict=True) if was] == [
        was for was, _ in lines if was
    ]
