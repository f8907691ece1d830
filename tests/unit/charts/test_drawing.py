"""Drawings: the same bytes again, text that stays text, sizes in print, and nothing over anything else."""

from __future__ import annotations

import io
import logging
import math
import re
import subprocess
import sys
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.transforms import Affine2D, Bbox
from PIL import Image

from handouts.charts import draw, drawing
from handouts.charts.canvas import POINTS_PER_MM, Canvas
from handouts.charts.drawing import paint
from handouts.compose.charts import Chart
from handouts.findings import HandoutError
from handouts.look.fonts import find_fonts
from tests.charts import bars, checkup, hard_cases, months
from tests.made_fonts import made_font
from tests.pages import ROOT, fonts, look

ALL = [checkup(), *hard_cases(), *bars()]
FINE = 10
NEAR = 0.01
SVG = "{http://www.w3.org/2000/svg}"


def titles(chart: Chart) -> str:
    return f"{chart.title} {chart.size}"


def texts(chart: Chart) -> list[str]:
    """The texts of a chart, as they stand in its SVG."""
    root = ElementTree.fromstring(draw(chart, look(), fonts(), ["svg"]).svg)
    return ["".join(found.itertext()) for found in root.iter(f"{SVG}text")]


@pytest.mark.parametrize("chart", [checkup(), *bars()], ids=titles)
def test_the_same_chart_gives_the_same_bytes(chart: Chart) -> None:
    assert draw(chart, look(), fonts()) == draw(replace(chart), look(), fonts())


def test_the_page_and_word_show_the_same_canvas(monkeypatch: pytest.MonkeyPatch) -> None:
    painted: list[Chart] = []
    real = drawing.paint_lines
    monkeypatch.setattr(
        drawing, "paint_lines", lambda chart, look: painted.append(chart) or real(chart, look)
    )
    chart = checkup()
    svg, png = (draw(chart, look(), fonts(), [form]) for form in ("svg", "png"))
    assert painted == [chart]
    assert (svg.svg, png.png) == (draw(checkup(), look(), fonts()).svg, draw(checkup(), look(), fonts()).png)


def test_matplotlib_is_told_to_be_silent_before_it_is_loaded() -> None:
    code = (
        "import logging, sys\n"
        "class Watch:\n"
        "    def find_spec(self, name, *rest):\n"
        "        if name == 'handouts.charts.drawing':\n"
        "            sys.exit(logging.getLogger('matplotlib').level)\n"
        "sys.meta_path.insert(0, Watch())\n"
        "import handouts.charts"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == logging.ERROR


def test_only_the_formats_that_are_asked_for_are_drawn() -> None:
    assert draw(checkup(), look(), fonts(), ["svg"]).png == b""
    assert draw(checkup(), look(), fonts(), ["png"]).svg == ""


def test_a_font_of_the_working_folder_serves_what_the_first_family_lacks(tmp_path: Path) -> None:
    (tmp_path / "own.ttf").write_bytes(made_font("Own", "0123456789"))
    svg = draw(checkup(), look(), find_fonts([tmp_path, ROOT / "fonts"], "BIZ UDGothic").files, ["svg"]).svg
    assert set(re.findall(r"font-family: ([^;\"]+)", svg)) == {"'BIZ UDGothic', 'font-1'"}


def test_a_damaged_font_is_told_of(tmp_path: Path) -> None:
    content = made_font("First", "月令和年度目標以上%（）.0123456789")
    with TTFont(io.BytesIO(content)) as font:
        start = font.reader.tables["glyf"].offset
    (tmp_path / "own.ttf").write_bytes(content[:start] + b"\x7f" * 400 + content[start + 400 :])
    with pytest.raises(HandoutError, match=r"グラフの文字を描けません。.*own\.ttf"):
        draw(checkup(), look(), find_fonts([tmp_path], "First").files)


def test_text_stays_text_in_the_font_of_the_project() -> None:
    svg = draw(checkup(), look(), fonts()).svg
    assert {"令和3年度 28.9%", "令和2年度 55.9%", "目標 61.0%以上", "（%）", "4月", "80"} <= set(
        texts(checkup())
    )
    assert set(re.findall(r"font-family: ([^;\"]+)", svg)) == {"'BIZ UDGothic'"}
    assert "<dc:date>" not in svg


def test_the_newest_year_is_bold() -> None:
    root = ElementTree.fromstring(draw(checkup(), look(), fonts()).svg)
    heavy = [
        "".join(t.itertext()) for t in root.iter(f"{SVG}text") if "font-weight: 700" in t.get("style", "")
    ]
    assert heavy == ["令和3年度 28.9%"]


@pytest.mark.parametrize("chart", ALL, ids=titles)
def test_no_text_is_smaller_than_7_points(chart: Chart) -> None:
    svg = draw(chart, look(), fonts(), ["svg"]).svg
    assert min(float(size) for size in re.findall(r"font-size: ([0-9.]+)px", svg)) >= 7


def test_a_chart_is_as_large_in_print_as_the_look_says() -> None:
    drawn = draw(checkup(), look(), fonts())
    assert (drawn.width, drawn.height) == (look().chart.width, look().chart.height)
    root = ElementTree.fromstring(drawn.svg)
    size = [float(root.get(side, "").removesuffix("pt")) for side in ("width", "height")]
    assert size == pytest.approx([drawn.width * POINTS_PER_MM, drawn.height * POINTS_PER_MM])


def test_the_png_has_the_dots_that_the_look_says() -> None:
    drawn = draw(checkup(), look(), fonts())
    image = Image.open(io.BytesIO(drawn.png))
    assert image.info["dpi"][0] == pytest.approx(look().chart.dpi, abs=0.1)
    assert image.width == pytest.approx(drawn.width / 25.4 * look().chart.dpi, abs=1)
    assert image.convert("RGB").getpixel((image.width - 1, 0)) == (255, 255, 255)


def boxes(canvas: Canvas) -> list[tuple[str, Bbox]]:
    """Every text with the place that it takes, in points; measured finely, since screens widen small text."""
    canvas.figure.dpi = 72 * FINE
    renderer = FigureCanvasAgg(canvas.figure).get_renderer()
    shown = [text for text in canvas.figure.texts if text.get_text()]
    return [
        (text.get_text(), text.get_window_extent(renderer).transformed(Affine2D().scale(1 / FINE)))
        for text in shown
    ]


def lines(canvas: Canvas) -> list[Line2D]:
    return [artist for artist in canvas.figure.artists if isinstance(artist, Line2D)]


def year_lines(canvas: Canvas) -> list[Line2D]:
    return [line for line in lines(canvas) if line.get_marker() != "None"]


@pytest.mark.parametrize("chart", ALL, ids=titles)
def test_no_text_lies_over_another(chart: Chart) -> None:
    for (one, box), (other, other_box) in combinations(boxes(paint(chart, look(), fonts())), 2):
        assert not box.overlaps(other_box), (one, other)


@pytest.mark.parametrize("chart", ALL, ids=titles)
def test_no_text_leaves_the_picture(chart: Chart) -> None:
    canvas = paint(chart, look(), fonts())
    for text, box in boxes(canvas):
        assert box.x0 > -NEAR, text
        assert box.y0 > -NEAR, text
        assert box.x1 < canvas.width + NEAR, text
        assert box.y1 < canvas.height + NEAR, text


def test_lines_differ_in_more_than_their_colour() -> None:
    canvas = paint(checkup(), look(), fonts())
    found = {
        (line.get_linewidth(), line.get_linestyle(), line.get_marker(), line.get_markerfacecolor())
        for line in year_lines(canvas)
    }
    assert len(found) == 3


def test_a_line_ends_where_the_months_to_come_begin() -> None:
    canvas = paint(months("率", {"令和3年度": ["1.0", "2.0", "4.0"]}, unit="%"), look(), fonts())
    (line,) = year_lines(canvas)
    assert [math.isnan(y) for y in line.get_ydata()] == [False] * 3 + [True] * 9


def test_over_a_month_without_a_figure_only_a_hair_goes_on() -> None:
    chart = months("率", {"令和3年度": ["1.0", None, "4.0", "5.0"]}, unit="%")
    newest = look().chart.newest
    thin, thick = [line for line in lines(paint(chart, look(), fonts())) if line.get_color() == newest]
    assert thin.get_linewidth() < thick.get_linewidth() / 2


def test_the_target_is_a_dashed_line_at_its_height() -> None:
    canvas = paint(checkup(), look(), fonts())
    (target,) = [line for line in lines(canvas) if line.is_dashed() and line.get_marker() == "None"]
    assert target.get_color() == look().chart.target
    assert len(set(target.get_ydata())) == 1


def test_a_target_without_a_number_is_told_above_the_chart() -> None:
    assert "目標 対前年度以上" in texts(months("率", {"R3": ["1", "2"]}, target_text="対前年度以上"))


def test_the_overview_names_every_kpi_with_both_figures_its_mark_and_its_rate() -> None:
    found = texts(bars()[0])
    assert {"現金給付等の申請に係る郵送化率", "96.0%以上", "93.9%", "△", "97.8%", "512.0%", "0.0%"} <= set(
        found
    )
    assert {"達成", "未達成", "まだ決まらない"} <= set(found)
    assert sum("めざすもの" in text for text in found) == 2


def test_bars_are_told_apart_by_their_hatching() -> None:
    artists = paint(bars()[0], look(), fonts()).figure.artists
    hatches = {artist.get_hatch() for artist in artists if isinstance(artist, Rectangle)}
    assert hatches == {None, "////", "...."}


def test_every_initiative_has_two_bars_beside_its_amounts_and_its_rate() -> None:
    found = texts(bars()[1])
    assert {"5,000千円", "5,511千円", "110.2%", "－", "0千円"} <= set(found)


def test_a_dollar_sign_is_text_and_no_formula() -> None:
    assert "R3 $x^2$ 2" in texts(months("率", {"R3 $x^2$": ["1", "2"] * 6}))


def test_size_and_colours_are_those_of_the_look() -> None:
    other = replace(look(), chart=replace(look().chart, size=9, newest="#123456"))
    svg = draw(checkup(), other, fonts(), ["svg"]).svg
    assert set(re.findall(r"font-size: ([0-9.]+)px", svg)) == {"9"}
    assert "#123456" in svg
