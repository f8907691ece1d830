"""The target of a KPI as people type it into its cell, with its bound behind it: 66.5%以上."""

from __future__ import annotations

import re
import typing
from collections.abc import Mapping
from dataclasses import replace

from handouts.dataset.columns import UNITS
from handouts.dataset.figures import parse_number
from handouts.dataset.kpis import Bound
from handouts.dataset.typed_text import in_one_width
from handouts.excel.cell_figures import CellFault
from handouts.excel.row_places import Key
from handouts.excel.rows import RowValue
from handouts.excel.sheets import KPIS
from handouts.findings import Rule

OTHER_BOUND = Rule(
    "cell.other-bound",
    "{field}は「{shown}」ですが、「{heading}」の欄は「{bound}」です",
    "{field:allowed}",
    "「{heading}」の欄で「{typed}」を選び、ここには数だけを書いてください",
)
_TARGET, _BOUND = KPIS.column("target"), KPIS.column("bound")
_BOUNDS = typing.get_args(Bound)
_TYPED = re.compile(rf"(.+?)\s*({'|'.join(map(re.escape, UNITS))})?\s*({'|'.join(_BOUNDS)})")
_IN_FORMAT = re.compile(rf"(.*?)({'|'.join(_BOUNDS)})")


def with_bound(values: Mapping[Key, RowValue]) -> Mapping[Key, RowValue]:
    """The values of a KPI with a bound that stands behind its target in the column of its own, if that is no other.

    It may have been typed there, or be a word of the format.
    """
    said = values.get(_TARGET.key)
    parted = _parted(said) if said else None
    if said is None or parted is None:
        return values
    target, typed = parted
    bound = values.get(_BOUND.key)
    if bound and bound.value not in (None, typed):
        names = {"shown": said.shown, "heading": _BOUND.heading, "bound": bound.shown, "typed": typed}
        return {**values, _TARGET.key: replace(said, value=None, fault=CellFault(OTHER_BOUND, **names))}
    return {**values, _TARGET.key: target, _BOUND.key: RowValue(_BOUND, typed, typed)}


def _parted(said: RowValue) -> tuple[RowValue, str] | None:
    """A target without the bound that stands behind it, and the bound; None where there is none."""
    if not isinstance(said.value, str):
        found = _IN_FORMAT.fullmatch(said.own_unit)
        return (replace(said, own_unit=found[1]), found[2]) if found else None
    typed = _TYPED.fullmatch(in_one_width(said.value))
    try:
        return (
            (replace(said, value=parse_number(typed[1]), own_unit=typed[2] or said.own_unit), typed[3])
            if typed
            else None
        )
    except ValueError:
        return None
