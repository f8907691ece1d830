"""What the lists of a workbook offer: the names of its rows, as formulas that follow what somebody types."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from handouts.dataset.columns import CALLED
from handouts.excel.areas import TableArea
from handouts.excel.kept import KeptNames
from handouts.excel.members import kept_as, members_of
from handouts.excel.names import LENGTH, cut, parts_of_name
from handouts.excel.rows import DatasetRow
from handouts.excel.sheets import LAST_PLAN, PLAN, PRINTED, SERIES
from handouts.xlsx.notation import relative_name


def called_formula(area: TableArea, at: int, row: DatasetRow) -> str:
    """The formula of the name of a row: its words as they are typed, within what else the name has."""
    name = row.computed.get(CALLED, "")
    if area.table is PLAN:
        text = relative_name(at, area.column("text"))
        printed = relative_name(at, area.headed(PRINTED))
        words = cut(row.computed.get(PRINTED) or row.shown(("text",)).strip())
        said = f'IF({printed}="",{text},{printed})'
        shown = f'IF(LEN({said})>{LENGTH},LEFT({said},{LENGTH})&"…",{said})'
    else:
        first, *others = (relative_name(at, area.column(field)) for field in parts_of_name(area.table))
        text, words = first, row.words
        shown = "&".join((first, *(f'IF({one}="","","（"&{one}&"）")' for one in others)))
    if not words or words not in name:
        return f'=IF({text}="",{_quoted(name)},{shown})'
    before, _, behind = name.partition(words)
    parts = (_quoted(before) if before else "", shown, _quoted(behind) if behind else "")
    return f'=IF({text}="","",{"&".join(filter(None, parts))})'


def names_used(rows: Mapping[str, Sequence[DatasetRow]]) -> KeptNames:
    """What entries are called in the rows of a workbook, of themselves and where others refer to them."""
    names: dict[str, dict[str, str]] = {}
    for table, each in rows.items():
        for row in each:
            if (name := row.computed.get(CALLED)) and (one := row.id or row.origin):
                names.setdefault(table, {})[name] = one
            if table == SERIES.name:
                for name, one in members_of(row):
                    names.setdefault(kept_as(row), {})[name] = one
            for referred, name, one in _referred(row):
                names.setdefault(referred, {})[name] = one
    return names


def _referred(row: DatasetRow) -> Iterator[tuple[str, str, str]]:
    for said in row.cells.values():
        if said.column.ids_of not in ("", SERIES.name, LAST_PLAN.name):
            ids = said.value if isinstance(said.value, list) else [said.value]
            names = said.shown.split("\n")
            for name, one in zip(names, ids, strict=False):
                yield said.column.ids_of, name, str(one)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
