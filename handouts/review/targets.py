"""What a printed text is made of in the dataset as it is now: a text with its pieces, or a value."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from handouts.dataset.kpis import Kpi
from handouts.dataset.labels import recognise
from handouts.dataset.model import Dataset, Datasets
from handouts.dataset.plan_matching import same_paragraphs
from handouts.dataset.progress_text import TextLine, read_progress_text
from handouts.dataset.typed_text import bare
from handouts.findings import HandoutError
from handouts.measures.filling import Segment, expand, segments
from handouts.measures.kpis import result_before
from handouts.measures.placeholders import Reference
from handouts.measures.sources import Sources
from handouts.measures.wording import FieldText, kpi_parts, target_parts
from handouts.origin import OriginEntry
from handouts.review.cell_values import PrintedValue, printed_value

_LINE = re.compile(r"(?P<entry>progress:[^.\[]+)\.text\[(?P<line>\d+)\](?P<cell>\[\d+\])?")
_KPI = re.compile(r"(?P<kpi>kpi:[^.\[]+)(?:\.(?P<field>sentence|target))?")


@dataclass(frozen=True, slots=True)
class TextTarget:
    """A text as stored now with the pieces that are printed of it; of a sentence that a KPI makes nothing is stored."""

    ref: str
    stored: str
    pieces: tuple[Segment, ...]

    @property
    def printed(self) -> str:
        """What is printed of it now."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class ValueTarget:
    """A value with what is printed of it now."""

    ref: str
    value: PrintedValue

    @property
    def printed(self) -> str:
        """What is printed of it now."""
        return self.value.text


Target: TypeAlias = TextTarget | ValueTarget


class Targets:
    """Finds what the entries of one file are made of in a dataset that may have changed since."""

    def __init__(self, dataset: Dataset, entries: Iterable[OriginEntry]) -> None:
        self._dataset = dataset
        self._sources = Sources(Datasets(dataset))
        self._sent = [entry for entry in entries if _LINE.fullmatch(entry.ref)]

    def of(self, entry: OriginEntry) -> Target | None:
        """What an entry is made of now; None where the dataset has nothing of it any more."""
        ref = self.ref_now(entry.ref)
        if ref is None:
            return None
        if found := _KPI.fullmatch(ref):
            return self._kpi(found["kpi"], found["field"], entry) or self._value(ref, entry)
        if ref.startswith("plan:") or _LINE.fullmatch(ref):
            return self._text(ref)
        return self._value(ref, entry)

    def ref_now(self, ref: str) -> str | None:
        """The ref as it is now: lines of what was done have other numbers where some were put in or taken out."""
        found = _LINE.fullmatch(ref)
        if not found:
            return ref
        number = self._lines[found["entry"]].get(int(found["line"]))
        return None if number is None else f"{found['entry']}.text[{number}]{found['cell'] or ''}"

    def lines_of(self, ref: str) -> Mapping[int, str]:
        """The words that are printed now of each line of what was done, by their numbers."""
        text = self._sources.value(f"{ref}.text")
        return dict(_printed_lines(text, self._dataset)) if isinstance(text, str) else {}

    def _text(self, ref: str) -> TextTarget | None:
        try:
            source = self._sources.text(ref)
            pieces = segments(source.stored, self._dataset) if source else ()
        except HandoutError:
            return None  # a placeholder in it names nothing any more
        return TextTarget(ref, source.stored, pieces) if source else None

    def _kpi(self, ref: str, field: str | None, entry: OriginEntry) -> TextTarget | None:
        kpi = self._sources.value(ref)
        if not isinstance(kpi, Kpi):
            return None
        parts: Sequence[FieldText] = target_parts(kpi)
        if field != "target":
            parts = kpi_parts(kpi, result_before(kpi, self._dataset))
        if not parts or (field == "target" and not entry.words):
            return None
        reference = Reference(0, "kpi", kpi.id, field or "")
        return TextTarget(ref, "", tuple(Segment(part.text, 0, 0, reference, part.field) for part in parts))

    def _value(self, ref: str, entry: OriginEntry) -> ValueTarget | None:
        if not self._sources.names_something(ref):
            return None
        found = printed_value(ref, self._sources.value(ref), entry.words)
        return None if found is None else ValueTarget(ref, found)

    @cached_property
    def _lines(self) -> Mapping[str, Mapping[int, int]]:
        """For each text that was sent the numbers of its lines now by those that they had."""
        sent: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
        for entry in self._sent:
            found = _LINE.fullmatch(entry.ref)
            assert found
            sent[found["entry"]][int(found["line"])].append(entry.words or entry.text)
        return {ref: self._numbers_now(ref, lines) for ref, lines in sent.items()}

    def _numbers_now(self, ref: str, sent: Mapping[int, Sequence[str]]) -> Mapping[int, int]:
        now = self.lines_of(ref)
        olds = [bare("".join(words)) for words in sent.values()]
        pairs = same_paragraphs(olds, [bare(words) for words in now.values()])
        numbers, lines = list(sent), list(now)
        found = {old: new for new, old in pairs.items()} | dict(_between(pairs, len(numbers), len(lines)))
        return {numbers[old]: lines[new] for old, new in found.items()}


def _between(pairs: Mapping[int, int], olds: int, news: int) -> Iterator[tuple[int, int]]:
    """Lines in quite other words: as many as there were between the same two others are those, in their order."""
    last_old = last_new = -1
    known = sorted((old, new) for new, old in pairs.items())
    for old, new in (*known, (olds, news)):
        if new - last_new == old - last_old > 1:
            yield from zip(range(last_old + 1, old), range(last_new + 1, new), strict=True)
        last_old, last_new = old, new


def _printed_lines(text: str, dataset: Dataset) -> Iterator[tuple[int, str]]:
    """The words of each line as they are printed, rows of small tables among them, by their numbers."""
    for block in read_progress_text(text).blocks:
        if isinstance(block, TextLine):
            yield block.number, as_printed(block.text, dataset) or block.label
            continue
        for number, cells in zip(block.numbers, block.rows, strict=True):
            yield number, "".join(as_printed(cell, dataset) for cell in cells)


def as_printed(text: str, dataset: Dataset) -> str:
    """The text as it is printed; as it stands where a placeholder names nothing any more."""
    try:
        return expand(text, dataset)
    except HandoutError:
        return text


def unlabelled(text: str) -> str:
    """The words of a paragraph without its label, for comparing."""
    label = recognise(text)
    return bare(text.removeprefix(label.text) if label else text)
