"""Charts in a whole build: drawn once, in the formats that are asked for, the same bytes again."""

from __future__ import annotations

import io
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import docx
import pytest

import handouts.charts
from handouts.compose import HANDOUTS, HandoutKind, plan
from handouts.compose.charts import Chart
from handouts.compose.plan import PlanHandout
from handouts.dataset.model import Datasets
from handouts.look.pictures import Drawing
from handouts.runs.build import Built, build_dataset
from handouts.runs.settings import read_build_settings
from tests.charts import bars, checkup
from tests.pages import ROOT

CHARTS = (checkup(), bars()[0])


def compose(datasets: Datasets) -> PlanHandout:
    return replace(plan.compose_plan(datasets), pillars=(), charts=CHARTS)


@pytest.fixture(autouse=True)
def with_charts(monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = {**HANDOUTS, plan.KIND: HandoutKind("事業計画", compose)}
    monkeypatch.setattr("handouts.runs.build.HANDOUTS", kinds)


def build(out: Path, formats: Collection[str]) -> Built:
    built = build_dataset(
        ROOT / "data" / "yamaguchi-r8", [plan.KIND], list(formats), read_build_settings(ROOT, out, {})
    )
    assert built.findings == ()
    return built


def test_pdf_and_word_have_the_charts_and_the_same_bytes_again(tmp_path: Path) -> None:
    first, second = (build(tmp_path / name, ["pdf", "docx", "html"]) for name in ("first", "second"))
    contents = [[product.path.read_bytes() for product in built.products] for built in (first, second)]
    assert contents[0] == contents[1]
    pdf, word, page = contents[0]
    assert len(docx.Document(io.BytesIO(word)).inline_shapes) == len(CHARTS)
    assert page.count(b'<figure class="chart">') == len(CHARTS)
    assert pdf.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("formats", "pictures"),
    [(["pdf"], [{"svg"}]), (["docx"], [set(), {"png"}]), (["html", "docx"], [{"svg"}, {"png"}])],
)
def test_each_chart_is_drawn_once_in_each_format_that_is_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, formats: list[str], pictures: list[set[str]]
) -> None:
    drawn: list[tuple[str, set[str]]] = []
    real = handouts.charts.draw

    def draw(chart: Chart, look: object, fonts: object, wanted: Collection[str]) -> Drawing:
        drawn.append((chart.id, set(wanted)))
        return real(chart, look, fonts, wanted)

    monkeypatch.setattr("handouts.charts.draw", draw)
    build(tmp_path, formats)
    assert drawn == [(chart.id, formats) for formats in pictures for chart in CHARTS]
