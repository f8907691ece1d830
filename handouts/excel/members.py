"""The rows that a ratio of the sheet 月次 is made of: by their names in the table, by year and name, or by their ids."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from handouts.dataset.columns import plain
from handouts.dataset.derived_ids import free_id, id_of_words
from handouts.excel.cells import excerpt_of, field_of
from handouts.excel.kept import KeptNames
from handouts.excel.row_places import Key
from handouts.excel.rows import DatasetRow, RowValue
from handouts.excel.sheets import SERIES
from handouts.excel.source import Findings
from handouts.findings import Rule

MEMBERS: tuple[Key, ...] = (("part",), ("whole",))
UNKNOWN_MEMBER = Rule(
    "reference.row-unknown",
    "{field}の「{name}」に当たる行が、この表にありません",
    "この表にあるのは {known} です",
    "同じ年度の行の名前を書いてください。ほかの年度の行なら「令和3年度 受診者数」のように書きます",
)
_LISTED = 5  # names that a message lists


@dataclass(frozen=True, slots=True)
class SeriesName:
    """What a row of a table is known by: its year, its name and its id, the last two of which may be empty."""

    year: str
    label: str
    id: str

    @property
    def whole(self) -> str:
        """The year with the name."""
        return f"{self.year} {self.label}".strip()


def find_member(text: str, year: str, rows: Sequence[SeriesName]) -> tuple[int, ...]:
    """The numbers of the rows that a text in a row of `year` means; none or several where that is not sure."""
    name = plain(text)
    ids = [row.id == text.strip() for row in rows]
    own = [row.year == year and plain(row.label) == name for row in rows]
    wholes = [plain(row.whole) == name for row in rows]  # of other years never by the name alone
    meant = next(filter(any, (ids, own, wholes)), [])
    return tuple(number for number, is_meant in enumerate(meant) if is_meant)


def name_of_member(one: str, year: str, rows: Sequence[SeriesName]) -> str:
    """What the row with the id `one` is called in a row of `year`, which is found again by that; else the id."""
    numbers = [number for number, row in enumerate(rows) if row.id == one]
    for name in (rows[numbers[0]].label, rows[numbers[0]].whole) if len(numbers) == 1 else ():
        if name and find_member(name, year, rows) == (numbers[0],):
            return name
    return one


def kept_as(row: DatasetRow) -> str:
    """Under which name it is kept what the members of a row are called: those of its table, as seen from its year."""
    table = row.cells.get(("table",))
    return f"{SERIES.name}/{table.value if table else ''}/{row.name_part(('year',))}"


def with_members(
    rows: Sequence[DatasetRow], kept: Callable[[], KeptNames], findings: Findings
) -> tuple[DatasetRow, ...]:
    """The rows of the sheets of months, ratios with the ids of what they are made of, which gets an id where it has none."""
    done = list(rows)
    tables: dict[object, list[int]] = {}
    for number, row in enumerate(rows):
        if table := row.cells.get(("table",)):
            tables.setdefault(table.value, []).append(number)
    for numbers in tables.values():
        if any(key in rows[number].cells for number in numbers for key in MEMBERS):
            _Table(done, numbers, kept, findings).resolve()
    return tuple(done)


class _Table:
    """The rows of one table, by their numbers among all of them, which are replaced there."""

    def __init__(
        self,
        rows: list[DatasetRow],
        numbers: Sequence[int],
        kept: Callable[[], KeptNames],
        findings: Findings,
    ) -> None:
        self._rows, self._numbers, self._kept, self._findings = rows, numbers, kept, findings
        self._names = [
            SeriesName(row.name_part(("year",)), row.shown(("label",)).strip(), row.id)
            for row in (rows[number] for number in numbers)
        ]

    def resolve(self) -> None:
        """Gives the ratios the ids of their members."""
        for number in self._numbers:
            for key in MEMBERS:
                said = self._rows[number].cells.get(key)
                if said is not None and said.shown.strip():
                    one = self._id(self._rows[number], key, said)
                    self._give(number, key, replace(said, value=one))

    def _id(self, row: DatasetRow, key: Key, said: RowValue) -> str | None:
        text = said.shown.strip()
        found = find_member(text, row.name_part(("year",)), self._names)
        if not found and (before := self._kept().get(kept_as(row), {}).get(text)):
            found = find_member(before, "", self._names)
        if len(found) == 1:
            return self._id_of(found[0])
        if text.isascii():
            return text  # of which the rules say that there is no such row
        known = tuple(f"「{name}」" for name in islice(self._known(), _LISTED))
        name, field = excerpt_of(text), field_of(said.column)
        self._findings.add(UNKNOWN_MEMBER.at(row.place_of(key), field=field, name=name, known=known))
        return None

    def _known(self) -> Iterable[str]:
        return dict.fromkeys(row.label or row.year for row in self._names)

    def _id_of(self, found: int) -> str:
        """The id of a row, made of its name where it has none."""
        row = self._names[found]
        if not row.id:
            one = free_id(id_of_words("r", row.whole), {other.id for other in self._names})
            self._names[found] = replace(row, id=one)
            self._give(self._numbers[found], ("id",), RowValue(SERIES.column("id"), one, one))
        return self._names[found].id

    def _give(self, number: int, key: Key, said: RowValue) -> None:
        row = self._rows[number]
        self._rows[number] = replace(row, cells={**row.cells, key: said})


def members_of(row: DatasetRow) -> Iterator[tuple[str, str]]:
    """What the members of a row are called, with their ids."""
    for key in MEMBERS:
        if said := row.cells.get(key):
            yield said.shown, str(said.value)


def called_members(
    cells: Mapping[Key, RowValue | None], year: str, rows: Sequence[SeriesName]
) -> dict[Key, RowValue | None]:
    """The cells of a row of `year`, with what the members are called in place of their ids."""
    called = dict(cells)
    for key in MEMBERS:
        if said := cells.get(key):
            called[key] = replace(said, shown=name_of_member(str(said.value), year, rows))
    return called
