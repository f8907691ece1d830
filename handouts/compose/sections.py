"""The sections of the plan beside what was done on them, a table for each pillar."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from types import MappingProxyType
from typing import TypeAlias

from handouts.compose.charts import LineChart
from handouts.compose.done import DoneBlock, compose_done
from handouts.compose.page import Box, PrintedLine, in_frames, paragraph_style
from handouts.compose.plan import topic_blocks
from handouts.compose.topics import Topic, cut_topics, topics_by_pillar
from handouts.compose.year_plan import compose_plan_alone
from handouts.dataset.labels import Family, canonical, recognise
from handouts.dataset.model import Dataset
from handouts.dataset.outline import owner_indexes
from handouts.dataset.plan import Kind, Paragraph
from handouts.dataset.typed_text import bare

# Lines that stand in the frame of a line before them, by the style of that line.
_FRAMED = {"kpi": ("note", "body"), "group": ("note", "body", "bullet")}
# Text below one of these goes on with it.
_CONTINUED = ("item", "bullet", "more")
_SAME_WORDS = 0.5
_Blocks: TypeAlias = tuple[DoneBlock | Box, ...]


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A part of a section of the plan, and what was done on it."""

    plan: _Blocks
    done: _Blocks


@dataclass(frozen=True, slots=True)
class SectionTable:
    """The sections of one pillar, each in parts that begin at the same height; no heading for text before the first."""

    heading: PrintedLine | None
    sections: tuple[tuple[SectionRow, ...], ...]


def compose_sections(
    dataset: Dataset, charts: Mapping[str, LineChart] = MappingProxyType({})
) -> tuple[SectionTable, ...]:
    """Every pillar with its sections; all entries stand beside the section that they name, in their order.

    `charts` are those that stand below their monthly tables, by the id of the table.
    """
    return _Composer(dataset, charts).tables()


class _Composer:
    """Brings the sections of the plan and the entries on them together."""

    def __init__(self, dataset: Dataset, charts: Mapping[str, LineChart]) -> None:
        self.dataset = dataset
        self.charts = charts
        self.paragraphs = dataset.plan.paragraphs
        self.owners = owner_indexes(self.paragraphs)
        self.places = {paragraph.id: index for index, paragraph in enumerate(self.paragraphs)}
        self.plan = compose_plan_alone(dataset).lowered
        self.topics = cut_topics(self.paragraphs, {entry.plan for entry in dataset.entries if entry.plan})
        self.done: dict[Topic, list[DoneBlock]] = {topic: [] for topic in self.topics}
        self.headed: set[int] = set()

    def tables(self) -> tuple[SectionTable, ...]:
        if self.topics:
            self._place_entries()
        return tuple(
            SectionTable(
                heading=None if pillar is None else self.plan.lines[pillar],
                sections=tuple(
                    _parts(topic_blocks(self.dataset, self.plan, topic), _framed(self.done[topic]))
                    for topic in topics
                ),
            )
            for pillar, topics in topics_by_pillar(self.topics, self.plan.pillars).items()
        )

    def _place_entries(self) -> None:
        """Every entry beside its section; one that names no place follows the one before it."""
        place = 0
        for entry in self.dataset.entries:
            blocks = deque(compose_done(entry, self.dataset, self.charts))
            if entry.plan in self.places:
                place = self.places[entry.plan]
                self._place_headings(blocks, place)
            self.done[self._topic(place)] += blocks

    def _place_headings(self, blocks: deque[DoneBlock], place: int) -> None:
        """Takes the headings at the top of a text away, and sets each beside the same heading of the plan.

        The heading of the section itself is set there where no text begins with it.
        """
        filled = {topic for topic, done in self.done.items() if done}
        wanted = self._headings(place)
        while blocks and isinstance(line := blocks[0], PrintedLine):
            found = next((index for index in wanted if _names(line.text, self.paragraphs[index])), None)
            if found is None:
                break
            topic = self._topic(found)
            topic = self._topic(place) if topic in filled else topic
            self.done[topic].append(replace(line, style=paragraph_style(self.paragraphs[found])))
            blocks.popleft()
            self.headed.add(found)
            wanted = [index for index in wanted if index > found]
        if blocks and place in wanted and place not in self.headed:
            self.headed.add(place)
            repeated = replace(self.plan.lines[place], heading=None, role="repeated")
            self.done[self._topic(place)].append(repeated)

    def _headings(self, place: int) -> list[int]:
        """The headings under the pillar that lead to a paragraph, and itself if it is one."""
        path = [place]
        while (above := self.owners[path[0]]) is not None:
            path.insert(0, above)
        return [
            index
            for index in path
            if self.paragraphs[index].kind is Kind.HEADING and self.paragraphs[index].level > 1
        ]

    def _topic(self, index: int) -> Topic:
        return next((topic for topic in self.topics if topic.end > index), self.topics[-1])


def _names(text: str, heading: Paragraph) -> bool:
    """Whether a line is this heading: the same label, and mostly the same words, as people type them again."""
    labels = recognise(text), recognise(f"{heading.label}あ")
    if None in labels or len({canonical(label) for label in labels if label}) > 1:
        return False
    return SequenceMatcher(None, bare(text), bare(heading.label + heading.text)).ratio() > _SAME_WORDS


def _parts(plan: _Blocks, done: _Blocks) -> tuple[SectionRow, ...]:
    """A section parted at the captions that both sides have, such as 【具体的取組】, but for those below another one."""
    captions = {_caption(block) for block in done} - {""}
    plan = tuple(
        replace(block, style="caption")
        if isinstance(block, PrintedLine) and bare(block.text) in captions
        else block
        for block in plan
    )
    parts: list[SectionRow] = []
    start, begun = 0, 0
    for index, block in enumerate(plan):
        places = [at for at, other in enumerate(done) if at >= begun and _caption(other) == _caption(block)]
        if (
            _caption(block)
            and places
            and not (_caption_above(plan, index) or _caption_above(done, places[0]))
        ):
            parts.append(SectionRow(plan[start:index], done[begun : places[0]]))
            start, begun = index, places[0]
    return (*parts, SectionRow(plan[start:], done[begun:]))


def _caption(block: DoneBlock | Box) -> str:
    """The words of a caption; nothing for any other block."""
    return bare(block.text) if isinstance(block, PrintedLine) and block.style == "caption" else ""


def _caption_above(blocks: _Blocks, index: int) -> bool:
    return index > 0 and bool(_caption(blocks[index - 1]))


def _framed(blocks: Iterable[DoneBlock]) -> _Blocks:
    """The blocks, ■KPI and ●被保険者 in frames with the lines that belong to them, and text below an item indented."""
    pairs: list[tuple[str, DoneBlock]] = []
    frame, number, above = "", 0, ""
    for block in blocks:
        if not isinstance(block, PrintedLine):
            frame = ""
        elif block.style in _FRAMED:
            frame, number = block.style, _number(block.text)
        elif (frame, block.style) == ("kpi", "item") and _number(block.text) == number + 1:
            block, number = replace(block, style="kpi-next"), number + 1
        elif block.style not in _FRAMED.get(frame, ()) or _is_text(frame, block):
            frame = ""
        if isinstance(block, PrintedLine):
            if not frame and block.style == "body" and above in _CONTINUED:
                block = replace(block, style="more")
            above = block.style
        pairs.append((frame, block))
    return in_frames(pairs)


def _is_text(frame: str, line: PrintedLine) -> bool:
    """Whether a line below ■KPI is no remark in brackets."""
    return (frame, line.style) == ("kpi", "body") and not line.text.startswith(("（", "("))


def _number(text: str) -> int:
    """The number at the start of a line, or behind its ■KPI：; 0 where there is none."""
    label = recognise(text)
    if label is not None and label.family is Family.KPI:
        label = recognise(text[len(label.text) :])
    return label.number or 0 if label else 0
