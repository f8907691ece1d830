"""What a run that was stopped left half written is undone, and said in words."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from handouts.files.claims import claimed
from handouts.files.history import is_own
from handouts.files.journal import JOURNAL, Outcome, undo_left
from handouts.findings import Finding, HandoutError, Place, Rule
from handouts.interruption import unbroken

HALF_WRITTEN = Rule(
    "file.half-written",
    "前の書き込みが途中で止まっていました。{outcomes}",
    remedy="止まったのと同じことを、もう一度実行してください",
    severity="warning",
)


@unbroken()
def recover(folder: Path) -> tuple[Finding, ...]:
    """Undoes what a run that was stopped left half written in `folder` and the folders in it; says what it undid.

    Waits for a run that is still writing. Raises HandoutError where a file cannot be put back.
    """
    try:
        journals = (folder / JOURNAL, *sorted(folder.glob(f"*/{JOURNAL}")))
        left = [journal.parent for journal in journals if os.path.lexists(journal)]
    except OSError:
        return ()  # no folder that anybody could have written in
    findings: list[Finding] = []
    for each in left:
        try:
            with claimed(each):
                findings += undo_half_written(each)
        except OSError:
            raise _cannot_undo(each) from None
    return tuple(findings)


def undo_half_written(folder: Path) -> Iterator[Finding]:
    """Undoes what a run that was stopped left half written in a claimed folder; says what it undid."""
    if not (outcomes := undo_left(folder)):
        return
    if "stuck" in outcomes.values():
        raise _cannot_undo(folder, standing(outcomes))
    found: list[str] = []
    if restored := _names(outcomes, "restored"):
        found.append(f"新しくなっていたものを、元に戻しました（{restored}）")
    if touched := _names(outcomes, "touched"):
        found.append(f"そのあとで書き換えられたものは、そのままです（{touched}）")
    if lost := _names(outcomes, "lost"):
        found.append(f"元の内容の控えがないものは、新しいままです（{lost}）")
    if found:
        yield HALF_WRITTEN.at(Place(str(folder)), outcomes="。".join(found))


def _cannot_undo(folder: Path, standing: str = "") -> HandoutError:
    return HandoutError(
        f"{folder}: 前の書き込みが途中で止まったままで、元に戻せません。{standing}"
        "ファイルを Word などで開いていれば閉じ、フォルダーの権限を確かめて、もう一度実行してください。"
    )


def standing(outcomes: Mapping[str, Outcome]) -> str:
    """Which files of a group are new and which are what they were."""
    new, old = _names(outcomes, "stuck", "lost"), _names(outcomes, "before", "restored")
    touched = _names(outcomes, "touched")
    parts = {"新しくなったもの": new, "元のままのもの": old, "ほかで書き換えられたもの": touched}
    return "".join(f"{what}: {names}。" for what, names in parts.items() if names)


def _names(outcomes: Mapping[str, Outcome], *wanted: Outcome) -> str:
    return "、".join(name for name, outcome in outcomes.items() if outcome in wanted and not is_own(name))
