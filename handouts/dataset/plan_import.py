"""A plan pasted as plain text, one paragraph a line: the numbering that it uses, and the plan in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from handouts.dataset.labels import LEVEL_FAMILIES, STANDALONE, Family, Label
from handouts.dataset.numbering import Counters, first_label, is_sample
from handouts.dataset.plan import Plan
from handouts.dataset.plan_lines import (
    ESCAPE,
    PlanLine,
    Split,
    clean_row,
    escape_id,
    escape_rest,
    join_kpi_heads,
    rows_of,
    split_line,
)
from handouts.dataset.plan_text import parse_plan
from handouts.dataset.settings import NumberingStyle
from handouts.findings import Finding


@dataclass(frozen=True, slots=True)
class ImportedPlan:
    """What a pasted text says, and the numbering in which it is written."""

    style: NumberingStyle
    plan: Plan
    findings: tuple[Finding, ...] = ()


def import_plan(text: str, file: str) -> ImportedPlan:
    """The plan in a pasted text, with every line of it; raises DataFaults with all faults.

    The findings say where in `file` a label will be printed with another number than was typed.
    """
    rows = [clean_row(row) for row in rows_of(text)]
    lines = list(join_kpi_heads(PlanLine(number, row) for number, row in enumerate(rows, 1) if row))
    literal = [""] * len(rows)
    for line in lines:
        literal[line.number - 1] = _as_text(line.text)
    style = infer_style(lines)
    parsed = parse_plan("\n".join(literal), style, file)
    # From here on the lines are those of plan.md, which has no gaps.
    paragraphs = (replace(paragraph, line=line) for line, paragraph in enumerate(parsed.plan.paragraphs, 1))
    return ImportedPlan(style, Plan(tuple(paragraphs)), parsed.findings)


def infer_style(lines: Sequence[PlanLine]) -> NumberingStyle:
    """The numbering of the lines: which label stands at which level, and the usual form of each."""
    splits = [split for line in lines if (split := split_line(line.text, ())).text]
    labels, kpis = _separate_kpis(splits)
    marks = [split.label for split in splits if split.label]
    default = NumberingStyle()
    return NumberingStyle(
        levels=_infer_levels(labels) or default.levels,
        kpi=_usual_form(kpis) or default.kpi,
        kpi_head=_usual_form(label for label in marks if label.family is Family.KPI) or default.kpi_head,
        bullet=_usual_form(label for label in marks if label.family is Family.BULLET) or default.bullet,
    )


def _as_text(row: str) -> str:
    """The line as parse_plan has to read it to find the same text: nothing pasted is a mark of ours."""
    split = split_line(row, ())
    if split.label and not split.text and split.label.family not in STANDALONE:
        return escape_id(ESCAPE + row)
    return escape_id(escape_rest(row, split.label_text))


def _separate_kpis(splits: Iterable[Split]) -> tuple[list[Label], list[Label]]:
    """The labels that belong to levels, and the numbers of KPIs, in order."""
    labels: list[Label] = []
    kpis: list[Label] = []
    last: Label | None = None  # the last number in the list of KPIs that is open
    for split in splits:
        label = split.label
        if label is None or label.family is Family.KPI:
            last = split.kpi_number
            kpis += [last] if last else []
        elif last and label.family is last.family and label.number == (last.number or 0) + 1:
            last = label
            kpis.append(label)
        elif label.family is not Family.NOTE:
            last = None
            labels += [label] if label.family in LEVEL_FAMILIES else []
    return labels, kpis


def _infer_levels(labels: Sequence[Label]) -> tuple[str, ...]:
    """The usual label of each level, from the outermost."""
    labels = _without_strays(labels)
    families = _split_families(_order_families(labels), labels)
    by_level: dict[int, list[Label]] = {}
    for label, level in zip(labels, _levels(families, labels), strict=True):
        by_level.setdefault(level, []).append(label)
    return tuple(_usual_form(by_level[level]) for level in sorted(by_level))


def _without_strays(labels: Sequence[Label]) -> list[Label]:
    """The labels without those of lists that never begin, unless the text as a whole begins in the middle."""
    begun = {label.family for label in labels if label.number in (None, 1) or label is labels[0]}
    return [label for label in labels if label.family in begun]


def _order_families(labels: Sequence[Label]) -> list[Family]:
    """The families from the outermost; where nothing else tells, in the order of their first use.

    A list that goes on encloses the labels since its last number; one that begins anew may stand beneath them.
    """
    above = _count_evidence(labels)
    left = list(dict.fromkeys(label.family for label in labels))
    ordered: list[Family] = []
    while left:
        free = (one for one in left if all(above[one, other] >= above[other, one] for other in left))
        ordered.append(next(free, left[0]))
        left.remove(ordered[-1])
    return ordered


def _count_evidence(labels: Sequence[Label]) -> Counter[tuple[Family, Family]]:
    """How much speaks for the first family standing above the second."""
    above: Counter[tuple[Family, Family]] = Counter()
    places: dict[Family, list[int]] = {}
    for index, label in enumerate(labels):
        places.setdefault(label.family, []).append(index)
    for family, indexes in places.items():
        for start, end in pairwise(indexes):
            between = {label.family for label in labels[start + 1 : end]}
            if labels[end].number == (labels[start].number or 0) + 1:
                above.update({(family, other): 2 for other in between})
            elif labels[end].number == 1:
                above.update({(other, family): 1 for other in between})
    return above


def _split_families(families: list[Family], labels: Sequence[Label]) -> list[Family]:
    """The families by level, one that numbers two levels twice: both １．for pillars and １．for sections."""
    misfits = _misfits(families, labels)
    for family in (family for family in families if misfits[family]):
        places = range(families.index(family) + 1, len(families) + 1)
        candidates = [[*families[:place], family, *families[place:]] for place in places]
        nested = [candidate for candidate in candidates if _is_nested(candidate, family, labels)]
        best = min([families, *nested], key=lambda levels: _misfits(levels, labels).total())
        if best != families:
            return best
    return families


def _is_nested(families: Sequence[Family], family: Family, labels: Sequence[Label]) -> bool:
    """Whether the outer list of `family` goes on behind an inner one, or an inner one opens right under it."""
    outer = families.index(family) + 1
    placed = list(zip(_levels(families, labels), labels, strict=True))
    own = [level for level, label in placed if label.family is family]
    goes_on = any(one > outer and other == outer for one, other in pairwise(own))
    opens = any(
        one.family is other.family is family and one.number == other.number == 1 and level == outer
        for (level, one), (_, other) in pairwise(placed)
    )
    return goes_on or opens


def _misfits(families: Sequence[Family], labels: Iterable[Label]) -> Counter[Family]:
    """How many labels of each family do not bear the number whose turn it is."""
    counters = Counters(families)
    misfits: Counter[Family] = Counter()
    for label in labels:
        misfits[label.family] += not counters.is_next(label)
        counters.place(label)
    return misfits


def _levels(families: Sequence[Family], labels: Iterable[Label]) -> list[int]:
    counters = Counters(families)
    return [counters.place(label)[0] for label in labels]


def _usual_form(labels: Iterable[Label]) -> str:
    """The most frequent form of the labels, as that of the first number; empty where there is none."""
    forms = Counter(first_label(label) for label in labels)
    return next((form for form, _ in forms.most_common() if is_sample(form, tuple(Family))), "")
