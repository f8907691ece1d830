"""Rules on names: every heading and id that an entry names is there."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from handouts.checks.called import called_unknown, excerpt, near_paragraph
from handouts.checks.entered import known_ids, with_refs
from handouts.checks.reworded import likely_paragraph
from handouts.dataset.budget import BudgetField, Initiative
from handouts.dataset.declared import PLAN, terms_of
from handouts.dataset.kpis import Kpi
from handouts.dataset.model import Dataset
from handouts.dataset.monthly import MonthlyTable
from handouts.dataset.plan import Kind, Paragraph
from handouts.dataset.plan_ids import is_derived
from handouts.dataset.progress import ProgressItem
from handouts.dataset.reading import entry_refs, place_of
from handouts.dataset.suggestion import near_named
from handouts.dataset.typed_text import bare
from handouts.findings import ByForm, FieldTerm, Finding, Place, Rule, Value
from handouts.measures.placeholders import headings_worded, resolve_topic

_INITIATIVE_TOPIC = terms_of(Initiative)("topic")
_FIELD_TOPIC = terms_of(BudgetField)("topic")
_ITEM_HEADING = terms_of(ProgressItem)("heading")
_TOPIC_FOUND = ByForm(
    "{what}の {field}「{topic}」に当たる見出しが計画にありません",
    "{what}の「{topic}」に当たる見出しが計画にありません",
)
_TEXT_FOUND = ByForm(
    "{field}「{topic}」は見出しではありません（計画の{line}行の段落です）",
    "「{topic}」は見出しではありません{paragraph:段落}",
)
_TOPIC_REMEDY = ByForm(
    "{field} に、計画の見出しの id か、見出しの文字をそのまま書いてください",
    "{field} で、計画の見出しを一覧から選ぶか、見出しの文字をそのまま書いてください",
)
TOPIC_UNKNOWN = Rule("reference.topic-unknown", _TOPIC_FOUND, "", _TOPIC_REMEDY)
TOPIC_MISSPELT = Rule("reference.topic-misspelt", _TOPIC_FOUND, "近い見出し: {headings}", _TOPIC_REMEDY)
TOPIC_IS_TEXT = Rule("reference.topic-is-text", _TEXT_FOUND, "その上の見出し: {above}", _TOPIC_REMEDY)
TOPIC_IS_FIRST_TEXT = Rule("reference.topic-is-first-text", _TEXT_FOUND, "", _TOPIC_REMEDY)
TOPIC_AMBIGUOUS = Rule(
    "reference.topic-ambiguous",
    "「{topic}」という見出しは、計画に{count}つあります",
    ByForm("それぞれの id は {lines} です", "見出しは{headings}です"),
    ByForm(
        "{field} に id を書いて、どの見出しか示してください",
        "{field} で、番号も付いたものを一覧から選んでください",
    ),
)
TOPIC_IS_PILLAR = Rule(
    "reference.topic-is-pillar",
    ByForm("{what}の {field} {heading} は分野です", "{what}が指す{heading}は分野です"),
    remedy="その分野の中の見出しを書いてください",
)
UNKNOWN_PARAGRAPH = Rule(
    "reference.paragraph-unknown",
    ByForm("「{name}」という id は、{plan}にありません", "「{name}」に当たる段落は、{plan}にありません"),
    remedy=ByForm(
        "計画の行の終わりに {{#名前}} を付けて、その名前を書いてください",
        "一覧から選び直してください",
    ),
    plan=PLAN,
)
_MEND = ByForm(
    "それなら、その行の終わりに {{#{name}}} と書いてください。ほかの段落なら、その id を書いてください",
    "この欄で、指す段落を選び直してください",
)
REWORDED_PARAGRAPH = Rule(
    "reference.paragraph-reworded",
    ByForm(
        "「{name}」という id の段落が、{plan}にありません（段落の文が変わったようです）",
        "ここで指していた段落が、{plan}に見つかりません（段落の文が変わったようです）",
    ),
    ByForm("近い段落は、{line}行の「{words}」です", "近い段落は「{words}」です{paragraph:場所}"),
    _MEND,
    plan=PLAN,
)
REWORDED_TOPIC = Rule(
    "reference.topic-reworded",
    ByForm(
        "{what}の {field}「{name}」という id の見出しが、{plan}にありません（見出しの文が変わったようです）",
        "{what}が指していた見出しが、{plan}に見つかりません（見出しの文が変わったようです）",
    ),
    ByForm("近い見出しは、{line}行の「{words}」です", "近い見出しは「{words}」です{paragraph:場所}"),
    _MEND,
    plan=PLAN,
)
UNKNOWN_ID = Rule(
    "reference.id-unknown",
    ByForm("「{name}」という id は、{where} にありません", "「{name}」に当たるものは、{where} にありません"),
    remedy=ByForm("id を確かめてください", "一覧から選び直してください"),
)
# Where the entries of a kind stand that others name by their id.
_LISTS = {
    "kpi": terms_of(Kpi).list,
    "monthly": terms_of(MonthlyTable).list,
    "field": terms_of(BudgetField).list,
}


def check_topics(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A topic or item that is no heading of the plan, more than one, or a whole pillar."""
    topics = list(_topics(dataset))
    headings = {topic: resolve_topic(topic, dataset.plan) for topic in {named.topic for named in topics}}
    for named in topics:
        heading = headings[named.topic]
        if heading is None:
            likely = _likely_heading(named, topics, dataset) if is_derived(named.topic) else None
            if likely:
                found = _reworded(named.topic, likely, places)
                yield named.at(REWORDED_TOPIC, places, **found)
            else:
                yield _topic_fault(named, dataset.plan.paragraphs, places)
        elif heading.level == 1:  # a pillar stands in the head of its table, where nothing else has a place
            yield named.at(TOPIC_IS_PILLAR, places, heading=_named(heading, named.place(places)))


def check_references(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """An id that names no paragraph, KPI, monthly table or field."""
    known = {kind: known_ids(kind, dataset, places) for kind in ("plan", *_LISTS)}
    names: Mapping[str, Mapping[str, str]] = {
        "kpi": {one.id: one.name for one in dataset.kpis},
        "monthly": {one.id: one.caption for one in dataset.tables},
        "field": {one.id: one.name for one in dataset.fields},
    }
    for ref, kind, name in _references(dataset):
        if name in known[kind]:
            continue
        place = place_of(ref, places)
        if kind == "plan":
            likely = _likely_of_entry(name, dataset) if is_derived(name) else None
            if likely:
                found = _reworded(name, likely, places)
                yield Finding(REWORDED_PARAGRAPH, place, tuple(found.items()))
            else:
                near = "" if is_derived(name) else near_paragraph(name, dataset.plan.paragraphs)
                yield UNKNOWN_PARAGRAPH.at(place, near, name=called_unknown(name))
        else:
            near = near_named(name, ((one, names[kind].get(one, "")) for one in known[kind]))
            yield UNKNOWN_ID.at(place, near, name=name, where=_LISTS[kind])


def _reworded(name: str, likely: Paragraph, places: Mapping[str, Place]) -> Mapping[str, Value]:
    """What a finding says of an id that was made of other words than the paragraph has now that was probably meant."""
    return {
        "name": name,
        "line": _line(likely, places),
        "words": excerpt(f"{likely.label}{likely.text}"),
        "paragraph": place_of(f"plan:{likely.id}", places),
    }


def _likely_of_entry(name: str, dataset: Dataset) -> Paragraph | None:
    """The paragraph of a record, whose text mostly says in other words what the plan says."""
    named = [entry.plan for entry in dataset.entries]
    number = named.index(name)
    return likely_paragraph(dataset.plan, named, number, dataset.entries[number].text)


def _likely_heading(named: _Topic, topics: Sequence[_Topic], dataset: Dataset) -> Paragraph | None:
    headings = [resolve_topic(one.topic, dataset.plan) for one in topics if one.field == named.field]
    ids = [heading.id if heading else None for heading in headings]
    number = [one for one in topics if one.field == named.field].index(named)
    return likely_paragraph(
        dataset.plan, ids, number, named.what, lambda one: one.kind is Kind.HEADING and one.level > 1
    )


@dataclass(frozen=True, slots=True)
class _Topic:
    """What names a heading by id or words: the ref of its entry, what a message calls that, its field, and the words."""

    ref: str
    what: str
    field: FieldTerm
    topic: str

    def at(self, rule: Rule, places: Mapping[str, Place], **more: Value) -> Finding:
        """A finding of `rule` where it was entered."""
        values: dict[str, Value] = {"what": self.what, "field": self.field, "topic": self.topic, **more}
        return Finding(rule, self.place(places), tuple(values.items()))

    def place(self, places: Mapping[str, Place]) -> Place:
        """Where it was entered."""
        return place_of(f"{self.ref}.{self.field.key}", places)


def _topics(dataset: Dataset) -> Iterator[_Topic]:
    """What names a heading by id or words, where there is any."""
    for initiative, ref in with_refs("budget", dataset.initiatives):
        if initiative.topic:
            yield _Topic(ref, f"取組「{initiative.name}」", _INITIATIVE_TOPIC, initiative.topic)
    for field, ref in with_refs("field", dataset.fields):
        if field.topic:
            yield _Topic(ref, f"区分「{field.name}」", _FIELD_TOPIC, field.topic)
    refs = entry_refs("item", (item.heading for item in dataset.items))
    for item, ref in zip(dataset.items, refs, strict=True):
        yield _Topic(ref, "事業", _ITEM_HEADING, item.heading)


def _references(dataset: Dataset) -> Iterator[tuple[str, str, str]]:
    """What names another entry by its id: the ref of its place, the kind of entry, and the id."""
    for initiative, ref in with_refs("budget", dataset.initiatives):
        if initiative.field:
            yield f"{ref}.field", "field", initiative.field
    for table, ref in with_refs("monthly", dataset.tables):
        if table.kpi:
            yield f"{ref}.kpi", "kpi", table.kpi
    for entry, ref in with_refs("progress", dataset.entries):
        if entry.plan:
            yield f"{ref}.plan", "plan", entry.plan
        if entry.kpi:
            yield f"{ref}.kpi", "kpi", entry.kpi
        for number, name in enumerate(entry.monthly, 1):
            yield f"{ref}.monthly[{number}]", "monthly", name


def _topic_fault(named: _Topic, paragraphs: Sequence[Paragraph], places: Mapping[str, Place]) -> Finding:
    """What is wrong with a topic that is not exactly one heading."""
    place = named.place(places)
    headings = [paragraph for paragraph in paragraphs if paragraph.kind is Kind.HEADING]
    if alike := headings_worded(named.topic, headings):
        lines = tuple(f"{heading.id}（{_line(heading, places)}行）" for heading in alike)
        words = tuple(_named(heading, place) for heading in alike)
        return named.at(TOPIC_AMBIGUOUS, places, count=len(alike), lines=lines, headings=words)
    for number, paragraph in enumerate(paragraphs):
        if paragraph.id == named.topic:
            above = next((p for p in reversed(paragraphs[:number]) if p.kind is Kind.HEADING), None)
            return named.at(
                TOPIC_IS_TEXT if above else TOPIC_IS_FIRST_TEXT,
                places,
                line=_line(paragraph, places),
                paragraph=place_of(f"plan:{paragraph.id}", places),
                above=_named(above, place) if above else None,
            )
    near = tuple(_named(heading, place) for heading in _near_headings(named.topic, headings))
    return named.at(TOPIC_MISSPELT if near else TOPIC_UNKNOWN, places, headings=near)


def _line(paragraph: Paragraph, places: Mapping[str, Place]) -> int:
    """The line on which it stands in a folder."""
    return place_of(f"plan:{paragraph.id}", places).line or paragraph.line


def _near_headings(topic: str, headings: Iterable[Paragraph]) -> list[Paragraph]:
    names = {name: heading for heading in headings for name in (heading.id, bare(heading.text))}
    near = difflib.get_close_matches(bare(topic), names, 3, 0.5)
    return list(dict.fromkeys(names[name] for name in near))


def _named(heading: Paragraph, place: Place) -> str:
    """A heading as a message at a place calls it: in a workbook nobody reads its id."""
    is_read = heading.has_written_id and place.stored_form == "folder"
    name = f"（id: {heading.id}）" if is_read else ""
    return f"「{heading.label}{heading.text}」{name}"
