"""What the program says where no command is given: how far the datasets are, and what is usually done next."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from handouts.commands.faults import Commands, show_findings
from handouts.commands.terminal import say
from handouts.dataset.stored import DATA, WORKBOOK_SUFFIX, is_workbook
from handouts.runs.formats import OUT

if TYPE_CHECKING:
    from handouts.runs.next_steps import DatasetProgress, HandoutProgress

_SHOWN = 5
_SAID: Mapping[HandoutProgress, tuple[str, str]] = {
    "unmade": ("資料はまだありません", "handouts check {name} で確かめ、handouts build {name} で作る"),
    "outdated": ("データを直したあと、資料を作り直していません", "handouts build {name}"),
    "made": (
        "資料は {out}/{name} にあります",
        "見て確かめ、送るなら handouts mail {name} --to 支部内、直して戻ったら handouts review 返却.docx",
    ),
}
_BEGIN = """\
data フォルダーに、データがまだありません。次のどれかで始めます。
  ひな形から    handouts new gunma-r8 --branch 群馬 --year R8
  前の計画から  handouts import 計画.txt gunma-r7 --branch 群馬
  Excel から    handouts workbook import ブック.xlsx gunma-r8"""


class Program(Commands):
    """All commands, and what is said where one is missing or is none."""

    def explain_unknown(self, ctx: click.Context, typed: str) -> str:
        """What is said of a name that is no command; those of datasets and workbooks come after one."""
        for path in (Path(typed), DATA / typed, DATA / f"{typed}{WORKBOOK_SUFFIX}"):
            if os.path.exists(path):
                order = f"workbook import {typed} データ" if is_workbook(Path(typed)) else f"build {typed}"
                order = f"review {typed}" if typed.lower().endswith(".docx") else order
                return f"「{typed}」の前に、することを書いてください（例 handouts {order}）。"
        return super().explain_unknown(ctx, typed)


def show_next_steps() -> None:
    """Prints what one usually does next, in a few lines."""
    from handouts.files import read_steps
    from handouts.runs.choosing import in_two_forms, known_datasets
    from handouts.runs.next_steps import progress_of

    known = known_datasets().values()
    datasets = progress_of([places[0] for places in known if len(places) == 1], OUT)
    if not known:
        say(_BEGIN)
    for places in known:
        if len(places) > 1:
            show_findings([in_two_forms(*places)])
    for one in datasets[:_SHOWN]:
        for line in _lines(one):
            say(line)
    if len(datasets) > _SHOWN:
        say(f"ほかに {len(datasets) - _SHOWN} 件（handouts list で一覧）")
    if read_steps(DATA):
        say("取り込みなどを間違えたら: handouts undo（記録は handouts history）")
    say("コマンドの一覧: handouts --help")


def _lines(one: DatasetProgress) -> Iterator[str]:
    what, then = (words.format(name=one.name, out=OUT) for words in _SAID[one.progress])
    yield f"{one.name}: {what}"
    yield f"  次に: {then}"
