"""Rules on amounts that are not those of what they stand beside: in the wrong unit, as 13,000 for 13,000千円, or sums."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from handouts.checks.entered import with_refs
from handouts.dataset.budget import BudgetField, Initiative
from handouts.dataset.model import Dataset
from handouts.dataset.reading import place_of
from handouts.dataset.typed_text import bare
from handouts.findings import Finding, Place, Rule
from handouts.measures.continued import continued_initiatives
from handouts.measures.wording import yen_text

# A budget may shrink or grow tenfold and more from year to year, but hardly so far; 千円 for 円 is a thousand.
_FAR = 300
_FEWEST = 4  # amounts beside it that say what is usual
# Of a thousandth of the budget: where a thousand times of what was executed would fit the budget.
_FITS = (0.2, 1.5)
_CHECK = "円で書きます。千円や万円の数を書いていないか、桁を確かめてください"
FAR_FROM_LAST_YEAR = Rule(
    "budget.far-from-last-year",
    "{what}「{name}」の{amount} {found}は、前年度の {before}と桁が違います",
    "",
    _CHECK,
    "warning",
)
FAR_FROM_OTHERS = Rule(
    "budget.far-from-others",
    "{what}「{name}」の{amount} {found}は、ほかの{what}の{amount}と桁が違います",
    "ほかの{what}の{amount}の中央値は {usual}です",
    _CHECK,
    "warning",
)
THOUSANDTH_EXECUTED = Rule(
    "budget.executed-thousandth",
    "{what}「{name}」の執行額 {found}は、予算額 {budgeted}のおよそ千分の一です",
    "",
    _CHECK,
    "warning",
)
TYPED_SUM = Rule(
    "budget.typed-sum",
    "{what}「{name}」は、ほかの{what}の合計か内訳のようです。{what}の一つとして、もう一度足されます",
    "小計・合計は、計算して印刷されます",
    "合計や内訳の行なら、消してください",
    "warning",
)
_SUM = re.compile(r"[小中合総]?計|総合計|合計額|(うち(?!わ)|内訳|再掲).*")
_PART = re.compile(r"\((再掲|内数|うち数)\)")
_AROUND_NAME = re.compile(r"\(.*?\)|[【】・:※]")
_AMOUNTS = (("amount", "予算額"), ("executed", "執行額"))
_Budgeted = Initiative | BudgetField


def check_amounts_of_years(
    dataset: Dataset, previous: Dataset, places: Mapping[str, Place]
) -> Iterator[Finding]:
    """An amount that is hundreds of times more or less than last year's of the same initiative or field."""
    before = _before(dataset, previous)
    for what, one, ref in _budgeted(dataset):
        then = before.get((what, one.id))
        for key, amount in _AMOUNTS if then else ():
            now, last = getattr(one, key), getattr(then, key)
            if now and last and max(now / last, last / now) >= _FAR:
                yield FAR_FROM_LAST_YEAR.at(
                    place_of(f"{ref}.{key}", places),
                    what=what,
                    name=one.name,
                    amount=amount,
                    found=yen_text(now),
                    before=yen_text(last),
                )


def check_amounts_beside_others(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """An amount hundreds of times below what is usual in the dataset, or above all others; small budgets are not so small."""
    for what in ("取組", "区分"):
        given = [
            (one.amount, one, ref) for kind, one, ref in _budgeted(dataset) if kind == what and one.amount
        ]
        amounts = sorted(amount for amount, _, _ in given)
        for amount, one, ref in given:
            others = _Others(amounts, amount)
            if others.count >= _FEWEST and _is_far(amount, others):
                yield FAR_FROM_OTHERS.at(
                    place_of(f"{ref}.amount", places),
                    what=what,
                    name=one.name,
                    amount="予算額",
                    found=yen_text(amount),
                    usual=yen_text(round(others.median)),
                )


def check_executed_units(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """What was executed is about a thousandth of the budget."""
    low, high = _FITS
    for what, one, ref in _budgeted(dataset):
        if one.amount and one.executed and low <= one.executed * 1000 / one.amount <= high:
            yield THOUSANDTH_EXECUTED.at(
                place_of(f"{ref}.executed", places),
                what=what,
                name=one.name,
                found=yen_text(one.executed),
                budgeted=yen_text(one.amount),
            )


def check_typed_sums(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A row that somebody typed as the sum of others, or as a part of one, and that is added to them."""
    for what, one, ref in _budgeted(dataset):
        name = bare(one.name)
        is_sum = _SUM.fullmatch(_AROUND_NAME.sub("", name)) or _PART.search(name)
        if is_sum and (one.amount or one.executed):
            yield TYPED_SUM.at(place_of(ref, places), what=what, name=one.name)


def _before(dataset: Dataset, previous: Dataset) -> Mapping[tuple[str, str], _Budgeted]:
    """What of last year an initiative or a field goes on with, by what it is and its id."""
    by_id = {field.id: field for field in previous.fields}
    by_name = {bare(field.name): field for field in previous.fields}
    found: dict[tuple[str, str], _Budgeted] = {}
    for field in dataset.fields:
        if before := by_id.get(field.id) or by_name.get(bare(field.name)):
            found["区分", field.id] = before
    partners = continued_initiatives(dataset, previous).partners
    return {**found, **{("取組", name): one for name, one in partners.items()}}


class _Others:
    """Amounts in their order but for one of them, without a copy for each."""

    def __init__(self, amounts: Sequence[int], without: int) -> None:
        self.count = len(amounts) - 1
        self._amounts = amounts
        self._left_out = bisect_left(amounts, without)

    def __getitem__(self, number: int) -> int:
        return self._amounts[number + (number >= self._left_out)]

    @property
    def median(self) -> float:
        return (self[(self.count - 1) // 2] + self[self.count // 2]) / 2

    @property
    def largest(self) -> int:
        return self[self.count - 1]


def _is_far(amount: int, others: _Others) -> bool:
    usual = others.median
    return amount * _FAR <= usual or (amount >= usual * _FAR and amount >= others.largest * 30)


def _budgeted(dataset: Dataset) -> Iterator[tuple[str, _Budgeted, str]]:
    """What has amounts: what it is, itself, and the ref of its place."""
    yield from (("取組", one, ref) for one, ref in with_refs("budget", dataset.initiatives))
    yield from (("区分", one, ref) for one, ref in with_refs("field", dataset.fields))
