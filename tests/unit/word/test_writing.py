"""The whole Word file: text, bytes, schema."""

from __future__ import annotations

import html
import re
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openxml_audit import OpenXmlValidator

from tests.unit.word.pages import CONTRACT, find, page, sheet, text, word_bytes

UNWRITABLE = "".join(map(chr, [*range(0x20), 0xFFFE, 0xFFFF]))
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters=UNWRITABLE))


@settings(max_examples=60)
@example("</w:t></w:r> & <w:p/> &amp; ]]> \"'")
@example("  前の空白　と後の空白  ")
@example("①△▲㈱髙﨑𠮷 é\u3099 \u00a0\u200b")
@given(texts)
def test_every_text_comes_through_as_it_is(written: str) -> None:
    (paragraph,) = find(sheet(f'<p class="body">{html.escape(written)}</p>'), "./w:p")
    assert text(paragraph) == written


def test_all_text_of_the_contract_is_there_in_its_order() -> None:
    paragraphs = re.findall(r"<(?:p|h\d) class=[^>]*>(.*?)</(?:p|h\d)>", CONTRACT.split("</footer>")[1])
    written = [html.unescape(re.sub("<[^>]+>", "", one)) for one in paragraphs]
    read = [text(found).replace("\n", "") for found in find(CONTRACT, ".//w:p")]
    assert [one for one in read if one] == [one for one in written if one]


def test_the_same_page_makes_the_same_bytes() -> None:
    assert word_bytes(CONTRACT) == word_bytes(CONTRACT)


def test_the_file_bears_no_date_of_its_making() -> None:
    with ZipFile(BytesIO(word_bytes(CONTRACT))) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert package.namelist()[0] == "[Content_Types].xml"


@pytest.mark.parametrize(
    "written", [CONTRACT, sheet(""), page("")], ids=["contract", "empty sheet", "no section"]
)
def test_the_file_keeps_to_the_schema(written: str, tmp_path: Path) -> None:
    path = tmp_path / "handout.docx"
    path.write_bytes(word_bytes(written))
    assert OpenXmlValidator().validate(path).errors == []
