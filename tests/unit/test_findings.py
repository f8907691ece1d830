"""Findings: each kind has an id of its own, and words for the stored form in which the reader has the dataset."""

from __future__ import annotations

import gc
import importlib
import pkgutil
import re
from collections import Counter
from decimal import Decimal
from typing import Any

import pytest

import handouts
from handouts.findings import ByForm, FieldTerm, ListTerm, Place, Rule

for _module in pkgutil.walk_packages(handouts.__path__, "handouts."):
    if not _module.name.endswith("__main__"):
        importlib.import_module(_module.name)
RULES = sorted((one for one in gc.get_objects() if isinstance(one, Rule)), key=lambda rule: rule.id)
TARGET = FieldTerm("kpis", "target", "目標", "目標", "数（例 62.2）", "数を書いてください")
KPIS = ListTerm("kpis", "kpis.yaml の kpis", "KPI")
NAMES = {"Word", "KPI", "id", "Excel", "xlsx", "CSV", "Strict", "Open", "XML"}
IN_FOLDER, IN_WORKBOOK = Place("gunma-r7/kpis.yaml", 3), Place("gunma-r7.xlsx", cell="KPI!D5")


def said(words: str, place: Place, **values: Any) -> str:
    return Rule("kpi.example", words, target=TARGET, kpis=KPIS).at(place, **values).found


@pytest.mark.parametrize(
    ("words", "in_folder", "in_workbook"),
    [
        ("{target} を書く", "target を書く", "「目標」を書く"),
        ("目標{target:bracket}がない", "目標（target）がない", "目標がない"),
        ("{target:row}を足す", "「target: 」の行を足す", "「目標」の欄を足す"),
        ("{target:=[9月]}と書く", "「target: [9月]」と書く", "「目標」の欄に「9月」と書く"),
        ("{target:noun}の数", "目標の数", "「目標」の数"),
        ("{target:allowed}", "", "書けるのは、数（例 62.2）です"),
        ("{target:remedy}", "数を書いてください", "書き直してください"),
        ("{kpis} にありません", "kpis.yaml の kpis にありません", "シート「KPI」にありません"),
    ],
)
def test_a_term_is_what_the_reader_has_before_him(words: str, in_folder: str, in_workbook: str) -> None:
    assert (said(words, IN_FOLDER), said(words, IN_WORKBOOK)) == (in_folder, in_workbook)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("甲", "甲"), (3, "3"), (Decimal("97.0"), "97.0"), (("甲", "乙"), "甲、乙"), (None, "")],
)
def test_a_value_is_said_as_it_is(value: Any, expected: str) -> None:
    assert said("{value}", IN_FOLDER, value=value) == expected


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        (Place("gunma-r7/kpis.yaml", 2), "2行"),
        (Place("other.yaml", 2), ""),
        (Place("gunma-r7.xlsx", cell="KPI!A2"), " gunma-r7.xlsx KPI!A2"),
    ],
)
def test_another_place_is_said_as_far_as_it_helps(first: Place, expected: str) -> None:
    assert said("{first}", IN_FOLDER, first=first) == expected


def test_the_word_that_was_probably_meant_stands_in_place_of_the_remedy() -> None:
    rule = Rule("kpi.example", "「{word}」はありません", remedy="直してください")
    assert rule.at(IN_FOLDER, near="bound", word="bond").sentence == (
        "「bond」はありません。「bound」の書き間違いではありませんか。"
    )


def test_an_entry_that_was_probably_meant_is_called_as_its_reader_knows_it() -> None:
    rule = Rule("kpi.example", "ありません", remedy="直してください")
    near = ByForm("kenshin", "特定健診")
    assert rule.at(IN_FOLDER, near).remedy == "「kenshin」の書き間違いではありませんか"
    assert rule.at(IN_WORKBOOK, near).remedy == "「特定健診」のことではありませんか"
    assert rule.at(IN_WORKBOOK, ByForm("kenshin", "")).remedy == "直してください"


def test_a_finding_that_is_moved_takes_along_the_places_that_it_speaks_of() -> None:
    finding = Rule("kpi.example", "{first}").at(IN_FOLDER, first=Place("a", 1))
    moved = finding.moved(lambda place: Place("b", place.line))
    assert (moved.place, moved.values) == (Place("b", 3), (("first", Place("b", 1)),))


def test_two_findings_of_a_kind_with_the_same_values_at_one_place_are_one() -> None:
    rule = Rule("kpi.example", "{word}")
    assert (
        len({rule.at(IN_FOLDER, word="a"), rule.at(IN_FOLDER, word="a"), rule.at(IN_FOLDER, word="b")}) == 2
    )


def test_each_kind_of_finding_has_an_id_of_its_own() -> None:
    counts = Counter(rule.id for rule in RULES if rule.id != "kpi.example")
    assert [name for name, count in counts.items() if count > 1] == []
    assert all(re.fullmatch(r"[a-z]+\.[a-z0-9-]+", name) for name in counts)


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


# What these are about is a file by its own name for everybody.
OF_FILES = ("build", "dataset", "document", "file", "font", "mail", "page", "pdf", "yaml")
OF_DATA = [rule for rule in RULES if rule.id.partition(".")[0] not in OF_FILES]


@pytest.mark.parametrize("rule", OF_DATA, ids=lambda rule: rule.id)
def test_no_kind_of_finding_names_keys_or_files_to_somebody_with_a_workbook(rule: Rule) -> None:
    values = Values({name: Spoken(term) for name, term in rule.terms.items()})
    for words in (rule.found, rule.allowed, rule.remedy):
        template = words.workbook if isinstance(words, ByForm) else words
        # Without what people write in braces too, without commands and the folder of all data.
        said = re.sub(r"\{[^{}]*\}|(handouts|--)[a-z -]+|data フォルダー", "", template.format_map(values))
        assert set(re.findall("[A-Za-z][A-Za-z_.-]+", said)) <= NAMES


# What these are about is the column of ids itself, or a mark of the text that bears one.
OF_IDS = ("field.wrong-id", "ids", "months.double-row-id", "progress.double-line-id", "plan.id-alone")


@pytest.mark.parametrize("rule", OF_DATA, ids=lambda rule: rule.id)
def test_no_kind_of_finding_speaks_of_ids_to_somebody_with_a_workbook(rule: Rule) -> None:
    for words in (rule.found, rule.allowed, rule.remedy):
        template = words.workbook if isinstance(words, ByForm) else words
        said = template.format_map(Values({name: Spoken(term) for name, term in rule.terms.items()}))
        is_of_ids = rule.id in OF_IDS or rule.id.partition(".")[0] in OF_IDS
        assert is_of_ids or not re.search(r"\{#|p[0-9a-f]{8}|(?<![A-Za-z])id(?![A-Za-z])", said)
