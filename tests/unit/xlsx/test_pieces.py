"""How much a parser makes of a workbook: that is what is counted, whoever wrote it, and never less."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from xml.etree.ElementTree import fromstring

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.excel.reading import read_workbook
from handouts.findings import DataFaults
from handouts.packages.parts import PackageParts
from handouts.xlsx.grid import read_grids
from handouts.xlsx.opening import WORKBOOK_FORM
from tests.office import HAS_OFFICE, convert
from tests.unit.xlsx.test_opening import GOOD, with_sheet

# What a formula, a value or a tag may be made of, so that one looks like another.
_ATTRIBUTES = (' a=""', " b = 'x'", ' c="&gt;"', ' d=">"', " e='>\"'", ' f="=f="', "\n\tg='='")
_INNER = (
    "=",
    "&lt;",
    "&#12345;",
    ' x=""',
    "A1=&quot;&quot;",
    '"',
    "'",
    '<!-- <f a="> --> ',
    "<!--<f>-->",
    "<![CDATA[<f>=]]>",
)


def _element(name: str, attributes: list[str], inner: str) -> str:
    return f"<{name}{''.join(attributes)}>{inner}</{name}>"


_ELEMENTS = st.recursive(
    st.lists(st.sampled_from(_INNER)).map("".join),
    lambda inner: st.lists(
        st.builds(
            _element,
            st.sampled_from(("f", "fa", "c", "x")),
            st.lists(st.sampled_from(_ATTRIBUTES), unique=True),
            inner,
        ),
        max_size=4,
    ).map("".join),
    max_leaves=12,
)


def pieces_of(content: bytes) -> int:
    """How many pieces are counted in all parts of a workbook that are read."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = PackageParts(archive, "x.xlsx", WORKBOOK_FORM)
        for name in _read(archive):
            parts.open(name).close()
        return parts.pieces


def made_of(content: bytes) -> int:
    """How many elements and attributes a parser makes of the same parts."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return sum(_made(archive.read(name)) for name in _read(archive))


def _made(xml: bytes) -> int:
    return sum(1 + len(element.attrib) for element in fromstring(xml).iter())


def _read(archive: zipfile.ZipFile) -> list[str]:
    return [
        name for name in archive.namelist() if re.match(r"xl/(worksheets/sheet|sharedStrings|styles)", name)
    ]


@pytest.mark.parametrize("by", ["xlsxwriter", "openpyxl"])
def test_a_workbook_counts_as_what_a_parser_makes_of_it(tmp_path: Path, by: str) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(GOOD)
    if by == "openpyxl":
        openpyxl.load_workbook(path).save(path)
    content = path.read_bytes()
    assert made_of(content) <= pieces_of(content) < 1.3 * made_of(content)
    assert read_workbook(path).dataset is not None


@pytest.mark.skipif(not HAS_OFFICE, reason="LibreOffice is not installed")
def test_a_workbook_counts_as_what_a_parser_makes_of_it_where_libreoffice_saved_it(tmp_path: Path) -> None:
    path, saved = tmp_path / "x.xlsx", tmp_path / "saved"
    saved.mkdir()
    path.write_bytes(GOOD)
    content = convert(path, "xlsx:Calc MS Excel 2007 XML", saved).read_bytes()
    assert made_of(content) <= pieces_of(content) < 1.3 * made_of(content)
    assert read_workbook(saved / "x.xlsx").dataset is not None


@given(_ELEMENTS)
def test_nothing_counts_as_less_than_a_parser_makes_of_it(inner: str) -> None:
    content = io.BytesIO()
    xml = f"<a>{inner}</a>".encode()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("xl/styles.xml", xml)
    assert pieces_of(content.getvalue()) >= _made(xml)


@pytest.mark.parametrize(
    "cells",
    [
        b"<f>=</f>" * 900_000,
        b"<f a='>' b='' c='' d='' e=''/>" * 170_000,
        b'<f a = ">" b = "" c = "" d = "" e = ""/>' * 170_000,
        b"<!--<f>--><x a='' b='' c='' d='' e=''/>" * 150_000,
        b"<t>" + b"&#12354;" * 1_700_000 + b"</t>",
        b"<f>" + b"&lt;=" * 2_000_000 + b"</f>",
    ],
    ids=["formulas", "quoted ends", "blanks", "comments", "a text of references", "a formula of references"],
)
def test_what_only_looks_like_formulas_is_refused(tmp_path: Path, cells: bytes) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(with_sheet(b"<row>%b</row>" % cells))
    with pytest.raises(DataFaults, match="大きすぎます"):
        read_grids(path)
