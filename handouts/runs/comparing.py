"""What is compared: the lines of two texts, the paragraphs of two Word files, or what one was before its changes and is now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from handouts.compose.changes import ParagraphChange, compare_texts
from handouts.compose.reviewed import compare_reviewed, texts_after
from handouts.dataset.text_file import read_text
from handouts.findings import Finding, Place, Rule
from handouts.revisions import TrackedDocument, read_document

OPEN_CHANGES = Rule(
    "document.open-changes",
    "この文書には、確定していない変更が{count}か所あります。すべて反映したものとして比べています",
    remedy="変更の前と後を見るには、handouts compare にこの文書だけを指定してください",
    severity="warning",
)


def compare_files(old: Path, new: Path) -> tuple[ParagraphChange, ...]:
    """The lines of two text files as paragraphs; indexes count all lines, but empty ones are no rows."""
    return _compare_filled([read_text(path)[0].splitlines() for path in (old, new)])


def compare_review(path: Path) -> tuple[ParagraphChange, ...]:
    """What stood in a Word file before all changes beside what stands after them; raises DataFaults."""
    return compare_reviewed(read_document(path))


def compare_documents(old: Path, new: Path) -> tuple[tuple[ParagraphChange, ...], tuple[Finding, ...]]:
    """The paragraphs of two Word files as after all changes, and which of the files have such; raises DataFaults."""
    documents = [read_document(path) for path in (old, new)]
    open_ones = [OPEN_CHANGES.at(Place(one.file), count=count) for one in documents if (count := _open(one))]
    return _compare_filled([texts_after(document) for document in documents]), tuple(open_ones)


def _open(document: TrackedDocument) -> int:
    return sum(mark.kind != "property" for mark in document.marks())


def _compare_filled(texts: Sequence[Sequence[str]]) -> tuple[ParagraphChange, ...]:
    numbers = [[number for number, line in enumerate(lines) if line.strip()] for lines in texts]
    filled = [[lines[number] for number in chosen] for lines, chosen in zip(texts, numbers, strict=True)]
    return tuple(
        replace(
            change,
            old=None if change.old is None else numbers[0][change.old],
            new=None if change.new is None else numbers[1][change.new],
        )
        for change in compare_texts(*filled)
    )
