"""The dataset after what was chosen of a review is taken over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from handouts.dataset.budget import Initiative
from handouts.dataset.derived_ids import free_id, id_of_words
from handouts.dataset.model import Dataset
from handouts.dataset.plan_lines import row_saying, rows_of
from handouts.findings import DataFaults, Finding, Place, Rule
from handouts.review.plan_rows import ReviewedRow, reviewed_plan, rows_of_plan
from handouts.review.proposals import Proposal, entry_names
from handouts.review.shares import TextEdit
from handouts.review.taking import NotTaken, SourceChange, with_values
from handouts.review.takings import (
    LINE,
    PutInInitiative,
    PutInRow,
    Remove,
    Reword,
    SetValue,
    joined_pieces,
    meaning_of_reword,
)
from handouts.review.text_lines import with_new_line, without_line

AT_ODDS = Rule(
    "review.at-odds",
    "「{one}」と「{other}」は、同じ所を別の値にします",
    remedy="どちらかだけを選んでください",
)
NOT_POSSIBLE = Rule(
    "review.not-possible",
    "「{text}」は、データに書けません",
    remedy="取り込まずに、データを直してください",
)


class _LineOrder(NamedTuple):
    """A line of a text that goes, or a row that comes behind it; of several at one place in their order."""

    entry: str
    line: int
    order: int
    row: str | None


@dataclass(frozen=True, slots=True)
class Applied:
    """The dataset with what was taken, and what is to be known of it; the changes are the values that are others."""

    dataset: Dataset
    changes: tuple[SourceChange, ...] = ()
    notes: tuple[Finding, ...] = ()


def apply_proposals(dataset: Dataset, chosen: Sequence[Proposal], place: Place) -> Applied:
    """The dataset with the chosen proposals taken over, all of which are open for it.

    Raises DataFaults where two of them are at odds, or one cannot stand in the data.
    """
    takings = list(dict.fromkeys(one.taking for one in chosen if one.taking))
    rewords = _by_text([one for one in takings if isinstance(one, Reword)], place)
    values = [one.change for one in takings if isinstance(one, SetValue)]
    rows, names = list(rows_of_plan(dataset.plan)), entry_names(dataset)
    notes: list[Finding] = []
    lines: list[_LineOrder] = []
    for reword in rewords:
        meant = meaning_of_reword(reword, place, lambda ref: names.get(ref, ref))
        if meant is None:
            raise DataFaults([NOT_POSSIBLE.at(place, text=reword.targets[0].printed)])
        stored, changes, said = meant
        values += changes
        notes += said
        if reword.targets[0].ref.startswith("plan:"):
            rows = _reworded(rows, reword, stored)
        elif stored != joined_pieces(reword)[0]:
            reworded, orders = _line_changes(reword, stored)
            values += reworded
            lines += orders
    _check_at_odds(values, place)
    rows = _moved_rows(rows, takings)
    dataset = _with_values(dataset, values, place)
    dataset = _with_lines(dataset, [*lines, *_line_orders(dataset, takings)], place)
    plan = reviewed_plan(dataset.plan, rows, dataset.numbering)
    return Applied(
        replace(dataset, plan=plan, initiatives=_initiatives(dataset, takings)), tuple(values), tuple(notes)
    )


def _initiatives(dataset: Dataset, takings: Sequence[object]) -> tuple[Initiative, ...]:
    """The initiatives without those that go, and with those that come, beside one of the same topic."""
    found = list(dataset.initiatives)
    for one in takings:
        if isinstance(one, PutInInitiative):
            at = next((number for number, each in enumerate(found) if each.id == one.beside), len(found) - 1)
            topic = found[at].topic if found else ""
            name = free_id(id_of_words("b", one.name), {each.id for each in found})
            made = {"id": name, "name": one.name, "topic": topic, "amount": one.amount}
            found.insert(at + one.is_behind, Initiative.model_validate(made))
    gone = {one.ref for one in takings if isinstance(one, Remove)}
    return tuple(one for one in found if f"budget:{one.id}" not in gone)


def _by_text(rewords: Iterable[Reword], place: Place) -> list[Reword]:
    """The rewordings with all edits of a text in one, in its order; raises DataFaults where two overlap."""
    found: dict[tuple[str, ...], Reword] = {}
    for one in rewords:
        refs = tuple(target.ref for target in one.targets)
        others = [known for known in found if known != refs and set(known) & set(refs)]
        if others:
            raise DataFaults([AT_ODDS.at(place, one=one.targets[0].printed, other=others[0][0])])
        before = found.get(refs)
        edits = sorted(
            (*(before.edits if before else ()), *one.edits), key=lambda edit: (edit.start, edit.end)
        )
        found[refs] = replace(one, edits=tuple(_apart(edits, place)))
    return list(found.values())


def _apart(edits: Sequence[TextEdit], place: Place) -> Iterable[TextEdit]:
    """The edits, each once; raises DataFaults where two are not the same and overlap."""
    last: TextEdit | None = None
    for edit in edits:
        if edit == last:
            continue
        if last and edit.start < last.end:
            raise DataFaults([AT_ODDS.at(place, one=last.text, other=edit.text)])
        yield edit
        last = edit


def _check_at_odds(values: Iterable[SourceChange], place: Place) -> None:
    said: dict[str, SourceChange] = {}
    for change in values:
        other = said.setdefault(change.ref, change)
        if str(other.value) != str(change.value):
            raise DataFaults([AT_ODDS.at(place, one=other.new, other=change.new)])


def _reworded(rows: Sequence[ReviewedRow], reword: Reword, stored: str) -> list[ReviewedRow]:
    """The rows with those of a rewording: as many as its text has lines, the first with the ids that were there."""
    ids = [target.ref.partition(":")[2] for target in reword.targets]
    texts = stored.split("\n")
    made = []
    for number, text in enumerate(texts):
        if number < len(ids):
            label = reword.labels[number] if number else ""
            is_labelled = text.startswith(label)
            made.append(
                ReviewedRow(ids[number], text.removeprefix(label)) if is_labelled else ReviewedRow("", text)
            )
        else:
            made.append(ReviewedRow("", text))
    at = next(number for number, row in enumerate(rows) if row.id == ids[0])
    kept = [row for row in rows if row.id not in ids]
    at -= sum(1 for row in rows[:at] if row.id in ids)
    return [*kept[:at], *made, *kept[at:]]


def _moved_rows(rows: list[ReviewedRow], takings: Iterable[object]) -> list[ReviewedRow]:
    """The rows without those that go, and with those that come, each behind the last that came to the same place."""
    last: dict[str, int] = defaultdict(int)
    takings = list(takings)
    for one in takings:
        if isinstance(one, PutInRow) and _is_plan(one):
            moved = next((row for row in rows if one.moved and row.id == one.moved.partition(":")[2]), None)
            rows = [row for row in rows if row is not moved]
            anchor = (one.behind or one.ahead).partition(":")[2]
            at = next((number for number, row in enumerate(rows) if row.id == anchor), len(rows) - 1)
            last[anchor] += 1
            at += last[anchor] if one.behind else 0
            rows.insert(at, moved or ReviewedRow("", one.row))
    gone = {
        one.ref.partition(":")[2]
        for one in takings
        if isinstance(one, Remove) and one.ref.startswith("plan:")
    }
    return [row for row in rows if row.id not in gone]


def _is_plan(one: PutInRow) -> bool:
    return (one.behind or one.ahead).startswith("plan:")


def _with_values(dataset: Dataset, values: Iterable[SourceChange], place: Place) -> Dataset:
    for change in values:
        try:
            dataset = with_values(dataset, [change])
        except NotTaken:
            raise DataFaults([NOT_POSSIBLE.at(place, text=change.new)]) from None
    return dataset


def _line_changes(reword: Reword, stored: str) -> tuple[list[SourceChange], list[_LineOrder]]:
    """What changes in the lines of a text: their words, and lines that come behind the last or go."""
    texts = stored.split("\n")
    changes = [
        SourceChange(target.ref, target.printed, text, text.removeprefix(label) if number else text)
        for number, (target, label, text) in enumerate(
            zip(reword.targets, reword.labels, texts, strict=False)
        )
    ]
    orders = []
    if found := LINE.fullmatch(reword.targets[-1].ref):
        new = texts[len(reword.targets) :]
        orders += [
            _LineOrder(found["entry"], int(found["line"]), number, row_saying(row, ()))
            for number, row in enumerate(new)
        ]
    for target in reword.targets[len(texts) :]:
        if found := LINE.fullmatch(target.ref):
            orders.append(_LineOrder(found["entry"], int(found["line"]), 0, None))
    return changes, orders


def _line_orders(dataset: Dataset, takings: Iterable[object]) -> Iterator[_LineOrder]:
    """The lines of what was done that come or go, a moved one with all that stands in it."""
    texts = {f"progress:{entry.id}": entry.text for entry in dataset.entries}
    for order, one in enumerate(takings):
        if isinstance(one, Remove) and (found := LINE.fullmatch(one.ref)):
            yield _LineOrder(found["entry"], int(found["line"]), order, None)
        elif isinstance(one, PutInRow) and (found := LINE.fullmatch(one.behind or one.ahead)):
            row = one.row
            if moved := LINE.fullmatch(one.moved):
                row = rows_of(texts[moved["entry"]])[int(moved["line"]) - 1]
                yield _LineOrder(moved["entry"], int(moved["line"]), order, None)
            yield _LineOrder(found["entry"], int(found["line"]) - (0 if one.behind else 1), order, row)


def _with_lines(dataset: Dataset, orders: Iterable[_LineOrder], place: Place) -> Dataset:
    """The dataset with lines that come or go, from the last of each text to the first, so that numbers stay true."""
    entries = {f"progress:{entry.id}": entry for entry in dataset.entries}
    for one in sorted(orders, key=lambda one: (one.line, one.row is not None, one.order), reverse=True):
        text = entries[one.entry].text
        made = without_line(text, one.line) if one.row is None else with_new_line(text, one.line, one.row)
        if made is None:
            raise DataFaults([NOT_POSSIBLE.at(place, text=one.row or rows_of(text)[one.line - 1])])
        entries[one.entry] = entries[one.entry].model_copy(update={"text": made})
    return replace(dataset, entries=tuple(entries.values()))
