"""The KPIs of a plan in a list: under their pillars, with the target before headquarters' review and after it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from handouts.comparison import Span, mark
from handouts.compose.page import NAME_TAIL, PrintedLine, Run, compose_runs
from handouts.dataset.kpis import Kpi
from handouts.dataset.model import Dataset
from handouts.dataset.outline import pillar_indexes
from handouts.dataset.plan import Paragraph
from handouts.dataset.remembered import remembered
from handouts.dataset.typed_text import bare
from handouts.measures.filling import expand
from handouts.measures.kpis import result_before
from handouts.measures.placeholders import kpi_paragraphs
from handouts.measures.wording import kpi_sentence, target_text
from handouts.origin import Role

_NUMBER, _NAME = "番号", "ＫＰＩ指標"
_ELSEWHERE = "その他"
NOTHING = "－"


class KpiChange(StrEnum):
    """What became of a KPI between two editions; the value is what the list prints."""

    NONE = "（変更無）"
    CHANGED = "（変更有）"
    NEW = "新規"
    DROPPED = "削除"


@dataclass(frozen=True, slots=True)
class KpiRow:
    """One KPI: its number and name, the lines of each of its targets, and whether it changed.

    `name_ref` is where the name comes from, `role` what the row is: of the earlier edition where the KPI was dropped.
    """

    ref: str
    number: str
    name: tuple[Run, ...]
    targets: tuple[tuple[PrintedLine, ...], ...]
    change: str
    name_ref: str
    role: Role


@dataclass(frozen=True, slots=True)
class KpiGroup:
    """The KPIs of one pillar under its name; no name where the plan has no pillars."""

    title: str
    ref: str
    rows: tuple[KpiRow, ...]


@dataclass(frozen=True, slots=True)
class KpiList:
    """All KPIs: the heads of the columns, and the pillars in the order of the plan.

    `changes` counts the KPIs that changed, by kind; it is None where there is no earlier edition.
    """

    heads: tuple[str, ...]
    groups: tuple[KpiGroup, ...]
    changes: Mapping[KpiChange, int] | None

    @property
    def change_count(self) -> int:
        """How many KPIs changed, new and dropped ones with them."""
        return sum((self.changes or {}).values())


@dataclass(frozen=True, slots=True)
class KpiPair:
    """A KPI in this edition and in the earlier one, None where an edition does not have it."""

    this: Kpi | None
    earlier: Kpi | None

    @property
    def kpi(self) -> Kpi:
        """The KPI, as it is now where there is one."""
        kpi = self.this or self.earlier
        assert kpi is not None
        return kpi

    @property
    def change(self) -> KpiChange:
        """What became of it: another target or name is a change."""
        if self.this is None:
            return KpiChange.DROPPED
        if self.earlier is None:
            return KpiChange.NEW
        is_same = _goal(self.this) == _goal(self.earlier) and old_name(self.this, self.earlier) == ""
        return KpiChange.NONE if is_same else KpiChange.CHANGED


def compose_kpi_list(dataset: Dataset, earlier: Dataset | None) -> KpiList:
    """The listed KPIs of `dataset`, compared with those of the `earlier` edition where there is one.

    One that is left out of lists is shown all the same where it changed; one that was dropped keeps a row without
    a number. A KPI that the plan does not name comes last.
    """
    groups = pair_kpis(dataset, earlier)
    changes = Counter(pair.change for pairs in groups.values() for pair in pairs if earlier is not None)
    del changes[KpiChange.NONE]
    columns = _Columns(dataset, earlier, has_changes=bool(changes))
    return KpiList(columns.heads, columns.groups(groups), None if earlier is None else changes)


@remembered(4)
def pair_kpis(dataset: Dataset, earlier: Dataset | None) -> Mapping[int | None, Sequence[KpiPair]]:
    """The KPIs by the number of their pillar, None for those that stand under none, last."""
    known = {kpi.id: kpi for kpi in earlier.kpis} if earlier else {}
    pillars = pillar_numbers(dataset)
    count = len(pillar_indexes(dataset.plan.paragraphs))
    groups: dict[int | None, list[KpiPair]] = {number: [] for number in (*range(1, count + 1), None)}
    for kpi in in_order_of_plan(dataset):
        groups[pillars[kpi.id]].append(KpiPair(kpi, known.get(kpi.id)))
    if earlier:
        _add_dropped(groups, dataset, earlier)
    return groups


def _add_dropped(groups: dict[int | None, list[KpiPair]], dataset: Dataset, earlier: Dataset) -> None:
    """Puts each KPI that is no longer there behind the one that it followed, under the pillar of the same number."""
    kept = {kpi.id for kpi in dataset.kpis}
    pillars = pillar_numbers(earlier)
    passed: set[str] = set()
    for kpi in in_order_of_plan(earlier):
        if kpi.id not in kept:
            group = groups.get(pillars[kpi.id], groups[None])
            behind = [place for place, pair in enumerate(group, 1) if pair.kpi.id in passed]
            group.insert(max(behind, default=0), KpiPair(None, kpi))
        passed.add(kpi.id)


def in_order_of_plan(dataset: Dataset) -> list[Kpi]:
    """The KPIs in the order in which the plan names them, then the others."""
    paragraphs = kpi_paragraphs(dataset.plan)
    return sorted(dataset.kpis, key=lambda kpi: paragraphs.get(kpi.id, len(dataset.plan.paragraphs)))


def pillar_numbers(dataset: Dataset) -> Mapping[str, int | None]:
    """The number of the pillar under which the plan names each KPI, counted from 1; None where it does nowhere."""
    paragraphs = kpi_paragraphs(dataset.plan)
    starts = pillar_indexes(dataset.plan.paragraphs)
    return {
        kpi.id: (sum(start <= paragraphs[kpi.id] for start in starts) or None)
        if kpi.id in paragraphs
        else None
        for kpi in dataset.kpis
    }


@dataclass(frozen=True, slots=True)
class _Columns:
    """What the list shows of each KPI."""

    dataset: Dataset
    earlier: Dataset | None
    has_changes: bool

    @property
    def heads(self) -> tuple[str, ...]:
        if self.earlier is None:
            return _NUMBER, _NAME, "目標"
        after = ("変更後",) if self.has_changes else ()
        return _NUMBER, _NAME, "変更前", *after, "変更有無"

    def groups(self, pairs: Mapping[int | None, Iterable[KpiPair]]) -> tuple[KpiGroup, ...]:
        """The groups that have rows; the numbers of the KPIs run on through them."""
        headings = pillar_indexes(self.dataset.plan.paragraphs)
        made: list[KpiGroup] = []
        number = 0
        for pillar, members in pairs.items():
            rows = []
            for pair in members:
                if pair.kpi.listed or (self.earlier and pair.change is not KpiChange.NONE):
                    number += pair.this is not None
                    rows.append(self._row(pair, str(number) if pair.this else NOTHING))
            if rows:
                heading = None if pillar is None else self.dataset.plan.paragraphs[headings[pillar - 1]]
                made.append(self._group(heading, tuple(rows), has_pillars=bool(headings)))
        return tuple(made)

    def _group(self, heading: Paragraph | None, rows: tuple[KpiRow, ...], has_pillars: bool) -> KpiGroup:
        if heading is None:
            return KpiGroup(_ELSEWHERE if has_pillars else "", "", rows)
        return KpiGroup(heading.label + expand(heading.text, self.dataset), f"plan:{heading.id}", rows)

    def _row(self, pair: KpiPair, number: str) -> KpiRow:
        ref = f"{'' if pair.this else 'e'}kpi:{pair.kpi.id}"
        return KpiRow(
            ref=ref,
            number=number,
            name=self._name(pair),
            targets=tuple(self._targets(pair)),
            change=pair.change if self.earlier else "",
            name_ref=f"{ref}.{_name_key(pair.kpi)}",
            role="own" if pair.this else "earlier",
        )

    def _name(self, pair: KpiPair) -> tuple[Run, ...]:
        name = list_name(pair.kpi)
        before = list_name(pair.earlier) if pair.this and pair.earlier else name
        return compose_runs(name, _marks(before, name), "changed", NAME_TAIL)

    def _targets(self, pair: KpiPair) -> Iterable[tuple[PrintedLine, ...]]:
        if self.earlier is not None:
            yield self._before(pair)
        if self.earlier is None or self.has_changes:
            yield (self._after(pair),)

    def _before(self, pair: KpiPair) -> tuple[PrintedLine, ...]:
        if pair.earlier is None or self.earlier is None:
            return (_target("", NOTHING, role="generated"),)
        ref = f"ekpi:{pair.kpi.id}"
        key, _ = _goal_source(pair.earlier)
        target = _target(f"{ref}.{key}", target_or_sentence(pair.earlier, self.earlier), role="earlier")
        name = old_name(pair.this, pair.earlier) if pair.this else ""
        if not name:
            return (target,)
        return target, _target(f"{ref}.{_name_key(pair.earlier)}", f"（名称：{name}）", role="earlier")

    def _after(self, pair: KpiPair) -> PrintedLine:
        if pair.this is None:
            return _target("", NOTHING, role="generated")
        text = before = target_or_sentence(pair.this, self.dataset)
        if self.earlier is not None and (pair.earlier is None or _goal(pair.this) != _goal(pair.earlier)):
            before = target_or_sentence(pair.earlier, self.earlier) if pair.earlier else ""
        key, role = _goal_source(pair.this)
        return _target(f"kpi:{pair.kpi.id}.{key}", text, _marks(before, text), role)


def _goal_source(kpi: Kpi) -> tuple[str, Role]:
    """The field that says what the KPI aims at, and whether its words are the branch's own."""
    if kpi.target is not None:
        return "target", "own"
    return "sentence", "own" if kpi.sentence else "generated"


def _target(ref: str, text: str, marks: Sequence[Span] = (), role: Role = "own") -> PrintedLine:
    return PrintedLine(ref, "kpi-target", compose_runs(text, marks, "changed", NAME_TAIL), role=role)


def _marks(before: str, text: str) -> Sequence[Span]:
    """The changed characters of `text`, all of them where the rules for running text would mark none."""
    return () if bare(before) == bare(text) else mark(before, text).new or [(0, len(text))]


def target_or_sentence(kpi: Kpi, dataset: Dataset) -> str:
    """The target; of a KPI that is a sentence, the sentence."""
    return target_text(kpi) or kpi_sentence(kpi, result_before(kpi, dataset))


def _name_key(kpi: Kpi) -> str:
    """The field of the name that stands in lists."""
    return "list_name" if kpi.list_name else "name"


def list_name(kpi: Kpi) -> str:
    """The name that stands in lists."""
    return kpi.list_name or kpi.name


def _goal(kpi: Kpi) -> tuple[object, ...]:
    """What the KPI aims at, for comparing: a number with unit and bound, or words, whatever their width."""
    if isinstance(kpi.target, Decimal):
        return kpi.target, bare(kpi.unit), kpi.bound
    return (bare(kpi.target or kpi.sentence or ""),)


def old_name(this: Kpi, earlier: Kpi) -> str:
    """The name that the KPI had before, where it has another one now."""
    for now, before in ((list_name(this), list_name(earlier)), (this.name, earlier.name)):
        if bare(now) != bare(before):
            return before
    return ""
