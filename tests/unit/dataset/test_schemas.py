"""JSON Schemas for editors, and the text of the yaml files."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from handouts.dataset.model import Initiative, Overrides
from handouts.dataset.schemas import (
    ENTRY_FILES,
    BudgetFile,
    DatasetFile,
    entry_text,
    json_schema,
    schema_files,
    schema_name,
)
from handouts.dataset.yaml_text import parse_yaml

SCHEMA_FOLDER = Path(__file__).parents[3] / "data" / "schema"


def objects(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield schema
    yield from schema.get("$defs", {}).values()


@pytest.mark.skipif(not SCHEMA_FOLDER.exists(), reason="the sample data are not here")
def test_the_committed_schemas_are_current() -> None:
    committed = {path.name: path.read_text(encoding="utf-8") for path in SCHEMA_FOLDER.glob("*.json")}
    assert committed == schema_files()


@pytest.mark.parametrize("file", ENTRY_FILES)
def test_a_schema_has_the_keys_of_its_file_and_no_others(file: str) -> None:
    schema = json_schema(ENTRY_FILES[file])
    assert list(schema["properties"]) == list(ENTRY_FILES[file].model_fields)
    assert all(part["additionalProperties"] is False for part in objects(schema))


@pytest.mark.parametrize("file", ENTRY_FILES)
def test_titles_and_descriptions_are_in_japanese(file: str) -> None:
    for part in objects(json_schema(ENTRY_FILES[file])):
        for field in (part, *part["properties"].values()):
            assert re.search("[ぁ-ん一-龠]", field["description"]) or field["description"] == "KPI"
            assert field["title"]


def test_a_key_that_may_be_left_out_may_be_blank() -> None:
    properties = json_schema(DatasetFile)["properties"]
    assert {"type": "null"} in properties["comparison"]["anyOf"]
    assert "anyOf" not in properties["branch"]


def test_free_text_may_be_a_number_but_an_id_may_not() -> None:
    fields = json_schema(BudgetFile)["$defs"]["Initiative"]["properties"]
    assert fields["name"]["type"] == ["string", "number"]
    assert fields["id"]["type"] == "string"


def test_schema_files_are_json_with_readable_japanese() -> None:
    for text in schema_files().values():
        assert json.loads(text)
        assert "\\u" not in text


def budget(**fields: Any) -> BudgetFile:
    row = {"id": "annai", "name": "健診案内", "topic": "kenshin", "amount": 2902000, **fields}
    return BudgetFile(initiatives=(Initiative.model_validate(row),))


def test_a_file_names_its_schema_and_explains_every_key() -> None:
    text = entry_text("budget.yaml", budget())
    assert text.startswith(f"# yaml-language-server: $schema=../schema/{schema_name('budget.yaml')}\n")
    for field in Initiative.model_fields.values():
        assert str(field.description) in text


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("健診案内", "健診案内"),
        ("（新）健診 案内", "（新）健診 案内"),
        ("健診: 案内", '"健診: 案内"'),
        ("{name}を", '"{name}を"'),
        ("100", '"100"'),
        ("true", '"true"'),
        ("- 健診", '"- 健診"'),
        ('"健診"', r'"\"健診\""'),
        (r"C:\健診", r'"C:\\健診"'),
        ("健診 # 案内", '"健診 # 案内"'),
    ],
)
def test_a_value_is_quoted_only_where_it_must_be(name: str, written: str) -> None:
    text = entry_text("budget.yaml", budget(name=name))
    assert f"    name: {written}\n" in text
    data: Any = parse_yaml(text, "budget.yaml").data
    assert data["initiatives"][0]["name"] == name


def test_what_equals_the_default_is_not_written_but_its_key_stays() -> None:
    assert "new:" not in entry_text("budget.yaml", budget()).split("initiatives:")[1]
    assert entry_text("budget.yaml", BudgetFile()).endswith("\ninitiatives:\n")


def test_overrides_are_written_with_null_and_lists() -> None:
    base = DatasetFile.model_validate(
        {
            "branch": "群馬",
            "fiscal_year": "R7",
            "edition": "案",
            "comparison": Overrides(pairs={"a": "b", "c": None}, marks={"d": ("効果的に", "1"), "e": ()}),
        }
    )
    text = entry_text("dataset.yaml", base)
    assert text.endswith('  pairs:\n    a: b\n    c: null\n  marks:\n    d: [効果的に, "1"]\n    e: []\n')
