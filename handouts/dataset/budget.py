"""The budget: initiatives, and the fields that they belong to, as rows of the yaml file."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from handouts.dataset.columns import ID_HEADING, ID_NOTE, Column, EntryList
from handouts.dataset.fields import (
    Entry,
    Id,
    Line,
    Name,
    Text,
    Yen,
)
from handouts.dataset.stored import BUDGET_FILE

_EXECUTED_REMEDY = "円の整数で書いてください（例 1045072）。まだ執行していなければ 0 と書きます"


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
        called_by=("name",),
    )

    id: Annotated[Id, Column(ID_HEADING, 16, ID_NOTE, after="executed")] = Field(
        description="区分の id（英小文字・数字・ハイフン）"
    )
    name: Annotated[Line, Column("区分の名称", 50)] = Field(description="区分の名称")
    table: Annotated[
        Text, Column("執行実績の表", 34, "表の名称。同じ名称の区分は一つの表になる", shared=True)
    ] = Field(default="", description="執行実績の表の名称（同じ名称の区分は1つの表になる）")
    topic: Annotated[
        Text,
        Column(
            "計画の見出し",
            34,
            "横に印刷する見出し",
            ids_of="plan",
            is_open=True,
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
        about="1行が1件です。前年度から続く取組は、名称（変えたなら id）を前年度と同じにします。",
    )

    id: Annotated[
        Id,
        Column(ID_HEADING, 16, "空なら自動で付く。名称を変えても続く取組には、前年度と同じもの", after="new"),
    ] = Field(
        description="取組の id（英小文字・数字・ハイフン）。名称を変えても続く取組には、前年度と同じ id を付ける"
    )
    name: Annotated[Line, Column("取組の名称", 50)] = Field(description="取組の名称")
    topic: Annotated[
        Text,
        Column(
            "計画の見出し",
            34,
            "この取組を横に印刷する見出し",
            ids_of="plan",
            is_open=True,
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
        Name, Column("区分", 22, "シート「経費の区分」の区分", ids_of="fields", after="topic")
    ] = Field(default="", description="区分の id（fields の id）")
    new: Annotated[
        bool | None,
        Column(
            "（新）を付ける",
            14,
            "空なら、前年度に同じ id や名称の取組がないときに付く",
            "true（付ける）か false（付けない）と書くか、行ごと消してください",
        ),
    ] = Field(
        default=None,
        description="（新）を付けるか（true か false）。書かなければ、前年度に同じ id や名称の取組がないときに付く",
    )
