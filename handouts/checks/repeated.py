"""Rules against a paragraph that stands twice: mostly a line that was pasted again, or not taken away where it was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from handouts.characters import shortened
from handouts.checks.called import called_record
from handouts.checks.entered import with_refs
from handouts.dataset.model import Dataset
from handouts.dataset.outline import owner_indexes
from handouts.dataset.plan import Kind
from handouts.dataset.progress_text import read_progress_text
from handouts.dataset.reading import place_of
from handouts.dataset.typed_text import bare
from handouts.findings import ByForm, Finding, Place, Rule
from handouts.measures.placeholders import references

_AGAIN = "「{text}」の段落が2回書かれています{first:1回目}"
_KEEP = "同じ文でよければ、シート「確認済み」に書けば示されなくなります"
PARAGRAPH_TWICE = Rule(
    "plan.paragraph-twice",
    _AGAIN,
    "",
    ByForm(
        "一方を消してください。再掲なら、1回目の行の終わりに {{#名前}} を付け、2回目は {{plan:名前}} と書きます",
        "一方を消してください。再掲なら、2回目の文を、1回目の段落を指す {{plan:計画の呼び名}} にします",
    ),
    "warning",
)
ENTRY_TWICE = Rule(
    "progress.text-twice",
    ByForm(
        "記録「{name}」の文が、ほかの記録の文と同じです{first:1回目}",
        "この記録の文が、ほかの記録の文と同じです{first:1回目}",
    ),
    "",
    ByForm(
        "写し間違いでなければ、2回目の文を {{progress:名前}} にします（1回目の行の終わりに {{#名前}} を付けます）",
        _KEEP,
    ),
    "warning",
)
DONE_TWICE = Rule(
    "progress.paragraph-twice",
    _AGAIN,
    "",
    ByForm(
        "一方を消してください。再掲なら、1回目の行の終わりに {{#名前}} を付け、2回目は {{progress:名前}} と書きます",
        f"一方を消してください。{_KEEP}",
    ),
    "warning",
)
_LONG = 25  # characters; captions, labels and names of places may stand often
_CAPTIONS = (Kind.HEADING, Kind.CAPTION, Kind.NOTE, Kind.IMPORTANCE, Kind.DIFFICULTY, Kind.GROUP)
_SHOWN = 20  # characters of the paragraph in a message


def check_paragraphs(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A long paragraph that the plan has twice.

    An item of 【具体的取組】 may say what a bullet above says, and two sections may be important for the same reason.
    """
    owners = owner_indexes(dataset.plan.paragraphs)
    first: dict[tuple[object, ...], str] = {}
    for (one, ref), owner in zip(with_refs("plan", dataset.plan.paragraphs), owners, strict=True):
        if one.kind in _CAPTIONS or not _is_long(one.text):
            continue
        section = owner if one.kind is Kind.REASON else None
        before = first.setdefault((one.kind, section, bare(one.text)), ref)
        if before != ref:
            place, first_place = place_of(ref, places), place_of(before, places)
            yield PARAGRAPH_TWICE.at(place, text=_shown(one.text), first=first_place)


def check_done(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A text that two entries have, or a long line that stands twice in an entry or also in the one below it.

    Farther apart the same line may well be about two measures.
    """
    texts: dict[str, str] = {}
    lines: dict[str, tuple[int, str]] = {}
    for number, (entry, ref) in enumerate(with_refs("progress", dataset.entries)):
        whole = texts.setdefault(bare(entry.text), ref)
        if whole != ref and _is_long(entry.text):
            place, first_place = place_of(f"{ref}.text", places), place_of(f"{whole}.text", places)
            yield ENTRY_TWICE.at(place, name=called_record(entry, dataset), first=first_place)
            continue
        for line in read_progress_text(entry.text).lines:
            here = (number, f"{ref}.text[{line.number}]")
            entry_before, before = lines.get(bare(line.text), here)
            lines[bare(line.text)] = here
            if before != here[1] and entry_before >= number - 1 and _is_long(line.text):
                place, first_place = place_of(here[1], places), place_of(before, places)
                yield DONE_TWICE.at(place, text=_shown(line.text), first=first_place)


def _is_long(text: str) -> bool:
    """Whether so much of a text is words, and not placeholders, that it hardly stands twice by chance."""
    words = bare(text)
    return "再掲" not in words and len(words) - sum(len(str(one)) for one in references(text)) >= _LONG


def _shown(text: str) -> str:
    return shortened(text, _SHOWN)
