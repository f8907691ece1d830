"""Proposals beside one another, of one returned file or of several: those that want different things of one place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from handouts.review.proposals import Proposal
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
    values = {change.ref: str(change.value) for change in one.changes}
    if any(values.get(change.ref, str(change.value)) != str(change.value) for change in other.changes):
        return True
    first, second = one.taking, other.taking
    if isinstance(first, Reword) and isinstance(second, Reword):
        if [target.ref for target in first.targets] != [target.ref for target in second.targets]:
            return bool({target.ref for target in first.targets} & {target.ref for target in second.targets})
        return any(
            a != b and a.start < b.end and b.start < a.end for a in first.edits for b in second.edits
        ) or any(a != b and a.start == b.start for a in first.edits for b in second.edits)
    return first != second and (isinstance(first, Remove | PutInRow) or isinstance(second, Remove | PutInRow))
