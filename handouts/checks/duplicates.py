"""Rules against names that are given twice: ids of entries, of rows of a table, of lines of a text, and items."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from handouts.checks.entered import entries_of, series_of, with_refs
from handouts.dataset.model import Dataset
from handouts.dataset.progress_text import read_progress_text
from handouts.dataset.reading import entry_refs, place_of
from handouts.findings import ByForm, Finding, Place, Rule
from handouts.measures.placeholders import resolve_topic

DOUBLE_ID = Rule(
    "ids.double",
    ByForm("id「{name}」が2回使われています{first:1回目}", "同じ id の行が、もう一つあります{first:1回目}"),
    "同じ種類の中で、同じ id は1回だけ使えます",
    ByForm("どちらかの id を変えてください", "写した行なら、その行の id の欄を空にしてください"),
)
DOUBLE_SERIES_ID = Rule(
    "months.double-row-id",
    ByForm(
        "表「{table}」の行の id「{name}」が2回使われています{first:1回目}",
        "表「{table}」に、行の id が同じ行が、もう一つあります{first:1回目}",
    ),
    "1つの表の中で、同じ id は1回だけ使えます",
    ByForm("どちらかの id を変えてください", "写した行なら、その行の id の欄を空にしてください"),
)
DOUBLE_LINE_ID = Rule(
    "progress.double-line-id",
    "文の id「{name}」が2回使われています{first:1回目}",
    "実施状況の文の中で、同じ id は1回だけ使えます",
    ByForm("どちらかの {{#名前}} を変えてください", "どちらかの、行の終わりの名前を変えてください"),
)
DOUBLE_ITEM = Rule(
    "items.double",
    "見出し「{name}」の事業が2回書かれています{first:1回目}",
    "1つの見出しに、事業は1つだけ書けます",
    "どちらかを消してください",
)


def check_duplicate_ids(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """An id that two entries of a kind bear."""
    for kind, entries in entries_of(dataset).items():
        for entry, ref in with_refs(kind, entries):
            if "#" in ref:
                first = place_of(f"{kind}:{entry.id}", places)
                yield DOUBLE_ID.at(place_of(ref, places), name=entry.id, first=first)


def check_duplicate_series(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """An id that two rows of a table bear."""
    for table, ref in with_refs("monthly", dataset.tables):
        named = [(series.id, f"{series_ref}.id") for series, series_ref in series_of(table, ref) if series.id]
        for name, place, first in _seen_again(named, places):
            yield DOUBLE_SERIES_ID.at(place, table=table.caption, name=name, first=first)


def check_duplicate_lines(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """An id that two lines of the progress texts bear."""
    named = [
        (line.id, f"{ref}.text[{line.number}]")
        for entry, ref in with_refs("progress", dataset.entries)
        for line in read_progress_text(entry.text).lines
        if line.id
    ]
    for name, place, first in _seen_again(named, places):
        yield DOUBLE_LINE_ID.at(place, name=name, first=first)


def check_duplicate_items(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A heading of which two items say something."""
    refs = entry_refs("item", (item.heading for item in dataset.items))
    headings = [
        (resolve_topic(item.heading, dataset.plan), ref)
        for item, ref in zip(dataset.items, refs, strict=True)
    ]
    named = [(heading.id, ref) for heading, ref in headings if heading]
    for name, place, first in _seen_again(named, places):
        yield DOUBLE_ITEM.at(place, name=name, first=first)


def _seen_again(
    named: Iterable[tuple[str, str]], places: Mapping[str, Place]
) -> Iterator[tuple[str, Place, Place]]:
    """Each name that stood before, with its place and the first place of the name."""
    first: dict[str, str] = {}
    for name, ref in named:
        if first.setdefault(name, ref) != ref:
            yield name, place_of(ref, places), place_of(first[name], places)
