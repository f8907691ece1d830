"""The commands of editions: the data saved as they are now under a name, and the list of what was saved."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from handouts.commands.faults import show_findings
from handouts.commands.japanese import JapaneseGroup
from handouts.commands.parts import (
    dataset_path,
    is_confirmed,
    occasion,
    one_dataset_path,
    recover_writes,
)
from handouts.commands.terminal import working
from handouts.dataset.editions import saved_edition, saved_editions
from handouts.dataset.stored import dataset_name
from handouts.findings import HandoutError

if TYPE_CHECKING:
    from handouts.runs.editions import SavedEdition


@click.group(
    cls=JapaneseGroup,
    short_help="今のデータを版（案、本部提出など）として残す、一覧にする",
    examples=("handouts edition save 本部提出 gunma-r8", "handouts edition list gunma-r8"),
    then="版と版の違いは handouts compare データ --edition 案 --edition 最終 で見られる。",
)
def edition() -> None:
    """今のデータを版（案、本部提出など）として残し、残した版を一覧にする。"""


@edition.command(
    examples=("handouts edition save 案 gunma-r8", "handouts edition save 本部提出 gunma-r8"),
    then="間違えて残したら handouts undo データ で元に戻る。違いは handouts compare データ --edition 版の名前 で見られる。",
)
@click.argument("name", metavar="版の名前")
@click.argument("dataset", metavar="[データ]", required=False)
@click.option("--replace", "may_replace", is_flag=True, help="同じ名前の版があれば、尋ねずに置き換える")
def save(name: str, dataset: str | None, may_replace: bool) -> int:
    """今のデータを、版として残す。

    データの隣の「版」フォルダーに、読むだけの写しができる。あとでデータを直しても、残した版は変わらない。
    データは、一つしかなければ書かなくてよい。
    """
    from handouts.runs.editions import check_edition_name, is_saved_as_now, save_edition

    path = one_dataset_path(dataset)
    recover_writes(path.parent)
    check_edition_name(path, name)
    is_other = saved_edition(path, name) and not is_saved_as_now(path, name)
    if is_other and not may_replace and not _may_replace(path, name):
        click.echo("残しませんでした。前に残した版は、そのままです。", err=True)
        return 1
    with working("データを読んでいます"):
        written, findings = save_edition(path, name, occasion("edition save", name))
    show_findings(findings)
    for file in written:
        click.echo(str(file))
    own = dataset_name(path)
    click.echo(
        f"{own} の版「{name}」を残しました。"
        if written
        else f"{own} の版「{name}」は、今のデータと同じものが残してあります。"
    )
    return 0


def _may_replace(path: Path, name: str) -> bool:
    """Whether somebody says that an edition of this name is to be replaced; raises HandoutError where nobody can be asked."""
    from handouts.runs.editions import list_editions

    when = next((one.when for one in list_editions(path, None) if one.name == name), None)
    what = f"{dataset_name(path)} の版「{name}」は、{f'{when:%Y-%m-%d %H:%M} に' if when else ''}すでに残してあります。"
    if not _can_be_asked():
        raise HandoutError(
            f"{what}別の名前にするか、置き換えてよければ --replace を付けてください（undo で戻せます）。"
        )
    return is_confirmed(f"{what}今のデータに置き換えますか")


def _can_be_asked() -> bool:
    return sys.stdin.isatty()


@edition.command(
    "list",
    examples=("handouts edition list gunma-r8", "handouts edition list"),
    then="違いをすべて見るなら handouts compare データ --edition 版の名前。",
)
@click.argument("dataset", metavar="[データ]", required=False)
def list_(dataset: str | None) -> int:
    """残した版を、残した順に、今のデータとの違いとともに示す。

    データを書かなければ、data フォルダーのすべてのデータについて示す。
    """
    from handouts.runs.choosing import known_datasets

    paths = [dataset_path(dataset)] if dataset else [places[0] for places in known_datasets().values()]
    with working("データを読んでいます"):
        lines = [line for path in paths for line in _lines(path, is_asked_for=bool(dataset))]
    click.echo(
        "\n".join(lines)
        or "残した版は、まだありません。handouts edition save 案 データ で、今のデータを残せます。"
    )
    return 0


def _lines(path: Path, is_asked_for: bool) -> list[str]:
    """The editions of one dataset under its name; nothing of one without any, unless it was asked for."""
    from handouts.runs.checking import read_stored
    from handouts.runs.editions import list_editions, no_edition

    if not saved_editions(path):
        return [no_edition(path, "案", ())] if is_asked_for else []
    found = list_editions(path, read_stored(path).dataset)
    return [dataset_name(path), *(f"  {_described(one)}" for one in found)]


def _described(one: SavedEdition) -> str:
    when = f"{one.when:%Y-%m-%d %H:%M}" if one.when else "残した日時の記録なし"
    notes = [
        f"版の欄は「{one.edition}」" if one.edition and not one.name.startswith(one.edition) else "",
        "残したあとで、ファイルが書き換えられています" if one.is_touched else "",
    ]
    said = "".join(f"（{note}）" for note in notes if note)
    return f"{one.name}  {when}  {_difference(one)}{said}"


def _difference(one: SavedEdition) -> str:
    if one.differences is None:
        return "今のデータと比べられません（どちらかが読めません）"
    counts = "、".join(f"{sheet} {count}" for sheet, count in one.differences.items())
    return f"今のデータと違うところ: {counts}" if counts else "今のデータと同じ"
