"""The figures of 山口支部 令和8年度 are those of the public document."""

from __future__ import annotations

import json
import unicodedata
from functools import cache
from typing import Any

from handouts.dataset.folder import read_folder
from handouts.dataset.model import Dataset
from handouts.measures.wording import count_text, rate_text, target_text
from tests.reference.folder import REFERENCE, ROOT, needs_reference


@cache
def dataset() -> Dataset:
    found = read_folder(ROOT / "data" / "yamaguchi-r8").dataset
    assert found is not None
    return found


def printed() -> Any:
    return json.loads((REFERENCE / "figures" / "yamaguchi_r8_kpi.json").read_text(encoding="utf-8"))


def plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace(" ", "")


def test_the_headline_targets_and_persons_are_those_of_the_document() -> None:
    targets = {kpi.id: target_text(kpi) for kpi in dataset().kpis}
    assert (targets["checkup-rate"], targets["guidance-rate"]) == ("62.7%以上", "25.4%以上")
    persons = dataset().populations[0]
    assert (count_text(persons.eligible), rate_text(persons.rate), count_text(persons.planned)) == (
        "179,576人",
        "62.7%",
        "112,595人",
    )


@needs_reference
def test_all_kpis_are_there_in_order_with_their_targets() -> None:
    rows = printed()["kpis"]
    assert len(rows) == printed()["kpi_count"] == len(dataset().kpis)
    for row, kpi in zip(rows, dataset().kpis, strict=True):
        assert plain(row["name"]) in plain(kpi.name) or plain(kpi.name) in plain(row["name"])
        if row["target_value"] is not None:
            assert kpi.target is not None
            assert float(kpi.target) == row["target_value"]
            assert plain(row["unit"] or "").startswith(plain(kpi.unit))  # 回/月 is 回 in the sentence


@needs_reference
def test_eligible_planned_and_rate_of_all_groups_are_as_printed() -> None:
    rows = [(row["population"], row["rate_value"], row["planned_count"]) for row in printed()["populations"]]
    assert [(p.eligible, float(p.rate), p.planned) for p in dataset().populations] == rows
