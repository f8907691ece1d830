"""The commands of the input workbook: a dataset written into Excel, and read from there into its folder."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from handouts.commands.faults import show_findings
from handouts.commands.japanese import JapaneseGroup
from handouts.commands.parts import (
    dataset_path,
    is_confirmed,
    new_dataset_path,
    occasion,
    recover_writes,
)
from handouts.commands.terminal import say, working
from handouts.commands.updates import show_update
from handouts.findings import DataFaults, Finding, HandoutError

if TYPE_CHECKING:
    from handouts.files import Occasion
    from handouts.runs.merging import Merge

_take = click.option(
    "--take",
    metavar="どちら",
    multiple=True,
    help="食い違うところで採るほう（ブック、グループやブックの名前、または データ）。何度か書けば、先に書いたほうを採る",
)
_allow_removal = click.option(
    "--allow-removal", is_flag=True, help="なくなる値や行があっても、尋ねずに取り込む"
)
_all_changes = click.option("--all-changes", is_flag=True, help="変わったところを、すべて示す")


@click.group(
    cls=JapaneseGroup,
    short_help="入力ブック（Excel）に書き出す、取り込む",
    examples=("handouts workbook export gunma-r8 gunma-r8.xlsx",),
    then="コマンドごとの説明は handouts workbook import --help など。",
)
def workbook() -> None:
    """データを Excel の入力ブックに書き出し、書き入れたものを取り込む。"""


@workbook.command(
    examples=(
        "handouts workbook export gunma-r8 gunma-r8.xlsx",
        "handouts workbook export gunma-r8 保健.xlsx --group 保健",
    ),
    then="Excel で書き入れて保存し、閉じてから handouts workbook import ブック データ で取り込む（グループの分は collect で集める）。",
)
@click.argument("dataset", metavar="データ")
@click.argument("file", metavar="ブック", type=click.Path(path_type=Path))
@click.option("--group", metavar="グループ", default="", help="一つのグループの行だけを書き出す（例 保健）")
@click.option(
    "--replace",
    "may_replace",
    is_flag=True,
    help="同じ名前のブックがあれば、書き換える（取り込んでいない書き込みがあれば止まる）",
)
def export(dataset: str, file: Path, group: str, may_replace: bool) -> int:
    """データを入力ブックに書き出す。

    ブックは gunma-r8.xlsx のように書く。同じ名前のブックがあれば、そのまま残して止まる。
    """
    path = dataset_path(dataset)
    recover_writes(path.parent, file.parent)
    from handouts.runs.choosing import doubles_of
    from handouts.runs.workbooks import export_workbook

    show_findings((*export_workbook(path, file, group, may_replace), *doubles_of(file)))
    click.echo(str(file))
    return 0


@workbook.command(
    "import",
    examples=(
        "handouts workbook import gunma-r8.xlsx gunma-r8",
        "handouts workbook import a.xlsx gunma-r8 --marked b.xlsx",
    ),
    then="handouts check データ で確かめる。間違えて取り込んだら handouts undo データ で元に戻る。",
)
@click.argument("file", metavar="ブック", type=click.Path(path_type=Path))
@click.argument("dataset", metavar="データ")
@_take
@_allow_removal
@_all_changes
@click.option(
    "--marked",
    metavar="写し",
    type=click.Path(path_type=Path),
    default=None,
    help="誤りのセルに色と説明を付けた、ブックの写しを書く場所",
)
def import_(
    file: Path,
    dataset: str,
    take: tuple[str, ...],
    allow_removal: bool,
    all_changes: bool,
    marked: Path | None,
) -> int:
    """入力ブックをデータのフォルダーに取り込む。

    フォルダーがなければ作る。あれば、書き出してからブックで変えたところだけを書き換え、ほかは今のデータのまま
    残す。データのほうでも変わっていれば、食い違いとしてすべて示して、何も書き換えない（--take で決める）。
    なくなる値や行は、すべて示して尋ねる。誤りがあれば、すべて示して、何も書き換えない。
    """
    folder = new_dataset_path(dataset)
    recover_writes(folder.parent, *([marked.parent] if marked else []))
    from handouts.runs.choosing import doubles_of
    from handouts.runs.merging import Wishes
    from handouts.runs.workbooks import import_workbook

    with working("ブックを読んでいます"), _marking(file, marked) as found:
        merge = import_workbook(file, folder, Wishes(take))
        found += (*merge.findings, *merge.removals)
    show_findings(doubles_of(folder))
    return _write(merge, occasion("workbook import", file.name), allow_removal, all_changes)


@contextmanager
def _marking(file: Path, copy: Path | None) -> Iterator[list[Finding]]:
    """Writes the copy with marks on what was found meanwhile, be it in what was raised."""
    found: list[Finding] = []
    try:
        yield found
    except DataFaults as faults:
        found += faults.findings
        raise
    finally:
        from handouts.runs.workbooks import write_marked

        own = [finding for finding in found if finding.place.file == file.name]
        if copy is not None and write_marked(file, own, copy):
            click.echo(f"印を付けた写し: {copy}", err=True)


@workbook.command(
    examples=(
        "handouts workbook collect 保健.xlsx 業務.xlsx gunma-r8",
        "handouts workbook collect 保健.xlsx gunma-r8 --take 保健",
        "handouts workbook collect a.xlsx b.xlsx gunma-r8 --partial",
    ),
    then="handouts check データ で確かめる。間違えて集めたら handouts undo データ で元に戻る。",
)
@click.argument("files", metavar="ブック…", nargs=-1, type=click.Path(path_type=Path))
@click.argument("dataset", metavar="データ")
@_take
@_allow_removal
@_all_changes
@click.option(
    "--partial", is_flag=True, help="誤りも食い違いもないブックだけを入れ、ほかは名前とわけを示して残す"
)
@click.option(
    "--marked",
    metavar="フォルダー",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="誤りや食い違いのセルに色と説明を付けた、ブックの写しを書く場所",
)
def collect(
    files: tuple[Path, ...],
    dataset: str,
    take: tuple[str, ...],
    allow_removal: bool,
    all_changes: bool,
    partial: bool,
    marked: Path | None,
) -> int:
    """グループごとに書き出したブックを集めて、データに入れる。

    書き出したあとで、そのグループが書き換えたところだけを入れる。ほかは、今のデータのまま残す。

    同じところがほかでも書き換えられていれば、食い違いとしてすべて示して、何も書き換えない。
    採るほうを --take に書くと、それが関わる食い違いは、すべてそちらになる。
    一つずつ決めるときは、ブックかデータを正しい値に直してから、もう一度集める。
    """
    if not files:
        raise click.UsageError(
            f"「{dataset}」のほかに、集めるブックと、最後に集める先のデータの名前を書いてください。"
        )
    from handouts.runs.choosing import is_dataset

    for name in map(str, files):
        if is_dataset(name):
            raise click.UsageError(f"「{name}」はデータです。集める先のデータは、最後に書いてください。")
    path = dataset_path(dataset)
    recover_writes(path.parent, *([marked] if marked else []))
    from handouts.runs.collecting import collect_workbooks
    from handouts.runs.merging import Wishes

    with working("ブックを読んでいます"):
        merge = collect_workbooks(files, path, Wishes(take, partial), marked)
    collecting = occasion("workbook collect", *(file.name for file in files))
    return _write(merge, collecting, allow_removal, all_changes)


def _write(merge: Merge, why: Occasion, allow_removal: bool, all_changes: bool) -> int:
    """Writes what comes of workbooks once somebody has said yes to what it takes away, and says what was done."""
    show_findings((*merge.findings, *merge.left_out, *merge.removals))
    if merge.removals and not (allow_removal or _is_allowed(len(merge.removals))):
        click.echo("取り込みませんでした。何も書き換えていません。", err=True)
        return 1
    updated = merge.write(why)
    for who, count in merge.taken.items():
        say(f"{who}: {f'{count} か所' if count else '書き換えたところはありません'}")
    _show_outstanding(merge)
    show_update(updated, all_changes)
    return 1 if merge.left_out else 0


def _show_outstanding(merge: Merge) -> None:
    """Prints which groups have returned nothing, and what is empty in the workbooks of the others."""
    if merge.groups_not_there:
        say(f"まだ返っていないグループ: {'、'.join(merge.groups_not_there)}")
    if merge.left_empty:
        say(f"まだ空のところ（{len(merge.left_empty)} 行）:")
    for finding in merge.left_empty:
        say(f"  {finding}")


def _is_allowed(count: int) -> bool:
    """Whether somebody says yes to so many losses; raises HandoutError where nobody can be asked."""
    what = f"上の {count} か所で、今のデータの値がなくなるか、書き換わります。"
    if not _can_be_asked():
        raise HandoutError(
            f"{what}何も書き換えていません。それでよければ、--allow-removal を付けて、もう一度実行してください。"
        )
    return is_confirmed(f"{what}取り込みますか")


def _can_be_asked() -> bool:
    return sys.stdin.isatty()
