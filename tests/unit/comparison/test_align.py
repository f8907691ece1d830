"""Which paragraph belongs to which: order, headings, moved and inserted paragraphs, odd input."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from handouts.comparison import Pair, align

_LINES = st.sampled_from(
    [
        "1 窓口の案内",
        "2 相談の受付",
        "(1) 来所の予約",
        "① 電話で受け付けた件数を毎週数える。",
        "① 電話で受け付けた件数を毎月数える。",
        "【重要度：高】",
        "待ち時間の短縮は利用者の安心につながる。",
        "",
        "\x00",
    ]
)
_COLUMNS = st.lists(_LINES | st.text(max_size=8), max_size=12)

_PLAN = [
    "1 窓口の案内",
    "(1) 来所の予約",
    "① 予約の枠を午前と午後に分けて公開する。",
    "② 予約のない来所者には待ち時間の目安を伝える。",
    "【重要度：高】",
    "待ち時間の短縮は利用者の安心につながる。",
    "(2) 電話の応対",
    "① よくある質問を一覧にして全員で使う。",
    "【重要度：高】",
    "応対の質は協会への信頼を左右する。",
]


def _partners(old: list[str], new: list[str]) -> list[int | None]:
    """Return the old index beside each new paragraph."""
    return [pair.old for pair in align(old, new) if pair.new is not None]


@given(_COLUMNS, _COLUMNS)
def test_every_paragraph_occurs_exactly_once(old: list[str], new: list[str]) -> None:
    pairs = align(old, new)
    assert sorted(pair.old for pair in pairs if pair.old is not None) == list(range(len(old)))
    assert [pair.new for pair in pairs if pair.new is not None] == list(range(len(new)))
    assert Pair(None, None) not in pairs


@given(_COLUMNS, _COLUMNS)
def test_a_dropped_paragraph_follows_the_old_paragraph_before_it(old: list[str], new: list[str]) -> None:
    before = -1
    for pair in align(old, new):
        if pair.new is None and pair.old is not None:
            assert pair.old == before + 1
        before = before if pair.old is None else pair.old


@given(_COLUMNS)
def test_a_plan_is_aligned_with_itself_line_by_line(plan: list[str]) -> None:
    assert align(plan, plan) == tuple(Pair(index, index) for index in range(len(plan)))


def test_nothing_against_nothing_gives_no_pair() -> None:
    assert align([], []) == ()


def test_without_last_year_every_paragraph_is_new() -> None:
    assert align([], ["1 窓口の案内", ""]) == (Pair(None, 0), Pair(None, 1))


def test_without_this_year_every_paragraph_is_dropped() -> None:
    assert align(["1 窓口の案内", ""], []) == (Pair(0, None), Pair(1, None))


def test_an_inserted_paragraph_stays_alone_and_shifts_the_rest() -> None:
    new = [*_PLAN[:3], "② 家族の同席を勧める掲示を出す。", "③" + _PLAN[3][1:], *_PLAN[4:]]
    assert _partners(_PLAN, new) == [0, 1, 2, None, 3, 4, 5, 6, 7, 8, 9]


def test_a_dropped_paragraph_keeps_its_place() -> None:
    pairs = align(_PLAN, [*_PLAN[:3], *_PLAN[4:]])
    assert pairs[2:5] == (Pair(2, 2), Pair(3, None), Pair(4, 3))


def test_the_first_paragraphs_may_be_dropped() -> None:
    assert align(_PLAN[:3], _PLAN[2:3]) == (Pair(0, None), Pair(1, None), Pair(2, 0))


def test_other_labels_and_widths_do_not_part_paragraphs() -> None:
    new = ["２．窓口の案内", "（３）来所の予約", "ア 予約の枠を午前と午後に分けて公開する。"]
    assert _partners(_PLAN, new) == [0, 1, 2]


def test_a_rewritten_paragraph_is_found_by_its_heading_and_label() -> None:
    new = [*_PLAN[:9], "苦情の多くは最初の応対で防げることが分かってきた。"]
    assert _partners(_PLAN, new)[9] == 9


def test_a_renamed_heading_keeps_its_place() -> None:
    assert _partners(_PLAN, [*_PLAN[:6], "(2) コールセンターの整備", *_PLAN[7:]])[6] == 6


def test_a_text_that_stands_twice_goes_with_its_heading() -> None:
    assert _partners(_PLAN, _PLAN[6:]) == [6, 7, 8, 9]


def test_a_moved_paragraph_is_found() -> None:
    new = [_PLAN[0], _PLAN[1], _PLAN[3], *_PLAN[4:8], "② 予約の枠を午前と午後に分けて公開する。", *_PLAN[8:]]
    assert _partners(_PLAN, new) == [0, 1, 3, 4, 5, 6, 7, 2, 8, 9]


def test_a_moved_section_takes_its_repeated_lines_along() -> None:
    new = [_PLAN[0], "(1)" + _PLAN[6][3:], *_PLAN[7:], "(2)" + _PLAN[1][3:], *_PLAN[2:6]]
    assert _partners(_PLAN, new) == [0, 6, 7, 8, 9, 1, 2, 3, 4, 5]


def test_a_repeated_line_alone_is_not_taken_for_moved() -> None:
    old = ["(1) 来所の予約", "【重要度：高】", "(2) 電話の応対"]
    new = [
        "(1) 来所の予約",
        "(2) 電話の応対",
        "(3) 郵便物の仕分け",
        "【重要度：高】",
        "(4) 備品の点検",
        "【重要度：高】",
    ]
    assert _partners(old, new) == [0, 2, None, None, None, None]


def test_identical_paragraphs_pair_from_the_first_on() -> None:
    assert _partners(["同じ文。"] * 300, ["同じ文。"] * 302) == [*range(300), None, None]
