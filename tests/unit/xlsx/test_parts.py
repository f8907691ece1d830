"""What Excel and others put beside the parts that are read, and how they name them; what is read stays looked through."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from handouts.excel.marking import mark_cells
from handouts.excel.reading import read_workbook
from handouts.findings import DataFaults, Place, Rule
from handouts.xlsx.grid import Grid, read_grids
from tests.unit.xlsx.test_opening import GOOD, LAUGHS, rezipped, with_sheet, with_types

TEXTS, THEME, TYPES = "xl/sharedStrings.xml", "xl/theme/theme1.xml", "[Content_Types].xml"
PLIST = b'<?xml version="1.0"?><!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://x"><plist/>'
UTF_16 = '<?xml version="1.0" encoding="utf-16"?><DataMashup/>'.encode("utf-16")
FOREIGN: Mapping[str, bytes] = {
    "xl/printerSettings/printerSettings1.bin": bytes(64) + "プリンター".encode("utf-16-le"),
    "xl/printerSettings/printerSettings2.bin": PLIST,
    "xl/customProperty1.bin": "{a}".encode("utf-16-le"),
    "customXml/item1.xml": UTF_16,
    "docMetadata/LabelInfo.xml": UTF_16,
    "xl/embeddings/document1.docx": LAUGHS,
    "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0<!ENTITY",
    "xl/webextensions/large.xml": b"<a b=''/>" * 2_400_000,
}


def parts() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Mapping[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def saved(tmp_path: Path, content: bytes) -> Path:
    (tmp_path / "x.xlsx").write_bytes(content)
    return tmp_path / "x.xlsx"


def marked(path: Path) -> tuple[Grid, ...]:
    content = mark_cells(path, [Rule("甲", "甲").at(Place("x.xlsx", cell="KPI!A3"))])
    return read_grids(saved(path.parent, content))


@pytest.fixture(scope="module")
def grids(tmp_path_factory: pytest.TempPathFactory) -> tuple[Grid, ...]:
    return read_grids(saved(tmp_path_factory.mktemp("good"), GOOD))


def texts_of(grids: tuple[Grid, ...]) -> list[object]:
    cells = (cell for grid in grids for row in grid.rows.values() for cell in row.values())
    return sorted(cell.value for cell in cells if isinstance(cell.value, str) and not cell.is_formula)


def test_parts_that_nobody_reads_may_be_anything(grids: tuple[Grid, ...], tmp_path: Path) -> None:
    path = saved(tmp_path, rezipped(FOREIGN))
    assert read_grids(path) == grids
    assert texts_of(marked(path)) == texts_of(grids)


def test_parts_that_nobody_reads_count_in_the_size_of_all(tmp_path: Path) -> None:
    path = saved(tmp_path, rezipped({"xl/webextensions/large.xml": bytes(65 * 1024**2)}))
    with pytest.raises(DataFaults, match="広げた中身が64MB"):
        read_grids(path)


def test_files_of_other_kinds_may_be_embedded(grids: tuple[Grid, ...], tmp_path: Path) -> None:
    kinds = b"".join(
        b'<Default Extension="%b" ContentType="application/%b"/>' % kind
        for kind in (
            (b"docx", b"vnd.openxmlformats-officedocument.wordprocessingml.document"),
            (b"pptx", b"vnd.openxmlformats-officedocument.presentationml.presentation"),
            (b"xlsm", b"vnd.ms-excel.sheet.macroEnabled.12"),
            (b"xlsb", b"vnd.ms-excel.sheet.binary.macroEnabled.12"),
        )
    )
    assert read_grids(saved(tmp_path, with_types(b"</Types>", kinds + b"</Types>"))) == grids


def renamed(rename: Callable[[str], str]) -> bytes:
    return zipped({rename(name): part for name, part in parts().items()})


def with_targets(old: bytes, new: bytes) -> bytes:
    return zipped(
        {name: part.replace(old, new) if ".rels" in name else part for name, part in parts().items()}
    )


@pytest.mark.parametrize(
    "content",
    [
        lambda: renamed(lambda name: name.replace("/", "\\")),
        lambda: renamed(str.upper),
        lambda: renamed(str.swapcase),
        lambda: renamed(lambda name: name.replace("sharedStrings", "SharedStrings")),
        lambda: with_targets(b'Target="worksheets/', b'Target="/xl/worksheets/'),
        lambda: with_targets(b'Target="worksheets/', b'Target="WorkSheets\\'),
        lambda: with_targets(b'Target="worksheets/', b'Target="..\\xl\\.\\worksheets/'),
    ],
    ids=["backslashes", "capitals", "other case", "other texts", "absolute", "targets", "upwards"],
)
def test_parts_are_found_as_excel_finds_them(
    grids: tuple[Grid, ...], tmp_path: Path, content: Callable[[], bytes]
) -> None:
    assert read_grids(saved(tmp_path, content())) == grids


@pytest.mark.parametrize("rename", [str.swapcase, lambda name: name.replace("/", "\\")])
def test_a_workbook_with_such_names_is_marked(
    grids: tuple[Grid, ...], tmp_path: Path, rename: Callable[[str], str]
) -> None:
    assert texts_of(marked(saved(tmp_path, renamed(rename)))) == texts_of(grids)


def test_of_two_parts_with_one_name_neither_is_read(grids: tuple[Grid, ...], tmp_path: Path) -> None:
    path = saved(tmp_path, rezipped({"xl/SHAREDSTRINGS.xml": b"<sst/>"}))
    with pytest.raises(DataFaults, match="という名前のものが二つあります"):
        read_grids(path)
    assert read_grids(saved(tmp_path, rezipped({"xl/THEME/theme1.xml": b""}))) == grids


@pytest.mark.parametrize("part", [TEXTS, "xl/styles.xml", "_rels/.rels", "xl/_rels/workbook.xml.rels"])
@pytest.mark.parametrize("content", [PLIST, UTF_16])
def test_parts_that_are_read_are_looked_through_under_any_name(
    tmp_path: Path, part: str, content: bytes
) -> None:
    others = {name: text for name, text in parts().items() if name != part}
    path = saved(tmp_path, zipped({**others, part.upper().replace("/", "\\"): content}))
    with pytest.raises(DataFaults, match="宣言か文字コード"):
        read_grids(path)


@pytest.mark.parametrize("part", [THEME, "docProps/core.xml", "xl/comments1.xml", TYPES])
def test_what_only_the_marked_copy_needs_stops_only_the_copy(tmp_path: Path, part: str) -> None:
    harmful = PLIST + parts()[part] if part == TYPES else PLIST
    path = saved(tmp_path, rezipped({part: harmful}))
    assert read_workbook(path).dataset is not None
    with pytest.raises(DataFaults, match="印を付けた写しを作れません"):
        marked(path)


def test_one_part_that_many_sheets_refer_to_counts_as_often_as_it_is_loaded(
    grids: tuple[Grid, ...], tmp_path: Path
) -> None:
    comments = parts()["xl/comments1.xml"].replace(
        b"</comments>", b"<!--%b--></comments>" % (b"<a/>" * 40_000)
    )
    target = b'Target="../comments%d.xml"'
    sheets = {
        name: part.replace(target % number, target % 1)
        for name, part in parts().items()
        for number in range(2, 20)
        if target % number in part
    }
    assert len(sheets) > 6
    path = saved(tmp_path, rezipped({**sheets, "xl/comments1.xml": comments}))
    assert read_grids(path) == grids
    with pytest.raises(DataFaults, match="印を付けた写しを作れません"):
        marked(path)


def test_a_row_that_is_begun_anew_for_every_cell_is_one_row(tmp_path: Path) -> None:
    cells = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1"><c r="C1"><v>3</v></c></row>'
    again = b'<row r="2"><c r="A2"><v>4</v></c></row><row r="1"><c r="A1"><v>2</v></c></row>'
    path = saved(tmp_path, with_sheet(cells + again))
    rows = read_grids(path)[2].rows
    assert {number: {at: cell.value for at, cell in row.items()} for number, row in rows.items()} == {
        1: {1: 2, 3: 3},
        2: {1: 4},
    }
    assert marked(path)[2].rows[1].keys() == {1, 3}
