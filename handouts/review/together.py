"""Proposals beside one another, of one returned file or of several: those that want different things of one place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from handouts.review.proposals import Proposal
from handouts.review.shares import TextEdit
from handouts.review.takings import PutInRow, Remove, Reword, SetValue


def with_disagreements(proposals: Sequence[Proposal]) -> tuple[Proposal, ...]:
    """The proposals, each with the numbers of those that cannot be taken together with it."""
    at_odds: dict[int, set[int]] = defaultdict(set)
    for one, other in _near(proposals):
        if _disagree(one, other):
            at_odds[one.change.number].add(other.change.number)
            at_odds[other.change.number].add(one.change.number)
    return tuple(
        replace(one, at_odds=tuple(sorted(at_odds[one.change.number])))
        if one.change.number in at_odds
        else one
        for one in proposals
    )


def _near(proposals: Sequence[Proposal]) -> Iterator[tuple[Proposal, Proposal]]:
    """The pairs of open proposals that are about the same place, each once."""
    by_ref: dict[str, list[Proposal]] = defaultdict(list)
    for one in proposals:
        if one.state == "open":
            for ref in dict.fromkeys(_refs(one)):
                by_ref[ref].append(one)
    seen: set[tuple[int, int]] = set()
    for group in by_ref.values():
        for one, other in combinations(group, 2):
            pair = one.change.number, other.change.number
            if pair not in seen:
                seen.add(pair)
                yield one, other


def _refs(proposal: Proposal) -> Iterator[str]:
    taking = proposal.taking
    yield from (change.ref for change in proposal.changes)
    if isinstance(taking, Reword):
        yield from (target.ref for target in taking.targets)
    elif isinstance(taking, Remove):
        yield taking.ref
    elif isinstance(taking, PutInRow) and taking.moved:
        yield taking.moved
    elif isinstance(taking, SetValue):
        yield taking.change.ref


def _disagree(one: Proposal, other: Proposal) -> bool:
    """Whether two open proposals want different things; edits of one text that do not meet go together."""
    first, second = one.taking, other.taking
    if isinstance(first, Reword) and isinstance(second, Reword):
        refs, others = ([target.ref for target in each.targets] for each in (first, second))
        if refs == others:
            return any(_meet(edit, each) for edit in first.edits for each in second.edits)
        if set(refs) & set(others):
            return True
    values = {change.ref: str(change.value) for change in one.changes}
    if any(values.get(change.ref, str(change.value)) != str(change.value) for change in other.changes):
        return True
    return first != second and (isinstance(first, Remove | PutInRow) or isinstance(second, Remove | PutInRow))


def _meet(edit: TextEdit, other: TextEdit) -> bool:
    """Whether two edits that are not the same cover the same words, or put something in at the same place."""
    return edit != other and (
        edit.start == other.start or (edit.start < other.end and other.start < edit.end)
    )
