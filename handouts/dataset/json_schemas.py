"""The JSON Schemas of the yaml files, for editors, with Japanese titles and descriptions."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from handouts.dataset.declared import short_name
from handouts.dataset.fields import Entry
from handouts.dataset.schemas import ENTRY_FILES


def schema_files() -> Mapping[str, str]:
    """The JSON Schema of each yaml file as text, by the name of the schema file."""
    return {
        schema_name(file): json.dumps(json_schema(model), ensure_ascii=False, indent=2) + "\n"
        for file, model in ENTRY_FILES.items()
    }


def schema_name(file: str) -> str:
    """The name of the schema of `file`, e.g. budget.json."""
    return file.replace(".yaml", ".json")


def json_schema(model: type[Entry]) -> dict[str, Any]:
    """The JSON Schema of `model` with Japanese titles and descriptions."""
    schema = model.model_json_schema()
    models = {one.__name__: one for one in Entry.__subclasses__()}
    for name, part in ((model.__name__, schema), *schema.get("$defs", {}).items()):
        _translate(part, models[name].noun)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _translate(schema: dict[str, Any], title: str) -> None:
    """Give the schema and its fields Japanese titles, and let it take what the reader takes."""
    schema["title"] = schema["description"] = title
    for name, field in schema["properties"].items():
        texts = {"title": short_name(field["description"]), "description": field["description"]}
        accepted = {
            key: value for key, value in field.items() if key not in ("title", "description", "default")
        }
        if name not in schema.get("required", ()) and {"type": "null"} not in accepted.get("anyOf", ()):
            accepted = {"anyOf": [accepted, {"type": "null"}]}
        schema["properties"][name] = {**texts, **_with_numbers(accepted)}


def _with_numbers(node: Any) -> Any:
    """The schema with numbers allowed for free text, whose only pattern is against control characters."""
    if isinstance(node, list):
        return [_with_numbers(part) for part in node]
    if not isinstance(node, dict):
        return node
    node = {key: _with_numbers(part) for key, part in node.items()}
    if node.get("type") == "string" and "x00" in node.get("pattern", ""):
        del node["pattern"]
        node["type"] = ["string", "number"]
    return node
