"""Where something stands in a plan: the path of its heading, the heading, the pillar."""

from __future__ import annotations

import re

from handouts.dataset.model import Dataset
from handouts.dataset.outline import headings, is_pillar, owner_indexes
from handouts.dataset.plan import Kind
from handouts.measures.filling import expand

_UNNUMBERED = re.compile(r"○\d+-")


class PlanPlaces:
    """The places of the paragraphs of one plan, by their index."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self.paragraphs = dataset.plan.paragraphs
        self._owners = owner_indexes(self.paragraphs)
        self._paths = {heading.id: heading.path for heading in headings(dataset.plan)}
        self._runs_on = bool(dataset.numbering.running)
        self._index_of = {paragraph.id: index for index, paragraph in enumerate(self.paragraphs)}

    def index_of(self, identifier: str) -> int:
        """The index of a paragraph."""
        return self._index_of[identifier]

    def path(self, index: int | None) -> str:
        """The path of the heading at or above a paragraph, e.g. Ⅱ-2-(1); empty where there is none."""
        heading = self._heading(index)
        if heading is None:
            return ""
        path = self._paths[self.paragraphs[heading].id]
        # Where numbers run on through the plan, they say enough without those of unnumbered groups.
        return _UNNUMBERED.sub("", path) if self._runs_on else path

    def heading(self, index: int | None) -> str:
        """The words of the heading at or above a paragraph, without its number."""
        heading = self._heading(index)
        return "" if heading is None else expand(self.paragraphs[heading].text, self._dataset)

    def pillar(self, index: int | None) -> str:
        """The heading of the pillar above a paragraph, as it is printed; empty where there is none."""
        while index is not None:
            paragraph = self.paragraphs[index]
            if is_pillar(paragraph):
                return paragraph.label + expand(paragraph.text, self._dataset)
            index = self._owners[index]
        return ""

    def _heading(self, index: int | None) -> int | None:
        if index is None or self.paragraphs[index].kind is Kind.HEADING:
            return index
        return self._owners[index]
