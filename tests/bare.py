"""What libraries take alone for what an import and an export of a workbook cannot do without: a yardstick for them.

`python -m tests.bare read BOOK` reads every value of a workbook (openpyxl), `write FOLDER BOOK` writes the values that
`keep BOOK FOLDER` has taken out of one (XlsxWriter), `yaml FOLDER` reads the files of a dataset (ruamel.yaml).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_KEPT = "values.json"


def read(book: str) -> None:
    """Reads every value of a workbook."""
    for _ in _sheets(book):
        pass


def keep(book: str, folder: str) -> None:
    """Takes the values of a workbook out of it."""
    sheets = {
        name: [
            [value if isinstance(value, (int, float)) else str(value or "") for value in row] for row in rows
        ]
        for name, rows in _sheets(book)
    }
    Path(folder, _KEPT).write_text(json.dumps(sheets), encoding="utf-8")


def write(folder: str, book: str) -> None:
    """Writes such values into a workbook, without formats and formulas."""
    import xlsxwriter

    with xlsxwriter.Workbook(book) as workbook:
        for name, rows in json.loads(Path(folder, _KEPT).read_text(encoding="utf-8")).items():
            sheet = workbook.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)


def yaml(folder: str) -> None:
    """Reads the yaml files of a dataset."""
    from ruamel.yaml import YAML

    for path in Path(folder).glob("*.yaml"):
        YAML(typ="safe", pure=True).load(path)


def _sheets(book: str) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    import openpyxl

    for sheet in openpyxl.load_workbook(book, data_only=True, read_only=True):
        yield sheet.title, list(sheet.iter_rows(values_only=True))


if __name__ == "__main__":
    command, *arguments = sys.argv[1:]
    {"read": read, "keep": keep, "write": write, "yaml": yaml}[command](*arguments)
