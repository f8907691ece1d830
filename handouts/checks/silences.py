"""What the branch silenced: findings that it has looked at and wants to be told of no more, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from handouts.dataset.declared import terms_of
from handouts.dataset.model import Dataset
from handouts.dataset.reading import place_of
from handouts.dataset.settings import Silence
from handouts.findings import Finding, Place, Rule

_SILENCE = terms_of(Silence)
SILENCED_FAULT = Rule(
    "silence.of-a-fault",
    "「{name}」は誤りなので、確認済みにはできません",
    remedy="誤りのほうを直し、確認済みからは消してください",
)
UNUSED_SILENCE = Rule(
    "silence.unused",
    "確認済みの「{name}」に当たる指摘は、もうありません",
    remedy="名前{finding:bracket}と場所{at:bracket}を確かめるか、要らなければ消してください",
    severity="warning",
    finding=_SILENCE("finding"),
    at=_SILENCE("at"),
)


@dataclass(frozen=True, slots=True)
class SilencedFinding:
    """A finding that is not to be shown, and why."""

    finding: Finding
    reason: str


def apply_silences(
    findings: Iterable[Finding], dataset: Dataset, places: Mapping[str, Place]
) -> tuple[tuple[Finding, ...], tuple[SilencedFinding, ...]]:
    """The findings that are to be shown, with those on silences that do nothing, and those that are not."""
    shown: list[Finding] = []
    silenced: list[SilencedFinding] = []
    useful: set[int] = set()
    faulty: set[int] = set()
    for finding in findings:
        number = next((at for at, silence in enumerate(dataset.silenced) if _covers(silence, finding)), None)
        if number is None or finding.severity == "error":
            shown.append(finding)
            faulty |= set() if number is None else {number}
        else:
            silenced.append(SilencedFinding(finding, dataset.silenced[number].reason))
            useful.add(number)
    for number, silence in enumerate(dataset.silenced):
        if number in faulty or number not in useful:
            place = place_of(f"dataset:silenced[{number + 1}]", places)
            rule = SILENCED_FAULT if number in faulty else UNUSED_SILENCE
            shown.append(rule.at(place, name=silence.finding))
    return tuple(shown), tuple(silenced)


def _covers(silence: Silence, finding: Finding) -> bool:
    """Whether the finding is of that kind, and on that entry or a part of it."""
    ref = finding.place.ref
    is_there = not silence.at or ref == silence.at or ref.startswith((f"{silence.at}.", f"{silence.at}["))
    return finding.rule.id == silence.finding and is_there
