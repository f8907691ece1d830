"""Rules on placeholders in the plan and in what was done: each names something, and something is printed for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from handouts.checks.entered import ids_at_fault, known_ids
from handouts.checks.kpis import RESULTS
from handouts.checks.texts import filled_texts
from handouts.dataset.budget import Initiative
from handouts.dataset.declared import terms_of
from handouts.dataset.model import Dataset
from handouts.dataset.reading import place_of
from handouts.findings import ByForm, Finding, Place, Rule
from handouts.measures.filling import fault_of
from handouts.measures.kpis import standings
from handouts.measures.placeholders import look_alikes, references, written_lines

_REPEATS = ("plan", "progress")
LOOK_ALIKE = Rule(
    "placeholder.look-alike",
    "「{text}」は置き換えられず、このまま印刷されます",
    ByForm(
        "KPI などを差し込む印は、すべて半角の小文字で書きます（例 {{kpi:kenshin}}）",
        "KPI などを差し込む印は、括弧も「:」も半角で書きます（例 {{kpi:特定健診受診率}}）",
    ),
    ByForm("半角の小文字に直してください", "半角に直してください"),
    "warning",
)
REPEATS_ITSELF = Rule(
    "placeholder.repeats-itself",
    "{reference} は、自分自身の文を指しています",
    "再掲の印は、ほかの文を指します",
    ByForm("id を直すか、文をそのまま書いてください", "名称を直すか、文をそのまま書いてください"),
)
REPEATS_REPETITION = Rule(
    "placeholder.repeats-repetition",
    "{reference} の先の文にも、再掲の印があります",
    "再掲の印は、文がそのまま書かれた行を指します",
    ByForm("その先の文の id を書いてください", "その先の文を指すように直してください"),
)
WITHOUT_RESULT = Rule(
    "placeholder.without-result",
    "{reference} には今年度の実績がないので、何も印刷されません",
    remedy="実績を {results}に書くか、この印を消してください",
    severity="warning",
    results=RESULTS,
)
WITHOUT_AMOUNT = Rule(
    "placeholder.without-amount",
    "{reference} には予算額{amount:bracket}がないので、何も印刷されません",
    remedy="取組に予算額を書くか、この印を消してください",
    amount=terms_of(Initiative)("amount"),
)


def check_placeholders(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A placeholder that names no entry, or no field of it."""
    known: dict[str, Set[str]] = {
        kind: known_ids(kind, dataset, places) for kind in ("kpi", "budget", "population", "plan")
    }
    known["progress"] = set(written_lines(dataset))
    names = {
        "kpi": {one.id: one.name for one in dataset.kpis},
        "budget": {one.id: one.name for one in dataset.initiatives},
    }
    is_sure = not ids_at_fault("progress", dataset, places)  # the lines of entries at fault are not known
    for printed in filled_texts(dataset):
        for reference in references(printed.text):
            place, called = place_of(printed.ref, places), names.get(reference.kind)
            fault = fault_of(reference, known[reference.kind], place, called)
            if fault and (is_sure or reference.kind != "progress"):
                yield fault


def check_look_alikes(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """What looks like a placeholder but is printed as it stands."""
    for printed in filled_texts(dataset):
        for text in look_alikes(printed.text):
            yield LOOK_ALIKE.at(place_of(printed.ref, places), text=text)


def check_repeats(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A text to be printed again that is itself made of a text printed again, or of itself."""
    texts = {printed.name: printed for printed in filled_texts(dataset) if printed.name[1]}
    for printed in filled_texts(dataset):
        for reference in references(printed.text):
            target = texts.get((reference.kind, reference.id))
            if reference.kind not in _REPEATS or target is None:
                continue
            if target.ref == printed.ref:
                yield REPEATS_ITSELF.at(place_of(printed.ref, places), reference=str(reference))
            elif any(inner.kind in _REPEATS for inner in references(target.text)):
                yield REPEATS_REPETITION.at(place_of(printed.ref, places), reference=str(reference))


def check_empty_placeholders(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A placeholder for a figure that nobody knows yet: nothing would be printed."""
    results = {f"{{kpi:{name}.actual}}": standing.actual for name, standing in standings(dataset).items()}
    amounts = {f"{{budget:{initiative.id}}}": initiative.amount for initiative in dataset.initiatives}
    for printed in filled_texts(dataset):
        for reference in map(str, references(printed.text)):
            if reference in results and results[reference] is None:
                yield WITHOUT_RESULT.at(place_of(printed.ref, places), reference=reference)
            elif reference in amounts and amounts[reference] is None:
                yield WITHOUT_AMOUNT.at(place_of(printed.ref, places), reference=reference)
