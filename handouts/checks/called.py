"""What messages call paragraphs and records: in a folder by their ids, in a workbook, where nobody reads ids, by words."""

from __future__ import annotations

from collections.abc import Iterable

from handouts.characters import shortened
from handouts.dataset.model import Dataset
from handouts.dataset.plan import Paragraph
from handouts.dataset.plan_ids import is_derived
from handouts.dataset.progress import ProgressEntry
from handouts.dataset.suggestion import nearest
from handouts.findings import ByForm, HandoutError
from handouts.measures.filling import expand

_EXCERPT = 30  # characters of a text that a message repeats
_NAMELESS = "（名前のないもの）"


def called_paragraph(name: str, dataset: Dataset) -> ByForm:
    """What a message calls the paragraph of an id; the id itself where the plan has none, unless a program made it."""
    found = next((one for one in dataset.plan.paragraphs if one.id == name), None)
    return ByForm(name, _words(found, dataset) if found else _typed(name))


def called_record(entry: ProgressEntry, dataset: Dataset) -> ByForm:
    """What a message calls a record of the progress: the paragraph, else the KPI that it is about, else its first words."""
    paragraph = next((one for one in dataset.plan.paragraphs if one.id == entry.plan), None)
    kpi = next((one.name for one in dataset.kpis if one.id == entry.kpi), "")
    words = _words(paragraph, dataset) if paragraph else kpi or excerpt(entry.text.partition("\n")[0])
    return ByForm(entry.id or "", words or _NAMELESS)


def called_unknown(name: str) -> ByForm:
    """What a message calls something that is not there: what somebody typed, but no id that a program made."""
    return ByForm(name, _typed(name))


def near_paragraph(name: str, paragraphs: Iterable[Paragraph]) -> ByForm | str:
    """The paragraph whose id is nearly `name`, as messages call it; empty where there is none."""
    known = {paragraph.id: paragraph for paragraph in paragraphs}
    near = nearest(name, known)
    return ByForm(near, excerpt(known[near].label + known[near].text)) if near else ""


def excerpt(text: str) -> str:
    """As much of a text as a message repeats."""
    return shortened(text, _EXCERPT)


def _words(paragraph: Paragraph, dataset: Dataset) -> str:
    try:
        text = expand(paragraph.text, dataset)
    except HandoutError:  # a placeholder at fault is a finding of its own
        text = paragraph.text
    return excerpt(f"{paragraph.label}{text}")


def _typed(name: str) -> str:
    return "消えた段落" if is_derived(name) else name
