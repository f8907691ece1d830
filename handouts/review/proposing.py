"""What one change of a returned file means for the dataset as it is now."""

from __future__ import annotations

from collections.abc import Sequence

from handouts.origin import OriginEntry
from handouts.review.answers import NOT_SENT, OTHER_SIDE, SIDES, WORDING
from handouts.review.coming_and_going import deleted, initiative_of, inserted, moved, removed
from handouts.review.meaning import COMPUTED
from handouts.review.proposals import Proposal, Standpoint, State
from handouts.review.returned import ReturnedChange
from handouts.review.rewording import reworded

_MOST_NAMES = 3


def propose(here: Standpoint, change: ReturnedChange) -> Proposal:
    """What one change means."""
    if change.kind == "inserted":
        return inserted(here, change)
    if not change.entries:
        return here.said(change, "unplaced", NOT_SENT)
    if change.kind == "deleted" and change.row and (initiative := initiative_of(change)):
        return removed(here, change, initiative)
    for entry in change.entries:
        if answer := _answer(here, change, entry):
            return answer
    if change.kind == "deleted":
        return deleted(here, change)
    if change.kind == "moved":
        return moved(here, change)
    return reworded(here, change)


def _answer(here: Standpoint, change: ReturnedChange, entry: OriginEntry) -> Proposal | None:
    """Why what stands there is not a thing of this dataset; None where it is one."""
    old, new = entry.text, "\n".join(change.after)
    if entry.role in SIDES:
        return here.said(change, "answered", OTHER_SIDE, side=SIDES[entry.role])
    if entry.role == "computed":
        source = _listed([here.called(ref) for ref in entry.refs]) or "ほかの値"
        return here.said(change, "answered", COMPUTED, old=old, new=new, source=source)
    if not entry.refs or (entry.role == "generated" and entry.ref.startswith("dataset:")):
        rule = NOT_SENT if entry.role == "unknown" else WORDING
        state: State = "unplaced" if rule is NOT_SENT else "answered"
        return here.said(change, state, rule)
    return None


def _listed(names: Sequence[str]) -> str:
    """The first of the names, each once, and how many more there are."""
    names = list(dict.fromkeys(names))
    more = f" ほか{len(names) - _MOST_NAMES}件" if len(names) > _MOST_NAMES else ""
    return "、".join(names[:_MOST_NAMES]) + more
