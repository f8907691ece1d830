"""Handouts made once per process, and what their files say that the handout must say."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from handouts.dataset.budget import Initiative
from handouts.dataset.folder import read_folder
from handouts.dataset.kinds import KINDS
from handouts.dataset.model import Dataset
from handouts.dataset.plan import Kind
from handouts.measures.filling import expand
from handouts.measures.placeholders import resolve_topic
from handouts.runs.build import make_handout
from handouts.runs.checking import read_checked
from handouts.runs.settings import read_build_settings
from tests.builds.paper import Paper, blankless, read_words
from tests.builds.word_file import WordHalf, read_halves
from tests.pages import ROOT, look

_ID = re.compile(r" *\{#[a-z0-9-]+\}$")


@dataclass(frozen=True, slots=True)
class Built:
    """The files of a handout by their suffix, and what was found."""

    files: Mapping[str, bytes]
    findings: tuple[str, ...]


def make(path: Path, kind: str, *formats: str, environ: Mapping[str, str] = MappingProxyType({})) -> Built:
    """A handout of the dataset at `path`, which is not written."""
    source = read_checked(path)
    made = make_handout(KINDS[kind], source, formats, read_build_settings(ROOT, Path("nowhere"), environ))
    return Built(
        {Path(name).suffix: file.content for name, file in made.files.items()},
        tuple(map(str, source.findings + made.findings)),
    )


@cache
def sample() -> Built:
    """The sample handout, gunma-r7 beside gunma-r6."""
    return make(ROOT / "data" / "gunma-r7", "plan-budget", "pdf", "docx")


@cache
def sample_years() -> tuple[Dataset, Dataset]:
    """The datasets of the sample, this year's first."""
    this_year, last_year = (read_folder(ROOT / "data" / name).dataset for name in ("gunma-r7", "gunma-r6"))
    assert this_year is not None
    assert last_year is not None
    return this_year, last_year


def paper_of(built: Built, years: Sequence[Dataset]) -> Paper:
    """The PDF of a build, as poppler sees it."""
    names = tuple(blankless(year.fiscal_year.text(year.year_form)) for year in years)
    return Paper(*read_words(built.files[".pdf"]), look(), names)


def word_of(built: Built) -> tuple[WordHalf, ...]:
    """The halves of the Word file of a build."""
    return read_halves(built.files[".docx"])


def typed_lines(path: Path, dataset: Dataset) -> list[str]:
    """The lines of a plan.md as they must be printed: without ids, the figures filled in."""
    rows = path.read_text(encoding="utf-8").splitlines()
    return [expand(_ID.sub("", row), dataset) for row in rows if row.strip()]


def is_pillar(line: str) -> bool:
    """Whether a line of the sample's plans is the heading of a pillar, which stands in the table's head."""
    return line.startswith(("Ⅰ．", "Ⅱ．", "Ⅲ．"))


def lines_of(dataset: Dataset) -> list[str]:
    """The paragraphs under the pillars as they must be printed."""
    return [
        paragraph.label + expand(paragraph.text, dataset)
        for paragraph in dataset.plan.paragraphs
        if not (paragraph.kind is Kind.HEADING and paragraph.level == 1)
    ]


def headings_of(dataset: Dataset) -> list[str]:
    """The headings under the pillars as they must be printed."""
    paragraphs = [paragraph for paragraph in dataset.plan.paragraphs if paragraph.kind is Kind.HEADING]
    return [paragraph.label + paragraph.text for paragraph in paragraphs if paragraph.level > 1]


def budget_of(dataset: Dataset, previous: Dataset | None = None) -> list[tuple[str, str]]:
    """Each initiative with its amount, in the order of the plan; new ones are marked where `previous` is known."""
    ids = [paragraph.id for paragraph in dataset.plan.paragraphs]

    def place(initiative: Initiative) -> int:
        heading = resolve_topic(initiative.topic, dataset.plan)
        assert heading is not None
        return ids.index(heading.id)

    known = {initiative.id for initiative in previous.initiatives} if previous else set()
    return [
        (f"（新）{each.name}" if previous and _is_new(each, known) else each.name, thousands(each.amount))
        for each in sorted(dataset.initiatives, key=place)
    ]


def _is_new(initiative: Initiative, known: set[str]) -> bool:
    return initiative.id not in known if initiative.new is None else initiative.new


def thousands(yen: int) -> str:
    """Whole thousands of yen as they must be printed; the samples have no others."""
    assert yen % 1000 == 0
    return f"{yen // 1000:,}千円"
