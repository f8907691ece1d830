"""This year's plan beside last year's: paired paragraphs with the changed characters of both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from handouts.comparison import Pair, Span, align, arrange, mark
from handouts.dataset.model import Dataset
from handouts.dataset.plan import Paragraph
from handouts.dataset.plan_ids import is_derived
from handouts.dataset.settings import Overrides
from handouts.measures.filling import expand

if TYPE_CHECKING:
    from handouts.compose.review_notes import ReviewNote


@dataclass(frozen=True, slots=True)
class ParagraphChange:
    """One row of a comparison; an index is None where the paragraph stands on one side only.

    `said` is there in the comparison of what a reviewed file was with what it is.
    """

    old: int | None
    new: int | None
    old_text: str
    new_text: str
    old_marks: tuple[Span, ...]
    new_marks: tuple[Span, ...]
    said: ReviewNote | None = None


ADDED, DROPPED, CHANGED = "追加", "削除", "変更"


def remark(change: ParagraphChange) -> str:
    """What became of a paragraph: 追加, 削除, 変更, in a reviewed file also others; empty for an unchanged one."""
    if change.said is not None:
        return change.said.remark
    if change.old is None:
        return ADDED
    if change.new is None:
        return DROPPED
    return CHANGED if change.old_marks or change.new_marks else ""


def printed_text(paragraph: Paragraph, dataset: Dataset) -> str:
    """The paragraph as it is printed: label, and text with its figures filled in."""
    return paragraph.label + expand(paragraph.text, dataset)


def compare_texts(old: Sequence[str], new: Sequence[str]) -> tuple[ParagraphChange, ...]:
    """The paragraphs of `new` with their counterparts in `old`, then the changed characters of each pair."""
    return tuple(_change(pair, old, new) for pair in align(old, new))


def compare_datasets(old: Dataset, new: Dataset) -> tuple[ParagraphChange, ...]:
    """As compare_texts on the printed plans, with the pairs and marks that the branch set itself."""
    old_texts = [printed_text(paragraph, old) for paragraph in old.plan.paragraphs]
    new_texts = [printed_text(paragraph, new) for paragraph in new.plan.paragraphs]
    pairs = _with_set_pairs(align(old_texts, new_texts), old, new)
    changes = (_change(pair, old_texts, new_texts) for pair in pairs)
    return tuple(_with_set_marks(change, new) for change in changes)


def compare_editions(old: Dataset, new: Dataset) -> tuple[ParagraphChange, ...]:
    """As compare_texts on the printed plans of two editions, in which a paragraph keeps the id that somebody wrote.

    Every difference is marked, however small, but for numbers that follow from other paragraphs. What the branch
    decided about the comparison with last year is not asked.
    """
    old_texts = [printed_text(paragraph, old) for paragraph in old.plan.paragraphs]
    new_texts = [printed_text(paragraph, new) for paragraph in new.plan.paragraphs]
    olds = {name: index for name, index in _index_by_id(old).items() if not is_derived(name)}
    kept = {index: olds[name] for name, index in _index_by_id(new).items() if name in olds}
    pairs = _with_chosen(align(old_texts, new_texts), kept, old, new)
    return tuple(_in_full(_change(pair, old_texts, new_texts), old, new) for pair in pairs)


def _in_full(change: ParagraphChange, old: Dataset, new: Dataset) -> ParagraphChange:
    """The change with marks on what the rules for reading leave out, so that no changed paragraph looks unchanged."""
    if change.old is None or change.new is None or change.old_marks or change.new_marks:
        return change
    before, after = old.plan.paragraphs[change.old], new.plan.paragraphs[change.new]
    old_marks, new_marks = _differences(change.old_text, len(before.label), change.new_text, len(after.label))
    # The level of a bullet is that of what stands above it; a label that is the same says nothing new.
    is_renamed = before.label != after.label
    if is_renamed and (before.kind, before.level) != (after.kind, after.level):
        old_marks = joined([*_whole(before.label), *old_marks])
        new_marks = joined([*_whole(after.label), *new_marks])
    return replace(change, old_marks=old_marks, new_marks=new_marks)


def _differences(
    old: str, old_start: int, new: str, new_start: int
) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The characters of two texts that differ, from a place on in each."""
    steps = SequenceMatcher(None, old[old_start:], new[new_start:], autojunk=False).get_opcodes()
    changed = [step for step in steps if step[0] != "equal"]
    return (
        joined([(old_start + at, old_start + to) for _, at, to, _, _ in changed if at < to]),
        joined([(new_start + at, new_start + to) for _, _, _, at, to in changed if at < to]),
    )


def _whole(text: str) -> tuple[Span, ...]:
    return ((0, len(text)),) if text else ()


def _change(pair: Pair, old: Sequence[str], new: Sequence[str]) -> ParagraphChange:
    old_text = "" if pair.old is None else old[pair.old]
    new_text = "" if pair.new is None else new[pair.new]
    marks = mark(old_text, new_text)
    return ParagraphChange(pair.old, pair.new, old_text, new_text, marks.old, marks.new)


def _with_set_pairs(pairs: tuple[Pair, ...], old: Dataset, new: Dataset) -> tuple[Pair, ...]:
    """The pairs after the branch's own decisions; who loses its partner stands alone."""
    return _with_chosen(pairs, _chosen_pairs(new.overrides, old, new), old, new)


def _with_chosen(
    pairs: tuple[Pair, ...], chosen: Mapping[int, int | None], old: Dataset, new: Dataset
) -> tuple[Pair, ...]:
    if not chosen:
        return pairs
    taken = set(chosen.values())
    partners = {pair.new: pair.old for pair in pairs if pair.new is not None and pair.old not in taken}
    partners |= chosen
    kept = {index: partner for index, partner in partners.items() if partner is not None}
    return arrange(kept, len(old.plan.paragraphs), len(new.plan.paragraphs))


def _chosen_pairs(overrides: Overrides, old: Dataset, new: Dataset) -> dict[int, int | None]:
    old_index = _index_by_id(old)
    return {
        index: None if partner is None else old_index[partner]
        for identifier, index in _index_by_id(new).items()
        if identifier in overrides.pairs
        and ((partner := overrides.pairs[identifier]) is None or partner in old_index)
    }


def _with_set_marks(change: ParagraphChange, new: Dataset) -> ParagraphChange:
    if change.new is None:
        return change
    words = new.overrides.marks.get(new.plan.paragraphs[change.new].id)
    if words is None:
        return change
    spans = [span for word in words for span in _occurrences(word, change.new_text)]
    return replace(change, new_marks=joined(spans))


def _occurrences(word: str, text: str) -> list[Span]:
    starts = []
    at = text.find(word)
    while at >= 0:
        starts.append((at, at + len(word)))
        at = text.find(word, at + len(word))
    return starts


def joined(spans: Sequence[Span]) -> tuple[Span, ...]:
    """The spans in order, with those that touch or overlap made one."""
    result: list[Span] = []
    for start, end in sorted(spans):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return tuple(result)


def _index_by_id(dataset: Dataset) -> dict[str, int]:
    return {paragraph.id: index for index, paragraph in enumerate(dataset.plan.paragraphs)}
