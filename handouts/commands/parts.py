"""What several commands share: finding datasets, reading lists of choices."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING

import click

from handouts.commands.faults import show_findings
from handouts.dataset.kinds import KINDS, USUAL_KIND, HandoutKind
from handouts.dataset.stored import WORKBOOK_SUFFIX, dataset_name, is_workbook

if TYPE_CHECKING:
    from handouts.files import Occasion

DATA = Path("data")


def recover_writes(*folders: Path) -> None:
    """Undoes what runs that were stopped left half written in the folders, and those in them, and says so."""
    from handouts.files import recover

    for folder in dict.fromkeys(folders):
        show_findings(recover(folder))


def dataset_path(name: str) -> Path:
    """Where the dataset that `name` means is stored: the path of a folder or workbook, or a name under ./data."""
    for path in (Path(name), DATA / name, DATA / f"{name}{WORKBOOK_SUFFIX}"):
        # Unlike those of `Path`, these do not raise for a name that is too long.
        if os.path.isdir(path):
            return _with_name(path)
        if os.path.isfile(path) and is_workbook(path):
            return path
    known = "、".join(dataset_name(path) for path in known_datasets()) or "なし"
    raise click.UsageError(
        f"データ「{name}」が見つかりません。フォルダーか Excel のブックの場所、または data フォルダーにある名前（{known}）を書いてください。"
    )


def new_dataset_path(name: str) -> Path:
    """Where a dataset of this name stands or will stand: a path as it is, a bare name under ./data."""
    path = Path(name)
    return _with_name(path) if len(path.parts) > 1 or os.path.isdir(path) else DATA / name


def _with_name(path: Path) -> Path:
    """The path of a folder by its name, be it given as . or .., so that it has a folder in which it stands."""
    return path if path.name not in ("", "..") else path.resolve()


def named_path(name: str) -> Path:
    """Where a dataset stands or has stood: a folder or workbook by its path, else a name under ./data."""
    path = Path(name)
    return path if os.path.isfile(path) else new_dataset_path(name)


def occasion(*words: object) -> Occasion:
    """What the user asked for, and that it was asked now."""
    from handouts.files import Occasion

    return Occasion(" ".join(map(str, words)), datetime.datetime.now().replace(microsecond=0))


def known_datasets() -> list[Path]:
    """The datasets under ./data; where a folder and a workbook have the same name, the folder."""
    folders = [path.parent for path in DATA.glob("[!.]*/dataset.yaml")]
    names = {folder.name for folder in folders}
    books = (path for path in DATA.glob(f"*{WORKBOOK_SUFFIX}") if not path.name.startswith(("~$", ".")))
    return sorted((*folders, *(path for path in books if path.stem not in names)))


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
    """The kinds of handouts that an option names, each of which must be there."""
    if not value:
        return ()
    for kind in value:
        if kind not in KINDS:
            known = "、".join(f"{each.id}（{each.name}）" for each in listed_kinds())
            raise click.BadParameter(
                f"「{kind}」という資料の種類はありません。使えるのは {known} です。", context, param
            )
    return value
