"""What a returned file proposes for the dataset: what each change would mean there, or why it cannot be taken."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, TypeAlias

from handouts.dataset.figures import parse_yen
from handouts.dataset.labels import STANDALONE, recognise
from handouts.dataset.model import Dataset
from handouts.dataset.progress_text import read_progress_text
from handouts.dataset.typed_text import bare
from handouts.findings import Finding, Place, Rule
from handouts.measures.filling import Segment, expand
from handouts.measures.placeholders import escaped, references
from handouts.measures.printed_places import printed_place, printed_places
from handouts.origin import Origin, OriginEntry
from handouts.review.belongings import belongings
from handouts.review.cell_values import value_said
from handouts.review.meaning import COMPUTED, meaning_of
from handouts.review.rebasing import rebase_all
from handouts.review.returned import ReturnedChange
from handouts.review.shares import TextEdit, edited_text, share_out
from handouts.review.taking import NotTaken, SourceChange, with_values
from handouts.review.targets import Target, Targets, TextTarget, ValueTarget

State = Literal["open", "done", "conflict", "answered", "unplaced"]
"""open: can be taken. done: is in the dataset already. conflict: something else stands there now. answered: nothing to
take, for a reason that is said. unplaced: nobody knows where it belongs."""

NOT_SENT = Rule(
    "review.not-sent",
    "どこから来た文か、分かりません",
    remedy="必要なら、データに書いてください",
)
OTHER_SIDE = Rule(
    "review.other-side",
    "{side}のものなので、このデータでは直せません",
    remedy="{side}のデータの誤りなら、そちらを直してください",
    severity="warning",
)
WORDING = Rule(
    "review.wording",
    "様式の言葉で、データにはありません",
    remedy="いつも変えるなら、テンプレートを直してください",
    severity="warning",
)
LABEL = Rule(
    "review.label",
    "番号は、並びから付けています",
    remedy="段落を動かすと、番号も変わります",
    severity="warning",
)
NO_VALUE = Rule(
    "review.no-value",
    "「{new}」は、「{old}」のところの値として読めません",
    remedy="データの値を直してください",
)
NO_PLACE = Rule(
    "review.no-place",
    "ここでは、足すことも消すこともできません",
    remedy="必要なら、データに書いてください",
)
CHANGED_SINCE = Rule(
    "review.changed-since",
    "送った後に、データが変わっています: 送ったとき「{old}」、今「{now}」、戻ってきた文「{new}」",
    remedy="どちらにするか決めて、データに書いてください",
)
GONE_SINCE = Rule(
    "review.gone-since",
    "送ったときの文が、今のデータにありません",
    remedy="どうするか決めて、データに書いてください",
)
LEFT_BEHIND = Rule(
    "review.left-behind",
    "この段落には{what}が付いているので、消せません",
    remedy="先に、ほかの段落に付けるか、消してください",
)
STILL_REPEATED = Rule(
    "review.still-repeated",
    "この文は{where}で再掲しているので、消せません",
    remedy="先に、再掲しているところをデータで直してください",
)
_SIDES = {"last-year": "前年度", "earlier": "前の版"}
_LINE = re.compile(r"(?P<entry>progress:[^.\[]+)\.text\[\d+\]")
# So many rows that came with others at the same place stand between a row and what it stood next to.
_NEAR = 20
# Name and amount.
_CELLS = 2


@dataclass(frozen=True, slots=True)
class Reword:
    """Edits of what is printed now of paragraphs of the plan, joined by line feeds; or of one other text."""

    targets: tuple[TextTarget, ...]
    labels: tuple[str, ...]
    edits: tuple[TextEdit, ...]


@dataclass(frozen=True, slots=True)
class SetValue:
    """Another value at one place."""

    change: SourceChange


@dataclass(frozen=True, slots=True)
class Remove:
    """A paragraph, a line of a text or an initiative that goes."""

    ref: str


@dataclass(frozen=True, slots=True)
class PutInRow:
    """A paragraph or a line behind another one, or before it where none stands behind; `moved` is where it was."""

    row: str
    behind: str
    ahead: str
    moved: str = ""


@dataclass(frozen=True, slots=True)
class PutInInitiative:
    """An initiative of whole yen behind another one, or before it where none stands behind; it has its topic."""

    name: str
    amount: int | None
    beside: str
    is_behind: bool


Taking: TypeAlias = Reword | SetValue | Remove | PutInRow | PutInInitiative


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change of a returned file with what it means for the dataset as it is now, and where it is printed.

    `changes` are the values that would change, `notes` what is to be known, `taking` what is done when it is taken.
    `at_odds` are the numbers of those that want something else of the same place.
    """

    change: ReturnedChange
    state: State
    place: str = ""
    taking: Taking | None = None
    changes: tuple[SourceChange, ...] = ()
    notes: tuple[Finding, ...] = ()
    at_odds: tuple[int, ...] = ()


class Proposer:
    """Says what the changes of one file mean for one dataset."""

    def __init__(self, file: str, origin: Origin, dataset: Dataset) -> None:
        self._file, self._origin, self._dataset = file, origin, dataset
        self._targets = Targets(dataset, origin.entries)

    def proposal(self, change: ReturnedChange) -> Proposal:
        """What one change means."""
        if change.kind == "inserted":
            return self._inserted(change)
        if not change.entries:
            return self._said(change, "unplaced", NOT_SENT)
        if change.kind == "deleted" and change.row and (initiative := _initiative_of(change)):
            return self._removed(change, initiative)
        for entry in change.entries:
            if answer := self._answer(change, entry):
                return answer
        if change.kind == "deleted":
            return self._deleted(change)
        if change.kind == "moved":
            return self._moved(change)
        return self._reworded(change)

    @cached_property
    def _places(self) -> dict[str, str]:
        return dict(printed_places(self._dataset))

    def _place(self, entry: OriginEntry | None) -> str:
        return printed_place(entry.ref, self._places) if entry else ""

    def _said(self, change: ReturnedChange, state: State, rule: Rule, **values: str) -> Proposal:
        """A proposal that cannot be taken as it is, and why."""
        entry = next(iter(change.entries), None) or change.behind or change.ahead
        place = self._place(entry)
        return Proposal(
            change, state, place, notes=(rule.at(Place(self._file, printed=place), "", None, **values),)
        )

    def _answer(self, change: ReturnedChange, entry: OriginEntry) -> Proposal | None:
        """Why what stands there is not a thing of this dataset; None where it is one."""
        old, new = entry.text, "\n".join(change.after)
        if entry.role in _SIDES:
            return self._said(change, "answered", OTHER_SIDE, side=_SIDES[entry.role])
        if entry.role == "computed":
            source = "、".join(dict.fromkeys(self._called(ref) for ref in entry.refs[:6])) or "ほかの値"
            return self._said(change, "answered", COMPUTED, old=old, new=new, source=source)
        if not entry.refs or (entry.role == "generated" and entry.ref.startswith("dataset:")):
            rule = NOT_SENT if entry.role == "unknown" else WORDING
            state: State = "unplaced" if rule is NOT_SENT else "answered"
            return self._said(change, state, rule)
        return None

    def _called(self, ref: str) -> str:
        """What people call a place: the name of the entry, or where it is printed."""
        name = re.split(r"[.\[]", ref)[0]
        return self._names.get(name) or printed_place(ref, self._places) or ref

    @cached_property
    def _names(self) -> dict[str, str]:
        """What people call KPIs, initiatives and those for whom check-ups are meant, by their refs."""
        data = self._dataset
        return {
            **{f"kpi:{one.id}": f"KPI「{one.name}」" for one in data.kpis},
            **{f"budget:{one.id}": f"取組「{one.name}」" for one in data.initiatives},
            **{f"population:{one.id}": f"対象者「{one.group} {one.item}」" for one in data.populations},
        }

    def _reworded(self, change: ReturnedChange) -> Proposal:
        """A text in other words, a paragraph split, or several joined."""
        targets = [self._targets.of(entry) for entry in change.entries]
        edits = _behind_labels(change)
        first = change.entries[0]
        if edits is None:
            return self._said(change, "answered", LABEL)
        if self._stand_so(change):
            return Proposal(change, "done", self._place(first))
        if None in targets or len(targets) != len(change.before):
            return self._said(change, "conflict", GONE_SINCE)
        found = [target for target in targets if target is not None]
        base = _joined(change, [entry.words for entry in change.entries])
        now = _joined(change, [target.printed for target in found])
        everything = _behind_labels(replace(change, edits=change.all_edits or change.edits))
        if everything and edited_text(base, everything) == now:
            return Proposal(change, "done", self._place(first))
        outcome, here = rebase_all(edits, base, now)
        if outcome == "conflict":
            new = edited_text(base, edits)
            return self._said(change, "conflict", CHANGED_SINCE, old=base, now=now, new=new)
        if outcome == "done":
            return Proposal(change, "done", self._place(first))
        if isinstance(found[0], ValueTarget):
            return self._value(change, found[0], here)
        return self._text(change, found, here)

    def _stand_so(self, change: ReturnedChange) -> bool:
        """Whether what was split or joined stands in the data as it came back."""
        if change.kind == "text":
            return False
        wanted = [_unlabelled(text) for text in change.after]
        if found := _LINE.fullmatch(change.entries[0].ref):
            words = [_unlabelled(text) for text in self._targets.lines_of(found["entry"]).values()]
            return any(words[at : at + len(wanted)] == wanted for at in range(len(words)))
        ids = [entry.ref.partition(":")[2] for entry in change.entries]
        paragraphs = self._dataset.plan.paragraphs
        at = next((number for number, one in enumerate(paragraphs) if one.id == ids[0]), None)
        if at is None:
            return False
        there = paragraphs[at : at + len(change.after)]
        gone = set(ids[len(change.after) :]) & {one.id for one in paragraphs}
        words = [_unlabelled(one.label + expand(one.text, self._dataset)) for one in there]
        return not gone and words == wanted

    def _value(self, change: ReturnedChange, target: ValueTarget, edits: Sequence[TextEdit]) -> Proposal:
        new = edited_text(target.printed, edits)
        value = value_said(target.ref, target.value, new)
        taken = SourceChange(target.ref, target.printed, new, value)
        try:
            if value is None:
                raise NotTaken(new)
            changed = with_values(self._dataset, [taken])
        except NotTaken:
            return self._said(change, "answered", NO_VALUE, old=target.printed, new=new)
        place = self._place(change.entries[0])
        if changed == self._dataset:
            return Proposal(change, "done", place)
        return Proposal(change, "open", place, SetValue(taken), (taken,))

    def _text(self, change: ReturnedChange, targets: Sequence[Target], edits: Sequence[TextEdit]) -> Proposal:
        texts = tuple(target for target in targets if isinstance(target, TextTarget))
        place = self._place(change.entries[0])
        labels = tuple(entry.label for entry in change.entries)
        taking = Reword(texts, labels, tuple(edits))
        meant = meaning_of_reword(taking, Place(self._file, printed=place), self._called)
        if meant is None:
            return self._said(change, "unplaced", NO_PLACE)
        stored, changes, notes = meant
        if not all(line.strip() for line in stored.split("\n") if texts[0].stored):
            return self._said(change, "unplaced", NO_PLACE)
        for target in texts[stored.count("\n") + 1 :]:
            if needed := self._still_needed(change, target.ref):
                return needed
        try:
            with_values(self._dataset, changes)
        except NotTaken:
            old, new = "\n".join(change.before), "\n".join(change.after)
            return self._said(change, "answered", NO_VALUE, old=old, new=new)
        is_computed = any(note.rule is COMPUTED for note in notes)
        if stored == stored_of(taking) and not changes:
            return Proposal(change, "answered" if notes else "done", place, notes=notes)
        return Proposal(change, "answered" if is_computed else "open", place, taking, changes, notes)

    def _removed(self, change: ReturnedChange, ref: str) -> Proposal:
        """The row of an initiative that goes, whatever is computed in it."""
        place = self._place(change.entries[0])
        is_there = any(f"budget:{one.id}" == ref for one in self._dataset.initiatives)
        return Proposal(change, "open", place, Remove(ref)) if is_there else Proposal(change, "done", place)

    def _deleted(self, change: ReturnedChange) -> Proposal:
        """A paragraph or a line that goes; of another text what stands in it."""
        entry = change.entries[0]
        place = self._place(entry)
        if not (entry.ref.startswith("plan:") or _LINE.fullmatch(entry.ref)) or len(change.entries) > 1:
            emptied = TextEdit(0, len(entry.text), "")
            return self._reworded(replace(change, kind="text", edits=(emptied,), all_edits=(emptied,)))
        ref = self._targets.ref_now(entry.ref)
        target = self._targets.of(entry) if ref else None
        if ref is None or target is None:
            return Proposal(change, "done", place)
        if target.printed != entry.words:
            old = "\n".join(change.before)
            return self._said(change, "conflict", CHANGED_SINCE, old=old, now=target.printed, new="")
        return self._still_needed(change, ref) or Proposal(change, "open", place, Remove(ref))

    def _still_needed(self, change: ReturnedChange, ref: str) -> Proposal | None:
        """Why a paragraph or line cannot go; None where nothing else needs it."""
        if where := self._repeated_at(ref):
            return self._said(change, "answered", STILL_REPEATED, where=where)
        kind, _, name = ref.partition(":")
        found = list(dict.fromkeys(belongings(self._dataset, name))) if kind == "plan" else []
        return self._said(change, "answered", LEFT_BEHIND, what="、".join(found)) if found else None

    def _repeated_at(self, ref: str) -> str:
        """Where a text is printed again; empty where it is not."""
        name = f"plan:{ref.partition(':')[2]}"
        if _LINE.fullmatch(ref):
            entry, number = ref.partition(".")[0], int(ref.rpartition("[")[2].rstrip("]"))
            text = next(one.text for one in self._dataset.entries if f"progress:{one.id}" == entry)
            line = next((one for one in read_progress_text(text).lines if one.number == number), None)
            name = f"progress:{line.id}" if line and line.id else ""
        texts = [(f"plan:{one.id}", one.text) for one in self._dataset.plan.paragraphs]
        texts += [(f"progress:{one.id}", one.text) for one in self._dataset.entries]
        for where, text in texts:
            if name and any(f"{one.kind}:{one.id}" == name for one in references(text)):
                return printed_place(where, self._places) or "ほか"
        return ""

    def _inserted(self, change: ReturnedChange) -> Proposal:
        row = "".join(change.after)
        beside = change.behind or change.ahead
        if beside and beside.role in _SIDES:
            return self._said(change, "answered", OTHER_SIDE, side=_SIDES[beside.role])
        behind, ahead = (self._own_row(entry) for entry in (change.behind, change.ahead))
        place = self._place(beside)
        if change.row:
            return self._new_initiative(change)
        label = recognise(row)
        if (
            not (behind or ahead)
            or "\n" in row
            or (label and label.family not in STANDALONE and label.text.strip() == row.strip())
        ):
            return self._said(change, "unplaced", NO_PLACE)
        if self._stands_there(row, behind, ahead):
            return Proposal(change, "done", place)
        return Proposal(change, "open", place, PutInRow(escaped(row), behind, ahead))

    def _new_initiative(self, change: ReturnedChange) -> Proposal:
        beside = change.behind or change.ahead
        if beside is None or not beside.ref.startswith("budget:") or len(change.after) != _CELLS:
            return self._said(change, "unplaced", NO_PLACE)
        name, amount = (text.strip() for text in change.after)
        place = self._place(beside)
        try:
            yen = parse_yen(amount if amount.endswith("円") else f"{amount}千円") if amount else None
        except ValueError:
            return self._said(change, "answered", NO_VALUE, old="予算", new=amount)
        name = name.removeprefix("（新）")
        if any(bare(one.name) == bare(name) for one in self._dataset.initiatives):
            return Proposal(change, "done", place)
        ref = _row_ref(beside.ref)
        taking = PutInInitiative(name, yen, ref.partition(":")[2], beside is change.behind)
        return Proposal(change, "open", place, taking)

    def _moved(self, change: ReturnedChange) -> Proposal:
        behind, ahead = (self._own_row(entry) for entry in (change.behind, change.ahead))
        ref = self._own_row(change.entries[0])
        kinds = {one.partition(":")[0] for one in (behind, ahead, ref) if one}
        place = self._place(change.entries[0])
        if not ref or not (behind or ahead) or len(kinds) != 1:
            return self._said(change, "unplaced", NO_PLACE)
        if self._stands_behind(ref, behind, ahead):
            return Proposal(change, "done", place)
        return Proposal(change, "open", place, PutInRow("", behind, ahead, moved=ref))

    def _stands_behind(self, ref: str, behind: str, ahead: str) -> bool:
        """Whether a paragraph or line stands where it was moved to already."""
        refs = [f"plan:{paragraph.id}" for paragraph in self._dataset.plan.paragraphs]
        if found := _LINE.fullmatch(ref):
            refs = [f"{found['entry']}.text[{number}]" for number in self._targets.lines_of(found["entry"])]
        sent = {self._targets.ref_now(entry.ref) for entry in self._origin.entries}
        known = [one for one in refs if one in sent]
        at = known.index(ref)
        return known[at - 1 : at] == [behind] if behind else known[at + 1 : at + 2] == [ahead]

    def _own_row(self, entry: OriginEntry | None) -> str:
        """The ref of a paragraph of this year, or of a line, next to which something new can stand; else nothing."""
        if entry is None or entry.role not in ("own", "generated"):
            return ""
        if entry.ref.startswith("plan:"):
            ids = {f"plan:{paragraph.id}" for paragraph in self._dataset.plan.paragraphs}
            return entry.ref if entry.ref in ids else ""
        return (self._targets.ref_now(entry.ref) or "") if _LINE.fullmatch(entry.ref) else ""

    def _stands_there(self, row: str, behind: str, ahead: str) -> bool:
        """Whether the row is in the dataset already, near to where it would be put in."""
        refs = [f"plan:{paragraph.id}" for paragraph in self._dataset.plan.paragraphs]
        words = [one.label + expand(one.text, self._dataset) for one in self._dataset.plan.paragraphs]
        if found := _LINE.fullmatch(behind or ahead):
            lines = self._targets.lines_of(found["entry"])
            refs, words = [f"{found['entry']}.text[{number}]" for number in lines], list(lines.values())
        at = [refs.index(ref) for ref in (behind, ahead) if ref in refs]
        near = words[max(min(at) - _NEAR, 0) : max(at) + _NEAR] if at else []
        return _unlabelled(row) in map(_unlabelled, near)


def meaning_of_reword(
    taking: Reword, place: Place, called: Callable[[str], str] = str
) -> tuple[str, tuple[SourceChange, ...], tuple[Finding, ...]] | None:
    """What is stored after a rewording, joined as before, the values that change, and what is to be known of it.

    `called` says what people call the entry of a ref. None where a text that is neither paragraph nor line would be split,
    or joined with another.
    """
    stored, pieces = joined_pieces(taking)
    shares = share_out(pieces, taking.edits)
    meaning = meaning_of(stored, pieces, shares, place, called)
    lines = [_LINE.fullmatch(target.ref) for target in taking.targets]
    is_plan = all(target.ref.startswith("plan:") for target in taking.targets)
    is_text = all(lines) and len({line["entry"] for line in lines if line}) == 1
    if not (is_plan or is_text) and (len(taking.targets) > 1 or "\n" in meaning.stored):
        return None
    if not stored and meaning.stored:  # the sentence of a KPI is nowhere but in its fields
        return None
    return meaning.stored, meaning.changes, meaning.notes


def stored_of(taking: Reword) -> str:
    """What is stored before a rewording."""
    return joined_pieces(taking)[0]


def joined_pieces(taking: Reword) -> tuple[str, tuple[Segment, ...]]:
    """The texts of a rewording as one, a line feed and the label of the next between any two, and its pieces."""
    stored, pieces = "", []
    for number, (target, label) in enumerate(zip(taking.targets, taking.labels, strict=True)):
        if number:
            between = f"\n{label}"
            pieces.append(Segment(between, len(stored), len(stored) + len(between)))
            stored += between
        at = len(stored)
        pieces += [
            Segment(one.text, one.start + at, one.end + at, one.reference, one.field) for one in target.pieces
        ]
        stored += target.stored
    return stored, tuple(pieces)


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


def _unlabelled(text: str) -> str:
    """The words of a paragraph without its label, for comparing."""
    label = recognise(text)
    return bare(text.removeprefix(label.text) if label else text)


def _row_ref(ref: str) -> str:
    """What goes as a whole with a printed row."""
    if ref.startswith("budget:"):
        return ref.partition(".")[0]
    return ref


def _initiative_of(change: ReturnedChange) -> str:
    """The ref of the one initiative that a row is about; empty where it is about others, or about none."""
    names = {ref.partition(".")[0] for entry in change.entries for ref in entry.refs}
    (name,) = names if len(names) == 1 else ("",)
    return name if name.startswith("budget:") else ""
