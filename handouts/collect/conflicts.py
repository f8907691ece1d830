"""What two sides changed in different ways: each conflict with who, which cell and both values, and who is to win it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from handouts.collect.lineage import PutIn
from handouts.collect.removals import name_of
from handouts.collect.returned import Returned
from handouts.excel.excerpts import excerpt, excerpts
from handouts.excel.rows import DatasetRow, RowValue
from handouts.findings import Finding, Place, Rule

CELL = Rule(
    "collect.conflict-cell",
    "{mine}は「{value}」、{other}は「{others}」です（書き出したときは「{written}」）",
)
GONE_ROW = Rule(
    "collect.conflict-gone-row",
    "{mine}が「{written}」から「{value}」に書き換えた行を、{other}では{gone}",
)
DROPPED_ROW = Rule(
    "collect.conflict-dropped-row",
    "{mine}が消した行（{row}）を、{other}では「{written}」から「{others}」に書き換えています",
)
ORDER = Rule("collect.conflict-order", "行の順を、{mine}も{other}も変えています")
GONE_BACK = Rule(
    "collect.conflict-gone-back",
    "{row}{mine}は書き出したときのままの「{written}」ですが、前に同じ名前のブックから「{value}」を取り込んでいます。"
    "古い写しかもしれません",
)
DATA_WENT_BACK = Rule(
    "collect.conflict-data-gone-back",
    "{row}{mine}の「{value}」は前に取り込みましたが、{other}は書き出したときの「{written}」に戻っています",
)
_TAKEN = "。{side}のほうを採りました"
_DECIDED = {
    CELL: Rule("collect.decided-cell", f"{CELL.found}{_TAKEN}", severity="warning"),
    GONE_ROW: Rule("collect.decided-gone-row", f"{GONE_ROW.found}{_TAKEN}", severity="warning"),
    DROPPED_ROW: Rule("collect.decided-dropped-row", f"{DROPPED_ROW.found}{_TAKEN}", severity="warning"),
    GONE_BACK: Rule("collect.decided-gone-back", f"{GONE_BACK.found}{_TAKEN}", severity="warning"),
    DATA_WENT_BACK: Rule(
        "collect.decided-data-gone-back", f"{DATA_WENT_BACK.found}{_TAKEN}", severity="warning"
    ),
    ORDER: Rule("collect.decided-order", f"{ORDER.found}{_TAKEN}", severity="warning"),
}
DATASET = "データ"  # who a value is from that no workbook brought


class Conflicts:
    """The conflicts that nobody decided, in `found`, and those that were, in `decided`; `blamed` has the sides of the former.

    `preferred` are the files whose side wins, the first of them first, DATASET for what the dataset has; of files that
    are named together none wins against another. Each question about a conflict answers whether the workbook wins it.
    """

    def __init__(self, preferred: Sequence[Collection[str]] = ()) -> None:
        self.found: list[Finding] = []
        self.decided: list[Finding] = []
        self.blamed: set[str] = set()
        self._preferred = preferred

    def of_cell(
        self,
        mine: Returned,
        other: Returned | None,
        place: Place,
        written: RowValue | None,
        cell: RowValue | None,
        now: RowValue | None,
    ) -> bool:
        """A cell that both sides changed."""
        value, others, before = _shown(cell, now, written)
        return self._decide(CELL, mine, other, place, value=value, others=others, written=before)

    def of_gone_row(
        self,
        mine: Returned,
        other: Returned | None,
        place: Place,
        written: RowValue | None,
        cell: RowValue | None,
    ) -> bool:
        """A row that the workbook changed and the other side deleted, or made another of so that nobody knows it again."""
        value, before = _shown(cell, written)
        gone = "消しています" if other else "消したか、すっかり書き換えています"
        return self._decide(GONE_ROW, mine, other, place, value=value, written=before, gone=gone)

    def of_dropped_row(
        self,
        mine: Returned,
        other: Returned | None,
        place: Place,
        name: str,
        written: RowValue | None,
        now: RowValue | None,
    ) -> bool:
        """A row that the workbook deleted and the other side changed; `place` names the column of the change."""
        others, before = _shown(now, written)
        row = excerpt(name)
        return self._decide(DROPPED_ROW, mine, other, place, row=row, others=others, written=before)

    def of_gone_back(self, mine: Returned, change: PutIn) -> bool:
        """A value that is what was written, though the workbook of this name was put in with another one meanwhile."""
        return self._of_put_in(GONE_BACK, mine, change)

    def of_lost_data(self, mine: Returned, change: PutIn) -> bool:
        """A value of the workbook that was put in and that the dataset has no more."""
        return self._of_put_in(DATA_WENT_BACK, mine, change)

    def _of_put_in(self, rule: Rule, mine: Returned, change: PutIn) -> bool:
        rows = change.put_in, change.written
        name = name_of(next(filter(None, rows))) if change.key else ""
        if change.key:
            value, before = _shown(*(row.cells.get(change.key) if row else None for row in rows))
        else:
            value, before = map(_row_text, rows)
        keys = (change.key, change.key[:1])
        heading = next((one.heading for one in change.table.columns if one.key and one.key in keys), None)
        place = Place(mine.file, key=heading, cell=change.table.sheet)
        return self._decide(
            rule, mine, None, place, row=name and f"「{name}」: ", written=before, value=value
        )

    def of_order(self, mine: Returned, place: Place) -> bool:
        """Rows that both sides moved."""
        return self._decide(ORDER, mine, None, place)

    def _decide(self, rule: Rule, mine: Returned, other: Returned | None, place: Place, **texts: str) -> bool:
        values: dict[str, Any] = {"mine": mine.name, "other": _who(other), **texts}
        sides = {mine.file: True, other.file if other else DATASET: False}
        for names in self._preferred:
            right = [sides[name] for name in sides if name in names]
            if len(right) == 1:
                side = values["mine" if right[0] else "other"]
                self.decided.append(_DECIDED[rule].at(place, side=side, **values))
                return right[0]
            if right:
                break
        self.found.append(rule.at(place, **values))
        self.blamed |= sides.keys()
        return False


def _who(side: Returned | None) -> str:
    return f"{side.name}（{side.file}）" if side else f"今の{DATASET}"


def _shown(*values: RowValue | None) -> list[str]:
    """What is shown of values, of long texts the part where the first two begin to differ."""
    return excerpts([_text(value) for value in values])


def _row_text(row: DatasetRow | None) -> str:
    return f"{name_of(row)}の行" if row else "（行なし）"


def _text(value: RowValue | None) -> str:
    return "／".join(value.shown.split("\n")) if value else "（空）"
