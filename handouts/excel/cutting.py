"""Texts that are higher than a row of a sheet can be: cut over several rows of it, and joined again when they are read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from handouts.dataset.columns import plain
from handouts.excel.heights import MOST_LINES, lines_of, room_of
from handouts.excel.row_places import Key, SheetPlaces
from handouts.excel.rows import ORIGINS, DatasetRow, RowValue
from handouts.excel.sheets import CONTINUED, CONTINUED_SENTENCE, ENTRIES
from handouts.excel.source import Findings
from handouts.findings import Place, Rule

CONTINUED_NOWHERE = Rule(
    "sheet.continued-nowhere",
    "続きの行ですが、すぐ上にあるのは、その記録ではありません",
    f"「{CONTINUED}」の行は、文が始まる行のすぐ下に並べます",
    "その記録の下に移してください。記録ごと消したなら、この行も消してください",
)
CONTINUED_CELL = Rule(
    "sheet.continued-cell",
    "続きの行に「{shown}」と書かれています",
    "続きの行に書くのは、文だけです",
    "この記録の1行目に書いてください",
)
_PLAN, _TEXT = ("plan",), ("text",)
_WITH_BREAK = frozenset(map(plain, (CONTINUED, "続き", "〃", "同上")))
_WITHOUT_BREAK = frozenset(map(plain, (CONTINUED_SENTENCE, "文の続き")))
_SENTENCE = re.compile("[^。．！？]*[。．！？]?")


def cut_rows(rows: Iterable[DatasetRow]) -> Iterator[DatasetRow]:
    """The rows of the progress as they stand in its sheet: a text that is too high for one goes on in the rows below."""
    width = ENTRIES.column(*_TEXT).width
    for row in rows:
        (_, first), *more = _pieces(row.shown(_TEXT), width)
        yield replace(row, cells={**row.cells, **_said(_TEXT, first)}) if more else row
        for sign, text in more:
            cells = {**_said(_PLAN, sign), **_said(_TEXT, text)}
            yield DatasetRow(ENTRIES, cells, {ORIGINS[ENTRIES.name]: row.origin})


def is_continued(row: DatasetRow) -> bool:
    """Whether a row of a sheet goes on with the text of the row above it."""
    return row.table is ENTRIES and plain(row.shown(_PLAN)) in _WITH_BREAK | _WITHOUT_BREAK


def joined_rows(rows: Iterable[DatasetRow], findings: Findings) -> Iterator[DatasetRow]:
    """The rows of a sheet as those of the dataset; what is wrong with those that go on is noted."""
    entry: _Entry | None = None
    count = 0
    for row in rows:
        if not is_continued(row):
            if entry:
                yield entry.joined()
            entry = _Entry(replace(row, line=row.line - count))
            continue
        count += 1
        _check(row, entry.first if entry else None, findings)
        if entry:
            entry.more.append(row)
    if entry:
        yield entry.joined()


def _check(row: DatasetRow, first: DatasetRow | None, findings: Findings) -> None:
    if first is None or row.origin not in ("", first.origin):
        findings.add(CONTINUED_NOWHERE.at(row.place_of(_PLAN)))
    for key, said in row.cells.items():
        if key == _TEXT:
            findings.say(said, row.place_of(key))
        elif key != _PLAN:
            findings.add(CONTINUED_CELL.at(row.place_of(key), shown=said.shown))


@dataclass
class _Entry:
    """A row that begins an entry, and those below it that go on with its text."""

    first: DatasetRow
    more: list[DatasetRow] = field(default_factory=list)

    def joined(self) -> DatasetRow:
        """The row of the entry, which knows where each line of its text stands."""
        parts = [row for row in (self.first, *self.more) if row.shown(_TEXT)]
        if not self.more or not parts:
            return self.first
        lines: list[str] = []
        places: list[Place] = []
        for row in parts:
            begun, *others = row.shown(_TEXT).split("\n")
            if lines and plain(row.shown(_PLAN)) in _WITHOUT_BREAK:
                lines[-1] += begun
            else:
                others.insert(0, begun)
            lines += others
            places += [row.place_of(_TEXT)] * len(others)
        text = "\n".join(lines)
        said = replace(self.first.cells.get(_TEXT) or parts[0].cells[_TEXT], value=text, shown=text)
        where = self.first.where
        assert isinstance(where, SheetPlaces)
        cells = {**self.first.cells, _TEXT: said}
        return replace(self.first, cells=cells, where=replace(where, lines=tuple(places)))


def _said(key: Key, text: str) -> dict[Key, RowValue]:
    return {key: RowValue(ENTRIES.column(*key), text, text)}


def _pieces(text: str, width: float) -> Iterator[tuple[str, str]]:
    """What each row has of a text, with what says how it goes on from the row above: at a line, or within it."""
    piece: list[str] = []
    height, sign = 0, ""
    for line in text.split("\n"):
        lines = lines_of(line, width)
        # A row of blank lines alone would say nothing.
        if height + lines > MOST_LINES and line.strip() and any(map(str.strip, piece)):
            yield sign, "\n".join(piece)
            piece, height, sign = [], 0, CONTINUED
        if lines > MOST_LINES:
            *parts, line = _parts_of_line(line, int(room_of(width)) * MOST_LINES)
            for part in parts:
                yield sign, "\n".join([*piece, part])
                piece, height, sign = [], 0, CONTINUED_SENTENCE
        piece.append(line)
        height += lines_of(line, width)
    yield sign, "\n".join(piece)


def _parts_of_line(line: str, most: int) -> Iterator[str]:
    """A line in parts of at most so many characters, cut behind its sentences where that is possible."""
    part = ""
    for sentence in _SENTENCE.findall(line):
        if part and len(part) + len(sentence) > most:
            yield part
            part = ""
        part += sentence
        while len(part) > most:
            yield part[:most]
            part = part[most:]
    yield part
