"""What workbooks held when they were put into data last, on record beside the data, by the workbook that was written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from handouts.collect.returned import FilledBook, Returned
from handouts.dataset.stored import dataset_name
from handouts.files import OWN_FOLDER

_FOLDER = f"{OWN_FOLDER}/workbooks"
_ID = re.compile("[0-9a-f]{32}")
_MOST = 8  # copies of one workbook


def read_states(dataset: Path, workbook: str) -> Mapping[str, str]:
    """The workbooks written at once with this one that were put into a dataset, packed, by file, the last one last.

    What cannot be read is none.
    """
    if not _ID.fullmatch(workbook):
        return {}
    try:
        states = json.loads((dataset.parent / _record(dataset, workbook)).read_bytes())
        return {str(file): str(state) for file, state in states.items()}
    except (OSError, ValueError, AttributeError):
        return {}


def records_of(dataset: Path, returned: Iterable[Returned]) -> Mapping[str, bytes]:
    """What is to be on record once the workbooks are put into a dataset: contents by name below the folder that has it."""
    states: dict[str, dict[str, str]] = {}
    for one in (each for each in returned if _ID.fullmatch(each.id)):
        known = states.setdefault(one.id, dict(read_states(dataset, one.id)))
        known.pop(one.file, None)
        known[one.file] = one.state()
    return {
        _record(dataset, workbook): json.dumps(
            dict(list(known.items())[-_MOST:]), ensure_ascii=False, indent=0
        ).encode(errors="surrogatepass")
        for workbook, known in states.items()
    }


def as_returned(filled: FilledBook, dataset: Path) -> Returned | None:
    """A workbook as it can be put into a dataset; None where there is a fault in it."""
    return filled.returned(read_states(dataset, filled.kept.id) if filled.kept else {})


def _record(dataset: Path, workbook: str) -> str:
    return f"{_FOLDER}/{dataset_name(dataset)}/{workbook}.json"
