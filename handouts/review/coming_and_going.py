"""Paragraphs, lines and initiatives that come, go or move."""

from __future__ import annotations

from dataclasses import replace

from handouts.dataset.figures import parse_yen
from handouts.dataset.labels import STANDALONE, recognise
from handouts.dataset.plan_lines import row_saying
from handouts.dataset.typed_text import bare
from handouts.measures.placeholders import escaped
from handouts.origin import OriginEntry
from handouts.review.answers import CHANGED_SINCE, NO_VALUE, OTHER_SIDE, SIDES
from handouts.review.belongings import still_needed
from handouts.review.proposals import Proposal, Standpoint
from handouts.review.returned import ReturnedChange
from handouts.review.rewording import reworded
from handouts.review.shares import TextEdit
from handouts.review.takings import LINE, PutInInitiative, PutInRow, Remove
from handouts.review.targets import as_printed, unlabelled

# So many rows that came with others at the same place stand between a row and what it stood next to.
_NEAR = 20
# Name and amount.
_CELLS = 2


def removed(here: Standpoint, change: ReturnedChange, ref: str) -> Proposal:
    """The row of an initiative that goes, whatever is computed in it."""
    place = here.place(change.entries[0])
    is_there = any(f"budget:{one.id}" == ref for one in here.dataset.initiatives)
    if not is_there:
        return Proposal(change, "done", place)
    return still_needed(here, change, ref) or Proposal(change, "open", place, Remove(ref))


def deleted(here: Standpoint, change: ReturnedChange) -> Proposal:
    """A paragraph or a line that goes; of another text what stands in it."""
    entry = change.entries[0]
    place = here.place(entry)
    if not (entry.ref.startswith("plan:") or LINE.fullmatch(entry.ref)) or len(change.entries) > 1:
        emptied = TextEdit(0, len(entry.text), "")
        return reworded(here, replace(change, kind="text", edits=(emptied,), all_edits=(emptied,)))
    ref = here.targets.ref_now(entry.ref)
    target = here.targets.of(entry) if ref else None
    if ref is None or target is None:
        return Proposal(change, "done", place)
    if target.printed != entry.words:
        old = "\n".join(change.before)
        return here.said(change, "conflict", CHANGED_SINCE, old=old, now=target.printed, new="")
    return still_needed(here, change, ref) or Proposal(change, "open", place, Remove(ref))


def inserted(here: Standpoint, change: ReturnedChange) -> Proposal:
    row = "".join(change.after)
    beside = change.behind or change.ahead
    if beside and beside.role in SIDES:
        return here.said(change, "answered", OTHER_SIDE, side=SIDES[beside.role])
    behind, ahead = (_own_row(here, entry) for entry in (change.behind, change.ahead))
    place = here.place(beside)
    if change.row:
        return _new_initiative(here, change)
    label = recognise(row)
    if (
        not (behind or ahead)
        or "\n" in row
        or (label and label.family not in STANDALONE and label.text.strip() == row.strip())
    ):
        return here.no_place(change)
    if _stands_there(here, row, behind, ahead):
        return Proposal(change, "done", place)
    # What looks like an id was meant as words; in the plan, rows that come are written so anyway.
    text = row_saying(escaped(row), ()) if LINE.fullmatch(behind or ahead) else escaped(row)
    return Proposal(change, "open", place, PutInRow(text, behind, ahead))


def _new_initiative(here: Standpoint, change: ReturnedChange) -> Proposal:
    beside = change.behind or change.ahead
    if beside is None or not beside.ref.startswith("budget:") or len(change.after) != _CELLS:
        return here.no_place(change)
    name, amount = (text.strip() for text in change.after)
    place = here.place(beside)
    try:
        yen = parse_yen(amount if amount.endswith("円") else f"{amount}千円") if amount else None
    except ValueError:
        return here.said(change, "answered", NO_VALUE, old="予算", new=amount)
    name = name.removeprefix("（新）")
    if any(bare(one.name) == bare(name) for one in here.dataset.initiatives):
        return Proposal(change, "done", place)
    ref = _row_ref(beside.ref)
    taking = PutInInitiative(name, yen, ref.partition(":")[2], beside is change.behind)
    return Proposal(change, "open", place, taking)


def moved(here: Standpoint, change: ReturnedChange) -> Proposal:
    behind, ahead = (_own_row(here, entry) for entry in (change.behind, change.ahead))
    ref = _own_row(here, change.entries[0])
    kinds = {one.partition(":")[0] for one in (behind, ahead, ref) if one}
    place = here.place(change.entries[0])
    if not ref or not (behind or ahead) or len(kinds) != 1:
        return here.no_place(change)
    if _stands_behind(here, ref, behind, ahead):
        return Proposal(change, "done", place)
    return Proposal(change, "open", place, PutInRow("", behind, ahead, moved=ref))


def _stands_behind(here: Standpoint, ref: str, behind: str, ahead: str) -> bool:
    """Whether a paragraph or line stands where it was moved to already."""
    refs = [f"plan:{paragraph.id}" for paragraph in here.dataset.plan.paragraphs]
    if found := LINE.fullmatch(ref):
        refs = [f"{found['entry']}.text[{number}]" for number in here.targets.lines_of(found["entry"])]
    sent = {here.targets.ref_now(entry.ref) for entry in here.origin.entries}
    known = [one for one in refs if one in sent]
    at = known.index(ref)
    return known[at - 1 : at] == [behind] if behind else known[at + 1 : at + 2] == [ahead]


def _own_row(here: Standpoint, entry: OriginEntry | None) -> str:
    """The ref of a paragraph of this year, or of a line, next to which something new can stand; else nothing."""
    if entry is None or entry.role not in ("own", "generated"):
        return ""
    if entry.ref.startswith("plan:"):
        ids = {f"plan:{paragraph.id}" for paragraph in here.dataset.plan.paragraphs}
        return entry.ref if entry.ref in ids else ""
    return (here.targets.ref_now(entry.ref) or "") if LINE.fullmatch(entry.ref) else ""


def _stands_there(here: Standpoint, row: str, behind: str, ahead: str) -> bool:
    """Whether the row came to the data already, near to where it would be put in; what was sent did not."""
    rows = {
        f"plan:{one.id}": one.label + as_printed(one.text, here.dataset)
        for one in here.dataset.plan.paragraphs
    }
    if found := LINE.fullmatch(behind or ahead):
        lines = here.targets.lines_of(found["entry"])
        rows = {f"{found['entry']}.text[{number}]": words for number, words in lines.items()}
    refs = list(rows)
    at = [refs.index(ref) for ref in (behind, ahead) if ref in rows]
    near = refs[max(min(at) - _NEAR, 0) : max(at) + _NEAR] if at else []
    sent = {here.targets.ref_now(entry.ref) for entry in here.origin.entries}
    return unlabelled(row) in (unlabelled(rows[ref]) for ref in near if ref not in sent)


def _row_ref(ref: str) -> str:
    """What goes as a whole with a printed row."""
    if ref.startswith("budget:"):
        return ref.partition(".")[0]
    return ref


def initiative_of(change: ReturnedChange) -> str:
    """The ref of the one initiative that a row is about; empty where it is about others, or about none."""
    names = {ref.partition(".")[0] for entry in change.entries for ref in entry.refs}
    (name,) = names if len(names) == 1 else ("",)
    return name if name.startswith("budget:") else ""
