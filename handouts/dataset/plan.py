"""The plan: its paragraphs in order, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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
