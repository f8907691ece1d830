"""What the Word file keeps of where its paragraphs come from."""

from __future__ import annotations

from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from handouts.measures.sources import SourceText
from handouts.origin import Origin, OriginEntry, OriginHead, find_origin
from handouts.word import Provenance, write_word
from tests.unit.word.pages import CREATED, LOOK, TEMPLATE, attribute, docx_of, find, page, sheet, word_bytes

HEAD = OriginHead("0.1.0", "gunma-r7", 2025, "案", "plan-budget")
TEXTS = {
    "plan:a": SourceText("率を{kpi:a.target}に", "率を62%に"),
    "oplan:a": SourceText("前の文", "前の文"),
    "budget:a.name": SourceText("案内", "案内"),
    "field:a.name": SourceText("経費", "経費"),
    "plan:caption": SourceText("", ""),
}
PROVENANCE = Provenance(HEAD, TEXTS.get)


def parts(content: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def written(html: str) -> bytes:
    return write_word(html, LOOK, TEMPLATE, CREATED, provenance=PROVENANCE)


def origin(blocks: str) -> Origin:
    found = find_origin(parts(written(sheet(blocks))))
    assert found is not None
    return found


def entry(paragraph: str) -> OriginEntry:
    [found] = origin(paragraph).entries
    return found


def test_the_head_says_what_the_file_was_made_of() -> None:
    assert origin("").head == HEAD


def test_a_paragraph_has_its_text_label_stored_text_and_style() -> None:
    assert entry(
        '<p class="item" data-ref="plan:a" data-role="own">（１）率を<mark>62</mark>%に</p>'
    ) == OriginEntry(
        "plan_a", ("plan:a",), "own", "（１）率を62%に", "率を{kpi:a.target}に", "（１）", "item"
    )


@pytest.mark.parametrize(
    ("paragraph", "label", "stored"),
    [
        ('<p class="body" data-ref="oplan:a" data-role="last-year">・前の文</p>', "・", None),
        (
            '<p class="initiative" data-ref="budget:a.name" data-role="own"><span class="new">（新）</span>案内</p>',
            "（新）",
            None,
        ),
        ('<p class="expense-name" data-ref="field:a.name" data-role="own">【経費】</p>', "", "経費"),
        ('<p class="item-number" data-ref="plan:a" data-role="computed">１</p>', "", None),
        (
            '<p class="importance" data-ref="plan:caption" data-role="own">【重要度：高】</p>',
            "【重要度：高】",
            None,
        ),
        ('<p class="amount" data-ref="budget:a.amount" data-role="own">1千円</p>', "", None),
        (
            '<p class="amount" data-ref="budget:a.name + budget:b.name" data-role="computed">案内</p>',
            "",
            None,
        ),
    ],
)
def test_label_and_stored_text_are_there_where_the_words_are_those_of_the_source(
    paragraph: str, label: str, stored: str | None
) -> None:
    found = entry(paragraph)
    assert (found.label, found.stored) == (label, stored)


def test_what_is_entered_once_and_printed_twice_is_repeated() -> None:
    line = '<p class="body" data-ref="{}" data-role="{}">文</p>'
    places = [
        ("plan:b", "own"),
        ("plan:b", "own"),
        ("oplan:b", "last-year"),
        ("oplan:b", "last-year"),
        ("plan:c", "own"),
    ]
    found = origin("".join(line.format(*place) for place in places)).entries
    assert [(one.bookmark, one.role) for one in found] == [
        ("plan_b", "own"),
        ("plan_b__2", "repeated"),
        ("oplan_b", "last-year"),
        ("oplan_b__2", "last-year"),
        ("plan_c", "own"),
    ]


def test_a_paragraph_of_a_template_that_says_nothing_is_known_all_the_same() -> None:
    assert entry('<p class="body">文</p>') == OriginEntry("x_1", (), "unknown", "文", style="body")
    assert entry('<p class="body" data-ref="plan:z">文</p>').role == "unknown"


def test_an_empty_cell_is_known_where_a_figure_can_be_typed() -> None:
    empty = '<p class="month" data-ref="{}" data-role="{}"></p>'
    found = origin(
        empty.format("monthly:a.series[1].values[2]", "own")
        + empty.format("monthly:a.series[1]", "computed")
        + '<p class="month" data-role="generated"></p><p class="month">　</p>'
    ).entries
    assert [one.bookmark for one in found] == ["monthly_a__series_1__values_2"]


def test_breaks_and_tabs_are_part_of_the_text() -> None:
    assert entry('<p class="head" data-role="generated">実施<br>状況</p>').text == "実施\n状況"
    assert (
        entry('<p class="contents" data-role="generated">計画<span class="leader"></span>P</p>').text
        == "計画\tP"
    )


def test_a_bookmark_stands_for_every_entry_and_no_other_but_those_of_links() -> None:
    blocks = (
        '<p class="body" data-ref="plan:a" id="top">文</p><p class="body">文</p><p class="end" id="end"></p>'
    )
    starts = docx_of(written(sheet(blocks))).element.body.xpath(".//w:bookmarkStart")
    names = [name for start in starts if (name := attribute(start, "name"))]
    assert sorted(names) == ["_end", "_top", "plan_a", "x_1"]


def test_what_stands_at_the_foot_of_all_pages_has_none() -> None:
    footer = '<footer class="page-footer"><p class="page-footer">／</p></footer>'
    found = parts(written(page(f'{footer}<section class="sheet"><p class="body">文</p></section>')))
    feet = [name for name in found if "footer" in name]
    assert feet
    assert not any(b"bookmarkStart" in found[name] for name in feet)


def test_a_name_too_long_or_a_place_without_one_has_a_number() -> None:
    found = origin(
        '<p class="body" data-ref="population:tokutei-hoken-hifuyosha.planned" data-role="own">文</p>'
        '<p class="body" data-ref="item:健診 (1).badge" data-role="own">文</p>'
    ).entries
    assert [(one.bookmark, one.ref) for one in found] == [
        ("x_1", "population:tokutei-hoken-hifuyosha.planned"),
        ("x_2", "item:健診 (1).badge"),
    ]


def test_the_part_has_an_id_with_which_word_keeps_it() -> None:
    found = parts(written(sheet("")))
    properties = ElementTree.fromstring(found["customXml/itemProps1.xml"])
    assert next(iter(properties.attrib.values())).startswith("{")
    assert b"itemProps1.xml" in found["customXml/_rels/item1.xml.rels"]
    assert b"customXml/item1.xml" in found["word/_rels/document.xml.rels"]


def test_a_template_with_a_part_of_its_own_keeps_it() -> None:
    template = write_word(
        sheet(""), LOOK, TEMPLATE, CREATED, provenance=Provenance(OriginHead("", "other", 1, "", ""))
    )
    found = parts(write_word(sheet(""), LOOK, template, CREATED, provenance=PROVENANCE))
    assert {"customXml/item1.xml", "customXml/item2.xml", "customXml/itemProps2.xml"} <= found.keys()


def test_without_saying_what_it_was_made_of_a_file_has_no_such_part() -> None:
    assert not [
        name for name in parts(word_bytes(sheet('<p class="body">文</p>'))) if name.startswith("customXml")
    ]
    assert len(find(sheet('<p class="body">文</p>'), ".//w:bookmarkStart")) == 1
