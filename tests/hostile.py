"""Workbooks that would fill memory or time: what is refused at once, and the worst just below each limit.

    python -m tests.hostile FOLDER

makes them in a process of its own, so that its memory counts for nobody else.
"""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from handouts.excel.writing import write_workbook
from tests.unit.excel.books import dataset

_SHEET, _STYLES = "xl/worksheets/sheet3.xml", "xl/styles.xml"
_MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def _sheet(inner: bytes) -> list[bytes]:
    return [b"<worksheet %s>%s</worksheet>" % (_MAIN, inner)]


# The part that each has instead of the good one, and what stands in it.
BOOKS: Mapping[str, tuple[str, Iterable[bytes]]] = {
    "a bomb of 500 MB": ("[Content_Types].xml", (b" " * 1024**2 for _ in range(500))),
    "1,048,576 empty rows": (_SHEET, (b'<row r="%d" s="1"/>' % row for row in range(1, 1_048_577))),
    "560,000 elements one in another": (_SHEET, _sheet(b"<a>" * 560_000 + b"</a>" * 560_000)),
    "560,000 styles": (_STYLES, [b"<styleSheet %s><cellXfs>" % _MAIN, b"<xf/>" * 560_000]),
    "a tag of 19 MB": (_SHEET, [b'<worksheet a="', b"x" * (19 * 1024**2)]),
    "99,000 values": (
        _SHEET,
        _sheet(b"<sheetData>" + (b"<row>" + b"<c><v>1</v></c>" * 400 + b"</row>") * 247 + b"</sheetData>"),
    ),
}


def path_of(name: str, folder: Path) -> Path:
    """Where the workbook of this name stands in the folder."""
    return folder / f"hostile{list(BOOKS).index(name)}.xlsx"


def write_books(folder: Path) -> None:
    """Writes all of them into the folder."""
    good = io.BytesIO(write_workbook(dataset()))
    for name, (replaced, content) in BOOKS.items():
        with (
            zipfile.ZipFile(good) as old,
            zipfile.ZipFile(path_of(name, folder), "w", zipfile.ZIP_DEFLATED) as new,
        ):
            for part in old.namelist():
                if part != replaced:
                    new.writestr(part, old.read(part))
            with new.open(replaced, "w") as written:
                for piece in content:
                    written.write(piece)


if __name__ == "__main__":
    write_books(Path(sys.argv[1]))
