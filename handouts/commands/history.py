"""The way back: what commands made of the data is listed, taken back, and done again."""

from __future__ import annotations

from itertools import filterfalse
from pathlib import Path
from typing import TYPE_CHECKING

import click

from handouts.commands.japanese import JapaneseHelp
from handouts.commands.parts import named_path, recover_writes, show_changes
from handouts.commands.terminal import say
from handouts.dataset.stored import DATA, dataset_name
from handouts.findings import HandoutError

if TYPE_CHECKING:
    from handouts.files import RecordedStep, Standing

_STANDINGS: dict[Standing, str] = {
    "done": "",
    "undone": "（取り消し済み。redo で戻せます）",
    "dropped": "（取り消し済み）",
}


@click.command(
    cls=JapaneseHelp,
    examples=("handouts undo gunma-r8", "handouts undo"),
    then="handouts history で記録を見る。取り消したものは handouts redo でもう一度できる。",
)
@click.argument("dataset", metavar="[データ]", required=False)
@click.option(
    "--with-edits", is_flag=True, help="そのあと手で直したところも、いっしょに取り消す（redo で戻せる）"
)
def undo(dataset: str | None, with_edits: bool) -> int:
    """データの最後の変更（取り込み、集めたもの、新しいデータ）を取り消す。

    何度か実行すれば、一つずつ前に戻る。データを書かなければ、data フォルダーの最後の変更を取り消す。
    """
    from handouts.files import EditedSince
    from handouts.runs.going_back import take_back

    folder, name = _place(dataset)
    try:
        step = take_back(folder, name, with_edits)
    except EditedSince as since:
        raise HandoutError(
            f"{since}残すところがあれば、handouts history で変更を見て、手で直してください。"
            "手で直したところも取り消してよければ、--with-edits を付けてください（redo で戻せます）。"
        ) from None
    if step is None:
        raise HandoutError(_nothing(folder, name, "取り消せる変更"))
    say(f"取り消しました: {_line(step)}")
    _show_files(folder, step, "なくなりました")
    say("次に: 取り消しをやめるなら handouts redo、ほかの変更を見るなら handouts history")
    return 0


@click.command(
    cls=JapaneseHelp,
    examples=("handouts redo gunma-r8", "handouts redo"),
    then="handouts check データ で確かめる。",
)
@click.argument("dataset", metavar="[データ]", required=False)
def redo(dataset: str | None) -> int:
    """undo で取り消した変更を、もう一度する。

    取り消したあとで新しく取り込んだものがあれば、その前の変更は戻せない。
    """
    from handouts.runs.going_back import do_again

    folder, name = _place(dataset)
    step = do_again(folder, name)
    if step is None:
        raise HandoutError(_nothing(folder, name, "取り消した変更で、戻せるもの"))
    say(f"もう一度しました: {_line(step)}")
    _show_files(folder, step)
    return 0


@click.command(
    cls=JapaneseHelp,
    examples=("handouts history", "handouts history gunma-r8"),
    then="最後の変更を取り消すなら handouts undo データ、取り消したものを戻すなら handouts redo データ。",
)
@click.argument("dataset", metavar="[データ]", required=False)
@click.option("--all", "is_all", is_flag=True, help="どの値がどう変わったかを、すべて示す")
def history(dataset: str | None, is_all: bool) -> int:
    """データがいつ、どのコマンドで、どう変わったかを、新しい順に示す。

    データを書けば、そのデータの変わった値も示す。
    """
    from handouts.files import read_steps

    folder, name = _place(dataset)
    steps = [step for step in read_steps(folder) if name in (None, step.step.dataset)]
    if not steps:
        raise HandoutError(_nothing(folder, name, "変更の記録"))
    for step in reversed(steps):
        say(f"{_line(step)}{_STANDINGS[step.standing]}")
        if name is not None or is_all:
            show_changes(step.step.changes, is_all, "--all")
    return 0


def _place(dataset: str | None) -> tuple[Path, str | None]:
    """The folder whose history is meant, and the name of one dataset in it, which need not be there any more.

    A workbook that no command has written is taken for that of the dataset of its name.
    """
    from handouts.files import read_steps

    path = named_path(dataset) if dataset is not None else None
    folder, name = (path.parent, dataset_name(path)) if path else (DATA, None)
    if name is not None and not any(name == step.step.dataset for step in read_steps(folder)):
        folder = DATA if len(Path(dataset or "").parts) == 1 else folder
    recover_writes(folder)
    return folder, name


def _show_files(folder: Path, step: RecordedStep, of_new: str = "") -> None:
    """Prints the files of a step, behind those that it had made what became of them."""
    from handouts.files import is_own

    for name in filterfalse(is_own, step.files):
        click.echo(f"{folder / name}{f'  {of_new}' if of_new and step.files[name].old is None else ''}")


def _line(step: RecordedStep) -> str:
    occasion = step.step.occasion
    count = "新しいデータ" if step.is_new_dataset else f"{len(step.step.changes)}件"
    return f"{step.number}  {occasion.when:%Y-%m-%d %H:%M}  {step.step.dataset}  {count}  {occasion.command}"


def _nothing(folder: Path, name: str | None, what: str) -> str:
    """Why there is no step, with the datasets that have some."""
    from handouts.files import read_steps

    known = dict.fromkeys(step.step.dataset for step in read_steps(folder))
    where = f"データ「{name}」" if name else f"{folder} フォルダー"
    others = f"記録があるデータは {'、'.join(known)} です。" if name and known and name not in known else ""
    hint = "" if known else "記録されるのは、コマンドがデータを書き換えたときだけです。"
    return f"{where}には、{what}がありません。{others}{hint}"
