"""HTML: escaped text, the closed vocabulary, refs, overridden templates."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from handouts.compose.page import Box, PrintedLine, Run
from handouts.compose.plan_budget import compose_plan_budget
from handouts.compose.progress import MeasureRow
from handouts.dataset.budget import BudgetField, Initiative
from handouts.dataset.kpis import Kpi
from handouts.dataset.model import Datasets
from handouts.dataset.progress import ProgressEntry
from handouts.dataset.settings import HandoutSettings
from handouts.findings import HandoutError
from handouts.look.vocabulary import VOCABULARY
from handouts.page.rendering import fits_a_page, render_page, row_lead_of_blocks
from tests.pages import TEMPLATES, final_report_page, fonts, look, plan_budget_page, plan_page, results_page
from tests.samples import initiative, plan_dataset

KPIS = (Kpi(id="a", name="満足度", target=3), Kpi(id="b", name="待ち時間", target=5))
PLAN = "Ⅰ．基盤\n１ 案内 {#annai}\n（１）窓口を明るくする。\n■KPI：満足度を上げる\n"


class Markup(HTMLParser):
    """Collects the elements of a page with their classes, and its refs."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: set[tuple[str, str]] = set()
        self.refs: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.elements |= {(tag, name) for name in (values.get("class") or "").split()} | {(tag, "")}
        if ref := values.get("data-ref"):
            self.refs.append(ref)


@pytest.mark.parametrize("kind", ["plan-budget", "plan", "final-report"])
def test_a_page_keeps_to_the_vocabulary(kind: str) -> None:
    dataset = plan_dataset(PLAN, [initiative("a", "annai"), initiative("b", "annai")])
    last_year = plan_dataset(PLAN, year=2024)
    page = {
        "plan-budget": plan_budget_page(dataset, last_year),
        "plan": plan_page(dataset),
        "final-report": final_report_page(replace(dataset, kpis=KPIS), replace(dataset, kpis=KPIS[1:])),
    }[kind]
    elements = Markup(page).elements
    elements.remove(("body", kind))
    assert {tag for tag, _ in elements} <= set(VOCABULARY)
    assert {(tag, name) for tag, name in elements if name and name not in VOCABULARY[tag]} == set()


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "{{ 7 * 7 }}{% for x in y %}", "</w:t>&amp;&lt;", '"><b>']
)
def test_text_of_a_dataset_is_never_markup_or_template(text: str) -> None:
    page = plan_budget_page(plan_dataset(PLAN + f"（２）{text}を読む。\n"))
    collected = "".join(_text(page))
    assert text in collected


def _text(page: str) -> list[str]:
    class Text(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.parts: list[str] = []

        def handle_data(self, data: str) -> None:
            self.parts.append(data)

    parser = Text()
    parser.feed(page)
    return parser.parts


def test_every_paragraph_and_amount_says_where_it_comes_from() -> None:
    dataset = plan_dataset(PLAN, [initiative("a", "annai")])
    refs = Markup(plan_budget_page(dataset)).refs
    plan = [f"plan:{paragraph.id}" for paragraph in dataset.plan.paragraphs]
    assert refs == ["dataset:handouts.plan-budget.title", *plan, "budget:a.name", "budget:a.amount"]


def test_a_template_of_the_working_folder_is_used_instead_of_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "components").mkdir()
    (tmp_path / "components" / "cover.html").write_text(
        '{% macro cover(cover) %}<section class="cover"><h1 class="cover-title">わが支部</h1></section>{% endmacro %}'
    )
    handout = compose_plan_budget(Datasets(plan_dataset(PLAN)))
    page = render_page("plan-budget.html", handout, look(), fonts(), [tmp_path, TEMPLATES]).html
    assert "わが支部" in page
    assert "窓口を明るくする。" in "".join(_text(page))


def test_a_template_gets_names_and_urls_of_fonts_but_no_way_to_their_files(tmp_path: Path) -> None:
    (tmp_path / "handout.css").write_text("{{ fonts[0].family }} {{ fonts[0].url }}\n{{ fonts[0].path }}")
    handout = compose_plan_budget(Datasets(plan_dataset(PLAN)))
    with pytest.raises(HandoutError, match=r"handout\.css 2行: ない名前が使われています"):
        render_page("plan-budget.html", handout, look(), fonts(), [tmp_path, TEMPLATES])


def test_a_broken_template_is_explained_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "plan-budget.html").write_text("<html>\n{{ handout.no_such_value }}")
    with pytest.raises(HandoutError, match=r"plan-budget\.html"):
        render_page(
            "plan-budget.html", compose_plan_budget(Datasets(plan_dataset(PLAN))), look(), fonts(), [tmp_path]
        )


def test_a_measure_higher_than_a_page_may_be_parted() -> None:
    line = PrintedLine("plan:a", "item", (Run("文" * 40),))
    assert fits_a_page(MeasureRow((line,) * 5, ()), look())
    assert not fits_a_page(MeasureRow((line,) * 60, ()), look())


@pytest.mark.parametrize(
    ("note", "title"), [("", "cover-title"), ("※見直すことがあります。", "report-title")]
)
def test_every_cover_has_its_agenda_and_note_and_a_title_with_text_below_stands_higher(
    note: str, title: str
) -> None:
    settings = HandoutSettings(agenda="【議題1】報告", note=note)
    markup = Markup(plan_page(replace(plan_dataset(PLAN), handouts={"plan": settings})))
    assert ("p", "agenda") in markup.elements
    assert (("p", "cover-note") in markup.elements) is bool(note)
    assert ("h1", title) in markup.elements


def test_the_contents_lead_to_places_that_are_there() -> None:
    page = final_report_page(plan_dataset(PLAN, kpis=KPIS))
    targets = re.findall(r'href="#([a-z]+)"', page)
    assert targets == re.findall(r'data-to="#([a-z]+)"', page)
    assert targets == re.findall(r'<h2 class="sheet-title"[^>]* id="([a-z]+)"', page)


def test_of_the_results_too_every_line_and_amount_says_where_it_comes_from() -> None:
    kpi = Kpi(id="smile", name="満足度", sentence="満足度を<b>高める")
    dataset = plan_dataset(
        "Ⅰ．基盤\n１ 案内 {#annai}\n■KPI：{kpi:smile} {#goal}\n",
        [Initiative(id="a", name="取組", field="koho", amount=1, executed=1)],
        kpis=(kpi,),
        fields=(BudgetField(id="koho", name="広報"),),
        entries=(ProgressEntry(id="annai", plan="annai", text="・進めた。"),),
    )
    dataset = replace(dataset, handouts={"results": HandoutSettings(charts="なし")})
    page = results_page(dataset)
    plan = [f"plan:{paragraph.id}" for paragraph in dataset.plan.paragraphs]
    of_year = ("actuals.R5", "actuals.R6", "target", "actuals.R7", "mark", "averages.R7", "targets.R8")
    amounts = ("budget:a.amount", "budget:a.executed", "budget:a.executed + budget:a.amount")
    assert Markup(page).refs == [
        "dataset:handouts.results.title",
        *(plan[0], "kpi:smile", "kpi:smile.group", plan[1], "kpi:smile.sentence"),
        *(f"kpi:smile.{cell}" for cell in (*of_year, "remarks")),
        *(*plan, plan[1], "progress:annai.text[1]"),
        *("field:koho.name", *amounts, "budget:a.name", *amounts, *amounts),
    ]
    assert "満足度を<b>高める" in "".join(_text(page))


def test_a_budget_without_fields_is_printed_in_the_results() -> None:
    dataset = plan_dataset(PLAN, [initiative("a", "annai", 1_234_567, executed=0)])
    assert {"1,234,567", "0.0%"} <= set(_text(results_page(dataset)))


HEADING, TEXT = (
    PrintedLine("plan:a", "topic", (Run("節"),)),
    PrintedLine("plan:b", "body", (Run("文" * 200),)),
)
FRAME = Box((PrintedLine("plan:c", "kpi", (Run("目標"),)),) * 5)


@pytest.mark.parametrize(
    ("cells", "lines"),
    [
        (([HEADING, TEXT], [HEADING]), 3),  # the heading and two lines of its text
        (([HEADING, TEXT], [HEADING, FRAME]), 7),  # a frame is never split
        (([HEADING, TEXT], []), 0),
        (([HEADING, FRAME], [HEADING, FRAME, FRAME]), 7),
    ],
)
def test_the_top_of_a_row_stays_together_in_both_cells(
    cells: tuple[list[PrintedLine | Box], ...], lines: int
) -> None:
    assert row_lead_of_blocks(cells, "half", look()) == lines
