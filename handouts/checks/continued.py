"""Rules on the initiatives that go on from last year, and those that are new."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from handouts.checks.entered import kinds_with
from handouts.dataset.budget import Initiative
from handouts.dataset.declared import terms_of
from handouts.dataset.kinds import Prints
from handouts.dataset.model import Dataset
from handouts.dataset.reading import place_of
from handouts.findings import ByForm, Finding, Place, Rule
from handouts.measures.continued import continued_initiatives

_NEW = terms_of(Initiative)("new")
NOT_NEW = Rule(
    "budget.new-continued",
    "「{name}」には（新）が付きますが、前年度の「{before}」の続きです",
    "{new} は、前年度にない取組に付けます",
    ByForm(
        "続きなら new: true を消し、新しい取組なら前年度と違う id と名称にしてください",
        "続きなら{new}を空にし、新しい取組なら前年度と違う名称にしてください",
    ),
    "warning",
    new=_NEW,
)
MAYBE_CONTINUED = Rule(
    "budget.maybe-continued",
    "前年度の取組の続きかどうか分からない取組が {count} 件あります: {pairs}",
    "同じ名称の取組がないので、今は（新）を付けます",
    ByForm(
        "続きなら前年度と同じ id を付けるか new: false と書き、新しい取組なら new: true と書いてください",
        "シート「取組・予算」の{new}に、続きなら いいえ、新しい取組なら はい を選んでください",
    ),
    "warning",
    new=_NEW,
)


def check_continued(dataset: Dataset, previous: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """（新） at what last year's budget has, and one question on all names that are only alike.

    That something is not new though last year does not have it may be said: what was one is two now.
    """
    if not kinds_with(Prints.INITIATIVES, dataset):
        return
    continued = continued_initiatives(dataset, previous)
    for one in dataset.initiatives:
        if one.new and (before := continued.partners.get(one.id)):
            place = place_of(f"budget:{one.id}.new", places)
            yield NOT_NEW.at(place, name=one.name, before=before.name)
    if continued.near:
        pairs = tuple(
            f"「{one.name}」は前年度の「{before.name}」の続きですか" for one, before in continued.near
        )
        place = place_of(f"budget:{continued.near[0][0].id}.name", places)
        yield MAYBE_CONTINUED.at(place, count=len(pairs), pairs=pairs)
