"""What an edited cell says that its value is: the figure or the words in it, without what is printed around them."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from handouts.dataset.fields import Mark
from handouts.dataset.figures import parse_yen
from handouts.dataset.fiscal import FiscalYear
from handouts.dataset.typed_text import in_one_width
from handouts.measures.wording import number_text, thousands

_YEN = frozenset({"amount", "executed"})
# What stands around a text is signs and numbers: 【健診経費】, (1) 健診案内.
_WORDS = re.compile(r"[^\W\d_]")
_UNITS = ("千円", "円", "人", "件", "位", "日", "事業所", "回", "%", "％")


@dataclass(frozen=True, slots=True)
class PrintedValue:
    """A value as it is printed: the words before and behind it, and itself."""

    before: str
    shown: str
    behind: str

    @property
    def text(self) -> str:
        """All that is printed."""
        return self.before + self.shown + self.behind


def printed_value(ref: str, value: Any, words: str) -> PrintedValue | None:
    """The value of `ref` as the printed `words` had it when they were sent; None where it cannot be seen in them.

    A value that is another now is shown in the same words.
    """
    field = re.sub(r"\[\d+\]", "", ref).rpartition(".")[2]
    if value is None:
        return PrintedValue("", "", "") if not words else _in_place_of_figure(words, "")
    if isinstance(value, bool | datetime.date | FiscalYear):
        return PrintedValue("", words, "")
    if isinstance(value, int | Decimal):
        in_thousands = field in _YEN and words.rstrip().endswith("千円")
        return _in_place_of_figure(words, number_text(thousands(int(value)) if in_thousands else value))
    shown = value.value if isinstance(value, Mark) else str(value)
    if not shown:
        return PrintedValue("", "", "")
    before, found, behind = words.partition(shown)
    is_framed = bool(found) and not _WORDS.search(before + behind)
    return PrintedValue(before, found, behind) if is_framed else PrintedValue("", shown, "")


def _in_place_of_figure(words: str, shown: str) -> PrintedValue | None:
    """The figure that stands last in the words, which may have others in front: 予算額 40,786,000円."""
    found = list(re.finditer(r"△?[\d０-９][\d０-９,，]*(?:[.．][\d０-９]+)?", words))
    if not found:
        return PrintedValue("", shown, "") if len(words) <= 1 else None
    start, end = found[-1].span()
    return PrintedValue(words[:start], shown, words[end:])


def value_said(ref: str, printed: PrintedValue, new: str) -> Any:
    """What an edited cell says for its value, as it would be entered; None where other words than its own changed."""
    middle = new.removeprefix(printed.before) if new.startswith(printed.before) else None
    if middle is None:
        return None
    field = re.sub(r"\[\d+\]", "", ref).rpartition(".")[2]
    if field in _YEN:
        return _yen(middle, printed.behind)
    if printed.behind and middle.endswith(printed.behind):
        return middle.removesuffix(printed.behind)
    is_figure = bool(re.search(r"\d", printed.shown)) and bool(re.search(r"\d", in_one_width(middle)))
    if is_figure or not printed.shown:
        return _without_unit(middle)
    return middle if not printed.behind else None


def _without_unit(text: str) -> str:
    plain = text.strip()
    for unit in _UNITS:
        if plain.endswith(unit):
            return plain.removesuffix(unit).rstrip()
    return plain


def _yen(text: str, behind: str) -> int | None:
    """Whole yen; without a unit of its own a figure has that of its cell."""
    typed = text.strip()
    try:
        return parse_yen(typed if typed.endswith("円") else typed + (behind.strip() or "円"))
    except ValueError:
        return None
