"""What the files of a dataset say stands in PDF and Word: all of it, once, in order, in its place.

Both are read again without the program's help, the PDF by poppler and the Word file as XML, and compared with
the files of the dataset.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import groupby, pairwise

import pytest

from handouts.dataset.model import Dataset
from handouts.dataset.plan import Kind
from handouts.dataset.settings import HandoutSettings
from handouts.measures.filling import expand
from handouts.measures.wording import count_text, kpi_sentence, rate_text
from handouts.word import write_word
from tests.builds.built import (
    budget_of,
    headings_of,
    is_pillar,
    lines_of,
    paper_of,
    sample,
    sample_years,
    typed_lines,
    word_of,
)
from tests.builds.paper import MM, Paper, Word, blankless, read_words
from tests.builds.word_file import read_halves
from tests.pages import ROOT, look, plan_budget_page, write_pdf
from tests.samples import initiative, plan_dataset
from tests.unit.word.pages import CREATED, TEMPLATE

THIS, LAST = 0, 1
HALVES = pytest.mark.parametrize("half", [THIS, LAST], ids=["this year", "last year"])
TOLERANCE = 0.5  # points


@cache
def paper() -> Paper:
    return paper_of(sample(), sample_years())


def typed(half: int) -> list[str]:
    """The lines of a plan.md under its pillars."""
    year = sample_years()[half]
    lines = typed_lines(ROOT / "data" / year.name / "plan.md", year)
    return [line for line in lines if not is_pillar(line)]


def initiatives(half: int) -> list[tuple[str, str]]:
    this_year, last_year = sample_years()
    return budget_of(last_year) if half else budget_of(this_year, last_year)


def topics(lines: Sequence[str], headings: Sequence[str]) -> list[list[str]]:
    """The lines cut before each heading."""
    cuts = [index for index, line in enumerate(lines) if line in headings]
    return [list(lines[start:end]) for start, end in pairwise([*cuts, len(lines)])]


def joined(lines: Sequence[str]) -> str:
    return blankless("".join(lines))


# The plan


def test_this_years_plan_stands_in_word_line_by_line() -> None:
    assert word_of(sample())[THIS].plan == typed(THIS)


def test_this_years_plan_stands_in_the_pdf_line_by_line() -> None:
    assert "".join(line.text for line in paper().plan(THIS)) == joined(typed(THIS))


def test_last_years_plan_stands_in_word_topic_by_topic() -> None:
    headings = headings_of(sample_years()[LAST])
    printed = topics(word_of(sample())[LAST].plan, headings)
    assert sorted(printed) == sorted(topics(typed(LAST), headings))


def test_last_years_plan_keeps_its_order_but_for_the_topic_that_moved_this_year() -> None:
    headings = headings_of(sample_years()[LAST])
    moved = "（４）地域の医療提供体制等へのデータを活用した意見発信"
    printed = [line for line in word_of(sample())[LAST].plan if line in headings]
    assert printed != headings
    assert [line for line in printed if line != moved] == [line for line in headings if line != moved]


def test_last_years_plan_stands_in_the_pdf_as_it_does_in_word() -> None:
    assert "".join(line.text for line in paper().plan(LAST)) == joined(word_of(sample())[LAST].plan)


@HALVES
def test_the_plan_that_was_read_is_the_one_that_was_typed(half: int) -> None:
    assert lines_of(sample_years()[half]) == typed(half)


@HALVES
def test_pillars_head_their_tables_in_word(half: int) -> None:
    year = sample_years()[half]
    lines = typed_lines(ROOT / "data" / year.name / "plan.md", year)
    assert word_of(sample())[half].pillars == [line for line in lines if is_pillar(line)]


def test_pillars_head_their_tables_in_the_pdf() -> None:
    halves = [half.pillars for half in word_of(sample())]
    assert list(paper().pillars) == [joined(pair) for pair in zip(*halves, strict=True)]


# Figures


@HALVES
def test_every_kpi_stands_in_both_with_its_target(half: int) -> None:
    printed = "".join(line.text for line in paper().plan(half))
    written = "\n".join(word_of(sample())[half].plan)
    for kpi in sample_years()[half].kpis:
        assert kpi_sentence(kpi) in written
        assert blankless(kpi_sentence(kpi)) in printed


@HALVES
def test_every_count_and_rate_of_persons_stands_in_both(half: int) -> None:
    printed = "".join(line.text for line in paper().plan(half))
    written = "\n".join(word_of(sample())[half].plan)
    for population in sample_years()[half].populations:
        figures = (
            count_text(population.eligible),
            count_text(population.planned),
            rate_text(population.rate),
        )
        assert all(figure in text for figure in figures for text in (printed, written))


@HALVES
def test_every_initiative_has_its_amount_in_its_row_in_word(half: int) -> None:
    assert word_of(sample())[half].budget == initiatives(half)


@HALVES
def test_every_initiative_has_its_amount_at_its_height_in_the_pdf(half: int) -> None:
    names = [name for name, _ in initiatives(half)]
    assert paper().amounts_beside(half, names) == initiatives(half)


def test_the_totals_are_those_of_the_readme_in_both() -> None:
    totals = ("85,853千円", "73,492千円")
    assert paper().sums[-1] == f"予算の合計（増減12,361千円）{totals[THIS]}予算の合計{totals[LAST]}"
    assert tuple(half.sums[-1][1] for half in word_of(sample())) == totals


# Plans that differ in their pillars


@pytest.mark.parametrize(
    ("new", "old"),
    [
        ("Ⅰ．窓口\n１ 案内\n本文。", "１ 窓口\n（１）案内\n本文。"),
        ("１ 窓口\n（１）案内\n本文。", "Ⅰ．窓口\n１ 案内\n本文。"),
        ("Ⅰ．窓口\n１ 案内\n本文。", "Ⅰ．窓口\nⅡ．受付\n１ 案内\n本文。"),
        ("Ⅰ．窓口\n１ 案内\n本文。\nⅡ．受付", "Ⅰ．受付\n１ 案内\n本文。"),
        ("Ⅰ．窓口\nⅡ．受付\nⅢ．案内", "Ⅰ．広報"),
        ("前置きの文。\nⅠ．窓口\n本文。", "前置きの文。\n別の文。"),
    ],
    ids=["new", "gone", "dissolved", "changed places", "headings only", "none"],
)
def test_every_line_stands_once_where_the_years_have_other_pillars(new: str, old: str) -> None:
    years = plan_dataset(new), plan_dataset(old, year=2024)
    halves = read_halves(write_word(plan_budget_page(*years), look(), TEMPLATE, CREATED))
    printed = [sorted([*half.pillars, *half.plan]) for half in halves]
    assert printed == [sorted(plan.split("\n")) for plan in (new, old)]


# The place on the paper

PLAN = "".join(
    f"{pillar}．分野の{pillar}\n１ 節の見出し\n"
    + "".join(
        f"（１）項の見出し {{#t{index}-{part}}}\n① 小項の見出し\n"
        f"{'計画の段落が' * 12 + 'あ' * (10 * index + part)}。\n"
        f"② 二つ目の小項\n・{'申請を郵送で受け付けるABC ' * (index % 3 + 1)}{'い' * (part + index)}。\n"
        f"【重要度：高】\n{'う' * (7 * index + part)}\n■KPI：達成率を上げる\n"
        for part in range(9)
    )
    for index, pillar in enumerate("ⅠⅡⅢ", 3)
)


@cache
def made_years() -> tuple[Dataset, Dataset]:
    """Two plans with paragraphs of many lengths, so that lines and pages break everywhere."""
    new = plan_dataset(PLAN, [initiative(f"a{i}", f"t4-{i}", name="取組の名称" * (i + 1)) for i in range(9)])
    old = plan_dataset(PLAN.replace("計画の段落が", "昨年度の文は"), [initiative("a4", "t4-4")], year=2024)
    return new, old


@cache
def made_paper() -> Paper:
    years = made_years()
    names = tuple(year.fiscal_year.text() for year in years)
    return Paper(*read_words(write_pdf(plan_budget_page(*years)).content), look(), names)


PAPERS = pytest.mark.parametrize(
    ("paper", "years"), [(paper, sample_years), (made_paper, made_years)], ids=["sample", "made"]
)


@HALVES
def test_nothing_is_lost_where_pages_break_everywhere(half: int) -> None:
    assert len(made_paper().pages) > 8
    assert "".join(line.text for line in made_paper().plan(half)) == joined(lines_of(made_years()[half]))


def test_amounts_stay_beside_names_of_many_lines() -> None:
    rows = budget_of(*made_years())
    assert made_paper().amounts_beside(THIS, [name for name, _ in rows]) == rows


@PAPERS
def test_every_word_lies_between_the_margins_of_its_page(paper: Paper, years: object) -> None:
    page = look().page
    for word in paper().words:
        box = paper().pages[word.page - 1]
        assert word.left >= page.margin_left * MM - TOLERANCE
        assert word.right <= box.width - page.margin_right * MM + TOLERANCE
        assert word.top >= page.margin_top * MM - TOLERANCE
        assert word.bottom <= box.height - page.footer * MM + TOLERANCE


@PAPERS
def test_every_word_of_a_table_lies_in_one_column(paper: Paper, years: object) -> None:
    assert [word for word in paper().body if not lies_in_a_column(word, paper().edges)] == []


def lies_in_a_column(word: Word, edges: Sequence[float]) -> bool:
    return any(
        left - TOLERANCE <= word.left and word.right <= right + TOLERANCE for left, right in pairwise(edges)
    )


@PAPERS
def test_no_two_words_lie_on_each_other(paper: Paper, years: object) -> None:
    for number in range(1, len(paper().pages) + 1):
        words = sorted((word for word in paper().words if word.page == number), key=lambda word: word.left)
        for index, word in enumerate(words):
            beneath = [other for other in words[index + 1 :] if other.left < word.right - TOLERANCE]
            assert not [other for other in beneath if overlap(word, other)]


def overlap(word: Word, other: Word) -> bool:
    """Whether they share more than the descent of the one and the ascent of the other."""
    shared = min(word.bottom, other.bottom) - max(word.top, other.top)
    return shared > 0.5 * min(word.bottom - word.top, other.bottom - other.top)


@PAPERS
def test_no_line_is_a_single_character(paper: Paper, years: object) -> None:
    lines = [line for number in range(len(paper().edges) - 1) for line in paper().column(number)]
    assert [line for line in lines if len(line.text) == 1] == []


@PAPERS
@HALVES
def test_no_heading_stands_alone_at_the_foot_of_a_page(paper: Paper, years: object, half: int) -> None:
    kept = [blankless(line) for line in kept_lines(years()[half])]
    pages = groupby(paper().plan(half), key=lambda line: line.page)
    last = [list(lines)[-1].text for _, lines in pages]
    assert [text for text in last if any(line.endswith(text) for line in kept)] == []


def kept_lines(year: Dataset) -> list[str]:
    """The paragraphs that announce the next one."""
    announcing = (Kind.HEADING, Kind.IMPORTANCE, Kind.DIFFICULTY, Kind.GROUP, Kind.CAPTION)
    return [p.label + expand(p.text, year) for p in year.plan.paragraphs if p.kind in announcing]


@PAPERS
def test_every_page_but_the_first_begins_with_a_head(paper: Paper, years: object) -> None:
    assert set(paper().first_bands[1:]) == {"pillar"}


@PAPERS
def test_no_head_of_a_table_stands_alone_at_the_foot_of_a_page(paper: Paper, years: object) -> None:
    assert paper().heads_alone == ()


def test_the_head_comes_again_where_the_sums_would_only_fit_without_it() -> None:
    totals = HandoutSettings(totals=True)
    for count in range(70, 76):
        plan = "Ⅰ．分野\n１ 節 {#setsu}\n" + f"・{'文' * 27}\n" * count
        years = [
            plan_dataset(plan, [initiative("a", "setsu")], settings=totals, year=y) for y in (2025, 2024)
        ]
        pdf = write_pdf(plan_budget_page(*years)).content
        made = Paper(*read_words(pdf), look(), tuple(year.fiscal_year.text() for year in years))
        assert set(made.first_bands[1:]) == {"pillar"}, count
