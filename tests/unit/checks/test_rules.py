"""Every rule is applied, none stops where a dataset has nothing for it, and the samples are in order."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from pathlib import Path
from types import ModuleType

import pytest

import handouts.checks as package
from handouts.checks import check_dataset, check_handouts
from handouts.dataset.folder import read_folder
from tests.unit.checks.made import dataset

MODULES = [
    importlib.import_module(f"handouts.checks.{module.name}")
    for module in pkgutil.iter_modules(package.__path__)
]
OF_TWO_DATASETS = {"check_previous", "check_earlier", "check_continued", "check_amounts_of_years"}
SAMPLES = sorted(path.parent for path in (Path(__file__).parents[3] / "data").glob("*/dataset.yaml"))


def rules_of(module: ModuleType) -> set[str]:
    return {
        name
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if name.startswith("check_") and function.__module__ == module.__name__
    }


def test_every_rule_is_applied_once() -> None:
    applied = [rule.__name__ for rule in (*package._RULES, *package._RULES_OF_HANDOUTS)]
    assert sorted(applied) == sorted(
        {name for module in MODULES for name in rules_of(module)} - OF_TWO_DATASETS
    )


@pytest.mark.parametrize("kind", ["", "plan", "plan-budget", "final-report", "results"])
def test_a_plan_of_which_nothing_was_done_yet_is_in_order(kind: str) -> None:
    findings = check_dataset(dataset(kind), {})
    assert [finding.found for finding in findings] == (
        ["実施状況の記録が1件もありません"] if kind == "results" else []
    )


@pytest.mark.skipif(not SAMPLES, reason="the sample data are not here")
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_the_samples_are_in_order(path: Path) -> None:
    reading = read_folder(path)
    assert reading.dataset is not None
    found = (
        *check_dataset(reading.dataset, reading.places),
        *check_handouts(reading.dataset, reading.places),
    )
    assert [str(finding) for finding in (*reading.findings, *found)] == []
