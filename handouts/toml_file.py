"""The reading of small toml files that a person edits."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from handouts.findings import HandoutError


@dataclass(frozen=True, slots=True)
class TomlFile:
    """The values of a toml file, and its text for the lines on which they stand."""

    values: Mapping[str, Any]
    text: str

    def line(self, key: str) -> int | None:
        """The line on which the value of the key `key` begins; None where that cannot be told."""
        found = re.search(rf"^[ \t]*[\"']?{re.escape(key)}[\"']?[ \t]*=", self.text, re.MULTILINE)
        return None if found is None else self.text.count("\n", 0, found.start()) + 1


def read_toml(path: Path) -> TomlFile:
    """The toml file at `path`; raises HandoutError where it cannot be read."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        return TomlFile(tomllib.loads(text), text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        where = f" {line[1]}行" if line else ""
        raise HandoutError(
            f'{path.name}{where}: 書き方が正しくありません。「名前 = 値」の形で、文字は半角の " で囲んでください。'
        ) from None
    except (OSError, UnicodeDecodeError):
        raise HandoutError(f"{path.name}: 読めません。UTF-8 のテキストファイルか確かめてください。") from None
