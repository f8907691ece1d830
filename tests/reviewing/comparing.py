"""The file that is made after a review beside the one that came back: equal paragraph by paragraph, or why not."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from handouts.origin import Origin, OriginEntry
from handouts.review.proposals import Proposal
from tests.reviewing.aligning import ELSEWHERE, LISTED, aligned
from tests.reviewing.paragraphs import Returned, plain, plain_entry, stream_of

_FIGURE = re.compile(r"[0-9][0-9,.]*")
# Whoever opens the file computes the pages of the contents anew.
_BY_LAYOUT = ("contents",)


@dataclass(frozen=True, slots=True)
class Difference:
    """What came back and what is made now, and the class of reasons; a failure where there is none."""

    reason: str
    returned: str
    made: str
    where: str = ""

    @property
    def is_failure(self) -> bool:
        """Whether there is no reason for it."""
        return self.reason.startswith("FAILURE")

    def __str__(self) -> str:
        return f"{self.reason} [{self.where}]\n    came back: {self.returned!r}\n    made now:  {self.made!r}"


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
    for one, entry in aligned(came, now):
        yield from explainer.explain(one, entry)


class _Explainer:
    """Says why two paragraphs differ."""

    def __init__(self, origin: Origin, proposals: Sequence[Proposal], changed: Collection[str]) -> None:
        self._stored = {entry.ref: entry.stored for entry in origin.entries if entry.stored is not None}
        self._known = {
            ref.split(".")[0] for ref in (*(one for entry in origin.entries for one in entry.refs), *changed)
        }
        self._proposals, self._changed = proposals, changed

    def explain(self, one: Returned | None, entry: OriginEntry | None) -> Iterator[Difference]:
        """The difference between two paragraphs, or between one and none."""
        came, now = one.text.strip() if one else "", entry.text if entry else ""
        if came == now and not (one and one.stream == ELSEWHERE):
            return
        where = entry.bookmark if entry else "/".join(known.bookmark for known in one.entries) if one else ""
        yield Difference(self._reason(one, entry), came, now, where)

    def _reason(self, one: Returned | None, entry: OriginEntry | None) -> str:
        if one and one.stream == ELSEWHERE:
            moved = self._not_taken(lambda proposal: proposal.change.kind in ("moved", "inserted", "deleted"))
            if entry and stream_of(entry) in LISTED:
                return "a list of KPIs made anew"
            return moved or "FAILURE: stands elsewhere"
        if one and entry and plain(one.text) == plain_entry(entry):
            return "label or mark of the program"
        if one is None:
            assert entry is not None
            return self._come(entry)
        if refused := self._refused(one):
            return (
                refused
                if self._is_as_sent(one, entry)
                else "FAILURE: nothing was taken, and yet it is another"
            )
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
        return shows and _FIGURE.sub("0", plain(one.text)) == _FIGURE.sub("0", plain_entry(entry))

    def _is_as_sent(self, one: Returned, entry: OriginEntry | None) -> bool:
        """Whether what stands there is what was sent, unless something was taken or what it shows is other now."""
        not_taken = {mark.id for proposal in self._proposals for mark in proposal.change.marks}
        if entry is None or one.marks - not_taken or set(entry.refs) & set(self._changed) or not one.entries:
            return True
        if entry.role not in ("own", "last-year") or entry.stored is not None:
            return True
        return plain_entry(entry) in [plain_entry(known) for known in one.entries]

    def _refused(self, one: Returned) -> str:
        """The rules by which edits of this paragraph were not taken."""
        return self._not_taken(lambda proposal: any(mark.id in one.marks for mark in proposal.change.marks))

    def _not_taken(self, is_meant: Callable[[Proposal], bool]) -> str:
        found = [one for one in self._proposals if is_meant(one)]
        rules = sorted({note.rule.id for one in found for note in one.notes})
        return f"not taken: {', '.join(rules)}" if found else ""
