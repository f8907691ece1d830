"""What workbooks held when they were put into data last, on record beside the data, by the workbook that was written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from handouts.collect.returned import FilledBook, Returned
from handouts.files import OWN_FOLDER

_FOLDER = f"{OWN_FOLDER}/workbooks"
_ID = re.compile("[0-9a-f]{32}")
_MOST = 8  # copies of one workbook


def read_states(folder: Path, workbook: str) -> Mapping[str, str]:
    """The workbooks written at once with this one that were put in, packed, by file, the last one last.

    `folder` has the datasets. What cannot be read is none.
    """
    if not _ID.fullmatch(workbook):
        return {}
    try:
        states = json.loads((folder / _FOLDER / f"{workbook}.json").read_bytes())
        return {str(file): str(state) for file, state in states.items()}
    except (OSError, ValueError, AttributeError):
        return {}


def records_of(folder: Path, returned: Iterable[Returned]) -> Mapping[str, bytes]:
    """What is to be on record once the workbooks are put in: contents by name below `folder`."""
    states: dict[str, dict[str, str]] = {}
    for one in (each for each in returned if _ID.fullmatch(each.id)):
        known = states.setdefault(one.id, dict(read_states(folder, one.id)))
        known.pop(one.file, None)
        known[one.file] = one.state
    return {
        f"{_FOLDER}/{workbook}.json": json.dumps(
            dict(list(known.items())[-_MOST:]), ensure_ascii=False, indent=0
        ).encode(errors="surrogatepass")
        for workbook, known in states.items()
    }


def as_returned(filled: FilledBook, folder: Path) -> Returned | None:
    """A workbook as it can be put into a dataset in `folder`; None where there is a fault in it."""
    return filled.returned(read_states(folder, filled.kept.id) if filled.kept else {})
