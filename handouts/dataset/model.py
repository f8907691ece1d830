"""The dataset: what a branch entered for one fiscal year and edition, as frozen values.

The classes under `Entry` are also the rows of the yaml files and of the JSON Schemas exported for them.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)

from handouts.dataset.figures import parse_number, parse_yen
from handouts.dataset.fiscal import FiscalYear, YearForm, parse_date

# Ids stand in Word bookmarks, which have at most 40 characters.
ID_PATTERN = r"[a-z][a-z0-9]*(-[a-z0-9]+)*"
ID_LENGTH = 24


class Kind(StrEnum):
    """What a paragraph of the plan is."""

    HEADING = "heading"  # 分野, 節, 項, 小項
    ITEM = "item"  # a numbered paragraph that heads nothing
    BULLET = "bullet"  # ・
    BODY = "body"
    IMPORTANCE = "importance"  # 【重要度：高】
    DIFFICULTY = "difficulty"  # 【困難度：高】
    REASON = "reason"  # the paragraphs after 【重要度】 or 【困難度】
    KPI = "kpi"  # ■KPI： and the numbered KPIs that follow it
    GROUP = "group"  # ■被保険者（…）
    DETAIL = "detail"  # the lines under a ■ block
    NOTE = "note"  # ※
    CAPTION = "caption"  # 【具体的取組】, ＜課題分析＞


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of the plan: its label as printed, and its text with placeholders.

    `level` is that of the label for headings and items (1 = pillar) and that of the owning heading for the
    rest. `number` is the paragraph's place among its numbered siblings. `line` is its line in plan.md.
    """

    id: str
    kind: Kind
    level: int
    label: str
    text: str
    number: int | None = None
    has_written_id: bool = False
    line: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """The paragraphs of a plan in order."""

    paragraphs: tuple[Paragraph, ...] = ()


def _whole_yen(value: Any) -> Any:
    return parse_yen(_typed(value)) if isinstance(value, (str, int, float, Decimal)) else value


def _number(value: Any) -> Any:
    return parse_number(_typed(value)) if isinstance(value, (str, int, float, Decimal)) else value


def _date(value: Any) -> Any:
    # A bare number would be taken for a timestamp, so that 20250117 became a day in 1970.
    return parse_date(_typed(value)) if isinstance(value, (str, int, float, Decimal)) else value


def _typed(value: str | int | float | Decimal) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


Id = Annotated[str, StringConstraints(pattern=f"^{ID_PATTERN}$", max_length=ID_LENGTH)]
Text = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]*$")]
Line = Annotated[Text, StringConstraints(min_length=1)]
Yen = Annotated[int, BeforeValidator(_whole_yen), WithJsonSchema({"type": ["integer", "string"]})]
Count = Annotated[int, BeforeValidator(_number), Field(ge=0), WithJsonSchema({"type": ["integer", "string"]})]
Number = Annotated[Decimal, BeforeValidator(_number), WithJsonSchema({"type": ["number", "string"]})]
Date = Annotated[datetime.date, BeforeValidator(_date), WithJsonSchema({"type": "string"})]
Edition = Literal["案", "本部提出", "最終"]
Bound = Literal["とする", "以上", "以下", "以内"]
# A target of its own kind: measured against the result of the year before, which is not known yet.
RelativeTarget = Literal["対前年度以上", "対前年度以下", "対前年度末以上", "前年度以上", "前年度以下"]


class Entry(BaseModel):
    """A row of the entered data: frozen, and an unknown key is a fault.

    A number where text belongs (資料番号 3) is taken as text, and a key without a value as not written.
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", str_strip_whitespace=True, coerce_numbers_to_str=True
    )

    @model_validator(mode="before")
    @classmethod
    def _leave_out_blanks(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        fields = cls.model_fields
        return {k: v for k, v in data.items() if v is not None or k not in fields or fields[k].is_required()}


class NumberingStyle(Entry):
    """How a branch writes its labels: one sample label per level, in the form of the first number.

    ("Ⅰ．", "１ ", "（１）", "① ", "ア ") says that pillars are Ⅰ．Ⅱ．… and measures ① ② …; width and the
    blank after a label are those of the sample. `kpi` and `bullet` are the samples of the other labels.
    """

    model_config = ConfigDict(str_strip_whitespace=False)

    levels: tuple[Line, ...] = Field(
        default=("Ⅰ．", "１ ", "（１）", "① ", "ア "),
        min_length=1,
        description="見出しと項目の番号。上の階層から、最初の番号の形で書く",
    )
    kpi: Line = Field(default="1) ", description="KPI の番号の最初の形")
    kpi_head: Line = Field(default="■KPI：", description="KPI の見出し")
    bullet: Line = Field(default="・", description="箇条書きの記号")


class Initiative(Entry):
    """One 取組 of the budget with its amount in whole yen, and the heading of the plan that it belongs to."""

    id: Id = Field(description="取組の id（英小文字・数字・ハイフン）。前年度と同じ取組には同じ id を付ける")
    name: Line = Field(description="取組の名称")
    topic: Line = Field(description="計画の見出しの id、または見出しの文字")
    amount: Yen = Field(ge=0, description="予算額（円。2,902千円 とも書ける）")
    new: bool | None = Field(
        default=None,
        description="（新）を付けるか（true か false）。書かなければ、前年度に同じ id がない取組に付く",
    )


class Kpi(Entry):
    """A KPI with its target: a number with unit and bound, a comparison with last year, or a sentence."""

    id: Id = Field(description="KPI の id（英小文字・数字・ハイフン）")
    name: Line = Field(description="KPI の名称")
    target: RelativeTarget | Number | None = Field(
        default=None, description="目標（数か「対前年度以上」など。文だけの目標なら書かない）"
    )
    unit: Text = Field(default="", description="目標の単位（% 日 件 など）")
    bound: Bound = Field(default="とする", description="目標の向き（とする、以上、以下、以内のどれか）")
    sentence: Line | None = Field(
        default=None,
        description="印刷する文（{name} と {target} が使える）。書かなければ name を target とする、になる",
    )


class Population(Entry):
    """Whom a check-up or guidance is meant for: eligible persons, planned rate in %, planned persons."""

    id: Id = Field(description="対象者の id（英小文字・数字・ハイフン）")
    group: Line = Field(description="対象者の区分（被保険者、被扶養者など）")
    item: Line = Field(description="項目（健診などの名称）")
    eligible: Count = Field(description="対象者数（人）")
    rate: Number = Field(ge=0, le=100, description="実施率（%）")
    planned: Count = Field(description="見込者数（人）")
    eligible_label: Line = Field(default="実施対象者数", description="対象者数の呼び名")
    rate_label: Line = Field(default="実施率", description="率の呼び名")
    planned_label: Line = Field(default="実施見込者数", description="見込者数の呼び名")


class HandoutSettings(Entry):
    """What belongs to one handout of the dataset: material number, meeting, options."""

    material: Text = Field(default="", description="資料番号")
    meeting: Text = Field(default="", description="会議の名称")
    date: Date | None = Field(default=None, description="会議の日（例 2025-01-17、令和7年1月17日）")
    title: Text = Field(default="", description="表題。書かなければ年度と支部名から作る")
    totals: bool = Field(default=False, description="予算の小計・合計を載せるか（true か false）")


class Overrides(Entry):
    """What the branch decided against the program's comparison, by paragraph id of this year.

    `pairs`: the paragraph of last year that belongs to it, or None for "new". `marks`: the words to mark;
    an empty tuple for none.
    """

    pairs: Mapping[str, str | None] = Field(
        default_factory=dict,
        description="対応する段落（今年度の段落の id: 前年度の段落の id。新しい段落なら null）",
    )
    marks: Mapping[str, tuple[Line, ...]] = Field(
        default_factory=dict,
        description='印を付ける語句（今年度の段落の id: ["語句", "語句"]。付けないなら []）',
    )


@dataclass(frozen=True, slots=True)
class Dataset:
    """One branch, one fiscal year, one edition."""

    name: str
    branch: str
    fiscal_year: FiscalYear
    year_form: YearForm
    edition: Edition
    plan: Plan
    initiatives: tuple[Initiative, ...] = ()
    kpis: tuple[Kpi, ...] = ()
    populations: tuple[Population, ...] = ()
    numbering: NumberingStyle = field(default_factory=NumberingStyle)
    handouts: Mapping[str, HandoutSettings] = field(default_factory=dict)
    overrides: Overrides = field(default_factory=Overrides)
    previous: str | None = None

    def settings(self, kind: str) -> HandoutSettings:
        """What the dataset says of the handout of this kind."""
        return self.handouts.get(kind, HandoutSettings())
