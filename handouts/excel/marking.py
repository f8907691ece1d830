"""A copy of a workbook with the cells at fault coloured, and a comment on each that says what is wrong."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Container, Iterable, Mapping
from pathlib import Path
from typing import IO, Any

from openpyxl.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles import PatternFill

from handouts.dataset.columns import plain
from handouts.findings import SEVERITIES, DataFaults, Finding, Place, Rule
from handouts.packages.opening import part_name
from handouts.packages.parts import PackageParts
from handouts.xlsx.opening import WORKBOOK_FORM
from handouts.xlsx.package import read_package

UNMARKABLE = Rule(
    "workbook.unmarkable",
    "印を付けた写しを作れません",
    remedy="Excel で開いて保存し直してから、もう一度試してください",
)
_COLOURS: Mapping[str, str] = {"error": "FFFFC7CE", "warning": "FFFFE699"}
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
            book = _loaded(path)
            for finding in findings:
                _mark(book, finding)
            book.properties.lastModifiedBy = _SAVED_BY
            content = io.BytesIO()
            book.save(content)
            return _mended(content)
    except Exception:  # the library may stumble over anything that it does not know
        raise DataFaults([UNMARKABLE.at(Place(path.name))]) from None


def is_marked_copy(path: Path) -> bool:
    """Whether the file at `path` is such a workbook, in which nobody has worked since."""
    try:
        with zipfile.ZipFile(path) as archive:
            is_ours = f">{_SAVED_BY}<".encode() in archive.read("docProps/core.xml")
            return is_ours and b"LibreOffice" not in archive.read("docProps/app.xml")
    except (OSError, KeyError, zipfile.BadZipFile):
        return False


def _loaded(path: Path) -> Any:
    """The workbook at `path` as the library loads it, through a door that looks through each part before."""
    reader = ExcelReader(path)
    with reader.archive as archive:
        sheets = {part for _, part in read_package(PackageParts(archive, path.name, WORKBOOK_FORM)).sheets}
        reader.archive = reader.valid_files = _LoadedParts(archive, path.name, sheets)
        reader.read()
    return reader.wb


class _LoadedParts(PackageParts):
    """The parts as the library asks for them: unlike the reading it loads every style, name, comment and picture.

    Raises ValueError where it would take too long with what is no sheet.
    """

    def __init__(self, archive: zipfile.ZipFile, file: str, sheets: Container[str]) -> None:
        super().__init__(archive, file, WORKBOOK_FORM)
        self.filename = file
        self._sheets = sheets
        self._beside = 0

    def open(self, name: str, mode: str = "r") -> IO[bytes]:
        """A part to be read."""
        before = self.pieces
        content = super().open(name)
        self._beside += 0 if part_name(name) in self._sheets else self.pieces - before
        if self._beside > _BESIDE_SHEETS:
            raise ValueError
        return content

    def read(self, name: str) -> bytes:
        """A whole part."""
        with self.open(name) as content:
            return content.read()

    def namelist(self) -> Container[str]:
        """What the library asks whether a part is there."""
        return self

    def close(self) -> None:
        """Leaves the archive to whoever opened it."""


def _mark(book: Any, finding: Finding) -> None:
    sheet_name, _, name = (finding.place.cell or "").rpartition("!")
    sheet_name, name = (sheet_name, name) if sheet_name else (name, "A1")
    sheets = [sheet for sheet in book.worksheets if plain(sheet.title) == plain(sheet_name)]
    if not sheets or not re.fullmatch("[A-Z]{1,3}[0-9]+", name):
        return
    cell = _writable(sheets[0], name)
    said = [cell.comment.text] if cell.comment else []
    text = "\n".join((*said, f"{SEVERITIES[finding.severity]}: {finding.sentence}"))
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
