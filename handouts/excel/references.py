"""What the cells of a workbook refer to, found by what people call it, so that rows have ids in every state."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from handouts.dataset.columns import Column, Form
from handouts.excel.cells import excerpt_of, field_of
from handouts.excel.given_ids import with_ids
from handouts.excel.kept import KeptNames
from handouts.excel.known_names import KnownNames, is_id
from handouts.excel.last_year import names_a_last_paragraph, rows_of_last_year
from handouts.excel.members import with_members
from handouts.excel.named_placeholders import with_ids_again
from handouts.excel.names import NAMED
from handouts.excel.row_places import Key
from handouts.excel.rows import DatasetRow, RowValue
from handouts.excel.sheets import ENTRIES, LAST_PLAN, OVERRIDES, PLAN, SERIES, TABLES_IN_ORDER
from handouts.excel.source import Findings
from handouts.findings import Place, Rule

_FOUND = "{field}の「{name}」に当たるものが、{sheet}に"
UNKNOWN_NAME = Rule(
    "reference.name-unknown", f"{_FOUND}ありません", "あるのは {known} などです", "一覧から選んでください"
)
NONE_YET = Rule(
    "reference.none-yet", f"{_FOUND}ありません", "そこにはまだ1件もありません", "{sheet}に行を足してください"
)
AMBIGUOUS_NAME = Rule(
    "reference.name-ambiguous",
    f"{_FOUND}{{count}}つあります",
    "あるのは {known} です",
    "一覧から、番号や文も付いたものを選んでください",
)
AMBIGUOUS_IN_TEXT = Rule(
    "reference.placeholder-ambiguous",
    f"{_FOUND}{{count}}つあるので、文の中の印がどれのことか分かりません",
    remedy="名称を互いに違うものにして、文の印もそれに合わせてください",
)
TAKEN_FOR = Rule(
    "reference.taken-for",
    "{field}の「{name}」を、{sheet}の「{taken}」のことと読みました",
    remedy="違っていれば、一覧から選び直してください",
    severity="warning",
)
_TEXT = ("text",)
_SEPARATORS = re.compile(r"([、,，;；\s]+)")


@dataclass(frozen=True, slots=True)
class Resolved:
    """The rows of all tables with what they refer to as ids, and those that are but a remark where a name belongs."""

    rows: Mapping[str, Sequence[DatasetRow]]
    remarks: tuple[DatasetRow, ...]


def resolved(
    rows: Mapping[str, Sequence[DatasetRow]], kept: Callable[[], KeptNames], findings: Findings
) -> Resolved:
    """The rows of the tables of a workbook with ids for what they refer to; `kept` gives the names it was written with."""
    kept = lru_cache(kept)
    rows = with_ids(rows, kept, findings)
    known = {table.name: KnownNames(table, rows, kept) for table in (PLAN, *NAMED)}
    known[LAST_PLAN.name] = _last_year(rows, kept)
    found: dict[str, Sequence[DatasetRow]] = dict(rows)
    remarks: list[DatasetRow] = []
    for table in (PLAN, ENTRIES):
        if table.name in rows:
            found[table.name] = tuple(_with_text(row, known, findings) for row in rows[table.name])
    for table in TABLES_IN_ORDER:
        keys = [column.key for column in table.columns if column.ids_of in known]
        if keys and table.name in rows:
            resolver = _Resolver(known, keys, findings)
            done = [(row, resolver.row(row)) for row in found[table.name]]
            found[table.name] = tuple(again for _, again in done if again)
            remarks += [row for row, again in done if again is None]
    if SERIES.name in found:
        found[SERIES.name] = with_members(found[SERIES.name], kept, findings)
    return Resolved(found, tuple(remarks))


def _last_year(rows: Mapping[str, Sequence[DatasetRow]], kept: Callable[[], KeptNames]) -> KnownNames:
    """What last year's paragraphs are called, as the workbook keeps it; nothing where it names none of them."""
    is_asked = names_a_last_paragraph(rows.get(OVERRIDES.name, ()))
    found = tuple(rows_of_last_year(kept().get(LAST_PLAN.name, {}))) if is_asked else ()
    return KnownNames(LAST_PLAN, {LAST_PLAN.name: found}, kept)


def _with_text(row: DatasetRow, known: Mapping[str, KnownNames], findings: Findings) -> DatasetRow:
    """The row with ids in the placeholders of its text; what is clearly meant by another name is taken and said."""
    said = row.cells.get(_TEXT)
    if said is None or not isinstance(said.value, str) or "{" not in said.value:
        return row

    def find(table: str, name: str) -> str:
        names = known[table]
        if names.has_id(name) or is_id(name.partition(".")[0]):
            return name
        found = names.find(name)
        return found[0] if len(found) == 1 else ""

    def guess(table: str, name: str) -> str:
        names, place, field = known[table], row.place_of(_TEXT), field_of(said.column)
        shown, sheet, several = excerpt_of(name), names.where, names.find(name)
        if several:
            count = len(several)
            findings.add(AMBIGUOUS_IN_TEXT.at(place, field=field, name=shown, sheet=sheet, count=count))
            return ""
        one, near = names.alike(name)
        if one:
            findings.add(TAKEN_FOR.at(place, field=field, name=shown, sheet=sheet, taken=near[0]))
        return one

    value = with_ids_again(said.value, find, guess)
    return (
        row if value == said.value else replace(row, cells={**row.cells, _TEXT: replace(said, value=value)})
    )


@dataclass(frozen=True, slots=True)
class _Resolver:
    """Finds what the rows of a table refer to in the columns of `keys`."""

    known: Mapping[str, KnownNames]
    keys: Sequence[Key]
    findings: Findings

    def row(self, row: DatasetRow) -> DatasetRow | None:
        """The row with ids; None where it is but a remark where a name belongs."""
        cells = {}
        for key in self.keys:
            said = row.cells.get(key)
            if said is None or said.value is None:
                continue
            again = self._value(row, said)
            if again is None and len(row.cells) == 1:
                return None
            if again is not said:
                cells[key] = again or self._unknown(row, key, said)
        return replace(row, cells={**row.cells, **cells}) if cells else row

    def _value(self, row: DatasetRow, said: RowValue) -> RowValue | None:
        """What a cell says, with ids; None where nothing is called so."""
        names = self.known[said.column.ids_of]
        if said.column.form is Form.IDS:
            ids = _ids_in(said.shown, names)
            if ids is None or ids == said.value:
                return said if ids else None
            return replace(said, value=list(ids))
        text = said.shown.strip()
        if names.has_id(text) or said.value in said.column.choices:
            return said
        found = names.find(text, said.column.is_open)
        if len(found) == 1:
            return replace(said, value=found[0])
        is_left = is_id(text) or (said.column.is_open and (names.has_words(text) or len(row.cells) == 1))
        return said if is_left and not found else None

    def _unknown(self, row: DatasetRow, key: Key, said: RowValue) -> RowValue:
        """A cell that names nothing exactly: what is meant where that is clear, else a fault is noted."""
        names = self.known[said.column.ids_of]
        if names.is_lost:
            return said
        ids: list[str] = []
        for text in _texts(said):
            one = _one_id(text, names) or self._meant(text, names, said.column, row.place_of(key))
            if not one:  # of words that name no heading the rules say more
                return said if said.column.is_open else replace(said, value=None)
            ids.append(one)
        return replace(said, value=list(ids) if said.column.form is Form.IDS else ids[0])

    def _meant(self, text: str, names: KnownNames, column: Column, place: Place) -> str:
        """The id of what is clearly meant by a text; empty where nothing is, with a fault noted unless words may stand."""
        name, sheet, field = excerpt_of(text), names.where, field_of(column)
        if several := names.find(text):
            known, count = names.listed(several), len(several)
            found = AMBIGUOUS_NAME.at(place, name=name, sheet=sheet, field=field, known=known, count=count)
        else:
            one, near = names.alike(text)
            if one:
                found = TAKEN_FOR.at(place, name=name, sheet=sheet, field=field, taken=near[0])
                self.findings.add(found)
                return one
            listed = near or names.listed()
            known = tuple(f"「{one}」" for one in listed)
            rule = UNKNOWN_NAME if listed else NONE_YET
            found = rule.at(place, name=name, sheet=sheet, field=field, known=known)
        if not column.is_open:
            self.findings.add(found)
        return ""


def _texts(said: RowValue) -> Sequence[str]:
    if said.column.form is not Form.IDS:
        return [said.shown.strip()]
    lines = [line.strip() for line in said.shown.split("\n") if line.strip()]
    return lines if len(lines) > 1 else [part for part in _SEPARATORS.split(said.shown)[::2] if part]


def _ids_in(text: str, names: KnownNames) -> list[str] | None:
    """The ids of what a cell names one below the other, or with 、 between them, which may stand in a name too."""
    ids: list[str] = []
    for line in filter(None, map(str.strip, text.split("\n"))):
        parts = _SEPARATORS.split(line)
        start = 0
        while start < len(parts):
            for end in range(len(parts), start, -2):
                found = _one_id("".join(parts[start:end]), names)
                if found:
                    ids.append(found)
                    start = end + 1
                    break
            else:
                if parts[start]:
                    return None
                start += 2
    return ids


def _one_id(text: str, names: KnownNames) -> str:
    if is_id(text):
        return text
    found = names.find(text)
    return found[0] if len(found) == 1 else ""
