"""What was done on the plan: an entry per measure or section, with its mark, rank and text."""

from __future__ import annotations

from collections.abc import Container, Iterable

from pydantic import Field

from handouts.dataset.fields import ID_LENGTH, Entry, Id, Line, MarkValue, Prose, Text

RANKS = 47  # prefectural branches


class ProgressItem(Entry):
    """What is said of a whole item of the plan."""

    heading: Line = Field(description="計画の見出しの id、または見出しの文字")
    badge: Text = Field(default="", description="赤い枠で付ける語（インセンティブ関連 など）")


class ProgressEntry(Entry):
    """What was done on one measure or section of the plan.

    `plan` names the paragraph with which the measure begins, or the heading of the section; an entry without
    it is a further row of the item of the entry before it.
    """

    id: Id | None = Field(default=None, description="記録の id。書かなければ plan の id")
    plan: Id | None = Field(
        default=None, description="計画の段落か見出しの id（書かなければ、前の記録と同じ事業の続き）"
    )
    kpi: Id | None = Field(default=None, description="KPI の id（この施策が KPI のとき）")
    mark: MarkValue | None = Field(default=None, description="実施状況の印（◎ ○ △ × □）")
    mark_reason: Text = Field(default="", description="決まりと違う印にした理由")
    rank: int | None = Field(default=None, ge=1, le=RANKS, description="全国順位（1から47）")
    slash: bool = Field(default=False, description="全国順位の欄に斜線を引くか（true か false）")
    monthly: tuple[Id, ...] = Field(default=(), description="月別の表の id（文の下に載せる順に並べる）")
    text: Prose = Field(
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
