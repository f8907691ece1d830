"""The figures at the side of a chart: round ones, few, with room for everything that is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from handouts.dataset.figures import round_half_up
from handouts.measures.wording import number_text

_WHOLE = Decimal(100)
_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
_WHOLE_STEPS = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))
_INTERVALS = 4


@dataclass(frozen=True, slots=True)
class Axis:
    """From `low` to `high`, with the figures that are printed beside it."""

    low: Decimal
    high: Decimal
    ticks: tuple[Decimal, ...]
    tick_texts: tuple[str, ...]

    def share(self, value: Decimal) -> float:
        """Where `value` stands: 0 at the lower end, 1 at the upper."""
        return float((value - self.low) / (self.high - self.low))


def axis_for(values: Sequence[Decimal], is_percent: bool = False, from_zero: bool = False) -> Axis:
    """The axis for `values`; it begins at 0 where they come near it.

    No figure above 100% is printed where none is reached. An axis `from_zero`, on which bars stand, ends with the
    longest bar.
    """
    low, high = min(values), max(values)
    if low >= 0 and (from_zero or low <= high / 2):
        low = Decimal(0)
    if low == high:
        around = abs(high) / 20 or Decimal("0.5")
        low, high = (low, high + 2 * around) if low == 0 else (low - around, high + around)
        high = min(high, _WHOLE) if is_percent and max(values) == _WHOLE else high
    step = _step((high - low) / _INTERVALS, all(value == value.to_integral_value() for value in values))
    first = (low / step).to_integral_value(ROUND_FLOOR)
    last = (high / step).to_integral_value(ROUND_CEILING)
    ticks = [step * number for number in range(int(first), int(last) + 1)]
    if is_percent and max(values) <= _WHOLE:
        ticks = [tick for tick in ticks if tick <= _WHOLE]
    if from_zero:
        ticks = [tick for tick in ticks if tick <= high]
    places = max(0, -int(step.normalize().as_tuple().exponent))
    texts = tuple(number_text(round_half_up(tick, places)) for tick in ticks)
    return Axis(step * first, high if from_zero else step * last, tuple(ticks), texts)


def _step(least: Decimal, whole: bool) -> Decimal:
    """The smallest round step that is at least `least`; a whole one between whole figures."""
    power = Decimal(1).scaleb(least.adjusted())
    steps = _WHOLE_STEPS if whole and power <= 1 else _STEPS
    step = next(power * step for step in steps if power * step >= least)
    return max(step, Decimal(1)) if whole else step
