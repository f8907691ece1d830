"""The names of what there is in a workbook: which entries a text means, and which names are like it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice

from handouts.dataset.columns import CALLED, plain
from handouts.dataset.fields import ID_PATTERN
from handouts.dataset.labels import recognise
from handouts.excel.coming_ids import coming_ids
from handouts.excel.kept import KeptNames
from handouts.excel.names import cut
from handouts.excel.rows import DatasetRow
from handouts.excel.sheets import LAST_PLAN, PLAN, SheetTable

_ALIKE, _APART = 0.8, 0.1  # how like a name must be to be taken for one, and how much less like all others
_LISTED = 5  # names that a message lists


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
            if row.table is PLAN and plain(row.shown(("kind",))).startswith("階層")
        )


class KnownNames:
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
        """The ids of what a text means, none or several where that is not sure; `is_words_kept` leaves words alone."""
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
        return (
            words or self._index.by_number.get(name, ()) or self._behind_place(text) or self._begun_so(text)
        )

    @property
    def is_lost(self) -> bool:
        """Whether nobody knows what there is: last year's paragraphs where the workbook was written without them."""
        return self.table is LAST_PLAN and not self._ids

    @property
    def where(self) -> str:
        """Where messages say that the entries are."""
        return self.table.sheet if self.table is LAST_PLAN else f"シート「{self.table.sheet}」"

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

    def _begun_so(self, text: str) -> tuple[str, ...]:
        """The ids of last year's paragraphs that begin as a text does, label or not, since no more of them is known."""
        if self.table is not LAST_PLAN:
            return ()
        words = text.strip()
        label = recognise(words)
        bare_words = words.removeprefix(label.text) if label else words
        return self._words(plain(cut(words))) or self._words(plain(cut(bare_words)))

    def _words(self, name: str) -> tuple[str, ...]:
        new = self._new_index.by_words.get(name, ()) if self._new else ()
        return tuple(dict.fromkeys((*self._index.by_words.get(name, ()), *new)))

    @cached_property
    def _new_index(self) -> _Index:
        """The new paragraphs with the ids that reading the plan will give them."""
        given = coming_ids(self._all)
        return _Index(self.table, ((row, given[row.line]) for row in self._new if row.line in given), dict)


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
