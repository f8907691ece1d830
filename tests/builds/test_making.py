"""A handout is made in one step and written in another, and nothing is computed twice for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any

import pytest

import handouts.compose.changes
import handouts.measures.kpis
import handouts.measures.monthly
from handouts.compose import compose_handout
from handouts.compose.annex import compose_annex
from handouts.dataset.kinds import KINDS, PLAN
from handouts.runs.build import make_handout, write_handout
from handouts.runs.checking import read_checked
from handouts.runs.settings import read_build_settings
from tests.builds.built import make
from tests.pages import ROOT


def test_making_writes_nothing_and_writing_says_where(tmp_path: Path) -> None:
    source, out = read_checked(ROOT / "data" / "yamaguchi-r8"), tmp_path / "out"
    made = make_handout(PLAN, source, ["html", "xlsx"], read_build_settings(ROOT, out, {}))
    assert not out.exists()
    products = write_handout(made, out, source.snapshot.check)
    assert [product.path.relative_to(out).as_posix() for product in products] == [
        f"yamaguchi-r8/資料1_2026（令和8）年度山口支部事業計画.{form}" for form in ("html", "xlsx")
    ]
    assert [product.path.read_bytes() for product in products] == [
        file.content for file in made.files.values()
    ]


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Counter[Hashable]]:
    """Counts how often a function is called for what `key` makes of its arguments."""

    def count(module: Any, name: str, key: Callable[..., Hashable]) -> Counter[Hashable]:
        calls: Counter[Hashable] = Counter()
        real = getattr(module, name)

        def counting(*args: Any) -> Any:
            calls[key(*args)] += 1
            return real(*args)

        monkeypatch.setattr(module, name, counting)
        return calls

    return count


@pytest.mark.parametrize(("name", "kind"), [("gunma-r7", "plan-budget"), ("fukushima-r7", "final-report")])
def test_two_plans_are_compared_once(counted: Callable[..., Any], name: str, kind: str) -> None:
    aligned = counted(handouts.compose.changes, "align", lambda old, new: ())
    make(ROOT / "data" / name, kind, "html", "xlsx")
    assert aligned == {(): 1}


@pytest.mark.parametrize(("name", "kind"), [("gunma-r3", "progress"), ("tochigi-r5", "results")])
def test_months_and_results_are_computed_once(counted: Callable[..., Any], name: str, kind: str) -> None:
    judged = counted(handouts.measures.kpis, "judge", lambda kpi, actual, before: id(kpi))
    rows = counted(handouts.measures.monthly, "_rows_of", lambda table, index, persons: (id(table), index))
    datasets = read_checked(ROOT / "data" / name).datasets
    handout = compose_handout(KINDS[kind], datasets)
    assert compose_annex(KINDS[kind], handout, datasets) is not None
    assert max(judged.values()) == 1
    assert max(rows.values(), default=1) == 1
