"""What two sides changed in different ways: each conflict with who, which cell and both values, and who is to win it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from handouts.collect.returned import Returned
from handouts.excel.cells import as_text
from handouts.excel.excerpts import excerpt, excerpts
from handouts.findings import Finding, Place, unruled
from handouts.xlsx.grid import Cell

DATASET = "データ"  # who a value is from that no workbook brought


class Conflicts:
    """The conflicts that nobody decided, in `found`, and those that were, in `decided`.

    `preferred` are the files whose side wins, the first of them first, DATASET for what the dataset has; of files that
    are named together none wins against another. Each question about a conflict answers whether the workbook wins it.
    """

    def __init__(self, preferred: Sequence[Collection[str]] = ()) -> None:
        self.found: list[Finding] = []
        self.decided: list[Finding] = []
        self.preferred = preferred

    def of_cell(
        self,
        mine: Returned,
        other: Returned | None,
        place: Place,
        written: Cell | None,
        cell: Cell | None,
        now: Cell | None,
    ) -> bool:
        """A cell that both sides changed."""
        texts = _shown(cell, now, written)
        found = f"{mine.group}は「{texts[0]}」、{_who(other)}は「{texts[1]}」です（書き出したときは「{texts[2]}」）"
        return self._decide(mine, other, place, found)

    def of_gone_row(
        self, mine: Returned, other: Returned | None, place: Place, written: Cell | None, cell: Cell | None
    ) -> bool:
        """A row that the workbook changed and the other side deleted, or made another of so that nobody knows it again."""
        texts = _shown(cell, written)
        gone = "では消しています" if other else "では消したか、すっかり書き換えています"
        found = f"{mine.group}が「{texts[1]}」から「{texts[0]}」に書き換えた行を、{_who(other)}{gone}"
        return self._decide(mine, other, place, found)

    def of_dropped_row(
        self,
        mine: Returned,
        other: Returned | None,
        place: Place,
        name: str,
        written: Cell | None,
        now: Cell | None,
    ) -> bool:
        """A row that the workbook deleted and the other side changed; `place` names the column of the change."""
        texts = _shown(now, written)
        found = (
            f"{mine.group}が消した行（{excerpt(name)}）を、{_who(other)}では「{texts[1]}」から「{texts[0]}」に"
            "書き換えています"
        )
        return self._decide(mine, other, place, found)

    def of_order(self, mine: Returned, place: Place) -> bool:
        """Rows that both sides moved."""
        return self._decide(mine, None, place, f"行の順を、{mine.group}も{_who(None)}も変えています")

    def _decide(self, mine: Returned, other: Returned | None, place: Place, found: str) -> bool:
        sides = {mine.file: True, other.file if other else DATASET: False}
        for names in self.preferred:
            right = [sides[name] for name in sides if name in names]
            if len(right) == 1:
                side = mine.group if right[0] else _who(other)
                self.decided.append(unruled(place, f"{found}。{side}のほうを採りました", "", "", "warning"))
                return right[0]
            if right:
                break
        self.found.append(unruled(place, found, "", ""))
        return False


def _who(side: Returned | None) -> str:
    return f"{side.group}（{side.file}）" if side else f"今の{DATASET}"


def _shown(*cells: Cell | None) -> list[str]:
    """What the cells show, of long texts the part where the first two begin to differ."""
    return excerpts([_text(cell) for cell in cells])


def _text(cell: Cell | None) -> str:
    return "／".join(as_text(cell).split("\n")) if cell else "（空）"
