"""What was done on the plan: an entry per measure or section, with its mark, rank and text."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Annotated, ClassVar

from pydantic import Field

from handouts.dataset.columns import ID_HEADING, ID_NOTE, Column, EntryList
from handouts.dataset.fields import ID_LENGTH, Entry, Id, Line, MarkValue, Prose, Text
from handouts.dataset.stored import PROGRESS_FILE

RANKS = 47  # prefectural branches
MARK_REMEDY = "◎、○、△、×、□ のどれかを書いてください。書かなければ、目標と実績から決まります"
RANK_REMEDY = "1から47までの整数で書いてください（例 43）"


class ProgressItem(Entry):
    """What is said of a whole item of the plan."""

    noun: ClassVar = "事業"
    entry_list: ClassVar = EntryList(
        "items",
        PROGRESS_FILE,
        "item",
        sheet="事業",
        title="事業に付ける語",
        about="赤い枠で語を付ける事業だけを書きます。",
        named_by="heading",
        spare=10,
    )

    heading: Annotated[
        Line,
        Column(
            "計画の見出し",
            34,
            "語を付ける見出し",
            ids_of="plan",
            is_open=True,
        ),
    ] = Field(description="計画の見出しの id、または見出しの文字")
    badge: Annotated[Text, Column("付ける語", 30, "例 インセンティブ関連")] = Field(
        default="", description="赤い枠で付ける語（インセンティブ関連 など）"
    )


class ProgressEntry(Entry):
    """What was done on one measure or section of the plan.

    `plan` names the paragraph with which the measure begins, or the heading of the section; an entry without
    it is a further row of the item of the entry before it.
    """

    noun: ClassVar = "実施状況の記録"
    entry_list: ClassVar = EntryList(
        "entries",
        PROGRESS_FILE,
        "progress",
        sheet="進捗",
        title="実施状況",
        about="計画の順に、1行に一つの記録を書きます。文は、段落ごとにセルの中で改行（Alt+Enter）します。",
        origin=Column("元の行（自動）", 22, "書き出したときの id"),
    )

    id: Annotated[Id | None, Column(ID_HEADING, 16, ID_NOTE, after="monthly")] = Field(
        default=None, description="記録の id。書かなければ plan の id"
    )
    plan: Annotated[
        Id | None,
        Column(
            "計画の段落",
            34,
            "計画の段落か見出し。空なら、前の記録と同じ事業の続き",
            "計画の行の終わりに {#名前} のように付けた名前を書いてください（例 kenshin）",
            ids_of="plan",
        ),
    ] = Field(default=None, description="計画の段落か見出しの id（書かなければ、前の記録と同じ事業の続き）")
    kpi: Annotated[
        Id | None, Column("KPI", 24, "この施策がKPIなら、そのKPI", ids_of="kpis", after="text")
    ] = Field(default=None, description="KPI の id（この施策が KPI のとき）")
    mark: Annotated[
        MarkValue | None,
        Column(
            "実施状況", 8, "KPIの行は、空なら目標と実績から決まる", MARK_REMEDY, after="plan", shared=False
        ),
    ] = Field(default=None, description="実施状況の印（◎ ○ △ × □）")
    mark_reason: Annotated[Text, Column("印の理由", 18, "決まりと違う印にした理由", after="kpi")] = Field(
        default="", description="決まりと違う印にした理由"
    )
    rank: Annotated[int | None, Column("全国順位", 8, remedy=RANK_REMEDY, suffixes=("位",))] = Field(
        default=None, ge=1, le=RANKS, description="全国順位（1から47）"
    )
    slash: Annotated[
        bool,
        Column(
            "順位に斜線", 9, "全国順位の欄に斜線を引くか", "true（引く）か false（引かない）と書いてください"
        ),
    ] = Field(default=False, description="全国順位の欄に斜線を引くか（true か false）")
    monthly: Annotated[
        tuple[Id, ...],
        Column(
            "月別の表",
            22,
            "文の下に載せる表（シート「月次表」の表）",
            "月別の表の id を [ ] に並べてください（例 [checkup]）",
            ids_of="tables",
            of_part="英小文字で始め、英小文字・数字・ハイフンで書いてください（例 checkup）",
        ),
    ] = Field(default=(), description="月別の表の id（文の下に載せる順に並べる）")
    text: Annotated[Prose, Column("実施状況の文", 84, after="mark")] = Field(
        default="", description="実施状況の文（「text: |」の下に、1段落を1行で、字下げして書く）"
    )


def entry_ids(entries: Iterable[tuple[str | None, str | None]]) -> tuple[str, ...]:
    """The id of each entry, given as written id and plan id: the first of the two, else one made from the entry before.

    What is made is at most ID_LENGTH long and different from those before it.
    """
    ids: list[str] = []
    taken: set[str] = set()
    base = "row"
    for written, plan in entries:
        base = plan or base
        ids.append(written or _derived_id(plan, base, taken))
        taken.add(ids[-1])
    return tuple(ids)


def written_ids(entries: Iterable[tuple[str | None, str | None]]) -> tuple[str | None, ...]:
    """The id of each entry, given as id and plan id, where it has to be written; None where it would be made anyway."""
    ids: list[str | None] = []
    taken: set[str] = set()
    base = "row"
    for name, plan in entries:
        base = plan or base
        ids.append(None if name == _derived_id(plan, base, taken) else name)
        taken |= {name} if name else set()
    return tuple(ids)


def _derived_id(plan: str | None, base: str, taken: Container[str]) -> str:
    found = plan
    count = 2
    while found is None or found in taken:
        found = f"{base[: ID_LENGTH - 4].rstrip('-')}-{count}"
        count += 1
    return found
