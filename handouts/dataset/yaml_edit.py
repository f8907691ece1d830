"""A value of a yaml file replaced, with everything else and all comments as they were."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString


def with_value(text: str, key: str, value: Mapping[str, str | Sequence[str]]) -> str:
    """The yaml `text` with the mapping `value` under the top-level `key`."""
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 4096  # long Japanese lines stay as they are
    data = yaml.load(text) or {}
    data[key] = {name: _quoted(entry) for name, entry in value.items()}
    stream = io.StringIO()
    yaml.dump(data, stream)
    return stream.getvalue()


def _quoted(value: str | Sequence[str]) -> object:
    """Labels end with blanks, which only quotes keep."""
    if isinstance(value, str):
        return DoubleQuotedScalarString(value)
    entries = CommentedSeq(DoubleQuotedScalarString(entry) for entry in value)
    entries.fa.set_flow_style()
    return entries
