"""Rules on names: every id is given once, and every reference finds what it names."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from handouts.dataset.model import Dataset, Initiative, Kind, Kpi, Paragraph, Population
from handouts.dataset.placeholders import (
    bare,
    fault_of,
    headings_worded,
    look_alikes,
    references,
    resolve_topic,
    written_lines,
)
from handouts.dataset.reading import entry_refs, place_of
from handouts.dataset.suggestion import suggestion
from handouts.errors import Finding, Place

_TOPIC_REMEDY = "topic に、計画の見出しの id か、見出しの文字をそのまま書いてください"


def check_duplicate_ids(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """An id that two entries of a kind bear."""
    for kind, entries in _entries(dataset).items():
        ids = [entry.id for entry in entries]
        for entry_id, ref in zip(ids, entry_refs(kind, ids), strict=True):
            if "#" in ref:
                first = place_of(f"{kind}:{entry_id}", places).line
                yield Finding(
                    place_of(ref, places),
                    f"id「{entry_id}」が2回使われています（1回目は{first}行）"
                    if first
                    else f"id「{entry_id}」が2回使われています",
                    "同じ種類の中で、同じ id は1回だけ使えます",
                    "どちらかの id を変えてください",
                )


def check_topics(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """An initiative whose topic is no heading of the plan, more than one, or a whole pillar."""
    refs = entry_refs("budget", (initiative.id for initiative in dataset.initiatives))
    for initiative, ref in zip(dataset.initiatives, refs, strict=True):
        if not initiative.topic:
            continue
        heading = resolve_topic(initiative.topic, dataset.plan)
        if heading is None:
            words = _topic_fault(initiative, dataset.plan.paragraphs)
            yield Finding(place_of(f"{ref}.topic", places), *words)
        elif heading.level == 1:  # a pillar stands in the head of its table, where no initiative has a place
            found = f"取組「{initiative.name}」の topic {_named(heading)} は分野です"
            remedy = "その分野の中の、取組が属する見出しを書いてください"
            yield Finding(place_of(f"{ref}.topic", places), found, "", remedy)


def check_placeholders(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A placeholder in the plan that names no entry, or no field of it."""
    known = {kind: _known_ids(kind, dataset, places) for kind in ("kpi", "budget", "population", "plan")}
    known["progress"] = set(written_lines(dataset))
    for paragraph in dataset.plan.paragraphs:
        for reference in references(paragraph.text):
            if words := fault_of(reference, known[reference.kind]):
                yield Finding(place_of(f"plan:{paragraph.id}", places), *words)


def check_look_alikes(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """What looks like a placeholder but is printed as it stands."""
    for paragraph in dataset.plan.paragraphs:
        for text in look_alikes(paragraph.text):
            yield Finding(
                place_of(f"plan:{paragraph.id}", places),
                f"「{text}」は置き換えられず、このまま印刷されます",
                "KPI などを差し込む印は、すべて半角の小文字で書きます（例 {kpi:kenshin}）",
                "半角の小文字に直してください",
                "warning",
            )


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


def _topic_fault(initiative: Initiative, paragraphs: Sequence[Paragraph]) -> tuple[str, str, str]:
    topic = initiative.topic
    headings = [paragraph for paragraph in paragraphs if paragraph.kind is Kind.HEADING]
    if alike := headings_worded(topic, headings):
        ids = "、".join(f"{heading.id}（{heading.line}行）" for heading in alike)
        found = f"「{topic}」という見出しは、計画に{len(alike)}つあります"
        return found, f"それぞれの id は {ids} です", "topic に id を書いて、どの見出しか示してください"
    for number, paragraph in enumerate(paragraphs):
        if paragraph.id == topic:
            return _not_a_heading(paragraph, paragraphs[:number])
    near = "、".join(_named(heading) for heading in _near_headings(topic, headings))
    found = f"取組「{initiative.name}」の topic「{topic}」に当たる見出しが計画にありません"
    return found, f"近い見出し: {near}" if near else "", _TOPIC_REMEDY


def _not_a_heading(paragraph: Paragraph, before: Sequence[Paragraph]) -> tuple[str, str, str]:
    found = f"topic「{paragraph.id}」は見出しではありません（計画の{paragraph.line}行の段落です）"
    heading = next((above for above in reversed(before) if above.kind is Kind.HEADING), None)
    return found, f"その上の見出し: {_named(heading)}" if heading else "", _TOPIC_REMEDY


def _near_headings(topic: str, headings: Iterable[Paragraph]) -> list[Paragraph]:
    names = {name: heading for heading in headings for name in (heading.id, bare(heading.text))}
    near = difflib.get_close_matches(bare(topic), names, 3, 0.5)
    return list(dict.fromkeys(names[name] for name in near))


def _named(heading: Paragraph) -> str:
    return f"「{heading.label}{heading.text}」（id: {heading.id}）"


def _entries(dataset: Dataset) -> Mapping[str, Sequence[Paragraph | Initiative | Kpi | Population]]:
    return {
        "plan": dataset.plan.paragraphs,
        "budget": dataset.initiatives,
        "kpi": dataset.kpis,
        "population": dataset.populations,
    }


def _known_ids(kind: str, dataset: Dataset, places: Mapping[str, Place]) -> set[str]:
    """The ids of this kind, with those of entries that are at fault and so are not in the dataset."""
    entered = {ref.partition(":")[2] for ref in places if ref.startswith(f"{kind}:")}
    return {entry.id for entry in _entries(dataset)[kind]} | {
        ref for ref in entered if "." not in ref and "#" not in ref
    }
