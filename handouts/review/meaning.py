"""What an edit of a printed text means: another text as stored, or another value of a field that the text shows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import get_args

from handouts.dataset.budget import Initiative
from handouts.dataset.entry_values import may_have
from handouts.dataset.fields import Entry
from handouts.dataset.figures import parse_yen
from handouts.dataset.kpis import Kpi, Population, RelativeTarget
from handouts.dataset.typed_text import in_one_width
from handouts.findings import Finding, Place, Rule
from handouts.measures.filling import Segment
from handouts.measures.placeholders import Reference, escaped, references
from handouts.review.taking import SourceChange

COMPUTED = Rule(
    "review.computed",
    "「{old}」は計算した値なので、「{new}」には書き換えられません",
    remedy="もとになる値を直してください: {source}",
    severity="warning",
)
REPEATED = Rule(
    "review.repeated",
    "「{old}」は、ほかの所に書いた文の再掲です",
    remedy="もとの文（{source}）を直すと、ここも変わります",
    severity="warning",
)
AS_TEXT = Rule(
    "review.as-text",
    "「{old}」は{source}の値から作った文ですが、「{new}」は値として読めません",
    remedy="取り込むと、ここだけがふつうの文になり、値が変わっても変わりません",
    severity="warning",
)
OWN_SENTENCE = Rule(
    "review.own-sentence",
    "この文は、{source}の名称と目標から作っています",
    remedy="取り込むと、この文だけのものになり、名称や目標を変えても変わりません",
    severity="warning",
)
_COMPUTED_FIELDS = frozenset({"before", "actual"})
_RELATIVE = frozenset(get_args(RelativeTarget))
_TARGET_FIELDS = frozenset({"target", "unit", "bound"})
_BOUNDS = re.compile("(以上|以下|以内)")
_MODELS: dict[str, type[Entry]] = {"kpi": Kpi, "budget": Initiative, "population": Population}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an edited text says: the text as it would be stored, the values that change, and what cannot be taken so."""

    stored: str
    changes: tuple[SourceChange, ...] = ()
    notes: tuple[Finding, ...] = ()


@dataclass(slots=True)
class _Reader:
    """Reads the edited pieces of one text."""

    stored: str
    place: Place
    called: Callable[[str], str]
    changes: list[SourceChange] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)

    def text_of(self, pieces: Sequence[Segment], shares: Sequence[str]) -> str:
        """What would be stored for the pieces of one placeholder, or of plain text."""
        first, new = pieces[0], "".join(shares)
        old = "".join(piece.text for piece in pieces)
        as_stored = self.stored[first.start : pieces[-1].end]
        if old == new:
            return as_stored
        if first.reference is None:
            return escaped(new)
        if not new:
            return ""
        return self._placeholder(first.reference, pieces, shares, as_stored, (old, new))

    def _placeholder(
        self,
        reference: Reference,
        pieces: Sequence[Segment],
        shares: Sequence[str],
        as_stored: str,
        texts: tuple[str, str],
    ) -> str:
        old, new = texts
        if reference.kind in ("plan", "progress"):
            self._note(REPEATED, old, new, reference)
            return as_stored
        computed = [
            (piece.text, share)
            for piece, share in zip(pieces, shares, strict=True)
            if piece.field in _COMPUTED_FIELDS and piece.text != share
        ]
        for before, after in computed:
            self._note(COMPUTED, before, after, reference)
        if computed:
            return as_stored
        found = list(_values(reference, pieces, shares))
        if None in found and reference.kind == "kpi" and not reference.field and _is_one_line(new):
            found = [SourceChange(f"kpi:{reference.id}.sentence", old, new, new)]
            self._note(OWN_SENTENCE, old, new, reference)
        if None in found:
            self._note(AS_TEXT, old, new, reference)
            return escaped(new)
        self.changes += [change for change in found if change is not None]
        return as_stored

    def _note(self, rule: Rule, old: str, new: str, reference: Reference) -> None:
        self.notes.append(
            rule.at(self.place, old=old, new=new, source=self.called(f"{reference.kind}:{reference.id}"))
        )


def meaning_of(
    stored: str,
    pieces: Sequence[Segment],
    shares: Sequence[str],
    place: Place,
    called: Callable[[str], str] = str,
) -> Meaning:
    """What the edited `pieces` of a stored text mean; `shares` is what each of them says now.

    A figure that can be read is a change of the field that it comes from; what is not a value of it becomes plain text,
    which is said. `place` is where the text was entered, `called` what people call the entry of a ref.
    """
    reader = _Reader(stored, place, called)
    pairs = zip(pieces, shares, strict=True)
    texts = [
        reader.text_of(*map(list, zip(*group, strict=True)))
        for _, group in groupby(pairs, key=lambda pair: pair[0].reference)
    ]
    meant = "".join(texts)
    kept = [text for text in texts if references(text)]
    if [str(one) for one in references(meant)] == kept:
        return Meaning(meant, tuple(reader.changes), tuple(reader.notes))
    # Pieces that make or unmake a placeholder together, as a backslash before one does.
    old, new = "".join(piece.text for piece in pieces), "".join(shares)
    return Meaning(escaped(new), (), (AS_TEXT.at(place, old=old, new=new, source=", ".join(kept)),))


def _values(
    reference: Reference, pieces: Sequence[Segment], shares: Sequence[str]
) -> Iterator[SourceChange | None]:
    """The changes of the fields that a placeholder shows; None for a text that is no value of its field."""
    if reference.kind == "budget" and not reference.field:
        yield _amount(reference, pieces, shares)
        return
    said = dict(_moved_bound(pieces, shares))
    aim = {piece: share for piece, share in said.items() if piece.field in _TARGET_FIELDS}
    words = in_one_width("".join(aim.values()))
    if any(piece.text != share for piece, share in aim.items()) and words in _RELATIVE:
        # Measured against the year before instead of a number: the number's unit and bound are in the words.
        old = "".join(piece.text for piece in aim)
        yield SourceChange(f"kpi:{reference.id}.target", old, words, words)
        said |= {piece: piece.text for piece in aim}
    for piece, share in said.items():
        if piece.text == share:
            continue
        if piece.field == "":
            yield None
        elif piece.field != "sentence":
            yield _value(reference, piece, share)
    if any(piece.field == "sentence" and piece.text != share for piece, share in said.items()):
        yield _sentence(reference, said)


def _is_one_line(text: str) -> bool:
    """Whether a text can be the own sentence of a KPI."""
    return not re.search(r"[{}\n]", text)


def _moved_bound(pieces: Sequence[Segment], shares: Sequence[str]) -> Iterator[tuple[Segment, str]]:
    """The pieces with what they say; a bound that somebody wrote behind a target without one is a piece of its own."""
    has_bound = any(piece.field == "bound" for piece in pieces)
    before = ""
    for piece, share in zip(pieces, shares, strict=True):
        is_behind = before in ("target", "unit") and piece.field == "sentence"
        bound = _BOUNDS.match(share) if is_behind and not has_bound else None
        if bound and not _BOUNDS.match(piece.text):
            yield Segment("", piece.start, piece.end, piece.reference, "bound"), bound[1]
            share = share[bound.end() :]
        yield piece, share
        before = piece.field


def _value(reference: Reference, piece: Segment, share: str) -> SourceChange | None:
    if "\n" in share:
        return None
    model = _MODELS[reference.kind]
    text = in_one_width(share) if piece.field not in ("name", "item", "group") else share.strip()
    if piece.field == "bound" and not text:
        text = "とする"
    if not may_have(model, piece.field, text):
        return None
    return SourceChange(f"{reference.kind}:{reference.id}.{piece.field}", piece.text, share, text)


def _amount(reference: Reference, pieces: Sequence[Segment], shares: Sequence[str]) -> SourceChange | None:
    """An amount of whole thousands of yen, in any unit that it may be typed in, 1,360万円 as well."""
    old, new = "".join(piece.text for piece in pieces), "".join(shares)
    try:
        yen = parse_yen(new)
    except ValueError:
        return None
    if yen < 0 or yen % 1000 or "\n" in new or not new.rstrip().endswith("円"):
        return None
    return SourceChange(f"budget:{reference.id}.amount", old, new, yen)


def _sentence(reference: Reference, said: dict[Segment, str]) -> SourceChange | None:
    """The own sentence of a KPI that was reworded around its name and target."""
    if not _is_one_line("".join(said.values())):
        return None
    pattern = ""
    for piece, share in said.items():
        pattern += share if piece.field == "sentence" else _pattern_of(piece.field)
    pattern = pattern.replace("{target}{target}", "{target}").replace("{target}{target}", "{target}")
    old = "".join(piece.text for piece in said)
    return SourceChange(f"kpi:{reference.id}.sentence", old, "".join(said.values()), pattern)


def _pattern_of(name: str) -> str:
    return "{target}" if name in _TARGET_FIELDS else f"{{{name}}}"
