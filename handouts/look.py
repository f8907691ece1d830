"""The look values of templates/look.toml: one set for the CSS and for the Word styles."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, TypeVar

from handouts.errors import HandoutError


@dataclass(frozen=True, slots=True)
class PageLook:
    """Paper size and margins in mm."""

    width: float
    height: float
    margin_top: float
    margin_bottom: float
    margin_left: float
    margin_right: float
    footer: float

    @property
    def text_width(self) -> float:
        """The width between the margins in mm."""
        return self.width - self.margin_left - self.margin_right


@dataclass(frozen=True, slots=True)
class FontLook:
    """The one font family under its PDF and its Word name, base size in pt, line height as a factor."""

    family: str
    word: str
    size: float
    line_height: float


@dataclass(frozen=True, slots=True)
class MarkLook:
    """How a changed or dropped run of characters is set."""

    bold: bool
    underline: bool
    color: str


@dataclass(frozen=True, slots=True)
class ColorLook:
    """Colours as #RRGGBB."""

    line: str
    head: str
    pillar: str
    total: str
    inner: str


@dataclass(frozen=True, slots=True)
class LineLook:
    """Rules of tables: their width, their distance to the text and to the next table, in mm."""

    width: float
    padding: float
    head_padding: float
    gap: float


@dataclass(frozen=True, slots=True)
class BoxLook:
    """The box around the material number: rule and distances to the text in mm."""

    width: float
    padding: float
    padding_side: float


@dataclass(frozen=True, slots=True)
class ParagraphLook:
    """One paragraph style: sizes and distances in pt, indents in em of its own size."""

    name: str
    size: float | None = None
    bold: bool = False
    align: Literal["left", "center", "right"] = "left"
    left: float = 0
    hanging: float = 0
    before: float = 0
    after: float = 0
    keep: bool = False
    line_height: float | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """Everything that decides how a page looks, apart from its HTML."""

    page: PageLook
    font: FontLook
    mark: MarkLook
    dropped: MarkLook
    colors: ColorLook
    line: LineLook
    box: BoxLook
    columns: Mapping[str, float]
    styles: Mapping[str, ParagraphLook]


_Section = TypeVar("_Section")


def read_look(path: Path) -> Look:
    """The values of the look file at `path`; raises HandoutError naming each wrong key."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        where = f" {line[1]}行" if line else ""
        raise HandoutError(
            f'{path.name}{where}: 書き方が正しくありません。「名前 = 値」の形で、文字は半角の " で囲んでください。'
        ) from None
    except (OSError, UnicodeDecodeError):
        raise HandoutError(f"{path.name}: 読めません。UTF-8 のテキストファイルか確かめてください。") from None
    return Look(
        page=_section(PageLook, data, "page", path),
        font=_section(FontLook, data, "font", path),
        mark=_section(MarkLook, data, "mark", path),
        dropped=_section(MarkLook, data, "dropped", path),
        colors=_section(ColorLook, data, "colors", path),
        line=_section(LineLook, data, "line", path),
        box=_section(BoxLook, data, "box", path),
        columns=MappingProxyType(dict(data.get("columns", {}))),
        styles=MappingProxyType(
            {
                name: _section(ParagraphLook, data.get("styles", {}), name, path)
                for name in data.get("styles", {})
            }
        ),
    )


def _section(kind: type[_Section], data: Mapping[str, Any], name: str, path: Path) -> _Section:
    values = data.get(name, {})
    known = {field.name for field in fields(kind)}  # type: ignore[arg-type]
    if unknown := sorted(set(values) - known):
        raise HandoutError(
            f"{path.name}（{name}）: 「{'」「'.join(unknown)}」という項目はありません。"
            f"使える項目は {'、'.join(sorted(known))} です。"
        )
    try:
        return kind(**values)
    except TypeError:
        raise HandoutError(
            f"{path.name}（{name}）: 項目が足りません。必要な項目は {'、'.join(sorted(known))} です。"
        ) from None
