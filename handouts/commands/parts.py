"""What several commands share: finding datasets, reading lists of choices."""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from handouts.commands.faults import show_findings
from handouts.commands.terminal import say
from handouts.dataset.columns import plain
from handouts.dataset.kinds import KINDS, USUAL_KIND, HandoutKind
from handouts.dataset.stored import DATA, as_stored, is_workbook
from handouts.findings import DataFaults, errors_of

if TYPE_CHECKING:
    from handouts.dataset.model import Dataset
    from handouts.files import Occasion
    from handouts.findings import Finding

_SHOWN_CHANGES = 40
_ANSWERS = {"はい": True, "いいえ": False}


def recover_writes(*folders: Path) -> None:
    """Undoes what runs that were stopped left half written in the folders, and those in them, and says so."""
    from handouts.files import recover

    for folder in dict.fromkeys(folders):
        show_findings(recover(folder))


def dataset_path(name: str) -> Path:
    """Where the dataset that `name` means is stored: the path of a folder or workbook, or a name under ./data.

    Says where that has a double; raises DataFaults where nobody can tell which is meant, or it is no dataset.
    """
    path, findings = chosen_dataset(name)
    show_findings(findings)
    return path


def chosen_dataset(name: str) -> tuple[Path, tuple[Finding, ...]]:
    """As dataset_path, with what is to be said."""
    from handouts.runs.choosing import find_dataset, known_datasets, near_names

    if (found := find_dataset(_written(name))) is not None:
        return found
    near = "、".join(near_names(name))
    known = "、".join(known_datasets()) or "なし"
    raise click.UsageError(
        f"データ「{name}」が見つかりません。{f'{near} のことですか。' if near else ''}"
        f"フォルダーか Excel のブックの場所、または data フォルダーにある名前（{known}）を書いてください。"
    )


def _written(name: str) -> str:
    if not name.strip():
        raise click.UsageError("データの名前を書いてください（例 gunma-r8）。")
    return name


def one_dataset_path(name: str | None) -> Path:
    """As dataset_path; without a name where the only dataset under ./data is stored."""
    from handouts.runs.choosing import known_datasets

    if name is not None:
        return dataset_path(name)
    known = list(known_datasets())
    if len(known) != 1:
        names = f"（{'、'.join(known)}）" if known else ""
        raise click.UsageError(f"どのデータの版かを書いてください{names}。")
    return dataset_path(known[0])


def readable_dataset(path: Path) -> Dataset:
    """The dataset at `path`; raises DataFaults where it has faults."""
    from handouts.runs.checking import read_checked

    recover_writes(path.parent)
    source = read_checked(path)
    faults = errors_of(source.findings)
    if source.dataset is None or faults:
        raise DataFaults(faults)
    return source.dataset


def new_dataset_path(name: str) -> Path:
    """Where the folder of a dataset of this name stands or will stand: a path as it is, a bare name under ./data."""
    from handouts.runs.choosing import check_new_name, check_no_file
    from handouts.runs.editions import check_not_saved

    name = _written(name).strip()
    path = _path_or_name(name)
    if is_workbook(path):
        raise click.UsageError(f"「{name}」はブックの名前です。入れる先のデータの名前を書いてください。")
    for place in (as_stored(Path(name)), path):
        check_no_file(place)
    check_not_saved(path)
    check_new_name(path)
    return path


def _path_or_name(name: str) -> Path:
    from handouts.runs.choosing import with_name

    path = as_stored(Path(name))
    return with_name(path) if len(path.parts) > 1 or os.path.isdir(path) else as_stored(DATA / name)


def named_path(name: str) -> Path:
    """Where a dataset stands or has stood: a folder or workbook by its path, else a name under ./data."""
    path = as_stored(Path(_written(name)))
    return path if os.path.isfile(path) else _path_or_name(name)


def occasion(*words: object) -> Occasion:
    """What the user asked for, and that it was asked now."""
    from handouts.files import Occasion

    return Occasion(" ".join(map(str, words)), datetime.datetime.now().replace(microsecond=0))


def show_changes(changes: Sequence[object], are_all_shown: bool, option: str) -> None:
    """Prints what was changed, of much the first lines, and with which option all of it is shown."""
    shown = changes if are_all_shown else changes[:_SHOWN_CHANGES]
    for change in shown:
        say(f"    {change}")
    if len(shown) < len(changes):
        click.echo(f"    ほか {len(changes) - len(shown)} 件（{option} ですべて）")


def is_confirmed(question: str) -> bool:
    """Asks until the answer is はい or いいえ."""
    while True:
        answer = click.prompt(f"{question}（はい／いいえ）", prompt_suffix=": ")
        if (decided := _ANSWERS.get(answer.strip())) is not None:
            return decided
        click.echo("「はい」か「いいえ」と入力してください。")


def choices_of(known: Collection[str]) -> Callable[[click.Context, click.Parameter, str], tuple[str, ...]]:
    """What reads the value of an option that takes some of `known`, separated by commas."""

    def read(context: click.Context, param: click.Parameter, value: str) -> tuple[str, ...]:
        chosen = tuple(dict.fromkeys(part.strip().lower() for part in value.split(",") if part.strip()))
        unknown = [part for part in chosen if part not in known]
        if unknown or not chosen:
            raise click.BadParameter(
                f"「{value}」の代わりに {'、'.join(known)} を、カンマで区切って書いてください。",
                context,
                param,
            )
        return chosen

    return read


def listed_kinds() -> list[HandoutKind]:
    """The kinds of handouts as the commands list them: the usual one last."""
    return sorted(KINDS.values(), key=lambda kind: kind is USUAL_KIND)


def kinds_of_handouts(
    context: click.Context, param: click.Parameter, value: tuple[str, ...]
) -> tuple[str, ...]:
    """The ids of the kinds of handouts that an option names, by id or name; each must be there."""
    words = {plain(word): kind.id for kind in KINDS.values() for word in (kind.id, kind.name)}
    asked = [kind.strip() for each in value for kind in re.split("[,、，]", each) if kind.strip()]
    for kind in asked:
        if plain(kind) not in words:
            known = "、".join(f"{each.id}（{each.name}）" for each in listed_kinds())
            raise click.BadParameter(
                f"「{kind}」という資料の種類はありません。使えるのは {known} です。", context, param
            )
    return tuple(dict.fromkeys(words[plain(kind)] for kind in asked))
