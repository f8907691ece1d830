"""What a dataset says of its handouts: numbering, settings, corrections of the comparison, silenced findings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import ConfigDict, Field

from handouts.dataset.columns import Column, EntryList, Form
from handouts.dataset.fields import (
    Date,
    Entry,
    Line,
    Sample,
    Text,
)
from handouts.dataset.kinds import KindTexts
from handouts.dataset.stored import DATASET_FILE

# What is chosen or typed in a sheet where a file has null or [].
NEW_PARAGRAPH, NO_MARKS = "（新しい段落）", "（付けない）"

ChartsPlace = Literal["末尾", "項目ごと", "なし"]


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
    meeting: Annotated[Text, Column("会議", 34, "会議の名称（例 第3回群馬支部評議会）", shared=True)] = Field(
        default="", description="会議の名称"
    )
    date: Annotated[Date | None, Column("開催日", 18, shared=True)] = Field(
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
    agenda: Annotated[Text, Column("議題", 24, "表紙の議題（例 【議題２】報告事項）", shared=True)] = Field(
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
            34,
            f"比べる前年度の段落（番号と文）。前年度の後身でなければ {NEW_PARAGRAPH}。空なら自動",
            "前年度の段落の id か、新しい段落なら null と書いてください（例 kenshin: kenshin-annai）",
            choices=(NEW_PARAGRAPH,),
            ids_of="last_plan",
            allows=f"一覧にあるもの（前年度の段落か、{NEW_PARAGRAPH}）",
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
