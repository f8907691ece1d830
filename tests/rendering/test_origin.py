"""What the Word file of every kind says of where it comes from: everything that it prints, and nothing that is not so."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree

from handouts import __version__
from handouts.dataset.model import Datasets
from handouts.measures.sources import Sources
from handouts.origin import Origin, OriginEntry, OriginHead, find_origin
from handouts.runs.checking import read_checked
from tests.builds.built import make
from tests.office import HAS_OFFICE, convert
from tests.pages import ROOT
from tests.rendering.test_every_kind import every_kind

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
KINDS = {
    "plan-budget": "gunma-r7",
    "plan": "yamaguchi-r8",
    "final-report": "fukushima-r7",
    "progress": "gunma-r3",
    "results": "tochigi-r5",
}
_CHARACTERS = {f"{W}t": None, f"{W}tab": "\t", f"{W}br": "\n"}
# Of what the largest sample has in bytes, packed.
MOST_OF_PART, MOST_OF_BOOKMARKS = 40_000, 28_500


@cache
def word(name: str, kind: str) -> bytes:
    return make(ROOT / "data" / name, kind, "docx").files[".docx"]


@cache
def sources(name: str) -> Sources:
    return Sources(datasets(name))


@cache
def datasets(name: str) -> Datasets:
    return read_checked(ROOT / "data" / name).datasets


def parts_of(content: bytes) -> Mapping[str, bytes]:
    with ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


@cache
def origin(name: str, kind: str) -> Origin:
    found = find_origin(parts_of(word(name, kind)))
    assert found is not None
    return found


def paragraphs(content: bytes) -> Iterator[tuple[list[str], str]]:
    """The bookmarks of each paragraph of the body but for those of links, and its text."""
    body = etree.fromstring(parts_of(content)["word/document.xml"])
    for paragraph in body.iter(f"{W}p"):
        names = [start.get(f"{W}name", "") for start in paragraph.iter(f"{W}bookmarkStart")]
        found = (node for run in paragraph.iter(f"{W}r") for node in run.iter(*_CHARACTERS))
        text = "".join(_CHARACTERS[node.tag] or node.text or "" for node in found)
        yield [each for each in names if not each.startswith("_")], text


def entries(kind: str, role: str) -> list[OriginEntry]:
    return [entry for entry in origin(KINDS[kind], kind).entries if entry.role == role]


def entry(kind: str, text: str, ref: str = "") -> OriginEntry:
    """The first entry that prints `text`, from a place that begins with `ref`."""
    found = origin(KINDS[kind], kind).entries
    return next(one for one in found if one.text == text and one.ref.startswith(ref))


@every_kind
def test_every_paragraph_that_says_anything_has_a_bookmark_and_an_entry_with_its_text(
    name: str, kind: str
) -> None:
    known = origin(name, kind).by_bookmark
    said = [(names, text) for names, text in paragraphs(word(name, kind)) if text.strip()]
    assert len(said) > 150
    assert [(names, text) for names, text in said if len(names) != 1] == []
    assert [known[names[0]].text for names, _ in said] == [text for _, text in said]


@every_kind
def test_entries_stand_in_the_order_of_the_document_and_each_has_its_place(name: str, kind: str) -> None:
    placed = [each for names, _ in paragraphs(word(name, kind)) for each in names]
    assert placed == [one.bookmark for one in origin(name, kind).entries]


@every_kind
def test_names_are_unique_and_short_enough_for_word(name: str, kind: str) -> None:
    names = [one.bookmark for one in origin(name, kind).entries]
    assert len({each.lower() for each in names}) == len(names)
    assert max(map(len, names)) < 40


@every_kind
def test_every_ref_names_something_in_the_datasets(name: str, kind: str) -> None:
    refs = {ref for one in origin(name, kind).entries for ref in one.refs}
    assert [ref for ref in sorted(refs) if not sources(name).names_something(ref)] == []


@every_kind
def test_every_role_is_said_and_what_is_entered_says_where(name: str, kind: str) -> None:
    found = origin(name, kind).entries
    assert [one.text for one in found if one.role == "unknown"] == []
    own = [one for one in found if one.role in ("own", "repeated", "earlier")]
    assert [one.text for one in own if not one.refs] == []
    assert [one.text for one in found if one.role == "computed" and not one.refs and one.text != "0"] == []


@every_kind
def test_the_label_is_what_stands_before_the_words_of_the_plan(name: str, kind: str) -> None:
    labels = {f"plan:{paragraph.id}": paragraph.label for paragraph in datasets(name).this.plan.paragraphs}
    printed = [
        one for one in origin(name, kind).entries if one.ref in labels and one.role in ("own", "generated")
    ]
    titles = ("item-title", "kpi-title")  # their number stands elsewhere, or nowhere
    assert len(printed) > 50
    assert [one for one in printed if one.style not in titles and one.label != labels[one.ref]] == []


@every_kind
def test_the_head_says_what_the_file_was_made_of(name: str, kind: str) -> None:
    years = datasets(name)
    assert origin(name, kind).head == OriginHead(
        program=__version__,
        dataset=name,
        fiscal_year=years.this.fiscal_year.year,
        edition=years.this.edition,
        kind=kind,
        previous=years.previous.name if years.previous else "",
        earlier=years.earlier.name if years.earlier else "",
    )


@every_kind
def test_the_part_and_the_bookmarks_take_little_room(name: str, kind: str) -> None:
    parts = parts_of(word(name, kind))
    body = parts["word/document.xml"]
    bare = re.sub(rb"<w:bookmark(Start|End)[^>]*>", b"", body)
    assert packed(parts["customXml/item1.xml"]) < MOST_OF_PART
    assert packed(body) - packed(bare) < MOST_OF_BOOKMARKS


def packed(content: bytes) -> int:
    return len(zlib.compress(content))


@pytest.mark.parametrize(
    ("kind", "role", "refs"),
    [
        ("plan-budget", "own", ["plan:", "budget:", "dataset:handouts.plan-budget.date"]),
        ("plan-budget", "last-year", ["oplan:", "obudget:"]),
        ("plan-budget", "computed", ["budget:"]),
        ("plan-budget", "generated", ["plan:", ""]),
        ("plan", "own", ["plan:", "dataset:handouts.plan.material"]),
        ("plan", "generated", ["plan:", ""]),
        ("final-report", "own", ["plan:", "kpi:", "dataset:handouts.final-report.note"]),
        ("final-report", "earlier", ["ekpi:"]),
        ("final-report", "computed", ["kpi:"]),
        ("final-report", "repeated", ["plan:"]),
        ("final-report", "generated", [""]),
        ("progress", "own", ["plan:", "progress:", "monthly:", "item:", "field:", "budget:"]),
        ("progress", "computed", ["monthly:", "progress:", "plan:", "kpi:", "field:"]),
        ("progress", "repeated", ["progress:"]),
        ("progress", "generated", ["", "monthly:"]),
        ("results", "own", ["plan:", "progress:", "kpi:", "budget:", "field:"]),
        ("results", "computed", ["kpi:", "budget:"]),
        ("results", "repeated", ["plan:"]),
        ("results", "generated", [""]),
    ],
)
def test_each_kind_has_what_each_role_is_for(kind: str, role: str, refs: list[str]) -> None:
    found = {one.ref for one in entries(kind, role)}
    assert [ref for ref in refs if not any(each.startswith(ref) if ref else not each for each in found)] == []


def test_a_paragraph_with_a_figure_is_known_as_it_is_stored() -> None:
    found = next(one for one in entries("plan-budget", "own") if one.stored and one.label)
    assert found.text.startswith(found.label)
    assert "{" in found.stored  # type: ignore[operator]
    assert found.words != found.stored


def test_the_sentence_of_a_kpi_is_one_of_the_program() -> None:
    sentences = [one for one in entries("plan-budget", "generated") if (one.stored or "").startswith("{kpi:")]
    assert len(sentences) > 5
    assert all(one.ref.startswith("plan:") for one in sentences)


def test_a_month_a_mark_a_rank_and_a_cell_of_a_small_table_have_places_of_their_own() -> None:
    months = [one for one in origin("gunma-r3", "progress").entries if ".values[" in one.ref]
    assert len({one.ref for one in months}) == len(months) > 400
    assert {one.bookmark.partition("_")[0] for one in months} <= {"monthly", "x"}
    assert any(one.text == "" for one in months), "months to come"
    assert entry("progress", "43位").ref.endswith(".rank")
    assert entry("progress", "○", "progress:").ref.endswith(".mark")
    assert entry("progress", "◎", "kpi:").role in ("own", "computed")
    cells = [
        one
        for one in origin("gunma-r3", "progress").entries
        if one.style == "small" and "].text" not in one.ref
    ]
    assert all(one.ref.endswith("]") for one in cells if one.ref.startswith("progress:"))


def test_a_sum_names_all_that_it_is_computed_of() -> None:
    total = entry("results", "66,853,600")
    assert total.role == "computed"
    amounts = [sources("tochigi-r5").value(ref) for ref in total.refs]
    assert sum(amounts) == 66_853_600


def test_a_figure_in_the_name_of_a_sum_names_what_it_is_computed_of() -> None:
    names = [one for one in entries("plan-budget", "computed") if one.style == "sum"]
    assert names
    assert all({ref.partition(":")[0] for ref in one.refs} == {"budget", "obudget"} for one in names)


def test_the_name_of_a_computed_row_is_not_that_of_another() -> None:
    names = [one for one in entries("progress", "generated") if one.style == "month-label"]
    assert {"累計", "率（累計）"} <= {one.text for one in names}
    assert [one for one in names if one.stored is not None or one.ref.endswith(".label")] == []


def test_the_tally_names_the_marks_that_it_counts() -> None:
    row = next(
        one for one in origin("gunma-r3", "progress").entries if one.style == "tally" and one.text == "44"
    )
    assert (row.role, len(row.refs)) == ("computed", 44)


def test_the_cover_says_which_setting_each_line_is() -> None:
    found = origin("gunma-r7", "plan-budget").entries[:4]
    assert [(one.style, one.ref.rpartition(".")[2], one.role) for one in found] == [
        ("cover-date", "date", "own"),
        ("cover-meeting", "meeting", "own"),
        ("material", "material", "own"),
        ("cover-title", "title", "generated"),
    ]


@pytest.mark.skipif(not HAS_OFFICE, reason="LibreOffice (soffice) is not here")
@pytest.mark.parametrize(("name", "kind"), [("gunma-r7", "plan-budget"), ("gunma-r3", "progress")])
def test_part_and_bookmarks_survive_being_saved_by_libreoffice(name: str, kind: str, tmp_path: Path) -> None:
    (tmp_path / "sent.docx").write_bytes(word(name, kind))
    (tmp_path / "saved").mkdir()
    saved = convert(tmp_path / "sent.docx", "docx", tmp_path / "saved").read_bytes()
    assert find_origin(parts_of(saved)) == origin(name, kind)
    known = origin(name, kind)
    kept = {
        found.bookmark: text
        for names, text in paragraphs(saved)
        for each in names
        if (found := known.entry_of(each))
    }
    assert [one for one in known.entries if one.bookmark not in kept] == []
    # The pages of the contents are computed anew.
    lost = [one for one in known.entries if kept[one.bookmark] != one.text and one.style != "contents"]
    assert lost == []
