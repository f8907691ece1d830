"""The numbering of a branch: printing a label in its form, and which number's turn it is at which level."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import lru_cache

from handouts.dataset.labels import KPI_FAMILIES, LEVEL_FAMILIES, Family, Label, recognise
from handouts.dataset.settings import NumberingStyle
from handouts.findings import ByForm, Finding, Place, Rule, Value

_AS_FIRST = ByForm(
    '最初の番号の形を、後ろの空白まで含めて書いてください（例 "１ "、"① "）',
    "最初の番号の形を、後ろの空白まで含めて書いてください（例 「１ 」、「① 」）",
)
NO_SAMPLE = Rule("numbering.no-sample", "「{sample}」は番号の見本になりません", remedy=_AS_FIRST)
NOT_THE_FIRST = Rule(
    "numbering.not-the-first",
    "「{sample}」は最初の番号ではありません（「{first}」と書きます）",
    remedy=_AS_FIRST,
)
NO_SUCH_LEVEL = Rule(
    "numbering.no-such-level",
    "「{level}」という階層はありません（1から{last}までです）",
    remedy=ByForm(
        "levels に並べた階層を、上から1、2、3と数えて書いてください",
        "階層を、上から1、2、3と数えて書いてください",
    ),
)
PAST_THE_LAST = Rule(
    "numbering.past-the-last",
    "「{sample}」の番号は{last}までです",
    remedy=ByForm(
        "番号の書き方を変えるか、項目をまとめてください",
        "シート「会議」の番号を変えるか、項目をまとめてください",
    ),
)


class NoLabel(ValueError):
    """A sample has no label of a number."""

    def __init__(self, rule: Rule, **values: Value) -> None:
        super().__init__(rule.id)
        self._rule, self._values = rule, tuple(values.items())

    def at(self, place: Place) -> Finding:
        """Why it has none, said of a place."""
        return Finding(self._rule, place, self._values)


def print_label(sample: str, number: int) -> str:
    """The label of `number` in the form of `sample`; raises NoLabel past the family's last number."""
    label = _sample(sample)
    if label is None or label.family not in LEVEL_FAMILIES:
        raise ValueError(f"{sample!r} is the label of no level")
    if label.number is None:
        return sample
    if not 1 <= number <= len(label.series):
        raise NoLabel(PAST_THE_LAST, sample=sample, last=len(label.series))
    return f"{label.before}{label.series[number - 1]}{label.after}"


def first_label(label: Label) -> str:
    """The label of the first number in the form of `label`: what a style keeps as a sample."""
    return f"{label.before}{label.series[0]}{label.after}" if label.series else label.text


def family_of(sample: str) -> Family:
    """The family of a sample label; raises ValueError where it is no label."""
    if (label := _sample(sample)) is None:
        raise ValueError(f"{sample!r} is no label")
    return label.family


def is_sample(sample: str, allowed: Collection[Family]) -> bool:
    """Whether `sample` is the label of a number, and of one of the families."""
    label = _sample(sample)
    return label is not None and label.family in allowed


def check_style(
    style: NumberingStyle, place: Callable[[tuple[str | int, ...]], Place]
) -> tuple[Finding, ...]:
    """What is wrong with the samples of a style; `place` says where the value at a key path of it stands."""
    samples = {("levels", index): (sample, LEVEL_FAMILIES) for index, sample in enumerate(style.levels)}
    others = {
        ("kpi",): (style.kpi, KPI_FAMILIES),
        ("kpi_head",): (style.kpi_head, (Family.KPI,)),
        ("bullet",): (style.bullet, (Family.BULLET,)),
    }
    found = [
        _check_sample(sample, allowed, place(path)) for path, (sample, allowed) in (samples | others).items()
    ]
    last = len(style.levels)
    found += [
        NO_SUCH_LEVEL.at(place(("running", index)), level=level, last=last)
        for index, level in enumerate(style.running)
        if not 1 <= level <= last
    ]
    return tuple(finding for finding in found if finding)


def _check_sample(sample: str, allowed: Collection[Family], place: Place) -> Finding | None:
    label = _sample(sample)
    if label is None or label.family not in allowed:
        return NO_SAMPLE.at(place, sample=sample)
    if label.number not in (None, 1):
        return NOT_THE_FIRST.at(place, sample=sample, first=print_label(sample, 1))
    return None


class Counters:
    """The numbers reached at each level of a numbering style."""

    def __init__(self, samples: Sequence[str], running: Collection[int] = ()) -> None:
        self.samples = tuple(samples)
        self._running = frozenset(running)  # levels that no heading above lets begin anew
        self.families = tuple(family_of(sample) for sample in samples)
        self._reached = [0] * len(self.samples)
        self._typed: list[int | None] = [None] * len(self.samples)

    def place(self, label: Label) -> tuple[int, int]:
        """What `expect` says, and counts it."""
        level, number = self.expect(label)
        below = range(level + 1, len(self.samples) + 1)
        kept = [self._reached[each - 1] if each in self._running else 0 for each in below]
        self._reached[level - 1 :] = [number, *kept]
        self._typed[level - 1] = label.number
        return level, number

    def expect(self, label: Label) -> tuple[int, int]:
        """The level of a label, and the number whose turn it is there; its family must be one of the style."""
        level = self._level(label)
        reached = self._reached[level - 1]
        # A typed first number begins a new list; but people who do not count type it again and again.
        is_new = label.number == 1 and reached > 1 and self._typed[level - 1] != 1
        return level, 1 if is_new else reached + 1

    def next_number(self, level: int) -> int:
        """The number whose turn it is at a level."""
        return self._reached[level - 1] + 1

    def is_next(self, label: Label) -> bool:
        """Whether the number of a label is the one whose turn it is, without a new list."""
        return label.number in (None, self._reached[self._level(label) - 1] + 1)

    def _level(self, label: Label) -> int:
        """Where one family serves two levels: the one that the number continues, and if both, the deeper."""
        levels = [level for level, family in enumerate(self.families, 1) if family is label.family]
        if len(levels) == 1:
            return levels[0]
        reached = [level for level in levels if self._reached[level - 1]]
        reachable = levels[: len(reached) + 1]  # one level can open below those that are
        continued = [level for level in reachable if label.number == self._reached[level - 1] + 1]
        return max(continued or reached or reachable, key=lambda level: (self._has_form(label, level), level))

    def _has_form(self, label: Label, level: int) -> bool:
        return label.number is not None and print_label(self.samples[level - 1], label.number) == label.text


@lru_cache(maxsize=256)
def _sample(sample: str) -> Label | None:
    # A sample must be the whole label of a line with text behind it.
    label = recognise(sample + "あ")
    return label if label and label.text == sample else None
