"""The file that is made after a review beside the one that came back: equal paragraph by paragraph, or why not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import TypeAlias

from handouts.dataset.labels import recognise
from handouts.origin import Origin, OriginEntry
from handouts.review.proposals import Proposal
from handouts.revisions import StoryViews, TrackedDocument, views_of

_FIGURE = re.compile(r"[0-9][0-9,.]*")
_NEW = re.compile("^（新）")
# Texts that are less alike than this are not the same paragraph.
_ALIKE = 0.3
ELSEWHERE = "elsewhere"
_LISTED = ("kpi", "ekpi", "plan again")
# Whoever opens the file computes the pages of the contents anew.
_BY_LAYOUT = ("contents",)


@dataclass(frozen=True, slots=True)
class Returned:
    """A paragraph as it stands after all changes, with what we sent there and whether anything was changed in it."""

    text: str
    entries: tuple[OriginEntry, ...]
    marks: frozenset[str]
    stream: str

    @property
    def is_edited(self) -> bool:
        return bool(self.marks)


Pair: TypeAlias = tuple[Returned | None, OriginEntry | None]


@dataclass(frozen=True, slots=True)
class Difference:
    """What came back and what is made now, and the class of reasons; a failure where there is none."""

    reason: str
    returned: str
    made: str
    where: str = ""

    @property
    def is_failure(self) -> bool:
        return self.reason.startswith("FAILURE")

    def __str__(self) -> str:
        return f"{self.reason} [{self.where}]\n    came back: {self.returned!r}\n    made now:  {self.made!r}"


def returned_paragraphs(document: TrackedDocument, origin: Origin) -> list[Returned]:
    """The paragraphs after all changes; our entries are known by the order in which we wrote them, not by bookmarks.

    What was deleted leaves one without text, so that it is known which entry went.
    """
    views = views_of(document.body)
    entries = _entries_in_order(views, origin)
    found = []
    stream, cell = "", None
    for group in views.groups:
        sources = [document.body.paragraphs[index] for index in group.sources]
        marks = frozenset(
            mark.id for source in sources for mark in source.all_marks() if mark.kind != "property"
        )
        known = tuple(entries[number] for number in group.before if number in entries)
        if known:
            stream, cell = stream_of(known[0]), sources[0].container
        elif sources[0].container != cell:
            stream = next(_streams_behind(views, group.sources[-1], entries), stream)
        for text in [views.after[number].text for number in group.after] or [""]:
            found.append(Returned(text, known, marks, stream))
    return found


def stream_of(entry: OriginEntry) -> str:
    """What is printed of one list of one year stands in its order; how lists stand beside each other is the page's."""
    prefix = entry.ref.partition(":")[0]
    return f"{prefix} again" if entry.role == "repeated" else prefix


def _streams_behind(views: StoryViews, source: int, entries: Mapping[int, OriginEntry]) -> Iterator[str]:
    """The streams of what stands behind a new paragraph in its cell."""
    cell = views.story.paragraphs[source].container
    for number, paragraph in enumerate(views.before):
        first = paragraph.sources[0]
        if number in entries and first > source and views.story.paragraphs[first].container == cell:
            yield stream_of(entries[number])


def _entries_in_order(views: StoryViews, origin: Origin) -> dict[int, OriginEntry]:
    """The entry of each paragraph before all changes, by the texts in their order."""
    entries = [entry for entry in origin.entries if entry.text]
    texts = [
        (number, paragraph.text) for number, paragraph in enumerate(views.before) if paragraph.text.strip()
    ]
    left, right = [folded(text) for _, text in texts], [folded(entry.text) for entry in entries]
    matcher = SequenceMatcher(None, left, right, False)
    return {
        texts[block.a + step][0]: entries[block.b + step]
        for block in matcher.get_matching_blocks()
        for step in range(block.size)
    }


def compare(
    returned: Sequence[Returned],
    origin: Origin,
    made: Origin,
    proposals: Sequence[Proposal],
    changed: Collection[str],
) -> Iterator[Difference]:
    """Every difference between the paragraphs that came back and those that are made now.

    `proposals` are those that were not taken, `changed` the refs of what is other now.
    """
    came = [one for one in returned if one.text.strip() or one.is_edited]
    now = [entry for entry in made.entries if entry.text and entry.style not in _BY_LAYOUT]
    came = [one for one in came if not any(entry.style in _BY_LAYOUT for entry in one.entries)]
    explainer = _Explainer(origin, proposals, changed)
    for stream in dict.fromkeys([*(one.stream for one in came), *map(stream_of, now)]):
        here = [one for one in came if one.stream == stream]
        there = [entry for entry in now if stream_of(entry) == stream]
        paired = _by_entry(here, there) if stream in _LISTED else list(_aligned(here, there))
        for one, entry in _elsewhere(paired):
            yield from explainer.explain(one, entry)


def _aligned(came: Sequence[Returned], now: Sequence[OriginEntry]) -> Iterator[Pair]:
    left = [_plain(one.text) for one in came]
    right = [_plain_entry(entry) for entry in now]
    for tag, start, end, first, last in SequenceMatcher(None, left, right, False).get_opcodes():
        yield from _pairs(came[start:end], now[first:last], is_same=tag == "equal")


def _by_entry(came: Sequence[Returned], now: Sequence[OriginEntry]) -> list[Pair]:
    """Paragraphs of lists whose order the program makes: each with the one of the same entry."""
    waiting: dict[tuple[object, ...], list[OriginEntry]] = {}
    for entry in now:
        waiting.setdefault((entry.refs, entry.role, entry.style), []).append(entry)
    pairs: list[Pair] = []
    for one in came:
        known = one.entries[0] if one.entries else None
        same = waiting.get((known.refs, known.role, known.style), []) if known else []
        pairs.append((one, same.pop(0) if same else None))
    return [*pairs, *((None, entry) for left in waiting.values() for entry in left)]


def _elsewhere(pairs: Sequence[Pair]) -> Iterator[Pair]:
    """The pairs, with what is missing here and stands there as one."""
    come: dict[str, list[OriginEntry]] = {}
    for one, entry in pairs:
        if one is None and entry is not None:
            come.setdefault(_plain_entry(entry), []).append(entry)
    found: dict[int, OriginEntry] = {}
    for number, (one, entry) in enumerate(pairs):
        if one is not None and entry is None and come.get(_plain(one.text)):
            found[number] = come[_plain(one.text)].pop(0)
    there = {entry.bookmark for entry in found.values()}
    for number, (one, entry) in enumerate(pairs):
        if one is not None and number in found:
            yield replace(one, stream=ELSEWHERE), found[number]
        elif one is not None or (entry is not None and entry.bookmark not in there):
            yield one, entry


def _pairs(came: Sequence[Returned], now: Sequence[OriginEntry], is_same: bool) -> list[Pair]:
    """Paragraphs that stand in the same place: where the texts differ, those that have the same entry, else likeness."""
    if is_same:
        return list(zip(came, now, strict=True))
    best: dict[tuple[int, int], float] = {}

    def worth(one: Returned, entry: OriginEntry) -> float:
        known = any(known.refs == entry.refs and known.refs for known in one.entries)
        alike = (
            SequenceMatcher(None, _plain(one.text), _plain_entry(entry), False).ratio() if one.text else 0.0
        )
        return max(alike, 0.9 if known else 0.0) if alike >= _ALIKE or known else 0.0

    for row in range(len(came) - 1, -1, -1):
        for column in range(len(now) - 1, -1, -1):
            paired = worth(came[row], now[column])
            best[row, column] = max(
                best.get((row + 1, column), 0.0),
                best.get((row, column + 1), 0.0),
                paired + best.get((row + 1, column + 1), 0.0) if paired else 0.0,
            )
    found: list[Pair] = []
    row = column = 0
    while row < len(came) and column < len(now):
        here = best[row, column]
        if here == best.get((row + 1, column), 0.0):
            found.append((came[row], None))
            row += 1
        elif here == best.get((row, column + 1), 0.0):
            found.append((None, now[column]))
            column += 1
        else:
            found.append((came[row], now[column]))
            row, column = row + 1, column + 1
    return [*found, *((one, None) for one in came[row:]), *((None, entry) for entry in now[column:])]


class _Explainer:
    """Says why two paragraphs differ."""

    def __init__(self, origin: Origin, proposals: Sequence[Proposal], changed: Collection[str]) -> None:
        self._stored = {entry.ref: entry.stored for entry in origin.entries if entry.stored is not None}
        self._known = {
            ref.split(".")[0] for ref in (*(one for entry in origin.entries for one in entry.refs), *changed)
        }
        self._proposals, self._changed = proposals, changed

    def explain(self, one: Returned | None, entry: OriginEntry | None) -> Iterator[Difference]:
        came, now = one.text.strip() if one else "", entry.text if entry else ""
        if came == now and not (one and one.stream == ELSEWHERE):
            return
        where = entry.bookmark if entry else "/".join(known.bookmark for known in one.entries) if one else ""
        yield Difference(self._reason(one, entry), came, now, where)

    def _reason(self, one: Returned | None, entry: OriginEntry | None) -> str:
        if one and one.stream == ELSEWHERE:
            moved = self._not_taken(lambda proposal: proposal.change.kind in ("moved", "inserted", "deleted"))
            if entry and stream_of(entry) in _LISTED:
                return "a list of KPIs made anew"
            return moved or "FAILURE: stands elsewhere"
        if one and entry and _plain(one.text) == _plain_entry(entry):
            return "label or mark of the program"
        if one is None:
            assert entry is not None
            return self._come(entry)
        if refused := self._refused(one):
            return refused
        if not one.is_edited:
            return self._follows(one, entry)
        if entry and entry.stored and self._shows_other_values(one, entry):
            return "follows what it shows"
        return "FAILURE: an edit was lost or altered"

    def _come(self, entry: OriginEntry) -> str:
        """Why something is printed that was not in the returned file."""
        if refused := self._not_taken(
            lambda one: any(known.refs == entry.refs for known in one.change.entries)
        ):
            return refused
        if entry.role in ("computed", "generated", "repeated", "earlier"):
            return f"{entry.role} anew"
        if entry.role == "last-year" and (not entry.refs or entry.ref.startswith("obudget:")):
            return "last year's sum beside one of this year"
        if entry.ref.startswith(("kpi:", "field:")) and entry.ref.split(".")[0] in self._known:
            return "a KPI or a kind of budget that is listed now"
        return "FAILURE: invented"

    def _follows(self, one: Returned, entry: OriginEntry | None) -> str:
        """Why a paragraph that nobody touched is another one now."""
        roles = {known.role for known in one.entries}
        if roles & {"computed", "generated", "repeated"}:
            return f"{'/'.join(sorted(roles))} anew"
        if entry and set(entry.refs) & set(self._changed):
            return "follows what it shows"
        if entry and entry.stored is not None and entry.stored == self._stored.get(entry.ref):
            return "follows what it shows"
        return "FAILURE: changed though nobody touched it"

    def _shows_other_values(self, one: Returned, entry: OriginEntry) -> bool:
        """Whether a paragraph that was edited differs in figures alone, and shows something that is another value now."""
        shows = any(ref.split(".")[0] in (entry.stored or "") for ref in self._changed)
        return shows and _FIGURE.sub("0", _plain(one.text)) == _FIGURE.sub("0", _plain_entry(entry))

    def _refused(self, one: Returned) -> str:
        """The rules by which edits of this paragraph were not taken."""
        return self._not_taken(lambda proposal: any(mark.id in one.marks for mark in proposal.change.marks))

    def _not_taken(self, is_meant: Callable[[Proposal], bool]) -> str:
        found = [one for one in self._proposals if is_meant(one)]
        rules = sorted({note.rule.id for one in found for note in one.notes})
        return f"not taken: {', '.join(rules)}" if found else ""


def folded(text: str) -> str:
    """A text without what editors change by themselves: the width of digits in fields, blanks at the ends."""
    return unicodedata.normalize("NFKC", text).strip()


def _plain_entry(entry: OriginEntry) -> str:
    """What is printed now without its label, which may be more than one can tell from the text alone."""
    return _plain(entry.words if entry.words else entry.text)


def _plain(text: str) -> str:
    """A text without its label, and without what the program sets before a new initiative."""
    text = _NEW.sub("", text.strip())
    label = recognise(text)
    return (text.removeprefix(label.text) if label else "") or text
