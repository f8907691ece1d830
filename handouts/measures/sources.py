"""What a printed text comes from: the value that a ref names in the datasets, and its words with placeholders."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from handouts.dataset.fields import Entry
from handouts.dataset.fiscal import FiscalYear, parse_fiscal_year
from handouts.dataset.kinds import KINDS
from handouts.dataset.model import Dataset, Datasets
from handouts.dataset.monthly import MonthlyTable
from handouts.dataset.plan import Paragraph
from handouts.dataset.progress import ProgressEntry
from handouts.dataset.progress_text import TextLine, read_progress_text
from handouts.dataset.reading import entry_lists
from handouts.dataset.remembered import remembered
from handouts.measures.filling import expand
from handouts.measures.placeholders import references
from handouts.origin import Role, edition_of_ref, own_ref

_STEP = re.compile(r"\.(?P<key>[^.\[\]]+)|\[(?P<number>\d+)\]")


@dataclass(frozen=True, slots=True)
class SourceText:
    """A text of a dataset: as it is stored, and with its placeholders filled in."""

    stored: str
    printed: str


def role_of_text(text: str) -> Role:
    """What a text of the plan or of what was done is to its printed form.

    Where it is one placeholder and nothing else, the program writes the sentence, or prints another text again.
    """
    found = references(text)
    if len(found) != 1 or str(found[0]) != text.strip():
        return "own"
    one = found[0]
    if one.kind in ("plan", "progress"):
        return "repeated"
    return "generated" if one.kind == "kpi" and not one.field else "own"


@dataclass(frozen=True, slots=True)
class Sources:
    """The datasets of a handout, in which refs are looked up."""

    datasets: Datasets

    def text(self, ref: str) -> SourceText | None:
        """The text that `ref` names; None where it names a figure, or nothing.

        Of a line of the plan or of what was done there may be nothing but its label, and then its text is empty.
        """
        found, dataset = self.value(ref), self._dataset(ref)
        text = found.text if isinstance(found, Paragraph) else found
        if not isinstance(text, str) or dataset is None:
            return None
        if _is_filled_in(own_ref(ref)):
            return SourceText(text, expand(text, dataset))
        return SourceText(text, text) if text else None

    def value(self, ref: str) -> Any:
        """What `ref` names: an entry, a paragraph, a figure, a text; None where there is nothing."""
        try:
            return self._found(ref)
        except LookupError:
            return None

    def names_something(self, ref: str) -> bool:
        """Whether `ref` names an entry of its dataset and, where it has one, a field of that."""
        try:
            self._found(ref)
        except LookupError:
            return False
        return True

    def _found(self, ref: str) -> Any:
        dataset = self._dataset(ref)
        if dataset is None:
            raise LookupError(ref)
        return _found(own_ref(ref), dataset)

    def _dataset(self, ref: str) -> Dataset | None:
        each = {
            "this": self.datasets.this,
            "previous": self.datasets.previous,
            "earlier": self.datasets.earlier,
        }
        return each[edition_of_ref(ref)]


def _is_filled_in(ref: str) -> bool:
    return ref.startswith("plan:") or (ref.startswith("progress:") and ".text[" in ref)


def _found(ref: str, dataset: Dataset) -> Any:
    """What stands at the place, None where nothing does yet; raises LookupError where there is no such place."""
    kind, _, rest = ref.partition(":")
    if kind == "dataset":
        return _of_dataset(rest, dataset)
    # A heading may be named by its words, which may have a dot or a bracket in them.
    entries = _entries(dataset).get(kind, {})
    if rest in entries:
        return entries[rest]
    for name in (rest[: step.start()] for step in reversed(list(_STEP.finditer(rest)))):
        if name in entries:
            return _step_by_step(entries[name], rest[len(name) :])
    raise LookupError(ref)


def _of_dataset(path: str, dataset: Dataset) -> Any:
    """A setting; those of a handout that the dataset does not list are the usual ones."""
    key, _, rest = path.partition(".")
    handout, _, field = rest.partition(".")
    if key == "handouts" and handout in KINDS:
        return _step_by_step(dataset.settings(handout), f".{field}" if field else "")
    return _step_by_step(dataset, f".{path}")


def _step_by_step(value: Any, path: str) -> Any:
    steps = list(_STEP.finditer(path))
    for index, step in enumerate(steps):
        key, number = step["key"], step["number"]
        if isinstance(value, ProgressEntry) and key == "text" and index + 1 < len(steps):
            return _line(value, [int(one["number"]) for one in steps[index + 1 :]])
        if (
            isinstance(value, MonthlyTable)
            and key == "series"
            and index + 3 < len(steps)
            and steps[index + 2]["key"] == "values"
        ):
            series = value.series[int(steps[index + 1]["number"]) - 1]
            return value.values_of(series)[int(steps[index + 3]["number"]) - 1]
        value = _part(value, key) if key else _member(value, int(number))
    return value


def _part(value: Any, key: str) -> Any:
    if isinstance(value, Entry):
        if key not in type(value).model_fields:
            raise KeyError(key)
        return getattr(value, key)
    if isinstance(value, Mapping):
        return value.get(_key(value, key))
    if isinstance(value, Dataset) and hasattr(value, key):
        return getattr(value, key)
    raise KeyError(key)


def _key(value: Mapping[Any, Any], key: str) -> Any:
    """A year in the form of refs, or the key itself."""
    if all(isinstance(known, FiscalYear) for known in value):
        return parse_fiscal_year(key)[0]
    return key


def _member(value: Any, number: int) -> Any:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return value[number - 1]
    raise KeyError(number)


def _line(entry: ProgressEntry, numbers: list[int]) -> str:
    """The words of a line of a text, or of a cell of its small tables."""
    block, cells = _lines(entry)[numbers[0]]
    return cells[numbers[1] - 1] if len(numbers) > 1 else block


@remembered(512)
def _lines(entry: ProgressEntry) -> Mapping[int, tuple[str, tuple[str, ...]]]:
    """The words of each line of a text by its number, and its cells where it is a row of a table."""
    found: dict[int, tuple[str, tuple[str, ...]]] = {}
    for block in read_progress_text(entry.text).blocks:
        if isinstance(block, TextLine):
            found[block.number] = block.text, ()
        else:
            found |= {
                number: (" | ".join(row), row) for number, row in zip(block.numbers, block.rows, strict=True)
            }
    return found


@remembered(4)
def _entries(dataset: Dataset) -> Mapping[str, Mapping[str, Any]]:
    """The entries of each kind of ref by the name that refs give them."""
    listed = {
        entries.ref: {getattr(one, entries.named_by): one for one in getattr(dataset, entries.key)}
        for entries in entry_lists()
    }
    return {**listed, "plan": {paragraph.id: paragraph for paragraph in dataset.plan.paragraphs}}
