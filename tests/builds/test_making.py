"""A handout is made in one step and written in another."""

from __future__ import annotations

from pathlib import Path

from handouts.dataset.kinds import PLAN
from handouts.runs.build import make_handout, write_handout
from handouts.runs.settings import open_workshop
from handouts.runs.sources import read_source
from tests.pages import ROOT


def test_making_writes_nothing_and_writing_says_where(tmp_path: Path) -> None:
    source, out = read_source(ROOT / "data" / "yamaguchi-r8"), tmp_path / "out"
    made = make_handout(PLAN, source, ["html", "xlsx"], open_workshop(ROOT, out, {}))
    assert not out.exists()
    products = write_handout(made, out)
    assert [product.path.relative_to(out).as_posix() for product in products] == [
        f"yamaguchi-r8/資料1_2026（令和8）年度山口支部事業計画.{form}" for form in ("html", "xlsx")
    ]
    assert [product.path.read_bytes() for product in products] == [
        file.content for file in made.files.values()
    ]
