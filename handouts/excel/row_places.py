"""Where the values of a row stand: in a sheet, or where the entries of a dataset were entered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol, TypeAlias

from handouts.dataset.reading import place_of
from handouts.dataset.yaml_text import key_text
from handouts.excel.tables import FoundColumn
from handouts.findings import Place
from handouts.xlsx.grid import cell_name

Key: TypeAlias = tuple[str, ...]


class RowPlaces(Protocol):
    """Where the values of a row stand."""

    def of(self, key: Key) -> Place | None:
        """The place of a value, be there one or not, or with an empty key of the row; None where it has no such column."""

    @property
    def lines(self) -> Sequence[Place]:
        """The places of the lines of its text, none where all of them stand at its place."""


@dataclass(frozen=True, slots=True)
class SheetPlaces:
    """The places of a row of a sheet: its number, its columns, and the first of them that says something.

    `lines` are those of its text where that goes on in the rows below.
    """

    file: str
    sheet: str
    number: int
    heads: Mapping[Key, FoundColumn]
    first: int
    lines: Sequence[Place] = ()

    def of(self, key: Key) -> Place | None:
        """The cell of a value, or the first cell of the row."""
        head = self.heads.get(key)
        if key and head is None:
            return None
        cell = cell_name(self.number, head.at if head else self.first)
        return Place(self.file, key=head.column.heading if head else None, cell=f"{self.sheet}!{cell}")


@dataclass(frozen=True, slots=True)
class EntryPlaces:
    """The places of a row of a dataset, which are those of the entry `ref`; `refs` are parts that stand elsewhere."""

    ref: str
    places: Mapping[str, Place]
    refs: Mapping[Key, str] = field(default_factory=dict)
    lines: Sequence[Place] = ()

    def of(self, key: Key) -> Place | None:
        """Where the value was entered, or what holds it."""
        ref = self.refs.get(key) or (f"{self.ref}.{key_text(key)}" if key else self.ref)
        return replace(place_of(ref, self.places), ref="")


NOWHERE = EntryPlaces("", {})  # of a row that is yet to be filled in
