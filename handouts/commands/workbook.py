"""The commands of the input workbook: a dataset written into Excel, and read from there into its folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from handouts.commands.faults import show_findings
from handouts.commands.japanese import JapaneseGroup
from handouts.commands.parts import dataset_path, new_dataset_path, occasion, recover_writes
from handouts.commands.terminal import working

if TYPE_CHECKING:
    from handouts.runs.updating import Update

_SHOWN_CHANGES = 40


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
@click.option("--replace", "may_replace", is_flag=True, help="同じ名前のブックがあれば、書き換える")
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
@click.option(
    "--marked",
    metavar="写し",
    type=click.Path(path_type=Path),
    default=None,
    help="誤りのセルに色と説明を付けた、ブックの写しを書く場所",
)
def import_(file: Path, dataset: str, marked: Path | None) -> int:
    """入力ブックをデータのフォルダーに取り込む。

    フォルダーがなければ作る。あれば、値の変わったところだけを書き換え、覚え書きと並べ方は残す。誤りが
    あれば、すべて示して、何も書き換えない。
    """
    folder = new_dataset_path(dataset)
    recover_writes(folder.parent, *([marked.parent] if marked else []))
    from handouts.runs import workbooks
    from handouts.runs.choosing import doubles_of

    with working("ブックを読んでいます"):
        filled = workbooks.read_filled(file, folder)
        if marked is not None and workbooks.write_marked(file, filled.findings, marked):
            click.echo(f"印を付けた写し: {marked}", err=True)
        imported = workbooks.import_workbook(filled, folder, occasion("workbook import", file.name))
    show_findings((*filled.findings, *doubles_of(folder)))
    _show(imported)
    return 0


@workbook.command(
    examples=(
        "handouts workbook collect 保健.xlsx 業務.xlsx gunma-r8",
        "handouts workbook collect 保健.xlsx gunma-r8 --take 保健",
    ),
    then="handouts check データ で確かめる。間違えて集めたら handouts undo データ で元に戻る。",
)
@click.argument("files", metavar="ブック…", nargs=-1, type=click.Path(path_type=Path))
@click.argument("dataset", metavar="データ")
@click.option(
    "--take",
    metavar="どちら",
    multiple=True,
    help="食い違うところで採るほう（ブックの名前、グループ、または データ）。何度か書けば、先に書いたほうを採る",
)
@click.option(
    "--marked",
    metavar="フォルダー",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="誤りや食い違いのセルに色と説明を付けた、ブックの写しを書く場所",
)
def collect(files: tuple[Path, ...], dataset: str, take: tuple[str, ...], marked: Path | None) -> int:
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
    path = dataset_path(dataset)
    recover_writes(path.parent, *([marked] if marked else []))
    from handouts.runs.collecting import collect_workbooks

    collecting = occasion("workbook collect", *(file.name for file in files))

    with working("ブックを読んでいます"):
        collected = collect_workbooks(files, path, collecting, take, marked)
    show_findings(collected.findings)
    for who, count in collected.taken.items():
        click.echo(f"{who}: {f'{count} か所' if count else '書き換えたところはありません'}")
    _show(collected.update)
    if collected.update.kept:
        click.echo(
            f"集める前のブックは {collected.update.kept} に残しました（表の外の覚え書きと書式は、そちらにあります）。"
        )
    return 0


def _show(imported: Update) -> None:
    """Prints what was changed and written."""
    for change in imported.changes[:_SHOWN_CHANGES]:
        click.echo(f"  {change}")
    if len(imported.changes) > _SHOWN_CHANGES:
        click.echo(f"  ほか {len(imported.changes) - _SHOWN_CHANGES} 件")
    for path in imported.written:
        click.echo(str(path))
    if imported.is_new:
        click.echo("新しいデータにしました。")
    elif imported.written:
        click.echo(f"{len(imported.changes)} 件の変更を取り込みました。")
    else:
        click.echo("変わったところはありません。")
