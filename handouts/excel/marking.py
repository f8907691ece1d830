"""A copy of a workbook with the cells at fault coloured, and a comment on each that says what is wrong."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from handouts.dataset.columns import plain
from handouts.findings import DataFaults, Finding, Place, unruled
from handouts.xlsx.opening import pieces_in
from handouts.xlsx.package import read_package

_COLOURS: Mapping[str, str] = {"error": "FFFFC7CE", "warning": "FFFFE699"}
_NAMES: Mapping[str, str] = {"error": "誤り", "warning": "注意"}
_BESIDE_SHEETS = 250_000  # a workbook of 5,000 rows that LibreOffice saved has half of it, most of them texts
_AUTHOR = "handouts"
_SAVED_BY = "handouts（印を付けた写し）"  # Excel puts another name there, LibreOffice only its own beside it
_TEXTS, _STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
_TYPES, _RELATIONS = "[Content_Types].xml", "xl/_rels/workbook.xml.rels"
_TEXTS_TYPE = (
    b'<Override PartName="/xl/sharedStrings.xml" '
    b'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
)
_TEXTS_RELATION = (
    b'<Relationship Id="texts" Target="sharedStrings.xml" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"/>'
)
_NAMESPACE = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_FONT = re.compile(rb"<font>(.*?)</font>", re.DOTALL)
_FONT_PART = re.compile(rb"<(\w+)[^>]*/>")
_FONT_ORDER = (
    b"b i strike condense extend outline shadow u vertAlign sz color name family charset scheme".split()
)
_INLINE = re.compile(rb'<c([^>]*)t="inlineStr"([^>]*)><is>(.*?)</is></c>', re.DOTALL)


def mark_cells(path: Path, findings: Iterable[Finding]) -> bytes:
    """The workbook at `path` with a mark on every cell that a finding is about; what is not is left as it is."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what the library does not keep is no cell
            _check_load(path)
            book = load_workbook(path)
            for finding in findings:
                _mark(book, finding)
            book.properties.lastModifiedBy = _SAVED_BY
            content = io.BytesIO()
            book.save(content)
            return _mended(content)
    except Exception:  # the library may stumble over anything that it does not know
        words = "印を付けた写しを作れません", "", "Excel で開いて保存し直してから、もう一度試してください"
        raise DataFaults([unruled(Place(path.name), *words)]) from None


def is_marked_copy(path: Path) -> bool:
    """Whether the file at `path` is such a workbook, in which nobody has worked since."""
    try:
        with zipfile.ZipFile(path) as archive:
            is_ours = f">{_SAVED_BY}<".encode() in archive.read("docProps/core.xml")
            return is_ours and b"LibreOffice" not in archive.read("docProps/app.xml")
    except (OSError, KeyError, zipfile.BadZipFile):
        return False


def _check_load(path: Path) -> None:
    """Raises ValueError where the library would take too long: unlike the reading it loads every style and name."""
    with zipfile.ZipFile(path) as archive:
        sheets = {part for _, part in read_package(archive).sheets}
        if pieces_in(archive, set(archive.namelist()) - sheets) > _BESIDE_SHEETS:
            raise ValueError


def _mark(book: Any, finding: Finding) -> None:
    sheet_name, _, name = (finding.place.cell or "").rpartition("!")
    sheet_name, name = (sheet_name, name) if sheet_name else (name, "A1")
    sheets = [sheet for sheet in book.worksheets if plain(sheet.title) == plain(sheet_name)]
    if not sheets or not re.fullmatch("[A-Z]{1,3}[0-9]+", name):
        return
    cell = _writable(sheets[0], name)
    words = "。".join(text.rstrip("。") for text in (finding.found, finding.allowed, finding.remedy) if text)
    said = [cell.comment.text] if cell.comment else []
    text = "\n".join((*said, f"{_NAMES[finding.severity]}: {words}。"))
    lines = sum(1 + len(line) // 20 for line in text.split("\n"))
    cell.comment = Comment(text, _AUTHOR, width=300, height=24 + 18 * lines)
    if finding.severity == "error" or cell.fill.fgColor.rgb != _COLOURS["error"]:
        cell.fill = PatternFill("solid", fgColor=_COLOURS[finding.severity])


def _writable(sheet: Any, name: str) -> Any:
    """The cell, or the first of the merged cells that it is one of."""
    cell = sheet[name]
    if not isinstance(cell, MergedCell):
        return cell
    area = next(area for area in sheet.merged_cells.ranges if name in area)
    return sheet.cell(area.min_row, area.min_col)


def _mended(saved: io.BytesIO) -> bytes:
    """The saved workbook as Excel writes one: texts in a table of their own, and what makes up a font in its order."""
    texts: dict[bytes, int] = {}

    def shared(cell: re.Match[bytes]) -> bytes:
        number = texts.setdefault(cell[3], len(texts))
        return b'<c%bt="s"%b><v>%d</v></c>' % (cell[1], cell[2], number)

    content = io.BytesIO()
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new:
        parts = {name: old.read(name) for name in old.namelist()}
        for name, part in parts.items():
            if name.startswith("xl/worksheets/"):
                parts[name] = _INLINE.sub(shared, part)
        parts[_STYLES] = _FONT.sub(_ordered_font, parts[_STYLES])
        parts[_TYPES] = parts[_TYPES].replace(b"</Types>", _TEXTS_TYPE + b"</Types>")
        parts[_RELATIONS] = parts[_RELATIONS].replace(
            b"</Relationships>", _TEXTS_RELATION + b"</Relationships>"
        )
        items = b"".join(b"<si>%b</si>" % text for text in texts)
        parts[_TEXTS] = b'<sst xmlns="%b" uniqueCount="%d">%b</sst>' % (_NAMESPACE, len(texts), items)
        for name, part in parts.items():
            new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), part, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def _ordered_font(font: re.Match[bytes]) -> bytes:
    parts = sorted(_FONT_PART.finditer(font[1]), key=lambda part: _FONT_ORDER.index(part[1]))
    return b"<font>%b</font>" % b"".join(part[0] for part in parts)
