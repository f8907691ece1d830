"""What the cells of a workbook refer to, found by what people call it, so that rows have ids in every state."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import islice

from handouts.dataset.columns import CALLED, Column, Form, plain
from handouts.dataset.fields import ID_PATTERN
from handouts.dataset.plan_text import parse_plan
from handouts.dataset.schemas import DatasetFile
from handouts.dataset.settings import NumberingStyle
from handouts.dataset.validation import settled_value
from handouts.excel.cells import excerpt_of, field_of
from handouts.excel.given_ids import with_ids
from handouts.excel.kept import KeptNames
from handouts.excel.members import with_members
from handouts.excel.named_placeholders import with_ids_again
from handouts.excel.names import NAMED, cut
from handouts.excel.plan_rows import PlanRow, write_plan
from handouts.excel.rows import DatasetRow, Key, RowValue, item_named
from handouts.excel.sheets import BASE, ENTRIES, PLAN, SERIES, TABLES_IN_ORDER, SheetTable
from handouts.excel.source import Findings
from handouts.findings import DataFaults, Place, Rule

_FOUND = "{field}の「{name}」に当たるものが、シート「{sheet}」に"
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
    "{field}の「{name}」を、シート「{sheet}」の「{taken}」のことと読みました",
    remedy="違っていれば、一覧から選び直してください",
    severity="warning",
)
_ALIKE, _APART = 0.8, 0.1  # how like a name must be to be taken for one, and how much less like all others
_LISTED = 5  # names that a message lists
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
    known = {table.name: _Names(table, rows, kept) for table in (PLAN, *NAMED)}
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


class _Index:
    """The ids of rows by what people may call them."""

    def __init__(
        self, table: SheetTable, rows: Iterable[tuple[DatasetRow, str]], kept: Callable[[], KeptNames]
    ) -> None:
        self._table = table
        self._rows = tuple(rows)
        self._all_kept = kept

    def called(self, row: DatasetRow, one: str) -> str:
        """What the workbook calls a row, or did when it was written."""
        return row.computed.get(CALLED, "") or self._kept.get(one, "")

    @cached_property
    def _kept(self) -> Mapping[str, str]:
        return {one: name for name, one in self._all_kept().get(self._table.name, {}).items()}

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What each entry is called, by its id."""
        return {one: name for row, one in self._rows if (name := self.called(row, one) or row.words)}

    @cached_property
    def by_name(self) -> Mapping[str, tuple[str, ...]]:
        """By the name, as the lists offer it."""
        return _grouped((self.called(row, one), one) for row, one in self._rows)

    @cached_property
    def by_words(self) -> Mapping[str, tuple[str, ...]]:
        """By the words alone: all of them, or as many as names have, with the label or without."""
        return _grouped(
            (words, one)
            for row, one in self._rows
            if (text := row.words)
            for words in {text, cut(text), *_labelled(row, text)}
        )

    @cached_property
    def by_number(self) -> Mapping[str, tuple[str, ...]]:
        """Numbered paragraphs by their printed places."""
        return _grouped(
            (self.called(row, one).partition(" ")[0], one)
            for row, one in self._rows
            if self._table is PLAN and plain(row.shown(("kind",))).startswith("階層")
        )


class _Names:
    """What the entries of a table are called in a workbook; `kept` has what they were called when it was written."""

    def __init__(
        self,
        table: SheetTable,
        rows: Mapping[str, Sequence[DatasetRow]],
        kept: Callable[[], KeptNames],
    ) -> None:
        self.table = table
        self._all = rows
        self._all_kept = kept
        own = [(row, row.id or row.origin) for row in rows.get(table.name, ())]
        self._ids = {one for _, one in own if one}
        self._index = _Index(table, (pair for pair in own if pair[1]), kept)
        self._new = [row for row, one in own if not one] if table is PLAN else []

    def has_id(self, text: str) -> bool:
        """Whether it is the id of an entry, be that one that is not in this part of the dataset."""
        return text in self._ids or (is_id(text) and text in self._kept.values())

    @cached_property
    def _kept(self) -> Mapping[str, str]:
        return {plain(name): one for name, one in self._all_kept().get(self.table.name, {}).items()}

    def find(self, text: str, is_words_kept: bool = False) -> tuple[str, ...]:
        """The ids of what a text means: none or several where that is not sure. `is_words_kept` leaves words alone."""
        name = plain(text)
        found = self._index.by_name.get(name, ())
        if len(found) != 1 and name in self._kept:
            return (self._kept[name],)
        found = found or self._new_index.by_name.get(name, ()) if self._new else found
        if found:
            return found
        words = self._words(name)
        if words and is_words_kept:
            return ()
        return words or self._index.by_number.get(name, ()) or self._behind_place(text)

    def has_words(self, text: str) -> bool:
        """Whether they are the words of an entry."""
        return bool(self._words(plain(text)))

    def alike(self, text: str) -> tuple[str, tuple[str, ...]]:
        """The id of what a text clearly means though it is written otherwise, and the names that are like it."""
        wanted, readable = plain(text), {plain(name): one for one, name in self._index.names.items()}
        near = difflib.get_close_matches(wanted, readable, _LISTED, 0.4)
        likeness = [difflib.SequenceMatcher(None, wanted, one).ratio() for one in near]
        is_clear = bool(near) and likeness[0] >= _ALIKE and _figures(wanted) == _figures(near[0])
        is_alone = len(near) < 2 or likeness[0] - likeness[1] >= _APART
        names = tuple(self._index.names[readable[one]] for one in near)
        return readable[near[0]] if is_clear and is_alone else "", names

    def listed(self, ids: Iterable[str] = ()) -> tuple[str, ...]:
        """Some of the names, or those of `ids`."""
        known = self._index.names
        chosen = [known[one] for one in ids if one in known] if ids else known.values()
        return tuple(islice(chosen, _LISTED))

    def _behind_place(self, text: str) -> tuple[str, ...]:
        """The ids of what its words mean, where the workbook says no more of which paragraph the place before them is."""
        is_lost = self.table is PLAN and not self._index.by_name
        return self._words(plain(text.partition(" ")[2])) if is_lost else ()

    def _words(self, name: str) -> tuple[str, ...]:
        new = self._new_index.by_words.get(name, ()) if self._new else ()
        return tuple(dict.fromkeys((*self._index.by_words.get(name, ()), *new)))

    @cached_property
    def _new_index(self) -> _Index:
        """The new paragraphs with the ids that reading the plan will give them."""
        given = _ids_by_line(self._all)
        return _Index(self.table, ((row, given[row.line]) for row in self._new if row.line in given), dict)


def _with_text(row: DatasetRow, known: Mapping[str, _Names], findings: Findings) -> DatasetRow:
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
        shown, sheet, several = excerpt_of(name), names.table.sheet, names.find(name)
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

    known: Mapping[str, _Names]
    keys: Sequence[Key]
    findings: Findings

    def row(self, row: DatasetRow) -> DatasetRow | None:
        """The row with ids; None where it is but a remark where a name belongs."""
        cells = {}
        for key in self.keys:
            said = row.cells.get(key)
            if said is None or said.value is None:
                continue
            again = self._value(row, key, said)
            if again is None and len(row.cells) == 1:
                return None
            if again is not said:
                cells[key] = again or self._unknown(row, key, said)
        return replace(row, cells={**row.cells, **cells}) if cells else row

    def _value(self, row: DatasetRow, key: Key, said: RowValue) -> RowValue | None:
        """What a cell says, with ids; None where nothing is called so."""
        names = self.known[said.column.ids_of]
        if said.column.form is Form.IDS:
            ids = _ids_in(said.shown, names)
            if ids is None or ids == said.value:
                return said if ids else None
            return replace(said, value=list(ids))
        text = said.shown.strip()
        if names.has_id(text):
            return said
        found = names.find(text, said.column.is_open)
        if len(found) == 1:
            return replace(said, value=found[0])
        is_left = is_id(text) or (said.column.is_open and (names.has_words(text) or len(row.cells) == 1))
        return said if is_left and not found else None

    def _unknown(self, row: DatasetRow, key: Key, said: RowValue) -> RowValue:
        """A cell that names nothing exactly: what is meant where that is clear, else a fault is noted."""
        names = self.known[said.column.ids_of]
        ids: list[str] = []
        for text in _texts(said):
            one = _one_id(text, names) or self._meant(text, names, said.column, row.place_of(key))
            if not one:  # of words that name no heading the rules say more
                return said if said.column.is_open else replace(said, value=None)
            ids.append(one)
        return replace(said, value=list(ids) if said.column.form is Form.IDS else ids[0])

    def _meant(self, text: str, names: _Names, column: Column, place: Place) -> str:
        """The id of what is clearly meant by a text; empty where nothing is, with a fault noted unless words may stand."""
        name, sheet, field = excerpt_of(text), names.table.sheet, field_of(column)
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


def _ids_in(text: str, names: _Names) -> list[str] | None:
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


def _one_id(text: str, names: _Names) -> str:
    if is_id(text):
        return text
    found = names.find(text)
    return found[0] if len(found) == 1 else ""


def is_id(text: str) -> bool:
    """Whether a text may be an id, so that the rules say whether there is such an entry."""
    return re.fullmatch(ID_PATTERN, text) is not None


def _labelled(row: DatasetRow, text: str) -> Iterator[str]:
    """A paragraph with its label before it."""
    if row.table is PLAN and (label := row.computed.get(PLAN.columns[1].heading, "")):
        yield label + text


def _grouped(named: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    """The different ids of each name, as people may type it."""
    found: dict[str, dict[str, None]] = {}
    for name, one in named:
        if name:
            found.setdefault(plain(name), {})[one] = None
    return {name: tuple(ids) for name, ids in found.items()}


def _figures(text: str) -> list[str]:
    return re.findall("[0-9]+|[ivxⅰ-ⅿ①-⑳]", text)


def _ids_by_line(rows: Mapping[str, Sequence[DatasetRow]]) -> Mapping[int, str]:
    """The ids of the paragraphs by their lines, as reading the plan will give them."""
    lines = [
        PlanRow(row.shown(("kind",)), _text(row), row.id, _is_first(row), line=row.line)
        for row in rows.get(PLAN.name, ())
    ]
    style = _style(rows.get(BASE.name, ()))
    try:
        paragraphs = parse_plan(write_plan(lines, style).text, style, PLAN.sheet).plan.paragraphs
    except DataFaults:
        return {}
    return {paragraph.line: paragraph.id for paragraph in paragraphs}


def _text(row: DatasetRow) -> str:
    said = row.cells.get(_TEXT)
    return str(said.value or "") if said else ""


def _is_first(row: DatasetRow) -> bool:
    said = row.cells.get(("restart",))
    return said is not None and said.value is True


def _style(rows: Iterable[DatasetRow]) -> NumberingStyle:
    """The numbering that the sheet 会議 says, the usual one where it cannot be read."""
    said: dict[str, object] = {}
    levels: dict[int, object] = {}
    for row in rows:
        column, value = item_named(row.shown(("label",))), row.cells.get(("value",))
        if column is None or value is None or value.value is None or column.key[:1] != ("numbering",):
            continue
        if column.key[1] == "levels":
            levels[int(column.key[2])] = value.value
        else:
            said[column.key[1]] = value.value
    if levels:
        said["levels"] = [levels[level] for level in sorted(levels)]
    style = settled_value(DatasetFile, "numbering", said)
    return style if isinstance(style, NumberingStyle) else NumberingStyle()
