"""Rules on what was done: each entry has what its row needs, and each table and KPI has its entry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import zip_longest

from handouts.checks.entered import ids_at_fault, kinds_with, with_refs
from handouts.checks.items import Items
from handouts.checks.kpis import MARK_WITHOUT_REASON, REASON_WITHOUT_MARK
from handouts.dataset.kinds import Prints
from handouts.dataset.model import Dataset
from handouts.dataset.progress import ProgressEntry
from handouts.dataset.progress_text import read_progress_text
from handouts.dataset.reading import place_of
from handouts.dataset.stored import PROGRESS_FILE
from handouts.findings import Finding, Place, unruled
from handouts.measures.kpis import standings


def check_texts(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """Faults in the lines and small tables of a text."""
    for entry, ref in with_refs("progress", dataset.entries):
        for fault in read_progress_text(entry.text, PROGRESS_FILE).findings:
            place = place_of(f"{ref}.text[{fault.place.line}]", places)
            yield unruled(place, fault.found, fault.allowed, fault.remedy, fault.severity)


def check_entry_contents(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """An entry that says nothing, or a measure without a mark whose next row is not the KPI that stands for it."""
    items = Items(dataset)
    rows = list(with_refs("progress", dataset.entries))
    for (entry, ref), following in zip_longest(rows, dataset.entries[1:]):
        if not (entry.text.strip() or entry.mark or entry.monthly or entry.kpi):
            found = f"記録「{entry.id}」に、文も印も表もありません"
            remedy = "text か mark を書くか、要らなければ消してください"
            yield unruled(place_of(ref, places), found, "", remedy, "warning")
        elif (
            kinds_with(Prints.MEASURES, dataset)
            and _needs_mark(entry)
            and not items.is_kpi_of_same_item(entry, following)
        ):
            found = f"記録「{entry.id}」に印がありません"
            remedy = "mark に ◎ ○ △ × □ のどれかを書くか、KPI なら kpi に id を書いてください"
            yield unruled(place_of(ref, places), found, "", remedy, "warning")


def check_entry_marks(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A mark that differs from that of the KPI without a reason, and a reason without a mark."""
    known = standings(dataset)
    for entry, ref in with_refs("progress", dataset.entries):
        standing = known.get(entry.kpi or "")
        if entry.mark_reason and entry.mark is None:
            yield REASON_WITHOUT_MARK.at(place_of(f"{ref}.mark_reason", places))
        if entry.mark and standing and standing.mark not in (None, entry.mark) and not entry.mark_reason:
            place, name = place_of(f"{ref}.mark", places), f"記録「{entry.id}」"
            yield MARK_WITHOUT_REASON.at(place, name=name, entered=entry.mark, judged=standing.mark)


def check_entry_ranks(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A rank beside that of the KPI, or beside the slash that says there is none."""
    ranks = {kpi.id: kpi.rank for kpi in dataset.kpis}
    for entry, ref in with_refs("progress", dataset.entries):
        if entry.rank is not None and entry.kpi is not None:
            yield unruled(
                place_of(f"{ref}.rank", places),
                f"記録「{entry.id}」は KPI なので、全国順位は書けません",
                "KPI の全国順位は kpis.yaml に書きます",
                "kpis.yaml の rank に移してください",
            )
        if entry.slash and (entry.rank is not None or ranks.get(entry.kpi or "") is not None):
            yield unruled(
                place_of(f"{ref}.slash", places),
                f"記録「{entry.id}」には全国順位があるのに、斜線（slash）も付いています",
                "斜線は、全国順位のない欄に引きます",
                "slash か rank を消してください",
            )


def check_unprinted(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A monthly table that no entry prints, a KPI that no entry is about, and one that two are about."""
    if not dataset.entries or ids_at_fault("progress", dataset, places):
        return
    printed = {name for entry in dataset.entries for name in entry.monthly}
    for table, ref in with_refs("monthly", dataset.tables):
        if table.id not in printed:
            found = f"表「{table.caption}」はどの記録にもないので、印刷されません"
            remedy = f"載せたい記録に「monthly: [{table.id}]」と書くか、要らなければ消してください"
            yield unruled(place_of(ref, places), found, "", remedy, "warning")
    if not kinds_with(Prints.MEASURES, dataset):
        return
    about = [entry.kpi for entry in dataset.entries]
    for kpi, ref in with_refs("kpi", dataset.kpis):
        if kpi.id not in about:
            found = f"KPI「{kpi.name}」はどの記録にもないので、印も集計もありません"
            remedy = f"その施策の記録に「kpi: {kpi.id}」と書いてください"
            yield unruled(place_of(ref, places), found, "", remedy, "warning")
        elif about.count(kpi.id) > 1:
            found = f"KPI「{kpi.name}」の記録が{about.count(kpi.id)}つあり、集計で{about.count(kpi.id)}件と数えられます"
            yield unruled(place_of(ref, places), found, "", "kpi は1つの記録だけに書いてください", "warning")


def _needs_mark(entry: ProgressEntry) -> bool:
    """Whether an entry is a measure of the plan without a mark; a further row of an item may do without."""
    return entry.plan is not None and entry.mark is None and entry.kpi is None
