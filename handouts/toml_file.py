"""The reading of small toml files that a person edits."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from handouts.characters import composed, shortened
from handouts.findings import HandoutError

_LONGEST = 40  # characters of a value that a message repeats


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
        text = composed(path.read_text(encoding="utf-8-sig"))
        return TomlFile(tomllib.loads(text), text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        where = f" {line[1]}行" if line else ""
        raise HandoutError(
            f'{path.name}{where}: 書き方が正しくありません。「名前 = 値」の形で、文字は半角の " で囲んでください。'
        ) from None
    except (OSError, UnicodeDecodeError):
        raise HandoutError(f"{path.name}: 読めません。UTF-8 のテキストファイルか確かめてください。") from None
    except (ValueError, RecursionError):  # a number of thousands of digits, lists in lists without end
        raise HandoutError(
            f"{path.name}: 桁の多すぎる数か、重なりすぎた [ ] があります。ふつうの長さの値に直してください。"
        ) from None


def shown(value: Any) -> str:
    """A value of a toml file as it may stand there, in a message; a long one is cut off."""
    try:
        text = json.dumps(value, ensure_ascii=False, default=str)
    except ValueError:  # 0xFFF… has no limit of digits when it is read
        return "桁の多すぎる数"
    return shortened(text, _LONGEST)
