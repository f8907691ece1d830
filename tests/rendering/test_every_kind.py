"""What holds for every kind of handout: accessible, nothing lost between page, PDF and Word, the same bytes again."""

from __future__ import annotations

import io
import re
import subprocess
import tempfile
from base64 import b64decode
from collections import Counter
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import docx
import page as page_validation
import pypdf
import pytest
from fontTools.ttLib import TTFont

from handouts.dataset.kinds import KINDS
from tests.builds.built import Built, make
from tests.pages import ROOT
from tests.validators import HAS_SDK, faults_by_audit, faults_by_sdk

SAMPLES = [
    ("gunma-r7", "plan-budget"),
    ("yamaguchi-r8", "plan"),
    ("fukushima-r7", "plan"),
    ("fukushima-r7", "final-report"),
    ("gunma-r3", "progress"),
    ("tochigi-r5", "results"),
]
every_kind = pytest.mark.parametrize(("name", "kind"), SAMPLES, ids=[f"{n}-{k}" for n, k in SAMPLES])
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def build(name: str, kind: str) -> Built:
    return make(ROOT / "data" / name, kind, "html", "pdf", "docx", "xlsx")


@cache
def made(name: str, kind: str) -> Built:
    return build(name, kind)


class _Paragraphs(HTMLParser):
    """The paragraphs of a page with their text, in order; those that a program fills in are left out."""

    FILLED_IN = frozenset({"page-footer", "end", "contents"})

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._is_open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if re.fullmatch("p|h[1-6]", tag):
            self._is_open = dict(attrs).get("class") not in self.FILLED_IN
            if self._is_open:
                self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        if re.fullmatch("p|h[1-6]", tag):
            self._is_open = False

    def handle_data(self, data: str) -> None:
        if self._is_open:
            self.found[-1] += data


def paragraphs(name: str, kind: str) -> list[str]:
    """Every paragraph of the page that has text, without its blanks."""
    parser = _Paragraphs()
    parser.feed(made(name, kind).files[".html"].decode())
    return [text for each in parser.found if (text := bare(each))]


def word_paragraphs(name: str, kind: str) -> list[str]:
    """The same of the Word file; what is filled in by fields is left out."""
    body = docx.Document(io.BytesIO(made(name, kind).files[".docx"])).element.body
    styles = (
        (node.find(f"{W}pPr/{W}pStyle"), "".join(t.text or "" for t in node.iter(f"{W}t")))
        for node in body.iter(f"{W}p")
    )
    kept = (
        text for style, text in styles if style is None or style.get(f"{W}val") not in _Paragraphs.FILLED_IN
    )
    return [text for each in kept if (text := bare(each))]


def pdf_pages(name: str, kind: str) -> list[str]:
    """The text of each page of the PDF as poppler reads it, in the order of its content, without blanks."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "handout.pdf"
        path.write_bytes(made(name, kind).files[".pdf"])
        read = subprocess.run(
            ["pdftotext", "-raw", str(path), "-"], check=True, capture_output=True, text=True
        )
    return [bare(page) for page in read.stdout.split("\f") if page.strip()]


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def words_of(text: str) -> Iterator[str]:
    """Pieces short enough to stand on one line of the PDF."""
    yield from re.findall(r"[0-9,.△%]+|[^0-9,.△%]{1,6}", text)


def test_every_kind_of_handout_has_a_sample_here() -> None:
    assert {kind for _, kind in SAMPLES} == set(KINDS)


@every_kind
def test_nothing_is_odd_about_it(name: str, kind: str) -> None:
    assert made(name, kind).findings == ()


@every_kind
def test_the_pdf_is_accessible(name: str, kind: str, tmp_path: Path) -> None:
    path = tmp_path / "handout.pdf"
    path.write_bytes(made(name, kind).files[".pdf"])
    assert "Result: no failures" in str(page_validation.validate_pdf(str(path)))


@every_kind
def test_the_word_file_says_what_the_page_says(name: str, kind: str) -> None:
    wanted = paragraphs(name, kind)
    assert len(wanted) > 150
    assert Counter(word_paragraphs(name, kind)) == Counter(wanted)
    # Of two halves side by side Word has the tops of both cells in one row, and the rest in the next.
    if kind not in ("plan-budget", "results"):
        assert word_paragraphs(name, kind) == wanted


@every_kind
def test_the_pdf_has_every_character_of_the_page_and_every_word_in_one_piece(name: str, kind: str) -> None:
    pages = pdf_pages(name, kind)
    text = "".join(pages)
    wanted = paragraphs(name, kind)
    assert not Counter("".join(wanted)) - Counter(text)
    # A paragraph that runs over a page may part a word in each of its columns.
    parted = {word for paragraph in wanted for word in words_of(paragraph) if word not in text}
    assert len(parted) <= 2 * (len(pages) - 1)
    for word in parted:
        splits = [(word[:cut], word[cut:]) for cut in range(1, len(word))]
        assert any(a in page and b in following for a, b in splits for page, following in pairwise(pages)), (
            word
        )


def embedded_fonts(text: str) -> dict[str, TTFont]:
    """The fonts that a page or picture holds, by weight."""
    found = re.findall(r'font-weight: (\w+); src: url\("data:font/woff;base64,([^"]+)"\)', text)
    return {weight: TTFont(io.BytesIO(b64decode(content))) for weight, content in found}


@every_kind
def test_the_html_holds_its_fonts_with_their_licence_and_names_nothing_of_this_computer(
    name: str, kind: str
) -> None:
    html = made(name, kind).files[".html"].decode()
    assert len(html.encode()) < 2_000_000
    assert "file:" not in html
    assert str(ROOT) not in html
    fonts = embedded_fonts(html)
    assert set(fonts) == {"normal", "bold"}
    for font in fonts.values():
        assert set("".join(paragraphs(name, kind))) <= set(map(chr, font.getBestCmap()))
        assert {0, 7, 13, 14} <= {record.nameID for record in font["name"].names}


@every_kind
def test_every_chart_in_the_html_holds_the_characters_that_it_shows(name: str, kind: str) -> None:
    html = made(name, kind).files[".html"].decode()
    for picture in re.findall(r'src="data:image/svg\+xml;base64,([^"]+)"', html):
        svg = b64decode(picture).decode()
        fonts = embedded_fonts(svg)
        for text in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text"):
            weight = "bold" if "font-weight: 700" in text.attrib["style"] else "normal"
            assert set("".join(text.itertext())) <= set(map(chr, fonts[weight].getBestCmap()))


@every_kind
def test_the_pdf_has_the_headings_of_the_word_file_as_bookmarks(name: str, kind: str) -> None:
    outline = pypdf.PdfReader(io.BytesIO(made(name, kind).files[".pdf"])).outline
    assert [bare(title) for title in _titles(outline)] == list(_word_headings(name, kind))


def _titles(outline: list[object]) -> Iterator[str]:
    for entry in outline:
        if isinstance(entry, list):
            yield from _titles(entry)
        else:
            yield str(entry.title)  # type: ignore[attr-defined]


def _word_headings(name: str, kind: str) -> Iterator[str]:
    body = docx.Document(io.BytesIO(made(name, kind).files[".docx"])).element.body
    for node in body.iter(f"{W}p"):
        style = node.find(f"{W}pPr/{W}pStyle")
        if style is not None and style.get(f"{W}val").startswith("Heading"):
            yield bare("".join(t.text or "" for t in node.iter(f"{W}t")))


@every_kind
@pytest.mark.parametrize("suffix", [".docx", ".xlsx"])
def test_the_office_files_are_valid(name: str, kind: str, suffix: str) -> None:
    assert faults_by_audit(made(name, kind).files[suffix], suffix) == []


@pytest.mark.skipif(not HAS_SDK, reason="Microsoft's validator is not here; make test installs it")
@every_kind
@pytest.mark.parametrize("suffix", [".docx", ".xlsx"])
def test_the_office_files_are_valid_to_microsofts_own_validator(name: str, kind: str, suffix: str) -> None:
    assert faults_by_sdk(made(name, kind).files[suffix], suffix) == []


@every_kind
def test_the_same_data_give_the_same_bytes_again(name: str, kind: str) -> None:
    assert build(name, kind).files == made(name, kind).files
