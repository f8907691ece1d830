"""What a chart shows: its figures with their printed texts, and an alternative text made of them.

A month to come, and a month that is not measured, is a gap and never 0. The drawing decides how a chart looks, and
nothing of what it says.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import accumulate
from typing import ClassVar, Literal, TypeAlias, TypeVar

from handouts.dataset.fields import Mark
from handouts.dataset.figures import round_half_up
from handouts.look.fitting import text_width
from handouts.measures.execution import Execution
from handouts.measures.wording import number_text, rate_text, thousand_yen
from handouts.origin import Role

ChartSize = Literal["half", "full", "item"]
"""Half or the whole width of the page, or beside the item that it belongs to."""

# A line needs two points.
FEWEST_VALUES = 2
# The rows of a page, in lines of text: a name takes as many as it needs, its bars one or two.
_LINES_OF_PAGE = Decimal(45)
_LINES_OF_KPI, _LINES_OF_INITIATIVE = 1, 2
_LINES_BETWEEN = Decimal("0.5")
_NAME_WIDTH = 34  # em
_PERCENT = Decimal(100)
_PLACES = 1
_MOST_PLACES = 4
_MET: Mapping[str, bool] = {Mark.BEATEN: True, Mark.MET: True, Mark.MISSED: False, Mark.NOT_DONE: False}


@dataclass(frozen=True, slots=True)
class ChartLine:
    """The figures of one year, a gap for each month without one, and what is printed at the end of the line."""

    name: str
    values: tuple[Decimal | None, ...]
    end_text: str
    is_newest: bool = False


@dataclass(frozen=True, slots=True)
class LineChart:
    """Figures month by month, the newest year last; a target that is no number is a text alone."""

    id: str
    title: str
    months: tuple[str, ...]
    lines: tuple[ChartLine, ...]
    target: Decimal | None
    target_text: str
    unit: str
    alt: str
    ref: str = ""
    size: ChartSize = "half"
    role: ClassVar[Role] = "own"  # of its title, which is the name of a table


class Direction(StrEnum):
    """How a KPI stands to its target; the value heads its group in the chart."""

    AT_LEAST = "目標以上をめざすもの（棒が100%の線に届けば達成）"
    AT_MOST = "目標以下・以内をめざすもの（棒が100%の線を越えなければ達成。短いほどよい）"
    NO_NUMBER = "目標が数ではないもの"


@dataclass(frozen=True, slots=True)
class KpiFigures:
    """What the overview needs to know of a KPI; `target` is None where it is no number to compare with."""

    name: str
    actual: Decimal | None
    target: Decimal | None
    actual_text: str
    target_text: str
    mark: str = ""
    at_most: bool = False


@dataclass(frozen=True, slots=True)
class AchievementRow:
    """A KPI with actual ÷ target in %, and whether the target is met; None where that is not known yet."""

    name: str
    direction: Direction
    target_text: str
    actual_text: str
    mark: str
    rate: Decimal | None
    rate_text: str
    is_met: bool | None


@dataclass(frozen=True, slots=True)
class AchievementChart:
    """How far each KPI has come to its target, those of one direction together."""

    id: str
    title: str
    rows: tuple[AchievementRow, ...]
    alt: str
    ref: str = ""
    size: ChartSize = "full"
    role: ClassVar[Role] = "generated"


@dataclass(frozen=True, slots=True)
class ExecutionBars:
    """An initiative with both amounts in 千円."""

    name: str
    budgeted: Decimal
    executed: Decimal
    budgeted_text: str
    executed_text: str
    rate_text: str


@dataclass(frozen=True, slots=True)
class ExecutionChart:
    """What was budgeted and what was executed, initiative by initiative."""

    id: str
    title: str
    rows: tuple[ExecutionBars, ...]
    alt: str
    ref: str = ""
    size: ChartSize = "full"
    role: ClassVar[Role] = "generated"


BarChart: TypeAlias = AchievementChart | ExecutionChart
Chart: TypeAlias = LineChart | BarChart
_Row = TypeVar("_Row", AchievementRow, ExecutionBars)


def line_chart(
    identifier: str,
    title: str,
    months: Sequence[str],
    series: Sequence[tuple[str, Sequence[Decimal | str | None]]],
    *,
    unit: str = "",
    target: Decimal | None = None,
    target_text: str = "",
    ref: str = "",
    size: ChartSize = "half",
) -> LineChart | None:
    """The chart of the series (name and figures by month), the newest last; None where no line can be drawn."""
    values = [(name, chart_values(found)) for name, found in series]
    lines = tuple(
        ChartLine(name, found, f"{name} {_figure(_last(found), unit)}", index == len(values) - 1)
        for index, (name, found) in enumerate(values)
        if _count(found) >= FEWEST_VALUES
    )
    if not lines:
        return None
    sentences = [title, *(_line_sentence(name, found, months, unit) for name, found in reversed(values))]
    if target_text:
        sentences.append(f"目標{target_text}")
    return LineChart(
        identifier,
        title,
        tuple(months),
        lines,
        target,
        target_text,
        unit,
        _sentences(sentences),
        ref,
        size,
    )


def chart_values(values: Sequence[Decimal | str | None]) -> tuple[Decimal | None, ...]:
    """The figures, with a gap where none is or where "-" says that the month is not measured."""
    return tuple(value if isinstance(value, Decimal) else None for value in values)


def achievement_charts(
    identifier: str, title: str, kpis: Sequence[KpiFigures], ref: str = ""
) -> tuple[AchievementChart, ...]:
    """The overview of the KPIs in as many charts as pages; none where no KPI has a rate."""
    rows = [_achievement_row(kpi) for kpi in kpis]
    if all(row.rate is None for row in rows):
        return ()
    ordered = [row for direction in Direction for row in rows if row.direction is direction]
    return tuple(
        AchievementChart(
            _part_id(identifier, part), name, tuple(members), _achievement_alt(name, members), ref
        )
        for part, name, members in _parts(title, ordered, _LINES_OF_KPI)
    )


def execution_charts(
    identifier: str, title: str, initiatives: Sequence[tuple[str, Execution]], ref: str = ""
) -> tuple[ExecutionChart, ...]:
    """Budget and execution of the initiatives (name and amounts in yen) in as many charts as pages."""
    rows = [_execution_row(name, execution) for name, execution in initiatives]
    return tuple(
        ExecutionChart(_part_id(identifier, part), name, tuple(members), _execution_alt(name, members), ref)
        for part, name, members in _parts(title, rows, _LINES_OF_INITIATIVE)
    )


def chart_rows(charts: Sequence[Chart]) -> tuple[tuple[Chart, ...], ...]:
    """The charts of the pages at the end in rows: two beside one another, or one as wide as the page.

    Those that stand beside their items are not among them.
    """
    rows: list[tuple[Chart, ...]] = []
    for chart in (chart for chart in charts if chart.size != "item"):
        if rows and len(rows[-1]) == 1 and "full" not in (chart.size, rows[-1][0].size):
            rows[-1] = (rows[-1][0], chart)
        else:
            rows.append((chart,))
    return tuple(rows)


def _figure(value: Decimal, unit: str) -> str:
    return f"{number_text(value)}{unit}"


def _last(values: Sequence[Decimal | None]) -> Decimal:
    return next((value for value in reversed(values) if value is not None), Decimal(0))


def _count(values: Sequence[Decimal | None]) -> int:
    return sum(value is not None for value in values)


def _line_sentence(name: str, values: Sequence[Decimal | None], months: Sequence[str], unit: str) -> str:
    """For example 令和3年度は4月3.9%から9月28.9%."""
    points = [
        f"{month}{_figure(value, unit)}"
        for month, value in zip(months, values, strict=True)
        if value is not None
    ]
    if not points:
        return f"{name}はまだない"
    return f"{name}は{points[0]}だけ" if len(points) == 1 else f"{name}は{points[0]}から{points[-1]}"


def _sentences(parts: Sequence[str]) -> str:
    return "".join(f"{part}。" for part in parts)


def _achievement_row(kpi: KpiFigures) -> AchievementRow:
    rate = None
    if kpi.actual is not None and kpi.target is not None and _is_comparable(kpi):
        rate = kpi.actual * _PERCENT / kpi.target
    return AchievementRow(
        name=kpi.name,
        direction=_direction(kpi),
        target_text=kpi.target_text,
        actual_text=kpi.actual_text,
        mark=kpi.mark,
        rate=rate,
        rate_text="" if rate is None else _achievement_text(rate),
        is_met=_is_met(kpi, rate),
    )


def _is_comparable(kpi: KpiFigures) -> bool:
    """Whether a share of the target means anything; of 0 or less it does not."""
    return kpi.target is not None and kpi.target > 0


def _direction(kpi: KpiFigures) -> Direction:
    if not _is_comparable(kpi):
        return Direction.NO_NUMBER
    return Direction.AT_MOST if kpi.at_most else Direction.AT_LEAST


def _is_met(kpi: KpiFigures, rate: Decimal | None) -> bool | None:
    """What the mark says, which may have been set by hand; where there is none, what the figures say."""
    if kpi.mark:
        return _MET.get(kpi.mark)
    if rate is None:
        return None
    return rate <= _PERCENT if kpi.at_most else rate >= _PERCENT


def _achievement_text(rate: Decimal) -> str:
    """The rate to one decimal, to more where that would turn a target just missed into 100.0%."""
    places = range(_PLACES, _MOST_PLACES + 1)
    rounded = (round_half_up(rate, place) for place in places)
    return rate_text(next((found for found in rounded if found != _PERCENT or rate == _PERCENT), rate))


def _achievement_alt(title: str, rows: Sequence[AchievementRow]) -> str:
    return _sentences([title, *(_achievement_sentence(row) for row in rows)])


def _achievement_sentence(row: AchievementRow) -> str:
    """For example 郵送化率は目標96.0%、実績93.9%、目標に対し97.8%、△."""
    parts = (
        row.target_text and f"目標{row.target_text}",
        row.actual_text and f"実績{row.actual_text}",
        row.rate_text and f"目標に対し{row.rate_text}",
        row.mark,
    )
    return f"{row.name}は{'、'.join(filter(None, parts)) or 'まだない'}"


def _execution_row(name: str, execution: Execution) -> ExecutionBars:
    rate = execution.rate
    return ExecutionBars(
        name=name,
        budgeted=Decimal(execution.budgeted) / 1000,
        executed=Decimal(execution.executed) / 1000,
        budgeted_text=thousand_yen(execution.budgeted),
        executed_text=thousand_yen(execution.executed),
        rate_text="－" if rate is None else rate_text(rate),
    )


def _execution_alt(title: str, rows: Sequence[ExecutionBars]) -> str:
    return _sentences([title, *(_execution_sentence(row) for row in rows)])


def _execution_sentence(row: ExecutionBars) -> str:
    return f"{row.name}は予算額{row.budgeted_text}、執行額{row.executed_text}、執行率{row.rate_text}"


def _parts(title: str, rows: Sequence[_Row], least: int) -> Iterator[tuple[int, str, Sequence[_Row]]]:
    """The rows in parts of about the same height, with the number and the title of each."""
    reached = list(accumulate(_height(row.name, least) for row in rows))
    count = math.ceil(reached[-1] / _LINES_OF_PAGE) if rows else 0
    for part in range(count):
        low, high = (reached[-1] * edge / count for edge in (part, part + 1))
        members = [row for row, height in zip(rows, reached, strict=True) if low < height <= high]
        yield part + 1, f"{title}（{part + 1}／{count}）" if count > 1 else title, members


def _height(name: str, least: int) -> Decimal:
    """The height of a row in lines of text."""
    return max(least, math.ceil(text_width(name) / _NAME_WIDTH)) + _LINES_BETWEEN


def _part_id(identifier: str, part: int) -> str:
    return identifier if part == 1 else f"{identifier}-{part}"
