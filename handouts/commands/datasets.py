"""The commands that begin datasets, and list those that there are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from handouts.commands.faults import show_findings
from handouts.commands.japanese import JapaneseHelp
from handouts.commands.parts import listed_kinds, new_dataset_path, occasion, recover_writes
from handouts.commands.terminal import say, working
from handouts.dataset.editions import saved_editions
from handouts.dataset.stored import DATA

if TYPE_CHECKING:
    from handouts.dataset.model import Dataset


@click.command(
    cls=JapaneseHelp,
    examples=("handouts new gunma-r8 --branch 群馬 --year 令和8年度",),
    then="data の中のファイルを書き換えるか、handouts workbook export で Excel に書き出して書き入れ、handouts check で確かめる。",
)
@click.argument("name", metavar="名前")
@click.option("--branch", metavar="支部", required=True, help="支部名（例 群馬）")
@click.option("--year", metavar="年度", required=True, help="年度（例 令和8年度）")
def new(name: str, branch: str, year: str) -> int:
    """新しいデータのひな形を作る。

    名前は gunma-r8 のように付ける。data フォルダーの中に、記入例の入ったファイルができる。
    """
    from handouts.runs.importing import create_dataset

    folder = new_dataset_path(name)
    recover_writes(folder.parent)
    for path in create_dataset(folder, branch, year, occasion("new", name)):
        click.echo(str(path))
    say(
        f"次に: 上のファイルか、handouts workbook export {name.strip()} {folder.name}.xlsx で書き出したブックの記入例を"
        f"書き換えて、handouts check {name.strip()} で確かめる"
    )
    return 0


@click.command(
    "import",
    cls=JapaneseHelp,
    examples=("handouts import 計画.txt gunma-r7 --branch 群馬 --year R7",),
    then="handouts check データ で確かめ、budget.yaml などを書き足す（handouts workbook export で Excel に書き出してもよい）。",
)
@click.argument("text", metavar="テキスト", type=click.Path(path_type=Path))
@click.argument("dataset", metavar="データ")
@click.option("--branch", metavar="支部", default="", help="新しいデータを作るときの支部名（例 群馬）")
@click.option("--year", metavar="年度", default="", help="新しいデータを作るときの年度（例 令和7年度）")
def import_(text: Path, dataset: str, branch: str, year: str) -> int:
    """Word や PDF から写した計画の文章を、データの plan.md にする。

    テキストは UTF-8 で、一段落を一行に書いたもの。番号の付け方は文章から読み取る。
    """
    from handouts.runs.importing import import_text

    folder = new_dataset_path(dataset)
    recover_writes(folder.parent)
    imported = import_text(text, folder, branch, year, occasion("import", text.name))
    show_findings(imported.findings)
    for path in imported.written:
        click.echo(str(path))
    levels = " > ".join(imported.levels) or "なし（番号の付いた見出しが見つかりません）"
    say(f"{imported.paragraphs} 段落を取り込みました。見出しの番号: {levels}")
    say(f"次に: handouts check {dataset.strip()} で確かめる")
    return 0


@click.command(
    "list",
    cls=JapaneseHelp,
    examples=("handouts list",),
    then="handouts check データ で、そのデータを確かめる。",
)
def list_() -> int:
    """data フォルダーにあるデータと、作れる資料の種類を一覧にする。"""
    from handouts.runs.checking import read_stored
    from handouts.runs.choosing import known_datasets

    recover_writes(DATA)
    with working("データを読んでいます"):
        described = [
            f"{name}  {_in_two_forms(places) if len(places) > 1 else _described(read_stored(places[0]).dataset, places[0])}"
            for name, places in known_datasets().items()
        ]
    click.echo("データ")
    for line in described:
        say(f"  {line}")
    click.echo("資料の種類")
    for kind in listed_kinds():
        click.echo(f"  {kind.id}  {kind.name}")
    return 0


def _in_two_forms(places: Sequence[Path]) -> str:
    return f"{'と'.join(map(str, places))} の両方があります（どちらかを別の場所へ移してください）"


def _described(dataset: Dataset | None, path: Path) -> str:
    if dataset is None:
        return "読めません（handouts check で理由が分かります）"
    year = dataset.fiscal_year.text(dataset.year_form)
    saved = f"  残した版: {'、'.join(editions)}" if (editions := saved_editions(path)) else ""
    handouts = "、".join(dataset.handouts) or "指定なし"
    return f"{dataset.branch}支部 {year} {dataset.edition}  資料: {handouts}{saved}"
