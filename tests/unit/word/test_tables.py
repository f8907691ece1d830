"""Tables: widths, heads, rules, nested tables, rows that stay together."""

from __future__ import annotations

import pytest

from handouts.word import UnknownMarkup
from handouts.word.ooxml import twips_of_mm
from tests.unit.word.pages import CONTRACT, LOOK, W, attribute, find, sheet, text, word

OUTER = "./w:tbl"
NESTED = ".//w:tc/w:tbl"
COLUMNS = '<colgroup><col class="plan"><col class="amount"></colgroup>'


def table(rows: str) -> str:
    return sheet(f'<table class="comparison">{COLUMNS}<tbody>{rows}</tbody></table>')


def row(left: str, right: str = "") -> str:
    return f'<tr><td class="plan">{left}</td><td class="amount">{right}</td></tr>'


def widths(html: str, path: str) -> list[int]:
    return [int(attribute(found, "w") or "") for found in find(html, path)]


def test_the_grid_is_that_of_the_look() -> None:
    names = ["plan", "initiative", "amount"] * 2
    expected = [twips_of_mm(LOOK.columns[name]) for name in names]
    assert widths(CONTRACT, f"{OUTER}/w:tblGrid/w:gridCol") == pytest.approx(expected, abs=1)


def test_a_table_is_as_wide_as_the_text_and_does_not_fit_itself_to_its_content() -> None:
    assert widths(CONTRACT, f"{OUTER}/w:tblPr/w:tblW") == [twips_of_mm(LOOK.page.text_width)]
    assert attribute(find(CONTRACT, f"{OUTER}/w:tblPr/w:tblLayout")[0], "type") == "fixed"


@pytest.mark.parametrize("path", [OUTER, NESTED])
def test_every_cell_is_as_wide_as_the_columns_it_spans(path: str) -> None:
    for found in find(CONTRACT, path):
        grid = [int(attribute(column, "w") or "") for column in found.findall(f"{W}tblGrid/{W}gridCol")]
        for tr in found.findall(W + "tr"):
            start = 0
            for properties in tr.findall(f"{W}tc/{W}tcPr"):
                span = properties.find(W + "gridSpan")
                end = start + (1 if span is None else int(attribute(span, "val") or ""))
                assert attribute(properties.find(W + "tcW"), "w") == str(sum(grid[start:end]))
                start = end
            assert start == len(grid)


def test_names_and_amounts_of_a_nested_table_stand_under_their_heads() -> None:
    outer = widths(CONTRACT, f"{OUTER}/w:tblGrid/w:gridCol")
    assert widths(CONTRACT, f"{NESTED}/w:tblGrid/w:gridCol") == pytest.approx(outer[1:3], abs=1)
    sides = find(CONTRACT, f"{NESTED}/../w:tcPr/w:tcMar/*")
    assert {side.tag.removeprefix(W): attribute(side, "w") for side in sides} == {"left": "0", "right": "0"}


def test_a_nested_table_is_followed_by_a_tiny_paragraph() -> None:
    (cell,) = find(CONTRACT, f"{NESTED}/..")
    assert [child.tag.removeprefix(W) for child in cell] == ["tcPr", "tbl", "p"]
    assert word(CONTRACT).styles["表の後"].paragraph_format.line_spacing.pt == 1


def test_an_empty_cell_holds_a_paragraph_no_higher_than_a_line() -> None:
    assert len(find(CONTRACT, ".//w:tc[not(w:p)]")) == 0
    assert (
        word(CONTRACT).styles["空欄"].paragraph_format.line_spacing.pt
        <= LOOK.font.size * LOOK.font.line_height
    )


def test_the_rows_of_the_head_are_repeated() -> None:
    heads = find(CONTRACT, f"{OUTER}/w:tr[w:trPr/w:tblHeader]")
    assert [text(head)[:6] for head in heads] == [
        "令和7年度令",
        "事業計画保険",
        "取組予算取組",
        "Ⅰ．事業の基",
    ]
    assert all(attribute(found, "val") is None for found in find(CONTRACT, ".//w:tblHeader | .//w:cantSplit"))


def test_rows_of_the_plan_break_over_pages_and_those_of_a_nested_table_do_not() -> None:
    assert len(find(CONTRACT, f"{OUTER}/w:tr[not(w:trPr/w:cantSplit)]")) == 2
    assert not find(CONTRACT, f"{NESTED}/w:tr[not(w:trPr/w:cantSplit)]")


@pytest.mark.parametrize(
    ("first", "shade"), [("事業計画", "head"), ("Ⅰ", "pillar"), ("小計", "total"), ("分野の計", "total")]
)
def test_heads_pillars_and_sums_are_shaded(first: str, shade: str) -> None:
    cells = find(CONTRACT, f".//w:tr[starts-with(string(.), '{first}')][not(.//w:tbl)]/w:tc")
    fills = {attribute(cell.find(f"{W}tcPr/{W}shd"), "fill") for cell in cells}
    assert fills == {getattr(LOOK.colors, shade).removeprefix("#").upper()}


def test_a_double_rule_parts_this_year_from_last_year() -> None:
    parted = find(CONTRACT, f"{OUTER}//w:tc[w:tcPr/w:tcBorders/w:left/@w:val='double']")
    assert [text(cell)[:3] for cell in parted] == ["Ⅰ．事", "２ か", "分野の"]


def kept_with_next(html: str) -> list[bool]:
    """For each paragraph with text in the first row, whether Word keeps it with the next one."""
    cells = word(html).tables[0].rows[0].cells
    paragraphs = [paragraph for cell in cells for paragraph in cell.paragraphs if paragraph.text]
    own = [paragraph.paragraph_format.keep_with_next for paragraph in paragraphs]
    styles = [paragraph.style.paragraph_format.keep_with_next for paragraph in paragraphs]
    return [bool(style if mine is None else mine) for mine, style in zip(own, styles, strict=True)]


TOPIC, SECTION, BODY = '<p class="topic">節</p>', '<p class="section">項</p>', '<p class="body">文</p>'


@pytest.mark.parametrize(
    ("blocks", "kept"),
    [
        (TOPIC, [True, True]),
        (TOPIC + SECTION, [True, True, True]),
        (TOPIC + BODY, [False, False, False]),
        (TOPIC + SECTION + BODY, [False, True, False, False]),
        (BODY, [False, False]),
    ],
)
def test_a_row_stays_with_the_next_only_where_it_ends_with_a_heading(blocks: str, kept: list[bool]) -> None:
    assert kept_with_next(table(row(blocks, '<p class="amount">1</p>') + row(""))) == kept


def rows_of(html: str) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in word(html).tables[0].rows]


def test_headings_with_their_first_paragraph_are_a_row_that_stays_whole() -> None:
    html = table(row(TOPIC + SECTION + BODY + BODY, TOPIC + '<p class="amount">1</p>' * 3))
    assert rows_of(html) == [["節\n項\n文", "節\n1\n1"], ["文", "1"]]
    first, second = word(html).tables[0].rows
    assert first._tr.find(f"{W}trPr/{W}cantSplit") is not None
    assert second._tr.find(f"{W}trPr/{W}cantSplit") is None


def test_no_rule_stands_between_the_parts_of_a_row() -> None:
    first, second = word(table(row(TOPIC + BODY + BODY, ""))).tables[0].rows
    for parted, side in ((first, "bottom"), (second, "top")):
        sides = [cell._tc.find(f"{W}tcPr/{W}tcBorders/{W}{side}") for cell in parted.cells]
        assert [attribute(each, "val") for each in sides] == ["nil", "nil"]


LONG = f'<p class="body">{"文" * 60}</p>'
BOX = '<table class="box"><colgroup><col class="part-24"></colgroup><tbody><tr><td class="box">{}</td></tr></tbody></table>'


def test_the_part_that_stays_whole_takes_what_has_room_beside_it() -> None:
    html = table(row(TOPIC + BODY + BODY + LONG, f'{TOPIC}<p class="body">{"文" * 12}</p>{BODY}'))
    assert [cells[0] for cells in rows_of(html)] == ["節\n文\n文", "文" * 60]


def test_where_one_cell_alone_goes_on_it_leaves_no_gap_beside_a_frame() -> None:
    html = table(row(TOPIC + LONG + LONG + BODY, TOPIC + BOX.format(BODY * 4)))
    first, *rest = (cells[0] for cells in rows_of(html))
    assert first == "\n".join(["節", "文" * 60, "文" * 60])
    assert rest == ["文"]


def test_what_is_left_of_one_cell_is_parted_at_its_headings() -> None:
    html = table(row(TOPIC + LONG + SECTION + BODY + BODY, TOPIC))
    assert [cells[0] for cells in rows_of(html)] == [f"節\n{'文' * 60}", "項\n文", "文"]


def test_a_row_of_sums_stays_with_a_row_above_that_is_not_split() -> None:
    kept = kept_with_next(execution('<tr class="whole">{}</tr><tr class="total">{}</tr>'))
    assert kept == [True] * 5
    assert kept_with_next(execution('<tr class="whole">{}</tr><tr class="whole">{}</tr>')) == [False] * 5


def execution(rows: str) -> str:
    columns = "".join(
        f'<col class="execution-{name}">' for name in ("field", "name", "amount", "amount", "rate")
    )
    cells = '<td class="name"><p class="amount">1</p></td>' * 5
    rows = rows.format(cells, cells)
    return sheet(f'<table class="execution"><colgroup>{columns}</colgroup><tbody>{rows}</tbody></table>')


def test_a_row_whose_top_stays_together_has_its_height() -> None:
    [height] = find(table(row(BODY).replace("<tr>", '<tr class="lead-4">')), "//w:trPr/w:trHeight")
    lines = 4 * LOOK.font.size * LOOK.font.line_height * 20
    assert int(attribute(height, "val") or 0) >= lines
    assert attribute(height, "hRule") == "atLeast"


def test_a_row_without_a_heading_or_that_begins_with_a_table_is_not_parted() -> None:
    nested = (
        '<table class="initiatives"><colgroup><col class="initiative"><col class="amount"></colgroup></table>'
    )
    assert len(rows_of(table(row(BODY + BODY, "")))) == 1
    assert len(rows_of(table(row(TOPIC + BODY + BODY, nested)))) == 1


def test_a_head_stays_with_the_first_row() -> None:
    assert set(kept_with_next(CONTRACT)) == {True}


def test_two_tables_do_not_run_into_one() -> None:
    html = table(row("")).replace(
        "</table>", f'</table><table class="comparison">{COLUMNS}<tbody>{row("")}</tbody></table>'
    )
    assert [found.tag.removeprefix(W) for found in find(html, "./*")] == ["tbl", "p", "tbl", "p", "sectPr"]


def test_a_column_without_a_width_is_unknown() -> None:
    with pytest.raises(UnknownMarkup, match="has no width"):
        word(table(row("")).replace('<col class="plan">', "<col>"))


def test_a_cell_without_a_class_is_unknown() -> None:
    with pytest.raises(UnknownMarkup, match='<td class=""> has no CellFormat'):
        word(table(row("")).replace('<td class="plan">', "<td>"))


PROGRESS = '<colgroup><col class="number"><col class="done"><col class="rank"></colgroup>'


def progress(rows: str) -> str:
    return sheet(f'<table class="progress">{PROGRESS}<tbody>{rows}</tbody></table>')


def progress_row(number: str = "number", done: str = "", rank: str = "rank") -> str:
    return f'<tr class="whole"><td class="{number}"></td><td class="done">{done}</td><td class="{rank}"></td></tr>'


def sides(html: str, cell: int) -> list[str | None]:
    found = find(html, f"({OUTER}/w:tr/w:tc)[{cell}]/w:tcPr/w:tcBorders/*")
    return [f"{side.tag.removeprefix(W)} {attribute(side, 'val')}" for side in found]


def test_cells_that_join_have_no_rule_between_them() -> None:
    html = progress(progress_row("number joins-below") + progress_row("number joins-above"))
    assert sides(html, 1) == ["bottom nil"]
    assert sides(html, 4) == ["top nil"]
    assert sides(html, 2) == []


def test_a_slash_crosses_its_cell() -> None:
    assert sides(progress(progress_row(rank="rank slash")), 3) == ["tr2bl single"]


def test_a_whole_row_is_not_split_even_where_it_holds_a_heading() -> None:
    html = progress(
        progress_row(done='<p class="topic">節</p><p class="body">本文。</p><p class="body">続き。</p>')
    )
    assert len(find(html, f"{OUTER}/w:tr")) == 1
    assert len(find(html, f"{OUTER}/w:tr/w:trPr/w:cantSplit")) == 1


def test_a_small_table_shares_the_room_of_its_cell() -> None:
    small = (
        '<table class="small"><colgroup><col class="part-6"><col class="part-18"></colgroup><tbody>'
        '<tr><td class="small"><p class="small">6月</p></td><td class="small"><p class="small">掲載</p></td></tr>'
        "</tbody></table>"
    )
    room = LOOK.columns["done"] - 2 * LOOK.line.padding
    assert widths(progress(progress_row(done=small)), f"{NESTED}/w:tblGrid/w:gridCol") == pytest.approx(
        [twips_of_mm(room / 4), twips_of_mm(room * 3 / 4)], abs=1
    )


@pytest.mark.parametrize("closing", [0, 1, 2])
def test_a_table_of_months_is_as_wide_as_the_room_of_its_cell(closing: int) -> None:
    columns = [f"month-label-{closing}", *["month"] * 12, *["month-closing"] * closing]
    room = LOOK.columns["done"] - 2 * LOOK.line.padding
    assert sum(LOOK.columns[name] for name in columns) == pytest.approx(room)
