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
from handouts.excel.rows import Key, RowValue
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


def with_bound(values: Mapping[Key, RowValue]) -> Mapping[Key, RowValue]:
    """The values of a KPI with a bound that was typed behind its target in the column of its own, if that is no other."""
    said = values.get(_TARGET.key)
    typed = _TYPED.fullmatch(in_one_width(said.value)) if said and isinstance(said.value, str) else None
    if said is None or typed is None:
        return values
    try:
        figure = parse_number(typed[1])
    except ValueError:
        return values
    bound = values.get(_BOUND.key)
    if bound and bound.value not in (None, typed[3]):
        names = {"shown": said.shown, "heading": _BOUND.heading, "bound": bound.shown, "typed": typed[3]}
        return {**values, _TARGET.key: replace(said, value=None, fault=CellFault(OTHER_BOUND, **names))}
    return {
        **values,
        _TARGET.key: replace(said, value=figure, own_unit=typed[2] or said.own_unit),
        _BOUND.key: RowValue(_BOUND, typed[3], typed[3]),
    }
