"""What differs between two datasets, as revisions at their printed places: plan, budget, KPIs, populations."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from handouts.comparison import Span, mark
from handouts.compose.changes import ParagraphChange
from handouts.compose.kpi_list import in_order_of_plan, list_name, target_or_sentence
from handouts.compose.revision_table import ADDED, CHANGED, DROPPED, MOVED, NEW, Revision, RevisionPart
from handouts.dataset.budget import BudgetField, Initiative
from handouts.dataset.kpis import Kpi, Population
from handouts.dataset.model import Dataset
from handouts.dataset.outline import is_pillar
from handouts.dataset.plan import Kind, Paragraph
from handouts.dataset.typed_text import bare
from handouts.measures.continued import continued_initiatives
from handouts.measures.printed_places import printed_places
from handouts.measures.wording import eligible_parts, joined, population_parts, thousand_yen

BUDGET, KPIS, POPULATIONS = "取組と予算額", "KPI", "対象者"
_NUMBERED = (Kind.HEADING, Kind.ITEM)


class _Named(Protocol):
    @property
    def id(self) -> str: ...


_Entry = TypeVar("_Entry", bound=_Named)


def revisions_of_datasets(
    old: Dataset, new: Dataset, changes: Sequence[ParagraphChange]
) -> tuple[RevisionPart, ...]:
    """Everything that is printed of both, pillar by pillar of the new plan, then the lists; `changes` are those of the plans.

    Parts without any entry are left out.
    """
    both = _Both(old, new, printed_places(old), printed_places(new))
    lists = (
        RevisionPart(BUDGET, tuple(_budget(both))),
        RevisionPart(KPIS, tuple(_kpis(both))),
        RevisionPart(POPULATIONS, tuple(_populations(both))),
    )
    return tuple(part for part in (*_plan(both, changes), *lists) if part.revisions)


@dataclass(frozen=True, slots=True)
class _Both:
    """Two datasets with the printed places of their entries."""

    old: Dataset
    new: Dataset
    old_places: Mapping[str, str]
    new_places: Mapping[str, str]

    def placed(self, revision: Revision, old_ref: str, new_ref: str) -> Revision:
        """The revision at the places of its entries, which are empty on the side where it is not."""
        return replace(
            revision, place=self.new_places.get(new_ref, ""), old_place=self.old_places.get(old_ref, "")
        )


def _plan(both: _Both, changes: Sequence[ParagraphChange]) -> Iterator[RevisionPart]:
    """The plan by the pillars of the new one; a dropped paragraph stands behind the one that it followed."""
    moved = _moved(changes)
    title, revisions = "", list[Revision]()
    for number, change in enumerate(changes):
        paragraph = None if change.new is None else both.new.plan.paragraphs[change.new]
        if paragraph is not None and is_pillar(paragraph):
            yield RevisionPart(title, tuple(revisions))
            title, revisions = change.new_text, []
        revisions.append(_paragraph(both, change, number in moved))
    yield RevisionPart(title, tuple(revisions))


def _paragraph(both: _Both, change: ParagraphChange, is_moved: bool) -> Revision:
    old = None if change.old is None else both.old.plan.paragraphs[change.old]
    new = None if change.new is None else both.new.plan.paragraphs[change.new]
    is_changed = bool(change.old_marks or change.new_marks)
    revision = Revision(
        change.old_text,
        change.new_text,
        change.old_marks,
        change.new_marks,
        _remark(old, new, is_changed, is_moved),
    )
    return both.placed(revision, f"plan:{old.id}" if old else "", f"plan:{new.id}" if new else "")


def _remark(old: Paragraph | None, new: Paragraph | None, is_changed: bool, is_moved: bool) -> str:
    """新設 is said of what has a number of its own, 追加 of text below it."""
    if new is None:
        return DROPPED
    if old is None:
        return NEW if new.kind in _NUMBERED else ADDED
    return "・".join(filter(None, (CHANGED if is_changed else "", MOVED if is_moved else "")))


def _moved(changes: Sequence[ParagraphChange]) -> set[int]:
    """The rows whose paragraph stands elsewhere now: as few as can be, the others being in their old order."""
    rows = [number for number, one in enumerate(changes) if one.old is not None and one.new is not None]
    olds = [change.old for change in changes if change.old is not None and change.new is not None]
    return {rows[at] for at in set(range(len(rows))) - _longest_rising(olds)}


def _longest_rising(numbers: Sequence[int]) -> set[int]:
    """The places of the longest part of `numbers` that rises."""
    ends: list[int] = []  # the smallest number that a rising part of each length ends with
    at: list[int] = []
    before: list[int | None] = []
    for place, number in enumerate(numbers):
        length = bisect_left(ends, number)
        ends[length:] = [number, *ends[length + 1 :]]
        before.append(at[length - 1] if length else None)
        at[length:] = [place, *at[length + 1 :]]
    found: set[int] = set()
    last = at[-1] if at else None
    while last is not None:
        found.add(last)
        last = before[last]
    return found


def _budget(both: _Both) -> Iterator[Revision]:
    """The initiatives with their amounts, then the fields that have amounts of their own."""
    partners = continued_initiatives(both.new, both.old).partners
    yield from _entries(
        both,
        "budget",
        both.old.initiatives,
        both.new.initiatives,
        _initiative,
        lambda one: partners.get(one.id),
    )
    olds, news = (
        [field for field in each.fields if field.amount is not None] for each in (both.old, both.new)
    )
    known = {field.id: field for field in olds}
    yield from _entries(both, "field", olds, news, _initiative, lambda one: known.get(one.id))


def _initiative(one: Initiative | BudgetField) -> str:
    return one.name if one.amount is None else f"{one.name}　{thousand_yen(one.amount)}"


def _populations(both: _Both) -> Iterator[Revision]:
    known = {one.id: one for one in both.old.populations}
    return _entries(
        both,
        "population",
        both.old.populations,
        both.new.populations,
        _population,
        lambda one: known.get(one.id),
    )


def _population(one: Population) -> str:
    return f"{one.group} {one.item}　{joined(eligible_parts(one))}　{joined(population_parts(one))}"


def _entries(
    both: _Both,
    kind: str,
    olds: Sequence[_Entry],
    news: Sequence[_Entry],
    text: Callable[[_Entry], str],
    partner: Callable[[_Entry], _Entry | None],
) -> Iterator[Revision]:
    """The entries of a list, each as a text."""
    for old, new in _paired(olds, news, partner):
        before, after = ("" if one is None else text(one) for one in (old, new))
        yield both.placed(_texts(before, after), _ref(kind, old), _ref(kind, new))


def _paired(
    olds: Sequence[_Entry], news: Sequence[_Entry], partner: Callable[[_Entry], _Entry | None]
) -> Sequence[tuple[_Entry | None, _Entry | None]]:
    """The entries in their new order, each beside what it was; a dropped one stands behind the one that it followed."""
    rows: list[tuple[_Entry | None, _Entry | None]] = [(partner(new), new) for new in news]
    kept = [old for old, _ in rows]
    for number, old in enumerate(olds):
        if not any(old is one for one in kept):
            behind = [at for at, row in enumerate(rows, 1) if any(row[0] is one for one in olds[:number])]
            rows.insert(behind[-1] if behind else 0, (old, None))
    return rows


def _ref(kind: str, entry: _Named | None) -> str:
    return "" if entry is None else f"{kind}:{entry.id}"


def _texts(old: str, new: str) -> Revision:
    """Two texts with the characters that differ, whatever their width; all of them where no rule marks any."""
    if not (old and new):
        return Revision(old, new, remark=NEW if new else DROPPED)
    if bare(old) == bare(new):
        return Revision(old, new)
    marks = mark(old, new)
    if not (marks.old or marks.new):
        return Revision(old, new, _all(old), _all(new), CHANGED)
    return Revision(old, new, marks.old, marks.new, CHANGED)


def _all(text: str) -> tuple[Span, ...]:
    return ((0, len(text)),) if text else ()


def _kpis(both: _Both) -> Iterator[Revision]:
    """The KPIs in the order of the plan with their targets."""
    olds, news = in_order_of_plan(both.old), in_order_of_plan(both.new)
    known = {kpi.id: kpi for kpi in olds}
    for old, new in _paired(olds, news, lambda kpi: known.get(kpi.id)):
        in_full = bool(old and new) and _names(old) != _names(new)
        before = _kpi_text(old, both.old, in_full) if old else ""
        after = _kpi_text(new, both.new, in_full) if new else ""
        yield both.placed(_texts(before, after), _ref("kpi", old), _ref("kpi", new))


def _names(kpi: Kpi | None) -> Iterable[str]:
    return () if kpi is None else (bare(kpi.name), bare(list_name(kpi)))


def _kpi_text(kpi: Kpi, dataset: Dataset, in_full: bool) -> str:
    """The name that lists have, and the target; with `in_full` also the name in the plan, where it is another one."""
    own = f"（{kpi.name}）" if in_full and kpi.name != list_name(kpi) else ""
    return f"{list_name(kpi)}{own}：{target_or_sentence(kpi, dataset)}"
