"""Every rule is applied, none stops where a dataset has nothing for it, and the samples are in order."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import handouts.checks as package
from handouts.checks import check_dataset
from handouts.dataset.folder import read_folder
from handouts.findings import ByForm, FieldTerm, ListTerm, Rule
from handouts.measures import placeholders
from tests.unit.checks.made import dataset

MODULES = [
    importlib.import_module(f"handouts.checks.{module.name}")
    for module in pkgutil.iter_modules(package.__path__)
]
KINDS = {
    rule.id: rule
    for module in (*MODULES, placeholders)
    for rule in vars(module).values()
    if isinstance(rule, Rule)
}
OF_TWO_DATASETS = {"check_previous", "check_earlier"}
PACKAGE = Path(package.__file__).parents[1]
SAMPLES = sorted(path.parent for path in (Path(__file__).parents[3] / "data").glob("*/dataset.yaml"))


def rules_of(module: ModuleType) -> set[str]:
    return {
        name
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if name.startswith("check_") and function.__module__ == module.__name__
    }


def test_every_rule_is_applied_once() -> None:
    applied = [rule.__name__ for rule in package._RULES]
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
    assert [
        str(finding) for finding in (*reading.findings, *check_dataset(reading.dataset, reading.places))
    ] == []


class Spoken:
    """A value or a term on its way into a sentence for somebody who has a workbook."""

    def __init__(self, value: Any = None) -> None:
        self.value = value

    def __format__(self, how: str) -> str:
        if isinstance(self.value, (ByForm, FieldTerm, ListTerm)):
            return self.value.said("workbook", how)
        return ""


class Values(dict[str, Spoken]):
    def __missing__(self, name: str) -> Spoken:
        return Spoken()


@pytest.mark.parametrize("name", KINDS)
def test_no_kind_of_finding_names_keys_or_files_to_somebody_with_a_workbook(name: str) -> None:
    rule = KINDS[name]
    values = Values({name: Spoken(term) for name, term in rule.terms.items()})
    for words in (rule.found, rule.allowed, rule.remedy):
        template = words.workbook if isinstance(words, ByForm) else words
        said = re.sub(
            r"\{[^{}]*\}", "", template.format_map(values)
        )  # without what people write in braces too
        assert set(re.findall("[A-Za-z][A-Za-z_.-]+", said)) <= {"KPI", "id"}


def test_each_kind_of_finding_has_an_id_of_its_own() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    counts = Counter(re.findall(r'\bRule\(\s*"([a-z]+\.[a-z0-9-]+)"', sources))
    assert set(KINDS) <= set(counts)
    assert [name for name, count in counts.items() if count > 1] == []
