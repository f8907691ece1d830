"""Files that are no workbook, or a harmful one: a clear refusal, before anything is unpacked that would fill the memory."""

from __future__ import annotations

import datetime
import io
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from openpyxl import load_workbook

from handouts.excel.reading import read_workbook
from handouts.excel.writing import write_workbook
from handouts.findings import DataFaults
from handouts.xlsx.grid import read_grids
from handouts.xlsx.opening import check_file
from tests.unit.excel.books import dataset

GOOD = write_workbook(dataset())
SHEET = "xl/worksheets/sheet3.xml"
_MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LAUGHS = (
    b"""<?xml version="1.0"?>
<!DOCTYPE worksheet [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>
<worksheet %s><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&d;</t></is></c></row></sheetData></worksheet>
"""
    % _MAIN
)
OUTSIDE = (
    b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>
<worksheet %s><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&a;</t></is></c></row></sheetData></worksheet>
"""
    % _MAIN
)


def rezipped(changes: Mapping[str, bytes]) -> bytes:
    """The good workbook with some of its parts replaced, or new ones."""
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as old, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in changes:
                new.writestr(name, old.read(name))
        for name, part in changes.items():
            new.writestr(name, part)
    return content.getvalue()


def with_types(old: bytes, new: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        types = archive.read("[Content_Types].xml")
    assert old in types
    return rezipped({"[Content_Types].xml": types.replace(old, new)})


def bomb() -> bytes:
    return rezipped({SHEET: b"<worksheet>" + b" " * (200 * 1024**2)})


def with_sheet(data: bytes, after: bytes = b"") -> bytes:
    return rezipped({SHEET: b"<worksheet %s><sheetData>%s</sheetData>%s</worksheet>" % (_MAIN, data, after)})


def endless_cells() -> bytes:
    return with_sheet(b'<row r="1">' + b'<c r="A1"><v>1</v></c>' * 267_001 + b"</row>")


def endless_rows() -> bytes:
    return with_sheet(b"".join(b'<row r="%d" s="1"/>' % number for number in range(1, 1_048_577)))


def endless_attributes() -> bytes:
    return with_sheet(b"<row %b/>" % b" ".join(b'a%d=""' % number for number in range(800_000)))


def a_long_text_in_many_cells() -> bytes:
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        strings = archive.read("xl/sharedStrings.xml")
    number = strings.count(b"<si>")
    added = strings.replace(b"</sst>", b"<si><t>" + b"x" * 30_000 + b"</t></si></sst>")
    rows = b"".join(b'<row r="%d"><c t="s"><v>%d</v></c></row>' % (row, number) for row in range(1, 200))
    sheet = b"<worksheet %s><sheetData>%s</sheetData></worksheet>" % (_MAIN, rows)
    return rezipped({SHEET: sheet, "xl/sharedStrings.xml": added})


def merged_cells_over_each_other() -> bytes:
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (row, row) for row in range(1, 3000))
    return with_sheet(rows, b"<mergeCells>" + b'<mergeCell ref="A1:XFD1048576"/>' * 200 + b"</mergeCells>")


def one_sheet_many_times() -> bytes:
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        workbook = archive.read("xl/workbook.xml")
    again = b"".join(b'<sheet name="s%d" sheetId="%d" r:id="rId3"/>' % (n, n) for n in range(100, 400))
    return rezipped({"xl/workbook.xml": workbook.replace(b"<sheets>", b"<sheets>" + again)})


def packed(method: int) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as old, zipfile.ZipFile(content, "w", method) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    return content.getvalue()


def with_wrong_size(part: str, megabytes: int) -> bytes:
    """A part with spaces behind it whose size is said to be small."""
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        begin = archive.read(part)
    size = megabytes * 1024**2 + 7
    content = rezipped({part: begin.ljust(size)})
    stated = size.to_bytes(4, "little")
    assert content.count(stated) == 2
    return content.replace(stated, (1000).to_bytes(4, "little"))


def with_sheet_as_picture() -> bytes:
    """A sheet with entities that bears the name of a picture."""
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        names = "[Content_Types].xml", "xl/_rels/workbook.xml.rels"
        changes = {name: archive.read(name).replace(b"sheet3.xml", b"sheet3.png") for name in names}
    return rezipped({**changes, SHEET.replace(".xml", ".png"): LAUGHS})


def ole(*parts: str) -> bytes:
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(504)
        + b"".join(part.encode("utf-16-le") for part in parts)
    )


def ods() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    return content.getvalue()


MAIN = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
REFUSED = [
    ("a bomb", bomb, "大きすぎます"),
    ("entities", lambda: rezipped({SHEET: LAUGHS}), "宣言か文字コード"),
    ("an outside entity", lambda: rezipped({SHEET: OUTSIDE}), "宣言か文字コード"),
    ("entities in UTF-16", lambda: rezipped({SHEET: LAUGHS.decode().encode("utf-16")}), "宣言か文字コード"),
    (
        "another encoding",
        lambda: rezipped({SHEET: b'<?xml version="1.0" encoding="utf-7"?><a/>'}),
        "宣言か文字コード",
    ),
    (
        "another encoding behind blanks",
        lambda: rezipped({SHEET: b'<?xml version="1.0"' + b" " * 500 + b'encoding="cp037"?>' + b"\x4c"}),
        "宣言か文字コード",
    ),
    ("entities in a sheet called a picture", with_sheet_as_picture, "宣言か文字コード"),
    ("entities in the list of contents", lambda: rezipped({"[Content_Types].xml": LAUGHS}), "Excel のブック"),
    ("entities in the list of sheets", lambda: rezipped({"xl/workbook.xml": LAUGHS}), "宣言か文字コード"),
    ("entities in the texts", lambda: rezipped({"xl/sharedStrings.xml": LAUGHS}), "宣言か文字コード"),
    ("endless cells", endless_cells, "大きすぎます.*セルは20万個"),
    ("endless rows without cells", endless_rows, "大きすぎます"),
    ("endless attributes", endless_attributes, "大きすぎます"),
    ("endless styles", lambda: rezipped({"xl/styles.xml": b"<a>" + b"<a/>" * 800_000}), "大きすぎます"),
    ("endless references", lambda: rezipped({SHEET: b"<a>" + b"&lt;" * 1_700_000}), "大きすぎます"),
    ("endless text", lambda: rezipped({SHEET: b"<a>" + b"x" * 21 * 1024**2}), "大きすぎます.*20MB"),
    ("endless parts", lambda: rezipped({f"x/{n}": b"" for n in range(2000)}), "大きすぎます.*2,000個"),
    ("a long text in many cells", a_long_text_in_many_cells, "大きすぎます.*文字は500万字"),
    (
        "endless values",
        lambda: with_sheet((b"<row>" + b"<c><v>1</v></c>" * 500 + b"</row>") * 201),
        "値のある",
    ),
    ("merged cells over each other", merged_cells_over_each_other, "大きすぎます.*結合"),
    ("one sheet many times", one_sheet_many_times, "壊れていて"),
    ("another way to pack", lambda: packed(zipfile.ZIP_BZIP2), "ブックでは使われない方法"),
    ("a wrong size", lambda: with_wrong_size(SHEET, 3), "壊れていて"),
    ("a wrong size of the list of contents", lambda: with_wrong_size("[Content_Types].xml", 3), "壊れていて"),
    ("macros", lambda: with_types(MAIN, b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"), "マクロ"),
    (
        "a binary workbook",
        lambda: with_types(MAIN, b"application/vnd.ms-excel.sheet.binary.macroEnabled.main"),
        r"バイナリ形式のブック（\.xlsb）",
    ),
    ("a document", lambda: with_types(b"spreadsheetml", b"wordprocessingml"), "Word の文書"),
    ("slides", lambda: with_types(b"spreadsheetml", b"presentationml"), "PowerPoint"),
    ("a password", lambda: ole("EncryptionInfo", "EncryptedPackage"), "パスワードが要ります"),
    ("an old workbook", lambda: ole("Workbook"), "古い形式"),
    ("a csv", lambda: "支部,群馬\n".encode(), "これは、テキストです.*入力ブックに"),
    ("an open document", ods, r"OpenDocument の表計算（\.ods）"),
    ("nothing", lambda: b"", "空です"),
    ("a broken end", lambda: GOOD[:-2000], "壊れていて"),
    ("a broken middle", lambda: GOOD[:20000] + b"x" * 20000 + GOOD[40000:], "壊れていて"),
    ("no zip behind its first letters", lambda: b"PK\x03\x04" + b"x" * 1000, "壊れていて"),
    ("parts that are no xml", lambda: rezipped({"xl/styles.xml": b"<styleSheet"}), "壊れていて"),
]


@pytest.mark.parametrize(("content", "said"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_a_file_that_is_no_good_workbook_is_refused(tmp_path: Path, content: object, said: str) -> None:
    path = tmp_path / "x.xlsx"
    assert callable(content)
    path.write_bytes(content())
    with pytest.raises(DataFaults, match=said) as caught:
        read_grids(path)
    assert all(finding.place.file == "x.xlsx" and finding.remedy for finding in caught.value.findings)


@pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="the memory of a process is asked of Linux"
)
@pytest.mark.parametrize(
    ("content", "said"),
    [(bomb, "大きすぎます"), (lambda: with_wrong_size("[Content_Types].xml", 400), "壊れていて")],
    ids=["in a sheet", "in the list of contents, said to be small"],
)
def test_a_bomb_takes_no_memory(tmp_path: Path, content: Callable[[], bytes], said: str) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(content())
    code = (
        "import sys\nfrom pathlib import Path\nfrom handouts.excel.reading import read_workbook\n"
        "print(read_workbook(Path(sys.argv[1])).findings[0])\n"
        "print(Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0])"
    )
    command = [sys.executable, "-c", code, str(path)]
    shown = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert said in shown
    assert int(shown.split()[-1]) < 300 * 1024


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataFaults, match="これはフォルダーです"):
        check_file(tmp_path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataFaults, match="このファイルはありません"):
        check_file(tmp_path / "x.xlsx")


@pytest.mark.parametrize("lock", ["~$x.xlsx", ".~lock.x.xlsx#"])
def test_a_workbook_that_is_open_is_refused(tmp_path: Path, lock: str) -> None:
    (tmp_path / "x.xlsx").write_bytes(GOOD)
    (tmp_path / lock).write_bytes(b"")
    with pytest.raises(DataFaults, match="いま Excel などで開かれています") as caught:
        check_file(tmp_path / "x.xlsx")
    assert lock in str(caught.value)


def test_the_working_file_of_excel_is_refused(tmp_path: Path) -> None:
    (tmp_path / "~$x.xlsx").write_bytes(b"x")
    with pytest.raises(DataFaults, match=r"「x\.xlsx」のほうを指定"):
        check_file(tmp_path / "~$x.xlsx")


def test_a_value_at_the_very_end_of_a_sheet_is_a_fault_on_its_cell(tmp_path: Path) -> None:
    book = load_workbook(io.BytesIO(GOOD))
    book["月次"]["C1048576"] = "終わり"
    book.save(tmp_path / "x.xlsx")
    reading = read_workbook(tmp_path / "x.xlsx")
    assert [str(one) for one in reading.findings] == [
        "x.xlsx 月次!C1048576: 表から遠く離れたところに「終わり」と書かれています。読むのは、20,000行・500列までです。"
        "その行や列を消してください。"
    ]


def test_a_row_of_cells_far_to_the_right_is_one_fault(tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_bytes(with_sheet(b'<row r="1">' + b"<c><v>1</v></c>" * 16_384 + b"</row>"))
    grid = read_grids(tmp_path / "x.xlsx")[2]
    assert (len(grid.rows[1]), [cell.name for cell in grid.beyond]) == (500, ["SG1"])


def test_a_number_format_that_is_far_too_long_is_none(tmp_path: Path) -> None:
    """To look for a date in it takes the square of its length."""
    code = b"[" * 1_000_000
    styles = (
        b'<styleSheet %s><numFmts><numFmt numFmtId="200" formatCode="%s"/></numFmts>'
        b'<cellXfs><xf numFmtId="200"/></cellXfs></styleSheet>' % (_MAIN, code)
    )
    (tmp_path / "x.xlsx").write_bytes(rezipped({"xl/styles.xml": styles}))
    formats = {
        cell.format for row in read_grids(tmp_path / "x.xlsx")[3].rows.values() for cell in row.values()
    }
    assert formats == {"General"}


def test_a_tag_that_never_seems_to_end_is_read_once(tmp_path: Path) -> None:
    """A parser that gets it in small parts begins it again with each of them: minutes for these few megabytes."""
    (tmp_path / "x.xlsx").write_bytes(rezipped({SHEET: b'<worksheet a="' + b"x" * (19 * 1024**2) + b'"/>'}))
    assert read_grids(tmp_path / "x.xlsx")[2].rows == {}


@pytest.mark.parametrize("number", [14, 27, 31, 55, 57, 58])
def test_dates_in_the_formats_of_every_japanese_excel_are_dates(tmp_path: Path, number: int) -> None:
    styles = b'<styleSheet %s><cellXfs><xf/><xf numFmtId="%d"/></cellXfs></styleSheet>' % (_MAIN, number)
    row = b'<row r="1"><c r="A1" s="1"><v>45674</v></c><c r="B1"><v>45674</v></c></row>'
    sheet = b"<worksheet %s><sheetData>%s</sheetData></worksheet>" % (_MAIN, row)
    (tmp_path / "x.xlsx").write_bytes(rezipped({SHEET: sheet, "xl/styles.xml": styles}))
    cells = read_grids(tmp_path / "x.xlsx")[2].rows[1]
    assert (cells[1].value, cells[1].kind) == (datetime.datetime(2025, 1, 17), "date")
    assert (cells[2].value, cells[2].kind) == (45674, "number")


def test_the_strict_form_of_a_workbook_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        workbook = archive.read("xl/workbook.xml")
    strict = workbook.replace(
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    )
    (tmp_path / "x.xlsx").write_bytes(rezipped({"xl/workbook.xml": strict}))
    with pytest.raises(DataFaults, match="Strict Open XML"):
        read_grids(tmp_path / "x.xlsx")


def test_readings_of_words_are_no_part_of_them(tmp_path: Path) -> None:
    """Excel keeps the ふりがな of what was typed beside it."""
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        strings = archive.read("xl/sharedStrings.xml")
    name = "健診の案内".encode()
    assert b"<t>" + name + b"</t>" in strings
    reading = '<rPh sb="0" eb="2"><t>ケンシン</t></rPh><phoneticPr fontId="1"/>'.encode()
    changed = strings.replace(b"<t>" + name + b"</t>", b"<r><t>" + name + b"</t></r>" + reading)
    (tmp_path / "x.xlsx").write_bytes(rezipped({"xl/sharedStrings.xml": changed}))
    values = [
        cell.value
        for grid in read_grids(tmp_path / "x.xlsx")
        for row in grid.rows.values()
        for cell in row.values()
    ]
    assert "健診の案内" in values
    assert not any("ケンシン" in str(value) for value in values)
