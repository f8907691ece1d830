"""Panels side by side: a table without rules, as wide as the text."""

from __future__ import annotations

from handouts.word.ooxml import twips_of_mm
from tests.unit.word.pages import LOOK, W, attribute, find, sheet, text

TABLE = """<table class="kpi-list"><colgroup><col class="kpi-number"><col class="kpi-name-3"><col class="kpi-target"></colgroup>
<thead><tr class="head"><th class="head"></th><th class="head"><p class="head">{0}</p></th><th class="head"></th></tr></thead>
<tbody><tr class="whole"><td class="kpi"></td><th class="kpi" scope="row"><p class="kpi-name">名</p></th><td class="kpi"></td></tr></tbody>
</table>"""
PANELS = sheet(
    '<section class="panels"><section class="panel">'
    + TABLE.format("左の一")
    + TABLE.format("左の二")
    + "</section>"
    '<section class="panel">' + TABLE.format("右") + "</section></section>"
)
OUTER = "./w:tbl"
INNER = "./w:tbl/w:tr/w:tc/w:tbl"


def test_panels_and_the_gap_between_them_are_as_wide_as_the_text() -> None:
    widths = [int(attribute(found, "w") or "") for found in find(PANELS, f"{OUTER}/w:tblGrid/w:gridCol")]
    panel, gap = twips_of_mm(LOOK.panel_width), twips_of_mm(LOOK.line.panel_gap)
    assert widths == [panel, gap, panel]
    assert [attribute(found, "w") for found in find(PANELS, f"{OUTER}/w:tblPr/w:tblW")] == [str(sum(widths))]


def test_the_table_around_panels_has_neither_rules_nor_margins() -> None:
    assert not find(PANELS, f"{OUTER}/w:tblPr/w:tblBorders")
    margins = find(PANELS, f"{OUTER}/w:tblPr/w:tblCellMar/*")
    assert {attribute(found, "w") for found in margins} == {"0"}


def test_the_tables_stand_in_their_panels_in_order_each_as_wide_as_its_panel() -> None:
    cells = find(PANELS, f"{OUTER}/w:tr/w:tc")
    assert [text(cell) for cell in cells] == ["左の一名左の二名", "", "右名"]
    for found in find(PANELS, INNER):
        columns = found.findall(f"{W}tblGrid/{W}gridCol")
        assert sum(int(attribute(column, "w") or "") for column in columns) == twips_of_mm(LOOK.panel_width)


def test_tables_above_each_other_have_the_gap_of_the_look_and_every_cell_ends_with_a_paragraph() -> None:
    left, _, _ = find(PANELS, f"{OUTER}/w:tr/w:tc")
    assert [child.tag.removeprefix(W) for child in left] == ["tcPr", "tbl", "p", "tbl", "p"]
    between, last = (child.find(f"{W}pPr/{W}spacing") for child in left if child.tag == W + "p")
    assert int(attribute(between, "after") or "") > 0
    assert last is None


def test_the_heads_of_the_tables_are_heads() -> None:
    assert len(find(PANELS, f"{INNER}/w:tr/w:trPr/w:tblHeader")) == 3
