"""The dataset: what a branch entered for one fiscal year and edition, as frozen values.

The classes under `Entry` are also the rows of the yaml files and of the JSON Schemas exported for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Literal, TypeVar

from pydantic import ConfigDict, Field, WrapValidator

from handouts.dataset.fields import (
    Count,
    Date,
    Entry,
    Figure,
    Id,
    Line,
    Lines,
    MarkValue,
    Number,
    Result,
    Text,
    Year,
    Yen,
    refuse_double_keys,
)
from handouts.dataset.fiscal import FiscalYear, YearForm
from handouts.dataset.monthly import MonthlyTable
from handouts.dataset.progress import RANKS, ProgressEntry, ProgressItem


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


Value = TypeVar("Value")
ByYear = Annotated[Mapping[Year, Value], WrapValidator(refuse_double_keys)]
Edition = Literal["案", "本部提出", "最終"]
Bound = Literal["とする", "以上", "以下", "以内"]
# Whom mail may go to; the words of a mail depend on it.
RecipientGroup = Literal["評議会委員", "本部", "支部内"]
ChartsPlace = Literal["末尾", "項目ごと", "なし"]
# A target of its own kind: measured against the result of the year before, which is not known yet.
RelativeTarget = Literal["対前年度以上", "対前年度以下", "対前年度末以上", "前年度以上", "前年度以下"]


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
    running: tuple[int, ...] = Field(
        default=(), description="計画全体で通し番号にする階層（例 [3]。上から1、2、3と数える）"
    )


class BudgetField(Entry):
    """One 経費の区分 or 分野 of the budget; its amounts are the sums of its initiatives where those have any.

    `table` is the name of the execution table in which it stands (栃木支部 令和5年度), `topic` the heading beside
    which its block is printed (群馬支部 令和3年度上期).
    """

    id: Id = Field(description="区分の id（英小文字・数字・ハイフン）")
    name: Line = Field(description="区分の名称")
    table: Text = Field(default="", description="執行実績の表の名称（同じ名称の区分は1つの表になる）")
    topic: Text = Field(default="", description="計画の見出しの id、または見出しの文字")
    amount: Yen | None = Field(
        default=None, ge=0, description="予算額（円）。取組ごとに書くなら、ここには書かない"
    )
    executed: Yen | None = Field(
        default=None, ge=0, description="執行額（円）。取組ごとに書くなら、ここには書かない"
    )


class Initiative(Entry):
    """One 取組 of the budget with its amounts in whole yen, and the heading of the plan that it belongs to."""

    id: Id = Field(description="取組の id（英小文字・数字・ハイフン）。前年度と同じ取組には同じ id を付ける")
    name: Line = Field(description="取組の名称")
    topic: Text = Field(
        default="", description="計画の見出しの id、または見出しの文字（区分を書けば、なくてもよい）"
    )
    amount: Yen | None = Field(
        default=None,
        ge=0,
        description="予算額（円。2,902千円 とも書ける。区分の予算額しかなければ書かない）",
    )
    executed: Yen | None = Field(default=None, ge=0, description="執行額（円）")
    field: Text = Field(default="", description="区分の id（fields の id）")
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
        description="印刷する文（{name}、{target}、{before} が使える）。書かなければ name を target とする、になる",
    )
    group: Text = Field(default="", description="担当グループ")
    list_name: Text = Field(default="", description="KPI 一覧に載せる名称。書かなければ name")
    listed: bool = Field(default=True, description="KPI 一覧に載せるか（true か false）")
    actuals: ByYear[Result] = Field(
        default_factory=dict, description="実績（年度: 数。文だけの目標なら 実施 か 未実施）"
    )
    averages: ByYear[Figure] = Field(
        default_factory=dict, description="全国平均（年度: 数。ないものは書かない）"
    )
    targets: ByYear[Lines] = Field(
        default_factory=dict, description="ほかの年度の目標（年度: 印刷する語。2行なら [ ] に並べる）"
    )
    rank: int | None = Field(default=None, ge=1, le=RANKS, description="全国順位（1から47）")
    mark: MarkValue | None = Field(
        default=None, description="実施状況の印（◎ ○ △ × □）。書かなければ目標と実績から決まる"
    )
    mark_reason: Text = Field(default="", description="決まりと違う印にした理由")
    remarks: Text = Field(default="", description="備考")


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
    agenda: Text = Field(default="", description="表紙の議題（【議題２】報告事項 など）")
    note: Text = Field(default="", description="表紙の注（※で始まる文）")
    charts: ChartsPlace = Field(default="末尾", description="グラフの場所（末尾、項目ごと、なしのどれか）")


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
    """One branch, one fiscal year, one edition.

    `as_of` is the month up to which monthly figures can be there. `previous` names last year's dataset, `earlier`
    the edition before headquarters' review.
    """

    name: str
    branch: str
    fiscal_year: FiscalYear
    year_form: YearForm
    edition: Edition
    plan: Plan
    initiatives: tuple[Initiative, ...] = ()
    fields: tuple[BudgetField, ...] = ()
    kpis: tuple[Kpi, ...] = ()
    populations: tuple[Population, ...] = ()
    tables: tuple[MonthlyTable, ...] = ()
    as_of: int | None = None
    items: tuple[ProgressItem, ...] = ()
    entries: tuple[ProgressEntry, ...] = ()
    numbering: NumberingStyle = field(default_factory=NumberingStyle)
    handouts: Mapping[str, HandoutSettings] = field(default_factory=dict)
    overrides: Overrides = field(default_factory=Overrides)
    recipients: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    previous: str | None = None
    earlier: str | None = None

    def settings(self, kind: str) -> HandoutSettings:
        """What the dataset says of the handout of this kind."""
        return self.handouts.get(kind, HandoutSettings())


@dataclass(frozen=True, slots=True)
class Datasets:
    """A dataset with those that it is compared with, None where there are none.

    `previous` is last year's, `earlier` the edition before headquarters' review.
    """

    this: Dataset
    previous: Dataset | None = None
    earlier: Dataset | None = None
