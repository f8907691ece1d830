"""Rules on what was done: each entry has what its row needs, and each table and KPI has its entry."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import zip_longest

from handouts.checks.called import called_record
from handouts.checks.entered import ids_at_fault, kinds_with, with_refs
from handouts.checks.items import Items
from handouts.checks.kpis import MARK_WITHOUT_REASON, REASON_WITHOUT_MARK
from handouts.dataset.declared import terms_of
from handouts.dataset.kinds import Prints
from handouts.dataset.kpis import Kpi
from handouts.dataset.model import Dataset
from handouts.dataset.progress import ProgressEntry
from handouts.dataset.progress_text import read_progress_text
from handouts.dataset.reading import place_of
from handouts.dataset.stored import KPI_FILE, PROGRESS_FILE
from handouts.findings import ByForm, Edit, Finding, Place, Rule
from handouts.measures.kpis import standings

_ENTRY, _KPI = terms_of(ProgressEntry), terms_of(Kpi)
EMPTY_ENTRY = Rule(
    "progress.entry-empty",
    "記録「{name}」に、文も印も表もありません",
    "",
    "{text} か {mark} を書くか、要らなければ消してください",
    "warning",
    text=_ENTRY("text"),
    mark=_ENTRY("mark"),
)
WITHOUT_MARK = Rule(
    "progress.mark-missing",
    "記録「{name}」に印がありません",
    "",
    ByForm(
        "{mark} に ◎ ○ △ × □ のどれかを書くか、KPI なら {kpi} に id を書いてください",
        "{mark} に ◎ ○ △ × □ のどれかを書くか、KPI なら {kpi} で選んでください",
    ),
    "warning",
    mark=_ENTRY("mark"),
    kpi=_ENTRY("kpi"),
)
RANK_OF_KPI = Rule(
    "progress.rank-of-kpi",
    "記録「{name}」は KPI なので、全国順位は書けません",
    "KPI の全国順位は {kpis} に書きます",
    "{rank} に移してください",
    kpis=ByForm(KPI_FILE, _KPI.list.said("workbook", "")),
    rank=_KPI.on_its_sheet("rank", f"{KPI_FILE} の rank"),
)
RANK_AND_SLASH = Rule(
    "progress.rank-and-slash",
    "記録「{name}」には全国順位があるのに、斜線{slash:bracket}も付いています",
    "斜線は、全国順位のない欄に引きます",
    "{slash} か {rank} を消してください",
    slash=_ENTRY("slash"),
    rank=_ENTRY("rank"),
)
UNPRINTED_TABLE = Rule(
    "progress.table-unprinted",
    "表「{table}」はどの記録にもないので、印刷されません",
    "",
    ByForm(
        "載せたい記録に{monthly:=[{id}]}と書くか、要らなければ消してください",
        "{entries}で、載せたい記録の{monthly}に「{table}」と書くか、要らなければ消してください",
    ),
    "warning",
    monthly=_ENTRY("monthly"),
    entries=_ENTRY.list,
)
KPI_WITHOUT_ENTRY = Rule(
    "progress.kpi-without-entry",
    "KPI「{name}」はどの記録にもないので、印も集計もありません",
    "",
    ByForm(
        "その施策の記録に{kpi:={id}}と書いてください",
        "{entries}で、その施策の記録の{kpi}に「{name}」と書いてください",
    ),
    "warning",
    kpi=_ENTRY("kpi"),
    entries=_ENTRY.list,
)
KPI_COUNTED_TWICE = Rule(
    "progress.kpi-counted-twice",
    "KPI「{name}」の記録が{count}つあり、集計で{count}件と数えられます",
    "",
    "{kpi} は1つの記録だけに書いてください",
    "warning",
    kpi=_ENTRY.on_its_sheet("kpi", "kpi"),
)


def check_texts(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """Faults in the lines and small tables of a text."""
    for entry, ref in with_refs("progress", dataset.entries):
        move = _to_entry(ref, places)
        yield from (fault.moved(move) for fault in read_progress_text(entry.text, PROGRESS_FILE).findings)


def check_entry_contents(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """An entry that says nothing, or a measure without a mark whose next row is not the KPI that stands for it."""
    items = Items(dataset)
    rows = list(with_refs("progress", dataset.entries))
    for (entry, ref), following in zip_longest(rows, dataset.entries[1:]):
        if not (entry.text.strip() or entry.mark or entry.monthly or entry.kpi):
            yield EMPTY_ENTRY.at(place_of(ref, places), name=called_record(entry, dataset))
        elif (
            kinds_with(Prints.MEASURES, dataset)
            and _needs_mark(entry)
            and not items.is_kpi_of_same_item(entry, following)
        ):
            yield WITHOUT_MARK.at(place_of(ref, places), name=called_record(entry, dataset))


def check_entry_marks(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A mark that differs from that of the KPI without a reason, and a reason without a mark."""
    known = standings(dataset)
    for entry, ref in with_refs("progress", dataset.entries):
        standing = known.get(entry.kpi or "")
        if entry.mark_reason and entry.mark is None:
            yield REASON_WITHOUT_MARK.at(place_of(f"{ref}.mark_reason", places))
        if entry.mark and standing and standing.mark not in (None, entry.mark) and not entry.mark_reason:
            called = called_record(entry, dataset)
            name = ByForm(*(f"記録「{one}」" for one in (called.folder, called.workbook)))
            place = place_of(f"{ref}.mark", places)
            yield MARK_WITHOUT_REASON.at(place, name=name, entered=entry.mark, judged=standing.mark)


def check_entry_ranks(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A rank beside that of the KPI, or beside the slash that says there is none."""
    ranks = {kpi.id: kpi.rank for kpi in dataset.kpis}
    for entry, ref in with_refs("progress", dataset.entries):
        if entry.rank is not None and entry.kpi is not None:
            mend = Edit(ref, "rank", None) if entry.rank == ranks.get(entry.kpi) else None
            yield RANK_OF_KPI.at(
                place_of(f"{ref}.rank", places), mend=mend, name=called_record(entry, dataset)
            )
        if entry.slash and (entry.rank is not None or ranks.get(entry.kpi or "") is not None):
            yield RANK_AND_SLASH.at(place_of(f"{ref}.slash", places), name=called_record(entry, dataset))


def check_unprinted(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A monthly table that no entry prints, a KPI that no entry is about, and one that two are about."""
    if not dataset.entries or ids_at_fault("progress", dataset, places):
        return
    printed = {name for entry in dataset.entries for name in entry.monthly}
    for table, ref in with_refs("monthly", dataset.tables):
        if table.id not in printed:
            yield UNPRINTED_TABLE.at(place_of(ref, places), table=table.caption, id=table.id)
    if not kinds_with(Prints.MEASURES, dataset):
        return
    about = [entry.kpi for entry in dataset.entries]
    for kpi, ref in with_refs("kpi", dataset.kpis):
        if kpi.id not in about:
            yield KPI_WITHOUT_ENTRY.at(place_of(ref, places), name=kpi.name, id=kpi.id)
        elif (count := about.count(kpi.id)) > 1:
            yield KPI_COUNTED_TWICE.at(place_of(ref, places), name=kpi.name, count=count)


def _to_entry(ref: str, places: Mapping[str, Place]) -> Callable[[Place], Place]:
    """What takes a line of the text of an entry to its place in the file."""
    return lambda place: place_of(f"{ref}.text[{place.line}]", places)


def _needs_mark(entry: ProgressEntry) -> bool:
    """Whether an entry is a measure of the plan without a mark; a further row of an item may do without."""
    return entry.plan is not None and entry.mark is None and entry.kpi is None
