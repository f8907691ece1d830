"""資料2-1 from the verbatim text and figures of the public document: all of it is there, in its place."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import page as page_validation
import pytest

from handouts.dataset.folder import read_folder
from handouts.dataset.model import Dataset
from tests.builds.built import Built, headings_of, make, paper_of, word_of
from tests.builds.paper import Paper, blankless
from tests.builds.word_file import WordHalf
from tests.reference.folder import REFERENCE, needs_reference
from tests.reference.real_handout import MISREAD, YEARS, make_datasets

pytestmark = needs_reference
THIS, LAST = 0, 1
HALVES = pytest.mark.parametrize("half", [THIS, LAST], ids=["this year", "last year"])
# The labels of the document; the program prints its own, in the style that it found.
LABEL = re.compile(
    r"^(I{1,3}\.|[Ⅰ-Ⅲ][.．]|■KPI[:：]|[0-9]+[)）]|[(（][0-9]+[)）]|[①-⑳]|・|[0-9]+ |[アイウエオ] |【(重要|困難)度[:：] ?高】)\s*"
)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The two datasets that the public text and figures make."""
    made = tmp_path_factory.mktemp("real")
    make_datasets(made)
    return made / "data"


@pytest.fixture(scope="session")
def built(folder: Path) -> Built:
    return make(folder / "gunma-r7", "plan-budget", "pdf", "docx")


@pytest.fixture(scope="session")
def years(folder: Path) -> tuple[Dataset, Dataset]:
    this_year, last_year = (read_folder(folder / f"gunma-{year}").dataset for year in ("r7", "r6"))
    assert this_year is not None
    assert last_year is not None
    return this_year, last_year


@pytest.fixture(scope="session")
def paper(built: Built, years: tuple[Dataset, Dataset]) -> Paper:
    return paper_of(built, years)


@pytest.fixture(scope="session")
def halves(built: Built) -> tuple[WordHalf, ...]:
    return word_of(built)


@cache
def verbatim(half: int) -> list[str]:
    """The lines of one column of the public document, without their labels."""
    text = (REFERENCE / "seeds" / f"000_columns_{('r7', 'r6')[half]}.txt").read_text(encoding="utf-8")
    return [bare(line) for line in text.splitlines() if line.strip()]


def bare(line: str) -> str:
    """The line without its labels, of which a KPI has two, and without blanks."""
    return blankless(LABEL.sub("", LABEL.sub("", line.strip())))


def initiatives(half: int) -> list[tuple[str, str]]:
    """The initiatives of one year with their amounts, as the public figures give them."""
    figures = json.loads((REFERENCE / "figures" / "gunma_r7_budget.json").read_text(encoding="utf-8"))
    year = ("R7", "R6")[half]
    assert year in YEARS
    return [
        (
            f"{'（新）' if entry['is_new'] and half == THIS else ''}{entry['name'].translate(MISREAD)}",
            f"{entry['amount_thousand_yen']:,}千円",
        )
        for entry in figures["initiatives"]
        if entry["fiscal_year"] == year
    ]


def test_nothing_is_said_but_that_its_kpis_are_not_entered(built: Built) -> None:
    assert len(built.findings) == 2
    assert all("計画に KPI の文が" in finding for finding in built.findings)


def test_it_has_about_the_pages_of_the_public_document(paper: Paper) -> None:
    assert 18 <= len(paper.pages) <= 24


def test_it_passes_pdf_ua(built: Built, tmp_path: Path) -> None:
    path = tmp_path / "handout.pdf"
    path.write_bytes(built.files[".pdf"])
    assert "Result: no failures" in str(page_validation.validate_pdf(str(path)))


@HALVES
def test_every_line_of_the_document_stands_in_word_once(halves: tuple[WordHalf, ...], half: int) -> None:
    printed = [bare(line) for line in (*halves[half].pillars, *halves[half].plan)]
    assert sorted(printed) == sorted(verbatim(half))


def test_this_years_lines_stand_in_their_order(halves: tuple[WordHalf, ...]) -> None:
    pillars = [bare(line) for line in halves[THIS].pillars]
    printed = [bare(line) for line in halves[THIS].plan]
    assert printed == [line for line in verbatim(THIS) if line not in pillars]


@HALVES
def test_the_pdf_has_the_same_lines_as_the_word_file(
    paper: Paper, halves: tuple[WordHalf, ...], half: int
) -> None:
    assert "".join(line.text for line in paper.plan(half)) == blankless("".join(halves[half].plan))


def test_the_pdf_has_the_same_pillars_as_the_word_file(paper: Paper, halves: tuple[WordHalf, ...]) -> None:
    pairs = zip(*(half.pillars for half in halves), strict=True)
    assert list(paper.pillars) == [blankless("".join(pair)) for pair in pairs]


@HALVES
def test_every_initiative_has_its_amount_in_its_row_in_word(halves: tuple[WordHalf, ...], half: int) -> None:
    assert sorted(halves[half].budget) == sorted(initiatives(half))


@HALVES
def test_every_initiative_has_its_amount_at_its_height_in_the_pdf(
    paper: Paper, halves: tuple[WordHalf, ...], half: int
) -> None:
    names = [name for name, _ in halves[half].budget]
    assert sorted(paper.amounts_beside(half, names)) == sorted(initiatives(half))


def test_no_line_is_a_single_character(paper: Paper) -> None:
    lines = [line for number in range(len(paper.edges) - 1) for line in paper.column(number)]
    assert [line for line in lines if len(line.text) == 1] == []


@HALVES
def test_no_heading_stands_alone_at_the_foot_of_a_page(
    paper: Paper, years: tuple[Dataset, Dataset], half: int
) -> None:
    headings = [blankless(heading) for heading in headings_of(years[half])]
    last = {line.page: line.text for line in paper.plan(half)}
    assert [text for text in last.values() if any(heading.endswith(text) for heading in headings)] == []


def test_every_page_of_the_table_has_its_head(paper: Paper) -> None:
    assert set(paper.first_bands[1:]) == {"pillar"}
    assert paper.heads_alone == ()
