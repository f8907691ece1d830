"""What is sent for review: a handout of a dataset as a Word file, made once, and made again of changed data."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import handouts.charts
from handouts.dataset.kinds import KINDS
from handouts.dataset.model import Dataset
from handouts.origin import Origin, find_origin
from handouts.runs.build import make_handout
from handouts.runs.checking import CheckedDataset, read_checked
from handouts.runs.settings import read_build_settings
from tests.pages import ROOT
from tests.reference.folder import REFERENCE
from tests.reviewing.packages import parts_of

SAMPLES = {
    "plan-budget": "gunma-r7",
    "plan": "yamaguchi-r8",
    "final-report": "fukushima-r7",
    "progress": "gunma-r3",
    "results": "tochigi-r5",
}
_REFERENCES = {**SAMPLES, "results": "tochigi-seed"}


@dataclass(frozen=True, slots=True)
class Sent:
    """A Word file of a handout, and what it was made of."""

    kind: str
    source: CheckedDataset
    docx: bytes
    origin: Origin

    @property
    def dataset(self) -> Dataset:
        """The dataset as it was when the file was made."""
        assert self.source.dataset is not None
        return self.source.dataset

    @property
    def named(self) -> frozenset[str]:
        """The refs of the paragraphs that something else belongs to."""
        dataset = self.dataset
        names = (
            *(one.topic for one in (*dataset.initiatives, *dataset.fields)),
            *(one.plan for one in dataset.entries),
            *(one.heading for one in dataset.items),
        )
        return frozenset(f"plan:{name}" for name in names if name)


@cache
def sent(kind: str, real: bool = False) -> Sent:
    """The sample of a kind of handout; a real one where it `is_real`."""
    path = REFERENCE / "datasets" / _REFERENCES[kind] if real else ROOT / "data" / SAMPLES[kind]
    return built(kind, read_checked(path, [kind]))


def has_real(kind: str) -> bool:
    """Whether the folder of public documents is here and has one of this kind."""
    return (REFERENCE / "datasets" / _REFERENCES[kind]).is_dir()


def built(kind: str, source: CheckedDataset) -> Sent:
    """The Word file of a dataset; raises AssertionError where none can be made."""
    with _charts_drawn_once():
        made = make_handout(KINDS[kind], source, ("docx",), read_build_settings(ROOT, Path("nowhere"), {}))
    assert made.files, [str(finding) for finding in (*source.findings, *made.findings)]
    docx = next(iter(made.files.values())).content
    origin = find_origin(parts_of(docx))
    assert origin is not None
    return Sent(kind, source, docx, origin)


_drawn: dict[Any, Any] = {}


@contextmanager
def _charts_drawn_once() -> Iterator[None]:
    """Pictures say nothing that is compared, so one of each chart will do, whatever its figures are now."""
    draw = handouts.charts.draw

    def drawn(chart: Any, look: Any, fonts: Any, formats: Any) -> Any:
        key = chart.id, frozenset(formats)
        if key not in _drawn:
            _drawn[key] = draw(chart, look, fonts, formats)
        return _drawn[key]

    with patch.object(handouts.charts, "draw", drawn):
        yield
