"""Where what stands in a collected dataset was written: in a file of the folder, or in the workbook that brought it."""

from __future__ import annotations

from collections.abc import Mapping

from handouts.dataset.reading import place_of
from handouts.findings import Place


class Places:
    """The places of a dataset that was put together in a book.

    `old` are those in the folder and `before` those in the book before anything was put in, both by ref; `sources` says
    for each cell of the book where it comes from, `book` being the file that the book itself is called.
    """

    def __init__(
        self, old: Mapping[str, Place], before: Mapping[str, Place], sources: Mapping[str, Place], book: str
    ) -> None:
        self._old = old
        self._sources = sources
        self._book = book
        self._refs: dict[str | None, list[str]] = {}
        for ref, place in before.items():
            self._refs.setdefault(place.cell, []).append(ref)

    def of(self, place: Place, ref: str = "") -> Place | None:
        """Where what stands at a place of the book was written, None where nobody knows; `ref` says what it is."""
        source = self._sources.get(place.cell or "")
        if source is None or source.file != self._book:
            return source
        refs = self._refs.get(source.cell, ())
        known = ref if ref in refs else next(iter(refs), None)
        return place_of(known, self._old) if known else None

    def of_all(self, places: Mapping[str, Place]) -> Mapping[str, Place]:
        """The places by ref, given those in the book; also those of `old` that say more of the same."""
        found = {ref: there for ref, place in places.items() if (there := self.of(place, ref))}
        shared = {ref: self._old[ref] for ref in found if ref in self._old}
        more = {ref: place for ref, place in self._old.items() if ref not in found}
        return found | {
            ref: place for ref, place in more.items() if place_of(ref, found) == place_of(ref, shared)
        }
