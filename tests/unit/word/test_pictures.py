"""Pictures in the Word file: their part, size, alternative text and ids."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

import pytest
from docx.document import Document
from openxml_audit import OpenXmlValidator
from PIL import Image

from handouts.look.pictures import Drawing
from handouts.word import UnknownMarkup, write_word
from tests.unit.word.pages import CREATED, LOOK, TEMPLATE, W, attribute, docx_of, sheet

WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def drawing(color: str) -> Drawing:
    buffer = io.BytesIO()
    Image.new("RGB", (20, 10), color).save(buffer, "png")
    return Drawing("<svg/>", buffer.getvalue(), width=134, height=50)


DRAWINGS = {"checkup": drawing("red"), "budget": drawing("blue")}


def figure(chart: str, alt: str = "健診の受診率。") -> str:
    return f'<figure class="chart"><img class="chart" src="data:," alt="{alt}" data-chart="{chart}"></figure>'


def made(blocks: str, drawings: Mapping[str, Drawing] = DRAWINGS) -> bytes:
    return write_word(sheet(blocks), LOOK, TEMPLATE, CREATED, drawings)


def opened(blocks: str) -> Document:
    return docx_of(made(blocks))


def test_a_picture_stands_in_the_line_in_the_size_in_which_it_was_drawn() -> None:
    (shape,) = opened(figure("checkup")).inline_shapes
    assert (shape.width.mm, shape.height.mm) == pytest.approx((134, 50), abs=0.01)


def test_the_alternative_text_comes_through_as_it_is() -> None:
    body = opened(figure("checkup", "率は&lt;3.9%&gt;から&quot;28.9%&quot;。")).element.body
    (properties,) = body.iter(f"{WP}docPr")
    assert properties.get("descr") == '率は<3.9%>から"28.9%"。'


def test_every_picture_has_an_id_of_its_own_and_the_same_chart_is_stored_once() -> None:
    document = opened(figure("checkup") + figure("budget") + figure("checkup"))
    assert [found.get("id") for found in document.element.body.iter(f"{WP}docPr")] == ["1", "2", "3"]
    parts = [document.part.related_parts[b.get(f"{R}embed")] for b in document.element.body.iter(f"{A}blip")]
    assert [part.blob for part in parts] == [DRAWINGS[name].png for name in ("checkup", "budget", "checkup")]
    assert parts[0] is parts[2]


def test_the_line_is_as_high_as_the_picture() -> None:
    (paragraph,) = opened(figure("checkup")).element.body.findall(f"{W}p")
    spacing = paragraph.find(f"{W}pPr/{W}spacing")
    assert (attribute(spacing, "line"), attribute(spacing, "lineRule")) == ("240", "auto")


def test_the_charts_follow_what_stands_before_them_in_a_table_without_rules() -> None:
    columns = '<colgroup><col class="chart"><col class="chart"></colgroup>'
    row = f'<tr><td class="chart"><p class="chart-title">題</p>{figure("checkup")}</td><td class="chart"></td></tr>'
    body = opened(
        f'<h2 class="charts">グラフ</h2><table class="charts">{columns}<tbody>{row}</tbody></table>'
    ).element.body
    assert body.find(f"{W}p/{W}pPr/{W}pageBreakBefore") is None
    assert body.find(f"{W}tbl/{W}tblPr/{W}tblBorders") is None
    assert body.find(f"{W}tbl/{W}tr/{W}trPr/{W}cantSplit") is not None


def test_the_file_keeps_to_the_schema_and_has_the_same_bytes_again(tmp_path: Path) -> None:
    path = tmp_path / "handout.docx"
    path.write_bytes(made(figure("checkup") + figure("budget")))
    assert OpenXmlValidator().validate(path).errors == []
    assert path.read_bytes() == made(figure("checkup") + figure("budget"))


@pytest.mark.parametrize(
    ("blocks", "words"),
    [
        (figure("unknown"), 'data-chart="unknown"> has no picture'),
        (figure("checkup", ""), "needs the attribute alt"),
        ('<figure class="chart"></figure>', "one <img> is expected"),
        ('<figure class="chart"><p class="body">文</p></figure>', "one <img> is expected"),
        ('<p class="body"><img class="chart" alt="x" data-chart="checkup"></p>', "cannot stand inside"),
    ],
)
def test_a_picture_that_cannot_be_shown_is_named(blocks: str, words: str) -> None:
    with pytest.raises(UnknownMarkup) as caught:
        made(blocks)
    assert words in str(caught.value)


def test_a_chart_that_was_not_drawn_for_word_is_named() -> None:
    with pytest.raises(UnknownMarkup, match="has no picture"):
        made(figure("checkup"), {"checkup": Drawing("<svg/>", b"", 134, 50)})
