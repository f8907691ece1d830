"""新旧対照: rows of any origin side by side, with what became of each."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace

from handouts.compose.annex.revisions import compose_revision_annex
from handouts.compose.page import Cover, Front, Run
from handouts.compose.revision_table import (
    Revision,
    RevisionPart,
    RevisionTable,
    Unchanged,
    compose_revision_table,
    count_of,
)

FRONT = Front("新旧対照", "", "", "", datetime.date(2026, 4, 1), Cover("", "", "", ("新旧対照",)))
CHANGED = Revision("毎週開く。", "毎月開く。", ((1, 2),), ((1, 2),), "変更", "Ⅰ-1-(1)①", "Ⅰ-1-(1)②")
SAME = Revision("花を飾る。", "花を飾る。", place="Ⅰ-1")


def table(*parts: Sequence[Revision], unchanged: Unchanged = "省く") -> RevisionTable:
    made = [RevisionPart(f"部{number}", tuple(part)) for number, part in enumerate(parts, 1)]
    return compose_revision_table(made, FRONT, ("案", "最終"), unchanged, ("注",))


def marked(lines: Sequence[Sequence[Run]]) -> list[str]:
    """The lines, marked characters in brackets."""
    texts = ("".join(f"［{run.text}］" if run.emphasis else run.text for run in line) for line in lines)
    return [text.replace("］［", "") for text in texts]


def test_the_new_side_stands_left_of_the_old_one_both_marked() -> None:
    made = table([CHANGED])
    [row] = made.groups[0].rows
    assert made.heads == ("箇所", "新（最終）", "旧（案）", "備考")
    assert (marked(row.new), marked(row.old), row.remark) == (["毎［月］開く。"], ["毎［週］開く。"], "変更")
    assert {run.emphasis for line in row.new for run in line} == {"", "changed"}
    assert {run.emphasis for line in row.old for run in line} == {"", "dropped"}


def test_what_was_decided_has_a_column_where_something_was() -> None:
    made = table([replace(CHANGED, decisions=("取り込んだ",)), SAME])
    assert (made.heads[-1], made.has_decisions) == ("対応", True)
    assert [row.decisions for row in made.groups[0].rows] == [("取り込んだ",)]
    assert table([CHANGED]).heads[-1] == "備考"


def test_another_old_place_stands_below_the_new_one() -> None:
    [row] = table([CHANGED]).groups[0].rows
    assert row.place == ("Ⅰ-1-(1)①", "旧 Ⅰ-1-(1)②")
    [row] = table([Revision("甲", "乙", remark="変更", place="Ⅰ", old_place="Ⅰ")]).groups[0].rows
    assert row.place == ("Ⅰ",)


def test_what_stands_on_one_side_only_is_marked_whole_and_the_other_side_says_so() -> None:
    rows = (
        table([Revision("", "加える。", remark="追加"), Revision("止める。", "", remark="削除")])
        .groups[0]
        .rows
    )
    assert [(marked(row.new), marked(row.old)) for row in rows] == [
        (["［加える。］"], ["（追加）"]),
        (["（削除）"], ["［止める。］"]),
    ]


def test_a_text_that_only_lost_or_gained_all_of_its_words_is_said_to_be_gone_or_added() -> None:
    rows = table([Revision("甲", "", remark="変更"), Revision("", "乙", remark="移動（先）")]).groups[0].rows
    assert [(marked(row.new), marked(row.old)) for row in rows] == [
        (["（削除）"], ["［甲］"]),
        (["［乙］"], ["（移動）"]),
    ]


def test_what_stays_is_left_out_or_abridged_or_printed() -> None:
    rows = [SAME, SAME, CHANGED, SAME]
    shown = {
        unchanged: [marked(row.new)[0] for row in table(rows, unchanged=unchanged).groups[0].rows]
        for unchanged in ("省く", "略", "全文")
    }
    assert shown["省く"] == ["毎［月］開く。"]
    assert shown["略"] == ["（略）", "毎［月］開く。", "（略）"]
    assert shown["全文"] == ["花を飾る。", "花を飾る。", "毎［月］開く。", "花を飾る。"]


def test_a_part_in_which_nothing_is_shown_is_left_out() -> None:
    assert [group.title for group in table([SAME], [CHANGED]).groups] == ["部2"]
    assert [group.title for group in table([SAME], [CHANGED], unchanged="略").groups] == ["部1", "部2"]
    assert table([SAME]).groups == ()


def test_people_and_comments_have_columns_where_there_are_some() -> None:
    by = Revision("甲", "乙", remark="変更", author="本部", date="2026-02-01", comments=("直した",))
    made = table([CHANGED, by])
    assert made.heads[4:] == ("変更した人", "コメント")
    assert [(row.who, row.comments) for row in made.groups[0].rows] == [
        ((), ()),
        (("本部", "2026-02-01"), ("直した",)),
    ]
    assert table([CHANGED]).heads[4:] == ()
    both = Revision("甲", "乙", remark="変更", author="本部\n支部", date="2026-02-01")
    assert table([both]).groups[0].rows[0].who == ("本部", "支部", "2026-02-01")


def test_what_only_has_a_comment_is_shown() -> None:
    asked = Revision("花を飾る。", "花を飾る。", comments=("要るか",))
    assert len(table([asked]).groups[0].rows) == 1


def test_marks_go_on_over_the_lines_of_a_text() -> None:
    [row] = table([Revision("一行\n二行\n三行", "", ((1, 4),), remark="変更")]).groups[0].rows
    assert marked(row.old) == ["［一行］", "［二行］", "［三行］"]
    [row] = table([Revision("一行\n二行", "一行\n二列", ((4, 5),), ((4, 5),), "変更")]).groups[0].rows
    assert marked(row.old) == ["一行", "二［行］"]


def test_a_figure_at_the_end_of_a_line_stays_with_its_unit() -> None:
    [row] = table([Revision("健診案内　900千円", "健診案内　2,902千円", remark="変更")]).groups[0].rows
    assert "".join(run.text for run in row.new[0] if run.is_tail) == "2,902千円"


def test_the_count_says_what_became_of_the_places() -> None:
    moved = Revision("甲", "乙", remark="変更・移動")
    assert count_of([SAME, CHANGED, moved]) == "変更箇所：2か所（変更 2、移動 1）"
    assert count_of([SAME]) == "変わったところはありません。"
    assert table([CHANGED]).notes == ("変更箇所：1か所（変更 1）", "注")


def test_the_sheet_has_the_rows_of_the_handout() -> None:
    annex = compose_revision_annex(table([CHANGED], [Revision("", "加える。\n二行目", remark="追加")]))
    [sheet] = annex.sheets
    [made] = sheet.tables
    assert (sheet.name, sheet.notes, made.heads) == (
        "新旧対照",
        ("変更箇所：2か所（変更 1、追加 1）", "注"),
        ("箇所", "新（最終）", "旧（案）", "備考"),
    )
    assert [(row.role, [cell.value for cell in row.cells]) for row in made.rows] == [
        ("group", ["部1", None, None, None]),
        ("item", ["Ⅰ-1-(1)①\n旧 Ⅰ-1-(1)②", "毎月開く。", "毎週開く。", "変更"]),
        ("group", ["部2", None, None, None]),
        ("item", [None, "加える。\n二行目", "（追加）", "追加"]),
    ]
    assert [(run.text, run.emphasis) for run in made.rows[1].cells[1].runs] == [
        ("毎", ""),
        ("月", "changed"),
        ("開く。", ""),
    ]


def test_a_sheet_without_changes_has_no_table() -> None:
    [sheet] = compose_revision_annex(table([SAME])).sheets
    assert (sheet.tables, sheet.repeated) == ((), None)


def test_the_columns_of_the_sheet_take_the_same_room_whatever_there_is() -> None:
    by = Revision("甲", "乙", remark="変更", author="本部", comments=("直した",))
    widths = [sum(compose_revision_annex(table([one])).sheets[0].widths) for one in (CHANGED, by)]
    assert widths[0] == widths[1]
