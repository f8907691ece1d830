"""The dataset: what a branch entered for one fiscal year and edition, as frozen values.

The classes under `Entry` are also the rows of the yaml files and of the JSON Schemas exported for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, ClassVar, Literal, TypeVar, get_args

from pydantic import ConfigDict, Field, WrapValidator

from handouts.dataset.columns import UNITS, Column, EntryList, Form
from handouts.dataset.fields import (
    Count,
    Date,
    Entry,
    Figure,
    Id,
    Line,
    Lines,
    MarkValue,
    Name,
    Number,
    Percent,
    Result,
    Sample,
    Text,
    Year,
    Yen,
    refuse_double_keys,
)
from handouts.dataset.fiscal import FiscalYear, YearForm
from handouts.dataset.kinds import KindTexts
from handouts.dataset.monthly import MonthlyTable
from handouts.dataset.progress import MARK_REMEDY, RANK_REMEDY, RANKS, ProgressEntry, ProgressItem
from handouts.dataset.stored import BUDGET_FILE, DATASET_FILE, KPI_FILE

# The groups of a branch, as the lists offer them; others may be written too.
GROUPS = ("業務", "レセプト", "保健", "企画総務")
# What is chosen or typed in a sheet where a file has null or [].
NEW_PARAGRAPH, NO_MARKS = "（新しい段落）", "（付けない）"
_EXECUTED_REMEDY = "円の整数で書いてください（例 1045072）。まだ執行していなければ 0 と書きます"


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


# The target of this year: a number, or against the year before.
Target = Annotated[RelativeTarget | Number, Form.UNIT_NUMBER]


class NumberingStyle(Entry):
    """How a branch writes its labels: one sample label per level, in the form of the first number.

    ("Ⅰ．", "１ ", "（１）", "① ", "ア ") says that pillars are Ⅰ．Ⅱ．… and measures ① ② …; width and the
    blank after a label are those of the sample. `kpi` and `bullet` are the samples of the other labels.
    """

    model_config = ConfigDict(str_strip_whitespace=False)
    noun: ClassVar = "番号の付け方"

    levels: Annotated[
        tuple[Sample, ...],
        Column(
            "番号の階層",
            note="その階層の最初の番号の形。後ろの空白も番号の一部",
            remedy='上の階層から順に並べてください（例 ["Ⅰ．", "１ ", "（１）", "① ", "ア "]）',
        ),
    ] = Field(
        default=("Ⅰ．", "１ ", "（１）", "① ", "ア "),
        min_length=1,
        description="見出しと項目の番号。上の階層から、最初の番号の形で書く",
    )
    kpi: Annotated[Sample, Column("KPIの番号", note="最初の番号の形（例 1) ）")] = Field(
        default="1) ", description="KPI の番号の最初の形"
    )
    kpi_head: Annotated[Sample, Column("KPIの見出し", note="例 ■KPI：")] = Field(
        default="■KPI：", description="KPI の見出し"
    )
    bullet: Annotated[Sample, Column("箇条書きの記号", note="例 ・")] = Field(
        default="・", description="箇条書きの記号"
    )
    running: Annotated[
        tuple[int, ...],
        Column(
            "通し番号にする階層",
            note="上の見出しが変わっても番号を続ける階層（上から1、2、3と数える）",
            remedy="階層を整数で並べてください（例 [3]）",
        ),
    ] = Field(default=(), description="計画全体で通し番号にする階層（例 [3]。上から1、2、3と数える）")


class BudgetField(Entry):
    """One 経費の区分 or 分野 of the budget; its amounts are the sums of its initiatives where those have any.

    `table` is the name of the execution table in which it stands (栃木支部 令和5年度), `topic` the heading beside
    which its block is printed (群馬支部 令和3年度上期).
    """

    noun: ClassVar = "経費の区分"
    entry_list: ClassVar = EntryList(
        "fields",
        BUDGET_FILE,
        "field",
        sheet="経費の区分",
        title="経費の区分・分野",
        about="執行額を区分ごとに示すときに書きます。",
    )

    id: Annotated[Id, Column("id", 24)] = Field(description="区分の id（英小文字・数字・ハイフン）")
    name: Annotated[Line, Column("区分の名称", 54)] = Field(description="区分の名称")
    table: Annotated[Text, Column("執行実績の表", 36, "表の名称。同じ名称の区分は一つの表になる")] = Field(
        default="", description="執行実績の表の名称（同じ名称の区分は1つの表になる）"
    )
    topic: Annotated[
        Text,
        Column(
            "計画の見出し",
            22,
            "横に印刷する見出しの id、または見出しの文字",
            ids_of="plan",
            is_open=True,
            words=("見出しの文字（自動）", 34),
        ),
    ] = Field(default="", description="計画の見出しの id、または見出しの文字")
    amount: Annotated[Yen | None, Column("予算額（円）", 16, "取組ごとに書くなら、ここには書かない")] = Field(
        default=None, ge=0, description="予算額（円）。取組ごとに書くなら、ここには書かない"
    )
    executed: Annotated[
        Yen | None, Column("執行額（円）", 16, "取組ごとに書くなら、ここには書かない", _EXECUTED_REMEDY)
    ] = Field(default=None, ge=0, description="執行額（円）。取組ごとに書くなら、ここには書かない")


class Initiative(Entry):
    """One 取組 of the budget with its amounts in whole yen, and the heading of the plan that it belongs to."""

    noun: ClassVar = "取組"
    entry_list: ClassVar = EntryList(
        "initiatives",
        BUDGET_FILE,
        "budget",
        sheet="取組・予算",
        title="取組と予算",
        about="1行が1件です。前年度から続く取組には、同じ id を付けます。",
    )

    id: Annotated[Id, Column("id", 24, "前年度と同じ取組には同じ id")] = Field(
        description="取組の id（英小文字・数字・ハイフン）。前年度と同じ取組には同じ id を付ける"
    )
    name: Annotated[Line, Column("取組の名称", 58)] = Field(description="取組の名称")
    topic: Annotated[
        Text,
        Column(
            "計画の見出し",
            22,
            "計画の見出しの id、または見出しの文字",
            ids_of="plan",
            is_open=True,
            words=("見出しの文字（自動）", 34),
        ),
    ] = Field(default="", description="計画の見出しの id、または見出しの文字（区分を書けば、なくてもよい）")
    amount: Annotated[Yen | None, Column("予算額（円）", 16, "区分の予算額しかなければ、書かない")] = Field(
        default=None,
        ge=0,
        description="予算額（円。2,902千円 とも書ける。区分の予算額しかなければ書かない）",
    )
    executed: Annotated[Yen | None, Column("執行額（円）", 16, remedy=_EXECUTED_REMEDY)] = Field(
        default=None, ge=0, description="執行額（円）"
    )
    field: Annotated[
        Name, Column("区分", 22, "シート「経費の区分」の id", ids_of="fields", after="topic")
    ] = Field(default="", description="区分の id（fields の id）")
    new: Annotated[
        bool | None,
        Column(
            "（新）を付ける",
            14,
            "空なら、前年度に同じ id がない取組に付く",
            "true（付ける）か false（付けない）と書くか、行ごと消してください",
        ),
    ] = Field(
        default=None,
        description="（新）を付けるか（true か false）。書かなければ、前年度に同じ id がない取組に付く",
    )


class Kpi(Entry):
    """A KPI with its target: a number with unit and bound, a comparison with last year, or a sentence."""

    noun: ClassVar = "KPI"
    entry_list: ClassVar = EntryList(
        "kpis",
        KPI_FILE,
        "kpi",
        sheet="KPI",
        title="KPI",
        about="1行が一つのKPIです。年度の列は、列を挿入し、見出しに「実績 令和4年度」のように書けば足せます。",
    )

    id: Annotated[Id, Column("id", 24)] = Field(description="KPI の id（英小文字・数字・ハイフン）")
    name: Annotated[Line, Column("KPIの名称", 42)] = Field(description="KPI の名称")
    target: Annotated[
        Target | None,
        Column(
            "目標",
            15,
            f"数、または {'、'.join(get_args(RelativeTarget))}。文だけの目標なら空",
            f"数（例 62.2）か、{'、'.join(get_args(RelativeTarget))}を書いてください。"
            "単位は unit、以上・以下は bound に書きます",
            suffixes=UNITS,
        ),
    ] = Field(default=None, description="目標（数か「対前年度以上」など。文だけの目標なら書かない）")
    unit: Annotated[Text, Column("単位", 9, choices=UNITS, is_open=True)] = Field(
        default="", description="目標の単位（% 日 件 など）"
    )
    bound: Annotated[Bound, Column("向き", 10)] = Field(
        default="とする", description="目標の向き（とする、以上、以下、以内のどれか）"
    )
    sentence: Annotated[
        Line | None,
        Column(
            "印刷する文",
            40,
            "空なら「（名称）を（目標）とする」。{name}、{target}、{before} が使える",
            after="remarks",
        ),
    ] = Field(
        default=None,
        description="印刷する文（{name}、{target}、{before} が使える）。書かなければ name を target とする、になる",
    )
    group: Annotated[Text, Column("担当グループ", 12, choices=GROUPS, is_open=True, after="id")] = Field(
        default="", description="担当グループ"
    )
    list_name: Annotated[
        Text, Column("一覧での名称", 28, "KPI一覧に載せる名称。空なら KPIの名称", after="sentence")
    ] = Field(default="", description="KPI 一覧に載せる名称。書かなければ name")
    listed: Annotated[
        bool,
        Column(
            "一覧に載せる",
            9,
            "KPI一覧に載せるか",
            "true（載せる）か false（載せない）と書いてください",
            after="list_name",
        ),
    ] = Field(default=True, description="KPI 一覧に載せるか（true か false）")
    actuals: Annotated[
        ByYear[Result],
        Column(
            "実績",
            10,
            remedy="数（例 93.9）か、文だけの目標なら 実施 か 未実施 と書いてください",
            of_key="年度を R3 や 令和3年度 の形で書いてください（例 {R3: 94.6}）",
            suffixes=UNITS,
        ),
    ] = Field(default_factory=dict, description="実績（年度: 数。文だけの目標なら 実施 か 未実施）")
    averages: Annotated[
        ByYear[Figure],
        Column(
            "全国平均",
            10,
            remedy="数で書いてください（例 95.6）。全国平均がないものは、行ごと消してください",
            of_key="年度を R3 や 令和3年度 の形で書いてください（例 {R5: 95.6}）",
            suffixes=UNITS,
        ),
    ] = Field(default_factory=dict, description="全国平均（年度: 数。ないものは書かない）")
    targets: Annotated[
        ByYear[Lines],
        Column(
            "目標",
            13,
            "ほかの年度の目標（印刷する語）",
            of_key="年度を R6 や 令和6年度 の形で書いてください（例 {R6: 65.9%以上}）",
            after="bound",
        ),
    ] = Field(default_factory=dict, description="ほかの年度の目標（年度: 印刷する語。2行なら [ ] に並べる）")
    rank: Annotated[int | None, Column("全国順位", 8, remedy=RANK_REMEDY, suffixes=("位",))] = Field(
        default=None, ge=1, le=RANKS, description="全国順位（1から47）"
    )
    mark: Annotated[MarkValue | None, Column("実施状況", 8, "空なら、目標と実績から決まる", MARK_REMEDY)] = (
        Field(default=None, description="実施状況の印（◎ ○ △ × □）。書かなければ目標と実績から決まる")
    )
    mark_reason: Annotated[Text, Column("印の理由", 18, "決まりと違う印にした理由")] = Field(
        default="", description="決まりと違う印にした理由"
    )
    remarks: Annotated[Text, Column("備考", 20)] = Field(default="", description="備考")


class Population(Entry):
    """Whom a check-up or guidance is meant for: eligible persons, planned rate in %, planned persons."""

    noun: ClassVar = "対象者"
    entry_list: ClassVar = EntryList(
        "populations",
        KPI_FILE,
        "population",
        sheet="対象者",
        title="健診・保健指導の対象者",
        about="1行が一つの対象者です。",
    )

    id: Annotated[Id, Column("id", 24)] = Field(description="対象者の id（英小文字・数字・ハイフン）")
    group: Annotated[Line, Column("区分", 26, "被保険者、被扶養者 など")] = Field(
        description="対象者の区分（被保険者、被扶養者など）"
    )
    item: Annotated[Line, Column("項目", 36, "健診などの名称")] = Field(description="項目（健診などの名称）")
    eligible: Annotated[Count, Column("対象者数（人）", 16, suffixes=("人",))] = Field(
        description="対象者数（人）"
    )
    rate: Annotated[
        Percent,
        Column("実施率", 11, remedy="0から100までの数で書いてください（例 62.2）", suffixes=("%",)),
    ] = Field(ge=0, le=100, description="実施率（%）")
    planned: Annotated[Count, Column("見込者数（人）", 16, suffixes=("人",))] = Field(
        description="見込者数（人）"
    )
    eligible_label: Annotated[Line, Column("対象者数の呼び名", 22, "空なら 実施対象者数")] = Field(
        default="実施対象者数", description="対象者数の呼び名"
    )
    rate_label: Annotated[Line, Column("率の呼び名", 16, "空なら 実施率")] = Field(
        default="実施率", description="率の呼び名"
    )
    planned_label: Annotated[Line, Column("見込者数の呼び名", 20, "空なら 実施見込者数")] = Field(
        default="実施見込者数", description="見込者数の呼び名"
    )


class HandoutSettings(Entry):
    """What belongs to one handout of the dataset: material number, meeting, options."""

    noun: ClassVar = "資料の設定"
    entry_list: ClassVar = EntryList(
        "handouts",
        DATASET_FILE,
        "dataset",
        sheet="会議",
        title="作る資料",
        about="1行に一つの資料を書きます。",
        leading=(
            Column(
                "資料の種類",
                26,
                key=("kind",),
                form=Form.CHOICE,
                choices=KindTexts(lambda kind: kind.short_name),
                values=KindTexts(lambda kind: kind.id),
            ),
        ),
        spare=3,
    )

    material: Annotated[Text, Column("資料番号", 12, "例 資料2-1", after="date")] = Field(
        default="", description="資料番号"
    )
    meeting: Annotated[Text, Column("会議", 34, "会議の名称（例 第3回群馬支部評議会）")] = Field(
        default="", description="会議の名称"
    )
    date: Annotated[Date | None, Column("開催日", 18)] = Field(
        default=None, description="会議の日（例 2025-01-17、令和7年1月17日）"
    )
    title: Annotated[Text, Column("表題", 28, "書かなければ、年度と支部名から作る")] = Field(
        default="", description="表題。書かなければ年度と支部名から作る"
    )
    totals: Annotated[
        bool,
        Column(
            "合計を載せる",
            14,
            "予算の小計・合計を載せるか",
            "true（載せる）か false（載せない）と書いてください",
        ),
    ] = Field(default=False, description="予算の小計・合計を載せるか（true か false）")
    agenda: Annotated[Text, Column("議題", 24, "表紙の議題（例 【議題２】報告事項）")] = Field(
        default="", description="表紙の議題（【議題２】報告事項 など）"
    )
    note: Annotated[Text, Column("表紙の注", 32, "※で始まる文")] = Field(
        default="", description="表紙の注（※で始まる文）"
    )
    charts: Annotated[ChartsPlace, Column("グラフの場所", 14)] = Field(
        default="末尾", description="グラフの場所（末尾、項目ごと、なしのどれか）"
    )


class Overrides(Entry):
    """What the branch decided against the program's comparison, by paragraph id of this year.

    `pairs`: the paragraph of last year that belongs to it, or None for "new". `marks`: the words to mark;
    an empty tuple for none.
    """

    noun: ClassVar = "前年度との比べ方の直し"

    pairs: Annotated[
        Mapping[str, str | None],
        Column(
            "前年度の段落",
            24,
            f"比べる段落の id。前年度の後身でなければ {NEW_PARAGRAPH}。空なら自動",
            "前年度の段落の id か、新しい段落なら null と書いてください（例 kenshin: kenshin-annai）",
            choices=(NEW_PARAGRAPH,),
            is_open=True,
        ),
    ] = Field(
        default_factory=dict,
        description="対応する段落（今年度の段落の id: 前年度の段落の id。新しい段落なら null）",
    )
    marks: Annotated[
        Mapping[str, tuple[Line, ...]],
        Form.LINES,
        Column(
            "印を付ける語句",
            50,
            f"1行に1語（セルの中で改行）。どこにも付けないなら {NO_MARKS}。空なら自動",
            '語句を [ ] の中に並べてください（例 kenshin: ["効果的に"]）',
        ),
    ] = Field(
        default_factory=dict,
        description='印を付ける語句（今年度の段落の id: ["語句", "語句"]。付けないなら []）',
    )


class Silence(Entry):
    """An oddity that the branch has looked at and wants to be told of no more: which kind of finding, where, and why.

    `at` is the ref of an entry, with all of its parts; empty for the whole dataset.
    """

    noun: ClassVar = "確認済みの指摘"
    entry_list: ClassVar = EntryList(
        "silenced",
        DATASET_FILE,
        "dataset",
        sheet="確認済み",
        title="確認済みの指摘",
        about="確かめて、そのままでよいと決めた注意を書きます。指摘の名前と場所は handouts check --ids で分かります。",
        named_by="finding",
        spare=10,
        is_optional=True,
    )

    finding: Annotated[Line, Column("指摘の名前", 34, "例 kpi.above-100")] = Field(
        description="指摘の名前（handouts check --ids で分かる。例 kpi.above-100）"
    )
    at: Annotated[Text, Column("場所", 34, "例 kpi:kenshin。空なら、どこでも")] = Field(
        default="", description="場所（例 kpi:kenshin）。書かなければ、どこでも"
    )
    reason: Annotated[Line, Column("理由", 70, "そのままでよい理由")] = Field(
        description="そのままでよい理由"
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
    silenced: tuple[Silence, ...] = ()
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
