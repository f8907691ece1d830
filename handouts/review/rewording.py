"""Texts in other words, paragraphs split and joined, and cells with other values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handouts.dataset.labels import recognise
from handouts.dataset.typed_text import bare
from handouts.findings import Place
from handouts.review.answers import CHANGED_SINCE, GONE_SINCE, LABEL, NO_VALUE
from handouts.review.belongings import still_needed
from handouts.review.cell_values import value_said
from handouts.review.meaning import COMPUTED
from handouts.review.proposals import Proposal, Standpoint
from handouts.review.rebasing import rebase_all
from handouts.review.returned import ReturnedChange
from handouts.review.shares import TextEdit, edited_text
from handouts.review.taking import NotTaken, SourceChange, with_values
from handouts.review.takings import LINE, Reword, SetValue, meaning_of_reword, stored_of
from handouts.review.targets import Target, TextTarget, ValueTarget, as_printed, unlabelled


def reworded(here: Standpoint, change: ReturnedChange) -> Proposal:
    """A text in other words, a paragraph split, or several joined."""
    targets = [here.targets.of(entry) for entry in change.entries]
    edits = _behind_labels(change)
    first = change.entries[0]
    if edits is None:
        return here.said(change, "answered", LABEL)
    if _stand_so(here, change):
        return Proposal(change, "done", here.place(first))
    if None in targets or len(targets) != len(change.before):
        return here.said(change, "conflict", GONE_SINCE)
    found = [target for target in targets if target is not None]
    base = _joined(change, [entry.words for entry in change.entries])
    now = _joined(change, [target.printed for target in found])
    everything = _behind_labels(replace(change, edits=change.all_edits or change.edits))
    if everything and _lines(edited_text(base, everything)) == _lines(now):
        return Proposal(change, "done", here.place(first))
    outcome, left = rebase_all(edits, base, now)
    if outcome == "conflict":
        new = edited_text(base, edits)
        if _is_value_now(here, found[0], new):
            return Proposal(change, "done", here.place(first))
        return here.said(change, "conflict", CHANGED_SINCE, old=base, now=now, new=new)
    if outcome == "done":
        return Proposal(change, "done", here.place(first))
    if any(isinstance(target, ValueTarget) for target in found) and (len(found) > 1 or len(change.after) > 1):
        return here.no_place(change)
    if isinstance(found[0], ValueTarget):
        return _value(here, change, found[0], left)
    return _text(here, change, found, left)


def _lines(text: str) -> list[str]:
    """The lines of a text, whatever their blanks."""
    return list(map(bare, text.split("\n")))


def _stand_so(here: Standpoint, change: ReturnedChange) -> bool:
    """Whether what was split or joined stands in the data as it came back."""
    if change.kind == "text":
        return False
    wanted = [unlabelled(text) for text in change.after]
    if found := LINE.fullmatch(change.entries[0].ref):
        words = [unlabelled(text) for text in here.targets.lines_of(found["entry"]).values()]
        return any(words[at : at + len(wanted)] == wanted for at in range(len(words)))
    ids = [entry.ref.partition(":")[2] for entry in change.entries]
    paragraphs = here.dataset.plan.paragraphs
    at = next((number for number, one in enumerate(paragraphs) if one.id == ids[0]), None)
    if at is None:
        return False
    there = paragraphs[at : at + len(change.after)]
    gone = set(ids[len(change.after) :]) & {one.id for one in paragraphs}
    words = [unlabelled(one.label + as_printed(one.text, here.dataset)) for one in there]
    return not gone and words == wanted


def _is_value_now(here: Standpoint, target: Target, new: str) -> bool:
    """Whether a cell has the value already that somebody wrote in other words, 290万円 for 2,900千円."""
    if not isinstance(target, ValueTarget):
        return False
    value = value_said(target.ref, target.value, new)
    try:
        said = with_values(here.dataset, [SourceChange(target.ref, target.printed, new, value)])
    except NotTaken:
        return False
    return value is not None and said == here.dataset


def _value(
    here: Standpoint, change: ReturnedChange, target: ValueTarget, edits: Sequence[TextEdit]
) -> Proposal:
    new = edited_text(target.printed, edits)
    value = value_said(target.ref, target.value, new)
    taken = SourceChange(target.ref, target.printed, new, value)
    try:
        if value is None:
            raise NotTaken(new)
        changed = with_values(here.dataset, [taken])
    except NotTaken:
        return here.said(change, "answered", NO_VALUE, old=target.printed, new=new)
    place = here.place(change.entries[0])
    if changed == here.dataset:
        return Proposal(change, "done", place)
    return Proposal(change, "open", place, SetValue(taken), (taken,))


def _text(
    here: Standpoint, change: ReturnedChange, targets: Sequence[Target], edits: Sequence[TextEdit]
) -> Proposal:
    texts = tuple(target for target in targets if isinstance(target, TextTarget))
    place = here.place(change.entries[0])
    labels = tuple(entry.label for entry in change.entries)
    taking = Reword(texts, labels, tuple(edits))
    meant = meaning_of_reword(taking, Place(here.file, printed=place), here.called)
    # A caption that is nothing but its label has no words to be joined with others.
    if meant is None or (len(texts) > 1 and not all(target.printed for target in texts)):
        return here.no_place(change)
    stored, changes, notes = meant
    if not all(line.strip() for line in stored.split("\n") if texts[0].stored):
        return here.no_place(change)
    for target in texts[stored.count("\n") + 1 :]:
        if needed := still_needed(here, change, target.ref):
            return needed
    try:
        with_values(here.dataset, changes)
    except NotTaken:
        old, new = "\n".join(change.before), "\n".join(change.after)
        return here.said(change, "answered", NO_VALUE, old=old, new=new)
    is_computed = any(note.rule is COMPUTED for note in notes)
    if stored == stored_of(taking) and not changes:
        return Proposal(change, "answered" if notes else "done", place, notes=notes)
    return Proposal(change, "answered" if is_computed else "open", place, taking, changes, notes)


def _joined(change: ReturnedChange, words: Sequence[str]) -> str:
    """The words of the paragraphs as `joined_pieces` has them."""
    first, *others = words
    labels = [entry.label for entry in change.entries[1:]]
    return first + "".join(f"\n{label}{text}" for label, text in zip(labels, others, strict=False))


def _behind_labels(change: ReturnedChange) -> tuple[TextEdit, ...] | None:
    """The edits counted from behind the first label; None where one changes nothing but the label.

    Where the label was written anew with the words, the words are taken.
    """
    label = change.entries[0].label
    found = []
    for edit in change.edits:
        if edit.start >= len(label):
            found.append(TextEdit(edit.start - len(label), edit.end - len(label), edit.text))
            continue
        if edit.end <= len(label) and label:
            return None
        text = label[: edit.start] + edit.text
        typed = recognise(text)
        words = text.removeprefix(label if text.startswith(label) else typed.text if typed else "")
        found.append(TextEdit(0, edit.end - len(label), words))
    return tuple(found)
