"""Plans for tests: the styles of four branches, and what is read from the lines that a test shows."""

from __future__ import annotations

import pytest

from handouts.dataset.outline import headings
from handouts.dataset.plan import Paragraph
from handouts.dataset.plan_text import ParsedPlan, parse_plan
from handouts.dataset.settings import NumberingStyle
from handouts.findings import DataFaults, Finding

USUAL = NumberingStyle()
PILLARS_AND_SECTIONS = NumberingStyle(levels=("１．", "１．", "（１）", "Ａ．"), kpi="１）")
CIRCLES = NumberingStyle(levels=("1. ", "○ ", "① ", "i) "), bullet="・ ")
SHARED_BY_KPIS = NumberingStyle(kpi="① ")


def parse(*lines: str, style: NumberingStyle = USUAL) -> ParsedPlan:
    return parse_plan("\n".join(lines), style, "plan.md")


def paragraphs(*lines: str, style: NumberingStyle = USUAL) -> tuple[Paragraph, ...]:
    return parse(*lines, style=style).plan.paragraphs


def kinds(*lines: str, style: NumberingStyle = USUAL) -> list[str]:
    return [paragraph.kind.value for paragraph in paragraphs(*lines, style=style)]


def labels(*lines: str, style: NumberingStyle = USUAL) -> list[str]:
    return [paragraph.label for paragraph in paragraphs(*lines, style=style)]


def levels(*lines: str, style: NumberingStyle = USUAL) -> list[int]:
    return [paragraph.level for paragraph in paragraphs(*lines, style=style)]


def paths(*lines: str, style: NumberingStyle = USUAL) -> list[str]:
    return [heading.path for heading in headings(parse(*lines, style=style).plan)]


def faults(text: str, style: NumberingStyle = USUAL) -> list[str]:
    with pytest.raises(DataFaults) as caught:
        parse_plan(text, style, "plan.md")
    assert all(isinstance(finding, Finding) for finding in caught.value.findings)
    return [str(finding) for finding in caught.value.findings]
