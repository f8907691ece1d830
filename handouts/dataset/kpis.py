"""KPIs, and the persons whom check-ups and guidance are meant for, as rows of the yaml file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal, TypeVar, get_args

from pydantic import Field, WrapValidator

from handouts.dataset.columns import ID_HEADING, ID_NOTE, UNITS, Column, EntryList, Form
from handouts.dataset.fields import (
    Count,
    Entry,
    Figure,
    Id,
    Line,
    Lines,
    MarkValue,
    Number,
    Percent,
    Result,
    Text,
    Year,
    refuse_double_keys,
)
from handouts.dataset.progress import MARK_REMEDY, RANK_REMEDY, RANKS
from handouts.dataset.stored import KPI_FILE

# The groups that a branch usually has; those of a dataset are said by `groups_of`.
GROUPS = ("業務", "レセプト", "保健", "企画総務")

Value = TypeVar("Value")

ByYear = Annotated[Mapping[Year, Value], WrapValidator(refuse_double_keys)]

Bound = Literal["とする", "以上", "以下", "以内"]

# A target of its own kind: measured against the result of the year before, which is not known yet.
RelativeTarget = Literal["対前年度以上", "対前年度以下", "対前年度末以上", "前年度以上", "前年度以下"]

# The target of this year: a number, or against the year before.
Target = Annotated[RelativeTarget | Number, Form.UNIT_NUMBER]


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
        called_by=("name",),
    )

    id: Annotated[Id, Column(ID_HEADING, 16, ID_NOTE, after="listed")] = Field(
        description="KPI の id（英小文字・数字・ハイフン）"
    )
    name: Annotated[Line, Column("KPIの名称", 42)] = Field(description="KPI の名称")
    target: Annotated[
        Target | None,
        Column(
            "目標",
            15,
            "文だけの目標なら空",
            f"数（例 62.2）か、{'、'.join(get_args(RelativeTarget))}を書いてください。"
            "単位は unit、以上・以下は bound に書きます",
            suffixes=UNITS,
            allows=f"数（例 62.2）か、{'、'.join(get_args(RelativeTarget))}（数の以上・以下は「向き」の欄）",
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
    group: Annotated[
        Text, Column("担当グループ", 12, "支部のグループのどれか", choices=GROUPS, is_open=True, after="name")
    ] = Field(default="", description="担当グループ")
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
    mark: Annotated[
        MarkValue | None, Column("実施状況", 8, "空なら、目標と実績から決まる", MARK_REMEDY, shared=False)
    ] = Field(default=None, description="実施状況の印（◎ ○ △ × □）。書かなければ目標と実績から決まる")
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
        called_by=("item", "group"),
    )

    id: Annotated[Id, Column(ID_HEADING, 16, ID_NOTE, after="planned_label")] = Field(
        description="対象者の id（英小文字・数字・ハイフン）"
    )
    group: Annotated[Line, Column("区分", 26, "被保険者、被扶養者 など", shared=True)] = Field(
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
