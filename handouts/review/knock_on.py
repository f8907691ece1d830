"""What else says the old value of something that a review changes, and does not follow by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handouts.dataset.kpis import Population
from handouts.dataset.model import Dataset
from handouts.dataset.typed_text import in_one_width
from handouts.findings import Finding, HandoutError, Place, Rule
from handouts.measures.filling import segments
from handouts.measures.placeholders import outside_placeholders
from handouts.measures.printed_places import printed_places
from handouts.review.proposals import Proposal
from handouts.review.taking import SourceChange

TYPED_FIGURE = Rule(
    "review.typed-figure",
    "{where}の文にも「{old}」と書いてあります（{text}）",
    remedy="値から作った文ではないので、変わりません。同じものなら、そこも直してください",
    severity="warning",
)
OTHER_RATE = Rule(
    "review.other-rate",
    "{where}の「{name}」の実施率も {old} です",
    remedy="別に入力した値なので、変わりません。同じものなら、そこも直してください",
    severity="warning",
)
TYPED_MORE = Rule(
    "review.typed-more", "「{old}」は、ほかに {count} か所にも書いてあります", severity="warning"
)
_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")
_LEAST_DIGITS = 2
_UNITS = "%％円人件日回位社"
_AROUND = 12
_MOST = 5


def knock_ons(dataset: Dataset, proposal: Proposal, file: str) -> Iterator[Finding]:
    """What has to be decided besides, where the proposal is taken over."""
    place = Place(file, printed=proposal.place)
    for change in proposal.changes:
        yield from _typed_elsewhere(dataset, change, place)
        yield from _rates(dataset, change, place)


def _typed_elsewhere(dataset: Dataset, change: SourceChange, place: Place) -> Iterator[Finding]:
    """Places where the old figure is typed, with whatever unit; the first of many."""
    figure = _FIGURE.match(in_one_width(change.old))
    if figure is None or sum(character.isdigit() for character in figure[0]) < _LEAST_DIGITS:
        return
    pattern = re.compile(rf"(?<![\d.,]){re.escape(figure[0])}(?:千円|[{_UNITS}])")
    found = [
        (where, match[0], text[max(match.start() - _AROUND, 0) : match.end() + _AROUND])
        for where, text in _plain_texts(dataset)
        for match in pattern.finditer(in_one_width(text))
    ]
    for where, typed, around in found[:_MOST]:
        yield TYPED_FIGURE.at(place, where=where, old=typed, text=around.replace("\n", " "))
    if len(found) > _MOST:
        yield TYPED_MORE.at(place, count=len(found) - _MOST, old=found[0][1])


def _plain_texts(dataset: Dataset) -> Iterator[tuple[str, str]]:
    """The words that are typed as such, each text with where it is printed."""
    places = printed_places(dataset)
    for paragraph in dataset.plan.paragraphs:
        yield places.get(f"plan:{paragraph.id}", "計画"), _typed(paragraph.text, dataset)
    for entry in dataset.entries:
        yield places.get(f"progress:{entry.id}", "実施状況"), _typed(entry.text, dataset)
    for initiative in dataset.initiatives:
        yield places.get(f"budget:{initiative.id}", "取組"), initiative.name


def _typed(text: str, dataset: Dataset) -> str:
    """The text with blanks for what is printed of its placeholders, also where one names nothing any more."""
    try:
        pieces = segments(text, dataset)
    except HandoutError:
        return outside_placeholders(text)
    return "".join(piece.text if piece.reference is None else " " * len(piece.text) for piece in pieces)


def _rates(dataset: Dataset, change: SourceChange, place: Place) -> Iterator[Finding]:
    """Rates of other entries that are the same figure: a check-up's planned rate beside its KPI, and the other way."""
    kind, _, field = change.ref.partition(":")[0], *change.ref.rpartition(".")[1:]
    if (kind, field) == ("kpi", "target"):
        for population in dataset.populations:
            if str(population.rate) == change.old:
                yield _rate(population, change.old, place)
    if (kind, field) == ("population", "rate"):
        for kpi in dataset.kpis:
            if str(kpi.target) == change.old:
                yield OTHER_RATE.at(place, where="KPI", name=kpi.name, old=f"{change.old}{kpi.unit}")


def _rate(population: Population, old: str, place: Place) -> Finding:
    return OTHER_RATE.at(place, where="対象者", name=f"{population.group} {population.item}", old=f"{old}%")
