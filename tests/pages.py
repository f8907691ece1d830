"""Handouts rendered in tests, with the shipped templates and fonts only."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from handouts.compose import Handout
from handouts.compose.final_report import compose_final_report
from handouts.compose.plan import compose_plan
from handouts.compose.plan_budget import compose_plan_budget
from handouts.compose.results import compose_results
from handouts.dataset.kinds import FINAL_REPORT, PLAN, PLAN_BUDGET, RESULTS, HandoutKind
from handouts.dataset.model import Dataset, Datasets
from handouts.look.fonts import FontFile, find_fonts
from handouts.look.values import Look, read_look
from handouts.page import pdf
from handouts.page.html_page import HtmlPage
from handouts.page.pdf import Pdf
from handouts.page.rendering import render_page

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "templates"


@cache
def look() -> Look:
    """The shipped look values."""
    return read_look(TEMPLATES / "look.toml")


@cache
def fonts() -> tuple[FontFile, ...]:
    """The shipped fonts."""
    return find_fonts([ROOT / "fonts"], look().font.family).files


def plan_page(dataset: Dataset) -> str:
    """The HTML page of 事業計画."""
    return page(PLAN, compose_plan(Datasets(dataset)))


def final_report_page(dataset: Dataset, earlier: Dataset | None = None) -> str:
    """The HTML page of 最終報告."""
    return page(FINAL_REPORT, compose_final_report(Datasets(dataset, earlier=earlier)))


def results_page(dataset: Dataset) -> str:
    """The HTML page of 年度実施状況."""
    return page(RESULTS, compose_results(Datasets(dataset)))


def plan_budget_page(dataset: Dataset, previous: Dataset | None = None) -> str:
    """The HTML page of 資料2-1."""
    return page(PLAN_BUDGET, compose_plan_budget(Datasets(dataset, previous)))


def page(kind: HandoutKind, handout: Handout) -> str:
    """The HTML page of a handout without charts."""
    return render_page(kind.template, handout, look().of_kind(kind.id), fonts(), [TEMPLATES]).html


def write_pdf(html: str) -> Pdf:
    """The PDF of a page, which may read the shipped fonts and the charts that stand in it."""
    return pdf.write_pdf(
        HtmlPage(html, fonts(), tuple(re.findall(r'src="(data:[^"]+)"', html)), (TEMPLATES,))
    )
