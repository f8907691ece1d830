"""Charts in a whole build: drawn once, in the formats that are asked for, the same bytes again."""

from __future__ import annotations

import io
from collections.abc import Collection, Mapping
from dataclasses import replace

import docx
import pytest

import handouts.charts
from handouts.compose.charts import Chart
from handouts.compose.plan import PlanHandout, compose_plan
from handouts.dataset.model import Datasets
from handouts.look.pictures import Drawing
from tests.builds.built import make
from tests.charts import bars, checkup
from tests.pages import ROOT

CHARTS = (checkup(), bars()[0])


def compose(datasets: Datasets) -> PlanHandout:
    return replace(compose_plan(datasets), pillars=(), charts=CHARTS)


@pytest.fixture(autouse=True)
def with_charts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handouts.compose.plan.compose_plan", compose)


def files(*formats: str) -> Mapping[str, bytes]:
    made = make(ROOT / "data" / "yamaguchi-r8", "plan", *formats)
    assert made.findings == ()
    return made.files


def test_pdf_and_word_have_the_charts_and_the_same_bytes_again() -> None:
    first, second = (files("pdf", "docx", "html") for _ in range(2))
    assert first == second
    pdf, word, page = first.values()
    assert len(docx.Document(io.BytesIO(word)).inline_shapes) == len(CHARTS)
    assert page.count(b'<figure class="chart">') == len(CHARTS)
    assert pdf.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("formats", "pictures"),
    [(["pdf"], [{"svg"}]), (["docx"], [set(), {"png"}]), (["html", "docx"], [{"svg"}, {"png"}])],
)
def test_each_chart_is_drawn_once_in_each_format_that_is_needed(
    monkeypatch: pytest.MonkeyPatch, formats: list[str], pictures: list[set[str]]
) -> None:
    drawn: list[tuple[str, set[str]]] = []
    real = handouts.charts.draw

    def draw(chart: Chart, look: object, fonts: object, wanted: Collection[str]) -> Drawing:
        drawn.append((chart.id, set(wanted)))
        return real(chart, look, fonts, wanted)

    monkeypatch.setattr("handouts.charts.draw", draw)
    files(*formats)
    assert drawn == [(chart.id, formats) for formats in pictures for chart in CHARTS]
