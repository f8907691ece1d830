"""Rules against names that are given twice: ids of entries, of rows of a table, of lines of a text, and items."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from handouts.checks.entered import entries_of, series_of, with_refs
from handouts.dataset.model import Dataset
from handouts.dataset.progress_text import read_progress_text
from handouts.dataset.reading import entry_refs, place_of
from handouts.findings import Finding, Place, seen_before
from handouts.measures.placeholders import resolve_topic


def check_duplicate_ids(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """An id that two entries of a kind bear."""
    for kind, entries in entries_of(dataset).items():
        for entry, ref in with_refs(kind, entries):
            if "#" in ref:
                yield Finding(
                    place_of(ref, places),
                    f"id「{entry.id}」が2回使われています{_where(f'{kind}:{entry.id}', ref, places)}",
                    "同じ種類の中で、同じ id は1回だけ使えます",
                    "どちらかの id を変えてください",
                )


def check_duplicate_series(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """An id that two rows of a table bear."""
    for table, ref in with_refs("monthly", dataset.tables):
        named = [(series.id, f"{series_ref}.id") for series, series_ref in series_of(table, ref) if series.id]
        for name, series_ref, first in _seen_again(named):
            yield Finding(
                place_of(series_ref, places),
                f"表「{table.caption}」の行の id「{name}」が2回使われています{_where(first, series_ref, places)}",
                "1つの表の中で、同じ id は1回だけ使えます",
                "どちらかの id を変えてください",
            )


def check_duplicate_lines(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """An id that two lines of the progress texts bear."""
    named = [
        (line.id, f"{ref}.text[{line.number}]")
        for entry, ref in with_refs("progress", dataset.entries)
        for line in read_progress_text(entry.text).lines
        if line.id
    ]
    for name, ref, first in _seen_again(named):
        yield Finding(
            place_of(ref, places),
            f"文の id「{name}」が2回使われています{_where(first, ref, places)}",
            "実施状況の文の中で、同じ id は1回だけ使えます",
            "どちらかの {#名前} を変えてください",
        )


def check_duplicate_items(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A heading of which two items say something."""
    refs = entry_refs("item", (item.heading for item in dataset.items))
    headings = [
        (resolve_topic(item.heading, dataset.plan), ref)
        for item, ref in zip(dataset.items, refs, strict=True)
    ]
    for name, ref, first in _seen_again([(heading.id, ref) for heading, ref in headings if heading]):
        yield Finding(
            place_of(ref, places),
            f"見出し「{name}」の事業が2回書かれています{_where(first, ref, places)}",
            "1つの見出しに、事業は1つだけ書けます",
            "どちらかを消してください",
        )


def _seen_again(named: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    """Each name that stood before, with its ref and the first ref of the name."""
    first: dict[str, str] = {}
    for name, ref in named:
        if first.setdefault(name, ref) != ref:
            yield name, ref, first[name]


def _where(first: str, again: str, places: Mapping[str, Place]) -> str:
    return seen_before("1回目", place_of(first, places), place_of(again, places))
