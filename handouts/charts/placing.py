"""Where texts go: lines broken to a width, labels kept apart from one another and from what is drawn."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from handouts.characters import is_attached

Point = tuple[float, float]
Segment = tuple[Point, Point]

_NOT_FIRST = frozenset("、。，．・：；）」』】〕％ー～々ぁぃぅぇぉっゃゅょァィゥェォッャュョ%)],.")
_NOT_LAST = frozenset("（「『【〔([")


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A rectangle in points, from the top left."""

    left: float
    top: float
    right: float
    bottom: float

    def grown(self, by: float) -> Rectangle:
        """The box with a margin all round."""
        return Rectangle(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def overlaps(self, other: Rectangle) -> bool:
        """Whether the two have an area in common."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def contains(self, other: Rectangle) -> bool:
        """Whether `other` is wholly within."""
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.top <= other.top
            and other.bottom <= self.bottom
        )


def broken(text: str, room: float, width_of: Callable[[str], float]) -> tuple[str, ...]:
    """`text` in lines that are at most `room` wide; no line begins or ends with what must not stand there."""
    lines = []
    rest = text
    while rest:
        end = _line_end(rest, room, width_of)
        lines.append(rest[:end].strip())
        rest = rest[end:].lstrip()
    return tuple(lines) or ("",)


def _line_end(text: str, room: float, width_of: Callable[[str], float]) -> int:
    if width_of(text) <= room:
        return len(text)
    most = max(1, bisect_right(range(1, len(text)), room, key=lambda n: width_of(text[:n])))
    allowed = (
        n
        for n in range(most, max(most // 2, 0), -1)
        if text[n] not in _NOT_FIRST
        and not is_attached(text[n])
        and text[n - 1] not in _NOT_LAST
        and not _is_one_word(text[n - 1 : n + 1])
    )
    return next(allowed, most)


def _is_one_word(pair: str) -> bool:
    """Whether the two stand in a number or a Latin word, which is not broken."""
    return pair.isascii() and pair.isalnum()


def spread(wanted: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float]:
    """The middles of labels below one another, each as near as can be to where it is `wanted`, none over another."""
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    offsets: list[float] = []
    for before, index in zip([None, *order], order, strict=False):
        step = 0.0 if before is None else (heights[before] + heights[index]) / 2
        offsets.append((offsets[-1] if offsets else 0.0) + step)
    if not order:
        return []
    first, last = low + heights[order[0]] / 2, high - heights[order[-1]] / 2 - offsets[-1]
    levels = _rising([wanted[index] - offset for index, offset in zip(order, offsets, strict=True)])
    result = [0.0] * len(wanted)
    for index, offset, level in zip(order, offsets, levels, strict=True):
        result[index] = offset + max(first, min(level, last))
    return result


def _rising(values: Sequence[float]) -> list[float]:
    """The values that never fall, nearest to `values`: neighbours that fall become their mean."""
    groups: list[tuple[float, int]] = []
    for value in values:
        groups.append((value, 1))
        while len(groups) > 1 and groups[-2][0] > groups[-1][0]:
            (above, many), (below, few) = groups[-2:]
            groups[-2:] = [((above * many + below * few) / (many + few), many + few)]
    return [level for level, count in groups for _ in range(count)]


def place_beside(
    point: Point,
    size: tuple[float, float],
    room: Rectangle,
    boxes: Sequence[Rectangle],
    segments: Sequence[Segment],
) -> Rectangle:
    """The place for a label of this `size` near `point` that covers the least of what is there already."""
    places = [box for box in _places_around(point, size) if room.contains(box)] or [
        _moved_into(room, point, size)
    ]
    return min(places, key=lambda box: _cost(box, point, boxes, segments))


def _places_around(point: Point, size: tuple[float, float]) -> Iterator[Rectangle]:
    """The places near `point`, those first that are read most easily with it."""
    (x, y), (width, height) = point, size
    for gap in (4.0, 7.0, 11.0, 16.0, 22.0, 30.0, 40.0):
        middles = [
            (x + gap + width / 2, y),
            (x, y - gap - height / 2),
            (x, y + gap + height / 2),
            (x + width / 2, y - gap - height / 2),
            (x + width / 2, y + gap + height / 2),
            (x - width / 2, y - gap - height / 2),
            (x - width / 2, y + gap + height / 2),
            (x - gap - width / 2, y),
        ]
        for middle_x, middle_y in middles:
            yield Rectangle(
                middle_x - width / 2, middle_y - height / 2, middle_x + width / 2, middle_y + height / 2
            )


def _moved_into(room: Rectangle, point: Point, size: tuple[float, float]) -> Rectangle:
    left = max(room.left, min(point[0], room.right - size[0]))
    top = max(room.top, min(point[1], room.bottom - size[1]))
    return Rectangle(left, top, left + size[0], top + size[1])


_CLEARANCE = 1.5
_COVERS_LABEL = 1000.0


def _cost(box: Rectangle, point: Point, boxes: Iterable[Rectangle], segments: Iterable[Segment]) -> float:
    """What is wrong with a place: labels and lengths of lines that it covers, then its distance."""
    wide = box.grown(_CLEARANCE)
    covered = sum(_COVERS_LABEL for other in boxes if wide.overlaps(other))
    crossed = sum(10 * length_within(wide, segment) for segment in segments)
    return covered + crossed + distance(box, point)


def distance(box: Rectangle, point: Point) -> float:
    """From `point` to the nearest point of `box`."""
    across = max(box.left - point[0], 0.0, point[0] - box.right)
    down = max(box.top - point[1], 0.0, point[1] - box.bottom)
    return math.hypot(across, down)


def length_within(box: Rectangle, segment: Segment) -> float:
    """How much of the segment lies in the box (Liang and Barsky's clipping)."""
    (x1, y1), (x2, y2) = segment
    across, down = x2 - x1, y2 - y1
    enters, leaves = 0.0, 1.0
    for direction, room in (
        (-across, x1 - box.left),
        (across, box.right - x1),
        (-down, y1 - box.top),
        (down, box.bottom - y1),
    ):
        if direction == 0:
            if room < 0:
                return 0.0
        elif direction < 0:
            enters = max(enters, room / direction)
        else:
            leaves = min(leaves, room / direction)
    return max(0.0, leaves - enters) * math.hypot(across, down)
