"""Rules on where entries stand in the plan: each in an item, in order, and none of the items left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from handouts.checks.called import called_paragraph
from handouts.checks.entered import ids_at_fault, kinds_with, with_refs
from handouts.dataset.declared import terms_of
from handouts.dataset.kinds import Prints
from handouts.dataset.model import Dataset
from handouts.dataset.outline import owner_indexes
from handouts.dataset.plan import Kind, Paragraph
from handouts.dataset.progress import ProgressEntry
from handouts.dataset.reading import place_of
from handouts.findings import ByForm, Finding, Place, Rule

_ENTRY = terms_of(ProgressEntry)
FIRST_WITHOUT_PLAN = Rule(
    "progress.first-without-plan",
    "最初の記録に、計画の段落{plan:bracket}がありません",
    "{plan} のない記録は、前の記録と同じ事業の続きです",
    ByForm("{plan:row}を足してください", "{plan}で、計画の段落を一覧から選んでください"),
    plan=_ENTRY("plan"),
)
IN_NO_ITEM = Rule(
    "progress.in-no-item",
    "「{name}」は分野か、そのすぐ下の段落で、どの事業にも入りません",
    "記録は、分野の中の見出しと、その下の段落に付きます",
    ByForm("見出しの下の段落の id を書いてください", "見出しの下の段落を、一覧から選んでください"),
)
_NO_HEADING = "「{name}」は見出しではありません"
_WRITE_HEADING = ByForm(
    "年度の実施状況では、計画の見出しの id を書いてください",
    "年度の実施状況では、計画の見出しを一覧から選んでください",
)
BELOW_A_HEADING = Rule(
    "progress.below-a-heading",
    _NO_HEADING,
    ByForm("その上の見出し: 「{heading}」（id: {id}）", "その上の見出し: 「{heading}」"),
    _WRITE_HEADING,
    "warning",
)
BELOW_NO_HEADING = Rule("progress.below-no-heading", _NO_HEADING, "", _WRITE_HEADING, "warning")
OUT_OF_ORDER = Rule(
    "progress.out-of-order",
    "「{name}」は、計画では前の記録の「{above}」より前にあります",
    "記録は計画の順に並べます",
    "この記録を前に移してください",
)
DOUBLE_ENTRY = Rule(
    "progress.double-entry",
    "計画の「{plan}」の記録が2つあります{first:1つ目}",
    "計画の1か所に、記録は1つです",
    "1つにまとめるか、続きの行なら {field} を消してください",
    field=_ENTRY("plan"),
)
NO_ENTRIES = Rule(
    "progress.no-entries",
    "実施状況の記録が1件もありません",
    "",
    "{entries} に、計画の順に書いてください",
    "warning",
    entries=_ENTRY.list,
)
WITHOUT_ENTRY = Rule(
    "progress.heading-without-entry",
    "見出し「{heading}」の実施状況がありません",
    "",
    "{entries} に、この見出しか、その下の段落の記録を足してください",
    "warning",
    entries=_ENTRY.list,
)


def check_entry_places(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """An entry that stands in no item of the plan, so that no row could be printed of it; or beside no section."""
    items = Items(dataset)
    has_rows = bool(kinds_with(Prints.MEASURES, dataset))
    for number, (entry, ref) in enumerate(with_refs("progress", dataset.entries)):
        place = place_of(f"{ref}.plan", places)
        if entry.plan is None:
            if number == 0 and not ids_at_fault("progress", dataset, places):
                yield FIRST_WITHOUT_PLAN.at(place)
        elif (index := items.index_of.get(entry.plan)) is not None:
            if items.item_of(index) is None and has_rows:
                yield IN_NO_ITEM.at(place, name=called_paragraph(entry.plan, dataset))
            elif not has_rows and items.paragraphs[index].kind is not Kind.HEADING:
                above = items.item_of(index)
                if above is None:
                    yield BELOW_NO_HEADING.at(place, name=called_paragraph(entry.plan, dataset))
                else:
                    heading = items.paragraphs[above]
                    words = f"{heading.label}{heading.text}"
                    yield BELOW_A_HEADING.at(
                        place, name=called_paragraph(entry.plan, dataset), heading=words, id=heading.id
                    )


def check_order(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """An entry that stands before, in the plan, what the entry above it is about, or is about the same."""
    index_of = Items(dataset).index_of
    first: dict[str, str] = {}
    above = ""
    for entry, ref in with_refs("progress", dataset.entries):
        if entry.plan is None or entry.plan not in index_of:
            continue
        place = place_of(f"{ref}.plan", places)
        if first.setdefault(entry.plan, ref) != ref:
            name, again = called_paragraph(entry.plan, dataset), place_of(first[entry.plan], places)
            yield DOUBLE_ENTRY.at(place, plan=name, first=again)
        elif above and index_of[entry.plan] < index_of[above]:
            yield OUT_OF_ORDER.at(
                place, name=called_paragraph(entry.plan, dataset), above=called_paragraph(above, dataset)
            )
        above = entry.plan


def check_items_without_entry(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A heading with text of its own of which nobody says what was done."""
    if not kinds_with(Prints.RESULTS, dataset) or ids_at_fault("progress", dataset, places):
        return
    if not dataset.entries:
        yield NO_ENTRIES.at(place_of("progress:", places))
        return
    items = Items(dataset)
    reported = items.reported(dataset.entries, with_lower=not kinds_with(Prints.MEASURES, dataset))
    for index, heading in enumerate(items.paragraphs):
        if heading.level > 1 and items.has_text(index) and index not in reported:
            place = place_of(f"plan:{heading.id}", places)
            yield WITHOUT_ENTRY.at(place, heading=f"{heading.label}{heading.text}")


class Items:
    """The plan as items: headings below the pillars, with the paragraphs directly under them."""

    def __init__(self, dataset: Dataset) -> None:
        self.paragraphs: tuple[Paragraph, ...] = dataset.plan.paragraphs
        self.index_of = {paragraph.id: index for index, paragraph in enumerate(self.paragraphs)}
        self._owners = owner_indexes(self.paragraphs)

    def item_of(self, index: int) -> int | None:
        """The heading under which a paragraph stands, itself if it is one; None in no item."""
        is_heading = self.paragraphs[index].kind is Kind.HEADING
        owner = index if is_heading else self._owners[index]
        return owner if owner is not None and self.paragraphs[owner].level > 1 else None

    def has_text(self, index: int) -> bool:
        """Whether paragraphs other than headings stand directly under a heading."""
        return any(
            owner == index and paragraph.kind is not Kind.HEADING
            for owner, paragraph in zip(self._owners, self.paragraphs, strict=True)
        )

    def reported(self, entries: tuple[ProgressEntry, ...], with_lower: bool) -> set[int]:
        """The headings of which an entry says something; with those above and below where a section has one entry."""
        named = [self.index_of[entry.plan] for entry in entries if entry.plan in self.index_of]
        found = {item for index in named if (item := self.item_of(index)) is not None}
        if not with_lower:
            return found
        above = {heading for index in found for heading in self._above(index)}
        below = {index for index in range(len(self.paragraphs)) if found & set(self._above(index))}
        return found | above | below

    def is_kpi_of_same_item(self, entry: ProgressEntry, following: ProgressEntry | None) -> bool:
        """Whether the next row is a KPI of the same item."""
        if following is None or following.kpi is None or entry.plan not in self.index_of:
            return False
        if following.plan is None:
            return True
        next_index = self.index_of.get(following.plan)
        return next_index is not None and self.item_of(next_index) == self.item_of(self.index_of[entry.plan])

    def _above(self, index: int) -> Iterator[int]:
        while (owner := self._owners[index]) is not None:
            yield owner
            index = owner
