"""The look values of templates/look.toml: one set for the CSS and for the Word styles."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from handouts.dataset.suggestion import nearest
from handouts.findings import HandoutError
from handouts.look.vocabulary import PARAGRAPH_CLASSES, PART_CLASSES, REVISION_EXTRAS, VOCABULARY
from handouts.toml_file import read_toml, shown

# What a value may be, said to who wrote another one.
Size = Annotated[float, "0より大きい数"]
Length = Annotated[float, "0以上の数"]
Legible = Annotated[float, "7以上の数"]
Dots = Annotated[float, "200以上の数"]
Color = Annotated[str, '"#404040" のような色']
Ink = Annotated[str, '"#C00000" のような色、または ""']
Name = Annotated[str, "名前（記号なしの文字）"]


@dataclass(frozen=True, slots=True)
class PageLook:
    """Paper size and margins in mm."""

    width: Size
    height: Size
    margin_top: Length
    margin_bottom: Length
    margin_left: Length
    margin_right: Length
    footer: Length

    @property
    def text_width(self) -> float:
        """The width between the margins in mm."""
        return self.width - self.margin_left - self.margin_right


@dataclass(frozen=True, slots=True)
class FontLook:
    """The one font family under its PDF and its Word name, base size in pt, line height as a factor."""

    family: Name
    word: Name
    size: Size
    line_height: Size


@dataclass(frozen=True, slots=True)
class MarkLook:
    """How a changed or dropped run of characters is set."""

    bold: bool
    underline: bool
    color: Ink


@dataclass(frozen=True, slots=True)
class ColorLook:
    """Colours as #RRGGBB."""

    line: Color
    head: Color
    pillar: Color
    total: Color
    group: Color
    inner: Color
    badge: Color


@dataclass(frozen=True, slots=True)
class LineLook:
    """Rules of tables: their width, their distance to the text, to the table below and to that beside, in mm."""

    width: Length
    padding: Length
    head_padding: Length
    gap: Length
    panel_gap: Length


@dataclass(frozen=True, slots=True)
class BoxLook:
    """The box around the material number: rule and distances to the text in mm."""

    width: Length
    padding: Length
    padding_side: Length


@dataclass(frozen=True, slots=True)
class ChartLook:
    """Charts: widths and heights in mm of one on half a page, over the whole page and beside an item.

    Sizes of text and lines are in pt; the height of a chart of bars comes from its rows.
    """

    width: Size
    height: Size
    full_width: Size
    item_width: Size
    item_height: Size
    size: Legible
    dpi: Dots
    newest_line: Size
    line: Size
    newest: Color
    previous: Color
    older: Color
    target: Color
    axis: Color
    grid: Color
    met: Color
    missed: Color
    pending: Color
    allowed: Color
    heading: Color
    budgeted: Color
    executed: Color


@dataclass(frozen=True, slots=True)
class ParagraphLook:
    """One paragraph style: sizes and distances in pt, indents in em of its own size."""

    name: Name
    size: Size | None = None
    bold: bool = False
    align: Literal["left", "center", "right"] = "left"
    left: Length = 0
    hanging: Length = 0
    right: Length = 0
    before: Length = 0
    after: Length = 0
    keep: bool = False
    line_height: Size | None = None


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
    chart: ChartLook
    columns: Mapping[str, float]
    sizes: Mapping[str, float]
    reasons: Mapping[str, float]
    styles: Mapping[str, ParagraphLook]

    @property
    def panel_width(self) -> float:
        """The width in mm of each of two panels side by side."""
        return (self.page.text_width - self.line.panel_gap) / 2

    def check_page_width(self, names: Sequence[str]) -> None:
        """Raises HandoutError where the columns of a table are not as wide together as the text."""
        _check_width(self, names, self.page.text_width, "用紙の幅から左右の余白を引いた")

    def of_kind(self, kind: str) -> Look:
        """The look of one kind of handout, whose text may be larger or smaller than that of the others.

        So may be the importance and difficulty of its measures, with their reasons.
        """
        styles = dict(self.styles)
        if kind in self.reasons:
            styles |= {name: replace(styles[name], size=self.reasons[kind]) for name in _REASONS}
        return replace(
            self, font=replace(self.font, size=self.sizes.get(kind, self.font.size)), styles=styles
        )


_Section = TypeVar("_Section")
# The styles that [reasons] sets smaller.
_REASONS = ("importance", "reason")
# The parts of a small table have no width of their own.
_CLASSES = {"styles": PARAGRAPH_CLASSES, "columns": VOCABULARY["col"] - PART_CLASSES}
_TABLES = (
    ("plan", "initiative", "amount") * 2,
    ("plan-alone", "initiative-alone", "amount-alone"),
    ("field", "measures"),
    ("number", "business", "overview", "done", "mark", "rank", "expense"),
    ("chart", "chart"),
    ("half", "half"),
    ("execution-field", "execution-name", *("execution-amount",) * 2, "execution-rate"),
    *(
        (
            "revision-place",
            *(f"revision-text{''.join(more)}",) * 2,
            "revision-remark",
            *(f"revision{one}" for one in more),
        )
        for more in REVISION_EXTRAS
    ),
)
_PANEL_TABLES = (
    ("kpi-number", "kpi-name-3", "kpi-target"),
    ("kpi-number", "kpi-name-4", "kpi-target", "kpi-changed"),
    ("kpi-number", "kpi-name-5", "kpi-target", "kpi-target", "kpi-changed"),
)
_COLOR = "#[0-9A-Fa-f]{6}"
_PATTERNS: Mapping[Any, str] = {
    Color: _COLOR,
    Ink: f"({_COLOR})?",
    Name: r"[^\x00-\x1f\x7f-\x9f\ufffe\uffff\"'\\<>{};&]+",
}
_LEAST: Mapping[Any, float] = {Size: 0, Length: 0, Legible: 7, Dots: 200}
_ENDLESS = 10_000  # mm or pt, beyond any paper
_NEAR = 0.05  # mm


def read_look(path: Path) -> Look:
    """The values of the look file at `path`; raises HandoutError naming each wrong key."""
    data = read_toml(path).values
    _refuse_unknown(data, {field.name for field in fields(Look)}, path.name)
    styles, columns = _names(data, "styles", path), _names(data, "columns", path)
    look = Look(
        page=_section(PageLook, data, "page", path),
        font=_section(FontLook, data, "font", path),
        mark=_section(MarkLook, data, "mark", path),
        dropped=_section(MarkLook, data, "dropped", path),
        colors=_section(ColorLook, data, "colors", path),
        line=_section(LineLook, data, "line", path),
        box=_section(BoxLook, data, "box", path),
        chart=_section(ChartLook, data, "chart", path),
        columns=MappingProxyType(
            {name: _value(Size, width, name, f"{path.name}（columns）") for name, width in columns.items()}
        ),
        sizes=_sizes(data, "sizes", path),
        reasons=_sizes(data, "reasons", path),
        styles=MappingProxyType({name: _section(ParagraphLook, styles, name, path) for name in styles}),
    )
    _check_widths(look, path)
    return look


def _sizes(data: Mapping[str, Any], section: str, path: Path) -> Mapping[str, float]:
    """A section with a size for each of some kinds of handout."""
    where = f"{path.name}（{section}）"
    sizes = _table(data, section, where)
    return MappingProxyType({name: _value(Size, size, name, where) for name, size in sizes.items()})


def _names(data: Mapping[str, Any], section: str, path: Path) -> Mapping[str, Any]:
    """The entries of a section that has one for each class; raises HandoutError where the classes are others."""
    where = f"{path.name}（{section}）"
    entries = _table(data, section, where)
    known = _CLASSES[section]
    if section != "columns":  # a table may have columns of widths of its own
        _refuse_unknown(entries, known, where)
    if missing := sorted(known - set(entries)):
        own = [name for name in entries if name not in known]
        meant = list(dict.fromkeys(near for name in missing if (near := nearest(name, own))))
        question = f"「{'」「'.join(meant)}」は書き間違いではありませんか。" if meant else ""
        raise HandoutError(
            f"{where}: 項目が足りません。「{'」「'.join(missing)}」を加えてください。{question}"
        )
    return entries


def _section(kind: type[_Section], data: Mapping[str, Any], name: str, path: Path) -> _Section:
    where = f"{path.name}（{name}）"
    values = _table(data, name, where)
    hints = get_type_hints(kind, include_extras=True)
    _refuse_unknown(values, hints, where)
    checked = {key: _value(hints[key], value, key, where) for key, value in values.items()}
    try:
        return kind(**checked)
    except TypeError:
        raise HandoutError(
            f"{where}: 項目が足りません。必要な項目は {'、'.join(sorted(hints))} です。"
        ) from None


def _table(data: Mapping[str, Any], name: str, where: str) -> Mapping[str, Any]:
    values = data.get(name, {})
    if not isinstance(values, dict):
        raise HandoutError(f"{where}: 「{name} = 」ではなく、[{name}] の行の下に項目を書いてください。")
    return values


def _refuse_unknown(values: Iterable[str], known: Collection[str], where: str) -> None:
    if unknown := sorted(set(values) - set(known)):
        raise HandoutError(
            f"{where}: 「{'」「'.join(unknown)}」という項目はありません。"
            f"使える項目は {'、'.join(sorted(known))} です。"
        )


def _value(hint: Any, value: Any, key: str, where: str) -> Any:
    """`value`, which has to be what `hint` says."""
    hint = hint if get_origin(hint) in (Annotated, Literal) else (get_args(hint) or (hint,))[0]
    if not _fits(hint, value):
        if get_origin(hint) is Literal:
            wanted = "、".join(f'"{choice}"' for choice in get_args(hint))
        else:
            wanted = "true か false のどちらか" if hint is bool else hint.__metadata__[0]
        raise HandoutError(f"{where}: {key} に {shown(value)} は使えません。{wanted}を書いてください。")
    return value


def _fits(hint: Any, value: Any) -> bool:
    if get_origin(hint) is Literal:
        return value in get_args(hint)
    if hint is bool:
        return isinstance(value, bool)
    if hint in _LEAST:
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
        return is_number and _LEAST[hint] <= value < _ENDLESS and (value > 0 or hint is not Size)
    return isinstance(value, str) and bool(re.fullmatch(_PATTERNS[hint], value))


def _check_width(look: Look, names: Sequence[str], room: float, what: str) -> None:
    if unknown := [name for name in names if name not in look.columns]:
        raise HandoutError(f"look.toml（columns）: 「{unknown[0]}」の幅がありません。")
    width = sum(look.columns[name] for name in names)
    if abs(width - room) > _NEAR:
        raise HandoutError(
            f"look.toml（columns）: {'、'.join(dict.fromkeys(names))} による表の幅が {width:g} mm です。"
            f"{what} {room:g} mm に合わせてください。"
        )


def _check_widths(look: Look, path: Path) -> None:
    """Raises HandoutError where the columns of a table are not as wide together as the text."""
    for names in _TABLES:
        look.check_page_width(names)
    for panel in _PANEL_TABLES:
        _check_width(look, panel, look.panel_width, "左右に並べる表の片方の幅")
    chart, columns = look.chart, look.columns
    for width, column in (
        (chart.width, columns["chart"]),
        (chart.full_width, 2 * columns["chart"]),
        (chart.item_width, columns["done"]),
    ):
        room = column - 2 * look.line.padding
        if width > room:
            raise HandoutError(
                f"{path.name}（chart）: 幅 {width:g} mm のグラフは欄に入りません。{room:g} mm までにしてください。"
            )
