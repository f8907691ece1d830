"""Rules on names: every heading and id that an entry names is there."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from handouts.checks.entered import known_ids, with_refs
from handouts.dataset.model import Dataset, Kind, Paragraph
from handouts.dataset.reading import entry_refs, place_of
from handouts.dataset.suggestion import suggestion
from handouts.dataset.typed_text import bare
from handouts.findings import Finding, Place
from handouts.measures.placeholders import headings_worded, resolve_topic

# Where the entries of a kind stand, and what to do where none has a name that is near.
_WHERE = {
    "plan": "計画（plan.md）",
    "kpi": "kpis.yaml の kpis ",
    "monthly": "monthly.yaml の tables ",
    "field": "budget.yaml の fields ",
}
_REMEDIES = {"plan": "計画の行の終わりに {#名前} を付けて、その名前を書いてください"}


def check_topics(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A topic or item that is no heading of the plan, more than one, or a whole pillar."""
    topics = list(_topics(dataset))
    headings = {topic: resolve_topic(topic, dataset.plan) for topic in {topic for _, _, topic in topics}}
    for ref, what, topic in topics:
        if not topic:
            continue
        heading = headings[topic]
        if heading is None:
            words = _topic_fault(what, topic, ref.rpartition(".")[2], dataset.plan.paragraphs)
            yield Finding(place_of(ref, places), *words)
        elif heading.level == 1:  # a pillar stands in the head of its table, where nothing else has a place
            found = f"{what} {_named(heading)} は分野です"
            remedy = "その分野の中の見出しを書いてください"
            yield Finding(place_of(ref, places), found, "", remedy)


def check_references(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """An id that names no paragraph, KPI, monthly table or field."""
    known = {kind: known_ids(kind, dataset, places) for kind in _WHERE}
    for ref, kind, name in _references(dataset):
        if name not in known[kind]:
            found = f"「{name}」という id は、{_WHERE[kind]}にありません"
            remedy = suggestion(name, known[kind]) or _REMEDIES.get(kind, "id を確かめてください")
            yield Finding(place_of(ref, places), found, "", remedy)


def check_overrides(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A decision about the comparison for a paragraph that the plan does not have."""
    ids = [paragraph.id for paragraph in dataset.plan.paragraphs]
    decided = {"pairs": dataset.overrides.pairs, "marks": dataset.overrides.marks}
    for key, decisions in decided.items():
        for decided_id in decisions:
            if decided_id not in ids:
                yield Finding(
                    place_of(f"dataset:comparison.{key}.{decided_id}", places),
                    f"「{decided_id}」という id の段落は計画にありません",
                    "comparison には、今年度の計画の段落の id を書きます",
                    suggestion(decided_id, ids) or "id を直すか、行ごと消してください",
                )


def _topics(dataset: Dataset) -> Iterator[tuple[str, str, str]]:
    """What names a heading by id or words: the ref of its place, what a message calls it, and the words."""
    for initiative, ref in with_refs("budget", dataset.initiatives):
        yield f"{ref}.topic", f"取組「{initiative.name}」の topic", initiative.topic
    for field, ref in with_refs("field", dataset.fields):
        yield f"{ref}.topic", f"区分「{field.name}」の topic", field.topic
    refs = entry_refs("item", (item.heading for item in dataset.items))
    for item, ref in zip(dataset.items, refs, strict=True):
        yield f"{ref}.heading", "事業の heading", item.heading


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


def _topic_fault(what: str, topic: str, key: str, paragraphs: Sequence[Paragraph]) -> tuple[str, str, str]:
    headings = [paragraph for paragraph in paragraphs if paragraph.kind is Kind.HEADING]
    if alike := headings_worded(topic, headings):
        ids = "、".join(f"{heading.id}（{heading.line}行）" for heading in alike)
        found = f"「{topic}」という見出しは、計画に{len(alike)}つあります"
        return found, f"それぞれの id は {ids} です", f"{key} に id を書いて、どの見出しか示してください"
    remedy = f"{key} に、計画の見出しの id か、見出しの文字をそのまま書いてください"
    for number, paragraph in enumerate(paragraphs):
        if paragraph.id == topic:
            found = f"{key}「{topic}」は見出しではありません（計画の{paragraph.line}行の段落です）"
            above = next((p for p in reversed(paragraphs[:number]) if p.kind is Kind.HEADING), None)
            return found, f"その上の見出し: {_named(above)}" if above else "", remedy
    near = "、".join(_named(heading) for heading in _near_headings(topic, headings))
    found = f"{what}「{topic}」に当たる見出しが計画にありません"
    return found, f"近い見出し: {near}" if near else "", remedy


def _near_headings(topic: str, headings: Iterable[Paragraph]) -> list[Paragraph]:
    names = {name: heading for heading in headings for name in (heading.id, bare(heading.text))}
    near = difflib.get_close_matches(bare(topic), names, 3, 0.5)
    return list(dict.fromkeys(names[name] for name in near))


def _named(heading: Paragraph) -> str:
    return f"「{heading.label}{heading.text}」（id: {heading.id}）"
