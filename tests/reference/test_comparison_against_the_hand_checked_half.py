"""The comparison against a hand-checked alignment and the bold of a published document, where at hand."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from handouts.comparison import align, mark

_ROOT = Path(__file__).resolve().parents[2]
_REFERENCE = _ROOT / os.environ.get("HANDOUTS_REFERENCE", "../shared")
_CHECKED = _REFERENCE / "figures" / "gunma_r7_changes_half.json"

pytestmark = pytest.mark.skipif(not _CHECKED.exists(), reason=f"no reference folder at {_REFERENCE}")


def test_the_alignment_is_right_for_97_of_100_paragraphs() -> None:
    partners = {pair.new: pair.old for pair in align(_read_column("r6"), _read_column("r7"))}
    checked = _read_checked()["alignment"]
    right = [row for row in checked if partners[row["new"]] in (row["old"], *row["also_accepted"])]
    assert len(right) / len(checked) >= 0.97


def test_the_marks_agree_with_the_bold_of_the_document() -> None:
    common = marked = bold = 0
    for row in _read_checked()["marks"]:
        ours = _cover(mark(row["old_text"], row["new_text"]).new)
        theirs = _cover(row["bold_spans"])
        common, marked, bold = common + len(ours & theirs), marked + len(ours), bold + len(theirs)
    assert 2 * common / (marked + bold) >= 0.87


@cache
def _read_checked() -> Any:
    return json.loads(_CHECKED.read_text(encoding="utf-8"))


def _read_column(year: str) -> list[str]:
    path = _REFERENCE / "seeds" / f"000_columns_{year}.txt"
    return path.read_text(encoding="utf-8").removesuffix("\n").split("\n")


def _cover(spans: Any) -> set[int]:
    return {place for start, end in spans for place in range(start, end)}
