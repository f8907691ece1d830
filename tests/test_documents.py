"""What the documents for developers name: it is there, and the tour knows every room."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.test_imports import IMPORTS, MODULES, room

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ROOT / "handouts"
# Folders that are made where the program is used.
_NOT_HERE = {".handouts/", "版/NAME/EDITION"}


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def is_there(path: str) -> bool:
    inside = (ROOMS, ROOT / "templates", ROOT / "tests")
    if any((place / path).exists() for place in (ROOT, *inside)):
        return True
    return "/" not in path and any(found for place in inside for found in place.rglob(path))


@pytest.mark.parametrize("name", ["ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_every_path_that_a_document_names_is_there(name: str) -> None:
    named = set(re.findall(r"`([\w.-]+(?:/[\w.-]*)*)`", text_of(name)))
    paths = {one for one in named if "/" in one or re.search(r"\.(py|toml|html|css|md|yaml|docx)$", one)}
    of_data = {"plan.md", "dataset.yaml", "recipients.yaml"}
    assert sorted(path for path in paths - _NOT_HERE - of_data if not is_there(path)) == []


def test_the_tour_knows_every_room_and_lists_none_above_one_that_imports_it() -> None:
    table = text_of("ARCHITECTURE.md").partition("## The rooms")[2].partition("\n## ")[0]
    told = [name.removesuffix(".py") for name in re.findall(r"^\| `([\w.]+)/?`", table, re.MULTILINE)]
    assert sorted(told) == sorted({room(name) for name in MODULES} - {"", "__main__"})
    below = {
        (room(name), room(other)) for name, others in IMPORTS.items() for other in others & MODULES.keys()
    }
    pairs = {(high, low) for high, low in below if high in told and low in told and high != low}
    assert sorted((high, low) for high, low in pairs if told.index(high) > told.index(low)) == []


def test_the_glossary_has_one_row_for_a_term_and_one_english_name() -> None:
    rows = re.findall(r"^\| ([^|]+) \| ([^|]*) \|", text_of("GLOSSARY.md"), re.MULTILINE)[2:]
    japanese = [term for term, _ in rows]
    assert sorted({term for term in japanese if japanese.count(term) > 1}) == []
    assert all(english.strip() for _, english in rows)


def test_no_line_stands_twice_in_the_changes() -> None:
    lines = [line.strip() for line in text_of("CHANGELOG.md").splitlines() if len(line.strip()) > 10]
    assert sorted({line for line in lines if lines.count(line) > 1}) == []
