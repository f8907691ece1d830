"""JSON Schemas for editors."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from handouts.dataset.finding_records import SCHEMA_FILE, findings_schema
from handouts.dataset.json_schemas import json_schema, schema_files
from handouts.dataset.schemas import ENTRY_FILES, BudgetFile, DatasetFile

SCHEMA_FOLDER = Path(__file__).parents[3] / "data" / "schema"


def objects(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield schema
    yield from schema.get("$defs", {}).values()


@pytest.mark.skipif(not SCHEMA_FOLDER.exists(), reason="the sample data are not here")
def test_the_committed_schemas_are_current() -> None:
    committed = {path.name: path.read_text(encoding="utf-8") for path in SCHEMA_FOLDER.glob("*.json")}
    assert committed == {**schema_files(), SCHEMA_FILE: findings_schema()}


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
