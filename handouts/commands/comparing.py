"""The command that compares two plans."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from handouts.commands.japanese import JapaneseHelp, OneOf
from handouts.commands.parts import dataset_path, recover_writes
from handouts.commands.terminal import working
from handouts.dataset.stored import is_workbook
from handouts.file_kinds import HOLD_TEXT, file_kind
from handouts.findings import DataFaults, errors_of

if TYPE_CHECKING:
    from handouts.compose.changes import ParagraphChange
    from handouts.dataset.model import Dataset


@click.command(
    cls=JapaneseHelp,
    examples=(
        "handouts compare gunma-r7 gunma-r8",
        "handouts compare 前.txt 後.txt --format html > 新旧.html",
    ),
    then="印の付け方を変えるなら、dataset.yaml の comparison か、シート「比べ方」に書く。",
)
@click.argument("old", metavar="旧")
@click.argument("new", metavar="新")
@click.option(
    "--format",
    "form",
    metavar="形式",
    type=OneOf(["text", "json", "html"]),
    default="text",
    help="text（端末で読む。書かなければこちら）、json、html（新旧対照のページ）",
)
def compare(old: str, new: str, form: str) -> int:
    """二つの計画を段落ごとに見比べ、変わった文字を示す。

    旧と新には、データ（フォルダーか名前）を二つ、または一段落一行のテキストファイルを二つ書く。
    """
    from handouts.runs import comparing

    with working("二つの計画を見比べています"):
        changes, names = _compared(old, new)
    if form == "html":
        click.echo(comparing.as_html(changes, names, Path.cwd()), nl=False)
    elif form == "json":
        click.echo(comparing.as_json(changes))
    else:
        click.echo(comparing.as_text(changes, names))
    return 0


def _compared(old: str, new: str) -> tuple[Sequence[ParagraphChange], tuple[str, str]]:
    from handouts.compose.changes import compare_datasets
    from handouts.dataset.text_file import read_text
    from handouts.runs.choosing import check_kind, is_dataset
    from handouts.runs.comparing import compare_files

    texts = [path for path in (Path(old), Path(new)) if os.path.isfile(path) and not is_workbook(path)]
    if len(texts) == 2:
        return compare_files(Path(old), Path(new)), (Path(old).name, Path(new).name)
    if texts:
        if file_kind(texts[0]) not in HOLD_TEXT:
            check_kind(texts[0])
        other = new if texts[0] == Path(old) else old
        if not os.path.exists(other) and not is_dataset(other):
            read_text(Path(other))  # raises that it is not there
        raise click.UsageError("テキストファイル同士、またはデータ同士を比べてください。")
    sides = [_readable_dataset(dataset_path(name)) for name in (old, new)]
    return compare_datasets(*sides), (sides[0].name, sides[1].name)


def _readable_dataset(path: Path) -> Dataset:
    from handouts.runs.checking import read_checked

    recover_writes(path.parent)
    source = read_checked(path)
    faults = errors_of(source.findings)
    if source.dataset is None or faults:
        raise DataFaults(faults)
    return source.dataset
